"""How much there is, and what a reader has still to do."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from tawatur.store.keys import safe
from tawatur.store.tables import (
    blobs,
    captures,
    documents,
    generations,
    issues,
    pending,
    readings,
    records,
    reports,
)

_PAGE = 1000

_TABLES = {
    "captures": captures,
    "documents": documents,
    "reports": reports,
    "readings": readings,
    "records": records,
    "issues": issues,
    "pending": pending,
}


def counts(connection: Connection) -> dict[str, int]:
    """Rows of the tables; ``failed``: captures that were tried and never read with success; ``bytes_stored`` and
    ``bytes_original``: of all that was captured, compressed as it lies here and as it was found."""
    told = {
        name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in _TABLES.items()
    }
    again = readings.alias("again")
    tried = (
        select(func.count(readings.c.capture.distinct()))
        .where(readings.c.status == "failed")
        .where(~select(again.c.seq).where(again.c.capture == readings.c.capture, again.c.status != "failed").exists())
    )
    told["failed"] = int(connection.execute(tried).scalar_one())
    kept = select(func.sum(func.length(blobs.c.content)), func.sum(blobs.c.size)).where(blobs.c.content.is_not(None))
    stored, original = connection.execute(kept).one()
    return told | {"bytes_stored": int(stored or 0), "bytes_original": int(original or 0)}


def unread_by(connection: Connection, generation: str, after: int) -> Sequence[tuple[int, str]]:
    """``seq`` and id of captures after ``after`` that a generation has not read and whose bytes are there; a page."""
    by = select(generations.c.seq).where(generations.c.id == safe(generation)).scalar_subquery()
    done = select(readings.c.seq).where(readings.c.capture == captures.c.seq, readings.c.generation == by).exists()
    query = (
        select(captures.c.seq, captures.c.id)
        .join(blobs, blobs.c.digest == captures.c.blob)
        .where(captures.c.seq > after, blobs.c.content.is_not(None), ~done)
        .order_by(captures.c.seq)
        .limit(_PAGE)
    )
    return [(row.seq, row.id) for row in connection.execute(query)]
