"""What a source is, by its content, and its captures: the one door to files, folders and addresses."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from tawatur.errors import InputError
from tawatur.model import Unread
from tawatur.signatures import signature
from tawatur.sources.collections_ import looks_like_rows, rows_of
from tawatur.sources.files import text_of
from tawatur.sources.folders import folder_of
from tawatur.sources.options import Found, SourceKind, SourceOptions
from tawatur.sources.pages import looks_like_mhtml, looks_like_page, mhtml_of, page_of
from tawatur.sources.streams import HEAD, DamagedError, Source, open_file
from tawatur.sources.tables import looks_like_table, table_of
from tawatur.sources.telegram import looks_like_telegram, telegram_of
from tawatur.sources.warc import looks_like_warc, warc_of

_READERS: Mapping[SourceKind, Callable[[Source, SourceOptions], Iterator[Found]]] = {
    "rows": rows_of,
    "table": table_of,
    "telegram": telegram_of,
    "warc": warc_of,
    "mhtml": mhtml_of,
    "page": page_of,
    "text": text_of,
}
_NO_TEXT = ("no text", "give a text file (UTF-8 is best), an HTML page or JSONL")
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\n]{1,80}"\s*:')
_OTHER_JSON = ("JSON, but not one object a line", "write each report in a line of its own, as jq -c '.[]' does")
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])


def captures(name: str, options: SourceOptions, stdin: BinaryIO | None = None) -> Iterator[Found]:
    """What ``name`` holds: a path (also as ``file:``), an address of the web, or "-" for standard input. A folder is
    read with all that is in it. Raises :class:`InputError` for a source that cannot be read at all; what fails
    inside of it is an :class:`Unread` among the others."""
    if name == "-":
        yield from _stream(Source(stdin or sys.stdin.buffer, "-"), options)
        return
    scheme = name[:8].lower()
    if scheme.startswith(("http://", "https://")):
        if options.fetch is None:
            raise InputError(
                f"{name[:200]} is an address, and none is fetched here", "save the page, and give the file"
            )
        yield from options.fetch(name)
        return
    if scheme.startswith("file:"):
        name = unquote(urlsplit(name).path)
    yield from _path(name, options)


def _path(name: str, options: SourceOptions) -> Iterator[Found]:
    try:
        is_folder = bool(name) and Path(name).is_dir()
    except (OSError, ValueError):
        is_folder = False  # opening it says what is wrong
    if is_folder:
        yield from folder_of(Path(name), options, _path)
        return
    with open_file(name) as stream:
        yield from _stream(Source(stream, name, Path(name)), options)


def _stream(source: Source, options: SourceOptions) -> Iterator[Found]:
    if not source.head.strip():
        source.read(1)  # where it is damaged, this tells
        raise InputError(f"{source.called} is empty", "give a file that holds a report")
    kind = options.kind or kind_of(source, options)
    if not kind:
        what, hint = _binary(source.head) or (_OTHER_JSON if _JSON.match(source.head) else _NO_TEXT)
        yield Unread(source.name, f"this is {what}", hint)
        return
    try:
        yield from _READERS[kind](source, options)
    except DamagedError as error:
        yield Unread(f"{source.name}@{source.position}", str(error), error.hint)


def kind_of(source: Source, options: SourceOptions) -> SourceKind:
    """What ``source`` is; "" where it is nothing that can be read."""
    head = source.head
    if _binary(head) is not None:
        return ""
    if looks_like_warc(head):
        return "warc"
    if looks_like_telegram(head):
        return "telegram"
    if looks_like_rows(head):
        return "rows"
    if looks_like_mhtml(head):
        return "mhtml"
    if looks_like_page(head):
        return "page"
    if options.columns or looks_like_table(source.file):
        return "table"
    return "" if _JSON.match(head) else "text"


def _binary(head: bytes) -> tuple[str, str] | None:
    """What the bytes are where they are no text, and what helps."""
    found = signature(head)
    if found:
        return f"{found[0]}, not a text", found[1]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if 0 not in head or controls * 20 < len(head) or head.startswith((b"\xff\xfe", b"\xfe\xff", b"WARC/")):
        return None
    # Of UTF-16 without a mark every other byte is nearly constant: 0, 6 (the Arabic block) or a space's.
    sample = head[: HEAD - HEAD % 2]
    half = len(sample) // 2 or 1
    steady = max(sum(map(part.count, (b"\x00", b"\x06", b"\x20"))) for part in (sample[::2], sample[1::2]))
    if steady >= 0.9 * half:
        return None
    return _NO_TEXT
