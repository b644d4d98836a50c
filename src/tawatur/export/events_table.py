"""Events as a table for the terminal: when, what, where, how well attested, by how many origins in how many reports."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from tawatur.export.cells import Text
from tawatur.export.listing import isolated, printed
from tawatur.origins.grades import NAMES
from tawatur.origins.view import EventView


def events_table(views: Iterable[EventView], width: int) -> str:
    """``views`` as a table of ``width`` columns, a count below."""
    from rich import box

    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1), header_style="bold")
    grid.add_column("Event", no_wrap=True, max_width=10)
    grid.add_column("Day", no_wrap=True)
    grid.add_column("What", no_wrap=True)
    grid.add_column("Where", overflow="fold", ratio=2)
    grid.add_column("Grade", no_wrap=True)
    grid.add_column("Origins", justify="right", no_wrap=True)
    grid.add_column("Reports", justify="right", no_wrap=True)
    count = 0
    for view in views:
        count += 1
        docs = {a.doc for a in view.accounts}
        grid.add_row(
            view.event.id[:10], day_words(view), view.event.type, Text(place_words(view)), NAMES[view.grade.grade].en,
            str(len(view.grade.origins)), str(len(docs)),
        )  # fmt: skip
    return printed(grid, width) + f"{count:,} {'event' if count == 1 else 'events'}\n"


def day_words(view: EventView) -> str:
    """The day or days of an event; "about" where they were inferred from publication."""
    first, last = view.event.first, view.event.last
    if first is None or last is None:
        return "unknown"
    days = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()[5:]}"
    return days if view.event.window_basis == "told" else f"about {days}"


def place_words(view: EventView) -> str:
    """The name of the place, and its country."""
    place = view.event.place
    if place is None:
        return ""
    name = isolated(place.label.en or place.label.ar or place.span.text)
    return f"{name}, {place.country}" if place.country else name
