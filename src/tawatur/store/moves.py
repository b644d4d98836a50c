"""Where a record went that people decided on: a newer reader may give other ids to what it sees otherwise.

A record that stands no more is followed to the one that counts now for the same text, of the same kind and at the same
anchor; of several, to the one in its place. What nothing stands for any more keeps its own id, and waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from tawatur.model import Record
from tawatur.store.chunks import chunks
from tawatur.store.packing import unpack
from tawatur.store.tables import documents, readings, records, reports


def stand_for(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """For records that do not count now: those that count in their place, as far as there are any."""
    wanted = set(ids)
    for some in chunks(sorted(wanted)):
        query = select(records.c.id).join(reports, reports.c.reading == records.c.reading)
        wanted.difference_update(connection.execute(query.where(records.c.id.in_(some))).scalars())
    found = {key: _moved(connection, key) for key in sorted(wanted)}
    return {key: to for key, to in found.items() if to}


def _moved(connection: Connection, key: str) -> str:
    """The latest reading that had the record decides where it stood."""
    query = (
        select(records.c.reading, readings.c.document)
        .join(readings, readings.c.seq == records.c.reading)
        .where(records.c.id == key)
        .order_by(records.c.reading.desc())
        .limit(1)
    )
    was = connection.execute(query).first()
    if was is None:
        return ""
    now = connection.execute(select(reports.c.reading).where(reports.c.document == was.document)).scalar()
    if now is None:
        return ""
    before, after = _records(connection, was.reading), _records(connection, now)
    mine = next((r for r in before if r.id == key), None)
    if mine is None:
        return ""
    stay = {r.id for r in before} & {r.id for r in after}
    old, new = ([r.id for r in side if _where(r) == _where(mine) and r.id not in stay] for side in (before, after))
    at = old.index(key)
    return new[at] if at < len(new) else ""


def _where(record: Record) -> tuple[Any, ...]:
    return record.kind, record.anchor.start, record.anchor.end


def _records(connection: Connection, reading: int) -> tuple[Record, ...]:
    query = (
        select(documents.c.id, documents.c.content.label("own"), readings.c.content)
        .join(documents, documents.c.seq == readings.c.document)
        .where(readings.c.seq == reading)
    )
    row = connection.execute(query).one()
    return unpack(row.own, row.content, row.id).records if row.own and row.content else ()
