"""From an id, or its beginning, to what it names: a document, a record or a capture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Connection, select

from tawatur.errors import InputError
from tawatur.model import Capture
from tawatur.store.keys import safe, series_of
from tawatur.store.tables import captures, documents, readings, records, reports

SHORTEST = 6
"""Characters of an id that are enough, where only one id begins with them."""

_SHOWN = 5
_LAST = "\U0010ffff"

Kind = Literal["document", "record", "capture"]

_IDS: tuple[tuple[Kind, Column[Any]], ...] = (
    ("document", documents.c.id),
    ("record", records.c.id),
    ("capture", captures.c.id),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What an id names: its kind, the whole id, and the id of the document that it belongs to ("" for a capture that
    was not read)."""

    kind: Kind
    id: str
    document: str


def find(connection: Connection, given: str) -> Found:
    """What ``given`` names: a whole id or an address, else the beginning of exactly one id. :class:`InputError` for none
    or several."""
    key = safe(given.strip())
    for kind, column in _IDS:
        if key and connection.execute(select(column).where(column == key).limit(1)).first() is not None:
            return Found(kind, key, _document(connection, kind, key))
    if "://" in key:
        return _at(connection, key)
    if len(key) < SHORTEST:
        raise InputError(
            f"there is no document, record or capture {given!r}", f"give an id, or its first {SHORTEST} characters"
        )
    begun: list[tuple[Kind, str]] = []
    for kind, column in _IDS:
        # one more than is shown, to know whether there are more
        query = select(column).where(column >= key, column < key + _LAST).distinct().limit(_SHOWN + 1)
        begun += [(kind, each) for each in connection.execute(query).scalars() if each.startswith(key)]
    if not begun:
        raise InputError(f"there is no document, record or capture {given!r}", "`tawatur list` shows the documents")
    if len(begun) > 1:
        shown = ", ".join(f"{each} ({kind})" for kind, each in begun[:_SHOWN])
        more = " and more" if len(begun) > _SHOWN else ""
        raise InputError(f"{len(begun[:_SHOWN])} ids{more} begin with {given!r}: {shown}", "give more of the id")
    kind, whole = begun[0]
    return Found(kind, whole, _document(connection, kind, whole))


def _at(connection: Connection, address: str) -> Found:
    """The report at an address: the version that counts; where another address has the same, that one's document."""
    query = (
        select(captures.c.id)
        .outerjoin(reports, reports.c.capture == captures.c.seq)
        .where(captures.c.series == series_of(Capture(b"", address=address)))
        .order_by(reports.c.capture.is_(None), captures.c.fetched.desc(), captures.c.seq.desc())
    )
    for capture in connection.execute(query).scalars():
        document = _document(connection, "capture", capture)
        if document:
            return Found("document", document, document)
    raise InputError(f"there is no report from {address}", "`tawatur list` shows the documents")


def _document(connection: Connection, kind: Kind, key: str) -> str:
    """The id of the document; of several that have it, the one that counts now, else the one read last."""
    if kind == "document":
        return key
    query = select(documents.c.id).join(readings, readings.c.document == documents.c.seq)
    if kind == "record":
        query = query.join(records, records.c.reading == readings.c.seq).where(records.c.id == key)
    else:
        query = query.join(captures, captures.c.seq == readings.c.capture).where(captures.c.id == key)
    query = query.outerjoin(reports, reports.c.reading == readings.c.seq)
    query = query.order_by(reports.c.reading.is_(None), readings.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or ""
