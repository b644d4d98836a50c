"""How alike two records are: the sum of the weights of the levels that they fall into, and the list of these levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tawatur.events.compare import FUNCTIONS
from tawatur.events.facets import Facets, Rows
from tawatur.events.levels import COMPARISONS, Weights
from tawatur.events.pairs import Pairs, by_days

CHUNK = 1 << 13
"""Pairs compared at a time: their rows stay in the cache of a processor."""
Scores = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall: a comparison, its level, what that means, its weight (log-likelihood ratio, base e)."""

    comparison: str
    level: str
    means: str
    weight: float


def levels(a: Rows, b: Rows) -> NDArray[np.int8]:
    """The levels of the pairs ``(a[k], b[k])``, a column a comparison in the order of the table."""
    return np.stack([FUNCTIONS[name](a, b) for name in COMPARISONS], axis=1)


def score(rows: Rows, pairs: Pairs, weights: Weights) -> Scores:
    """The scores (thousandths) of candidate pairs of rows; the same for a whole collection and for one document."""
    out = np.empty(len(pairs), np.int32)
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        found = levels(rows[part[:, 0]], rows[part[:, 1]])
        total = np.full(len(part), weights.prior, np.int64)
        for column, name in enumerate(COMPARISONS):
            total += weights.levels[name][found[:, column]]
        out[start : start + CHUNK] = np.maximum(total, weights.floor)
    return out


def scored(rows: Rows, weights: Weights) -> tuple[Pairs, Scores]:
    """The candidate pairs that score above the floor, and their scores."""
    found: list[Pairs] = [np.zeros((0, 2), np.int32)]
    points = [np.zeros(0, np.int32)]
    for near, part in by_days(rows):
        scores = score(rows[near], part, weights)
        kept = scores > weights.floor
        found.append(near[part[kept]])
        points.append(scores[kept])
    return np.concatenate(found), np.concatenate(points)


def explain(facets: Facets, a: str, b: str, weights: Weights) -> tuple[Step, ...]:
    """Why records ``a`` and ``b`` are alike or not: the prior, then every comparison; the weights add up to the score
    (where that is not at its floor). ``KeyError`` for a record that is not among ``facets``."""
    at = {key: i for i, key in enumerate(facets.ids)}
    one, other = sorted((at[a], at[b]))
    found = levels(facets.rows[[one]], facets.rows[[other]])[0]
    steps = [Step("prior", "", "how rarely two records that are compared tell of one happening", weights.prior / 1000)]
    for level, (name, listed) in zip(found, COMPARISONS.items(), strict=True):
        label, means = listed[level]
        steps.append(Step(name, label, means, float(weights.levels[name][level]) / 1000))
    return tuple(steps)
