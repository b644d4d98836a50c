"""For each series, the version and the reading that count now. Always worked out from captures and readings alone, so
that it does not matter in which order these came: an older version from an archive does not displace a newer one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from tawatur.store.chunks import chunks
from tawatur.store.tables import captures, documents, readings, reports


def refresh(connection: Connection, series: Iterable[str]) -> None:
    """Works out the rows of these series anew.

    The version that counts is the latest fetched (of equals, the one captured last) that was read with success and not
    taken down, in its latest such reading. Where its document first came through another series, that one has it and
    this has no row: the same page under a second address is one report.
    """
    for some in chunks(sorted(set(series))):
        best: dict[str, Any] = {}
        for row in connection.execute(versions_of(some)):
            best[row.series] = row
        rows = [
            {
                "series": each.series,
                "capture": each.capture,
                "reading": holder(connection, each),
                "document": each.document,
            }
            for each in best.values()
            if each.home == each.series
        ]
        connection.execute(delete(reports).where(reports.c.series.in_(some)))
        if rows:
            connection.execute(insert(reports), rows)


def versions_of(series: Iterable[str]) -> Select[Any]:
    """All readings with a document that is still there, of captures of these series; of a series the last row counts."""
    return (
        select(
            captures.c.series,
            captures.c.fetched,
            readings.c.capture,
            readings.c.seq.label("reading"),
            readings.c.generation,
            readings.c.digest,
            readings.c.status,
            readings.c.document,
            documents.c.series.label("home"),
        )
        .join(readings, readings.c.capture == captures.c.seq)
        .join(documents, documents.c.seq == readings.c.document)
        .where(captures.c.series.in_(list(series)), documents.c.content.is_not(None))
        .order_by(captures.c.fetched, readings.c.capture, readings.c.seq)
    )


def holder(connection: Connection, row: Any) -> int:
    """The reading that holds the content of ``row`` (document, generation, digest, status, reading): for the status
    "same" the one that it is the same as."""
    if row.status != "same":
        return int(row.reading)
    query = select(readings.c.seq).where(
        readings.c.document == row.document,
        readings.c.generation == row.generation,
        readings.c.digest == row.digest,
        readings.c.status == "read",
    )
    return int(connection.execute(query.order_by(readings.c.seq).limit(1)).scalar_one())
