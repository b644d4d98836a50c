"""What stands around a mention in its document: the sure places near it, and the area that is named for it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tawatur.meaning.gazetteer import Row
from tawatur.meaning.places_keys import area_key
from tawatur.meaning.places_mention import PlaceMention
from tawatur.meaning.places_table import FINE

AREAS = frozenset(["governorate", "district", "country", "region"])
_LIST_GAP, _AREA_GAP, _BEFORE_GAP = 5, 28, 12
"""Code points between two mentions: of a list; of a place and what it lies in or by; of an area and the place named after it."""
_NEAR, _FAR = 60, 250
"""Code points between mentions that stand near each other; and in the same passage."""
_APART = 120.0
"""Kilometres between a place and its area that make it another place of that name."""
_PARTS, _TOWN = frozenset(["neighbourhood", "camp"]), 25.0
"""Feature words of what is part of a town, and kilometres that it lies from the town at most."""
_SPOKEN = 0.4
"""How much a country is spoken of, beside the one that is most, where a place of it is no surprise."""
_BORDER = 60.0
"""Kilometres to a sure place across a border that keep a place in the document's reach."""
_PASSAGE, _WIDE = 24, 24
"""The most places of a passage, and of a document, that a mention is compared with."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A mention whose place is sure enough to help others. ``held``: a preposition leads to it."""

    start: int
    end: int
    row: Row
    area: bool
    held: bool = False


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What a document's mentions tell together: how much each country is spoken of (the most is 1), the places that
    are sure, in order, with their starts, and those of them that are named most."""

    countries: dict[str, float] = field(default_factory=dict)
    fixed: tuple[Fixed, ...] = ()
    mentions: tuple[PlaceMention, ...] = ()
    starts: tuple[int, ...] = ()
    wide: tuple[Row, ...] = ()


class Surround(NamedTuple):
    """The area that is named for a place, and the place that it is said to lie in or by."""

    area: Row | None
    beside: Row | None


def context_of_fixed(
    countries: dict[str, float], fixed: Iterable[Fixed], mentions: Iterable[PlaceMention]
) -> PlaceContext:
    """A context with what is looked up in it."""
    found = tuple(fixed)
    rows: dict[str, Row] = {}
    counts: Counter[str] = Counter()
    for f in found:
        if f.row.group not in ("country", "region", "sea"):
            rows[f.row.id] = f.row
            counts[f.row.id] += 1
    wide = tuple(rows[rid] for rid, _ in counts.most_common(_WIDE))
    return PlaceContext(countries, found, tuple(mentions), tuple(f.start for f in found), wide)


def km(a: Row, b: Row) -> float:
    """The distance between two rows, as on a flat map of their surroundings: off by less than a part in a hundred up to
    a thousand kilometres, which is as far as it is compared. Infinite where a point is missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    north = (a.lat - b.lat) * 111.2
    east = abs(a.lon - b.lon)
    east = (360 - east if east > 180 else east) * 111.2 * math.cos((a.lat + b.lat) * 0.00872664626)
    return math.sqrt(north * north + east * east)


def surround(mention: PlaceMention, context: PlaceContext) -> Surround:
    """The area named for a place: behind it ("X in the countryside of Y"), over the rest of its list, or right before
    it ("in Y, the village of X"); and what is named right behind it as around it ("X near Y")."""
    fixed, end = context.fixed, mention.end
    beside: Row | None = None
    at = bisect_left(context.starts, end)
    for n in range(at, min(at + _PASSAGE, len(fixed))):
        other = fixed[n]
        gap = other.start - end
        if gap > _AREA_GAP:
            break
        if other.area:
            return Surround(other.row, beside)
        if other.held and beside is None:
            beside = other.row
        elif gap > _LIST_GAP:
            break
        end = other.end
    at = bisect_left(context.starts, mention.start) - 1
    if at >= 0 and fixed[at].area and 0 <= mention.start - fixed[at].end <= _BEFORE_GAP:
        return Surround(fixed[at].row, beside)
    if beside is None and at >= 0 and mention.frame in _PARTS and mention.start - fixed[at].end <= _NEAR:
        # "In the town of Y … the quarter of X": the town just named.
        beside = fixed[at].row if fixed[at].row.group == "settlement" else None
    return Surround(None, beside)


def neighbours(mention: PlaceMention, context: PlaceContext) -> list[tuple[Row, float]]:
    """Sure places around a mention, each once, with how much their nearness counts."""
    best: dict[str, tuple[Row, float]] = {}
    fixed, starts = context.fixed, context.starts
    middle = bisect_left(starts, mention.start)
    low = max(bisect_left(starts, mention.start - _FAR), middle - _PASSAGE)
    high = min(bisect_right(starts, mention.end + _FAR), middle + _PASSAGE)
    for n in range(low, high):
        other = fixed[n]
        row = other.row
        if (other.start < mention.end and mention.start < other.end) or row.group in ("country", "region", "sea"):
            continue
        weight = 1.0 if max(other.start - mention.end, mention.start - other.end) <= _NEAR else 0.6
        old = best.get(row.id)
        if old is None or old[1] < weight:
            best[row.id] = (row, weight)
    own = {f.row.id for f in fixed[middle : middle + 1] if f.start == mention.start}
    for row in context.wide:
        if row.id not in best and row.id not in own:
            best[row.id] = (row, 0.25)
    return list(best.values())


def same_area(row: Row, area: Row) -> bool:
    """Whether a row lies in an area by its own account, however the area's name is spelt."""
    if row.country != area.country:
        return False
    name = area_key(area.en)
    return name == area_key(row.admin1) or name == area_key(row.admin2) or name == area_key(row.en)


def twins(a: Row, b: Row) -> bool:
    """A city and the area called after it: which of both is meant makes little difference to what they say of others."""
    return (a.group in AREAS or b.group in AREAS) and a.country == b.country and area_key(a.en) == area_key(b.en)


def inside(row: Row, area: Row) -> float:
    """What it says for a reading that its area is named for it, or against one that lies elsewhere."""
    if area.group == "country":
        return 2.5 if row.country == area.country else -2.5
    if row.country != area.country:
        return -4.0
    away = km(row, area)
    if area.group in ("governorate", "district"):
        return (
            3.5
            if same_area(row, area)
            else 1.0
            if away < 40
            else -2.5
            if away > 120 or area.group == "district"
            else -1.0
        )
    if area.group in FINE:
        close = 2.5 if away <= 25 else 1.5 if away <= 60 else 0.0 if away <= 100 else -2.5
        return close + (1.0 if row.admin1 and area_key(row.admin1) == area_key(area.admin1) else 0.0)
    close = 2.5 if away <= max(25.0, area.km) else 1.0 if away <= 60 else -1.5
    # "The countryside of X" reaches as far as X does.
    return max(close, 1.5) if row.admin1 and area_key(row.admin1) in area_key(area.en) else close


def by_side(row: Row, other: Row) -> float:
    """What it says for a reading that it is said to lie in or by another place."""
    away = km(row, other)
    return 3.0 if away <= 7 else 2.2 if away <= 15 else 1.2 if away <= 30 else 0.0 if away <= 80 else -1.0


def against(row: Row, around: Surround, frame: str, context: PlaceContext) -> bool:
    """Whether a spot can hardly be meant, as the area named for it, or the town it is said to be part of, lies elsewhere."""
    if row.group not in FINE or row.prior >= 2:
        return False
    area, beside = around
    if beside is not None and frame in _PARTS and km(row, beside) > _TOWN:
        return True
    if area is None or area.group == "country" or same_area(row, area):
        return False
    # A border may run between a place and the area that it is told by, and the next clause may go on elsewhere.
    if row.country != area.country and context.countries.get(row.country, 0.0) >= _SPOKEN:
        return False
    reach = max(_BORDER if row.country != area.country else _APART, 2 * area.km)
    return km(row, area) > reach


def foreign(row: Row, context: PlaceContext) -> bool:
    """A hamlet in a country that the document does not speak of, and far from what it does: hardly the place meant."""
    if row.group not in FINE or row.prior >= 2 or context.countries.get(row.country, 0.0) >= 0.12:
        return False
    return all(km(row, other) > _BORDER for other in context.wide)


def supported(row: Row, context: PlaceContext, around: Surround, near: Sequence[tuple[Row, float]]) -> bool:
    """Whether what is named around a mention places it where a reading lies."""
    if foreign(row, context):
        return False
    if around.beside is not None and km(row, around.beside) <= 30:
        return True
    if around.area is not None:
        return inside(row, around.area) >= 1.0
    return any(km(row, other) <= 40 for other, _ in near)
