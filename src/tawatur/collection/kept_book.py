"""The :class:`Book` of events in the store, and the events themselves as its tables have them."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from tawatur.events.book import Blocks, blocks_of
from tawatur.events.build import Component, event_id, event_of
from tawatur.events.facets import Facets
from tawatur.events.told import Event, Facts, Told, Verdict
from tawatur.meaning.places_regions import countries_of
from tawatur.model import Record
from tawatur.store import eventbook
from tawatur.store.database import Transaction
from tawatur.store.encoding import noun, plain
from tawatur.store.eventbook import AWAITS, LIES, Block, Kept, KeptEvent
from tawatur.text.normal import fold

_LEFT_OUT = ("weapons", "numbers", "outcome", "cue", "content", "reason", "evidence", "gloss", "reader")
"""Fields of a record that neither an event nor its names are made from."""


def told_bytes(told: Told) -> bytes:
    """What an event takes from a record, as the books have it."""
    record = {k: v for k, v in plain(told.record).items() if k not in _LEFT_OUT}
    record["evidence"] = record["anchor"]
    published = told.facts.published.isoformat() if told.facts.published is not None else None
    kept = [record, published, told.facts.url]
    return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def told_from(kept: bytes) -> Told:
    """A record of which only is there what events and their names are made from."""
    record, published, url = json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))
    made = noun(Record, record)
    return Told(Facts(made.doc, date.fromisoformat(published) if published else None, url=url), made)


def kept_event(tolds: Sequence[Told]) -> KeptEvent:
    """The event of some records as the books have it."""
    event = event_of(tolds)
    content = plain(event)
    return KeptEvent(
        event.id,
        event.first.isoformat() if event.first else None,
        event.last.isoformat() if event.last else None,
        json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        frozenset(pair for t in tolds for pair in names_of_record(t.record)),
    )


def event_from(content: str) -> Event:
    """The event that :func:`kept_event` told of."""
    return noun(Event, json.loads(content))


def names_of_record(record: Record) -> set[tuple[str, str]]:
    """What to find a record by, as pairs of kind and value."""
    found = {("type", record.type)}
    place = record.place
    if place is not None:
        found |= {("country", code) for code in countries_of(place)}
        named = (place.span.text, place.label.en, place.label.ar, place.admin1)
        found |= {("place", place.place_id or "")} | {("place name", fold(n)) for n in named if n}
    for party in (record.actor, record.target, *record.source):
        if party is not None:
            said = (party.span.text, party.label.en, party.label.ar)
            found |= {("party", party.entity or "")} | {("party name", fold(n)) for n in said if n}
    return {(kind, value) for kind, value in found if value}


def block_rows(blocks: Mapping[str, Blocks]) -> list[Block]:
    """The blocks of records as rows."""
    return [
        Block(way, block, record, b.first, b.last)
        for record, b in blocks.items()
        for way, numbers in ((LIES, b.lies_in), (AWAITS, b.awaits))
        for block in numbers
    ]


def facets_from(rows: Iterable[Kept]) -> Facets:
    """The facets of kept records."""
    return Facets.from_bytes((row.record, row.row) for row in rows)


class KeptBook:
    """See :class:`tawatur.events.book.Book`. ``tolds`` are the pieces (:func:`told_bytes`) of records that come in; one
    that is put in again without one keeps its own. Inside one transaction."""

    def __init__(self, connection: Transaction) -> None:
        self._connection = connection
        self.tolds: dict[str, bytes] = {}
        self._left: dict[str, Kept] = {}

    def near(self, lying: Collection[int], asked: Collection[int], first: int, last: int) -> Facets:
        records = eventbook.near(self._connection, LIES, asked, first - 1, last + 1)
        records |= eventbook.near(self._connection, AWAITS, lying, first - 1, last + 1)
        return facets_from(eventbook.by_record(self._connection, records))

    def of_document(self, doc: str) -> Collection[str]:
        return {row.record for row in eventbook.by_document(self._connection, [doc])}

    def component_of(self, records: Iterable[str]) -> Collection[str]:
        return {row.component for row in eventbook.by_record(self._connection, records)} - {""}

    def component(self, ids: Iterable[str]) -> tuple[Sequence[Component], Facets]:
        wanted = set(ids)
        rows = eventbook.by_component(self._connection, wanted)
        left = [row for row in self._left.values() if row.component in wanted]
        members: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in (*rows, *left):
            members[row.component][row.event].add(row.record)
        refused = eventbook.refusals(self._connection, wanted)
        found = [
            Component(
                tuple(sorted(r for group in groups.values() for r in group)),
                tuple(sorted(tuple(sorted(group)) for group in groups.values())),
                tuple(sorted(refused.get(key, ()))),
            )
            for key, groups in sorted(members.items())
        ]
        return found, facets_from(rows)

    def replace(self, ids: Collection[str], new: Sequence[Component]) -> None:
        home = homes(new)
        have = {row.record: (row.component, row.event) for row in eventbook.by_record(self._connection, home)}
        eventbook.settle(self._connection, {r: at for r, at in home.items() if have.get(r) != at})
        eventbook.refuse(self._connection, set(ids) | {c.id for c in new}, {c.id: c.refused for c in new if c.refused})
        self._left.clear()

    def put(self, doc: str, found: Facets, blocks: Mapping[str, Blocks]) -> None:
        former = {row.record: row for row in eventbook.by_document(self._connection, [doc])}
        self._left.update(former)
        eventbook.take(self._connection, [doc], block_rows(blocks_of(facets_from(former.values()))))
        rows = [
            Kept(key, doc, "", "", row, self.tolds.get(key) or former[key].told)
            for key, row in zip(found.ids, found.to_bytes(), strict=True)
        ]
        eventbook.put(self._connection, rows, block_rows(blocks))

    def verdicts(self, records: Iterable[str]) -> Collection[Verdict]:
        return [Verdict(*said) for said in sorted(eventbook.verdicts_on(self._connection, records))]

    def put_verdict(self, verdict: Verdict, in_force: bool) -> None:
        eventbook.put_verdicts(self._connection, [(verdict.says, verdict.record_a, verdict.record_b)], in_force)

    def write_events(self, ids: Iterable[str]) -> None:
        """Makes these events anew from their records; those that have none (any more) go."""
        tolds: dict[str, list[Told]] = defaultdict(list)
        wanted = set(ids)
        for row in eventbook.by_event(self._connection, wanted):
            tolds[row.event].append(told_from(row.told))
        eventbook.put_events(self._connection, [kept_event(found) for _, found in sorted(tolds.items())], wanted)


def homes(new: Iterable[Component]) -> dict[str, tuple[str, str]]:
    """The component and the event of each record."""
    return {record: (c.id, event_id(group)) for c in new for group in c.events for record in group}
