"""What is given of a document from outside or stated in it, and how it is put down: its id, its day, its bounds."""

from __future__ import annotations

import hashlib

from tawatur.errors import InputError
from tawatur.model import Document, Issue, Published, PublishedBasis
from tawatur.text.attachments import each_once, of_posts
from tawatur.text.moments import day_of
from tawatur.text.parts import parts_of

MAX_CHARACTERS = 2_000_000
"""A longer text is no report (a long book has a million characters): it is refused, so that memory stays bounded."""

Given = tuple[Published, tuple[Issue, ...]]
"""A day of publication, and an issue where it could not be read."""


def content_id(text: str) -> str:
    """The id of a document that came without one: the first 24 hex digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def page_id(url: str, text: str) -> str:
    """The id of a page: two outlets' copies of one text, at two addresses, are two documents."""
    return content_id(f"{url}\n{text}") if url else content_id(text)


def given_day(text: str, basis: PublishedBasis) -> Given:
    """The day given, at the offset that it is written in; an issue where it cannot be read."""
    if not text.strip():
        return Published(), ()
    day = day_of(text)
    if day is None:
        issue = Issue("published", f"the time of publication {text[:60]!r} could not be read")
        return Published(text=text), (issue,)
    return Published(day, basis, text), ()


def first_known(*given: tuple[str, PublishedBasis]) -> Given:
    """The first of several times of publication that says anything, with its basis."""
    return given_day(*next((one for one in given if one[0].strip()), ("", "unknown")))


def bounded(text: str) -> str:
    """``text``, refused with :class:`InputError` where it is empty or longer than any report."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"the text has {len(text):,} characters, more than any report ({MAX_CHARACTERS:,})",
            "split it, or give a collection with one report a line (--documents)",
        )
    if not text.strip():
        raise InputError("there is no text in it", "give a text that holds a report")
    return text


def document_from(text: str, title: str, given: Given, *, known_id: str = "") -> Document:
    """The document of a plain text that begins with ``title``, where it has one; its id by the text where none is
    known. Raises :class:`InputError`."""
    parts = parts_of(bounded(text), title)
    if not title:
        title = next((text[p.start : p.end] for p in parts if p.kind == "title"), "")
    attachments = each_once(of_posts(parts))
    return Document(
        known_id or content_id(text), text, title, given[0], parts=parts, issues=given[1], attachments=attachments
    )
