"""What every format of feed comes to: a name and items, with their texts and links made fit to be kept."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.errors import InputError
from tawatur.model import NO_REPORT, Attachment, Unread
from tawatur.sources.addresses import canonical
from tawatur.sources.media import kind_of

MAX_ITEMS = 5000
"""Items of a feed that are read; feeds of news have tens."""
MAX_ENCLOSURES = 50
"""Pictures and other files of one item that are noted."""
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MAX_ID = 500
_TRACKING = re.compile(r"(utm_\w+|at_medium|at_campaign|fbclid|gclid|yclid|igshid|mc_[ce]id)(=|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One report as a feed names it. ``address`` is its page ("" where it has none), ``id`` what the feed calls it,
    ``listed`` the time of publication as written, ``updated`` when it was last changed. ``content`` is what the feed
    gives of its text, HTML where ``is_html``."""

    id: str
    address: str = ""
    title: str = ""
    listed: str = ""
    updated: datetime | None = None
    content: str = ""
    is_html: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the name that it gives itself, and its items in its order, each once."""

    title: str
    items: tuple[Item, ...] = ()


def attachment(link: str, base: str, media_type: str) -> Attachment | None:
    """What an item shows or plays beside its text; None where ``link`` leads nowhere on the web. A thumbnail comes
    without a type and is a picture."""
    try:
        address = canonical(link, base) if link else ""
    except InputError:
        address = ""
    kind = kind_of(media_type) if media_type else "picture"
    return Attachment(kind, address, media_type=media_type[:100]) if address else None


def address_of(link: str, base: str, found_at: str, issues: list[Unread]) -> str:
    """The address of an item's page, "" where its link is none of the web (``javascript:``), with a row that says so."""
    if not link:
        return ""
    try:
        return canonical(link, base)
    except InputError as error:
        issues.append(Unread(found_at, f"the link of an item leads to no page: {error}", code=NO_REPORT))
        return ""


def each_once(items: Sequence[Item]) -> tuple[Item, ...]:
    """``items`` without those that repeat an earlier one: the same page (or, without one, the same id), the same
    words."""
    found: dict[tuple[str, str, str], Item] = {}
    for item in items:
        found.setdefault((page_of(item.address) or item.id, item.title, item.content), item)
    return tuple(found.values())


def page_of(address: str) -> str:
    """``address`` without what only tells from where a reader came: to compare by, never to be kept."""
    path, _, query = address.partition("?")
    kept = [part for part in query.split("&") if part and not _TRACKING.match(part)]
    return f"{path}?{'&'.join(kept)}" if kept else path


def plain(value: object) -> str:
    """A text that every store can hold: no NUL, no half of a character."""
    return str(value or "").encode("utf-8", "replace").decode().replace("\x00", "")


def line(value: object) -> str:
    """A title in one line, without the tags and escapes that feeds put into it."""
    return " ".join(html.unescape(TAG.sub("", plain(value))).split())


def shortened(name: str) -> str:
    """An id of bounded length."""
    name = name.strip()
    return name if len(name) <= _MAX_ID else hashlib.sha256(name.encode()).hexdigest()
