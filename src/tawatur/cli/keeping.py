"""``tawatur reread``, ``gone``, ``dump``, ``load``, ``verify`` and ``takedown``: a store over the years."""

from __future__ import annotations

from pathlib import Path

import click

from tawatur.cli.store import fetch_options, form_option, output_option, store_option, workers_option

NOT_WHOLE = 5
"""The exit code of a store that ``verify`` finds altered or damaged."""


@click.command()
@click.argument("keys", nargs=-1, metavar="[ID]...")
@workers_option
@form_option
@output_option
@store_option
def reread(keys: tuple[str, ...], workers: int | None, form: str, output: str | None, store: str | None) -> None:
    """Read again what this version of the reader has not read: all of the store, or the reports of ID. The older
    readings stay; what is read otherwise is listed."""
    from tawatur.cli.output import Output
    from tawatur.cli.progress import Shown
    from tawatur.cli.store import open_store
    from tawatur.export.jsonl import line
    from tawatur.export.listing import change_line, change_text

    read = otherwise = 0
    with open_store(store) as opened, Output(output) as out, Shown() as progress:
        for change in opened.reread(keys, workers=workers, progress=progress):
            read += 1
            if change:
                otherwise += 1
                out.write(line(change_line(change)) if form == "jsonl" else change_text(change))
    click.echo(f"read {read:,} again; {otherwise:,} are read otherwise than before", err=True)


@click.command()
@click.argument("keys", nargs=-1, metavar="[ID]...")
@form_option
@output_option
@fetch_options
@store_option
def gone(
    keys: tuple[str, ...], form: str, output: str | None, contact: str, allow_private: bool, store: str | None
) -> None:
    """Ask whether fetched reports are still at their address, unchanged. A changed one is captured as a new version."""
    from tawatur.cli.output import Output
    from tawatur.cli.store import fetch_settings, open_store
    from tawatur.export.jsonl import line
    from tawatur.export.listing import finding_line, finding_text

    with open_store(store, fetching=fetch_settings(contact, allow_private)) as opened, Output(output) as out:
        for report, finding in opened.gone(keys):
            out.write(
                line(finding_line(report, finding)) if form == "jsonl" else finding_text(report, finding)
            )  # fmt: skip


@click.command()
@click.argument("file", metavar="FILE")
@store_option
def dump(file: str, store: str | None) -> None:
    """Write the whole store into one portable archive (a zip of JSON lines and raw bytes)."""
    from tawatur.cli.store import open_store

    with open_store(store, readonly=True) as opened:
        opened.dump(Path(file))
    click.echo(f"wrote {file}", err=True)


@click.command()
@click.argument("file", metavar="FILE")
@store_option
def load(file: str, store: str | None) -> None:
    """Make a new store from an archive that dump wrote; everything in it is checked first."""
    from tawatur.collection import load_collection
    from tawatur.config import store_path

    chosen, default = (Path(store), False) if store else store_path()
    if default:
        click.echo(f"store: {chosen}", err=True)
    with load_collection(Path(file), chosen) as opened:
        click.echo(f"loaded {chosen}: content {opened.store.content_hash()}")


@click.command()
@click.option("--head", default="", metavar="SEQ:LINK", help="A head of the chain that was noted before.")
@store_option
def verify(head: str, store: str | None) -> int:
    """Check that the store is whole and unaltered: bytes, spans, digests, and the chain over all that was added."""
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
@click.confirmation_option(prompt="This removes the report's bytes, text and spans for good. Go on?")
@store_option
def takedown(key: str, why: str, who: str, store: str | None) -> None:
    """Remove the bytes, text and spans of a report for good; digests and the reason stay, and verify still passes."""
    from tawatur.cli.store import open_store
    from tawatur.config import user
    from tawatur.export.listing import takedown_text

    with open_store(store) as opened:
        click.echo(takedown_text(opened.take_down(key, who=who or user(), why=why)))
