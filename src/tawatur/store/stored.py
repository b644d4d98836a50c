"""One report as the store has it: a version of it in a reading of it, with all its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from tawatur.errors import InputError
from tawatur.model import Attachment, Document, Issue, Record
from tawatur.store.attachments import attachments_of
from tawatur.store.keys import safe, time_of
from tawatur.store.packing import unpack
from tawatur.store.reports import holder
from tawatur.store.tables import captures, documents, generations, issues, readings, reports


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a report: its number (1: the oldest), its capture, and the document that its latest reading gave,
    id and digest ("" where it was not read with success)."""

    number: int
    capture: str
    fetched: datetime
    found_at: str
    document: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A version of a report as one reader saw it. ``document`` comes with its attachments, whose bytes stay in the
    store; ``version`` is the one shown, ``versions`` are all, ``generations`` the readers that read this one."""

    document: Document
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    generation: str
    at: datetime
    series: str
    address: str
    version: Version
    versions: tuple[Version, ...]
    generations: tuple[str, ...]
    attachments: tuple[Attachment, ...]


def stored(connection: Connection, key: str, generation: str = "", version: int | None = None) -> StoredReading:
    """The report of the document with the id ``key``, as a :class:`StoredReading`.

    Without ``version`` the one that counts, if its document has this id, else the latest whose document has it; without
    ``generation`` its latest reading (without both: the latest that gave a document with this id). :class:`InputError` where there is none such, or where it was taken down.
    """
    home = _series(connection, key)
    rows = _readings(connection, home)
    versions = _versions(rows)
    if version is None:
        chosen = _that_counts(connection, home, key, rows)
    elif 1 <= version <= len(versions):
        chosen = versions[version - 1].capture
    else:
        raise InputError(f"there is no version {version} of {key}", f"it has {len(versions)}, counted from 1")
    number = next(each for each in versions if each.capture == chosen)
    done = [row for row in rows if row.id == chosen and row.document is not None]
    # where a newer reader found another text in it, the old id still names the old one
    named = [row for row in done if row.document_id == safe(key)] if version is None and not generation else []
    row = _by(named or done, generation, key, number)
    if row.content is None:
        raise _gone(key)
    content = connection.execute(select(readings.c.content).where(readings.c.seq == holder(connection, row))).scalar()
    if content is None:
        raise _gone(key)
    seen = unpack(row.content, content, row.document_id)
    assert seen.document is not None
    attachments = attachments_of(connection, [row.capture])[row.capture]
    noted = select(issues.c.code, issues.c.message).where(issues.c.reading == row.reading, issues.c.code == "same-id")
    at = time_of(row.at)
    assert at is not None
    return StoredReading(
        document=replace(seen.document, attachments=attachments),
        records=seen.records,
        issues=(*seen.issues, *(Issue(code, message or "") for code, message in connection.execute(noted))),
        generation=row.by,
        at=at,
        series=home,
        address=row.address,
        version=number,
        versions=versions,
        generations=tuple(dict.fromkeys(each.by for each in done)),
        attachments=attachments,
    )


def _gone(key: str) -> InputError:
    return InputError(f"the document {key} was taken down", "its text is gone for good; the decision says why")


def _series(connection: Connection, key: str) -> str:
    query = select(documents.c.series).where(documents.c.id == safe(key)).limit(1)
    home = connection.execute(query).scalar()
    if home is None:
        raise InputError(f"there is no document {key!r}", "`tawatur list` shows the documents")
    return str(home)


def _readings(connection: Connection, series: str) -> Sequence[Any]:
    """All captures of a series, oldest first, each with all its readings, oldest first."""
    query = (
        select(
            captures.c.id,
            captures.c.seq.label("capture"),
            captures.c.address,
            captures.c.fetched,
            captures.c.found_at,
            readings.c.seq.label("reading"),
            readings.c.at,
            readings.c.generation,
            readings.c.digest,
            readings.c.status,
            readings.c.document,
            documents.c.id.label("document_id"),
            documents.c.digest.label("document_digest"),
            documents.c.content,
            generations.c.id.label("by"),
        )
        .outerjoin(readings, readings.c.capture == captures.c.seq)
        .outerjoin(documents, documents.c.seq == readings.c.document)
        .outerjoin(generations, generations.c.seq == readings.c.generation)
        .where(captures.c.series == series)
        .order_by(captures.c.fetched, captures.c.seq, readings.c.seq)
    )
    return connection.execute(query).all()


def _versions(rows: Sequence[Any]) -> tuple[Version, ...]:
    found: dict[str, Version] = {}
    for row in rows:
        at = time_of(row.fetched)
        assert at is not None
        each = found.setdefault(row.id, Version(len(found) + 1, row.id, at, row.found_at))
        if row.document is not None:
            found[row.id] = replace(each, document=row.document_id, digest=row.document_digest)
    return tuple(found.values())


def _that_counts(connection: Connection, series: str, key: str, rows: Sequence[Any]) -> str:
    """The id of the capture to show."""
    query = select(reports.c.capture).where(reports.c.series == series)
    counts = connection.execute(query).scalar()
    having = [row for row in rows if row.document_id == safe(key)]
    return str(next((row.id for row in having if row.capture == counts), having[-1].id))


def _by(done: Sequence[Any], generation: str, key: str, version: Version) -> Any:
    """The reading of that generation (or whose id begins so), the latest of several."""
    if not done:
        raise InputError(f"version {version.number} of {key} has no reading", "`tawatur issues` says why")
    fits = [row for row in done if row.by == generation] or [row for row in done if row.by.startswith(generation)]
    if not fits:
        known = ", ".join(dict.fromkeys(row.by for row in done))
        raise InputError(f"{generation} has not read version {version.number} of {key}", f"these have: {known}")
    return fits[-1]
