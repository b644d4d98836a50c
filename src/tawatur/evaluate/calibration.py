"""Whether a record's confidence means what it says.

A confidence is taken as the probability that the record is *found*: that the gold has a record of its kind which
aligns with it. That is the definition because it is the one question that a record as a whole answers with yes or no
whatever it is asked about: is this thing told here? Its fields each fail in their own way, and how many must be right
depends on the use (:data:`tawatur.evaluate.HEADLINES`). So defined, the mean confidence of a reader is its precision
as *found* counts it, and someone who keeps what is above 0.8 can tell beforehand how much of that is made up. A second
telling of the same thing aligns with nothing, and rightly counts as wrong. The same figures are given for *exact* (type,
status, place and date right too), to show how far a confidence may be read as more than it promises.

Figures: the expected calibration error (ECE) is the mean gap between confidence and share that holds, over bins of
records, weighted by their size (Naeini et al. 2015); bins of equal mass are less fragile than bins of equal width where
most confidences are alike (Nixon et al. 2019). The Brier score is the mean squared gap record by record, which also
rewards telling right from wrong apart (Brier 1950). An ECE over few records is above 0 for a perfect confidence, too:
:func:`perfect` says how much.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tawatur.errors import InputError
from tawatur.evaluate.aligned import aligned
from tawatur.evaluate.items import Row
from tawatur.evaluate.pairs import agreement
from tawatur.evaluate.scores import right

BINS = 10
Pair = tuple[float, bool]
"""A confidence, and whether what it is about holds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A predicted record: its confidence (0 to 1), and whether it is found and exact."""

    doc: str
    kind: str
    confidence: float
    found: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Records of like confidence: the least and the greatest of it, how many, its mean, and the share that holds."""

    low: float
    high: float
    n: int
    confidence: float
    share: float


def judged(gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]]) -> list[Judged]:
    """Every record predicted on a document of the gold. :class:`InputError` where one has no confidence."""
    out = []
    for one in aligned(gold, predicted):
        met = {j: i for i, j in one.pairs}
        for j, (given, row) in enumerate(zip(one.predicted, predicted.get(one.doc, ()), strict=True)):
            agreed = agreement(one.gold[met[j]], given) if j in met else None
            out.append(
                Judged(
                    one.doc,
                    str(given.kind),
                    _confidence(row.get("confidence"), f"{one.doc}: record {j + 1}"),
                    agreed is not None,
                    agreed is not None and right(agreed, "exact"),
                )
            )
    return out


def _confidence(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError(f"{where} has no confidence from 0 to 1", "records as tawatur extract writes them have one")
    return float(value)


def equal_mass(pairs: Iterable[Pair], bins: int = BINS) -> list[Bin]:
    """Bins of about as many records each, in order; equal confidences are never parted, so there may be fewer."""
    ranked = sorted(pairs)
    out: list[Bin] = []
    start = 0
    for end in range(1, len(ranked) + 1):
        full = end * bins >= len(ranked) * (len(out) + 1)
        if end == len(ranked) or (full and ranked[end][0] > ranked[end - 1][0]):
            out.append(_bin(ranked[start:end]))
            start = end
    return out


def equal_width(pairs: Iterable[Pair], bins: int = BINS) -> list[Bin]:
    """Bins as wide as each other over 0 to 1, in order; empty ones are left out."""
    sorted_in: dict[int, list[Pair]] = {}
    for pair in pairs:
        sorted_in.setdefault(min(int(pair[0] * bins), bins - 1), []).append(pair)
    return [_bin(sorted(inside)) for _, inside in sorted(sorted_in.items())]


def _bin(inside: Sequence[Pair]) -> Bin:
    n = len(inside)
    return Bin(inside[0][0], inside[-1][0], n, sum(c for c, _ in inside) / n, sum(held for _, held in inside) / n)


def ece(bins: Sequence[Bin]) -> float:
    """The expected calibration error over bins, 0 to 1; 0 where there are none."""
    n = sum(one.n for one in bins)
    return sum(one.n * abs(one.confidence - one.share) for one in bins) / n if n else 0.0


def brier(pairs: Sequence[Pair]) -> float:
    """The mean squared gap between confidence and what holds, 0 to 1; 0 where there are no pairs."""
    return sum((confidence - held) ** 2 for confidence, held in pairs) / len(pairs) if pairs else 0.0


def perfect(confidences: Sequence[float], draws: int = 200, seed: int = 0) -> float:
    """The mean ECE (bins of equal mass) that these confidences would show if each were exactly right: what is left to
    chance with so many records. Seeded."""
    rng = random.Random(seed)
    drawn = [ece(equal_mass([(c, rng.random() < c) for c in confidences])) for _ in range(draws)]
    return sum(drawn) / len(drawn) if drawn else 0.0
