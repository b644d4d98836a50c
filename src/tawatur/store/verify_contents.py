"""The contents of a store, worked out again: bytes, documents, readings, and the rows that are made of them."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from tawatur.model import Document, Span
from tawatur.store import keys
from tawatur.store.packing import issue_row, record_row, unpack
from tawatur.store.tables import attachments, blobs, captures, documents, generations, issues, readings, records
from tawatur.store.takedown import Gone

_ROWS = 50
"""Rows with contents that are in memory at a time."""

_FAULTS = (zlib.error, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What a content that was tampered with can raise while it is read."""


def check_blobs(connection: Connection, gone: Gone) -> Iterator[str]:
    """Bytes are those of their digest; only those that were taken down are away, and these are."""
    for row in _stream(connection, select(blobs)):
        if row.content is None:
            if row.digest not in gone.blobs:
                yield f"blobs {row.digest}: its bytes are gone and no takedown says so"
            continue
        if row.digest in gone.blobs:
            yield f"blobs {row.digest}: it was taken down and its bytes are here"
        content = _unpacked(row.content, row.size)
        if content is None or keys.digest(content) != row.digest:
            yield f"blobs {row.digest}: its bytes are not those of its digest"
        elif len(content) != row.size:
            yield f"blobs {row.digest}: it says {row.size} bytes and has {len(content)}"
    held = select(captures.c.blob).union(select(attachments.c.blob).where(attachments.c.blob.is_not(None)))
    for digest in connection.execute(select(blobs.c.digest).where(blobs.c.digest.not_in(held))).scalars():
        yield f"blobs {digest}: it belongs to no capture"


def check_documents(connection: Connection, gone: Gone) -> Iterator[str]:
    """Documents are those of their digest, and their columns say what their content says."""
    for row in _stream(connection, select(documents)):
        name = f"documents {row.digest}"
        if row.content is None:
            if row.digest not in gone.documents:
                yield f"{name}: its content is gone and no takedown says so"
            elif row.title is not None:
                yield f"{name}: it was taken down and its title is here"
            continue
        if row.digest in gone.documents:
            yield f"{name}: it was taken down and its content is here"
        try:
            content = zlib.decompress(row.content)
            if keys.document_digest(content) != row.digest:
                yield f"{name}: its content is not that of its digest"
                continue
            own = json.loads(content.decode("utf-8", "surrogatepass"))
            for column in ("title", "url", "outlet"):
                if getattr(row, column) != keys.safe(own.get(column, "")):
                    yield f"{name}: its {column} is not the one in its content"
            if not re.fullmatch(re.escape(keys.safe(own["id"])) + "(~[0-9a-f]{8})?", row.id):
                yield f"{name}: its id is not the one in its content"
        except _FAULTS:
            yield f"{name}: its content cannot be read"


def check_readings(connection: Connection, gone: Gone) -> Iterator[str]:
    """Readings are those of their digest, their spans are words of their document, and the rows made of them agree."""
    others = readings.alias("others")
    first = select(func.min(others.c.seq)).where(others.c.document == readings.c.document).scalar_subquery()
    query = (
        select(
            readings,
            captures.c.id.label("of"),
            captures.c.series.label("series"),
            generations.c.id.label("by"),
            documents.c.id.label("document_id"),
            documents.c.digest.label("document_digest"),
            documents.c.content.label("document_content"),
            documents.c.series.label("home"),
            documents.c.language,
            first.label("first"),
        )
        .join(captures, captures.c.seq == readings.c.capture)
        .join(generations, generations.c.seq == readings.c.generation)
        .outerjoin(documents, documents.c.seq == readings.c.document)
        .order_by(readings.c.seq)
    )
    for some in _batches(_stream(connection, query)):
        seqs = [row.seq for row in some]
        slim = _by_reading(connection, select(records).where(records.c.reading.in_(seqs)).order_by(records.c.seq))
        met = _by_reading(connection, select(issues).where(issues.c.reading.in_(seqs)).order_by(issues.c.seq))
        for row in some:
            for fault in _reading(connection, row, slim[row.seq], met[row.seq], gone):
                yield f"readings {row.of} by {row.by}: {fault}"


def _reading(
    connection: Connection, row: Any, slim: list[dict[str, Any]], met: list[dict[str, Any]], gone: Gone
) -> Iterator[str]:
    if row.first == row.seq and row.home != row.series:
        yield f"its document is told to come through {row.home}"
    if row.of in gone.captures:
        if row.content is not None or slim or any(each["message"] is not None for each in met):
            yield "it was taken down and its words are here"
        return
    if row.status == "same":
        yield from _same(connection, row, slim, met, gone)
        return
    if row.content is None:
        yield "its content is gone and no takedown says so"
        return
    try:
        content = zlib.decompress(row.content)
        if keys.reading_digest(row.document_digest or "", content) != row.digest:
            yield "its content is not that of its digest"
            return
        yield from _content(row, content, slim, met)
    except _FAULTS:
        yield "its content cannot be read"


def _same(
    connection: Connection, row: Any, slim: list[dict[str, Any]], met: list[dict[str, Any]], gone: Gone
) -> Iterator[str]:
    """A reading that points to another, which holds what both say."""
    if row.content is not None or slim or met:
        yield "it is the same as another and has content of its own"
    if row.document_digest in gone.documents:
        return
    holder = select(readings.c.published, readings.c.records).where(
        readings.c.document == row.document,
        readings.c.generation == row.generation,
        readings.c.digest == row.digest,
        readings.c.status == "read",
    )
    found = connection.execute(holder.order_by(readings.c.seq)).first()
    if found is None:
        yield "it is the same as another, and there is no such other"
    elif (found.published, found.records) != (row.published, row.records):
        yield "it is the same as another, and tells of another day or number of records"


def _content(row: Any, content: bytes, slim: list[dict[str, Any]], met: list[dict[str, Any]]) -> Iterator[str]:
    if row.document is not None and row.document_content is None:
        yield "its document is gone and it is here"
        return
    held = unpack(row.document_content, row.content, row.document_id or "")
    document = held.document
    if row.status != ("read" if document else "failed") or (document is None) != (held.failure is not None):
        yield f"its status is {row.status}, and its content is of another kind"
    for span in _spans((document, held.records, held.issues if document else ())):
        if document is not None and document.text[span.start : span.end] != span.text:
            yield f"its span {span.start}:{span.end} does not say what its text says there"
    day = document.published.value.isoformat() if document and document.published.value else None
    if (row.published, row.records) != (day, len(held.records)):
        yield "its day or number of records is not the one in its content"
    if document is not None and row.first == row.seq and row.language != keys.safe(document.language):
        yield f"its document's language is not {document.language}"
    rows = [record_row(record, position) for position, record in enumerate(held.records)]
    for position, (want, have) in enumerate(_aligned(rows, slim)):
        if want != have:
            yield f"row {position} of its records is not what it says"
    failures = () if held.failure is None else (held.failure,)
    want_met = Counter(_met(issue_row(issue, row.at)) for issue in (*failures, *held.issues))
    have_met = Counter(_met(each) for each in met)
    extra = have_met - want_met
    if want_met - have_met or not _told_by_store(extra, row, document):
        yield "the rows of its issues are not what it says"


def _told_by_store(extra: Counter[tuple[Any, ...]], row: Any, document: Document | None) -> bool:
    """Whether the only issue beyond the reader's is the one with which the store says that it gave another id."""
    return all(code == "same-id" and "~" in row.document_id for _, code, *_ in extra) and sum(extra.values()) <= 1


def _met(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("at", "code", "message", "found_at", "start", "end"))


def _aligned(want: list[dict[str, Any]], have: list[dict[str, Any]]) -> Iterator[tuple[Any, Any]]:
    for position in range(max(len(want), len(have))):
        found = (
            {k: v for k, v in have[position].items() if k not in ("seq", "reading")} if position < len(have) else None
        )
        yield (want[position] if position < len(want) else None), found


def _spans(value: object) -> Iterator[Span]:
    """All spans anywhere in nouns and tuples of nouns."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _spans(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from _spans(getattr(value, name))


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _unpacked(packed: bytes, size: int) -> bytes | None:
    """The bytes that ``packed`` holds, not many more than ``size``; None where it holds none."""
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(packed, max(size, 0) + 1)
    except zlib.error:
        return None
    return content


def _by_reading(connection: Connection, query: Select[Any]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.reading].append(row._asdict())
    return found


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from connection.execute(query.execution_options(yield_per=_ROWS))


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    some: list[Any] = []
    for row in rows:
        some.append(row)
        if len(some) == _ROWS:
            yield some
            some = []
    if some:
        yield some
