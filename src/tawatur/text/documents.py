"""Captures, rows and plain texts to documents: the canonical text, its parts, and what is known about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tawatur.errors import InputError
from tawatur.model import Capture, Document, Issue, Part
from tawatur.text.attachments import each_once, of_posts
from tawatur.text.blocks import Block
from tawatur.text.decode import decode
from tawatur.text.furniture import is_caption
from tawatur.text.given import bounded, document_from, first_known, page_id
from tawatur.text.html import Page, looks_like_html, read_html
from tawatur.text.language import language as language_of
from tawatur.text.messages import from_message


def document_of(capture: Capture) -> Document:
    """The document in ``capture``, read as its kind says or, where it says none, as its bytes look. Its ``title``,
    ``published`` and ``outlet`` stand before what a page or a text says; a row's own stand before them; ``listed`` is
    the day where nothing else gives one. Raises :class:`InputError`."""
    if capture.kind == "unread":
        raise InputError(capture.title)
    if capture.kind == "row":
        return _of_row(_object(capture), capture)
    if capture.kind == "message":
        return from_message(_object(capture), capture)
    decoded = decode(capture.content, capture.charset)
    text, issues = decoded.text, decoded.issues
    if not text.strip():
        raise InputError("there is no text in it", "give a file that holds a report")
    html = capture.kind == "page" or (
        not capture.kind and (looks_like_html(text) or "html" in capture.media_type.lower())
    )
    if html:
        return _from_page(read_html(text, _web(capture.address)), issues, capture)
    document = from_text(
        text,
        title=capture.title,
        published=capture.published,
        outlet=capture.outlet,
        address=capture.address,
        listed=capture.listed,
    )
    return replace(document, issues=issues + document.issues)


def from_row(row: Mapping[str, object], published: str = "", outlet: str = "", listed: str = "") -> Document:
    """The document of one line of a collection: ``text`` and where known ``id title published url outlet language``;
    other keys are of no account. ``published`` and ``outlet`` are taken where the row gives none, ``listed`` where
    neither does. Raises :class:`InputError` for a row without a text."""
    text, title = row.get("text"), row.get("title") or ""
    if not isinstance(text, str) or not isinstance(title, str):
        raise InputError("the row has no text", 'each line is an object with at least "text"')
    if title.strip():
        text = f"{title}\n{text}"
    given = first_known((_string(row, "published"), "input"), (published, "option"), (listed, "listed"))
    found = document_from(text, title if title.strip() else "", given, known_id=_string(row, "id"))
    code = _string(row, "language")[:2].lower() or language_of(text)
    return replace(found, url=_string(row, "url"), outlet=_string(row, "outlet") or outlet, language=code)


def from_text(
    text: str, *, title: str = "", published: str = "", outlet: str = "", address: str = "", listed: str = ""
) -> Document:
    """The document of a plain text, kept as given; a ``title`` is put before it as its first line, unless it begins
    with it; without one, a headline on its first line is taken for it."""
    title = " ".join(title.split())
    if title and not text.startswith(title):
        text = f"{title}\n{text}"
    document = document_from(text, title, first_known((published, "option"), (listed, "listed")))
    return replace(document, outlet=outlet, url=_web(address), language=language_of(text))


def _of_row(row: Mapping[str, object], capture: Capture) -> Document:
    return from_row(row, capture.published, capture.outlet, capture.listed)


def _object(capture: Capture) -> dict[str, Any]:
    """The JSON object that the bytes of a row or message are."""
    try:
        value = json.loads(capture.content.decode(capture.charset or "utf-8", "surrogatepass"))
    except (ValueError, RecursionError, LookupError):
        value = None
    if not isinstance(value, dict):
        raise InputError(f"the {capture.kind} is no JSON object", "take it in again from its source")
    return value


def _web(address: str) -> str:
    return address if "://" in address else ""


def _string(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value).strip()


def _from_page(page: Page, issues: tuple[Issue, ...], capture: Capture) -> Document:
    blocks, meta = page.blocks, page.metadata
    title = " ".join(capture.title.split())
    if title:
        blocks = (Block("title", title), *(block for block in blocks if block.kind != "title"))
    text, parts = _assemble(blocks)
    day, more = first_known((capture.published, "option"), (meta.published, "metadata"), (capture.listed, "listed"))
    return Document(
        page_id(meta.url, bounded(text)),
        text,
        title or meta.title,
        day,
        meta.url,
        capture.outlet or meta.outlet,
        meta.language if meta.language and meta.language == language_of(text) else language_of(text),
        parts,
        issues + page.issues + more,
        attachments=each_once([*page.attachments, *of_posts(parts)]),
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
