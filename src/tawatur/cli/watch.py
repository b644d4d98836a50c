"""``tawatur watch``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tawatur.cli.readers import reader_options
from tawatur.cli.store import fetch_options, store_option

if TYPE_CHECKING:
    from tawatur.reader.protocol import ReaderChoice
    from tawatur.sources.watching import Told


@click.command()
@click.argument("feeds", metavar="FEEDS.toml")
@click.option("--once", is_flag=True, help="Visit each feed a single time, and end.")
@reader_options
@fetch_options
@store_option
def watch(feeds: str, once: bool, contact: str, allow_private: bool, store: str | None, reads: ReaderChoice) -> int:
    """Read what is new in feeds, sitemaps and pages, again and again.

    Ctrl-C ends it. FEEDS.toml lists them: [[feed]] with address, and where wanted every = "15m", kind, outlet, language, media.
    """
    import signal
    import threading
    from functools import partial

    from tawatur.cli.add import SOME_FAILED
    from tawatur.cli.progress import Lines
    from tawatur.cli.store import fetch_settings, open_store
    from tawatur.errors import InputError

    stop = threading.Event()
    with open_store(store, create=True, fetching=fetch_settings(contact, allow_private), reads=reads) as opened:
        before = {n: signal.signal(n, lambda *_: stop.set()) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            tell = partial(_tell, once=once)
            ended = opened.watch(Path(feeds), stop=stop, once=once, tell=tell, progress=Lines())
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    click.echo(
        f"{ended.visits:,} visits, {ended.failures:,} failed, {ended.new:,} new reports"
        + (f"; left while under way: {', '.join(ended.left)}" if ended.left else "")
    )
    if not (once and ended.failures):
        return 0
    return SOME_FAILED if ended.failures < ended.visits else InputError.code


def _tell(told: Told, *, once: bool) -> None:
    from tawatur.cli.main import complain

    if told.what == "visited":
        if told.new:
            click.echo(f"{told.feed}: {told.new:,} new", err=True)
    elif told.what == "list":
        click.echo("the list was read anew", err=True)
    else:
        where = f"{told.feed}: " if told.feed else ""
        later = f" (again in {told.wait / 60:,.0f} min)" if told.wait and not once else ""
        complain(f"{where}{told.message}{later}", told.hint)
