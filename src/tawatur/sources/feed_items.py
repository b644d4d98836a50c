"""The reports behind a feed: each item's page where it can be had, else what the feed itself gives of it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tawatur.model import NO_REPORT, Attachment, Capture, Unread
from tawatur.sources.feed_parts import Item, page_of
from tawatur.sources.feeds import read_feed
from tawatur.sources.fetching import Fetcher
from tawatur.sources.media import MAX_MEDIA
from tawatur.sources.options import Found
from tawatur.sources.revisits import is_due, is_open
from tawatur.sources.web import web_captures

_FILES = ("image/", "video/", "audio/", "application/pdf")


@dataclass(slots=True)
class Tally:
    """What became of the things that a list names: ``listed`` of them; ``pages`` fetched anew; ``own`` kept as the
    list gives them; ``known`` passed over, for they are in the books; ``failed`` with nothing to keep. ``later`` of
    them are to be tried again: until that is 0, the list must be read again though its server calls it unchanged."""

    listed: int = 0
    pages: int = 0
    own: int = 0
    known: int = 0
    failed: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a list from outside, for every report behind it."""

    outlet: str = ""
    language: str = ""
    media: bool = False


GIVEN = Given()


def never() -> bool:
    """What nobody asked to stop."""
    return False


def utc_now() -> datetime:
    return datetime.now(UTC)


def feed_captures(
    source: Capture, fetcher: Fetcher, given: Given = GIVEN, *, full: bool = True, tally: Tally | None = None,
    now: Callable[[], datetime] = utc_now, stop: Callable[[], bool] = never,
) -> Iterator[Found]:  # fmt: skip
    """The reports behind the feed in ``source``: a page is fetched where it is not in the books, where the feed says
    that it changed since, or where it could not be had for a while. Without a page, an item's own text is the report:
    HTML as a page, other text as a row; a later page of the same address is a later version of it. ``full`` False
    takes the items' own texts only. Between two items ``stop`` is asked whether to end. Every capture has the feed's
    title as its collection and the item's time as ``listed``."""
    tally = tally or Tally()
    feed, issues = read_feed(source)
    yield from issues
    tally.listed += len(feed.items)
    kept_as = feed.title[:200] or source.address
    asked: set[str] = set()
    for item in feed.items:
        if stop():
            tally.later += 1
            return
        if not full or not item.address or page_of(item.address) in asked:
            # several items with one page are posts of one long page: each has words of its own
            own = _own(item, source, kept_as, given, shares=page_of(item.address) in asked)
            tally.own += own is not None
            tally.failed += own is None
            yield from _with_files(own, given, fetcher, now()) if own else (_empty(item, source),)
            continue
        asked.add(page_of(item.address))
        before = fetcher.before(item.address)
        if not is_due(before, item.updated, now()):
            tally.known += 1
            tally.later += is_open(before, item.updated)
            continue
        yield from _fetched(item, source, kept_as, given, fetcher, tally, now())


def _fetched(
    item: Item, source: Capture, kept_as: str, given: Given, fetcher: Fetcher, tally: Tally, now: datetime
) -> Iterator[Found]:
    nothing = True
    for found in web_captures([item.address], fetcher, media=given.media):
        nothing = False
        if isinstance(found, Capture):
            tally.pages += 1
            shown = {a.address for a in found.attachments}
            attached = (*found.attachments, *(a for a in item.attachments if a.address not in shown))
            page = replace(
                found, collection=kept_as, listed=item.listed, outlet=given.outlet,
                found_at=f"{source.address}#{item.id}", attachments=attached,
            )  # fmt: skip
            yield from _with_files(page, given, fetcher, now)
        elif found.code != "fetch":  # a picture of the page
            yield found
        else:
            own = _own(item, source, kept_as, given)
            tally.own += own is not None
            tally.failed += own is None
            tally.later += is_open(fetcher.before(item.address), None)
            if own is None:
                yield found
                continue
            yield from _with_files(own, given, fetcher, now)
            why = f"kept as the feed gives it, for its page could not be had: {found.message}"
            yield replace(found, message=why, code=NO_REPORT)
    tally.known += nothing


def _with_files(capture: Capture, given: Given, fetcher: Fetcher, now: datetime) -> Iterator[Found]:
    """``capture`` with the bytes of what the feed attaches to it, where they are wanted and not in the books, and a
    row for each that could not be had."""
    attached: list[Attachment] = []
    lost: list[Unread] = []
    for a in capture.attachments:
        if given.media and a.content is None and is_due(fetcher.before(a.address), None, now):
            got = fetcher.fetch(a.address, conditional=False, accept=_FILES, max_bytes=MAX_MEDIA)
            if got.capture is None:
                why = f"the file {a.address} was not kept: {got.visit.note}"
                lost.append(Unread(capture.found_at, why, "the report itself is kept", "picture"))
            else:
                kind = a.media_type or got.capture.media_type
                a = replace(a, content=got.capture.content, digest=got.visit.digest, media_type=kind)
        attached.append(a)
    yield replace(capture, attachments=tuple(attached))
    yield from lost


def _own(item: Item, source: Capture, kept_as: str, given: Given, *, shares: bool = False) -> Capture | None:
    """What the feed gives of ``item`` as a capture; None where it gives nothing. It goes by the address of its page
    where it has one to itself, so that the page comes to the same place; else by the feed and its id there."""
    if not item.content and not item.title:
        return None
    alone = bool(item.address) and not shares
    capture = Capture(
        b"",
        address=item.address or source.address,
        charset="utf-8",
        fetched=source.fetched,
        collection=kept_as,
        item="" if alone else item.id,
        outlet=given.outlet,
        listed=item.listed,
        found_at=f"{source.address}#{item.id}",
        attachments=item.attachments,
    )
    if item.is_html:
        title = f"<title>{html.escape(item.title)}</title>" if item.title else ""
        page = f'<!doctype html><meta charset="utf-8">{title}<article>{item.content}</article>'
        return replace(capture, content=page.encode(), media_type="text/html", kind="page", title=item.title)
    # a headline without a text is the text; the id stays out, for it is the feed's own and names no document
    told = {
        "title": item.title if item.content else "",
        "text": item.content or item.title,
        "url": item.address,
        "language": given.language,
    }
    row = json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False, sort_keys=True)
    return replace(capture, content=row.encode(), media_type="application/json", kind="row")


def _empty(item: Item, source: Capture) -> Unread:
    return Unread(
        f"{source.address}#{item.id}", "an item of the feed with neither a page, a text nor a title", code="feed"
    )
