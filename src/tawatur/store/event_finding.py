"""Events in the books, by days and by what they are found by, and the statements that deny something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from tawatur.store.chunks import chunks
from tawatur.store.derived import events, facets, names, placed
from tawatur.store.tables import records


@dataclass(frozen=True, slots=True)
class Sought:
    """What an event may be found by: a kind and a value, or a part of one (``part``), or how one begins (``head``)."""

    kind: str
    value: str
    how: Literal["whole", "part", "head"] = "whole"


def contents(connection: Connection, ids: Iterable[str] | None = None) -> list[str]:
    """What events say (JSON), by day and id; all where no ids are given."""
    query = select(events.c.content).order_by(events.c.first.is_(None), events.c.first, events.c.id)
    if ids is None:
        return list(connection.execute(query).scalars())
    return [
        c for some in chunks(sorted(set(ids))) for c in connection.execute(query.where(events.c.id.in_(some))).scalars()
    ]


def ids(
    connection: Connection,
    first: str | None = None,
    last: str | None = None,
    sought: Iterable[Sequence[Sought]] = (),
) -> list[str]:
    """The ids of events by day and id: those that may have happened on the days ``first`` to ``last`` and have, of each
    of ``sought``, one."""
    query = select(events.c.id).order_by(events.c.first.is_(None), events.c.first, events.c.id)
    if first is not None:
        query = query.where(events.c.last >= first)
    if last is not None:
        query = query.where(events.c.first <= last)
    for choices in sought:
        query = query.where(events.c.id.in_(select(names.c.event).where(or_(*map(_where, choices)))))
    return list(connection.execute(query).scalars())


def _where(sought: Sought) -> ColumnElement[bool]:
    value = names.c.value
    if sought.how == "part":
        return and_(names.c.kind == sought.kind, value.contains(sought.value, autoescape=True))
    if sought.how == "head":
        return and_(names.c.kind == sought.kind, value.startswith(sought.value, autoescape=True))
    return and_(names.c.kind == sought.kind, value == sought.value)


def values(connection: Connection, kind: str) -> list[str]:
    """All values of a kind that events are found by."""
    return list(connection.execute(select(names.c.value).where(names.c.kind == kind).distinct()).scalars())


def begun(connection: Connection, start: str, most: int = 2) -> list[str]:
    """The first ids of events that begin so."""
    query = select(events.c.id).where(events.c.id >= start, events.c.id < start + "\U0010ffff")
    return list(connection.execute(query.order_by(events.c.id).limit(most)).scalars())


@dataclass(frozen=True, slots=True)
class Place:
    """A document in the tables of events: its id, its day, the key of its descent."""

    document: str
    published: str | None
    lineage: str


def places(connection: Connection) -> list[Place]:
    """All documents that are placed, by id."""
    query = select(placed.c.document, placed.c.published, placed.c.lineage).order_by(placed.c.document)
    return [Place(*row) for row in connection.execute(query)]


def documents(connection: Connection) -> list[tuple[str, str]]:
    """All records that belong to events, each with its document."""
    return [(row.record, row.document) for row in connection.execute(select(facets.c.record, facets.c.document))]


def of_kind(connection: Connection, kind: str, type_: str) -> list[tuple[str, str]]:
    """The records of a kind and type in placed readings, each with its document."""
    query = (
        select(records.c.id, placed.c.document)
        .join(placed, placed.c.reading == records.c.reading)
        .where(records.c.kind == kind, records.c.type == type_)
        .order_by(records.c.id)
    )
    return [(row.id, row.document) for row in connection.execute(query)]


def spans(connection: Connection) -> list[tuple[str, str, str]]:
    """The first and the last day on which a report of an event was published, by event; without any it is left out."""
    query = (
        select(facets.c.event, func.min(placed.c.published), func.max(placed.c.published))
        .join(placed, placed.c.document == facets.c.document)
        .where(placed.c.published.is_not(None))
        .group_by(facets.c.event)
    )
    return [(event, first, last) for event, first, last in connection.execute(query)]
