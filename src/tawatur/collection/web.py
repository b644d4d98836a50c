"""What a collection fetches: pages, feeds and sitemaps into captures, with every visit in the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tawatur.model import Capture, Unread
from tawatur.sources.fetching import Fetcher, FetchSettings
from tawatur.sources.web import web_captures
from tawatur.store.repository import Store


def fetcher_of(store: Store, settings: FetchSettings) -> Fetcher:
    """A fetcher whose visits are noted in ``store``, and which asks again for a page whose bytes it does not hold."""
    return Fetcher(settings, store.note_visit, store.last_visit, holds=store.holds)


def fetched(address: str, fetcher: Fetcher, *, media: bool = False) -> Iterator[Capture | Unread]:
    """What stands at ``address``: a page, or the reports of a feed or a sitemap."""
    yield from web_captures([address], fetcher, media=media)


def moment(value: datetime) -> str:
    """A time as commands print it: UTC, to the minute."""
    return value.strftime("%Y-%m-%d %H:%M")
