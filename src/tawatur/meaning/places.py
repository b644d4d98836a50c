"""Places: the words that name them (``find``), and what they mean on earth (``resolve``).

The gazetteer's sources and licences stand in data/DATA-LICENSES.md. No point is finer than its public source, no precision
finer than the words: 1 the place itself, 2 the area around it or a district, 3 a governorate, region, country or sea.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tawatur.meaning.gazetteer import Row, Rows, open_index
from tawatur.meaning.places_around import PlaceContext, against, foreign, km, surround
from tawatur.meaning.places_find import Finder
from tawatur.meaning.places_keys import text_key
from tawatur.meaning.places_mention import PlaceMention
from tawatur.meaning.places_resolve import Scored, Weigher, context_from, softmax
from tawatur.meaning.places_words import STREETS, TERRITORY, adjectives
from tawatur.model import Candidate, Label, Place, Precision, Span
from tawatur.text.tokens import Token, tokenize

__all__ = ["Gazetteer", "PlaceContext", "PlaceMention", "context_of"]

_AROUND = frozenset(["surroundings", "near", "area"])
_DOUBTFUL = 0.25
"""The weight of a mention that is an ordinary word first of all."""
_CLOSE = 1.0
"""Readings whose scores differ by less are a close call, and all kept."""


class Gazetteer:
    """The places of the world that conflict reports name, ready to be looked up."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._finder = Finder(rows)
        self._weigher = Weigher(rows)

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of this package; one a process, opened in milliseconds (compiled first where it must be)."""
        return _loaded()

    def find(self, text: str, tokens: Sequence[Token]) -> list[PlaceMention]:
        """The words of ``text`` that may name a place, in order, none overlapping, with how surely each is one."""
        return self._finder.find(text, tokens)

    def context(self, mentions: Sequence[PlaceMention], country: str = "") -> PlaceContext:
        """What a document's mentions tell together; ``country`` is the outlet's (ISO 3166), where it is known."""
        return context_from(mentions, self._weigher, country)

    def resolve(self, mention: PlaceMention, context: PlaceContext, text: str = "") -> Place:
        """The place that a mention means in its document. ``text`` is the document's text, for the span. Without a
        reading, the area named for it (``precision`` 2 or 3), else no place: only the span."""
        span = Span(mention.start, mention.end, text[mention.start : mention.end])
        scored = self._weigher.readings(mention, context)
        if (
            scored
            and mention.weight <= _DOUBTFUL
            and not mention.frame
            and context.countries.get(scored[0][0].country, 0.0) < 0.5
        ):
            return self._by_area(span, mention, context)
        if (
            not scored
            or (context.countries and foreign(scored[0][0], context))
            or against(scored[0][0], surround(mention, context), mention.frame, context)
        ):
            return self._by_area(span, mention, context)
        return self._place(span, mention, scored)

    def resolve_text(self, words: str, context: PlaceContext, start: int = 0) -> Place:
        """The place that words picked by a reader mean; ``start`` is where they stand in the document. The words may be
        more than a name ("the prison of X"): then X is where it is, and the precision an area's."""
        tokens = tokenize(words)
        for i in range(len(tokens)):
            tokens[i] = tokens[i]._replace(start=tokens[i].start + start, end=tokens[i].end + start)
        padded = " " * start + words if start else words
        span = Span(start, start + len(words), words)
        found = [m for m in self._finder.find(padded, tokens) if m.key] or self._whole(padded, tokens)
        if not found or max(m.weight for m in found) <= _DOUBTFUL:
            country = self._by_adjective(span, tokens)
            if country is not None:
                return country
        if not found:
            whole = PlaceMention(0, len(tokens), start, start + len(words))
            return self._by_area(span, whole, context)
        best = max(found, key=lambda m: (m.j - m.i, m.weight))
        place = replace(self.resolve(best, context), span=span)
        rest = [t for t in tokens[: best.i] + tokens[best.j :] if t.script != "mark"]
        if rest and rest[0].norm in STREETS and place.feature == "country":
            return self._by_area(span, best, context)
        if rest and not best.frame and not best.side and place.precision == 1:
            place = replace(place, precision=2)
        return place

    def _by_adjective(self, span: Span, tokens: Sequence[Token]) -> Place | None:
        """The country that words without a name tell by its adjective ("the Syrian border"): as coarse as a country."""
        if not any(t.norm in TERRITORY for t in tokens):
            return None
        for token in tokens:
            name = adjectives().get(token.norm)
            hits = self._rows.hits(text_key(tokenize(name)), True) if name else ()
            if hits:
                row = self._rows.row(hits[0].number)
                return replace(self._place(span, PlaceMention(0, 0, span.start, span.end), [(row, 0.0)]), precision=3)
        return None

    def _whole(self, text: str, tokens: Sequence[Token]) -> list[PlaceMention]:
        """The words as one name, spelt loosely, where nothing in them is a name as it stands."""
        key = text_key(tokens)
        if not key or not self._rows.hits(key, True):
            return []
        return [PlaceMention(0, len(tokens), tokens[0].start, tokens[-1].end, key=key, weight=0.5)]

    def _place(self, span: Span, mention: PlaceMention, scored: Sequence[Scored]) -> Place:
        row, top = scored[0]
        rivals = [s for s in scored[1:8] if top - s[1] < _CLOSE and km(s[0], row) > 10]
        candidates: tuple[Candidate, ...] = ()
        if rivals:
            kept = [scored[0], *rivals[:4]]
            shares = softmax(kept)
            candidates = tuple(_candidate(r, p) for (r, _), p in zip(kept, shares, strict=True))
        return Place(
            span, row.id, Label(row.en, row.ar), row.lat, row.lon, "" if row.country == "XX" else row.country, row.admin1,
            _precision(row, mention), row.public, candidates,
        )  # fmt: skip

    def _by_area(self, span: Span, mention: PlaceMention, context: PlaceContext) -> Place:
        """A name that is in no table, put where its area is."""
        around = surround(mention, context)
        area = around.beside or around.area
        if area is None or area.group == "country":
            return Place(span, country=area.country if area else "")
        return Place(
            span, area.id, Label(area.en, area.ar), area.lat, area.lon, area.country,
            area.en if area.group == "governorate" else area.admin1, 3 if area.precision == 3 else 2, area.public,
        )  # fmt: skip


def _precision(row: Row, mention: PlaceMention) -> Precision:
    """How exact the words are: never finer than the row's kind, its error, or the words around it."""
    level = row.precision
    if level == 1 and (mention.frame in _AROUND or mention.side or row.km > 10):
        level = 2
    if mention.frame == "countryside":
        level = max(level, 2)
    if level == 1 and mention.frame in ("airport", "base", "field", "port", "crossing") and row.group == "settlement":
        level = 2  # the town that the site is called after, not the site
    return 3 if level >= 3 else 2 if level == 2 else 1


def _candidate(row: Row, share: float) -> Candidate:
    return Candidate(row.id, Label(row.en, row.ar), row.lat, row.lon, row.country, row.public, round(share, 3))


@lru_cache(maxsize=1)
def _loaded() -> Gazetteer:
    return Gazetteer(Rows(open_index()))


def context_of(mentions: Sequence[PlaceMention], gazetteer: Gazetteer | None = None, country: str = "") -> PlaceContext:
    """The context of a document's mentions, see :meth:`Gazetteer.context`."""
    return (gazetteer or Gazetteer.load()).context(mentions, country)
