"""Which events are asked for: by day, place, party, type and grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tawatur.meaning.actors_relations import same_party
from tawatur.meaning.places_regions import countries_of
from tawatur.origins.view import EventView
from tawatur.text.normal import fold


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty fields ask for anything. ``place`` is a name or a part of one, an id of the gazetteer, or a country's code;
    ``party`` a name or an id of the catalogue, of whoever did it, suffered it or speaks of it; ``type`` a type or its
    family ("strike"). Events without a day are left out where one is asked for."""

    since: date | None = None
    until: date | None = None
    place: str = ""
    party: str = ""
    type: str = ""
    grade: str = ""

    def holds(self, view: EventView) -> bool:
        """Whether ``view`` is asked for."""
        return (
            self._day(view)
            and (not self.place or _at(view, self.place))
            and (not self.party or _of(view, self.party))
            and (not self.type or self._typed(view))
            and (not self.grade or view.grade.grade == self.grade)
        )

    def _day(self, view: EventView) -> bool:
        if self.since is None and self.until is None:
            return True
        first, last = view.event.first, view.event.last
        if first is None or last is None:
            return False
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)

    def _typed(self, view: EventView) -> bool:
        return any(r.type == self.type or r.type.startswith(f"{self.type}.") for r in view.records.values())


def _at(view: EventView, asked: str) -> bool:
    name = fold(asked)
    for record in view.records.values():
        place = record.place
        if place is None:
            continue
        if place.place_id == asked or asked.upper() in countries_of(place):
            return True
        names = (place.span.text, place.label.en, place.label.ar, place.admin1)
        if any(name in fold(n) for n in names if n):
            return True
    return False


def _of(view: EventView, asked: str) -> bool:
    name = fold(asked)
    for record in view.records.values():
        for party in (record.actor, record.target, *record.source):
            if party is None:
                continue
            if party.entity and (party.entity == asked or same_party(party.entity, asked) == "same"):
                return True
            if any(name in fold(n) for n in (party.span.text, party.label.en, party.label.ar) if n):
                return True
    return False
