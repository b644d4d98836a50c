"""Choices by named features: each has a weight in ``data/weights.json``, so that a choice can list its reasons.

The weights are fitted on the training documents by ``training/rules.py``; the features are written by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

_given: dict[str, dict[str, float]] | None = None


@cache
def _all() -> dict[str, dict[str, float]]:
    if _given is not None:
        return _given
    path = files("tawatur") / "data" / "weights.json"
    if not path.is_file():
        return {}
    loaded: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def forget() -> None:
    """Read the tables anew at the next call (after fitting)."""
    _all.cache_clear()
    classes.cache_clear()


def use(tables: Mapping[str, dict[str, float]] | None) -> None:
    """Choose with ``tables`` from here on, in this process only; with those of the package again for ``None``."""
    global _given
    # In the order of the file, which decides between classes that score alike.
    _given = None if tables is None else dict(sorted(tables.items()))
    forget()


def weights(choice: str) -> dict[str, float]:
    """The weights of one choice; features that are not listed weigh nothing."""
    return _all().get(choice, {})


def choices() -> tuple[str, ...]:
    """The names of all tables, in order."""
    return tuple(_all())


def score(table: dict[str, float], features: Iterable[str]) -> float:
    # In C throughout: most features of a choice have no weight.
    return sum(filter(None, map(table.get, features)))


def probability(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))


def best(table: dict[str, float], candidates: Sequence[Sequence[str]]) -> tuple[int, float]:
    """The index of the candidate with the highest score (the first of equals), and its share of all (softmax)."""
    scores = [score(table, c) for c in candidates]
    top = max(range(len(scores)), key=scores.__getitem__)
    return top, 1.0 / sum([math.exp(max(-30.0, s - scores[top])) for s in scores])


class Classes:
    """The tables of a choice among classes (``kind:event`` and so on), turned so that a feature is looked up once."""

    def __init__(self, choice: str) -> None:
        head = choice + ":"
        self.names = tuple(name[len(head) :] for name in choices() if name.startswith(head))
        turned: dict[str, list[tuple[int, float]]] = {}
        for k, name in enumerate(self.names):
            for f, w in weights(head + name).items():
                turned.setdefault(f, []).append((k, w))
        self._of = {f: tuple(pairs) for f, pairs in turned.items()}

    def pick(self, features: Iterable[str]) -> str:
        """The class that scores highest; empty where the choice has no tables."""
        if not self.names:
            return ""
        scores = [0.0] * len(self.names)
        of = self._of
        for pairs in filter(None, map(of.get, features)):
            for k, w in pairs:
                scores[k] += w
        return self.names[max(range(len(scores)), key=scores.__getitem__)]


@cache
def classes(choice: str) -> Classes:
    return Classes(choice)


def reasons(table: dict[str, float], features: Iterable[str]) -> list[tuple[str, float]]:
    """The features that weighed, heaviest first."""
    return sorted(((f, table[f]) for f in features if table.get(f)), key=lambda r: -abs(r[1]))
