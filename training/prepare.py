"""First stage of ``make model``: coded documents as windows with what is to be answered, in one file.

    python -m training.prepare --out out/model

The rules reader's choices are features; for a training document they are made with weights that were fitted without
it (``training/crossfit.py``), so that they look as they will on reports that nobody coded.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from tawatur import pipeline
from tawatur.reader.rules import look, quiet, told
from tawatur.text.documents import from_row
from training.crossfit import use_fold
from training.documents import load, load_coded
from training.examples import Example, examples

TRAIN = ("train", "english-train")


def read_fold(out: Path, fold: int, sets: tuple[str, ...]) -> list[Example]:
    """The examples of the documents of one fold, seen with the weights that were fitted without it."""
    folds: dict[str, int] = json.loads((out / "folds.json").read_text(encoding="utf-8"))
    use_fold(out, fold)
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    found: list[Example] = []
    for name in sets:
        for row, records in load(name):
            if folds[str(row["id"])] == fold:
                found += of_document(row, records, tokenizer)
    return found


def read_coded(out: Path, held: bool) -> list[Example]:
    """The examples of the further coded documents, those to learn from or those ``held`` back: the package's weights
    were fitted on neither. Those that the gate silences are left out, since the network is never shown such a
    document."""
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    found: list[Example] = []
    for row, records in load_coded(held):
        seen = look(pipeline.see(from_row(row)))
        if not quiet(seen.scene, told(seen)):
            found += examples(str(row["id"]), seen, tokenizer, records)
    return found


def of_document(row: dict[str, Any], records: list[dict[str, Any]], tokenizer: Any) -> list[Example]:
    document = from_row(row)
    return examples(str(row["id"]), look(pipeline.see(document)), tokenizer, records)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    options = parser.parse_args()
    began = time.monotonic()
    count = 1 + max(json.loads((options.out / "folds.json").read_text(encoding="utf-8")).values())
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        further, held = (pool.submit(read_coded, options.out, held) for held in (False, True))
        parts = [*pool.map(read_fold, [options.out] * count, range(count), [TRAIN] * count), further.result()]
    found = sorted((e for part in parts for e in part), key=lambda e: (e.doc, e.window.words[0]))
    (options.out / "held.pickle").write_bytes(pickle.dumps(held.result()))
    (options.out / "examples.pickle").write_bytes(pickle.dumps(found))
    pieces = sum(len(e.window.ids) for e in found)
    anchors = sum(len(e.anchors) for e in found)
    print(f"{len(found)} windows, {pieces} pieces, {anchors} anchors, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
