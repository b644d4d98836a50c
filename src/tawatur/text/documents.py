"""Captures, rows and plain texts to documents: the canonical text, its parts, and what is known about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from tawatur.errors import InputError
from tawatur.model import Capture, Document, Issue, Part, Published, PublishedBasis
from tawatur.text.blocks import Block
from tawatur.text.decode import decode
from tawatur.text.furniture import is_caption
from tawatur.text.html import Page, looks_like_html, read_html
from tawatur.text.language import language as language_of
from tawatur.text.moments import day_of
from tawatur.text.parts import parts_of

MAX_CHARACTERS = 2_000_000
"""A longer text is no report (a long book has a million characters): it is refused, so that memory stays bounded."""


def from_capture(
    capture: Capture, *, title: str = "", published: str = "", outlet: str = "", force: str = ""
) -> Document:
    """The document in the bytes of ``capture``, HTML or plain text as their content tells (``force``: "html" or
    "text"). ``title``, ``published`` and ``outlet`` stand before what the page says. Raises :class:`InputError`."""
    decoded = decode(capture.content, capture.charset)
    text, issues = decoded.text, decoded.issues
    if not text.strip():
        raise InputError("there is no text in it", "give a file that holds a report")
    html = force == "html" or (not force and (looks_like_html(text) or "html" in capture.media_type.lower()))
    if not html:
        document = from_text(text, title=title, published=published, outlet=outlet, address=capture.address)
        return replace(document, issues=issues + document.issues)
    page = read_html(text, capture.address if "://" in capture.address else "")
    return _from_page(page, issues, title, published, outlet)


def from_row(row: Mapping[str, object]) -> Document:
    """The document of one line of a collection: ``text`` and where known ``id title published url outlet language``;
    other keys are of no account. Raises :class:`InputError` for a row without a text."""
    text, title = row.get("text"), row.get("title") or ""
    if not isinstance(text, str) or not isinstance(title, str):
        raise InputError("the row has no text", 'each line is an object with at least "text"')
    if title.strip():
        text = f"{title}\n{text}"
    given = _published(_string(row, "published"), "input")
    found = _make(text, title if title.strip() else "", given, row_id=_string(row, "id"))
    code = _string(row, "language")[:2].lower() or language_of(text)
    return replace(found, url=_string(row, "url"), outlet=_string(row, "outlet"), language=code)


def from_text(text: str, *, title: str = "", published: str = "", outlet: str = "", address: str = "") -> Document:
    """The document of a plain text, kept as given; a ``title`` is put before it as its first line, unless it begins
    with it; without one, a headline on its first line is taken for it."""
    title = " ".join(title.split())
    if title and not text.startswith(title):
        text = f"{title}\n{text}"
    document = _make(text, title, _published(published, "option"))
    url = address if "://" in address else ""
    return replace(document, outlet=outlet, url=url, language=language_of(text))


def _make(text: str, title: str, given: tuple[Published, tuple[Issue, ...]], *, row_id: str = "") -> Document:
    _bounded(text)
    if not text.strip():
        raise InputError("there is no text in it", "give a text that holds a report")
    parts = parts_of(text, title)
    if not title:
        title = next((text[p.start : p.end] for p in parts if p.kind == "title"), "")
    return Document(row_id or content_id(text), text, title, given[0], parts=parts, issues=given[1])


def content_id(text: str) -> str:
    """The id of a document that came without one: the first 24 hex digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _bounded(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"the text has {len(text):,} characters, more than any report ({MAX_CHARACTERS:,})",
            "split it, or give a collection with one report a line (--documents)",
        )


def _published(text: str, basis: PublishedBasis) -> tuple[Published, tuple[Issue, ...]]:
    """The day given, at the offset that it is written in; an issue where it cannot be read."""
    if not text.strip():
        return Published(), ()
    day = day_of(text)
    if day is None:
        issue = Issue("published", f"the time of publication {text[:60]!r} could not be read")
        return Published(text=text), (issue,)
    return Published(day, basis, text), ()


def _string(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value).strip()


def _from_page(page: Page, issues: tuple[Issue, ...], title: str, published: str, outlet: str) -> Document:
    blocks = page.blocks
    if title.strip():
        title = " ".join(title.split())
        blocks = (Block("title", title), *(block for block in blocks if block.kind != "title"))
    text, parts = _assemble(blocks)
    _bounded(text)
    meta = page.metadata
    given, more = _published(published, "option") if published.strip() else _published(meta.published, "metadata")
    return Document(
        content_id(text),
        text,
        title or meta.title,
        given,
        meta.url,
        outlet or meta.outlet,
        meta.language if meta.language and meta.language == language_of(text) else language_of(text),
        parts,
        issues + page.issues + more,
    )


def _assemble(blocks: tuple[Block, ...]) -> tuple[str, tuple[Part, ...]]:
    """The blocks joined by line ends, and a part for each."""
    pieces: list[str] = []
    parts: list[Part] = []
    at = 0
    for block in blocks:
        kind = "caption" if block.kind == "body" and is_caption(block.text) else block.kind
        end = at + len(block.text)
        parts.append(Part(kind, at, end, block.author, block.date, block.address, block.links))
        pieces.append(block.text)
        at = end + 1
    return "\n".join(pieces), tuple(parts)
