"""Facets, blocks, components and events in the books, by keys. What they mean is known to the rooms above; here stand bytes,
numbers and ids. All calls run inside the caller's transaction.

Blocks and fingerprints are numbers of 64 bits without sign; columns hold them with one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Connection, and_, bindparam, delete, insert, or_, select, tuple_, update

from tawatur.store.chunks import chunks
from tawatur.store.derived import blocks, events, facets, names, refused, tables, verdicts

LIES, AWAITS = 0, 1
"""Ways in which a record has a block."""
_ROWS = 2000
"""Rows in one statement that inserts."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record in the tables: its document, where it belongs, and its two pieces of bytes."""

    record: str
    document: str
    component: str
    event: str
    row: bytes
    told: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a record and the days (ordinals, both included) on which it may have happened."""

    way: int
    block: int
    record: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event: its days, what its records say together (JSON), and what to find it by: pairs of kind and value."""

    id: str
    first: str | None
    last: str | None
    content: str
    names: frozenset[tuple[str, str]] = frozenset()


def signed(number: int) -> int:
    """A number of 64 bits without sign as a column holds it."""
    return number - (1 << 64) if number >= 1 << 63 else number


def near(connection: Connection, way: int, wanted: Collection[int], first: int, last: int) -> set[str]:
    """The records that have one of these blocks in this way and whose days meet ``[first, last]``."""
    found: set[str] = set()
    for some in chunks(sorted(map(signed, wanted))):
        query = select(blocks.c.record).where(
            blocks.c.way == way, blocks.c.block.in_(some), blocks.c.last >= first, blocks.c.first <= last
        )
        found.update(connection.execute(query).scalars())
    return found


def by_record(connection: Connection, records: Iterable[str]) -> list[Kept]:
    """These records, those that are kept."""
    return _kept(connection, facets.c.record, records)


def by_document(connection: Connection, documents: Iterable[str]) -> list[Kept]:
    """The records of these documents."""
    return _kept(connection, facets.c.document, documents)


def by_component(connection: Connection, components: Iterable[str]) -> list[Kept]:
    """The records of these components."""
    return _kept(connection, facets.c.component, components)


def by_event(connection: Connection, ids: Iterable[str]) -> list[Kept]:
    """The records of these events."""
    return _kept(connection, facets.c.event, ids)


def _kept(connection: Connection, column: Column[Any], keys: Iterable[str]) -> list[Kept]:
    found: list[Kept] = []
    for some in chunks(sorted(set(keys))):
        rows = connection.execute(select(*facets.columns).where(column.in_(some)))
        found += [Kept(*row) for row in rows]
    return found


def put(connection: Connection, rows: Sequence[Kept], in_blocks: Sequence[Block]) -> None:
    """Adds records and their blocks."""
    _insert(connection, facets, [_fields(row) for row in rows])
    _insert(
        connection,
        blocks,
        [
            {"way": b.way, "block": signed(b.block), "last": b.last, "record": b.record, "first": b.first}
            for b in sorted(in_blocks, key=lambda b: (b.way, signed(b.block), b.last, b.record))
        ],
    )


def take(connection: Connection, documents: Collection[str], in_blocks: Iterable[Block]) -> None:
    """Takes the records of documents out, and the blocks of these."""
    keys = sorted({(b.way, signed(b.block), b.last, b.record) for b in in_blocks})
    where = tuple_(blocks.c.way, blocks.c.block, blocks.c.last, blocks.c.record)
    for some in chunks(keys):
        for part in range(0, len(some), _PER_TUPLE):
            connection.execute(delete(blocks).where(where.in_(some[part : part + _PER_TUPLE])))
    for docs in chunks(sorted(documents)):
        connection.execute(delete(facets).where(facets.c.document.in_(docs)))


_PER_TUPLE = 100


def settle(connection: Connection, records: Mapping[str, tuple[str, str]]) -> None:
    """Notes the component and the event of records."""
    given = [{"r": r, "c": component, "e": event} for r, (component, event) in sorted(records.items())]
    if given:
        query = update(facets).where(facets.c.record == bindparam("r"))
        connection.execute(query.values(component=bindparam("c"), event=bindparam("e")), given)


def refusals(connection: Connection, components: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The refused pairs of components."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for some in chunks(sorted(set(components))):
        query = select(refused).where(refused.c.component.in_(some)).order_by(refused.c.a, refused.c.b)
        for row in connection.execute(query):
            found[row.component].append((row.a, row.b))
    return found


def refuse(connection: Connection, gone: Collection[str], new: Mapping[str, Iterable[tuple[str, str]]]) -> None:
    """Takes the refused pairs of components out and adds others."""
    for some in chunks(sorted(gone)):
        connection.execute(delete(refused).where(refused.c.component.in_(some)))
    _insert(
        connection, refused, [{"component": c, "a": a, "b": b} for c, pairs in sorted(new.items()) for a, b in pairs]
    )


Said = tuple[Literal["same", "other"], str, str]


def verdicts_on(connection: Connection, records: Iterable[str] | None = None) -> set[Said]:
    """The verdicts that name one of these records; all where none are given."""
    query = select(verdicts.c.says, verdicts.c.a, verdicts.c.b)
    if records is None:
        return {(row.says, row.a, row.b) for row in connection.execute(query)}
    found: set[Said] = set()
    for some in chunks(sorted(set(records))):
        where = or_(verdicts.c.a.in_(some), verdicts.c.b.in_(some))
        found.update((row.says, row.a, row.b) for row in connection.execute(query.where(where)))
    return found


def put_verdicts(connection: Connection, given: Iterable[Said], in_force: bool = True) -> None:
    """Takes up verdicts, or takes them back; what is so already stays so."""
    wanted = set(given)
    have = verdicts_on(connection, {r for _, a, b in wanted for r in (a, b)})
    if in_force:
        _insert(connection, verdicts, [{"says": s, "a": a, "b": b} for s, a, b in sorted(wanted - have)])
        return
    for says, a, b in sorted(wanted & have):
        connection.execute(
            delete(verdicts).where(and_(verdicts.c.says == says, verdicts.c.a == a, verdicts.c.b == b))
        )  # fmt: skip


def put_events(connection: Connection, given: Sequence[KeptEvent], gone: Iterable[str] = ()) -> None:
    """Takes events out and puts others in, in place of those of the same ids."""
    for some in chunks(sorted({e.id for e in given} | set(gone))):
        connection.execute(delete(events).where(events.c.id.in_(some)))
        connection.execute(delete(names).where(names.c.event.in_(some)))
    ordered = sorted(given, key=lambda e: e.id)
    _insert(
        connection, events, [{"id": e.id, "first": e.first, "last": e.last, "content": e.content} for e in ordered]
    )  # fmt: skip
    _insert(
        connection,
        names,
        [{"event": e.id, "kind": kind, "value": value} for e in ordered for kind, value in sorted(e.names)],
    )


def clear(connection: Connection) -> None:
    """Empties all tables that are worked out from others."""
    for each in reversed(tables()):
        connection.execute(delete(each))


def _fields(row: Kept) -> dict[str, Any]:
    return {
        "record": row.record,
        "document": row.document,
        "component": row.component,
        "event": row.event,
        "row": row.row,
        "told": row.told,
    }


def _insert(connection: Connection, into: Any, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _ROWS):
        connection.execute(insert(into), rows[start : start + _ROWS])
