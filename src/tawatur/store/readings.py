"""Readings come in: documents, records, issues, and the row in ``pending`` goes. One transaction, in which everything is
looked up first, then decided in memory in the order given, then written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select

from tawatur.errors import InputError
from tawatur.model import Generation, Issue
from tawatur.store import journal
from tawatur.store.attachments import Held, add_attachments
from tawatur.store.chunks import by_key, chunks
from tawatur.store.keys import generation_digest, kept_as, now, safe, suffix_of
from tawatur.store.packing import Blob, Packed, PackedDocument, issue_row
from tawatur.store.reports import refresh
from tawatur.store.tables import captures, documents, generations, issues, pending, readings, records
from tawatur.store.takedown import gone

Outcome = Literal["added", "same", "failed"]

OUTCOMES: dict[str, Outcome] = {"read": "added", "same": "same", "failed": "failed"}
"""What the status of a reading is called where one is added."""


@dataclass(slots=True)
class _Known:
    """What the store has already of what a batch brings, kept up to date while the batch is gone through."""

    generation: int
    captures: dict[str, tuple[int, str]]
    """``seq`` and series, by id"""
    done: dict[int, str]
    """status of readings of this generation, by capture"""
    kept: dict[str, tuple[str, bool]]
    """of documents, by digest: the id that it is kept under, and whether it was taken down"""
    held: set[tuple[str, str]]
    """digests of document and reading, of readings with the status "read" """
    homes: dict[str, set[str]]
    """series, by id of a document"""
    own: dict[str, set[str]]
    """ids of documents, by series"""
    before: dict[int, str]
    """series of the document that an earlier generation found in a capture, by capture"""


@dataclass(slots=True)
class _Rows:
    """What is to be written."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    readings: list[tuple[Packed, int, str, tuple[dict[str, Any], ...]]] = field(default_factory=list)
    """the reading, its capture, its status, and what is to be noted besides"""


def add(connection: Connection, packed: Sequence[Packed], generation: Generation) -> list[Outcome]:
    """Keeps readings; what is there already stays as it is. Gives for each what its reading is: "added", "same" (as that
    of another capture, which has the content) or "failed". :class:`InputError` for a capture that is not there."""
    at = now()
    known = _look_up(connection, packed, _generation(connection, generation, at))
    rows = _Rows()
    told: list[Outcome] = []
    down = gone(connection).captures
    for each in packed:
        seq, series = known.captures[each.capture]
        if each.capture in down:
            told.append("same")  # taken down while it was being read: nothing comes in
            continue
        if seq not in known.done:
            # another reader's document of a page that another address had first stays with that address
            status, noted = _take(each, known.before.get(seq, series), known, rows)
            known.done[seq] = status
            rows.readings.append((each, seq, status, noted))
        told.append(OUTCOMES[known.done[seq]])
    if rows.documents:
        connection.execute(insert(documents), rows.documents)
    _write(connection, rows, known, generation, at)
    for some in chunks([known.captures[each.capture][0] for each in packed]):
        connection.execute(delete(pending).where(pending.c.capture.in_(some)))
    refresh(connection, {known.captures[each.capture][1] for each, _, status, _ in rows.readings if status != "failed"})
    return told


def _take(each: Packed, series: str, known: _Known, rows: _Rows) -> tuple[str, tuple[dict[str, Any], ...]]:
    """The status of a new reading, and what is to be noted of it; its document is put with the rows if it is new."""
    document = each.document
    if document is None:
        return "failed", ()
    noted: tuple[dict[str, Any], ...] = ()
    if document.digest not in known.kept:
        kept = _kept_under(document, series, known)
        known.kept[document.digest] = (kept, False)
        known.homes.setdefault(kept, set()).add(series)
        known.own.setdefault(series, set()).add(kept)
        rows.documents.append(_document_row(document, series, kept))
        if kept != document.id:
            message = f"another report has the id {document.id} already; this one is kept as {kept}"
            noted = (issue_row(Issue("same-id", message), each.at),)
    same = (document.digest, each.digest)
    # what was taken down does not come back by a page that differs in a byte
    if same in known.held or known.kept[document.digest][1]:
        return "same", ()
    known.held.add(same)
    return "read", noted


def _kept_under(document: PackedDocument, series: str, known: _Known) -> str:
    """The id for a new document: its own, unless a document of another series has it; versions of a report that had to
    give way keep the id that the first of them got."""
    own = known.own.get(series, set())
    if document.id in own:
        return document.id
    given_way = [each for each in own if _is_kept_as(each, document.id)]
    if given_way:
        return min(given_way)
    if document.id in known.homes:
        return kept_as(document.id, document.digest)
    return document.id


def _is_kept_as(kept: str, original: str) -> bool:
    return kept.startswith(original + "~") and len(kept) == len(kept_as(original, "0" * 8))


def _document_row(document: PackedDocument, series: str, kept: str) -> dict[str, Any]:
    return {
        "digest": document.digest,
        "id": kept,
        "series": series,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "language": document.language,
        "content": document.content,
    }


def _generation(connection: Connection, generation: Generation, at: str) -> int:
    """The ``seq`` of a generation, which is put into the store where it is new."""
    query = select(generations.c.seq).where(generations.c.id == safe(generation.id))
    found = connection.execute(query).scalar()
    if found is not None:
        return int(found)
    row = {
        "id": safe(generation.id),
        "name": safe(generation.name),
        "version": safe(generation.version),
        "digest": safe(generation.digest),
    }
    connection.execute(insert(generations), [row])
    journal.append(connection, [("generation", generation.id, generation_digest(generation))], at)
    return int(connection.execute(query).scalar_one())


def _look_up(connection: Connection, packed: Sequence[Packed], generation: int) -> _Known:
    of_capture = {
        key: (seq, series)
        for key, (seq, series) in by_key(
            connection, captures.c.id, {each.capture for each in packed}, captures.c.seq, captures.c.series
        ).items()
    }
    for each in packed:
        if each.capture not in of_capture:
            raise InputError(f"there is no capture {each.capture} in this store", "add it before its reading")
    new = {each.document.digest: each.document for each in packed if each.document is not None}
    known = _Known(generation, of_capture, {}, {}, set(), {}, {}, {})
    for some in chunks(sorted(seq for seq, _ in of_capture.values())):
        query = select(readings.c.capture, readings.c.status)
        query = query.where(readings.c.capture.in_(some), readings.c.generation == generation)
        known.done |= {row.capture: row.status for row in connection.execute(query)}
        before = select(readings.c.capture, documents.c.series).join(documents, documents.c.seq == readings.c.document)
        before = before.where(readings.c.capture.in_(some)).order_by(readings.c.seq)
        known.before |= {row.capture: row.series for row in connection.execute(before)}
    gone = documents.c.content.is_(None).label("gone")
    for some_digests in chunks(sorted(new)):
        query = select(documents.c.digest, documents.c.id, gone).where(documents.c.digest.in_(some_digests))
        known.kept |= {row.digest: (row.id, bool(row.gone)) for row in connection.execute(query)}
        held = (
            select(documents.c.digest, readings.c.digest.label("reading"))
            .join(readings, readings.c.document == documents.c.seq)
            .where(documents.c.digest.in_(some_digests))
            .where(readings.c.generation == generation, readings.c.status == "read")
        )
        known.held |= {(row.digest, row.reading) for row in connection.execute(held)}
    for some_ids in chunks(sorted({document.id for document in new.values()})):
        homes = select(documents.c.id, documents.c.series).where(documents.c.id.in_(some_ids))
        for row in connection.execute(homes):
            known.homes.setdefault(row.id, set()).add(row.series)
    for some_series in chunks(sorted({*(series for _, series in of_capture.values()), *known.before.values()})):
        own = select(documents.c.series, documents.c.id).where(documents.c.series.in_(some_series))
        for row in connection.execute(own):
            known.own.setdefault(row.series, set()).add(row.id)
    return known


def _write(connection: Connection, rows: _Rows, known: _Known, generation: Generation, at: str) -> None:
    if not rows.readings:
        return
    digests = {each.document.digest for each, _, _, _ in rows.readings if each.document is not None}
    of_digest = by_key(connection, documents.c.digest, digests, documents.c.seq)
    connection.execute(
        insert(readings),
        [
            {
                "capture": seq,
                "generation": known.generation,
                "document": of_digest[each.document.digest] if each.document else None,
                "status": status,
                "at": each.at,
                "published": each.published,
                "digest": each.digest,
                "records": len(each.records),
                "content": None if status == "same" else each.content,
            }
            for each, seq, status, _ in rows.readings
        ],
    )
    of_capture: dict[int, int] = {}
    for some in chunks([seq for _, seq, _, _ in rows.readings]):
        query = select(readings.c.capture, readings.c.seq)
        query = query.where(readings.c.capture.in_(some), readings.c.generation == known.generation)
        of_capture |= {row.capture: row.seq for row in connection.execute(query)}
    _write_parts(connection, rows, known, of_capture)
    entries = [("reading", f"{each.capture} {generation.id}", each.digest) for each, _, _, _ in rows.readings]
    journal.append(connection, entries, at)


def _write_parts(connection: Connection, rows: _Rows, known: _Known, of_capture: dict[int, int]) -> None:
    """The slim rows of records, the issues and the attachments of what has content of its own."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    held: list[Held] = []
    pictures: list[Blob] = []
    for each, seq, status, noted in rows.readings:
        kept, gone = known.kept[each.document.digest] if each.document else ("", False)
        if not gone:
            held.append((seq, each.capture, each.attachments))
            pictures += each.blobs
        if status == "same":
            continue
        reading = of_capture[seq]
        suffix = suffix_of(each.document.id, kept) if each.document else ""
        found["records"] += ({**row, "reading": reading, "id": row["id"] + suffix} for row in each.records)
        found["issues"] += ({**row, "reading": reading} for row in (*each.issues, *noted))
    if found["records"]:
        connection.execute(insert(records), found["records"])
    if found["issues"]:
        connection.execute(insert(issues), found["issues"])
    add_attachments(connection, held, pictures, now())
