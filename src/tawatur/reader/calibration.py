"""From a score to a probability: a monotone curve for each kind of record, straight between its knots.

A reader's score ranks records; how probable a record with that score is differs by kind and was measured once, by
``training/calibrate.py``, on documents that the reader had not seen. Applied to the same kind of score that it was
fitted on, the curve keeps the order of records and makes a confidence of 0.8 hold in eight cases of ten.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import pairwise

from tawatur.errors import TawaturError

ANY = "all"
"""The curve of kinds that have none of their own; every table has it."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Knots in order: scores rise, probabilities do not fall. ``ValueError`` for others."""

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.scores or len(self.scores) != len(self.probabilities):
            raise ValueError("a curve needs as many probabilities as scores, and one at least")
        if not all(map(math.isfinite, self.scores)) or not all(0 <= p <= 1 for p in self.probabilities):
            raise ValueError("scores must be finite and probabilities from 0 to 1")
        if any(a >= b for a, b in pairwise(self.scores)):
            raise ValueError("the scores of knots must rise")
        if any(a > b for a, b in pairwise(self.probabilities)):
            raise ValueError("the probabilities of knots must not fall")

    def __call__(self, score: float) -> float:
        """The probability (0 to 1) of a score; beyond the outermost knots that of the nearest."""
        at = bisect_right(self.scores, score)
        if at == 0:
            return self.probabilities[0]
        if at == len(self.scores):
            return self.probabilities[-1]
        left, right = self.scores[at - 1], self.scores[at]
        low, high = self.probabilities[at - 1], self.probabilities[at]
        return low + (high - low) * (score - left) / (right - left)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Curves by kind of record, with :data:`ANY` among them."""

    curves: Mapping[str, Curve]

    def probability(self, kind: str, score: float) -> float:
        """How probable it is (0 to 1) that a record of this kind with this score is right."""
        return (self.curves.get(kind) or self.curves[ANY])(score)


def calibration(table: object) -> Calibration:
    """The calibration of a JSON table ``{kind: [[score, probability], ...]}``. :class:`TawaturError` where it is none."""
    try:
        if not isinstance(table, dict) or ANY not in table:
            raise ValueError(f"it has no curve {ANY!r}")
        curves = {}
        for kind, knots in table.items():
            scores, probabilities = zip(*((float(s), float(p)) for s, p in knots), strict=True)
            curves[str(kind)] = Curve(scores, probabilities)
    except (TypeError, ValueError) as error:
        raise TawaturError(f"not a calibration table: {error}", "fit it again with training/calibrate.py") from error
    return Calibration(curves)


def load(path: Traversable) -> Calibration:
    """The calibration of a JSON file. :class:`TawaturError` where it cannot be read."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TawaturError(f"{path.name} is no calibration table: {error}", "install the package anew") from error
    return calibration(table)
