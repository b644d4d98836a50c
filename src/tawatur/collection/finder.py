"""Where events are looked up: in the books, or among those worked out in memory where the books cannot be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from tawatur.collection.filters import Wanted
from tawatur.collection.kept_book import event_from
from tawatur.events.told import Event, Told
from tawatur.meaning.actors_relations import same_party
from tawatur.store import event_finding, eventbook
from tawatur.store.database import reading
from tawatur.store.event_finding import Sought
from tawatur.store.repository import Store
from tawatur.text.normal import fold

SHORTEST = 6
"""Characters of an event's id that are enough where only one begins with them."""
Span = tuple[date, date]


class Finder(Protocol):
    """Events by what is known of them."""

    def events(self) -> Iterable[Event]:
        """All, by day and id."""

    def event(self, key: str) -> Event:
        """The event with an id; ``KeyError`` where there is none."""

    def ids(self, wanted: Wanted) -> list[str]:
        """The ids, by day, of events that may be asked for by what their records say: none of these is missing."""

    def named(self, key: str) -> list[str]:
        """The event with this id or of the record with this id; else those (two at most) whose ids begin so."""

    def documents(self, records: Iterable[str]) -> Mapping[str, str]:
        """The documents of records that belong to events."""

    def of_kind(self, kind: str, type_: str) -> list[tuple[str, str]]:
        """The records of a kind and type, each with its document, by id."""

    def spans(self) -> Mapping[str, Span]:
        """The days on which the first and the last report of an event were published, where any is known."""


class KeptFinder:
    """Looks into the books; once all events were asked for, it remembers them and where their records stand."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._events: dict[str, Event] | None = None
        self._documents: dict[str, str] = {}

    def events(self) -> Iterable[Event]:
        if self._events is None:
            with reading(self._store.engine) as connection:
                found = [event_from(c) for c in event_finding.contents(connection)]
                self._documents = dict(event_finding.documents(connection))
            self._events = {e.id: e for e in found}
        return self._events.values()

    def event(self, key: str) -> Event:
        if self._events is not None:
            return self._events[key]
        with reading(self._store.engine) as connection:
            found = event_finding.contents(connection, [key])
        if not found:
            raise KeyError(key)
        return event_from(found[0])

    def ids(self, wanted: Wanted) -> list[str]:
        first = wanted.since.isoformat() if wanted.since is not None else None
        last = wanted.until.isoformat() if wanted.until is not None else None
        with reading(self._store.engine) as connection:
            parties = event_finding.values(connection, "party") if wanted.party else []
            return event_finding.ids(connection, first, last, _sought(wanted, parties))

    def named(self, key: str) -> list[str]:
        with reading(self._store.engine) as connection:
            if event_finding.contents(connection, [key]):
                return [key]
            rows = eventbook.by_record(connection, [key])
            if rows:
                return [rows[0].event]
            return event_finding.begun(connection, key) if len(key) >= SHORTEST else []

    def documents(self, records: Iterable[str]) -> Mapping[str, str]:
        if self._events is not None:
            return {r: self._documents[r] for r in records}
        with reading(self._store.engine) as connection:
            return {row.record: row.document for row in eventbook.by_record(connection, records)}

    def of_kind(self, kind: str, type_: str) -> list[tuple[str, str]]:
        with reading(self._store.engine) as connection:
            return event_finding.of_kind(connection, kind, type_)

    def spans(self) -> Mapping[str, Span]:
        with reading(self._store.engine) as connection:
            found = event_finding.spans(connection)
        return {event: (date.fromisoformat(a), date.fromisoformat(b)) for event, a, b in found}


class LooseFinder:
    """Looks among ``events``, whose records are among ``tolds``."""

    def __init__(self, events: Sequence[Event], tolds: Mapping[str, Told]) -> None:
        self._events = {e.id: e for e in events}
        self._of = {member: e.id for e in events for member in e.members}
        self._tolds = tolds

    def events(self) -> Iterable[Event]:
        return self._events.values()

    def event(self, key: str) -> Event:
        return self._events[key]

    def ids(self, wanted: Wanted) -> list[str]:
        return list(self._events)

    def named(self, key: str) -> list[str]:
        if key in self._events:
            return [key]
        if key in self._of:
            return [self._of[key]]
        return [e for e in sorted(self._events) if len(key) >= SHORTEST and e.startswith(key)][:2]

    def documents(self, records: Iterable[str]) -> Mapping[str, str]:
        return {r: self._tolds[r].facts.doc for r in records}

    def of_kind(self, kind: str, type_: str) -> list[tuple[str, str]]:
        found = (t for t in self._tolds.values() if t.record.kind == kind and t.record.type == type_)
        return sorted((t.key, t.facts.doc) for t in found)

    def spans(self) -> Mapping[str, Span]:
        days: dict[str, list[date]] = {}
        for record, event in self._of.items():
            published = self._tolds[record].facts.published
            if published is not None:
                days.setdefault(event, []).append(published)
        return {event: (min(found), max(found)) for event, found in days.items()}


def _sought(wanted: Wanted, parties: Iterable[str]) -> list[list[Sought]]:
    """What an event that is asked for has; of each list one. ``parties`` are all that events are found by."""
    out = []
    if wanted.place:
        place, country = Sought("place", wanted.place), Sought("country", wanted.place.upper())
        out.append([place, country, Sought("place name", fold(wanted.place), "part")])
    if wanted.party:
        same = {p for p in parties if p == wanted.party or same_party(p, wanted.party) == "same"}
        named = Sought("party name", fold(wanted.party), "part")
        out.append([named, *(Sought("party", p) for p in sorted(same))])
    if wanted.type:
        out.append([Sought("type", wanted.type), Sought("type", f"{wanted.type}.", "head")])
    return out
