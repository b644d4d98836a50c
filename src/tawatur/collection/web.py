"""What a collection fetches: pages, and the reports behind feeds and sitemaps; every visit is in the books."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from tawatur.collection.adding import Adder
from tawatur.collection.progress import SILENT, Progress
from tawatur.model import Capture, Generation, Unread, Visit
from tawatur.sources.feed_items import Given, Tally, feed_captures, never
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.feeds import looks_like_feed
from tawatur.sources.fetching import Fetched, Fetcher, FetchSettings
from tawatur.sources.sitemap_pages import SitemapLimits, sitemap_captures
from tawatur.sources.sitemaps import looks_like_sitemap
from tawatur.sources.watching import TryLaterError
from tawatur.sources.web import PAGES, page_captures
from tawatur.store.repository import Store

LISTS = (*PAGES, "application/rss", "application/atom", "application/json", "application/feed", "application/gzip")
"""Media types, by their beginnings, of pages and of lists of pages."""


class Web:
    """Fetches for one collection. ``books`` is held whenever the store is written to: by the visits of
    several threads, and by whoever ends the program between two transactions."""

    def __init__(self, store: Store, settings: FetchSettings) -> None:
        self._store = store
        self.books = threading.Lock()
        # digests of feeds and sitemaps whose reports are all here: only these need not be sent again
        self._done: set[str] = set()
        self.fetcher = Fetcher(
            settings, self._remember, store.last_visit, holds=lambda d: d in self._done or store.holds(d)
        )  # fmt: skip

    def close(self) -> None:
        """Lets the connections go."""
        self.fetcher.close()

    def reports(self, address: str, *, media: bool = False) -> Iterator[Capture | Unread]:
        """What stands at ``address``: a page, or the reports of the feed or sitemap that it is."""
        got = self.fetcher.fetch(address, accept=LISTS)
        yield from self._behind(address, got, Given(media=media), SitemapLimits(), never, Tally())

    def visit(
        self, entry: FeedEntry, generation: Generation, stop: Callable[[], bool], progress: Progress = SILENT
    ) -> int:
        """Reads what is new at an entry of a list into the store, and gives the number of reports added. Raises
        :class:`TryLaterError` where nothing could be had."""
        got = self.fetcher.fetch(entry.address, accept=LISTS)
        if got.unchanged:
            return 0
        if got.capture is None:
            raise TryLaterError(got.visit.note or "nothing could be had", got.after)
        if entry.kind == "feed" and not looks_like_feed(got.capture.content, got.capture.media_type):
            raise TryLaterError(
                f"there is no feed at {entry.address}, but {got.capture.media_type or 'something else'}"
            )
        given = Given(entry.outlet, entry.language, entry.media)
        limits = SitemapLimits(since=entry.since)
        if entry.max_pages:
            limits = SitemapLimits(pages=entry.max_pages, since=entry.since)
        tally = Tally()
        found = self._behind(entry.address, got, given, limits, stop, tally)
        adder = Adder(self._store, generation, workers=1, progress=progress, books=self.books)
        summary = adder.add([lambda: found])
        if tally.later == 0 and not stop():
            self._done.add(got.visit.digest)
        return summary.added

    def _behind(
        self, address: str, got: Fetched, given: Given, limits: SitemapLimits, stop: Callable[[], bool], tally: Tally
    ) -> Iterator[Capture | Unread]:
        capture = got.capture
        if capture is not None and looks_like_feed(capture.content, capture.media_type):
            yield from feed_captures(capture, self.fetcher, given, tally=tally, stop=stop)
        elif capture is not None and looks_like_sitemap(capture.content, capture.media_type):
            yield from sitemap_captures(capture, self.fetcher, given, limits, tally=tally, stop=stop)
        else:
            yield from page_captures(address, got, self.fetcher, media=given.media)

    def _remember(self, visit: Visit) -> None:
        with self.books:
            self._store.note_visit(visit)
