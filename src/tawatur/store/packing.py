"""A reading made ready for the store where it was made: encoded, hashed and compressed. The writer only inserts.

A document is kept in two pieces. What makes it that document (:data:`OWN`) is hashed into its digest and kept once.
What a reader made of it (its parts, the day inferred, the language) is kept with the records in the reading, so that
every generation gives back what it saw. Attachments are rows of the capture and stand in neither.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tawatur.model import Attachment, Document, Issue, Read, Record
from tawatur.store.encoding import noun, plain
from tawatur.store.keys import canonical, digest, document_digest, moment, now, reading_digest, safe, suffix_of

OWN = ("id", "text", "title", "url", "outlet", "forwards")
"""The fields of a document that its digest covers, besides the day of publication as its source wrote it."""

LEVEL = 6
"""zlib's own middle: a higher level costs twice the time and gains three parts in a hundred."""

_SEEN = ("published", "language", "parts", "issues")


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """A row of ``documents`` in the making; ``id`` is the id that its source gave."""

    digest: str
    id: str
    title: str
    url: str
    outlet: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Blob:
    """A row of ``blobs`` in the making: the digest and size of bytes, and these compressed."""

    digest: str
    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """A :class:`Read` as the store takes it in. ``records``, ``issues`` and ``attachments`` are rows of the tables of
    these names without their keys to other rows; ``document`` is None where reading failed."""

    capture: str
    at: str
    digest: str
    content: bytes
    document: PackedDocument | None = None
    published: str | None = None
    records: tuple[dict[str, Any], ...] = ()
    issues: tuple[dict[str, Any], ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    blobs: tuple[Blob, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a reading holds: the document as that reader saw it (without attachments), its records, all issues, and for
    a failed reading the failure and no document."""

    document: Document | None
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    failure: Issue | None


def squeeze(content: bytes) -> bytes:
    """Bytes compressed as every ``content`` column has them."""
    return zlib.compress(content, LEVEL)


def blob_of(content: bytes) -> Blob:
    """The row for these bytes."""
    return Blob(digest(content), len(content), squeeze(content))


def pack(read: Read, at: datetime | None = None) -> Packed:
    """Makes a reading ready; ``at`` is when it was made (now where not given). Runs in the process that has read."""
    when = now() if at is None else moment(at)
    document = read.document if read.failure is None else None
    own = _own(document) if document else b""
    key = document_digest(own) if document else ""
    content = _content(document, read)
    failures = () if read.failure is None else (read.failure,)
    blobs = {a.content: blob_of(a.content) for a in document.attachments if a.content is not None} if document else {}
    return Packed(
        capture=read.capture,
        at=when,
        digest=reading_digest(key, content),
        content=squeeze(content),
        document=_document(document, key, own) if document else None,
        published=document.published.value.isoformat() if document and document.published.value else None,
        records=tuple(record_row(record, k) for k, record in enumerate(read.records)) if document else (),
        issues=tuple(issue_row(issue, when) for issue in (*failures, *read.issues)),
        attachments=attachment_rows(document.attachments) if document else (),
        blobs=tuple(blobs.values()),
    )


def unpack(document: bytes | None, reading: bytes, kept: str = "") -> Unpacked:
    """A reading from the compressed ``content`` of its document (None: it failed) and its own.

    ``kept`` is the id under which the store has the document (``documents.id``): what is given back has it, and the
    records have behind their ids what it has behind the one that its source gave. Without it, all is as it was packed.
    """
    seen = json.loads(zlib.decompress(reading).decode("utf-8", "surrogatepass"))
    found, suffix = None, ""
    if document is not None:
        own = json.loads(zlib.decompress(document).decode("utf-8", "surrogatepass"))
        found = noun(Document, {**{k: v for k, v in own.items() if k != "published"}, **seen["document"]})
        if kept:
            suffix = suffix_of(found.id, kept)
            found = replace(found, id=kept)
    records = tuple(noun(Record, each) for each in seen["records"])
    if kept:
        records = tuple(replace(each, doc=kept, id=safe(each.id) + suffix) for each in records)
    failure = noun(Issue, seen["failure"]) if seen["failure"] else None
    return Unpacked(found, records, tuple(noun(Issue, each) for each in seen["found"]), failure)


def issue_row(issue: Issue, at: str, found_at: str = "") -> dict[str, Any]:
    """A row of ``issues``."""
    return {
        "at": at,
        "code": safe(issue.code),
        "message": safe(issue.message),
        "found_at": safe(found_at),
        "start": issue.span.start if issue.span else None,
        "end": issue.span.end if issue.span else None,
    }


def attachment_rows(attachments: Sequence[Attachment]) -> tuple[dict[str, Any], ...]:
    """Rows of ``attachments``; where the bytes are at hand, their hash stands before what was said of it."""
    return tuple(
        {
            "kind": each.kind,
            "address": safe(each.address),
            "author": safe(each.author),
            "date": each.date.isoformat() if each.date else None,
            "media_type": safe(each.media_type),
            "blob": digest(each.content) if each.content is not None else safe(each.digest) or None,
        }
        for each in attachments
    )


def _own(document: Document) -> bytes:
    """What makes it that document, as hashed and kept."""
    return canonical({name: plain(getattr(document, name)) for name in OWN} | {"published": document.published.text})


def _content(document: Document | None, read: Read) -> bytes:
    """What the reader made of it, as hashed and kept."""
    return canonical(
        {
            "document": {name: plain(getattr(document, name)) for name in _SEEN} if document else {},
            "records": plain(read.records) if document else [],
            "found": plain(read.issues),
            "failure": plain(read.failure),
        }
    )


def _document(document: Document, key: str, own: bytes) -> PackedDocument:
    return PackedDocument(
        digest=key,
        id=safe(document.id),
        title=safe(document.title),
        url=safe(document.url),
        outlet=safe(document.outlet),
        language=safe(document.language),
        content=squeeze(own),
    )


def record_row(record: Record, position: int) -> dict[str, Any]:
    """What to find a record by."""
    time, place, actor = record.time, record.place, record.actor
    return {
        "position": position,
        "id": safe(record.id),
        "kind": record.kind,
        "type": safe(record.type),
        "status": record.status,
        "standing": record.standing,
        "first": time.first.isoformat() if time and time.first else None,
        "last": time.last.isoformat() if time and time.last else None,
        "place": place.place_id if place else None,
        "country": (place.country or None) if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "actor": actor.entity if actor else None,
        "confidence": record.confidence,
    }
