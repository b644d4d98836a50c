"""What reports have in common and which comes from which, in the books, by keys. All calls run inside the caller's
transaction; numbers of 64 bits come without sign.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from tawatur.store.chunks import chunks
from tawatur.store.derived import fingerprints, lineages, placed, placings
from tawatur.store.eventbook import signed
from tawatur.store.tables import documents, readings, reports

_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ``placed``; ``publisher`` and ``paper`` are JSON."""

    document: str
    reading: int
    published: str | None
    lineage: str
    publisher: str
    paper: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Descends:
    """A row of ``lineages``; ``content`` is JSON."""

    copy: str
    original: str
    kind: str
    content: str


def state(connection: Connection) -> tuple[str, int]:
    """With what code and tables all is worked out, and up to which end of the journal; "" where nothing is."""
    row = connection.execute(select(placings.c.basis, placings.c.head)).first()
    return (row.basis, row.head) if row is not None else ("", -1)


def note_state(connection: Connection, basis: str, head: int) -> None:
    """Keeps what :func:`state` gives."""
    connection.execute(delete(placings))
    connection.execute(insert(placings).values(id=1, basis=basis, head=head))


def counting(connection: Connection) -> dict[str, int]:
    """The reading that counts now, by document; see :func:`tawatur.store.current.current`."""
    query = (
        select(documents.c.id, reports.c.reading)
        .select_from(reports)
        .join(readings, readings.c.seq == reports.c.reading)
        .join(documents, documents.c.seq == reports.c.document)
        .where(documents.c.content.is_not(None), readings.c.content.is_not(None))
        .order_by(documents.c.id, reports.c.series.desc())
    )
    return {row.id: row.reading for row in connection.execute(query)}


def taken(connection: Connection) -> dict[str, int]:
    """The reading that was placed, by document."""
    return {row.document: row.reading for row in connection.execute(select(placed.c.document, placed.c.reading))}


def rows_of(connection: Connection, ids: Iterable[str]) -> list[tuple[Row, str, dict[str, Any]]]:
    """Placed documents, with their language and what makes each that document (see ``packing.OWN``)."""
    found: list[tuple[Row, str, dict[str, Any]]] = []
    for some in chunks(sorted(set(ids))):
        query = (
            select(*placed.columns, documents.c.language, documents.c.content)
            .select_from(placed)
            .join(readings, readings.c.seq == placed.c.reading)
            .join(documents, documents.c.seq == readings.c.document)
            .where(placed.c.document.in_(some))
        )
        for row in connection.execute(query):
            own = json.loads(zlib.decompress(row.content).decode("utf-8", "surrogatepass"))
            found.append((Row(*row[:7]), row.language, own))
    return found


def publishers(connection: Connection) -> list[str]:
    """The publishers (JSON) of placed documents, each once, in the order of the first document of each."""
    query = select(placed.c.publisher).group_by(placed.c.publisher).order_by(func.min(placed.c.document))
    return list(connection.execute(query).scalars())


def put_rows(connection: Connection, rows: Sequence[Row]) -> None:
    """Adds placed documents."""
    names = [c.name for c in placed.columns]
    given = [{name: getattr(row, name) for name in names} for row in rows]
    for start in range(0, len(given), _ROWS):
        connection.execute(insert(placed), given[start : start + _ROWS])


def take_rows(connection: Connection, ids: Iterable[str]) -> None:
    """Takes documents out, and the lineages of which they are the copy."""
    for some in chunks(sorted(set(ids))):
        connection.execute(delete(placed).where(placed.c.document.in_(some)))
        connection.execute(delete(lineages).where(lineages.c.copy.in_(some)))


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The lineage keys of documents."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(ids))):
        query = select(placed.c.document, placed.c.lineage).where(placed.c.document.in_(some))
        found.update((row.document, row.lineage) for row in connection.execute(query))
    return found


def note_keys(connection: Connection, values: Mapping[str, str]) -> None:
    """Notes other lineage keys of documents."""
    if values:
        query = update(placed).where(placed.c.document == bindparam("d")).values(lineage=bindparam("v"))
        connection.execute(query, [{"d": d, "v": v} for d, v in sorted(values.items())])


def counts(connection: Connection, kind: int, keys: Iterable[int]) -> dict[int, int]:
    """How many documents have each key; a key that none has is left out."""
    found: dict[int, int] = {}
    for some in chunks(sorted(map(signed, set(keys)))):
        query = select(fingerprints.c.key, func.count()).where(fingerprints.c.kind == kind)
        for key, count in connection.execute(query.where(fingerprints.c.key.in_(some)).group_by(fingerprints.c.key)):
            found[key % (1 << 64)] = count
    return found


def holders(connection: Connection, kind: int, keys: Iterable[int]) -> dict[int, list[str]]:
    """The documents that have each key."""
    found: dict[int, list[str]] = defaultdict(list)
    for some in chunks(sorted(map(signed, set(keys)))):
        query = select(fingerprints.c.key, fingerprints.c.document).where(fingerprints.c.kind == kind)
        for key, document in connection.execute(query.where(fingerprints.c.key.in_(some))):
            found[key % (1 << 64)].append(document)
    return found


def holders_after(connection: Connection, kind: int, key: int, after: str, limit: int) -> list[str]:
    """The next documents, by id, that have a key."""
    query = select(fingerprints.c.document).where(
        fingerprints.c.kind == kind, fingerprints.c.key == signed(key), fingerprints.c.document > after
    )
    return list(connection.execute(query.order_by(fingerprints.c.document).limit(limit)).scalars())


def holders_of_both(
    connection: Connection, kind: int, keys: Iterable[int], kind2: int, keys2: Iterable[int]
) -> set[str]:
    """The documents that have one key of each kind."""
    one, two = fingerprints.alias("one"), fingerprints.alias("two")
    query = (
        select(one.c.document)
        .join(two, two.c.document == one.c.document)
        .where(one.c.kind == kind, one.c.key.in_(sorted(map(signed, set(keys)))))
        .where(two.c.kind == kind2, two.c.key.in_(sorted(map(signed, set(keys2)))))
    )
    return set(connection.execute(query.distinct()).scalars())


Key = tuple[int, int]


def add_keys(connection: Connection, given: Iterable[tuple[Key, str]]) -> None:
    """Adds keys (kind, number) of documents."""
    ordered = sorted((kind, signed(key), document) for (kind, key), document in given)
    for start in range(0, len(ordered), _ROWS):
        rows = [{"kind": k, "key": key, "document": d} for k, key, d in ordered[start : start + _ROWS]]
        connection.execute(insert(fingerprints), rows)


def drop_keys(connection: Connection, document: str, given: Iterable[Key]) -> None:
    """Takes keys of a document out."""
    by_kind: dict[int, set[int]] = defaultdict(set)
    for kind, key in given:
        by_kind[kind].add(signed(key))
    for kind, keys in sorted(by_kind.items()):
        for some in chunks(sorted(keys)):
            connection.execute(
                delete(fingerprints).where(
                    fingerprints.c.kind == kind, fingerprints.c.key.in_(some), fingerprints.c.document == document
                )
            )


def lineages_of(connection: Connection, copies: Iterable[str] | None = None, either: bool = False) -> list[Descends]:
    """The lineages of copies (all where none are given), with ``either`` also those of originals."""
    query = select(lineages.c.copy, lineages.c.original, lineages.c.kind, lineages.c.content)
    query = query.order_by(lineages.c.copy, lineages.c.original)
    if copies is None:
        return [Descends(*row) for row in connection.execute(query)]
    found: dict[tuple[str, str], Descends] = {}
    for some in chunks(sorted(set(copies))):
        copied = lineages.c.original.in_(some if either else [])
        for row in connection.execute(query.where(or_(lineages.c.copy.in_(some), copied))):
            found[row.copy, row.original] = Descends(*row)
    return list(found.values())


def put_lineages(connection: Connection, copies: Collection[str], rows: Iterable[Descends]) -> None:
    """Puts lineages in place of all those of these copies."""
    for some in chunks(sorted(set(copies))):
        connection.execute(delete(lineages).where(lineages.c.copy.in_(some)))
    given = [{"copy": r.copy, "original": r.original, "kind": r.kind, "content": r.content} for r in rows]
    for start in range(0, len(given), _ROWS):
        connection.execute(insert(lineages), given[start : start + _ROWS])
