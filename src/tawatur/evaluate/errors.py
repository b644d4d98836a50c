"""What a reader gets wrong, as numbers: what it misses, what it makes up, and how fields fail where it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tawatur.evaluate.aligned import Aligned
from tawatur.evaluate.items import TEXT_FIELDS, Item
from tawatur.evaluate.pairs import agreement
from tawatur.evaluate.values import sequence

FIELDS = (
    "type", "status", "actor", "target", "place", "date", "time", "weapons", "numbers", "outcome", "chain", "standing",
    "cue",
)  # fmt: skip
WAYS = ("right", "empty", "made up", "other")
"""How a field of an aligned pair came out: as in the gold; left empty; given where the gold has none; another value
(of a list also: in part). Where neither side gives the field it is not counted."""


def family(one: Item) -> str:
    """The type without its detail (``strike`` of ``strike.rocket``)."""
    return str(one.type).split(".")[0]


def links(one: Item) -> str:
    """How many hands a record came through: 0, 1, 2 or 3+."""
    return str(len(one.source)) if len(one.source) < 3 else "3+"


MISSED_BY: Mapping[str, Callable[[Item], str]] = {
    "kind": lambda one: str(one.kind),
    "family": family,
    "status": lambda one: str(one.status),
    "chain": links,
}
MADE_UP_BY: Mapping[str, Callable[[Item], str]] = {
    "kind": lambda one: str(one.kind),
    "type": lambda one: str(one.type),
}
Groups = dict[str, dict[str, tuple[int, int]]]


@dataclass(slots=True)
class ErrorTable:
    """Counts over documents. ``missed`` and ``made_up``: group, its value, how many of how many; ``fields``: field, way,
    how many; ``confused``: gold type, type read, how many of the aligned pairs."""

    missed: Groups = field(default_factory=dict)
    made_up: Groups = field(default_factory=dict)
    fields: dict[str, dict[str, int]] = field(default_factory=dict)
    confused: list[tuple[str, str, int]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The same in plain lists and objects."""
        return {
            "missed": _plain(self.missed),
            "made_up": _plain(self.made_up),
            "fields": {f: {way.replace(" ", "_"): n for way, n in ways.items()} for f, ways in self.fields.items()},
            "confused": [{"gold": gold, "read": read, "times": n} for gold, read, n in self.confused],
        }


def _plain(groups: Groups) -> dict[str, dict[str, dict[str, int]]]:
    return {g: {v: {"n": n, "of": of} for v, (n, of) in values.items()} for g, values in groups.items()}


def error_table(documents: Iterable[Aligned]) -> ErrorTable:
    """The error table of aligned documents; groups and confusions with the most errors first."""
    everything = list(documents)
    ways: dict[str, Counter[str]] = {f: Counter() for f in FIELDS}
    confused: Counter[tuple[str, str]] = Counter()
    for one in everything:
        for i, j in one.pairs:
            gold, given = one.gold[i], one.predicted[j]
            if gold.type != given.type:
                confused[str(gold.type), str(given.type)] += 1
            agreed = agreement(gold, given)
            for f in FIELDS:
                if (value := agreed[f]) is not None:
                    ways[f][way(gold, given, f, value)] += 1
    return ErrorTable(
        _grouped(MISSED_BY, [m for one in everything for m in one.missed], [g for one in everything for g in one.gold]),
        _grouped(
            MADE_UP_BY, [m for one in everything for m in one.made_up], [p for one in everything for p in one.predicted]
        ),
        {f: {w: ways[f][w] for w in WAYS} for f in FIELDS},
        [(*types, n) for types, n in sorted(confused.items(), key=lambda c: (-c[1], c[0]))],
    )


def way(gold: Item, given: Item, name: str, agreed: float) -> str:
    """One of :data:`WAYS` for a field that either side gives."""
    if agreed == 1:
        return "right"
    if not gives(given, name):
        return "empty"
    return "other" if gives(gold, name) else "made up"


def gives(one: Item, name: str) -> bool:
    """Whether a record gives a field."""
    if name in TEXT_FIELDS:
        return bool(sequence(one.texts[name]))
    if name == "date":
        return one.date is not None and any(one.date)
    return bool(getattr(one, "source" if name == "chain" else name))


def _grouped(by: Mapping[str, Callable[[Item], str]], wrong: Iterable[Item], every: Iterable[Item]) -> Groups:
    bad, everything = list(wrong), list(every)
    out: Groups = {}
    for group, value in by.items():
        n, of = Counter(map(value, bad)), Counter(map(value, everything))
        out[group] = {v: (n[v], of[v]) for v in sorted(of, key=lambda v: (-n[v], v))}
    return out
