"""Which place a name means, judged by what else the document names. Scores are logarithms of likelihoods, roughly:
a difference of 1 makes one reading about three times as likely as the other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tawatur.meaning.gazetteer import Row, Rows
from tawatur.meaning.places_find import WEAK, PlaceMention
from tawatur.meaning.places_table import ARTICLE, DERIVED, FRAMED, MAIN
from tawatur.meaning.places_words import Frame, focus, frames

AREAS = frozenset(["governorate", "district", "country", "region"])
_FINE = frozenset(["settlement", "neighbourhood", "camp", "base", "field", "airport", "site", "mountain", "crossing", "port"])
_MOST = 80
"""Readings of one name that are weighed: beyond them lie hamlets that share a name with eighty likelier ones."""
_LIST_GAP, _AREA_GAP, _NEAR, _FAR = 5, 28, 60, 250
"""Code points between two mentions: of a list; of a place and the area said right after it; near; in the same passage."""

_OVERTURNS = 8.0
"""More than a context ever says for one reading against another."""

Scored = tuple[Row, float]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A mention whose place is sure enough to help others."""

    start: int
    end: int
    row: Row
    area: bool


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What a document's mentions tell together: how much each country is spoken of (the most is 1), and the places that
    are sure, in order."""

    countries: dict[str, float] = field(default_factory=dict)
    fixed: tuple[Fixed, ...] = ()
    mentions: tuple[PlaceMention, ...] = ()


def km(a: Row, b: Row) -> float:
    """The distance between two rows on a sphere; infinite where a point is missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


class Weigher:
    """Scores the readings of names, alone and in a context."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._frames: dict[str, Frame] = {}
        for frame in frames().values():
            old = self._frames.get(frame.frame)
            self._frames[frame.frame] = frame if old is None or len(frame.groups) > len(old.groups) else old
        self.alone = lru_cache(maxsize=1 << 15)(self._alone)

    def _alone(self, key: str, article: bool, frame: str) -> tuple[Scored, ...]:
        """The readings of a name before its context is known, the likeliest first."""
        groups = self._frames[frame].groups if frame in self._frames and frame not in WEAK else frozenset()
        out: dict[int, Scored] = {}
        hits = self._rows.spelt(key[1:]) if key.startswith("~") else self._rows.hits(key, True)
        for hit in hits[:_MOST]:
            row = self._rows.row(hit.number)
            if hit.flags & FRAMED and row.group not in groups:
                continue
            score = row.prior + (0.3 if hit.flags & MAIN else 0.0) - (0.7 if hit.flags & DERIVED else 0.0)
            score -= 0.8 if bool(hit.flags & ARTICLE) != article and key[0] > "\u0600" else 0.0
            score -= 0.5 if hit.loose else 0.0
            score += focus().get(row.country, 0.0) if row.group not in ("country", "region") else 0.0
            score += 1.5 if frame in self._frames and row.country in self._frames[frame].countries else 0.0
            out[hit.number] = (row, score + self._fits(row, frame, groups))
        return tuple(sorted(out.values(), key=lambda s: -s[1]))

    def _fits(self, row: Row, frame: str, groups: frozenset[str]) -> float:
        """What the feature word says for or against a row."""
        if not groups:
            return 0.0
        if row.group not in groups:
            return -3.5 if row.group in AREAS else -2.0
        if frame == "village":
            return -0.8 if row.feature == "city" else 1.0
        if frame in ("city", "town"):
            return 1.5 if row.feature in ("city", "town") else 0.5
        if frame == "countryside":
            return 2.5 if row.group == "governorate" else 0.5 if row.group == "settlement" else 1.5
        return 2.5

    def readings(self, mention: PlaceMention, context: PlaceContext) -> list[Scored]:
        """The readings of a mention in its document, the likeliest first."""
        alone = self.alone(mention.key, mention.article, mention.frame) if mention.key else ()
        if alone and context.countries and all(foreign(row, context) for row, _ in alone):
            # Spelt otherwise the name may be one of a country that the document does speak of.
            spoken = [s for s in self.alone("~" + mention.key, mention.article, mention.frame) if not foreign(s[0], context)]
            alone = (*spoken, *alone)
        if len(alone) < 2:
            return list(alone)
        area = container(mention, context)
        near = neighbours(mention, context)
        top = alone[0][1]
        scored = [(row, score + self._around(row, context, area, near)) for row, score in alone if top - score < 2 * _OVERTURNS]
        return sorted(scored, key=lambda s: -s[1])

    def _around(self, row: Row, context: PlaceContext, area: Row | None, near: Sequence[tuple[Row, float]]) -> float:
        score = 3.0 * context.countries.get(row.country, 0.0) if row.group != "sea" else 1.5
        if area is not None and area.id != row.id:
            score += inside(row, area)
        close = 0.0
        for other, weight in near:
            if other.id == row.id or other.group in ("country", "region", "sea"):
                continue
            away = km(row, other)
            close += weight * (1.6 if away < 15 else 1.2 if away < 40 else 0.6 if away < 100 else 0.0)
            if row.group in _FINE and row.admin1 and row.admin1 in (other.admin1, other.en) and row.country == other.country:
                close += weight * 0.4
        return score + min(close, 3.5)


def inside(row: Row, area: Row) -> float:
    """What it says for a reading that its area is named right behind it, or against one that lies elsewhere."""
    if area.group == "country":
        return 2.5 if row.country == area.country else -2.5
    if row.country != area.country:
        return -4.0
    if area.group in ("governorate", "district"):
        names = (row.admin1, row.admin2, row.en)
        away = km(row, area)
        return 3.5 if area.en in names else 1.0 if away < 40 else -2.5 if away > 120 or area.group == "district" else -1.0
    away = km(row, area)
    return 2.5 if away <= max(25.0, area.km) else 1.0 if away <= 60 else -1.5


def container(mention: PlaceMention, context: PlaceContext) -> Row | None:
    """The area that is named for a place: behind it ("X in the countryside of Y"), over the rest of its list, or
    right before it ("in Y, the village of X")."""
    end = mention.end
    for other in context.fixed:
        if other.start < end:
            continue
        gap = other.start - end
        if gap > _AREA_GAP:
            break
        if other.area:
            return other.row
        if gap > _LIST_GAP:
            break
        end = other.end
    before = [f for f in context.fixed if f.area and 0 <= mention.start - f.end <= 12]
    return before[-1].row if before else None


def neighbours(mention: PlaceMention, context: PlaceContext) -> list[tuple[Row, float]]:
    """Sure places around a mention, each once, with how much their nearness counts."""
    best: dict[str, tuple[Row, float]] = {}
    for other in context.fixed:
        if other.start < mention.end and mention.start < other.end:
            continue
        gap = max(other.start - mention.end, mention.start - other.end)
        weight = 1.0 if gap <= _NEAR else 0.6 if gap <= _FAR else 0.25
        old = best.get(other.row.id)
        if old is None or old[1] < weight:
            best[other.row.id] = (other.row, weight)
    return list(best.values())


def softmax(scored: Sequence[Scored]) -> list[float]:
    """The scores as shares of one."""
    top = scored[0][1]
    parts = [math.exp(score - top) for _, score in scored]
    total = sum(parts)
    return [p / total for p in parts]


def context_from(mentions: Iterable[PlaceMention], weigher: Weigher, country: str = "") -> PlaceContext:
    """The context of a document: countries by all its mentions, then the places that are sure given those."""
    known = [m for m in mentions if m.key and m.weight >= 0.3]
    spoken: dict[str, float] = defaultdict(float)
    if country:
        spoken[country] += 0.5
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for m in known:
        # A name said ten times tells little more than one said three times.
        seen[m.key, m.frame] += 1
        if seen[m.key, m.frame] > 3:
            continue
        alone = weigher.alone(m.key, m.article, m.frame)[:12]
        if not alone:
            continue
        share = m.weight * (0.4 if m.metonym else 1.0)
        for (row, _), p in zip(alone, softmax(alone), strict=True):
            if row.country != "XX":
                spoken[row.country] += share * p
    most = max(spoken.values(), default=1.0) or 1.0
    countries = {c: n / most for c, n in spoken.items()}
    first = PlaceContext(countries, (), ())
    fixed: tuple[Fixed, ...] = ()
    for _ in range(2):
        fixed = tuple(_fixed(known, weigher, PlaceContext(countries, fixed, ())))
    return PlaceContext(first.countries, fixed, tuple(mentions))


def _fixed(mentions: Sequence[PlaceMention], weigher: Weigher, context: PlaceContext) -> Iterable[Fixed]:
    done: dict[tuple[str, bool, str], Row | None] = {}
    for m in mentions:
        if m.weight < 0.45:
            continue
        name = (m.key, m.article, m.frame)
        if name not in done:
            done[name] = _sure(m, weigher, context)
        row = done[name]
        if row is not None:
            area = row.group in AREAS or m.frame in ("countryside", "governorate", "district")
            yield Fixed(m.start, m.end, row, area and m.weight >= 0.7)


def _sure(m: PlaceMention, weigher: Weigher, context: PlaceContext) -> Row | None:
    """The one reading that stands clear of the others, if there is one."""
    scored: Sequence[Scored] = weigher.alone(m.key, m.article, m.frame)
    # A reading that no context could overturn needs none.
    if len(scored) > 1 and scored[0][1] - scored[1][1] < _OVERTURNS:
        scored = weigher.readings(m, context)
    if not scored:
        return None
    row, top = scored[0]
    rival = next((score for other, score in scored[1:] if km(other, row) > 15), top - 9)
    return row if top - rival >= 1.2 else None



def foreign(row: Row, context: PlaceContext) -> bool:
    """A hamlet in a country that the document does not speak of: hardly the place that an area beside it is named for."""
    return row.group in _FINE and row.prior < 2 and context.countries.get(row.country, 0.0) < 0.12
