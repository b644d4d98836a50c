"""``tawatur extract``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from tawatur.cli.readers import reader_options

if TYPE_CHECKING:
    from tawatur.cli.output import Output
    from tawatur.pipeline import Extraction
    from tawatur.reader.protocol import ReaderChoice

MOST_ON_A_PAGE = 500
_FORMATS = ("table", "jsonl", "html", "documents")


@click.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option(
    "--documents",
    multiple=True,
    metavar="FILE",
    help="A collection, one JSON object a line, whatever it looks like. May be given again.",
)
@click.option("--published", default="", metavar="DATE", help="Day of publication, where the report does not say it.")
@click.option("--outlet", default="", metavar="NAME", help="Who publishes, where the report does not say it.")
@click.option("--title", default="", metavar="TEXT", help="Headline of the report (for one text or page).")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True, help="What comes out."
)
@click.option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all, instead of standard output.")
@reader_options
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out records less sure than X (0 to 1).",
)
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw the table and its arrows with ASCII characters.")
@click.pass_context
def extract(
    context: click.Context,
    inputs: tuple[str, ...],
    documents: tuple[str, ...],
    published: str,
    outlet: str,
    title: str,
    form: str,
    output: str | None,
    min_confidence: float,
    ascii_only: bool,
    reads: ReaderChoice,
) -> int:
    """Read reports and print what they say, each value pointing at its words.

    INPUT is a text file, a page (HTML), a collection (JSONL), or - for standard input; which of them, its content
    tells.
    """
    names = [*((name, False) for name in inputs), *((name, True) for name in documents)]
    if not names:
        raise click.UsageError("no input: name a file, or - for standard input", context)
    if title and (len(names) > 1 or documents):
        raise click.UsageError("--title is for one report, and several inputs are given", context)
    check_day(published, context)

    from tawatur.cli.main import complain
    from tawatur.cli.output import Output
    from tawatur.cli.progress import counted
    from tawatur.cli.readers import tell_costs, tell_reader
    from tawatur.cli.reading import Options, Tally, extractions
    from tawatur.pipeline import reader

    tally = Tally()
    options = Options(title, published, outlet, min_confidence)
    found = counted(extractions(names, options, tally, complain, reader(reads)))
    first = next(found, None)
    if first is None and tally.failures:
        return tally.code
    tell_reader(reads)
    with Output(output) as out:
        write(
            _with_first(first, found), form, out, colour=output is None and sys.stdout.isatty(), ascii_only=ascii_only
        )
    if tally.unsure:
        click.echo(f"left out {tally.unsure:,} records below a confidence of {min_confidence:g}", err=True)
    tell_costs(reads)
    return tally.code


def _with_first(first: Extraction | None, rest: Iterator[Extraction]) -> Iterator[Extraction]:
    if first is not None:
        yield first
    yield from rest


def check_day(published: str, context: click.Context) -> None:
    """Raises :class:`click.BadParameter` for a day of publication that cannot be read."""
    if not published:
        return
    from tawatur.text.moments import day_of

    if day_of(published) is None:
        raise click.BadParameter(f"{published!r} is no date: write it as 2023-12-09", context, param_hint="--published")


def write(found: Iterable[Extraction], form: str, out: Output, *, colour: bool, ascii_only: bool) -> None:
    """Writes reports with their records in one of the forms of ``tawatur extract``."""
    if form == "html":
        _write_page(found, out)
        return
    from tawatur.export.documents import document_line
    from tawatur.export.jsonl import line, record_line

    for number, extraction in enumerate(found):
        if form == "jsonl":
            for record in extraction.records:
                out.write(line(record_line(record)))
        elif form == "documents":
            out.write(line(document_line(extraction.document, extraction.issues)))
        else:
            out.write(("\n\n" if number else "") + _table(extraction, colour, ascii_only))


def _write_page(found: Iterable[Extraction], out: Output) -> None:
    from tawatur.export.html import page

    reports: list[Extraction] = []
    for extraction in found:
        if len(reports) == MOST_ON_A_PAGE:
            raise click.UsageError(f"a page holds up to {MOST_ON_A_PAGE} reports: use --format jsonl for more")
        reports.append(extraction)
    out.write(page(reports))


def _table(extraction: Extraction, colour: bool, ascii_only: bool) -> str:
    import shutil

    from tawatur.export.table import table

    return table(
        extraction, min(shutil.get_terminal_size((120, 24)).columns, 160), colour=colour, ascii_only=ascii_only
    )
