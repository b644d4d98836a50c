"""Which reports there are: the version of each that counts now, latest day first."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from tawatur.store.keys import safe, time_of
from tawatur.store.tables import captures, documents, generations, readings, reports

_ROWS = 500
_OPENING = 120
"""Characters of a text that stand for a title."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A report: its document as it counts now, how many records that has, and how many versions were captured.
    ``published`` is the day as the reader has it; ``generation`` is that reader; ``opening`` are the first words of a
    report that has no title."""

    id: str
    title: str
    published: date | None
    url: str
    outlet: str
    language: str
    fetched: datetime
    records: int
    versions: int
    series: str
    digest: str
    capture: str
    generation: str
    opening: str = ""


def listed(
    connection: Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    outlet: str = "",
    language: str = "",
    text: str = "",
    limit: int | None = None,
) -> Iterator[Listed]:
    """The reports published from ``since`` to ``until`` (both included; those without a day are left out where one is
    given), of an outlet, in a language, with ``text`` somewhere in title or text, in capitals or not; at most ``limit``."""
    query = _query(with_content=bool(text))
    if since is not None:
        query = query.where(readings.c.published >= since.isoformat())
    if until is not None:
        query = query.where(readings.c.published <= until.isoformat())
    if outlet:
        query = query.where(documents.c.outlet == safe(outlet))
    if language:
        query = query.where(documents.c.language == safe(language))
    if not text:
        query = query.limit(limit)
    left = limit
    wanted = text.casefold()
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        if left == 0:
            return
        if wanted and not _has(row, wanted):
            continue
        if left is not None:
            left -= 1
        fetched = time_of(row.fetched)
        assert fetched is not None
        yield Listed(
            id=row.id,
            title=row.title or "",
            published=date.fromisoformat(row.published) if row.published else None,
            url=row.url,
            outlet=row.outlet,
            language=row.language,
            fetched=fetched,
            records=row.records,
            versions=row.versions,
            series=row.series,
            digest=row.digest,
            capture=row.capture,
            generation=row.generation,
            opening=" ".join(_text(row.untitled)[: 2 * _OPENING].split())[:_OPENING] if row.untitled else "",
        )


def _query(*, with_content: bool) -> Select[Any]:
    versions = captures.alias("versions")
    count = select(func.count()).select_from(versions).where(versions.c.series == reports.c.series).scalar_subquery()
    query: Select[Any] = select(
        documents.c.id,
        documents.c.title,
        readings.c.published,
        documents.c.url,
        documents.c.outlet,
        documents.c.language,
        captures.c.fetched,
        readings.c.records,
        count.label("versions"),
        reports.c.series,
        documents.c.digest,
        captures.c.id.label("capture"),
        generations.c.id.label("generation"),
        case((func.coalesce(documents.c.title, "") == "", documents.c.content)).label("untitled"),
    )
    if with_content:
        query = query.add_columns(documents.c.content)
    return (
        query.select_from(reports)
        .join(captures, captures.c.seq == reports.c.capture)
        .join(readings, readings.c.seq == reports.c.reading)
        .join(generations, generations.c.seq == readings.c.generation)
        .join(documents, documents.c.seq == reports.c.document)
        .order_by(func.coalesce(readings.c.published, "").desc(), captures.c.seq.desc())
    )


def _has(row: Any, wanted: str) -> bool:
    if wanted in (row.title or "").casefold():
        return True
    return wanted in _text(row.content).casefold()


def _text(content: bytes) -> str:
    text: str = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))["text"]
    return text
