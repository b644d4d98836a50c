"""``tawatur add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tawatur.cli.readers import reader_options, tell_costs
from tawatur.cli.store import fetch_options, store_option, workers_option

if TYPE_CHECKING:
    from tawatur.collection import Summary
    from tawatur.reader.protocol import ReaderChoice
    from tawatur.sources.options import SourceOptions

_KINDS = ("rows", "table", "telegram", "warc", "mhtml", "page", "text")
SOME_FAILED = 4


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--documents", multiple=True, metavar="FILE", help="A collection, one JSON object a line, whatever it looks like."
)
@click.option("--published", default="", metavar="DATE", help="Day of publication, where a report does not say it.")
@click.option("--outlet", default="", metavar="NAME", help="Who publishes, where a report does not say it.")
@click.option("--title", default="", metavar="TEXT", help="Headline of the report (for one text or page).")
@click.option("--collection", default="", metavar="NAME", help="What rows or messages are kept under.")
@click.option("--kind", type=click.Choice(_KINDS), help="What the sources are, whatever they look like.")
@click.option("--columns", default="", metavar="MAP", help="Columns of a table: text=Body,title=Headline,...")
@click.option("--media", is_flag=True, help="Fetch the pictures of fetched pages as well.")
@click.option("--archived", default="", metavar="URL", help="Address of an outside archive of this source.")
@reader_options
@workers_option
@fetch_options
@store_option
@click.pass_context
def add(
    context: click.Context,
    sources: tuple[str, ...],
    documents: tuple[str, ...],
    published: str,
    outlet: str,
    title: str,
    collection: str,
    kind: str | None,
    columns: str,
    media: bool,
    archived: str,
    workers: int | None,
    contact: str,
    allow_private: bool,
    store: str | None,
    reads: ReaderChoice,
) -> int:
    """Read reports into the store. Nothing is added twice; it may be stopped at any moment and run again.

    SOURCE is a file (text, page, JSONL, CSV, WARC, Telegram's result.json), a folder of them, an address of the web (a
    page, a feed, a sitemap), or - for standard input; which of them, its content tells.
    """
    if not sources and not documents:
        raise click.UsageError("no source: name a file, a folder, an address, or - for standard input", context)
    from dataclasses import replace

    from tawatur.cli.extract import check_day
    from tawatur.cli.progress import Shown
    from tawatur.cli.store import fetch_settings, open_store
    from tawatur.config import settings
    from tawatur.sources.options import SourceOptions

    check_day(published, context)
    options = SourceOptions(
        kind=kind or "",  # type: ignore[arg-type]
        columns=_columns(columns, context),
        title=title,
        published=published,
        outlet=outlet,
        collection=collection,
        media=media,
    )
    rows: SourceOptions = replace(options, kind="rows")
    named = [*((s, options) for s in sources), *((d, rows) for d in documents)]
    if title and len(named) > 1:
        raise click.UsageError("--title is for one report, and several sources are given", context)
    with (
        open_store(store, create=True, fetching=fetch_settings(contact, allow_private), reads=reads) as opened,
        Shown() as progress,
    ):
        summary = opened.add(
            named, workers=workers or settings().workers, progress=progress, archived=archived
        )  # fmt: skip
    click.echo(summary_line(summary))
    tell_costs(reads)
    return exit_code(summary)


def _columns(given: str, context: click.Context) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
    if any(not (equals and field.strip() and header.strip()) for field, equals, header in pairs):
        raise click.BadParameter("write it as text=Body,title=Headline", context, param_hint="--columns")
    return {field.strip(): header.strip() for field, _, header in pairs}


def summary_line(summary: Summary) -> str:
    """``seen 12 = added 10 + same 1 + failed 1``, and what else there is to say."""
    line = (
        f"seen {summary.seen:,} = added {summary.added:,} + same {summary.same:,} + failed {summary.failed:,}"
        f" in {summary.seconds:.1f} s"
    )
    if summary.added and summary.seconds >= 1:
        line += f" ({summary.added / summary.seconds:,.0f} a second)"
    if summary.resumed:
        line += f"; read {summary.resumed:,} that an earlier run had captured"
    if summary.notes:
        line += f"; met and no reports: {summary.notes:,} (tawatur issues --code no-report)"
    if not (summary.seen or summary.resumed or summary.notes or summary.codes):
        line += "; there is nothing new"
    return line


def exit_code(summary: Summary) -> int:
    """0, or 4 where some failed and others did not, or the code of what could not be read at all."""
    if summary.codes and not (summary.added or summary.same):
        return summary.codes[0]
    if summary.codes or summary.failed:
        return SOME_FAILED if summary.added or summary.same else 3
    return 0
