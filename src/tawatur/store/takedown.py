"""Taking a report out for good: bytes, words and readings go; digests, addresses and the reason stay.

What is taken down is a report with all its versions: the captures of one series, and of every series that gave one of the
same documents. The decision of kind ``takedown`` lists the ids and digests of what was emptied; ``verify`` excuses
exactly these, and nothing brings them back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from glob import escape
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Select, delete, select, update

from tawatur.errors import InputError
from tawatur.model import Decision
from tawatur.store import derived
from tawatur.store.chunks import by_key, chunks
from tawatur.store.database import BUSY, plain_error, writing
from tawatur.store.decisions import TAKEDOWN, add, every, made
from tawatur.store.keys import canonical
from tawatur.store.reports import refresh
from tawatur.store.tables import (
    attachments,
    blobs,
    captures,
    decisions,
    documents,
    issues,
    pending,
    readings,
    records,
)

if TYPE_CHECKING:
    from tawatur.store.repository import Store

SHORTEST = 6
"""Digits of an id that must be given at least."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What decisions took down: ids of captures, digests of documents and of bytes."""

    captures: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    blobs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Takedown:
    """What a takedown did. ``shared``: digests of bytes that stay, each with the ids of the captures that have them too.
    ``left`` says why the file could not be wiped yet ("" when it was); taking the same down again tries it anew.
    ``copies`` are files beside the store from before its tables changed, which hold the words still."""

    decision: Decision
    series: tuple[str, ...]
    captures: tuple[str, ...]
    documents: tuple[str, ...]
    records: int
    shared: tuple[tuple[str, tuple[str, ...]], ...]
    left: str = ""
    copies: tuple[Path, ...] = ()


def take_down(store: Store, id: str, *, who: str, why: str) -> Takedown:
    """Takes down the report that ``id`` names: a document, a capture (six digits do, where no other has them) or a
    series. All of it happens, or after an error nothing; then the file is wiped of what was freed.

    :class:`InputError` where nothing or more than one thing has that id, and where who or why is missing.
    """
    made(TAKEDOWN, "?", "{}", who=who, why=why)  # what is missing is said before anything is looked for
    with writing(store.engine) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        done = _take_down(connection, id.strip(), who, why)
    if store.engine.dialect.name != "sqlite":
        return done
    copies = sorted(store.path.parent.glob(f"{escape(store.path.name)}.before-*"))
    return replace(done, left=wipe(store), copies=tuple(copies))


def gone(connection: Connection) -> Gone:
    """All that was ever taken down."""
    found: dict[str, set[str]] = {"captures": set(), "documents": set(), "blobs": set()}
    for decision in every(connection, kind=TAKEDOWN):
        for name, ids in found.items():
            ids.update(json.loads(decision.value)[name])
    return Gone(**{name: frozenset(ids) for name, ids in found.items()})


def is_gone(connection: Connection, capture: str) -> bool:
    """Whether the capture with this id was taken down; without reading all that :func:`gone` reads."""
    said = decisions.c.value.contains(f'"{capture}"', autoescape=True)
    likely = select(decisions.c.value).where(decisions.c.kind == TAKEDOWN, said)
    return any(capture in json.loads(value)["captures"] for value in connection.execute(likely).scalars())


def wipe(store: Store) -> str:
    """Writes the SQLite file anew without what was freed in it, and empties its log. Returns why that could not be
    done ("" when it was): the disk has too little room for a second copy, or others are still reading."""
    try:
        with closing(sqlite3.connect(store.path, timeout=BUSY, isolation_level=None)) as raw:
            raw.execute("PRAGMA secure_delete = ON")
            raw.execute("VACUUM")
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        return str(plain_error(error, store.path) or error)
    return f"others have been reading {store.path} all the time, and its log still holds the words" if busy else ""


def _take_down(connection: Connection, name: str, who: str, why: str) -> Takedown:
    seqs, series = _reach(connection, _named(connection, name))
    kept = by_key(connection, captures.c.seq, seqs, captures.c.id)
    read = _rows(connection, select(readings.c.seq, readings.c.document), readings.c.capture, seqs)
    texts = by_key(connection, documents.c.seq, {r.document for r in read if r.document}, documents.c.digest)
    ids = by_key(connection, documents.c.seq, texts, documents.c.id)
    own = set(by_key(connection, captures.c.seq, seqs, captures.c.blob).values())
    beside = _rows(connection, select(attachments.c.seq, attachments.c.blob), attachments.c.capture, seqs)
    bytes_ = set(by_key(connection, blobs.c.digest, own | {r.blob for r in beside if r.blob}, blobs.c.digest))
    shared = _shared(connection, bytes_, set(seqs))
    value = {
        "series": sorted(series),
        "captures": sorted(kept.values()),
        "documents": sorted(texts.values()),
        "blobs": sorted(bytes_ - shared.keys()),
    }
    said = canonical(value).decode()
    # what was taken down before, with nothing new to it since, needs no second decision
    decision = next((d for d in every(connection, kind=TAKEDOWN) if d.value == said), None)
    if decision is None:
        decision = add(connection, made(TAKEDOWN, min(series), said, who=who, why=why))
    rows = _empty(connection, seqs, [r.seq for r in read], sorted(texts), value["blobs"], [r.seq for r in beside])
    refresh(connection, series)
    return Takedown(
        decision,
        tuple(value["series"]),
        tuple(value["captures"]),
        tuple(sorted(ids.values())),
        rows,
        tuple(sorted((digest, tuple(others)) for digest, others in shared.items())),
    )


def _named(connection: Connection, name: str) -> set[str]:
    """The series of what has this id: exactly that, else the beginning of one capture's or document's id."""
    of_document = (
        select(captures.c.series, documents.c.id)
        .join(readings, readings.c.capture == captures.c.seq)
        .join(documents, documents.c.seq == readings.c.document)
    )
    of_capture = select(captures.c.series, captures.c.id)
    exact = [
        {row.series for row in connection.execute(query)}
        for query in (
            of_document.where(documents.c.id == name),
            of_capture.where(captures.c.id == name),
            of_capture.where(captures.c.series == name),
        )
    ]
    whole = set[str]().union(*exact)
    if any(one and other and one.isdisjoint(other) for one, other in combinations(exact, 2)):
        raise InputError(f"several reports go by {name!r}: {', '.join(sorted(whole))}", "give the id of a capture")
    if whole:
        return whole
    if len(name) >= SHORTEST:
        begun = [
            *connection.execute(of_document.where(documents.c.id.startswith(name, autoescape=True))),
            *connection.execute(of_capture.where(captures.c.id.startswith(name, autoescape=True))),
        ]
        if len({row.id for row in begun}) > 1:
            raise InputError(f"several things have an id that begins with {name}", "give more of it")
        if begun:
            return {row.series for row in begun}
    raise InputError(f"nothing in this store has the id {name!r}", "`tawatur list` shows the ids")


def _reach(connection: Connection, series: set[str]) -> tuple[list[int], set[str]]:
    """The captures (``seq``) of these series, and of the series that gave one of the same documents, and so on."""
    reached: set[str] = set()
    seqs: set[int] = set()
    while series:
        reached |= series
        rows = _rows(connection, select(captures.c.seq), captures.c.series, series)
        seqs |= {row.seq for row in rows}
        read = _rows(connection, select(readings.c.document), readings.c.capture, {row.seq for row in rows})
        query = select(captures.c.series).join(readings, readings.c.capture == captures.c.seq)
        texts = {row.document for row in read if row.document}
        series = {row.series for row in _rows(connection, query, readings.c.document, texts)} - reached
    return sorted(seqs), reached


def _shared(connection: Connection, digests: set[str], leaving: set[int]) -> dict[str, list[str]]:
    """Which of these bytes captures that stay have too, and the ids of those."""
    own = select(captures.c.seq, captures.c.id, captures.c.blob)
    beside = select(captures.c.seq, captures.c.id, attachments.c.blob).join(
        attachments, attachments.c.capture == captures.c.seq
    )
    found: dict[str, set[str]] = {}
    already = gone(connection).captures
    for row in (
        *_rows(connection, own, captures.c.blob, digests),
        *_rows(connection, beside, attachments.c.blob, digests),
    ):
        if row.seq not in leaving and row.id not in already:
            found.setdefault(row.blob, set()).add(row.id)
    return {digest: sorted(ids) for digest, ids in found.items()}


def _empty(
    connection: Connection,
    seqs: Sequence[int],
    read: Sequence[int],
    texts: Sequence[int],
    digests: Sequence[str],
    beside: Sequence[int],
) -> int:
    """Takes the words out of all tables; returns how many records went. The tables of events are emptied: they are
    worked out anew from what stays."""
    went = 0
    for each in reversed(derived.tables()):
        connection.execute(delete(each))
    for of_reading in chunks(read):
        went += connection.execute(delete(records).where(records.c.reading.in_(of_reading))).rowcount
        connection.execute(update(readings).where(readings.c.seq.in_(of_reading)).values(content=None))
        connection.execute(update(issues).where(issues.c.reading.in_(of_reading)).values(message=None))
    for of_text in chunks(texts):
        connection.execute(update(documents).where(documents.c.seq.in_(of_text)).values(content=None, title=None))
    for of_bytes in chunks(digests):
        connection.execute(update(blobs).where(blobs.c.digest.in_(of_bytes)).values(content=None))
    for of_attachment in chunks(beside):
        connection.execute(update(attachments).where(attachments.c.seq.in_(of_attachment)).values(author=""))
    for of_capture in chunks(seqs):
        connection.execute(update(captures).where(captures.c.seq.in_(of_capture)).values(title=""))
        connection.execute(delete(pending).where(pending.c.capture.in_(of_capture)))
        met_at = select(captures.c.found_at).where(captures.c.seq.in_(of_capture), captures.c.found_at != "")
        unread = issues.c.reading.is_(None) & issues.c.found_at.in_(met_at)
        connection.execute(update(issues).where(unread).values(message=None))
    return went


def _rows(connection: Connection, query: Select[Any], column: Column[Any], keys: Iterable[Any]) -> list[Any]:
    return [row for some in chunks(sorted(set(keys))) for row in connection.execute(query.where(column.in_(some)))]
