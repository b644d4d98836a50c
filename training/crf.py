"""A floor for readers that learn: linear-chain CRFs over words, one for anchors and one for each role.

    python -m training.crf --train [--only anchor,actor] [--model out/model/crf]
    python -m training.crf --predict dev --out FILE.jsonl [--model out/model/crf]

Trained on ``train`` and ``english-train`` of the gold folder; nothing is tuned. A value goes to the anchor that is
nearest in its sentence, else to the nearest before it; every record happened and has no outcome. Needs
python-crfsuite, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from tawatur import pipeline
from tawatur.errors import TawaturError
from tawatur.export.jsonl import line, record_line
from tawatur.model import Link, Mark, MarkRole, Reading, Span
from tawatur.reader.scene import Ranged, Scene
from tawatur.text.documents import from_row
from training.crf_features import (
    LAYERS,
    ROLES,
    covered,
    layer_labels,
    overlapping,
    read_sentences,
    spans_in,
    word_features,
)
from training.documents import ROOT, Gold, load, shared

MODEL = ROOT / "out" / "model" / "crf"
PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 2}


class Value(NamedTuple):
    """A value that a CRF found: its tokens ``[i, j)``, its offsets, its class (of a number what it counts)."""

    i: int
    j: int
    start: int
    end: int
    name: str


def crfsuite() -> Any:
    """The module ``pycrfsuite``; :class:`TawaturError` where it is not installed."""
    try:
        return importlib.import_module("pycrfsuite")
    except ImportError:
        raise TawaturError("python-crfsuite is not installed", "pip install python-crfsuite") from None


def train(documents: Sequence[tuple[Scene, list[Gold]]], layers: Sequence[str], out: Path) -> None:
    """Fits the CRF of each layer and writes it to ``out``; the same documents give the same bytes."""
    suite = crfsuite()
    seen = []
    for scene, records in documents:
        features = word_features(scene)
        own = [(s.i, s.j, suite.ItemSequence(features[s.i : s.j])) for s in read_sentences(scene)]
        seen.append((scene, records, own))
    out.mkdir(parents=True, exist_ok=True)
    for layer in layers:
        start = time.perf_counter()
        trainer = suite.Trainer(algorithm="lbfgs", params=PARAMETERS, verbose=False)
        for scene, records, own in seen:
            labels = layer_labels(scene, records, layer)
            for i, j, items in own:
                trainer.append(items, labels[i:j])
        trainer.train(str(model_path(out, layer)))
        print(f"{layer}: {time.perf_counter() - start:.0f} s", flush=True)


def model_path(folder: Path, layer: str) -> Path:
    """Where the CRF of a layer is kept."""
    return folder / f"{layer}.crfsuite"


class CrfReader:
    """The CRFs of a folder as a :class:`tawatur.reader.protocol.Reader`; not to be used by several threads."""

    name = "crf"
    # A CRF's labels stand or fall by themselves: nothing is left out for being unsure.
    floors: Mapping[str, float] | None = {}

    def __init__(self, folder: Path) -> None:
        suite = crfsuite()
        self._taggers = {}
        digest = hashlib.sha256()
        for layer in LAYERS:
            path = model_path(folder, layer)
            if not path.is_file():
                raise TawaturError(f"there is no {path.name} in {folder}", "python -m training.crf --train")
            digest.update(path.read_bytes())
            self._taggers[layer] = suite.Tagger()
            self._taggers[layer].open(str(path))
        self.digest = digest.hexdigest()
        self._suite = suite

    def confidence(self, kind: str, score: float) -> float:
        return score

    def read(self, scene: Scene) -> Reading:
        """The marks and links of a document."""
        features = word_features(scene)
        found: dict[str, list[Value]] = {layer: [] for layer in LAYERS}
        scores: list[float] = []
        for s in read_sentences(scene):
            items = self._suite.ItemSequence(features[s.i : s.j])
            for layer, tagger in self._taggers.items():
                labels = tagger.tag(items)
                for i, j, off, name in spans_in(labels, s.i):
                    start = scene.tokens[i].start + off
                    found[layer].append(Value(i, j, start, scene.tokens[j - 1].end, name))
                    if layer == "anchor":
                        scores.append(tagger.marginal(labels[i - s.i], i - s.i))
        return reading(scene, found, scores)


def reading(scene: Scene, found: Mapping[str, Sequence[Value]], scores: Sequence[float]) -> Reading:
    """Marks and links of the values by layer; ``scores`` says how sure each anchor is."""
    anchors = found["anchor"]
    marks: list[Mark] = []
    for a, score in zip(anchors, scores, strict=True):
        words = Span(a.start, a.end, scene.text[a.start : a.end])
        marks.append(Mark(len(marks), "anchor", words, f"{a.name}/happened/", min(1.0, score)))
    mentions: dict[str, Sequence[Ranged]] = {
        "place": scene.places, "time": scene.times, "number": scene.numbers, "weapon": scene.weapons,
    }  # fmt: skip
    at = {role: covered(items) for role, items in mentions.items()}
    linked: list[tuple[int, int, int]] = []
    for role in ROLES:
        for value in found[role]:
            n = anchor_of(scene, anchors, value)
            start, end = snapped(at.get(role), value, strict=role == "number")
            if n is None or end <= start:
                continue
            linked.append((n, abs(anchors[n].i - value.i), len(marks)))
            marks.append(Mark(len(marks), cast(MarkRole, role), Span(start, end, scene.text[start:end]), value.name))
    # The nearest value comes first, so that it is taken where there is room for one; a chain is told in order.
    links = [
        Link(n, mark, marks[mark].span.start if marks[mark].role == "source" else 0) for n, _, mark in sorted(linked)
    ]
    return Reading(tuple(marks), tuple(links))


def anchor_of(scene: Scene, anchors: Sequence[Value], value: Value) -> int | None:
    """The anchor nearest to a value in its sentence, else the nearest before it, else None."""
    sentence = scene.sentence_at(value.i)
    own = [n for n, a in enumerate(anchors) if scene.sentence_at(a.i) == sentence]
    if own:
        return min(own, key=lambda n: (abs(anchors[n].i - value.i), n))
    before = [n for n, a in enumerate(anchors) if a.i < value.i]
    return max(before, key=lambda n: anchors[n].i, default=None)


def snapped(mentions: Mapping[int, Sequence[Any]] | None, value: Value, strict: bool) -> tuple[int, int]:
    """The offsets of the scene's mention that a value overlaps; else its own, or none where a mention must be."""
    mention: Any = overlapping(mentions, value.i, value.j) if mentions else None
    if mention is not None:
        return mention.start, mention.end
    return (value.start, value.start) if strict else (value.start, value.end)


def predict(rows: Sequence[Mapping[str, Any]], reader: CrfReader, out: Path) -> None:
    """Writes the records of the documents as ``tawatur extract --format jsonl`` writes them."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        for row in rows:
            for record in pipeline.extract(from_row(row), reader).records:
                file.write(line(record_line(record)))


def run(args: argparse.Namespace) -> None:
    if not (shared() / "gold").is_dir():
        raise TawaturError("no gold folder beside the repository", "set TAWATUR_SHARED to the folder that holds it")
    start = time.perf_counter()
    if args.train:
        layers = args.only.split(",") if args.only else LAYERS
        data = load("train") + load("english-train")
        train([(pipeline.see(from_row(d)), records) for d, records in data], layers, args.model)
        print(f"trained on {len(data)} documents in {time.perf_counter() - start:.0f} s", flush=True)
    if args.predict:
        rows = [d for d, _ in load(args.predict)]
        predict(rows, CrfReader(args.model), args.out)
        print(f"{args.predict}: {len(rows)} documents read in {time.perf_counter() - start:.1f} s", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.crf")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--only", default="", help=f"of {','.join(LAYERS)}")
    parser.add_argument("--predict", default="", metavar="GOLDSET")
    parser.add_argument("--out", type=Path, help="where --predict writes the records")
    parser.add_argument("--model", type=Path, default=MODEL)
    args = parser.parse_args()
    if not (args.train or args.predict):
        parser.error("--train or --predict")
    if args.predict and args.out is None:
        parser.error("--predict needs --out")
    try:
        run(args)
    except TawaturError as error:
        print(f"crf: {error}" + (f" ({error.hint})" if error.hint else ""), file=sys.stderr)
        return error.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
