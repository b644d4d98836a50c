"""What all commands on a store share: the option that names it, and opening it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from tawatur.collection import Collection
    from tawatur.reader.protocol import ReaderChoice
    from tawatur.sources.fetching import FetchSettings

F = TypeVar("F", bound=Callable[..., object])

store_option = click.option(
    "--store", metavar="PATH", help="The store (TAWATUR_STORE; else one in your data folder, which is printed)."
)
workers_option = click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Processes that read (default: one a core)."
)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="What comes out.",
)
output_option = click.option(
    "--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all, instead of standard output."
)


def fetch_options(command: F) -> F:
    """The options of commands that fetch pages."""
    command = click.option("--contact", default="", metavar="TEXT", help="Told to servers: how to reach you.")(command)
    return click.option(
        "--allow-private", is_flag=True, help="Fetch from addresses of private networks as well (refused otherwise)."
    )(command)


def open_store(
    path: str | None,
    *,
    create: bool = False,
    readonly: bool = False,
    fetching: FetchSettings | None = None,
    reads: ReaderChoice | None = None,
) -> Collection:
    """The collection that the option, the environment or the settings name, else the default one, whose path is
    printed on standard error. Without ``create`` it must be there. ``reads`` chooses the reader of what comes in."""
    from tawatur.cli.readers import tell_reader
    from tawatur.collection import open_collection
    from tawatur.reader.protocol import BEST

    opened = open_collection(
        chosen_store(path), create=create, readonly=readonly, fetching=fetching, reads=reads or BEST
    )
    brought = opened.store.brought
    if brought is not None and brought.kept is not None:
        click.echo(
            f"{opened.path} was written by an older tawatur and has been brought forward (tables {brought.before} to"
            f" {brought.after}); as it was, it is kept as {brought.kept}",
            err=True,
        )
    if reads is not None:
        tell_reader(reads)
    return opened


def chosen_store(path: str | None) -> Path:
    """The path of the store; the default one is printed on standard error."""
    from tawatur.config import store_path

    chosen, default = (Path(path), False) if path else store_path()
    if default:
        click.echo(f"store: {chosen}", err=True)
    return chosen


def fetch_settings(contact: str, allow_private: bool) -> FetchSettings:
    """How pages are fetched, by options and settings."""
    from tawatur.config import settings
    from tawatur.sources.fetching import FetchSettings

    return FetchSettings(
        contact=contact or settings().contact, allow_private=allow_private or settings().allow_private
    )  # fmt: skip


def width() -> int:
    """Columns of the terminal, within reason."""
    import shutil

    return min(shutil.get_terminal_size((120, 24)).columns, 160)
