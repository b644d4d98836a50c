"""Captures come in: bytes, what was said of them, and a row that says who means to read them. One transaction."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, RowMapping, insert, select

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture, CaptureKind
from tawatur.store import journal, keys
from tawatur.store.attachments import add_attachments, add_blobs, attachments_of
from tawatur.store.chunks import by_key, chunks
from tawatur.store.packing import Blob, attachment_rows, blob_of
from tawatur.store.tables import blobs, captures, issues, pending, readings
from tawatur.store.takedown import gone, is_gone

State = Literal["new", "pending", "read", "same", "failed", "taken_down"]

_STATES: dict[str, State] = {"read": "read", "same": "same", "failed": "failed"}


class TakenDownError(InputError):
    """A capture whose bytes are gone by a decision."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a capture: "new" (ours to read now), "pending" (captured before and not read yet), what its latest
    reading was (with the failure's ``message``), or "taken_down"."""

    id: str
    state: State
    message: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A capture with its ids worked out and, where it is not in the store yet, its bytes compressed; all that takes time
    is done before the store is locked."""

    id: str
    row: dict[str, Any]
    attachments: tuple[dict[str, Any], ...]
    blobs: tuple[Blob, ...]


def prepare(connection: Connection, given: Sequence[Capture], at: str) -> list[Prepared]:
    """Works out ids and rows. A capture that does not say when it was fetched counts as fetched now (``at``)."""
    ids = [keys.capture_id(capture) for capture in given]
    there = by_key(connection, captures.c.id, set(ids), captures.c.id)
    attached = {keys.digest(a.content) for capture in given for a in capture.attachments if a.content is not None}
    known = set(by_key(connection, blobs.c.digest, attached, blobs.c.digest))
    return [_prepared(capture, key, at, key in there, known) for capture, key in zip(given, ids, strict=True)]


def add(connection: Connection, prepared: Sequence[Prepared], owner: str, at: str) -> list[Added]:
    """Keeps what is not there yet; for the others it says how they stand. Each id is kept once, however often given."""
    before = _there(connection, [each.id for each in prepared])
    fresh: dict[str, Prepared] = {}
    for each in prepared:
        if each.id not in before:
            fresh.setdefault(each.id, each)
    new = list(fresh.values())
    _add_blobs(connection, new)
    if new:
        connection.execute(insert(captures), [each.row for each in new])
    there = before | _there(connection, [each.id for each in new])
    kept = {key for key, row in there.items() if row["kept"]} - gone(connection).captures
    journal.append(connection, [("capture", each.id, keys.capture_digest(each.row)) for each in new], at)
    ours = [{"capture": there[each.id]["seq"], "owner": keys.safe(owner)} for each in new if each.id in kept]
    if ours:
        connection.execute(insert(pending), ours)
    held = [(there[each.id]["seq"], each.id, each.attachments) for each in prepared if each.id in kept]
    add_attachments(connection, held, [blob for each in prepared if each.id in kept for blob in each.blobs], at)
    states = _states(connection, {row["seq"]: row["id"] for row in before.values() if row["id"] in kept})
    told, seen = [], set()
    for each in prepared:
        if each.id not in kept:
            told.append(Added(each.id, "taken_down"))
        elif each.id in states:
            told.append(states[each.id])
        else:
            told.append(Added(each.id, "pending" if each.id in seen else "new"))
            seen.add(each.id)
    return told


def capture(connection: Connection, key: str) -> Capture:
    """The capture with this id, its bytes as they were found; pictures and the like come as digests without bytes.
    :class:`InputError` where there is none, :class:`TakenDownError` where it was taken down."""
    row = connection.execute(_KEPT.where(captures.c.id == key)).one_or_none()
    if row is None:
        raise _unknown(key)
    if row.content is None or is_gone(connection, key):
        raise TakenDownError(f"the capture {key} was taken down", "its bytes are gone for good; the decision says why")
    return _found(row, attachments_of(connection, [row.seq])[row.seq])


def several(connection: Connection, wanted: Sequence[str]) -> list[tuple[str, Capture]]:
    """The captures with these ids and their ids, in the order given; those that were taken down are left out.
    :class:`InputError` for one that is not there."""
    rows: dict[str, Row[Any]] = {}
    for some in chunks(sorted(set(wanted))):
        rows |= {row.id: row for row in connection.execute(_KEPT.where(captures.c.id.in_(some)))}
    held = attachments_of(connection, [row.seq for row in rows.values()])
    down = gone(connection).captures
    found = []
    for key in wanted:
        if key not in rows:
            raise _unknown(key)
        if rows[key].content is not None and key not in down:
            found.append((key, _found(rows[key], held[rows[key].seq])))
    return found


def sizes(connection: Connection, wanted: Sequence[str]) -> dict[str, int]:
    """How many bytes the captures with these ids had when they were found, in the order given."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(wanted))):
        query = select(captures.c.id, blobs.c.size).join(blobs, blobs.c.digest == captures.c.blob)
        found |= {row.id: row.size for row in connection.execute(query.where(captures.c.id.in_(some)))}
    return {key: found[key] for key in wanted}


_KEPT = select(captures, blobs.c.content).join(blobs, blobs.c.digest == captures.c.blob)


def _unknown(key: str) -> InputError:
    return InputError(f"there is no capture {key} in this store", "`tawatur list` shows what there is")


def _found(row: Row[Any], held: tuple[Attachment, ...]) -> Capture:
    return Capture(
        content=zlib.decompress(row.content),
        address=row.address,
        media_type=row.media_type,
        charset=row.charset,
        fetched=keys.time_of(row.fetched),
        kind=_kind(row.kind),
        collection=row.collection,
        item=row.item,
        title=row.title,
        published=row.published,
        outlet=row.outlet,
        listed=row.listed,
        found_at=row.found_at,
        attachments=held,
    )


def _kind(text: str) -> CaptureKind:
    for kind in get_args(CaptureKind):
        if kind == text:
            found: CaptureKind = kind
            return found
    raise InputError(f"a capture of the kind {text!r} is unknown here", "install a newer tawatur")


def _prepared(given: Capture, key: str, at: str, there: bool, known: set[str]) -> Prepared:
    content = given.content
    row = {
        "id": key,
        "series": keys.series_of(given),
        "kind": given.kind,
        "address": keys.safe(given.address),
        "media_type": keys.safe(given.media_type),
        "charset": keys.safe(given.charset),
        "collection": keys.safe(given.collection),
        "item": keys.safe(given.item),
        "title": keys.safe(given.title),
        "published": keys.safe(given.published),
        "outlet": keys.safe(given.outlet),
        "listed": keys.safe(given.listed),
        "found_at": keys.safe(given.found_at),
        "fetched": at if given.fetched is None else keys.moment(given.fetched),
        "blob": keys.digest(content),
    }
    attached = {keys.digest(each.content): each.content for each in given.attachments if each.content is not None}
    more = [blob_of(bytes_) for digest, bytes_ in attached.items() if digest not in known]
    own = () if there else (blob_of(content),)
    return Prepared(key, row, attachment_rows(given.attachments), (*own, *more))


def _add_blobs(connection: Connection, new: Sequence[Prepared]) -> None:
    own = {each.row["blob"]: blob for each in new for blob in each.blobs if blob.digest == each.row["blob"]}
    add_blobs(connection, list(own.values()))


def _there(connection: Connection, ids: Sequence[str]) -> dict[str, RowMapping]:
    """The rows of captures by id: ``seq``, ``id``, and ``kept``, whether their bytes are still there."""
    found: dict[str, RowMapping] = {}
    query = select(captures.c.seq, captures.c.id, blobs.c.content.is_not(None).label("kept"))
    query = query.join(blobs, blobs.c.digest == captures.c.blob)
    for some in chunks(sorted(set(ids))):
        found |= {row["id"]: row for row in connection.execute(query.where(captures.c.id.in_(some))).mappings()}
    return found


def _states(connection: Connection, seqs: Mapping[int, str]) -> dict[str, Added]:
    """How captures stand that were there before."""
    told = {key: Added(key, "pending") for key in seqs.values()}
    latest: dict[int, tuple[int, State]] = {}
    for some in chunks(sorted(seqs)):
        query = select(readings.c.capture, readings.c.seq, readings.c.status).where(readings.c.capture.in_(some))
        for row in connection.execute(query.order_by(readings.c.seq)):
            latest[row.capture] = (row.seq, _STATES[row.status])
    failures = {seq: at for at, (seq, status) in latest.items() if status == "failed"}
    messages: dict[int, str] = {}
    for some in chunks(sorted(failures)):
        found = select(issues.c.reading, issues.c.message).where(issues.c.reading.in_(some)).order_by(issues.c.seq)
        for reading, message in connection.execute(found):
            messages.setdefault(failures[reading], message or "")
    for at, (_, status) in latest.items():
        told[seqs[at]] = Added(seqs[at], status, messages.get(at, ""))
    return told
