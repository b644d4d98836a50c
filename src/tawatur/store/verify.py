"""All of a store worked out again: what was changed, taken out or put in between is told, a plain line each.

Everything is looked at in one snapshot, while others may go on writing, and a few rows at a time. What was taken down is
excused exactly as far as the decisions say. What the chain cannot show stands in ``docs/store.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from tawatur.errors import InputError, TawaturError
from tawatur.store import journal, verify_chain, verify_contents
from tawatur.store.chunks import chunks
from tawatur.store.counting import counts
from tawatur.store.database import reading
from tawatur.store.hashing import content_hash
from tawatur.store.reports import holder, versions_of
from tawatur.store.tables import captures, pending, readings, reports
from tawatur.store.takedown import Gone, gone

if TYPE_CHECKING:
    from tawatur.store.repository import Store

MOST = 1000
"""Findings that are kept; of more, only the number is told."""

Check = Callable[[], Iterator[str]]
Progress = Callable[[str, int, int], None]
"""Hears the name of the step that begins, its number from 1, and how many there are."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: a line for each thing that is wrong, naming table and id (none: the store is sound); how much
    there is of what; and the content hash and end of the chain, as ``seq`` and link."""

    findings: tuple[str, ...]
    counts: dict[str, int]
    content_hash: str
    head: tuple[int, str]


def verify(store: Store, *, head: str = "", progress: Progress | None = None) -> Verified:
    """Checks all of the store. ``head`` is an end of the chain noted earlier, ``seq:link``, which must lie in it;
    :class:`InputError` where it is not written so. What is wrong with the store is a finding, never an error."""
    noted = _noted(head)
    findings: list[str] = []
    over = 0
    with reading(store.engine) as connection:
        told, fault = _told(connection)  # the first look at the file, from which on it is seen as it is now
        steps = _steps(connection, noted)
        for number, (name, check) in enumerate(steps.items(), start=1):
            if progress is not None:
                progress(name, number, len(steps))
            for finding in _careful(name, check):
                if len(findings) < MOST:
                    findings.append(" ".join(finding.split()))
                else:
                    over += 1
        if over:
            findings.append(f"and {over} more")
    if fault and not findings:
        findings.append(fault)
    return Verified(tuple(findings), *told)


def _steps(connection: Connection, noted: tuple[int, str] | None) -> dict[str, Check]:
    down: list[Gone] = []

    def taken_down() -> Gone:
        if not down:
            down.append(gone(connection))
        return down[0]

    return {
        "file": lambda: _file(connection),
        "journal": lambda: verify_chain.check_links(connection, noted),
        "decisions": lambda: verify_chain.check_decisions(connection),
        "generations": lambda: verify_chain.check_generations(connection),
        "blobs": lambda: verify_contents.check_blobs(connection, taken_down()),
        "captures": lambda: verify_chain.check_captures(connection, taken_down()),
        "archives": lambda: verify_chain.check_archives(connection),
        "documents": lambda: verify_contents.check_documents(connection, taken_down()),
        "readings": lambda: verify_contents.check_readings(connection, taken_down()),
        "entries of readings": lambda: verify_chain.check_readings(connection),
        "pending": lambda: _pending(connection, taken_down()),
        "reports": lambda: _reports(connection),
    }


def _careful(name: str, check: Check) -> Iterator[str]:
    """The findings of a step; where the file is damaged so that it cannot go on, that is one."""
    try:
        yield from check()
    except (TawaturError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{name}: this could not be looked at to the end: {error or type(error).__name__}"


def _file(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds."""
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(100)"):
        if line != "ok":
            yield f"file: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{row[0]} row {row[1]}: it points at nothing in {row[2]}"


def _pending(connection: Connection, down: Gone) -> Iterator[str]:
    """Each capture is read or waits to be, not both, or was taken down."""
    read = select(readings.c.seq).where(readings.c.capture == captures.c.seq).exists()
    waits = select(pending.c.capture).where(pending.c.capture == captures.c.seq).exists()
    for row in connection.execute(select(captures.c.id, captures.c.blob).where(~read, ~waits)):
        if row.id not in down.captures and row.blob not in down.blobs:
            yield f"captures {row.id}: it was not read and does not wait to be"
    for key in connection.execute(select(captures.c.id).where(waits, read)).scalars():
        yield f"pending {key}: it waits to be read and was read"
    for key in connection.execute(select(captures.c.id).where(waits)).scalars():
        if key in down.captures:
            yield f"pending {key}: it waits to be read and was taken down"


def _reports(connection: Connection) -> Iterator[str]:
    """The rows of ``reports`` are those that the rule gives (see ``reports.refresh``)."""
    every = connection.execute(select(captures.c.series).distinct().order_by(captures.c.series)).scalars().all()
    seen = 0
    for some in chunks(every):
        want: dict[str, Any] = {}
        for row in connection.execute(versions_of(some)):
            want[row.series] = row
        have = {r.series: r for r in connection.execute(select(reports).where(reports.c.series.in_(some)))}
        seen += len(have)
        for series in some:
            best = want.get(series)
            told = have.get(series)
            due = (best.capture, holder(connection, best), best.document) if best and best.home == series else None
            if due != ((told.capture, told.reading, told.document) if told else None):
                yield f"reports {series}: it does not point at the version and reading that count"
    if seen != connection.execute(select(func.count()).select_from(reports)).scalar_one():
        yield "reports: it has rows of series that nothing was captured of"


def _told(connection: Connection) -> tuple[tuple[dict[str, int], str, tuple[int, str]], str]:
    """Counts, content hash and end; empty ones and what is wrong where the file is too damaged to tell."""
    try:
        return (counts(connection), content_hash(connection), journal.end(connection)), ""
    except (TawaturError, ValueError, TypeError, AttributeError) as error:
        return ({}, "", (0, "")), f"file: {error}"


def _noted(head: str) -> tuple[int, str] | None:
    if not head:
        return None
    matched = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", head.strip())
    if not matched:
        raise InputError(
            f"{head[:100]!r} is no end of a journal", "give it as verify prints it: a number, a colon, 64 hex digits"
        )
    return int(matched[1]), matched[2]
