"""Sitemaps (sitemaps.org 0.9): the pages that a site names, with the times of their last change; sitemaps of news and
lists in plain text too. Written by hand on lxml: nothing is fetched for a document type, no entity is expanded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lxml import etree

from tawatur.errors import InputError
from tawatur.model import Capture, Unread
from tawatur.sources.addresses import canonical, is_web
from tawatur.sources.bodies import read_body
from tawatur.sources.faults import Fault
from tawatur.sources.feed_parts import line, plain
from tawatur.sources.xml_root import head_of, root_of

MAX_BYTES = 50 << 20
"""Bytes of a sitemap, unpacked, as its standard limits them."""
MAX_ENTRIES = 50_000
"""Pages of one sitemap, as its standard limits them."""
_PIECE = 1 << 16
_MOST_TEXT = 10_000
_NAMED = {"urlset": "url", "sitemapindex": "sitemap"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page (or, of an index, a sitemap) as a sitemap names it. ``changed`` is the latest moment that its ``lastmod``
    can mean, ``listed`` the time of publication as a sitemap of news gives it, ``title`` its headline there."""

    address: str
    changed: datetime | None = None
    listed: str = ""
    title: str = ""

    @property
    def day(self) -> date | None:
        """The day of the last change or, where that is not told, of publication."""
        moment = self.changed or moment_of(self.listed)
        return moment.date() if moment else None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names, the latest changed first; ``is_index`` says that these are sitemaps."""

    entries: tuple[Entry, ...] = ()
    is_index: bool = False


def looks_like_sitemap(content: bytes) -> bool:
    """Whether ``content`` is a sitemap in XML, packed or not; lists in plain text are taken as such only where they
    are asked for."""
    head = content[: 1 << 16]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = read_body([content], "gzip", 1 << 16, cut=True)
        except Fault:
            return False
    return root_of(head) in _NAMED


def read_sitemap(capture: Capture) -> tuple[Sitemap, tuple[Unread, ...]]:
    """The sitemap in ``capture`` and a row for all that could not be read. A damaged one gives what stands before the
    damage."""
    where = capture.address or capture.found_at
    content, issues = _unpacked(capture.content, where)
    root = root_of(content)
    if root in _NAMED:
        entries = list(_xml_entries(content, _NAMED[root], where, issues))
    elif is_web(head_of(content)[:8]):
        entries = list(_text_entries(content, where, issues))
    else:
        if not issues:
            issues.append(_bad(where, "it is none, neither in XML nor a list of addresses"))
        entries = []
    once: dict[str, Entry] = {}
    for entry in entries:
        once.setdefault(entry.address, entry)
    # sorting is stable: those of one day, and those without one, stay in the order of the sitemap
    ordered = sorted(once.values(), key=lambda e: e.day or date.min, reverse=True)
    return Sitemap(tuple(ordered), root == "sitemapindex"), tuple(issues)


def _unpacked(content: bytes, where: str) -> tuple[bytes, list[Unread]]:
    if not content.startswith(b"\x1f\x8b"):
        if len(content) <= MAX_BYTES:
            return content, []
        return content[:MAX_BYTES], [_bad(where, f"it is larger than {MAX_BYTES >> 20} MB; the rest was not read")]
    try:
        return read_body([content], "gzip", MAX_BYTES), []
    except Fault as fault:
        return b"", [_bad(where, f"it cannot be unpacked: {fault.note}")]


def _bad(where: str, why: str) -> Unread:
    return Unread(where, f"the sitemap: {why}", "tell its publisher", "sitemap")


def _xml_entries(content: bytes, tag: str, where: str, issues: list[Unread]) -> Iterator[Entry]:
    found = _Entries(tag)
    parser = etree.XMLParser(
        target=found,  # type: ignore[arg-type]  # the stubs want methods for comments too, and bytes
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    number = 0
    damage = ""
    for start in range(0, len(content), _PIECE):
        try:
            parser.feed(content[start : start + _PIECE])
            if start + _PIECE >= len(content):
                parser.close()
        except (etree.XMLSyntaxError, ValueError) as error:
            damage = str(error)[:120]
        for told in found.taken():
            number += 1
            if number > MAX_ENTRIES:
                issues.append(_bad(where, f"it names more than {MAX_ENTRIES:,} pages; those behind were not read"))
                return
            if address := _entry(told.get("loc", ""), where, number, issues):
                listed, title = plain(told.get("publication_date"))[:200], line(told.get("title"))[:1000]
                yield Entry(address, moment_of(told.get("lastmod", "")), listed, title)
        if damage:
            issues.append(_bad(where, f"it is damaged after {number} entries ({damage})"))
            return


class _Entries:
    """Takes a sitemap tag by tag, so that no tree of millions of tags is built. What counts of an entry stands right
    in it or in its news; its pictures and films have addresses and titles of their own."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._path: list[str] = []
        self._told: dict[str, str] = {}
        self._text = ""
        self._done: list[dict[str, str]] = []

    def taken(self) -> list[dict[str, str]]:
        """The entries that ended since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        self._path.append(tag.rpartition("}")[2].lower())
        self._text = ""

    def data(self, data: str) -> None:
        if len(self._text) < _MOST_TEXT:
            self._text += data[:_MOST_TEXT]

    def end(self, tag: str) -> None:
        name = self._path.pop()
        inside = self._path[1:]
        if inside in ([self._tag], [self._tag, "news"]) and self._text.strip():
            self._told.setdefault(name, self._text.strip())
        elif not inside and name == self._tag:
            self._done.append(self._told)
            self._told = {}
        self._text = ""

    def close(self) -> None:
        """The end of the document."""


def _text_entries(content: bytes, where: str, issues: list[Unread]) -> Iterator[Entry]:
    lines = content.decode("utf-8-sig", "replace").splitlines()
    named = [text for each in lines if (text := each.strip())]
    if len(named) > MAX_ENTRIES:
        issues.append(_bad(where, f"it names more than {MAX_ENTRIES:,} pages; those behind were not read"))
    for number, name in enumerate(named[:MAX_ENTRIES], 1):
        if address := _entry(name, where, number, issues):
            yield Entry(address)


def _entry(text: str, where: str, number: int, issues: list[Unread]) -> str:
    try:
        if text:
            return canonical(text, where if is_web(where) else "")
        why = "the entry has no address"
    except InputError as error:
        why = str(error)
    issues.append(Unread(f"{where}#{number}", f"the sitemap names no page there: {why}", code="sitemap"))
    return ""


def moment_of(text: str) -> datetime | None:
    """The latest moment that a W3C time (a year, month, day or more) can mean; None where it is none."""
    text = text.strip()
    try:
        if len(text) == 4:
            return _end(date(int(text) + 1, 1, 1))
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            return _end(date(year + month // 12, month % 12 + 1, 1)) if 1 <= month <= 12 else None
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _end(after: date) -> datetime:
    return datetime.combine(after, time(), UTC) - timedelta(seconds=1)
