"""``tawatur check``, ``tawatur ledger`` and ``tawatur brief``: what is stated held against what the store holds."""

from __future__ import annotations

import sys

import click

from tawatur.cli.listing import day_option
from tawatur.cli.store import form_option, output_option, store_option

language_option = click.option(
    "--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="In English or Arabic."
)


@click.command()
@click.option("--since", metavar="DATE", help="Stated of, or published on, this day or later.")
@click.option("--until", metavar="DATE", help="Stated of, or published on, this day or earlier.")
@click.option("--party", default="", metavar="NAME", help="Stated by this party.")
@language_option
@form_option
@output_option
@store_option
@click.pass_context
def check(
    context: click.Context,
    since: str | None,
    until: str | None,
    party: str,
    lang: str,
    form: str,
    output: str | None,
    store: str | None,
) -> None:
    """Hold counts and figures against the record, and against one another.

    Counts are held against the events that anyone itemised. A verdict speaks of what this collection holds, never of what happened.
    """
    first, last = day_option(since, "--since", context), day_option(until, "--until", context)
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store, width
    from tawatur.collection.parties import party_of
    from tawatur.collection.selecting import Stated
    from tawatur.export.checks_text import check_lines, checks_text
    from tawatur.export.jsonl import line

    with open_store(store) as opened, Output(output) as out:
        happenings = opened.happenings
        stated = Stated(first, last, party_of(party) if party else "")
        itemised = list(happenings.itemised(stated.holds))
        judged = list(happenings.judged(stated.holds))
        beside = [b for b in happenings.beside() if any(map(stated.holds, b.claims))]
        series = [s for s in happenings.series() if any(map(stated.holds, s.claims))]
        if form == "jsonl":
            for found in check_lines(itemised, beside, series, judged, documents=happenings.facts):
                out.write(line(found))
            return
        out.write(
            checks_text(
                itemised, beside, series, judged, documents=happenings.facts, lang=lang,  # type: ignore[arg-type]
                width=width(), colour=output is None and sys.stdout.isatty(),
            )
        )  # fmt: skip


@click.command()
@click.argument("party", metavar="PARTY")
@language_option
@form_option
@output_option
@store_option
def ledger(party: str, lang: str, form: str, output: str | None, store: str | None) -> None:
    """List what a party claimed, denied and pledged, and what became of it.

    What it counted and threatened as well; beside each stands what the record holds afterwards.

    PARTY is a name or an id of the catalogue: iri, Hamas, البنتاغون, ...
    """
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store, width
    from tawatur.collection.parties import party_of
    from tawatur.export.jsonl import line
    from tawatur.export.ledger_text import ledger_line, ledger_text

    key = party_of(party)
    with open_store(store) as opened, Output(output) as out:
        happenings = opened.happenings
        entries = happenings.ledger(key)
        if form == "jsonl":
            for entry in entries:
                out.write(line(ledger_line(key, entry, happenings.facts)))
            return
        out.write(
            ledger_text(key, entries, lang=lang, width=width(), colour=output is None and sys.stdout.isatty())  # type: ignore[arg-type]
        )


@click.command()
@click.option("--from", "since", required=True, metavar="DATE", help="The first day.")
@click.option("--to", "until", required=True, metavar="DATE", help="The last day.")
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html"]),
    default="md",
    show_default=True,
    help="Markdown, or one page.",
)
@output_option
@store_option
@click.pass_context
def brief(
    context: click.Context, since: str, until: str, lang: str, form: str, output: str | None, store: str | None
) -> None:
    """Write a situation report on some days, every sentence with footnotes.

    What happened by place, who says so, counts and figures checked; the footnotes lead to the words.
    """
    first, last = day_option(since, "--from", context), day_option(until, "--to", context)
    assert first is not None
    assert last is not None
    if last < first:
        raise click.UsageError("--to lies before --from", context)
    from importlib.metadata import version

    from tawatur.brief.gathering import situation_of
    from tawatur.brief.write import write_brief
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store

    with open_store(store) as opened, Output(output) as out:
        situation = situation_of(
            opened.happenings, first, last, name=opened.path.name, generated=f"tawatur {version('tawatur')}"
        )
        out.write(write_brief(situation, lang=lang, form=form))  # type: ignore[arg-type]
