"""What was met on the way: issues that belong to no reading, visits to addresses, and the list of all issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from tawatur.model import Issue, Visit
from tawatur.store.keys import moment, safe, time_of
from tawatur.store.packing import issue_row
from tawatur.store.tables import blobs, captures, documents, issues, readings, visits


@dataclass(frozen=True, slots=True)
class IssueRow:
    """Something unexpected that was met. ``document`` and ``capture`` are the ids of what it was met in, "" where there
    is none (a capture that could not be read has no document); ``found_at`` says where that stood; ``start`` and
    ``end`` are the span in the document. ``message`` is "" once taken down."""

    at: datetime
    code: str
    message: str
    document: str = ""
    capture: str = ""
    found_at: str = ""
    start: int | None = None
    end: int | None = None


def note_issue(connection: Connection, issue: Issue, found_at: str, at: str) -> None:
    """Keeps an issue that belongs to no reading; the same issue at the same place is kept once."""
    row = issue_row(issue, at, found_at)
    there = select(issues.c.seq).where(
        issues.c.reading.is_(None),
        issues.c.found_at == row["found_at"],
        issues.c.code == row["code"],
        issues.c.message == row["message"],
    )
    if connection.execute(there.limit(1)).first() is None:
        connection.execute(insert(issues), [row])


def issue_rows(
    connection: Connection, code: str, document: str, limit: int | None, capture: str = ""
) -> Iterator[IssueRow]:
    """The issues, latest first; of one ``code``, of the document or the capture with one id."""
    query = (
        select(
            issues,
            documents.c.id.label("document"),
            captures.c.id.label("capture"),
            captures.c.found_at.label("stood"),
        )
        .outerjoin(readings, readings.c.seq == issues.c.reading)
        .outerjoin(captures, captures.c.seq == readings.c.capture)
        .outerjoin(documents, documents.c.seq == readings.c.document)
        .order_by(issues.c.seq.desc())
        .limit(limit)
    )
    if code:
        query = query.where(issues.c.code == code)
    if document:
        query = query.where(documents.c.id == document)
    if capture:
        query = query.where(captures.c.id == capture)
    for row in connection.execution_options(yield_per=500).execute(query):
        at = time_of(row.at)
        assert at is not None
        yield IssueRow(
            at,
            row.code,
            row.message or "",
            row.document or "",
            row.capture or "",
            row.found_at or row.stood or "",
            row.start,
            row.end,
        )


def note_visit(connection: Connection, visit: Visit) -> None:
    """Keeps a visit."""
    row: dict[str, Any] = {
        "address": safe(visit.address),
        "at": moment(visit.at),
        "status": visit.status,
        "final_address": safe(visit.final_address),
        "etag": safe(visit.etag),
        "last_modified": safe(visit.last_modified),
        "digest": visit.digest,
        "note": safe(visit.note),
    }
    connection.execute(insert(visits), [row])


def last_visit(connection: Connection, address: str) -> Visit | None:
    """The visit to this address that was noted last; one that brought the page or was told that it is unchanged stands
    before later ones that met a fault, since only these know what a conditional request needs."""
    query = select(visits).where(visits.c.address == safe(address)).order_by(visits.c.seq.desc()).limit(1)
    good = query.where(visits.c.status.in_((200, 304)))
    row = connection.execute(good).one_or_none() or connection.execute(query).one_or_none()
    if row is None:
        return None
    at = time_of(row.at)
    assert at is not None
    return Visit(row.address, at, row.status, row.final_address, row.etag, row.last_modified, row.digest, row.note)


def holds(connection: Connection, digest: str) -> bool:
    """Whether the bytes with this SHA-256 are kept here."""
    query = select(blobs.c.digest).where(blobs.c.digest == digest, blobs.c.content.is_not(None))
    return connection.execute(query).first() is not None
