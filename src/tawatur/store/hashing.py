"""The content hash: one value that two stores share exactly when they hold the same.

It is the SHA-256 over sorted lines, a line for each outside archive, capture, decision and reading. Neither the order in
which things came takes part, nor when, nor in which file they stood; nor which of two captures that gave the same
document holds its records ("read") and which points to them ("same"). Taking down changes it only by the decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, select

from tawatur.store.keys import archive_digest, canonical
from tawatur.store.tables import attachments, captures, decisions, documents, generations, readings

_ROWS = 1000
"""Rows fetched at a time: the whole is never in memory."""


def content_hash(connection: Connection) -> str:
    """The content hash of the store as this transaction sees it, 64 hex digits."""
    total = hashlib.sha256()
    for lines in (_archives, _captures, _decisions, _readings):
        for line in lines(connection):
            total.update(line + b"\n")
    return total.hexdigest()


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=_ROWS).execute(query)


def _archives(connection: Connection) -> Iterator[bytes]:
    query = (
        select(attachments, captures.c.id.label("of"))
        .join(captures, captures.c.seq == attachments.c.capture)
        .where(attachments.c.kind == "archive")
    )
    yield from sorted(
        canonical(["archive", row.of, archive_digest(row.of, row.address, row.date, row.media_type, row.blob)])
        for row in _stream(connection, query)
    )


def _captures(connection: Connection) -> Iterator[bytes]:
    for row in _stream(connection, select(captures.c.id, captures.c.blob).order_by(captures.c.id)):
        yield canonical(["capture", row.id, row.blob])


def _decisions(connection: Connection) -> Iterator[bytes]:
    yield from sorted(
        canonical(["decision", row.kind, row.subject, row.value, row.who, row.why])
        for row in _stream(connection, select(decisions))
    )


def _readings(connection: Connection) -> Iterator[bytes]:
    query = (
        select(
            captures.c.id.label("of"),
            generations.c.id.label("by"),
            documents.c.digest.label("document"),
            readings.c.digest,
        )
        .select_from(captures)
        .join(readings, readings.c.capture == captures.c.seq)
        .join(generations, generations.c.seq == readings.c.generation)
        .outerjoin(documents, documents.c.seq == readings.c.document)
        .order_by(captures.c.id)
    )
    for _, rows in groupby(_stream(connection, query), key=attrgetter("of")):
        yield from sorted(canonical(["reading", row.of, row.by, row.document or "failed", row.digest]) for row in rows)
