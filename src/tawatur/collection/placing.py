"""Keeps the tables of events in step with the reports that count and the decisions in force.

Where little came, changed or went, it is placed a document at a time, and only its neighbourhood is looked at; where
much did, everything is worked out at once. Both give the same. Each step is a transaction that leaves the tables
agreeing with the documents that they say are placed, so that whoever is killed on the way is followed by whoever comes
next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tawatur.collection.deciding import decided, verdicts_of
from tawatur.collection.kept_book import KeptBook, block_rows, facets_from, homes, kept_event, told_bytes, told_from
from tawatur.collection.kept_lineage import KeptIndex, Touched, WholeIndex
from tawatur.collection.kept_lines import joined, kept_lineage, lineage_from
from tawatur.collection.kept_tables import facts_of, paper_from, placed_row
from tawatur.events.book import Register, blocks_of
from tawatur.events.build import components
from tawatur.events.facets import Facets, facets, number
from tawatur.events.told import Told, Verdict
from tawatur.origins.descent import lineage_keys
from tawatur.origins.entries import entry_of
from tawatur.pipeline import code_digest
from tawatur.store import descents, eventbook, journal
from tawatur.store.current import current
from tawatur.store.database import Transaction, reading, writing
from tawatur.store.eventbook import Kept
from tawatur.store.repository import Store

MOST = 300
"""Documents that are placed one by one; with more, all is worked out at once."""
TOGETHER = 16
"""Documents placed in one transaction."""
_ROOMS = ("events", "origins", "collection")


@dataclass(frozen=True, slots=True)
class Placed:
    """What a refresh did: how many documents it placed or took out, and whether all was worked out at once."""

    documents: int = 0
    at_once: bool = False


@cache
def basis() -> str:
    """A digest of the code and tables that events are worked out with: what was kept by others is made anew."""
    home = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(code_digest().encode())
    for path in sorted(p for room in _ROOMS for p in (home / room).rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(store: Store) -> bool:
    """Whether the tables of events are in step with the store."""
    with reading(store.engine) as connection:
        return descents.state(connection) == (basis(), journal.end(connection)[0])


def refresh(store: Store, *, most: int = MOST) -> Placed:
    """Brings the tables of events up to the store as it is now."""
    with reading(store.engine) as connection:
        made_with, head = descents.state(connection)
        end = journal.end(connection)[0]
        if made_with == basis() and head == end:
            return Placed()
        counts, taken = descents.counting(connection), descents.taken(connection)
    changed = sorted(d for d in counts.keys() | taken.keys() if counts.get(d) != taken.get(d))
    if made_with != basis() or len(changed) > most:
        return rebuild(store)
    for start in range(0, len(changed), TOGETHER):
        with writing(store.engine) as connection:
            placing = Placing(connection)
            for doc in changed[start : start + TOGETHER]:
                placing.place(doc, counts.get(doc))
    with reading(store.engine) as connection:
        wanted = verdicts_of(decided(store, connection))
    with writing(store.engine) as connection:
        Placing(connection).decide(wanted)
        descents.note_state(connection, basis(), end)
    return Placed(len(changed))


class Placing:
    """One document after the other into the tables, inside one transaction."""

    def __init__(self, connection: Transaction) -> None:
        self._connection = connection
        self._book = KeptBook(connection)
        self._register = Register(self._book)
        self._index = KeptIndex(connection)

    def place(self, doc: str, wanted: int | None) -> None:
        """Takes a document in by its reading ``wanted`` (None: it is gone) in place of what was placed of it."""
        connection = self._connection
        edges = descents.lineages_of(connection, [doc], either=True)
        gone, come = Touched(), Touched()
        if doc in descents.keys_of(connection, [doc]):
            gone = self._index.take(doc)
        found = Facets.empty()
        if wanted is not None:
            (report,) = current(connection, [doc])
            entry = entry_of(paper_from(report.document), b"")
            come = self._index.put(entry, wanted)
            tolds = [Told(entry.paper.facts, r) for r in report.records]
            found = facets(tolds)
            self._book.tolds = {t.key: told_bytes(t) for t in tolds if t.key in set(found.ids)}
        keys = self._descend(doc, gone, come, edges)
        key = keys.pop(doc, "")
        events = self._placed(doc, _with_lineage(found, key))
        for other, its in sorted(keys.items()):
            kept = facets_from(eventbook.by_document(connection, [other]))
            events |= self._placed(other, _with_lineage(kept, its))
        self._book.write_events(events)

    def decide(self, wanted: set[eventbook.Said]) -> None:
        """Follows these verdicts and no others."""
        have = eventbook.verdicts_on(self._connection)
        events: set[str] = set()
        for verdicts, act in ((have - wanted, self._register.undecide), (wanted - have, self._register.decide)):
            for each in sorted(verdicts):
                change = act(Verdict(*each))
                events |= change.now.keys() | change.gone
        self._book.write_events(events)

    def _descend(
        self, doc: str, gone: Touched, come: Touched, edges: list[descents.Descends]
    ) -> dict[str, str]:  # fmt: skip
        """Works out the lineages of touched reports anew; gives the lineage keys that became others, by report, and that
        of ``doc`` in any case."""
        connection = self._connection
        wholly = gone.wholly | come.wholly
        partly = (gone.partly | come.partly | {e.copy for e in edges}) - wholly - {doc}
        former = descents.lineages_of(connection, wholly | partly)
        new = [kept_lineage(x) for copy in sorted(wholly) for x in self._index.of(copy)]
        new += [e for e in former if e.copy in partly and e.original != doc]
        beside = (self._index.between(copy, doc) for copy in sorted(partly & come.partly))
        new += [kept_lineage(x) for x in beside if x is not None and x.original == doc]
        descents.put_lineages(connection, wholly | partly | {doc}, new)
        edges = edges + former
        ends = {d for e in (*edges, *new) for d in (e.copy, e.original)} | {doc}
        around = joined(connection, ends)
        made = lineage_keys(lineage_from(e) for e in around)
        reached = ends | {d for e in around for d in (e.copy, e.original)}
        have = descents.keys_of(connection, reached)
        changed = {d: made.get(d, "") for d, key in have.items() if made.get(d, "") != key}
        descents.note_keys(connection, changed)
        return changed | {doc: made.get(doc, "")}

    def _placed(self, doc: str, found: Facets) -> set[str]:
        """Places a document; gives the ids of all events that are others now, or may say something else."""
        change = self._register.place_facets(doc, found)
        own = {row.event for row in eventbook.by_record(self._connection, found.ids)}
        return own | change.now.keys() | change.gone


def rebuild(store: Store) -> Placed:
    """Works everything out anew, at once."""
    index = WholeIndex()
    tolds: dict[str, bytes] = {}
    docs: dict[str, str] = {}
    parts: list[Facets] = []
    with reading(store.engine) as connection:
        end = journal.end(connection)[0]
        counts = descents.counting(connection)
        verdicts = verdicts_of(decided(store, connection))
        for report in current(connection):
            index.add(paper_from(report.document))
            given = [Told(facts_of(report.document), r) for r in report.records]
            found = facets(given)
            parts.append(found)
            docs.update(dict.fromkeys(found.ids, report.document.id))
            tolds.update((t.key, told_bytes(t)) for t in given if t.key in docs)
    lineages = index.lineages()
    keys = lineage_keys(lineages)
    found = _keyed(Facets.join(parts), docs, keys)
    at = homes(made := components(found, [Verdict(*v) for v in sorted(verdicts)]))
    rows = [
        Kept(key, docs[key], *at[key], row, tolds[key]) for key, row in zip(found.ids, found.to_bytes(), strict=True)
    ]
    with writing(store.engine) as connection:
        eventbook.clear(connection)
        descents.put_rows(
            connection, [placed_row(index.entry(d), counts[d], keys.get(d, "")) for d in sorted(counts) if d in index]
        )
        descents.add_keys(connection, ((key, d) for d in counts if d in index for key in index.keys(d)))
        descents.put_lineages(connection, (), [kept_lineage(x) for x in lineages])
        eventbook.put(connection, rows, block_rows(blocks_of(found)))
        eventbook.refuse(connection, (), {c.id: c.refused for c in made if c.refused})
        eventbook.put_verdicts(connection, verdicts)
        eventbook.put_events(
            connection, [kept_event([told_from(tolds[r]) for r in group]) for c in made for group in c.events]
        )
        descents.note_state(connection, basis(), end)
    return Placed(len(counts), True)


def _keyed(found: Facets, docs: Mapping[str, str], keys: Mapping[str, str]) -> Facets:
    """The facets with the lineage keys of their documents."""
    rows = found.rows.copy()
    rows["lineage"] = [number(keys.get(docs[key], "")) for key in found.ids]
    return Facets(found.ids, rows)


def _with_lineage(found: Facets, key: str) -> Facets:
    rows = found.rows.copy()
    rows["lineage"] = number(key)
    return replace(found, rows=rows)
