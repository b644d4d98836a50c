"""Which events are asked for: by day, place, party, type and grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tawatur.meaning.actors_relations import same_party
from tawatur.meaning.places_regions import countries_of
from tawatur.model import Record
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
            and (not self.place or any(_at(r, self.place) for r in view.records.values()))
            and (not self.party or any(_of(r, self.party) for r in view.records.values()))
            and (not self.type or any(_typed(r, self.type) for r in view.records.values()))
            and (not self.grade or view.grade.grade == self.grade)
        )

    def says(self, record: Record) -> bool:
        """Whether a record says one of the things that are asked for: its place, a party or its type."""
        return bool(
            (self.place and _at(record, self.place))
            or (self.party and _of(record, self.party))
            or (self.type and _typed(record, self.type))
        )

    def _day(self, view: EventView) -> bool:
        if self.since is None and self.until is None:
            return True
        first, last = view.event.first, view.event.last
        if first is None or last is None:
            return False
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


def _typed(record: Record, asked: str) -> bool:
    return record.type == asked or record.type.startswith(f"{asked}.")


def _at(record: Record, asked: str) -> bool:
    place = record.place
    if place is None:
        return False
    if place.place_id == asked or asked.upper() in countries_of(place):
        return True
    name = fold(asked)
    return any(name in fold(n) for n in (place.span.text, place.label.en, place.label.ar, place.admin1) if n)


def _of(record: Record, asked: str) -> bool:
    name = fold(asked)
    for party in (record.actor, record.target, *record.source):
        if party is None:
            continue
        if party.entity and (party.entity == asked or same_party(party.entity, asked) == "same"):
            return True
        if any(name in fold(n) for n in (party.span.text, party.label.en, party.label.ar) if n):
            return True
    return False
