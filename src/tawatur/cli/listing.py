"""``tawatur list``, ``tawatur show`` and ``tawatur issues``: what a store holds."""

from __future__ import annotations

from datetime import date

import click

from tawatur.cli.store import form_option, output_option, store_option


@click.command("list")
@click.option("--since", metavar="DATE", help="Published on this day or later.")
@click.option("--until", metavar="DATE", help="Published on this day or earlier.")
@click.option("--outlet", default="", metavar="NAME", help="Of this outlet.")
@click.option("--language", default="", metavar="CODE", help="In this language: ar, en, ...")
@click.option("--text", default="", metavar="WORDS", help="With these words in title or text.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@form_option
@output_option
@store_option
@click.pass_context
def list_(
    context: click.Context,
    since: str | None,
    until: str | None,
    outlet: str,
    language: str,
    text: str,
    limit: int | None,
    form: str,
    output: str | None,
    store: str | None,
) -> None:
    """List the reports of the store, the latest day first."""
    first, last = day_option(since, "--since", context), day_option(until, "--until", context)
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store, width
    from tawatur.export.jsonl import line
    from tawatur.export.listing import listed_line, listed_table

    with open_store(store, readonly=True) as opened, Output(output) as out:
        found = opened.documents(since=first, until=last, outlet=outlet, language=language, text=text, limit=limit)
        if form == "jsonl":
            for report in found:
                out.write(line(listed_line(report)))
            return
        out.write(listed_table(found, width()))


def day_option(given: str | None, name: str, context: click.Context) -> date | None:
    """The day of an option; a usage error where it is none."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"{given!r} is no day: write it as 2023-12-09", context, param_hint=name) from None


@click.command()
@click.argument("key", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "html", "documents", "text", "raw"]),
    default="table",
    show_default=True,
    help="What comes out: records as a table, lines or a page; what is known of the report; its text; its bytes.",
)
@click.option("--generation", default="", metavar="ID", help="As this reader saw it (default: the latest).")
@click.option("--version", "number", type=click.IntRange(1), metavar="N", help="The Nth version, counted from 1.")
@output_option
@store_option
def show(key: str, form: str, generation: str, number: int | None, output: str | None, store: str | None) -> None:
    """Show a report with its records.

    ID is that of a report, record or capture, the first six characters of one, or the address of a page.
    """
    import sys

    from tawatur.cli.extract import write
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store
    from tawatur.export.listing import versions_text
    from tawatur.pipeline import Extraction

    with open_store(store, readonly=True) as opened:
        if form == "raw":
            content = opened.content(key, generation=generation, version=number)
            with Output(output) as out:
                out.write_bytes(content)
            return
        reading = opened.show(key, generation=generation, version=number)
        with Output(output) as out:
            if form == "text":
                out.write(reading.document.text + "\n")
                return
            extraction = Extraction(reading.document, reading.records, reading.issues)
            write([extraction], form, out, colour=output is None and sys.stdout.isatty(), ascii_only=False)
            if form == "table":
                out.write(versions_text(reading))


@click.command()
@click.option("--code", default="", metavar="CODE", help="Of this code: unreadable, quiet, published, ...")
@click.option("--document", default="", metavar="ID", help="Of this report (or capture).")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@form_option
@output_option
@store_option
def issues(code: str, document: str, limit: int | None, form: str, output: str | None, store: str | None) -> None:
    """List everything unexpected that was met, the latest first."""
    from tawatur.cli.output import Output
    from tawatur.cli.store import open_store, width
    from tawatur.export.jsonl import line
    from tawatur.export.listing import issue_row_line, issues_table

    with open_store(store, readonly=True) as opened, Output(output) as out:
        found = opened.issues(code=code, document=document, limit=limit)
        if form == "jsonl":
            for row in found:
                out.write(line(issue_row_line(row)))
            return
        out.write(issues_table(found, width()))
