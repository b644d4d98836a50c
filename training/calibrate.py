"""Fits the curves that turn a reader's scores into probabilities (``tawatur.reader.calibration``).

python -m training.calibrate --on GOLD PREDICTED [--on GOLD PREDICTED ...] --output TABLE.json

PREDICTED are records whose ``confidence`` is the raw score, read by a reader that was fitted *without* these documents
(cross-fitting): on documents that it learned from its scores are too sure, and the curve would be, too. What is fitted
is the probability that a record is found (``tawatur.evaluate.calibration`` says why). Printed is the expected
calibration error of the raw scores, and of the curves on documents that they were not fitted on (folds by document).

The fit is isotonic regression by pooling adjacent violators (Ayer et al. 1955) over cells of a few records each, then
thinned to a few knots with straight lines between them: a step for every record would be noise learned by heart.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tawatur.evaluate import read_gold, read_predicted
from tawatur.evaluate.calibration import Judged, Pair, brier, ece, equal_mass, judged
from tawatur.reader.calibration import ANY, Curve, calibration

KNOTS = 12
CELL = 20
"""Records of a cell, at least: fewer say little about a share."""
ENOUGH = 150
"""Records that a kind must have for a curve of its own."""
FOLDS = 5
Table = dict[str, list[list[float]]]


@dataclass(frozen=True, slots=True)
class Block:
    """Records of neighbouring scores: how many, their mean score, and the share of them that is found."""

    n: int
    score: float
    share: float

    def joined(self, other: Block) -> Block:
        n = self.n + other.n
        return Block(
            n,
            (self.n * self.score + other.n * other.score) / n,
            (self.n * self.share + other.n * other.share) / n,
        )


def cells(pairs: Iterable[Pair], least: int = CELL) -> list[Block]:
    """Records in order of their score, ``least`` and more to a cell, equal scores never parted. Each share has one more
    record in it that is found as often as all are, so that no small cell says never or always."""
    ranked = sorted(pairs)
    out: list[list[Pair]] = [[]]
    for pair in ranked:
        if len(out[-1]) >= least and pair[0] > out[-1][-1][0]:
            out.append([])
        out[-1].append(pair)
    if len(out) > 1 and len(out[-1]) < least:
        short = out.pop()
        out[-1] += short
    usual = sum(found for _, found in ranked) / len(ranked) if ranked else 0.0
    return [
        Block(len(c), sum(s for s, _ in c) / len(c), (sum(found for _, found in c) + usual) / (len(c) + 1))
        for c in out
        if c
    ]


def pooled(blocks: Iterable[Block]) -> list[Block]:
    """Isotonic regression: neighbours whose shares fall are pooled until the shares rise from block to block."""
    out: list[Block] = []
    for block in blocks:
        out.append(block)
        while len(out) > 1 and out[-2].share >= out[-1].share:
            last = out.pop()
            out[-1] = out[-1].joined(last)
    return out


def thinned(blocks: Sequence[Block], most: int = KNOTS) -> list[Block]:
    """At most ``most`` (two or more) of the blocks: the inner one that lies nearest the line between its neighbours,
    weighed by its records, goes first."""
    kept = list(blocks)
    while len(kept) > most:

        def cost(k: int) -> float:
            a, b, c = kept[k - 1 : k + 2]
            line = Curve((a.score, c.score), (a.share, c.share))
            return b.n * (line(b.score) - b.share) ** 2

        del kept[min(range(1, len(kept) - 1), key=cost)]
    return kept


def knots(pairs: Iterable[Pair]) -> list[list[float]]:
    """The knots of the curve through (score, found) pairs: score and probability, in order."""
    rounded: dict[float, float] = {}
    for block in thinned(pooled(cells(pairs))):
        rounded[round(block.score, 4)] = round(block.share, 4)
    return [[score, share] for score, share in rounded.items()]


def fit(records: Sequence[Judged]) -> Table:
    """The table of curves: one for all records, and one for each kind that has enough of them. ``ValueError`` where
    there are no records."""
    if not records:
        raise ValueError("there are no records to fit on")
    out = {ANY: knots((r.confidence, r.found) for r in records)}
    for kind in sorted({r.kind for r in records}):
        own = [(r.confidence, r.found) for r in records if r.kind == kind]
        if len(own) >= ENOUGH:
            out[kind] = knots(own)
    return out


def held_out(records: Sequence[Judged]) -> list[Pair]:
    """Every record with the probability that curves fitted on the other folds give it; a document is in one fold."""
    folds: list[list[Judged]] = [[] for _ in range(FOLDS)]
    for r in records:
        folds[zlib.crc32(r.doc.encode()) % FOLDS].append(r)
    out: list[Pair] = []
    for k, fold in enumerate(folds):
        others = [r for n, other in enumerate(folds) if n != k for r in other]
        if fold and others:
            curves = calibration(fit(others))
            out += [(curves.probability(r.kind, r.confidence), r.found) for r in fold]
    return out


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m training.calibrate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", nargs=2, type=Path, action="append", required=True, metavar=("GOLD", "PREDICTED"))
    parser.add_argument("--output", type=Path, required=True, metavar="TABLE")
    args = parser.parse_args(argv)
    records = [r for gold, predicted in args.on for r in judged(read_gold(gold), read_predicted(predicted))]
    table = fit(records)
    args.output.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    for name, pairs in (("raw", [(r.confidence, r.found) for r in records]), ("held out", held_out(records))):
        print(f"{name}: ECE {ece(equal_mass(pairs)):.3f}, Brier {brier(pairs):.3f}, {len(pairs)} records")
    print("curves: " + ", ".join(f"{kind} ({len(curve)} knots)" for kind, curve in table.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
