"""Whether one reader is better than another on the same gold, or only luckier: a paired bootstrap over documents."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from tawatur.evaluate.aligned import aligned
from tawatur.evaluate.items import Row
from tawatur.evaluate.scores import HEADLINES, Tally, drawn_f1, tallies, total

DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 of a reader and of the other one, the first minus the second, and how sure that is: ``low`` to ``high`` holds
    95 % of the draws, ``not_better`` is the share of draws in which the first is not above the second."""

    f1: float
    other: float
    difference: float
    low: float
    high: float
    not_better: float

    def row(self) -> dict[str, float]:
        """The figures by name, three digits each."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def differences(
    gold: Sequence[Row],
    predicted: Mapping[str, Sequence[Row]],
    other: Mapping[str, Sequence[Row]],
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, Difference]:
    """By headline, how ``predicted`` compares with ``other`` on ``gold``; empty where the gold has no document.

    Each of the ``draws`` takes documents with replacement, the same ones for both readers, so that documents that are
    hard for either do not blur the difference. Seeded: the same files give the same figures.
    """
    first, second = _by_document(gold, predicted), _by_document(gold, other)
    if not first or draws < 1:
        return {}
    rng = random.Random(seed)
    taken = [rng.choices(range(len(first)), k=len(first)) for _ in range(draws)]
    return {name: _difference(name, first, second, taken) for name in HEADLINES}


def _by_document(gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]]) -> list[Tally]:
    return [total(tallies(one).values()) for one in aligned(gold, predicted)]


def _difference(
    name: str, first: Sequence[Tally], second: Sequence[Tally], taken: Sequence[Sequence[int]]
) -> Difference:
    a, b = ([(one.hits[name], one.gold + one.predicted) for one in column] for column in (first, second))
    drawn = sorted(drawn_f1(a, draw) - drawn_f1(b, draw) for draw in taken)
    f1, other = total(first).f1(name), total(second).f1(name)
    tail = int(0.025 * len(drawn))
    not_better = sum(d <= 0 for d in drawn) / len(drawn)
    return Difference(f1, other, f1 - other, drawn[tail], drawn[-1 - tail], not_better)
