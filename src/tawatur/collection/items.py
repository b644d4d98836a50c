"""An event as counts see it."""

from __future__ import annotations

from tawatur.events.scope import Item
from tawatur.model import Record
from tawatur.origins.view import EventView


def item_of(view: EventView) -> Item:
    """The days, places, types, parties and origins by which a count may mean the event."""
    told = [t.record for t in view.tolds]
    # whom a denial names is named by who denies
    records: list[Record] = [r for r in told if r.status != "denied"] or told
    event = view.event
    return Item(
        event.id,
        event.first,
        event.last,
        event.window_basis != "told",
        (event.place,) if event.place is not None else (),
        frozenset(r.type for r in records),
        frozenset(r.actor.entity for r in records if r.actor is not None and r.actor.entity),
        frozenset(r.target.entity for r in records if r.target is not None and r.target.entity),
        frozenset(o.key for group in view.grade.origins for o in group),
        event.members,
        view.grade.grade == "denied",
    )
