"""What a collection holds of what happened: events with all that stands behind them, counts and figures held against
them. All of it follows from the reports that count now and from people's decisions, and from nothing else; lineages and
events are kept in the books and brought up to date first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from tawatur.collection.deciding import GRADE, decided, verdicts_of
from tawatur.collection.filters import Wanted
from tawatur.collection.finder import Finder, KeptFinder, LooseFinder
from tawatur.collection.items import item_of
from tawatur.collection.placing import is_current, refresh
from tawatur.collection.shelf import Asked, LooseShelf, Shelf
from tawatur.errors import InputError
from tawatur.events.build import events
from tawatur.events.checks import Beside, Itemised, Series, itemise, side_by_side, totals_over_time
from tawatur.events.coverage import Coverage
from tawatur.events.figures import Judged, judge
from tawatur.events.ledger import Entry, ledger
from tawatur.events.scope import Item
from tawatur.events.stated import Claim, Telling, claims
from tawatur.events.told import Event, Facts, Told, Verdict
from tawatur.model import Document
from tawatur.origins.bylines import writer_of
from tawatur.origins.descent import descend
from tawatur.origins.dossier import dossier
from tawatur.origins.grades import GRADES, Decided, name_of
from tawatur.origins.lineage import Lineage
from tawatur.origins.origin import Origin, origin_of
from tawatur.origins.view import EventView
from tawatur.store.database import is_readonly, reading
from tawatur.store.repository import Store

DENIED_WITHIN = timedelta(days=4)
"""Days around the reports of an event in which a denial can be meant for it."""


def every(claim: Claim) -> bool:
    """Any claim."""
    return True


class Happenings:
    """The events of a store as it is now. Reports are read when they are asked for, and once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        if is_readonly(store.engine) and not is_current(store):
            self._shelf: Shelf = LooseShelf(store)
        else:
            refresh(store)
            self._shelf = Shelf(store)
        with reading(store.engine) as connection:
            self._decisions = decided(store, connection)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The reports that count, by id."""
        return self._shelf.documents

    @property
    def lineages(self) -> Mapping[str, Sequence[Lineage]]:
        """Which report copies which, by the copy."""
        return self._shelf.lineages

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What is known of each report, by id."""
        return self._shelf.facts

    @cached_property
    def tolds(self) -> Mapping[str, Told]:
        """Every record with its report, by the record's id."""
        return {r.id: Told(facts, r) for d, facts in self.facts.items() for r in self._shelf.records(d)}

    @cached_property
    def _finder(self) -> Finder:
        if isinstance(self._shelf, LooseShelf):
            verdicts = [Verdict(*each) for each in sorted(verdicts_of(self._decisions))]
            return LooseFinder(events(self.tolds.values(), verdicts), self.tolds)
        return KeptFinder(self._store)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, by day."""
        return tuple(self._finder.events())

    @cached_property
    def views(self) -> Mapping[str, EventView]:
        """All events with their accounts and grades, by id; those that are asked for by their ids alone are made alone."""
        return Asked(lambda: [e.id for e in self.events], self._view, self._shelf.fetch_all)

    @cached_property
    def event_of(self) -> Mapping[str, str]:
        """The event of each record that belongs to one."""
        return {member: e.id for e in self.events for member in e.members}

    def asked(self, wanted: Wanted) -> Iterator[EventView]:
        """The events that are asked for, by day: those of ``views`` that ``wanted`` holds, and few others are looked
        at."""
        ids = self._finder.ids(wanted)
        if wanted.place or wanted.party or wanted.type:
            found = set(ids) | self._denied(wanted)
            ids = [key for key in self._finder.ids(Wanted(wanted.since, wanted.until)) if key in found]
        for key in ids:
            view = self.views[key]
            if wanted.holds(view):
                yield view

    def _denied(self, wanted: Wanted) -> set[str]:
        """The events that a denial may be meant for which itself says what is asked for."""
        days = [
            day for record, doc, day in self._denials if wanted.says(self._told(doc, record).record)
        ]  # fmt: skip
        return {
            event
            for event, (first, last) in self._finder.spans().items()
            if any(day is None or first <= day <= last + DENIED_WITHIN for day in days)
        }

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The events as counts see them."""
        return tuple(item_of(v) for v in self.views.values())

    @cached_property
    def coverage(self) -> Coverage:
        """On which days something was published."""
        return Coverage.of(self._shelf.days())

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """Every record that is no event of its own, with its origin: counts, figures, speech; and events as claims."""
        return tuple(self._telling(t) for t in self.tolds.values())

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All counts and figures that somebody states."""
        return tuple(claims(self.tellings))

    def view(self, key: str) -> EventView:
        """The event with this id, or of the record with this id, or the only one whose id begins so."""
        found = self._finder.named(key)
        if len(found) == 1:
            return self.views[found[0]]
        raise InputError(
            f"{len(found)} events begin with {key}" if found else f"there is no event {key}",
            "tawatur events lists them" if not found else "give more of the id",
        )

    def itemised(self, asked: Callable[[Claim], bool] = every) -> Iterator[Itemised]:
        """Counts of attacks and sites, those that are ``asked`` for, held against the events that fall under them."""
        for claim in filter(asked, self.claims):
            found = itemise(claim, self.items)
            if found is not None:
                yield found

    def judged(self, asked: Callable[[Claim], bool] = every) -> Iterator[Judged]:
        """Totals, changes of rate and first times, those that are ``asked`` for, held against the record."""
        for claim in filter(asked, self.claims):
            if claim.of == "attacks" and claim.tellings[0].record.kind == "aggregate" and _short(claim):
                continue
            found = judge(claim, self.items, self.coverage)
            if found is not None:
                yield found

    def beside(self) -> list[Beside]:
        """Counts of one thing by parties that differ."""
        return side_by_side(self.claims)

    def series(self) -> list[Series]:
        """Each party's totals over time."""
        return totals_over_time(self.claims)

    def ledger(self, party: str) -> list[Entry]:
        """What a party (an id of the catalogue) claimed, counted, denied, threatened and pledged."""
        return ledger(party, self.tellings, self.event_of, self.items, self.coverage)

    def _view(self, key: str) -> EventView:
        event = self._finder.event(key)
        homes = self._finder.documents(event.members)
        self._shelf.fetch(homes.values())
        members = [self._told(homes[m], m) for m in event.members]
        denials = list(self._denials_near(members))
        self._shelf.descent_of({t.facts.doc for t in (*members, *denials)})
        found = dossier(members, self.lineages, self.facts, denials, self._grade(event))
        return EventView.of(event, members, found)

    def _told(self, doc: str, record: str) -> Told:
        return Told(self.facts[doc], next(r for r in self._shelf.records(doc) if r.id == record))

    def _denials_near(self, members: Iterable[Told]) -> Iterator[Told]:
        days = [t.facts.published for t in members if t.facts.published]
        if not days:
            return
        near = [
            (record, doc) for record, doc, day in self._denials
            if day is None or min(days) <= day <= max(days) + DENIED_WITHIN
        ]  # fmt: skip
        self._shelf.fetch(doc for _, doc in near)
        yield from (self._told(doc, record) for record, doc in near)

    @cached_property
    def _denials(self) -> list[tuple[str, str, date | None]]:
        """The denials that are statements: record, document, day of publication."""
        places = self._shelf.places
        return [
            (record, doc, date.fromisoformat(day) if (day := places[doc].published) else None)
            for record, doc in self._finder.of_kind("statement", "denial")
        ]

    def _grade(self, event: Event) -> Decided | None:
        """The last grade that somebody decided for the event (by a record that belongs to it)."""
        found = None
        for decision in self._decisions:
            if decision.kind == GRADE and decision.subject in event.members:
                value = json.loads(decision.value)
                if value in GRADES:
                    found = Decided(value, decision.who, decision.why)
        return found

    def _telling(self, told: Told) -> Telling:
        origin = self._origin(told)
        label = name_of(origin)
        return Telling(told.record, origin.key if origin.counts else "", label.en, told.facts.published)

    def _origin(self, told: Told) -> Origin:
        first = self.facts.get(descend(self.lineages, told.facts.doc, told.record.evidence).doc, told.facts)
        return origin_of(told, writer_of(first))


def _short(claim: Claim) -> bool:
    """Whether a count is of one episode (up to three days): it is held against items, not judged as a total."""
    first, last = claim.scope.first, claim.scope.last
    return first is not None and last is not None and last - first <= timedelta(days=2)
