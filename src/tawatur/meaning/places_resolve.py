"""Which place a name means, judged by what else the document names. Scores are logarithms of likelihoods, roughly:
a difference of 1 makes one reading about three times as likely as the other."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tawatur.meaning.gazetteer import Row, Rows
from tawatur.meaning.places_around import (
    AREAS,
    Fixed,
    PlaceContext,
    Surround,
    against,
    by_side,
    context_of_fixed,
    foreign,
    inside,
    km,
    neighbours,
    supported,
    surround,
    twins,
)  # fmt: skip
from tawatur.meaning.places_keys import area_key
from tawatur.meaning.places_mention import WEAK, PlaceMention
from tawatur.meaning.places_table import ARTICLE, DERIVED, FINE, FRAMED, MAIN
from tawatur.meaning.places_words import Frame, focus, frames

_MOST = 80
"""Readings of one name that are weighed: beyond them lie hamlets that share a name with eighty likelier ones."""
_NAMES = 40
"""Names of a document that are weighed in its context, the most frequent first: what a long document costs is bounded."""
_OVERTURNS = 8.0
"""More than a context ever says for one reading against another."""
_BY_PLACE = 10.5
"""The most that the places around a mention say for a reading."""

Scored = tuple[Row, float]


class Weigher:
    """Scores the readings of names, alone and in a context."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._frames: dict[str, Frame] = {}
        for frame in frames().values():
            old = self._frames.get(frame.frame)
            self._frames[frame.frame] = frame if old is None or len(frame.groups) > len(old.groups) else old
        self.shares = lru_cache(maxsize=1 << 15)(self._shares)
        self.alone = lru_cache(maxsize=1 << 15)(self._alone)

    def _alone(self, key: str, article: bool, frame: str) -> tuple[Scored, ...]:
        """The readings of a name before its context is known, the likeliest first."""
        groups = self._frames[frame].groups if frame in self._frames and frame not in WEAK else frozenset()
        out: dict[int, Scored] = {}
        if key[0] == "=":
            hits = self._rows.sounding(key[1:])
        else:
            hits = self._rows.spelt(key[1:]) if key[0] == "~" else self._rows.hits(key, True)
        for hit in hits[:_MOST]:
            row = self._rows.row(hit.number)
            other = bool(hit.flags & ARTICLE) != article and key[0] > "\u0600"
            if (hit.flags & FRAMED and row.group not in groups) or (other and len(key) < 3):
                continue
            score = row.prior + (0.3 if hit.flags & MAIN else 0.0) - (0.7 if hit.flags & DERIVED else 0.0)
            score -= 0.8 if other else 0.0
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

    def _shares(self, key: str, article: bool, frame: str) -> tuple[tuple[str, float], ...]:
        """How much a name speaks of each country before its context is known. A hamlet's name says little."""
        alone = self.alone(key, article, frame)[:12]
        out: dict[str, float] = defaultdict(float)
        for (row, _), p in zip(alone, softmax(alone), strict=True):
            if row.country != "XX":
                out[row.country] += p if row.prior >= 1.5 or row.group in AREAS else 0.2 * p
        return tuple(out.items())

    def readings(self, mention: PlaceMention, context: PlaceContext) -> list[Scored]:
        """The readings of a mention in its document, the likeliest first."""
        if not mention.key:
            return []
        alone = self.alone(mention.key, mention.article, mention.frame)
        if len(alone) == 1 and alone[0][0].prior >= 2:
            return list(alone)
        around = surround(mention, context)
        near = neighbours(mention, context)
        if context.countries and all(
            foreign(row, context) or against(row, around, mention.frame, context) for row, _ in alone
        ):
            # Spelt otherwise the name may be one of a country that the document does speak of, and lie where it is said to.
            spoken = [
                s for s in self.alone("~" + mention.key, mention.article, mention.frame) if not foreign(s[0], context)
            ]
            sounding = self.alone("=" + mention.key, mention.article, mention.frame)
            spoken += [s for s in sounding if supported(s[0], context, around, near)]
            alone = (*dict(spoken).items(), *alone)
        if not alone and not context.fixed and mention.frame:
            # Nothing is known of the name nor around it: a spelling that fits one spot alone is taken.
            sounding = self.alone("=" + mention.key, mention.article, mention.frame)
            if sounding and all(km(row, sounding[0][0]) < 15 for row, _ in sounding):
                return list(sounding)
        if len(alone) < 2:
            return list(alone)
        return self._weighed(alone, context, around, near)

    def _weighed(
        self, alone: Sequence[Scored], context: PlaceContext, around: Surround, near: Sequence[tuple[Row, float]]
    ) -> list[Scored]:
        """Readings with what the context says of them. Those that no place around could raise to the top are left as
        they are, at the end."""
        spoken = context.countries
        rough = [
            (row, score + (3.0 * spoken.get(row.country, 0.0) if row.group != "sea" else 1.5)) for row, score in alone
        ]
        if around.area is None and around.beside is None and not near:
            return sorted(rough, key=lambda s: -s[1])
        rough.sort(key=lambda s: -s[1])
        out: list[Scored] = []
        top = -math.inf
        for n, (row, score) in enumerate(rough):
            if score + _BY_PLACE < top:
                return sorted(out, key=lambda s: -s[1]) + [(r, s - _BY_PLACE) for r, s in rough[n:]]
            out.append((row, score + self._around(row, around, near)))
            top = max(top, out[-1][1])
        return sorted(out, key=lambda s: -s[1])

    def _around(self, row: Row, around: Surround, near: Sequence[tuple[Row, float]]) -> float:
        score = 0.0
        if around.area is not None and around.area.id != row.id:
            score += inside(row, around.area)
        if around.beside is not None and around.beside.id != row.id:
            score += by_side(row, around.beside)
        close = 0.0
        fine = row.group in FINE and bool(row.admin1)
        for other, weight in near:
            if other.id == row.id or other.country != row.country:
                continue
            away = km(row, other)
            # The middle of a governorate is near or far by chance.
            close += weight * (
                0.6
                if away < 100 and row.group == "governorate"
                else 1.6
                if away < 15
                else 1.2
                if away < 40
                else 0.6
                if away < 100
                else 0.0
            )
            if fine and (row.admin1 == other.admin1 or area_key(row.admin1) == area_key(other.en)):
                close += weight * 0.4
            if close >= 3.5:
                break
        return score + min(close, 3.5)


def softmax(scored: Sequence[Scored]) -> list[float]:
    """The scores, the highest first, as shares of one."""
    if not scored:
        return []
    top = scored[0][1]
    parts = [math.exp(score - top) for _, score in scored]
    total = sum(parts)
    return [p / total for p in parts]


def context_from(mentions: Iterable[PlaceMention], weigher: Weigher, country: str = "") -> PlaceContext:
    """The context of a document: countries by all its mentions, then the places that are sure given those."""
    mentions = tuple(mentions)
    known = [m for m in mentions if m.key and m.weight >= 0.3]
    spoken: dict[str, float] = defaultdict(float)
    if country:
        spoken[country] += 0.5
    seen: Counter[tuple[str, bool, str]] = Counter()
    for m in known:
        # A name said ten times tells little more than one said three times.
        name = (m.key, m.article, m.frame)
        seen[name] += 1
        if seen[name] <= 3:
            share = m.weight * (0.4 if m.metonym else 1.0)
            for place, p in weigher.shares(*name):
                spoken[place] += share * p
    most = max(spoken.values(), default=1.0) or 1.0
    context = PlaceContext({c: n / most for c, n in spoken.items()})
    weighed = {name for name, _ in seen.most_common(_NAMES)}
    for _ in range(2):
        context = context_of_fixed(context.countries, _fixed(known, weigher, context, weighed), mentions)
    return context


def _fixed(
    mentions: Sequence[PlaceMention], weigher: Weigher, context: PlaceContext, weighed: set[tuple[str, bool, str]]
) -> Iterable[Fixed]:
    done: dict[tuple[str, bool, str], Row | None] = {}
    for m in mentions:
        if m.weight < 0.45:
            continue
        name = (m.key, m.article, m.frame)
        if name not in done:
            done[name] = _sure(m, weigher, context, name in weighed)
        row = done[name]
        if row is not None:
            # "A, B and C" may all be governorates, and none lies in the next.
            led = bool(m.frame) or m.held or m.side or row.group in ("country", "region")
            area = row.group in AREAS or m.side or m.frame in ("countryside", "governorate", "district")
            yield Fixed(m.start, m.end, row, area and led and m.weight >= 0.7, m.held)


def _sure(m: PlaceMention, weigher: Weigher, context: PlaceContext, weighed: bool) -> Row | None:
    """The one reading that stands clear of the others, if there is one."""
    scored: Sequence[Scored] = weigher.alone(m.key, m.article, m.frame)
    # A reading that no context could overturn needs none.
    if len(scored) != 1 and (not scored or scored[0][1] - scored[1][1] < _OVERTURNS):
        if not weighed:
            return None
        scored = weigher.readings(m, context)
    if not scored or (context.fixed and foreign(scored[0][0], context)):
        return None
    row, top = scored[0]
    rival = next((score for other, score in scored[1:] if not twins(other, row) and km(other, row) > 15), top - 9)
    return row if top - rival >= 1.2 else None
