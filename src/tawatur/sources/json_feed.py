"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): the same lists of reports as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from tawatur.model import Capture, Unread
from tawatur.sources.feed_parts import (
    MAX_ENCLOSURES,
    MAX_ITEMS,
    Feed,
    Item,
    address_of,
    attachment,
    each_once,
    line,
    plain,
    shortened,
)  # fmt: skip

_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')


def looks_like_json_feed(head: str) -> bool:
    """Whether something is a JSON feed, by its beginning."""
    return head.lstrip("\ufeff \t\r\n").startswith("{") and _VERSION.search(head) is not None


def read_json_feed(content: bytes, capture: Capture) -> tuple[Feed, tuple[Unread, ...]]:
    """The feed in ``content``, as :func:`tawatur.sources.feeds.read_feed` gives it."""
    where = capture.address or capture.found_at
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else "it is no UTF-8, or nested too deep"
        return Feed(""), (Unread(where, f"the feed: it is no JSON ({why})", "tell its publisher", "feed"),)
    rows = value.get("items") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return Feed(""), (Unread(where, "the feed: it has no list of items", "tell its publisher", "feed"),)
    issues: list[Unread] = []
    if len(rows) > MAX_ITEMS:
        why = f"the feed: it has more than {MAX_ITEMS:,} items; those behind were not read"
        issues.append(Unread(where, why, "tell its publisher", "feed"))
    items = []
    for number, row in enumerate(rows[:MAX_ITEMS], 1):
        if isinstance(row, dict):
            items.append(_item(row, capture.address, number, issues))
        else:
            issues.append(Unread(f"{where}#{number}", "an item of the feed is no object", code="feed"))
    return Feed(line(value.get("title")), each_once(items)), tuple(issues)


def _item(row: Mapping[str, object], base: str, number: int, issues: list[Unread]) -> Item:
    link = _text(row, "url") or _text(row, "external_url")
    address = address_of(link, base, f"{base}#{number}", issues)
    page = _text(row, "content_html")
    title = line(_text(row, "title"))
    named = row.get("id")  # some give a number, which the format allows readers to take
    given = plain(named) if isinstance(named, str | int) else ""
    pictures = [(_text(row, "image"), ""), *((_text(a, "url"), _text(a, "mime_type")) for a in _attached(row))]
    return Item(
        shortened(given) or address or shortened(title),
        address,
        title,
        line(_text(row, "date_published") or _text(row, "date_modified"))[:200],
        _moment(_text(row, "date_modified")),
        page.strip() or (_text(row, "content_text") or _text(row, "summary")).strip(),
        bool(page.strip()),
        tuple(a for link, kind in pictures[:MAX_ENCLOSURES] if (a := attachment(link, base, kind))),
    )


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return plain(value) if isinstance(value, str) else ""


def _attached(row: Mapping[str, object]) -> list[Mapping[str, object]]:
    found = row.get("attachments")
    return [a for a in found if isinstance(a, dict)] if isinstance(found, list) else []


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
