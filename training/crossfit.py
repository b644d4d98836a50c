"""Weights of the rules reader for documents that they were not fitted on.

    python -m training.crossfit [--rounds 2] [--out out/model]

A reader that takes the choices of the rules reader as input learns from the training documents, on which the shipped
weights were fitted: there they choose better than they will on any other document. So the training documents are cut
into folds, and the weights for each fold are fitted on the others. Writes ``folds.json`` (document id to fold) and
``weights-fold0.json`` and so on; a fold that is there already is not fitted again. Last it prints how the rules
reader fares on each fold with the fold's weights and with the shipped ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import speech
from tawatur import pipeline
from tawatur.evaluate import HEADLINES, evaluate
from tawatur.export.jsonl import record_line
from tawatur.lexicon import weights
from tawatur.model import Reading
from tawatur.reader import rules, speech_types
from tawatur.reader.scene import Scene, stretches
from tawatur.records.build import Meanings, build
from tawatur.text.documents import from_row
from tawatur.text.normal import fold
from training.documents import ROOT, Gold, load, natural, shared
from training.rules import Tables, fit, packed

OUT = ROOT / "out" / "model"
FOLDS = 3
# Two documents that begin with the same letters are one report printed twice, or nearly so.
ALIKE = 200
Read = tuple[Scene, list[Gold]]


def beginning(text: str) -> str:
    """The first ``ALIKE`` letters and digits of a text, folded."""
    return "".join(filter(str.isalnum, fold(text)))[:ALIKE]


def folds(texts: Mapping[str, str]) -> dict[str, int]:
    """The fold of each document (id to text), from a hash of its id; documents that begin alike have the fold of the
    one with the smallest id."""
    alike: dict[str, list[str]] = defaultdict(list)
    for key, text in texts.items():
        alike[beginning(text)].append(key)
    out = {}
    for keys in alike.values():
        digest = hashlib.sha256(min(keys).encode()).digest()
        out.update(dict.fromkeys(keys, int.from_bytes(digest[:8], "big") % FOLDS))
    return {key: out[key] for key in texts}


def fold_path(out: Path, n: int) -> Path:
    """Where the weights for the documents of fold ``n`` are kept."""
    return out / f"weights-fold{n}.json"


def load_fold(out: Path, n: int) -> Tables:
    """The weights for the documents of fold ``n``, to be given to ``tawatur.lexicon.weights.use``."""
    tables: Tables = json.loads(fold_path(out, n).read_text(encoding="utf-8"))
    return tables


def fit_fold(seen: Sequence[Read], ordinary: Sequence[tuple[Scene, bool]], rounds: int) -> Tables:
    """Weights from these documents alone. The package's weights are in use again when it returns."""
    weights.use({})
    try:
        return fit(seen, ordinary, rounds, weights.use)
    finally:
        weights.use(None)


def fit_speech(of: Mapping[str, int], out: Path) -> None:
    """Writes ``speech-fold0.csv`` and so on: the weights that tell speech acts apart (``data/speech_types.csv``), for
    each fold learned on the others."""
    keys: dict[int, str] = {}
    data = []
    for first, name in ((0, "train"), (10_000, "english-train")):
        keys.update(enumerate((str(row["id"]) for row, _ in speech.gold(name)), first))
        data += speech.examples(name, first=first)
    for n in range(FOLDS):
        rest = [row for row in data if of[keys[row[0]]] != n]
        speech.write_table(*speech.learn(rest), path=speech_path(out, n))


def speech_path(out: Path, n: int) -> Path:
    return out / f"speech-fold{n}.csv"


def use_fold(out: Path, n: int) -> None:
    """Read with the weights that were fitted without fold ``n`` from here on, in this process."""
    weights.use(load_fold(out, n))
    speech_types.use(speech_types.table_of(speech_path(out, n).read_text(encoding="utf-8")))


def records_of(scene: Scene, read: Callable[[Scene], Reading], reader: str) -> list[dict[str, Any]]:
    """The records that a reader gives of a document, as ``tawatur extract --format jsonl`` writes them."""
    out = []
    for stretch in stretches(scene):
        meanings = Meanings(stretch, pipeline.gazetteer(), pipeline.catalogue())
        found, _ = build(scene.document, read(stretch), meanings, reader)
        out += [record_line(r) for r in found]
    return out


def figures(seen: Iterable[Read], tables: Tables | None) -> dict[str, float]:
    """F1 of the rules reader with the given weights (``None``: the shipped ones) by headline of the scorer."""
    weights.use(tables)
    try:
        gold, found = [], {}
        for scene, records in seen:
            key = scene.document.id
            gold.append({"doc": key, "records": records})
            found[key] = records_of(scene, rules.read, rules.NAME)
    finally:
        weights.use(None)
    row = evaluate(gold, found, rounds=0)["records"]["all"]
    return {name: row[name]["f1"] for name in HEADLINES}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.crossfit")
    parser.add_argument("--rounds", type=int, default=2, help="the first begins without any weights")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    if not (shared() / "gold").is_dir():
        print("no gold folder beside the repository: nothing to fit on", file=sys.stderr)
        return 1
    start = time.perf_counter()
    seen = [(pipeline.see(from_row(d)), records) for d, records in load("train") + load("english-train")]
    articles = [(pipeline.see(from_row(d)), told) for d, told in natural()]
    of = folds({scene.document.id: scene.text for scene, _ in seen})
    known = {beginning(scene.text): of[scene.document.id] for scene, _ in seen}
    print(f"{len(seen)} documents seen in {time.perf_counter() - start:.0f} s", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    listed = args.out / "folds.json"
    if listed.exists() and json.loads(listed.read_text(encoding="utf-8")) != of:
        print(f"{args.out} holds other folds of other documents: remove folds.json and the weights", file=sys.stderr)
        return 1
    listed.write_text(json.dumps(of, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    if not all(speech_path(args.out, n).exists() for n in range(FOLDS)):
        start = time.perf_counter()
        fit_speech(of, args.out)
        print(f"speech acts of {FOLDS} folds fitted in {time.perf_counter() - start:.0f} s", flush=True)
    for n in range(FOLDS):
        held = [(scene, records) for scene, records in seen if of[scene.document.id] == n]
        path = fold_path(args.out, n)
        if not path.exists():
            start = time.perf_counter()
            rest = [(scene, records) for scene, records in seen if of[scene.document.id] != n]
            ordinary = [(scene, told) for scene, told in articles if known.get(beginning(scene.text)) != n]
            path.write_text(packed(fit_fold(rest, ordinary, args.rounds)), encoding="utf-8")
            print(f"fold {n}: fitted on {len(rest)} documents in {time.perf_counter() - start:.0f} s", flush=True)
        for name, tables in (("the fold's", load_fold(args.out, n)), ("the shipped", None)):
            row = figures(held, tables)
            told = ", ".join(f"{k} {v:.3f}" for k, v in row.items())
            print(f"fold {n}: {len(held)} documents with {name} weights: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
