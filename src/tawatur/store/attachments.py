"""What belongs to a capture beside its text: rows of ``attachments``, and their bytes where these were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args
from urllib.parse import unquote

from sqlalchemy import Connection, insert, select

from tawatur.errors import InputError
from tawatur.model import Attachment, AttachmentKind
from tawatur.store import journal
from tawatur.store.chunks import by_key, chunks
from tawatur.store.keys import archive_digest
from tawatur.store.packing import Blob
from tawatur.store.tables import attachments, blobs

Held = tuple[int, str, Sequence[dict[str, Any]]]
"""``seq`` and id of a capture, and rows for it."""


def add_blobs(connection: Connection, given: Sequence[Blob]) -> None:
    """Keeps bytes that are not there yet. Bytes that were taken down stay away: their row is there, empty."""
    unique = {blob.digest: blob for blob in given}
    there = by_key(connection, blobs.c.digest, set(unique), blobs.c.digest)
    rows = [
        {"digest": b.digest, "size": b.size, "content": b.content} for b in unique.values() if b.digest not in there
    ]
    if rows:
        connection.execute(insert(blobs), rows)


def add_attachments(connection: Connection, held: Sequence[Held], given: Sequence[Blob], at: str) -> None:
    """Keeps what is not there yet, a row each; outside archives go into the journal. The bytes in ``given`` are kept
    with them. A picture without bytes adds nothing where the same one is there with them: a reader finds on a page what
    its source has brought already."""
    if not any(rows for _, _, rows in held):
        return
    add_blobs(connection, given)
    there: set[tuple[Any, ...]] = set()
    brought: set[tuple[Any, ...]] = set()
    for some in chunks(sorted({seq for seq, _, rows in held if rows})):
        query = select(attachments).where(attachments.c.capture.in_(some))
        for kept in map(dict, connection.execute(query).mappings()):
            there.add(_key(kept["capture"], kept))
            if kept["blob"]:
                brought.add(_shown(kept["capture"], kept))
    new, entries = [], []
    for seq, capture, rows in held:
        for row in rows:
            key = _key(seq, row)
            if key in there or (not row["blob"] and _shown(seq, row) in brought):
                continue
            there.add(key)
            if row["blob"]:
                brought.add(_shown(seq, row))
            new.append({**row, "capture": seq})
            if row["kind"] == "archive":
                what = archive_digest(capture, row["address"], row["date"], row["media_type"], row["blob"])
                entries.append(("archive", capture, what))
    if new:
        connection.execute(insert(attachments), new)
        journal.append(connection, entries, at)


def attachments_of(connection: Connection, seqs: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
    """The attachments of each of the captures with these ``seq``, in the order in which they came, without their
    bytes."""
    found: dict[int, list[Attachment]] = {seq: [] for seq in seqs}
    for some in chunks(sorted(found)):
        query = select(attachments).where(attachments.c.capture.in_(some)).order_by(attachments.c.seq)
        for row in connection.execute(query):
            day = date.fromisoformat(row.date) if row.date else None
            one = Attachment(_kind(row.kind), row.address, row.author, day, row.media_type, row.blob or "")
            found[row.capture].append(one)
    return {seq: tuple(each) for seq, each in found.items()}


def _key(capture: int, row: dict[str, Any]) -> tuple[Any, ...]:
    return (capture, row["kind"], row["address"], row["author"], row["date"], row["media_type"], row["blob"])


def _shown(capture: int, row: dict[str, Any]) -> tuple[Any, ...]:
    # a page writes the names of the files beside it with %-signs, a folder does not
    return (capture, row["kind"], unquote(row["address"]))


def _kind(text: str) -> AttachmentKind:
    for kind in get_args(AttachmentKind):
        if kind == text:
            found: AttachmentKind = kind
            return found
    raise InputError(f"an attachment of the kind {text!r} is unknown here", "install a newer tawatur")
