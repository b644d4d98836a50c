"""The hash chain of a store, worked out again, and held against what was added: each thing has one entry, each entry its
thing, and the entry's digest is that of the thing as it lies here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, func, select

from tawatur.model import Generation
from tawatur.store import journal, keys
from tawatur.store.decisions import TAKEDOWN, digest_of, every, id_of
from tawatur.store.tables import attachments, captures, decisions, generations, head, readings
from tawatur.store.tables import journal as rows
from tawatur.store.takedown import Gone

_ROWS = 1000


def check_links(connection: Connection, noted: tuple[int, str] | None) -> Iterator[str]:
    """Every link follows from the one before it; the end is the one in ``head``; a noted end lies in the chain."""
    seq, link, broken = 0, journal.GENESIS, False
    found = noted is None or noted == (0, journal.GENESIS)
    for row in _stream(connection, select(rows).order_by(rows.c.seq)):
        if row.seq != seq + 1:
            yield f"journal {row.seq}: it follows on {seq}, and what was between is gone"
        if row.link != journal.link(link, row.seq, row.at, row.kind, row.subject, row.digest) and not broken:
            yield f"journal {row.seq}: its link does not follow from what stands before it"
            broken = True  # one change breaks all links behind it; the first place is what helps
        seq, link = row.seq, row.link
        found = found or (row.seq, row.link) == noted
    ends = connection.execute(select(head.c.id, head.c.seq, head.c.link)).all()
    if [tuple(end) for end in ends] != [(1, seq, link)]:
        told = f"{ends[0].seq}:{ends[0].link}" if len(ends) == 1 else f"{len(ends)} rows"
        yield f"head: it says {told}, and the journal ends with {seq}:{link}"
    if not found and noted is not None:
        yield f"head: {noted[0]}:{noted[1]} was noted, and the journal has no such link"


def check_captures(connection: Connection, gone: Gone) -> Iterator[str]:
    """Captures are those of their id and of their entry."""
    query = select(captures, rows.c.digest.label("noted")).outerjoin(
        rows, (rows.c.kind == "capture") & (rows.c.subject == captures.c.id)
    )
    for _, entries in groupby(_stream(connection, query.order_by(captures.c.seq)), key=attrgetter("seq")):
        row, *more = entries
        name = f"captures {row.id}"
        if row.noted is None or more:
            yield f"{name}: it has {len(more) + (row.noted is not None)} entries in the journal"
        if row.id in gone.captures:
            if row.title:
                yield f"{name}: it was taken down and its title is here"
            continue
        said = row._asdict()
        if keys.capture_row_id(said) != row.id:
            yield f"{name}: what is said of it does not give its id"
        if row.noted is not None and keys.capture_digest(said) != row.noted:
            yield f"{name}: it is not what the journal noted"
    there = select(captures.c.id).where(captures.c.id == rows.c.subject).exists()
    yield from _without(connection, select(rows.c.seq, rows.c.subject).where(rows.c.kind == "capture", ~there))


def check_readings(connection: Connection) -> Iterator[str]:
    """Each reading has one entry with its digest. That the digest is that of its content is looked at elsewhere."""
    subject = captures.c.id + " " + generations.c.id
    query = (
        select(readings.c.seq, readings.c.digest, subject.label("subject"), rows.c.digest.label("noted"))
        .join(captures, captures.c.seq == readings.c.capture)
        .join(generations, generations.c.seq == readings.c.generation)
        .outerjoin(rows, (rows.c.kind == "reading") & (rows.c.subject == subject))
        .order_by(readings.c.seq)
    )
    for _, entries in groupby(_stream(connection, query), key=attrgetter("seq")):
        row, *more = entries
        if row.noted is None or more:
            yield f"readings {row.subject}: it has {len(more) + (row.noted is not None)} entries in the journal"
        elif row.noted != row.digest:
            yield f"readings {row.subject}: it is not what the journal noted"
    entry = select(rows.c.seq, rows.c.subject).where(rows.c.kind == "reading")
    for row in _stream(connection, entry.order_by(rows.c.seq)):
        capture, _, generation = row.subject.partition(" ")
        there = (
            select(readings.c.seq)
            .join(captures, captures.c.seq == readings.c.capture)
            .join(generations, generations.c.seq == readings.c.generation)
            .where(captures.c.id == capture, generations.c.id == generation)
        )
        if connection.execute(there).first() is None:
            yield f"journal {row.seq}: the reading {row.subject} that it notes is not here"


def check_generations(connection: Connection) -> Iterator[str]:
    """Generations are those of their id and of their one entry."""
    for row in connection.execute(select(generations)).all():
        made = Generation(row.name, row.version, row.digest)
        if made.id != row.id:
            yield f"generations {row.id}: what is said of it does not give its id"
        yield from _entry(connection, "generation", row.id, keys.generation_digest(made), f"generations {row.id}")
    there = select(generations.c.id).where(generations.c.id == rows.c.subject).exists()
    yield from _without(connection, select(rows.c.seq, rows.c.subject).where(rows.c.kind == "generation", ~there))


def check_archives(connection: Connection) -> Iterator[str]:
    """The outside archives of each capture are those that the journal noted."""
    query = (
        select(attachments, captures.c.id.label("of"))
        .join(captures, captures.c.seq == attachments.c.capture)
        .where(attachments.c.kind == "archive")
        .order_by(attachments.c.capture, attachments.c.seq)
    )
    noted_in_all = 0
    for of, entries in groupby(_stream(connection, query), key=attrgetter("of")):
        have = Counter(keys.archive_digest(of, a.address, a.date, a.media_type, a.blob) for a in entries)
        entry = select(rows.c.digest).where(rows.c.kind == "archive", rows.c.subject == of)
        want = Counter(connection.execute(entry).scalars())
        noted_in_all += sum(want.values())
        if have != want:
            yield f"attachments of {of}: its outside archives are not those that the journal noted"
    total = connection.execute(select(func.count()).select_from(rows).where(rows.c.kind == "archive")).scalar_one()
    if total != noted_in_all:
        yield f"attachments: the journal notes {total} outside archives, {noted_in_all} of captures that have some"


def check_decisions(connection: Connection) -> Iterator[str]:
    """Decisions are those of their id and their entry; each takes back an earlier one on the same subject, if any."""
    taken: Counter[str] = Counter()
    earlier: dict[str, tuple[str, str]] = {}
    for decision in every(connection):
        name = f"decisions {decision.id}"
        # how often the same was decided before is part of the id
        what = id_of(decision, 0)
        if id_of(decision, taken[what]) != decision.id:
            yield f"{name}: what was decided does not give its id"
        taken[what] += 1
        if decision.undoes:
            kind, subject = earlier.get(decision.undoes, ("", ""))
            if not kind:
                yield f"{name}: it takes back {decision.undoes}, which does not stand before it"
            elif kind == TAKEDOWN or subject != decision.subject:
                yield f"{name}: it takes back {decision.undoes}, which it cannot"
        earlier[decision.id] = (decision.kind, decision.subject)
        yield from _entry(connection, "decision", decision.id, digest_of(decision), name)
    there = select(decisions.c.id).where(decisions.c.id == rows.c.subject).exists()
    yield from _without(connection, select(rows.c.seq, rows.c.subject).where(rows.c.kind == "decision", ~there))
    kinds = ("capture", "generation", "reading", "archive", "decision")
    for row in connection.execute(select(rows.c.seq, rows.c.kind).where(rows.c.kind.not_in(kinds))):
        yield f"journal {row.seq}: nothing is of the kind {row.kind!r}"


def _entry(connection: Connection, kind: str, subject: str, digest: str, name: str) -> Iterator[str]:
    query = select(rows.c.digest).where(rows.c.kind == kind, rows.c.subject == subject)
    noted = connection.execute(query).scalars().all()
    if len(noted) != 1:
        yield f"{name}: it has {len(noted)} entries in the journal"
    elif noted[0] != digest:
        yield f"{name}: it is not what the journal noted"


def _without(connection: Connection, query: Select[Any]) -> Iterator[str]:
    for row in _stream(connection, query.order_by(rows.c.seq)):
        yield f"journal {row.seq}: {row.subject}, which it notes, is not here"


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from connection.execute(query.execution_options(yield_per=_ROWS))
