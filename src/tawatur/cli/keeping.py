"""``tawatur reread``, ``gone``, ``dump``, ``load``, ``verify`` and ``takedown``: a store over the years."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tawatur.cli.readers import reader_options, tell_costs
from tawatur.cli.store import fetch_options, form_option, output_option, store_option, workers_option

if TYPE_CHECKING:
    from tawatur.reader.protocol import ReaderChoice

NOT_WHOLE = 5
"""The exit code of a store that ``verify`` finds altered or damaged."""


@click.command()
@click.argument("keys", nargs=-1, metavar="[ID]...")
@reader_options
@workers_option
@form_option
@output_option
@store_option
def reread(
    keys: tuple[str, ...], workers: int | None, form: str, output: str | None, store: str | None, reads: ReaderChoice
) -> None:
    """Read again what this version of the reader has not read.

    All of the store, or the reports of ID. The older readings stay; what is read otherwise is listed.
    """
    from tawatur.cli.output import Output
    from tawatur.cli.progress import Shown
    from tawatur.cli.store import open_store
    from tawatur.config import settings
    from tawatur.export.jsonl import line
    from tawatur.export.listing import change_line, change_text

    read = otherwise = 0
    with open_store(store, reads=reads) as opened, Output(output) as out, Shown() as progress:
        for change in opened.reread(keys, workers=workers or settings().workers, progress=progress):
            read += 1
            if change:
                otherwise += 1
                out.write(line(change_line(change)) if form == "jsonl" else change_text(change))
    if read:
        click.echo(f"read {read:,} again; {otherwise:,} are read otherwise than before", err=True)
    else:
        click.echo("nothing to read again: this version of the reader has read all of it", err=True)
    tell_costs(reads)


@click.command()
@click.argument("keys", nargs=-1, metavar="[ID]...")
@reader_options
@form_option
@output_option
@fetch_options
@store_option
def gone(
    keys: tuple[str, ...],
    form: str,
    output: str | None,
    contact: str,
    allow_private: bool,
    store: str | None,
    reads: ReaderChoice,
) -> int:
    """Ask whether reports are still at their address, unchanged.

    A changed page is captured as a new version.
    """
    from collections import Counter

    from tawatur.cli.add import SOME_FAILED
    from tawatur.cli.output import Output
    from tawatur.cli.store import fetch_settings, open_store
    from tawatur.export.jsonl import line
    from tawatur.export.listing import finding_line, finding_text

    states: Counter[str] = Counter()
    fetching = fetch_settings(contact, allow_private)
    with open_store(store, fetching=fetching, reads=reads) as opened, Output(output) as out:
        for report, finding in opened.gone(keys):
            states[finding.state] += 1
            out.write(line(finding_line(report, finding)) if form == "jsonl" else finding_text(report, finding))
            out.flush()
    told = ", ".join(f"{count:,} {state}" for state, count in sorted(states.items()))
    click.echo(f"asked for {states.total():,} reports" + (f": {told}" if told else ", none has an address"), err=True)
    return SOME_FAILED if states["unreachable"] or states["refused"] else 0


@click.command()
@click.argument("file", metavar="FILE")
@store_option
def dump(file: str, store: str | None) -> None:
    """Write the whole store into one portable archive.

    It is a zip of JSON lines and of the bytes as they were found.
    """
    from tawatur.cli.store import open_store

    with open_store(store, readonly=True) as opened:
        opened.dump(Path(file))
    click.echo(f"wrote {file}: `tawatur load {file} --store PATH` makes a store of it again", err=True)


@click.command()
@click.argument("file", metavar="FILE")
@store_option
def load(file: str, store: str | None) -> None:
    """Make a new store from an archive that dump wrote.

    Everything in it is checked first.
    """
    from tawatur.cli.store import chosen_store
    from tawatur.collection import load_collection

    with load_collection(Path(file), chosen_store(store)) as opened:
        head, link = opened.store.head()
        click.echo(f"loaded {opened.path}", err=True)
        click.echo(f"content {opened.store.content_hash()}")
        click.echo(f"head {head}:{link}")


@click.command()
@click.option("--head", default="", metavar="SEQ:LINK", help="A head of the chain that was noted before.")
@store_option
def verify(head: str, store: str | None) -> int:
    """Check that the store is whole and unaltered.

    Bytes, spans, digests, and the chain over all that was added are worked out anew; the exit code is 5 where
    something does not fit.
    """
    from tawatur.cli.store import open_store

    with open_store(store, readonly=True) as opened:
        found = opened.verify(head)
    for finding in found.findings:
        click.echo(finding)
    for name, count in found.counts.items():
        click.echo(f"{name.replace('_', ' ')}: {count:,}", err=True)
    click.echo(f"content {found.content_hash}")
    click.echo(f"head {found.head[0]}:{found.head[1]}")
    click.echo("the store is whole" if not found.findings else f"{len(found.findings):,} findings")
    return NOT_WHOLE if found.findings else 0


@click.command()
@click.argument("key", metavar="ID")
@click.option("--why", required=True, metavar="TEXT", help="The reason, which stays.")
@click.option("--who", default="", metavar="NAME", help="Who decides (TAWATUR_USER; else your account).")
@click.option("--yes", is_flag=True, help="Do not ask.")
@store_option
@click.pass_context
def takedown(context: click.Context, key: str, why: str, who: str, yes: bool, store: str | None) -> None:
    """Remove the bytes, text and spans of a report for good.

    Digests and the reason stay, and verify still passes.
    """
    from tawatur.cli.store import open_store
    from tawatur.config import user
    from tawatur.errors import InputError
    from tawatur.export.listing import report_text, takedown_text

    with open_store(store) as opened:
        if not yes:
            if not sys.stdin.isatty():
                raise click.UsageError("this cannot be undone, and nobody can be asked here: say --yes", context)
            with contextlib.suppress(InputError):
                click.echo(report_text(opened.show(key)), err=True)
            click.confirm("Remove its bytes, text and spans, in all versions, for good?", abort=True, err=True)
        click.echo(takedown_text(opened.take_down(key, who=who or user(), why=why)), nl=False)
