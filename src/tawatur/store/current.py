"""The reports as they count now, whole: documents with their records, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tawatur.model import Document, Record
from tawatur.store.packing import unpack
from tawatur.store.tables import documents, readings, reports

_ROWS = 200


@dataclass(frozen=True, slots=True)
class Current:
    """A report that counts now: its document as the latest reader saw it, and its records."""

    document: Document
    records: tuple[Record, ...]


def current(connection: Connection, ids: Collection[str] | None = None) -> Iterator[Current]:
    """Every report that counts now and was not taken down, in the order of its document's id; where ``ids`` are given
    (not more than a statement holds), those of documents with these ids."""
    query = (
        select(documents.c.id, documents.c.content.label("own"), readings.c.content)
        .select_from(reports)
        .join(readings, readings.c.seq == reports.c.reading)
        .join(documents, documents.c.seq == reports.c.document)
        .where(documents.c.content.is_not(None), readings.c.content.is_not(None))
        .order_by(documents.c.id, reports.c.series)
    )
    if ids is not None:
        query = query.where(documents.c.id.in_(ids))
    last = ""
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        if row.id == last:
            continue
        last = row.id
        found = unpack(row.own, row.content, row.id)
        assert found.document is not None
        yield Current(found.document, found.records)
