"""What a count or a figure speaks of (its scope), and which of the collection's events fall under it.

A count says "11 operations against American bases in Iraq and Syria on Friday": a party, targets, countries, days and a
kind of happening. An event falls under it (``IN``), certainly does not (``OUT``), or may (``MAYBE``: the record does not
say by whom, where or exactly when).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt

from tawatur.meaning.actors_relations import related
from tawatur.meaning.places_regions import countries_of
from tawatur.model import Place, Record

NEAR_KM = 15.0
"""A count told of one spot covers what is told within this distance: a base and its town are coded apart."""
_ATTACKS = frozenset(
    ("strike", "bomb", "clash", "shooting", "naval", "interception", "raid", "abduction", "harm", "damage")
)
"""Families of types that "attacks" and "operations" can mean."""
_STRIKES = frozenset(("strike", "interception", "naval", "bomb", "harm", "damage"))
"""Families that a strike may be told as by somebody else: shot down, on a ship, by its harm alone."""


class Fit(IntEnum):
    """Whether an event falls under a scope."""

    OUT = 0
    MAYBE = 1
    IN = 2


@dataclass(frozen=True, slots=True)
class Item:
    """An event as counts see it. ``origins`` are the keys of the independent origins behind it, ``tellers`` those of
    all who tell of it. ``inferred`` says that its days were inferred from the days of publication."""

    event: str
    first: date | None
    last: date | None
    inferred: bool
    places: tuple[Place, ...]
    types: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    origins: frozenset[str] = frozenset()
    records: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What a count is of. Empty sets and None are "any"; days are inclusive. ``more`` are the other spots of a count of
    several."""

    first: date | None
    last: date | None
    type: str = ""
    countries: frozenset[str] = frozenset()
    spot: Place | None = None
    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    more: tuple[Place, ...] = ()

    @property
    def spots(self) -> tuple[Place, ...]:
        """All spots: ``spot`` and ``more``."""
        return (self.spot, *self.more) if self.spot is not None else ()


def joined(scopes: Sequence[Scope]) -> Scope:
    """One scope of the places and targets of all of ``scopes``: their spots where each is of one, else their countries.
    The rest is that of the first."""
    one = scopes[0]
    targets = frozenset().union(*(s.targets for s in scopes)) if all(s.targets for s in scopes) else frozenset()
    spots = {p.place_id: p for s in scopes for p in s.spots}
    found = list(spots.values()) if all(s.spot for s in scopes) else []
    countries = frozenset().union(*(s.countries for s in scopes))
    return replace(
        one, countries=countries, targets=targets, spot=found[0] if found else None, more=tuple(found[1:])
    )  # fmt: skip


def scope_of(record: Record) -> Scope:
    """The scope of an aggregate or a statistic. A statistic of attacks has no type of its own: any attack. A place of
    precision 1 or 2 is a spot; wider ones give their countries."""
    place = record.place
    fine = place is not None and (place.precision or 3) < 3 and place.lat is not None
    return Scope(
        record.time.first if record.time else None,
        record.time.last if record.time else None,
        record.type if record.kind in ("event", "aggregate") else "",
        countries_of(place) if place is not None else frozenset(),
        place if fine else None,
        _entities(record.actor.entity if record.actor else None),
        _entities(record.target.entity if record.target else None),
    )


def _entities(entity: str | None) -> frozenset[str]:
    return frozenset((entity,)) if entity else frozenset()


def fit(item: Item, scope: Scope) -> Fit:
    """Whether ``item`` falls under ``scope``: the least of the judgements on days, place, parties and type."""
    least = _days(item, scope)
    # most items of a collection are of other days: nothing else is looked at then
    for judged in (_type, _place, _actor, _target):
        if least == Fit.OUT:
            return least
        least = min(least, judged(item, scope))
    return least


def under(items: Iterable[Item], scope: Scope) -> tuple[list[Item], list[Item]]:
    """The items that fall under ``scope``, and those that may; ordered by day and id."""
    found: dict[Fit, list[Item]] = {Fit.OUT: [], Fit.MAYBE: [], Fit.IN: []}
    for item in items:
        found[fit(item, scope)].append(item)
    for listed in found.values():
        listed.sort(key=lambda i: (i.first or date.max, i.event))
    return found[Fit.IN], found[Fit.MAYBE]


def _days(item: Item, scope: Scope) -> Fit:
    if item.first is None or item.last is None:
        return Fit.MAYBE
    before = scope.first is not None and item.last < scope.first
    after = scope.last is not None and item.first > scope.last
    if before or after:
        return Fit.OUT
    whole = (scope.first is None or item.first >= scope.first) and (scope.last is None or item.last <= scope.last)
    return Fit.IN if whole and not item.inferred else Fit.MAYBE


def _place(item: Item, scope: Scope) -> Fit:
    if scope.spot is not None:
        if not item.places:
            return Fit.MAYBE
        return max(_at(place, spot) for place in item.places for spot in scope.spots)
    if not scope.countries:
        return Fit.IN
    countries = frozenset().union(*(countries_of(p) for p in item.places)) if item.places else frozenset()
    if not countries:
        return Fit.MAYBE
    if not countries & scope.countries:
        return Fit.OUT
    # "Bases in Iraq were hit" may be another telling of what is counted under its own name already.
    return Fit.IN if any((p.precision or 3) < 3 for p in item.places) else Fit.MAYBE


def _at(place: Place, spot: Place) -> Fit:
    if place.place_id and place.place_id == spot.place_id:
        return Fit.IN
    if place.lat is None or place.lon is None or spot.lat is None or spot.lon is None:
        return Fit.MAYBE
    if (place.precision or 3) == 3:
        return Fit.MAYBE if countries_of(place) & countries_of(spot) else Fit.OUT
    return Fit.IN if kilometres(place.lat, place.lon, spot.lat, spot.lon) <= NEAR_KM else Fit.OUT


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points on a sphere of the earth's mean radius."""
    a, b, c, d = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, half)))


def _actor(item: Item, scope: Scope) -> Fit:
    if not scope.actors:
        return Fit.IN
    if not item.actors:
        return Fit.MAYBE
    return Fit.IN if related(item.actors, scope.actors, "same", "umbrella") else Fit.OUT


def _target(item: Item, scope: Scope) -> Fit:
    """Whom it hit. Where that is not told, who did it can tell: an enemy of the party asked for may well have hit it,
    the party itself did not."""
    asked = scope.targets
    if not asked:
        return Fit.IN
    if item.targets:
        return Fit.IN if related(item.targets, asked, "same", "umbrella") else Fit.OUT
    if related(item.actors, asked, "opposed"):
        return Fit.IN
    return Fit.OUT if related(item.actors, asked, "same") else Fit.MAYBE


def _type(item: Item, scope: Scope) -> Fit:
    asked, told = scope.type, item.types
    families = {t.partition(".")[0] for t in told}
    family, _, means = asked.partition(".")
    if not family or family == "clash":
        return Fit.IN if families & _ATTACKS else Fit.OUT
    if family == "strike":
        if means in ("unspecified", "mixed"):
            return Fit.IN if families & _STRIKES else Fit.OUT
        if any(t == asked or t in ("strike.unspecified", "strike.mixed") for t in told):
            return Fit.IN
        return Fit.MAYBE if families & (_STRIKES - {"strike"}) else Fit.OUT
    return Fit.IN if family in families else Fit.OUT
