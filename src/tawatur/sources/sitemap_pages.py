"""The pages behind a sitemap, those of its sitemaps where it is an index, within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from tawatur.model import NO_REPORT, Capture, Unread
from tawatur.sources.addresses import parse
from tawatur.sources.feed_items import GIVEN, Given, Tally, never, utc_now
from tawatur.sources.fetching import Fetcher
from tawatur.sources.options import Found
from tawatur.sources.revisits import is_due, is_open
from tawatur.sources.sitemaps import MAX_BYTES, Entry, read_sitemap
from tawatur.sources.web import web_captures


@dataclass(frozen=True, slots=True)
class SitemapLimits:
    """How far to go: ``pages`` to fetch, ``sitemaps`` to read and how ``deep`` they may be nested (1: only the first
    one). ``since`` leaves out what last changed before that day; what tells no day is taken."""

    pages: int = 1000
    sitemaps: int = 200
    deep: int = 3
    since: date | None = None


LIMITS = SitemapLimits()


def sitemap_captures(
    source: Capture, fetcher: Fetcher, given: Given = GIVEN, limits: SitemapLimits = LIMITS, *,
    tally: Tally | None = None, now: Callable[[], datetime] = utc_now, stop: Callable[[], bool] = never,
) -> Iterator[Found]:  # fmt: skip
    """The pages behind the sitemap in ``source``, the latest first, where they are not in the books or have changed
    since; only pages of its own site, as the standard has it. What a limit leaves out is told in a row. Every capture
    has the site as its collection and the time of a sitemap of news as ``listed``. Between two pages ``stop`` is asked
    whether to end."""
    yield from _Walk(source, fetcher, given, limits, tally or Tally(), now, stop).all()


@dataclass(slots=True)
class _Walk:
    source: Capture
    fetcher: Fetcher
    given: Given
    limits: SitemapLimits
    tally: Tally
    now: Callable[[], datetime]
    stop: Callable[[], bool]
    foreign: int = 0
    behind: int = 0
    taken: int = 0

    def all(self) -> Iterator[Found]:
        pages: dict[str, None] = {}
        for found in self._sitemaps():
            if isinstance(found, Unread):
                yield found
                continue
            if found.address in pages:
                continue
            pages[found.address] = None
            yield from self._page(found)
            if self.stop():
                self.tally.later += 1
                return
        yield from self._left_out()

    def _sitemaps(self) -> Iterator[Entry | Unread]:
        """The entries of all sitemaps, each sitemap read once."""
        waiting: list[tuple[Capture | str, int]] = [(self.source, 1)]
        seen = {self.source.address}
        read = 0
        while waiting and not self.stop():
            place, depth = waiting.pop(0)
            if read == self.limits.sitemaps:
                why = f"{len(waiting) + 1} more sitemaps than the {read} that are read"
                yield Unread(self.source.address, f"the sitemap names {why}", "name them one by one", NO_REPORT)
                return
            read += 1
            if isinstance(place, str):
                got = self.fetcher.fetch(place, conditional=False, max_bytes=MAX_BYTES)
                if got.capture is None:
                    self.tally.later += got.outcome == "unreachable"
                    yield Unread(place, f"the sitemap: {got.visit.note}", "try again later", "sitemap")
                    continue
                place = got.capture
            sitemap, issues = read_sitemap(place)
            yield from issues
            if not sitemap.is_index:
                yield from (entry for entry in sitemap.entries if self._wanted(entry))
                continue
            inside = [e.address for e in sitemap.entries if self._wanted(e) and e.address not in seen]
            if depth >= self.limits.deep and inside:
                why = f"the sitemap names sitemaps more than {self.limits.deep} deep, which are not read"
                yield Unread(place.address, why, "name them one by one", NO_REPORT)
                continue
            seen.update(inside)
            waiting[:0] = [(address, depth + 1) for address in inside]

    def _wanted(self, entry: Entry) -> bool:
        if not _one_site(self.source.address, entry.address):
            self.foreign += 1
            return False
        return self.limits.since is None or entry.day is None or entry.day >= self.limits.since

    def _page(self, entry: Entry) -> Iterator[Found]:
        self.tally.listed += 1
        before = self.fetcher.before(entry.address)
        if not is_due(before, entry.changed, self.now()):
            self.tally.known += 1
            self.tally.later += is_open(before, entry.changed)
            return
        if self.taken == self.limits.pages:
            self.behind += 1
            self.tally.later += 1
            return
        self.taken += 1
        nothing = True
        for found in web_captures([entry.address], self.fetcher, media=self.given.media):
            nothing = False
            if isinstance(found, Capture):
                self.tally.pages += 1
                yield replace(
                    found, collection=parse(self.source.address).host, listed=entry.listed, outlet=self.given.outlet,
                    found_at=f"{self.source.address}#{entry.address}",
                )  # fmt: skip
                continue
            if found.code == "fetch":
                self.tally.failed += 1
                self.tally.later += is_open(self.fetcher.before(entry.address), None)
            yield found
        self.tally.known += nothing

    def _left_out(self) -> Iterator[Unread]:
        where = self.source.address
        if self.behind:
            why = f"{self.behind:,} pages of the sitemap wait for the next time: {self.limits.pages:,} are fetched at once"
            yield Unread(where, why, "run it again, or allow more pages", NO_REPORT)
        if self.foreign:
            why = f"the sitemap names {self.foreign:,} pages of other sites, which are not fetched"
            yield Unread(where, why, "give their addresses if you want them", NO_REPORT)


def _one_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host, or one below the other, "www." left out."""
    a, b = (parse(address).host.removeprefix("www.") for address in (one, other))
    return a == b or a.endswith("." + b) or b.endswith("." + a)
