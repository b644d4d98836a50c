"""Feeds (RSS 0.9x, 1.0, 2.0, Atom, JSON Feed): the reports that a list of news names, newest first as it gives them.

feedparser reads the XML. It is given bytes only: a name would be opened, an address fetched. Times stay as they are
written, for an Arabic one is none to feedparser and one to the stage that makes documents."""

from __future__ import annotations

import calendar
import html
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice

import feedparser  # type: ignore[import-untyped]

from tawatur.model import Attachment, Capture, Unread
from tawatur.sources.feed_parts import (
    MAX_ENCLOSURES,
    MAX_ITEMS,
    TAG,
    Feed,
    Item,
    address_of,
    attachment,
    each_once,
    line,
    plain,
    shortened,
)  # fmt: skip
from tawatur.sources.json_feed import looks_like_json_feed, read_json_feed
from tawatur.sources.xml_root import head_of, root_of

MAX_BYTES = 8 << 20
"""Bytes of a feed that are read."""
_MAX_TAGS = 150_000
"""Signs that may begin a tag; the XML reader takes 20 µs or more for each."""
_RDF = ("purl.org/rss/1.0", "my.netscape.com/rdf/simple/0.9")
_ATOM = ("w3.org/2005/atom", "purl.org/atom/")
_ITEM = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]")
_OPENS = re.compile(b"<")
_CHARACTER = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));")


def looks_like_feed(content: bytes, media_type: str = "") -> bool:
    """Whether ``content`` is a feed, by its beginning. A media type alone does not make a page one; it only helps
    where something stands before the XML (a warning of the server's program, say)."""
    head = head_of(content).lower()
    root = root_of(content)
    if not root and any(mark in media_type for mark in ("rss", "atom", "xml")):
        start = max(head.find("<?xml"), 0) or max(head.find("<rss"), 0)
        root = root_of(head[start:].encode("utf-8", "replace")) if 0 < start < 2000 else ""
    if root == "rdf":
        return any(mark in head for mark in _RDF)
    if root == "feed":
        return "atom" in media_type or any(mark in head for mark in _ATOM)
    return root == "rss" or looks_like_json_feed(head)


def read_feed(capture: Capture) -> tuple[Feed, tuple[Unread, ...]]:
    """The feed in ``capture``, whose address is what relative links stand on, and a row for all that could not be
    read. A broken feed gives what stands before the break, and often what stands after it."""
    content, issues = _bounded(capture)
    if looks_like_json_feed(head_of(content)):
        feed, more = read_json_feed(content, capture)
        return feed, (*issues, *more)
    headers = {"content-location": capture.address, "content-type": _content_type(capture)}
    try:
        found = feedparser.parse(
            io.BytesIO(_CHARACTER.sub(_allowed, content)),
            sanitize_html=False,  # what is kept is what was said; pages are cleaned where they are read
            resolve_relative_uris=False,
            response_headers=headers,
        )
    except Exception as error:  # its readers of broken XML and of times fail in ways of their own
        return Feed(""), (*issues, _broken(capture, f"it cannot be read ({type(error).__name__})"))
    if not found.get("version") and not found.entries:
        return Feed(""), (*issues, _broken(capture, "it is no feed"))
    if found.get("bozo") and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        issues.append(_broken(capture, f"it is damaged, and what could be read was ({_reason(found.bozo_exception)})"))
    entries = found.entries[:MAX_ITEMS]
    items = [_item(entry, capture, number, issues) for number, entry in enumerate(entries, 1)]
    return Feed(line(found.feed.get("title", "")), each_once(items)), tuple(issues)


def _bounded(capture: Capture) -> tuple[bytes, list[Unread]]:
    content, issues = capture.content, []
    if len(content) > MAX_BYTES:
        content = content[:MAX_BYTES]
        issues.append(_broken(capture, f"it is larger than {MAX_BYTES >> 20} MB; what stands behind that was not read"))
    if content.count(b"<") > _MAX_TAGS:
        content = content[: next(islice(_OPENS.finditer(content), _MAX_TAGS, None)).start()]
        issues.append(_broken(capture, f"it has more than {_MAX_TAGS:,} tags; what stands behind was not read"))
    for number, found in enumerate(_ITEM.finditer(content)):
        if number == MAX_ITEMS:
            issues.append(_broken(capture, f"it has more than {MAX_ITEMS:,} items; those behind were not read"))
            return content[: found.start()] + _ENDS.get(root_of(content), b""), issues
    return content, issues


_ENDS = {"rss": b"</channel></rss>", "feed": b"</feed>"}


def _broken(capture: Capture, why: str) -> Unread:
    return Unread(capture.address or capture.found_at, f"the feed: {why}", "tell its publisher", "feed")


def _content_type(capture: Capture) -> str:
    # the charset of a header stands before that of the XML, as RFC 7303 has it; without one, the XML tells
    return f"application/xml; charset={capture.charset}" if capture.charset else "application/xml"


def _allowed(found: re.Match[bytes]) -> bytes:
    """A character reference that XML allows, or the sign for a character that is none: surrogates and controls would
    stop the reader, or the store later."""
    code = int(found[1], 16) if found[1] else int(found[2])
    fine = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found[0] if fine else b"&#xFFFD;"


def _reason(error: Exception) -> str:
    return line(str(error))[:120]


def _item(entry: dict[str, object], capture: Capture, number: int, issues: list[Unread]) -> Item:
    content, is_html = _content(entry)
    base = _base(entry) or capture.address
    named = plain(entry.get("id", ""))
    link = plain(entry.get("feedburner_origlink", "") or entry.get("link", ""))
    title = line(entry.get("title", ""))
    address = address_of(link, base, f"{capture.address}#{number}", issues)
    # dict's own get, for feedparser's gives the day of publication where that of a change is asked for
    changed = dict.get(entry, "updated_parsed")
    listed = next((str(t) for key in ("published", "updated", "created") if (t := dict.get(entry, key))), "")
    return Item(
        shortened(named) or address or shortened(title),
        address,
        title,
        line(listed)[:200],
        _moment(changed),
        content,
        is_html,
        tuple(_attachments(entry, base)),
    )


def _content(entry: Mapping[str, object]) -> tuple[str, bool]:
    """The longest text that an entry gives of itself, and whether it is HTML: most feeds do not say so."""
    texts = [(plain(c.get("value", "")), str(c.get("type", ""))) for c in _dicts(entry.get("content"))]
    for detail in _dicts([entry.get("summary_detail")]):
        texts.append((plain(detail.get("value", "")), str(detail.get("type", ""))))
    if not texts:
        return "", False
    text, kind = max(texts, key=lambda pair: len(pair[0]))
    if kind == "text/plain":
        return text.strip(), False
    return (text.strip(), True) if TAG.search(text) else (html.unescape(text).strip(), False)


def _base(entry: Mapping[str, object]) -> str:
    """What relative links stand on (xml:base), which feedparser keeps with every text."""
    details = [entry.get("title_detail"), entry.get("summary_detail"), *_dicts(entry.get("content"))]
    return next((str(d.get("base")) for d in _dicts(details) if d.get("base")), "")


def _dicts(values: object) -> list[dict[str, object]]:
    return [v for v in values if isinstance(v, dict)] if isinstance(values, Sequence) else []


def _attachments(entry: Mapping[str, object], base: str) -> list[Attachment]:
    found: dict[str, Attachment] = {}
    enclosures = [link for link in _dicts(entry.get("links")) if link.get("rel") == "enclosure"]
    for given in (*enclosures, *_dicts(entry.get("media_content")), *_dicts(entry.get("media_thumbnail"))):
        made = attachment(plain(given.get("href") or given.get("url") or ""), base, plain(given.get("type") or ""))
        if made and len(found) < MAX_ENCLOSURES:
            found.setdefault(made.address, made)
    return list(found.values())


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC) if value else None  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return None
