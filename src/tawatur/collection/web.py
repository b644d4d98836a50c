"""What a collection fetches: pages, and the reports behind feeds and sitemaps; every visit is in the books."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from tawatur.collection.adding import Adder
from tawatur.collection.progress import SILENT, Progress
from tawatur.model import Capture, Generation, Unread, Visit
from tawatur.reader.protocol import BEST, ReaderChoice
from tawatur.sources.feed_items import Tally
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.fetching import Fetcher, FetchSettings
from tawatur.sources.visiting import reports_at, visit
from tawatur.store.repository import Store


class Web:
    """Fetches for one collection. ``books`` is held whenever the store is written to: by the visits of
    several threads, and by whoever ends the program between two transactions."""

    def __init__(self, store: Store, settings: FetchSettings, reader: ReaderChoice = BEST) -> None:
        self._store = store
        self._reader = reader
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
        return reports_at(address, self.fetcher, media=media)

    def visit(
        self, entry: FeedEntry, generation: Generation, stop: Callable[[], bool], progress: Progress = SILENT
    ) -> int:
        """Reads what is new at an entry of a list into the store, and gives the number of reports added. Raises
        :class:`~tawatur.sources.watching.TryLaterError` where nothing could be had."""
        tally = Tally()
        got = visit(entry, self.fetcher, tally=tally, stop=stop)
        adder = Adder(self._store, generation, reader=self._reader, workers=1, progress=progress, books=self.books)
        summary = adder.add([lambda: got.reports])
        if got.digest and tally.later == 0 and not stop():
            self._done.add(got.digest)
        return summary.added

    def _remember(self, visited: Visit) -> None:
        with self.books:
            self._store.note_visit(visited)
