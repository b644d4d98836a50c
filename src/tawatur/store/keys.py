"""What a thing is decides its id: hashes of captures, documents and readings, and the forms that text and time take.

All hashes are SHA-256 in lower-case hex over canonical JSON (:func:`canonical`), never over a time or a file's name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from tawatur.model import Capture, Generation

SERIES_LIMIT = 600
"""A longer series is cut and ends in a hash: an index of PostgreSQL holds 2,700 bytes."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def safe(text: str) -> str:
    """``text`` as a text column holds it: NUL and lone surrogates, which PostgreSQL has no place for, become U+FFFD.

    What is safe stays as it is, so a hash over the safe form can be made anew from the column.
    """
    return _UNSTORABLE.sub("\ufffd", text)


def moment(time: datetime) -> str:
    """``2026-11-24T10:18:52.000000Z``: UTC, always as long, so that order as text is order in time. A time without an
    offset is taken for UTC."""
    time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return time.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def now() -> str:
    """The time that it is, as :func:`moment` has it."""
    return moment(datetime.now(UTC))


def time_of(text: str) -> datetime | None:
    """What :func:`moment` wrote; None for an empty text."""
    return datetime.fromisoformat(text) if text else None


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8; lone surrogates are kept as the three bytes they would be."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def digest(content: bytes) -> str:
    """SHA-256 in hex, 64 digits."""
    return hashlib.sha256(content).hexdigest()


def capture_id(capture: Capture) -> str:
    """32 hex digits: the hash of the bytes and of what was said of them. When, in which file and through which list it
    was found, and its attachments, take no part."""
    return capture_row_id(
        {
            "kind": capture.kind,
            "address": capture.address,
            "collection": capture.collection,
            "item": capture.item,
            "media_type": capture.media_type,
            "charset": capture.charset,
            "title": capture.title,
            "published": capture.published,
            "outlet": capture.outlet,
            "blob": digest(capture.content),
        }
    )


_IDENTITY = ("kind", "address", "collection", "item", "media_type", "charset", "title", "published", "outlet", "blob")
_CAPTURE = (*_IDENTITY, "id", "series", "listed", "found_at", "fetched")


def capture_row_id(row: Mapping[str, object]) -> str:
    """The id of a row of ``captures``, made anew from its other columns."""
    return digest(canonical([safe(str(row[column])) for column in _IDENTITY]))[:32]


def capture_digest(row: Mapping[str, object]) -> str:
    """The hash over all of a row of ``captures`` (except ``seq``) that the journal keeps."""
    return digest(canonical([safe(str(row[column])) for column in _CAPTURE]))


def series_of(capture: Capture) -> str:
    """What later versions of the same report share: the address or collection with the item, else the address; a
    capture without either stands alone."""
    if capture.item:
        series = f"{capture.address or capture.collection}#{capture.item}"
    else:
        series = capture.address or f"content:{digest(capture.content)}"
    series = safe(series)
    if len(series) <= SERIES_LIMIT:
        return series
    return f"{series[:SERIES_LIMIT]}~{digest(series.encode())}"


def generation_digest(generation: Generation) -> str:
    """The hash of a row of ``generations`` that the journal keeps."""
    return digest(canonical([safe(generation.name), safe(generation.version), safe(generation.digest)]))


def archive_digest(capture: str, address: str, date: str | None, media_type: str, blob: str | None) -> str:
    """The hash of an outside archive of a capture's page (a row of ``attachments``) that the journal keeps."""
    return digest(canonical([capture, address, date, media_type, blob]))


def document_digest(content: bytes) -> str:
    """The digest of a document: the hash of its uncompressed content (``documents.content``), which is id, text,
    title, day as given, address, outlet and forwards."""
    return digest(content)


def reading_digest(document: str, content: bytes) -> str:
    """The digest of a reading: the hash of its document's digest ("" where reading failed) and its own uncompressed
    content (``readings.content``)."""
    return digest(document.encode() + b"\n" + content)


def kept_as(original: str, document: str) -> str:
    """The id under which a document is kept when another report has its id already: eight digits of its digest are put
    behind. The records of such a document have the same digits behind their ids."""
    return f"{original}~{document[:8]}"


def suffix_of(original: str, kept: str) -> str:
    """What :func:`kept_as` put behind an id; "" where the document is kept under its own."""
    return kept[len(safe(original)) :]
