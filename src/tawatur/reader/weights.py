"""Choices by named features: each has a weight in ``data/weights.json``, so that a choice can list its reasons.

The weights are fitted on the training documents by ``training/rules.py``; the features are written by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files


@cache
def _all() -> dict[str, dict[str, float]]:
    path = files("tawatur") / "data" / "weights.json"
    if not path.is_file():
        return {}
    loaded: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def forget() -> None:
    """Read the tables anew at the next call (after fitting)."""
    _all.cache_clear()


def weights(choice: str) -> dict[str, float]:
    """The weights of one choice; features that are not listed weigh nothing."""
    return _all().get(choice, {})


def choices() -> tuple[str, ...]:
    """The names of all tables, in order."""
    return tuple(_all())


def score(table: dict[str, float], features: Iterable[str]) -> float:
    get = table.get
    return sum([get(f, 0.0) for f in features])


def probability(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))


def best(table: dict[str, float], candidates: Sequence[Sequence[str]]) -> tuple[int, float]:
    """The index of the candidate with the highest score (the first of equals), and its share of all (softmax)."""
    scores = [score(table, c) for c in candidates]
    top = max(range(len(scores)), key=scores.__getitem__)
    return top, 1.0 / sum([math.exp(max(-30.0, s - scores[top])) for s in scores])


def reasons(table: dict[str, float], features: Iterable[str]) -> list[tuple[str, float]]:
    """The features that weighed, heaviest first."""
    return sorted(((f, table[f]) for f in features if table.get(f)), key=lambda r: -abs(r[1]))
