"""``tawatur events`` and ``tawatur event``: what happened, by the reports of a store, and who says so."""

from __future__ import annotations

import click

from tawatur.cli.listing import day_option
from tawatur.cli.store import form_option, output_option, store_option

_GRADES = ("confirmed", "fair", "single_origin", "contested", "denied", "unattributed")


@click.command()
@click.option("--since", metavar="DATE", help="On this day or later.")
@click.option("--until", metavar="DATE", help="On this day or earlier.")
@click.option(
    "--place", default="", metavar="NAME", help="At this place (a part of its name, an id, a country's code)."
)
@click.option("--party", default="", metavar="NAME", help="By, against or told by this party (a name or an id).")
@click.option("--type", "type_", default="", metavar="TYPE", help="Of this type or family: strike, strike.drone, ...")
@click.option("--grade", type=click.Choice(_GRADES), help="Of this grade.")
@form_option
@output_option
@store_option
@click.pass_context
def events(
    context: click.Context,
    since: str | None,
    until: str | None,
    place: str,
    party: str,
    type_: str,
    grade: str | None,
    form: str,
    output: str | None,
    store: str | None,
) -> None:
    """List the events that the reports tell of, each once, by day.

    With each stand its grade and how many independent origins it has.
    """
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store, width
    from tawatur.collection.filters import Wanted
    from tawatur.export.event_line import event_line
    from tawatur.export.events_table import events_table
    from tawatur.export.jsonl import line

    wanted = Wanted(
        day_option(since, "--since", context), day_option(until, "--until", context), place, party, type_, grade or ""
    )  # fmt: skip
    with open_store(store) as opened, Output(output) as out:
        found = opened.happenings.asked(wanted)
        if form == "jsonl":
            for view in found:
                out.write(line(event_line(view)))
            return
        out.write(events_table(found, width()))


@click.command()
@click.argument("key", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "html"]), default="table", show_default=True,
    help="A screen of text, a line of JSON, or a page with the graph of who told whom.",
)  # fmt: skip
@output_option
@store_option
def event(key: str, form: str, output: str | None, store: str | None) -> None:
    """Show one event: who claims, confirms or denies it, in which words.

    Also by which way each of them knows, and why the event is graded so.
    """
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store, width
    from tawatur.export.event_line import event_line
    from tawatur.export.event_page import event_page
    from tawatur.export.event_text import event_text
    from tawatur.export.jsonl import line

    with open_store(store) as opened:
        view = opened.happenings.view(key)
        with Output(output) as out:
            if form == "jsonl":
                out.write(line(event_line(view)))
            elif form == "html":
                out.write(event_page(view))
            else:
                out.write(event_text(view, width()))
