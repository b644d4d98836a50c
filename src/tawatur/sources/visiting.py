"""One visit to one entry of a list of feeds: what stands there now and is not in the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from tawatur.errors import TawaturError
from tawatur.model import Capture, Unread
from tawatur.sources.addresses import canonical
from tawatur.sources.feed_items import Given, Tally, feed_captures, never, utc_now
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.feeds import looks_like_feed
from tawatur.sources.fetching import Fetcher
from tawatur.sources.options import Found
from tawatur.sources.sitemap_pages import LIMITS, SitemapLimits, sitemap_captures
from tawatur.sources.sitemaps import MAX_BYTES, looks_like_sitemap
from tawatur.sources.watching import TryLaterError
from tawatur.sources.web import web_captures

_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)
_FEED = re.compile(rb"application/(rss|atom)\+xml|application/feed\+json", re.IGNORECASE)


def listed_captures(
    capture: Capture, fetcher: Fetcher, given: Given, *, tally: Tally | None = None, limits: SitemapLimits = LIMITS,
    now: Callable[[], datetime] = utc_now, stop: Callable[[], bool] = never,
) -> Iterator[Found] | None:  # fmt: skip
    """The reports behind ``capture`` where it is a feed or a sitemap in XML; None where it is neither."""
    if looks_like_feed(capture.content, capture.media_type):
        return feed_captures(capture, fetcher, given, tally=tally, now=now, stop=stop)
    if looks_like_sitemap(capture.content):
        return sitemap_captures(capture, fetcher, given, limits, tally=tally, now=now, stop=stop)
    return None


def visit(
    entry: FeedEntry, fetcher: Fetcher, *, tally: Tally | None = None, now: Callable[[], datetime] = utc_now,
    stop: Callable[[], bool] = never,
) -> Iterator[Found]:  # fmt: skip
    """What is new at ``entry``. A list that its server calls unchanged gives nothing. Raises
    :class:`~tawatur.sources.watching.TryLaterError` where the list cannot be had, and :class:`TawaturError` where
    what stands there is not what the entry calls it."""
    given = Given(entry.outlet, entry.language, entry.media)
    tally = tally or Tally()
    if entry.kind == "page":
        yield from _page(entry, fetcher, given, tally)
        return
    got = fetcher.fetch(entry.address, max_bytes=MAX_BYTES if entry.kind == "sitemap" else None)
    if got.unchanged:
        return
    if got.capture is None:
        raise TryLaterError(got.visit.note or f"the server answers {got.visit.status}", got.after)
    if entry.kind == "sitemap":
        limits = SitemapLimits(pages=entry.max_pages or LIMITS.pages, since=entry.since)
        yield from sitemap_captures(got.capture, fetcher, given, limits, tally=tally, now=now, stop=stop)
        return
    if not looks_like_feed(got.capture.content, got.capture.media_type):
        raise TawaturError("what stands there is no feed", _instead(got.capture))
    yield from feed_captures(got.capture, fetcher, given, tally=tally, now=now, stop=stop)


def _page(entry: FeedEntry, fetcher: Fetcher, given: Given, tally: Tally) -> Iterator[Found]:
    tally.listed = 1
    nothing = True
    for found in web_captures([entry.address], fetcher, media=given.media):
        nothing = False
        if isinstance(found, Unread):
            if found.code == "fetch":
                raise TryLaterError(found.message)
            yield found
        else:
            tally.pages += 1
            yield replace(found, outlet=given.outlet)
    tally.known += nothing


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
