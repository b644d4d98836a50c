"""One visit to one address, of a list of feeds or given by hand: what stands there and is not in the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.errors import TawaturError
from tawatur.model import UNCHANGED, Capture, Unread
from tawatur.sources.addresses import canonical
from tawatur.sources.feed_items import Given, Tally, feed_captures, never, utc_now
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.feeds import looks_like_feed
from tawatur.sources.fetching import Fetched, Fetcher
from tawatur.sources.options import Found
from tawatur.sources.sitemap_pages import LIMITS, SitemapLimits, sitemap_captures
from tawatur.sources.sitemaps import MAX_BYTES, looks_like_sitemap
from tawatur.sources.watching import TryLaterError
from tawatur.sources.web import PAGES, page_captures

LISTS = (
    *PAGES, "application/rss", "application/atom", "application/rdf", "application/json", "application/feed",
    "application/gzip", "application/x-gzip", "application/octet-stream",
)  # fmt: skip
"""Media types, by their beginnings, of pages and of lists of pages."""
_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)
_FEED = re.compile(rb"application/(rss|atom)\+xml|application/feed\+json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visited:
    """What a visit found: the SHA-256 of what stands there ("" where it is unchanged), and the reports behind it, which
    are fetched as they are asked for."""

    digest: str
    reports: Iterator[Found]


def visit(
    entry: FeedEntry, fetcher: Fetcher, *, tally: Tally | None = None, now: Callable[[], datetime] = utc_now,
    stop: Callable[[], bool] = never,
) -> Visited:  # fmt: skip
    """What is new at ``entry``; see :func:`tawatur.sources.feed_items.feed_captures` for ``tally``, ``now`` and
    ``stop``. Raises :class:`~tawatur.sources.watching.TryLaterError` where nothing can be had, and
    :class:`TawaturError` where what stands there is not what the entry calls it."""
    given = Given(entry.outlet, entry.language, entry.media)
    tally = tally or Tally()
    accept = PAGES if entry.kind == "page" else LISTS
    got = fetcher.fetch(entry.address, accept=accept, max_bytes=MAX_BYTES if entry.kind == "sitemap" else None)
    if got.unchanged:
        return Visited("", iter(()))
    capture = got.capture
    if capture is None:
        raise TryLaterError(got.visit.note or f"the server answers {got.visit.status}", got.after)
    if entry.kind == "page":
        reports = _page(entry.address, got, fetcher, given, tally)
    elif entry.kind == "sitemap":
        limits = SitemapLimits(pages=entry.max_pages or LIMITS.pages, since=entry.since)
        reports = sitemap_captures(capture, fetcher, given, limits, tally=tally, now=now, stop=stop)
    elif looks_like_feed(capture.content, capture.media_type):
        reports = feed_captures(capture, fetcher, given, tally=tally, now=now, stop=stop)
    else:
        raise TawaturError("what stands there is no feed", _instead(capture))
    return Visited(got.visit.digest, reports)


def reports_at(address: str, fetcher: Fetcher, *, media: bool = False) -> Iterator[Found]:
    """What stands at ``address``, whatever it is: the reports of a feed or a sitemap, else the page itself; one row
    where that is unchanged."""
    got = fetcher.fetch(address, accept=LISTS)
    capture, given = got.capture, Given(media=media)
    if got.unchanged:
        yield Unread(address, "unchanged since the last visit", code=UNCHANGED)
        return
    if capture is not None and looks_like_feed(capture.content, capture.media_type):
        yield from feed_captures(capture, fetcher, given)
    elif capture is not None and looks_like_sitemap(capture.content):
        yield from sitemap_captures(capture, fetcher, given)
    else:
        yield from _page(address, got, fetcher, given, Tally())


def _page(address: str, got: Fetched, fetcher: Fetcher, given: Given, tally: Tally) -> Iterator[Found]:
    for found in page_captures(address, got, fetcher, media=given.media):
        if isinstance(found, Capture):
            tally.pages += 1
            found = replace(found, outlet=given.outlet)
        elif found.code == "fetch":
            tally.failed += 1
        yield found


def _instead(capture: Capture) -> str:
    """What a page that was given for a feed says of its feeds."""
    if looks_like_sitemap(capture.content):
        return 'it is a sitemap: say kind = "sitemap"'
    for link in _LINK.findall(capture.content[: 1 << 18]):
        href = _HREF.search(link)
        if href and _FEED.search(link):
            try:
                named = href[1].decode("utf-8", "replace").replace("&amp;", "&")
                return f"the page there names this one: {canonical(named, capture.address)}"
            except TawaturError:
                continue
    return 'give the address of the feed itself, or say kind = "page"'
