"""What a collection holds of what happened: events with all that stands behind them, counts and figures held against
them. Worked out from the reports that count now and from people's decisions, and from nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from tawatur.errors import InputError
from tawatur.events.build import events
from tawatur.events.checks import Beside, Itemised, Series, itemise, side_by_side, totals_over_time
from tawatur.events.coverage import Coverage
from tawatur.events.figures import Judged, judge
from tawatur.events.ledger import Entry, ledger
from tawatur.events.scope import Item
from tawatur.events.stated import Claim, Telling, claims
from tawatur.events.told import Event, Facts, Told, Verdict
from tawatur.model import Decision, Document, Record
from tawatur.origins.bylines import writer_of
from tawatur.origins.descent import by_copy, descend, lineage_keys
from tawatur.origins.dossier import dossier
from tawatur.origins.grades import GRADES, Decided, Grade, name_of
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import Lineage, paper_of
from tawatur.origins.origin import Origin, origin_of
from tawatur.origins.view import EventView
from tawatur.store.current import Current
from tawatur.store.decisions import in_force
from tawatur.store.repository import Store

SAME, OTHER, GRADE = "same-event", "other-event", "grade"
"""Kinds of decisions: two records tell of one happening, or of two; the grade of an event."""
DENIED_WITHIN = timedelta(days=4)
"""Days around the reports of an event in which a denial can be meant for it."""


class Happenings:
    """The events of a store as it is now. Everything is worked out once, when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._current = tuple(store.current())
        self._decisions = in_force(store)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The reports that count, by id."""
        return {c.document.id: c.document for c in self._current}

    @cached_property
    def lineages(self) -> Mapping[str, Sequence[Lineage]]:
        """Which report copies which, by the copy."""
        index = LineageIndex()
        for c in self._current:
            index.add(paper_of(_facts(c.document), c.document))
        return by_copy(index.lineages())

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What is known of each report, by id."""
        keys = lineage_keys(x for found in self.lineages.values() for x in found)
        return {
            c.document.id: replace(_facts(c.document), lineage=keys.get(c.document.id, "")) for c in self._current
        }  # fmt: skip

    @cached_property
    def tolds(self) -> Mapping[str, Told]:
        """Every record with its report, by the record's id."""
        return {r.id: Told(self.facts[c.document.id], r) for c in self._current for r in c.records}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, by day."""
        return tuple(events(self.tolds.values(), self._verdicts()))

    @cached_property
    def views(self) -> Mapping[str, EventView]:
        """All events with their accounts and grades, by id."""
        return {e.id: self._view(e) for e in self.events}

    @cached_property
    def event_of(self) -> Mapping[str, str]:
        """The event of each record that belongs to one."""
        return {member: e.id for e in self.events for member in e.members}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The events as counts see them."""
        return tuple(_item(v) for v in self.views.values())

    @cached_property
    def coverage(self) -> Coverage:
        """On which days something was published."""
        return Coverage.of(f.published for f in self.facts.values())

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
        key = self.event_of.get(key, key)
        if key in self.views:
            return self.views[key]
        begun = [e for e in self.views if len(key) >= 6 and e.startswith(key)]
        if len(begun) == 1:
            return self.views[begun[0]]
        raise InputError(
            f"{len(begun)} events begin with {key}" if begun else f"there is no event {key}",
            "tawatur events lists them" if not begun else "give more of the id",
        )

    def itemised(self) -> Iterator[Itemised]:
        """Counts of attacks and sites held against the events that fall under them."""
        for claim in self.claims:
            found = itemise(claim, self.items)
            if found is not None:
                yield found

    def judged(self) -> Iterator[Judged]:
        """Totals, changes of rate and first times held against the record."""
        for claim in self.claims:
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

    def _view(self, event: Event) -> EventView:
        members = [self.tolds[m] for m in event.members]
        found = dossier(members, self.lineages, self.facts, self._denials_near(members), self._grade(event))
        return EventView.of(event, members, found)

    def _denials_near(self, members: Iterable[Told]) -> Iterator[Told]:
        days = [t.facts.published for t in members if t.facts.published]
        if not days:
            return
        for told, day in self._denials:
            if day is None or min(days) <= day <= max(days) + DENIED_WITHIN:
                yield told

    @cached_property
    def _denials(self) -> list[tuple[Told, date | None]]:
        return [
            (t, t.facts.published)
            for t in self.tolds.values()
            if t.record.kind == "statement" and t.record.type == "denial"
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

    def _verdicts(self) -> list[Verdict]:
        out = []
        for decision in self._decisions:
            if decision.kind in (SAME, OTHER):
                says = "same" if decision.kind == SAME else "other"
                out.append(Verdict(says, decision.subject, json.loads(decision.value)))  # type: ignore[arg-type]
        return out

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


def _facts(document: Document) -> Facts:
    return Facts(
        document.id,
        document.published.value,
        document.outlet,
        document.url,
        document.title,
        document.language,
        document.forwards,
        document.text,
    )


def _item(view: EventView) -> Item:
    told = [t.record for t in view.tolds]
    # whom a denial names is named by who denies
    records: list[Record] = [r for r in told if r.status != "denied"] or told
    event = view.event
    return Item(
        event.id,
        event.first,
        event.last,
        event.window_basis != "told",
        (event.place,) if event.place is not None else (),
        frozenset(r.type for r in records),
        frozenset(r.actor.entity for r in records if r.actor is not None and r.actor.entity),
        frozenset(r.target.entity for r in records if r.target is not None and r.target.entity),
        frozenset(o.key for group in view.grade.origins for o in group),
        event.members,
        view.grade.grade == "denied",
    )


def decided_grade(given: str) -> Grade:
    """A grade by its name; :class:`InputError` for another word."""
    for known in GRADES:
        if known == given.replace(" ", "_").lower():
            return known
    raise InputError(f"{given!r} is no grade", f"grades are {', '.join(GRADES)}")


def said(decision: Decision) -> str:
    """A decision in one line."""
    return f"{decision.id[:12]}  {decision.at:%Y-%m-%d %H:%M}  {decision.who}: {decision.kind} {decision.subject} {decision.value} ({decision.why})"


__all__ = ["GRADE", "OTHER", "SAME", "Current", "Happenings", "decided_grade", "said"]
