"""Pages as browsers save them: the HTML file with the address that it was saved from, the folder of files beside it,
and Chrome's single file (MHTML)."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from itertools import islice
from pathlib import Path

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture
from tawatur.sources.files import capture_of, whole
from tawatur.sources.media import belongs_to_the_frame, kind_of, media_type_of, saved_file, within_limits
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.streams import Source

PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
_BESIDE = ("_files", ".files")
_MOST_FILES = 500
_MOST_PARTS = 2000
_MOST_MARKS = 20_000
_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|script|table)\b", re.I)
_SAVED_FROM = re.compile(
    rb"saved from url=\(\d{1,5}\)\s*(https?://[^\s<>\"]+)|saved with SingleFile\s+url:\s*(https?://[^\s<>\"]+)", re.I
)
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:")


def looks_like_page(head: bytes) -> bool:
    """Whether it opens with a tag and has the tags of pages near its top."""
    start = head[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:4096]
    return start.startswith(b"<") and _TAGS.search(start) is not None


def looks_like_mhtml(head: bytes) -> bool:
    """Whether it opens with the headers of a page in one file."""
    start = head[:8192]
    return _HEADER.match(start.lstrip()) is not None and _MHTML.search(start) is not None


def files_beside(page: Path) -> Path | None:
    """The folder in which a browser saved the files of ``page``."""
    return next((folder for end in _BESIDE if (folder := page.with_name(page.stem + end)).is_dir()), None)


def page_beside(folder: Path) -> bool:
    """Whether ``folder`` holds the files of a page that lies beside it."""
    stem = next((folder.name.removesuffix(end) for end in _BESIDE if folder.name.endswith(end)), "")
    return bool(stem) and any(folder.with_name(stem + ending).is_file() for ending in PAGE_ENDINGS)


def page_of(source: Source, options: SourceOptions) -> Iterator[Found]:
    """The capture of a saved page, with the pictures and files that were saved with it. Their addresses are the ones
    that the page has for them (``report_files/photo.jpg``)."""
    content = whole(source)
    beside = files_beside(source.path) if source.path else None
    attachments = within_limits(_saved(beside)) if beside else ()
    found = _SAVED_FROM.search(content[:8192].replace(b"\x00", b""))
    address = unescape((found.group(1) or found.group(2)).decode("utf-8", "replace")) if found else ""
    yield capture_of(content, source, options, "page", address=address, attachments=attachments)


def _saved(folder: Path) -> Iterator[Attachment]:
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in paths[:_MOST_FILES]:
        if belongs_to_the_frame(media_type_of(path.name)):
            continue
        attachment = saved_file(path, f"{folder.name}/{path.name}")
        if attachment is not None:
            yield attachment


def mhtml_of(source: Source, options: SourceOptions) -> Iterator[Found]:
    """The capture of the page in a file of Chrome's: the bytes of its HTML, the address and time that it was saved
    from and at, its pictures. Raises :class:`InputError` where it holds no page."""
    content = whole(source)
    if content.count(b"\n--") > _MOST_MARKS:
        raise InputError(f"{source.called} has more parts than any page", "save the page again")
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        parts = [part for part in islice(message.walk(), _MOST_PARTS) if not part.is_multipart()]
    except RecursionError:
        raise InputError(f"{source.called} is nested too deep for a page", "save the page again") from None
    page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    content = _content(page) if page is not None else b""
    if page is None or not content.strip():
        raise InputError(f"{source.called} holds no page", "save the page again")
    address = _text(message, "Snapshot-Content-Location") or _text(page, "Content-Location")
    yield Capture(
        content,
        address=address if address.startswith(("http://", "https://")) else "",
        media_type="text/html",
        charset=_charset(page),
        fetched=_date(message),
        kind="page",
        title=options.title,
        published=options.published,
        outlet=options.outlet,
        found_at=source.name,
        attachments=within_limits(_pictures(parts)),
    )


def _pictures(parts: list[Message]) -> Iterator[Attachment]:
    for part in parts:
        media_type, address = part.get_content_type(), _text(part, "Content-Location")
        content = b"" if belongs_to_the_frame(media_type) or media_type.startswith("text/") else _content(part)
        if content and address:
            digest = hashlib.sha256(content).hexdigest()
            yield Attachment(kind_of(media_type), address, media_type=media_type, digest=digest, content=content)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message, name: str) -> str:
    return " ".join(str(part.get(name) or "").split())


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("") or ""
    except (LookupError, ValueError):
        return ""


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_text(message, "Date"))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
