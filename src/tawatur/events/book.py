"""Where facets, components and events are kept, and how one document is placed without working out the others again.

A :class:`Book` answers few questions, all by keys, so that a table can answer them. What :class:`Register` makes of it
is the same as working out everything anew: a component is closed under pairs that score above the threshold and under
verdicts, so only the components that a document or a verdict touches can change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tawatur.events.blocks import Entries, asks, lies_in, windows
from tawatur.events.build import Component, components, event_id
from tawatur.events.facets import Facets, facets
from tawatur.events.growth import grown
from tawatur.events.levels import Weights, weights
from tawatur.events.pairs import pairs
from tawatur.events.score import score
from tawatur.events.told import Told, Verdict


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of one record: those it lies in, those it asks, those of the latter that only it asks (a record that
    lies in them does not find it otherwise), and the days of its window (ordinals, both included)."""

    lies_in: frozenset[int]
    asks: frozenset[int]
    awaits: frozenset[int]
    first: int
    last: int


class Book(Protocol):
    """What has to be kept. Blocks are numbers of 64 bits without sign."""

    def near(self, lying: Collection[int], asked: Collection[int], first: int, last: int) -> Facets:
        """The records that await one of the blocks ``lying`` or lie in one of ``asked``, and whose days meet
        ``[first - 1, last + 1]``; more do no harm."""

    def of_document(self, doc: str) -> Collection[str]:
        """The ids of a document's records."""

    def component_of(self, records: Iterable[str]) -> Collection[str]:
        """The ids of the components that hold these records; records that are not kept have none."""

    def component(self, ids: Iterable[str]) -> tuple[Sequence[Component], Facets]:
        """Components with all that was worked out of them, and the facets of their records."""

    def replace(self, ids: Collection[str], new: Sequence[Component]) -> None:
        """Takes these components out and puts others in, in one step."""

    def put(self, doc: str, found: Facets, blocks: Mapping[str, Blocks]) -> None:
        """Keeps the records of a document (none: it is gone) in place of those it had."""

    def verdicts(self, records: Iterable[str]) -> Collection[Verdict]:
        """The verdicts in force that name one of these records."""

    def put_verdict(self, verdict: Verdict, in_force: bool) -> None:
        """Takes up a verdict, or takes it back."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of events: ``now`` are the members of those that are new or have other members, by event id;
    ``gone`` the ids that stand no more."""

    now: Mapping[str, tuple[str, ...]]
    gone: frozenset[str]


def blocks_of(found: Facets) -> dict[str, Blocks]:
    """The blocks of every record."""
    lying, asked, awaited = ([set[int]() for _ in found.ids] for _ in range(3))
    for entries in lies_in(found.rows):
        _add(lying, entries)
    for entries in asks(found.rows):
        _add(asked, entries)
        if not entries.mutual:
            _add(awaited, entries)
    first, last = windows(found.rows)
    return {
        key: Blocks(frozenset(lying[i]), frozenset(asked[i]), frozenset(awaited[i]), int(first[i]), int(last[i]))
        for i, key in enumerate(found.ids)
    }


def _add(sets: Sequence[set[int]], entries: Entries) -> None:
    for row, block in zip(entries.rows.tolist(), entries.blocks.tolist(), strict=True):
        sets[row].add(block)


class Register:
    """Documents and verdicts in, changed events out."""

    def __init__(self, book: Book, scale: Weights | None = None) -> None:
        self.book = book
        self.scale = scale or weights()

    def place(self, tolds: Iterable[Told], doc: str = "") -> Change:
        """Takes the records of one document in, in place of those that it had. ``doc`` is needed where it has none."""
        tolds = list(tolds)
        named = {t.facts.doc for t in tolds} | ({doc} if doc else set())
        if len(named) != 1:
            raise ValueError("one document at a time")
        (doc,) = named
        return self.place_facets(doc, facets(tolds))

    def remove(self, doc: str) -> Change:
        """Takes the records of a document out."""
        return self.place_facets(doc, Facets.empty())

    def decide(self, verdict: Verdict) -> Change:
        """A person's word on two records. A record that is not kept (yet) leaves it waiting."""
        return self._decided(verdict, True)

    def undecide(self, verdict: Verdict) -> Change:
        """Takes a verdict back: what stands then is what would stand had it never been given."""
        return self._decided(verdict, False)

    def place_facets(self, doc: str, found: Facets) -> Change:
        """:meth:`place`, for facets that were made already."""
        former = set(self.book.of_document(doc))
        touched = set(self.book.component_of(former))
        blocks = blocks_of(found)
        around = [
            near
            for key, b in blocks.items()
            if len(near := self.book.near(b.lies_in, b.asks, b.first, b.last).without(former))
        ]
        met = self._met(found, Facets.join([found, *around])) if around else set()
        partners = {r for v in self.book.verdicts(found.ids) for r in (v.record_a, v.record_b)}
        touched |= set(self.book.component_of((met | partners) - former))
        self.book.put(doc, found, blocks)
        return self._again(touched, found, former)

    def _met(self, found: Facets, together: Facets) -> set[str]:
        """The neighbours with which a record of ``found`` scores above the threshold."""
        mine = np.isin(np.array(together.ids), np.array(found.ids))
        candidates = pairs(together.rows)
        candidates = candidates[mine[candidates[:, 0]] != mine[candidates[:, 1]]]
        high = candidates[score(together.rows, candidates, self.scale) > self.scale.threshold]
        return {together.ids[i] for i in np.unique(high)} - set(found.ids)

    def _decided(self, verdict: Verdict, in_force: bool) -> Change:
        self.book.put_verdict(verdict, in_force)
        touched = set(self.book.component_of((verdict.record_a, verdict.record_b)))
        return self._again(touched, Facets.empty(), set())

    def _again(self, touched: set[str], new: Facets, former: set[str]) -> Change:
        """Works the touched components out anew, with new records and without former ones: whole where records go or a
        person decided, else no more of them than the new records can change."""
        before, kept = self.book.component(touched)
        rows = Facets.join([new, kept.without(former)])
        decided = self.book.verdicts(rows.ids)
        if former or decided or not new.ids:
            after = components(rows, decided, self.scale)
        else:
            after = grown(rows, before, new.ids, self.scale)
        self.book.replace(touched, after)
        was = {event_id(m): m for c in before for m in c.events}
        now = {event_id(m): m for c in after for m in c.events}
        return Change({k: m for k, m in now.items() if was.get(k) != m}, frozenset(set(was) - set(now)))
