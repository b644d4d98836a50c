"""The hash chain: a row for everything that was added or decided, each linked to the one before it.

A link is the hash of the link before it and of its own row, so that nothing behind the end can be changed, moved or
taken out without all links after it being other ones. ``head`` holds the end; who writes holds ``head``.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update

from tawatur.errors import TawaturError
from tawatur.store.keys import canonical, digest, safe
from tawatur.store.tables import head, journal

GENESIS = "0" * 64
"""The link before the first row."""

Entry = tuple[str, str, str]
"""Kind (capture, generation, reading, archive, decision), subject (the id of what was added), digest of it."""


def begin(connection: Connection) -> None:
    """Puts the empty chain into a new store."""
    connection.execute(insert(head).values(id=1, seq=0, link=GENESIS))


def link(previous: str, seq: int, at: str, kind: str, subject: str, digest_: str) -> str:
    """The link of a row after the link ``previous``."""
    return digest(canonical([previous, seq, at, kind, subject, digest_]))


def end(connection: Connection) -> tuple[int, str]:
    """How many rows the chain has, and its last link."""
    found = connection.execute(select(head.c.seq, head.c.link).where(head.c.id == 1)).one_or_none()
    if found is None:
        raise TawaturError(
            "the end of the journal is missing from the store", "run `tawatur verify`, or restore from a dump"
        )
    return found.seq, found.link


def append(connection: Connection, entries: Sequence[Entry], at: str) -> tuple[int, str]:
    """Adds a row for each entry and gives the new end. To be called inside :func:`~tawatur.store.database.writing`."""
    seq, last = end(connection)
    if not entries:
        return seq, last
    highest = connection.execute(select(func.max(journal.c.seq))).scalar() or 0
    if highest != seq:
        raise TawaturError(
            f"the journal has {highest} rows and its end says {seq}", "run `tawatur verify`, or restore from a dump"
        )
    rows = []
    for kind, subject, what in entries:
        seq += 1
        subject = safe(subject)
        last = link(last, seq, at, kind, subject, what)
        rows.append({"seq": seq, "at": at, "kind": kind, "subject": subject, "digest": what, "link": last})
    connection.execute(insert(journal), rows)
    connection.execute(update(head).where(head.c.id == 1).values(seq=seq, link=last))
    return seq, last
