"""Collections: one JSON object a line, each with a "text". They are read line by line, never as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tawatur.model import Capture, Unread
from tawatur.sources.lines import MAX_LINE, encoding_of, lines_of
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.streams import HEAD, Source

_WHITE = b" \t\r\n"


def looks_like_rows(head: bytes) -> bool:
    """Whether the first line that holds anything is a JSON object (whether it has a text, reading it tells), or one
    of the next is one with a text. A first line longer than the head is judged by its beginning."""
    encoding, mark = encoding_of(head)
    text = head[mark:] if encoding == "utf-8" else head[mark:].decode(encoding, "ignore").encode()
    if not text.lstrip().startswith(b"{"):
        return False
    lines = [line for line in text.split(b"\n") if line.strip()]
    whole = lines if len(head) < HEAD or len(lines) == 1 else lines[:-1]
    for line in whole[:3]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            if len(lines) == 1 and len(head) >= HEAD:
                return b'"text"' in line or b'"id"' in line
            continue
        if isinstance(value, dict) and (line is whole[0] or "text" in value):
            return True
    return False


def rows_of(source: Source, options: SourceOptions) -> Iterator[Found]:
    """A capture for each line: its bytes as found, the address and id that it gives. A line that is no row is told,
    with its bytes, and the rest goes on."""
    encoding = encoding_of(source.head)[0]
    collection = options.collection or source.file
    for number, line in enumerate(lines_of(source), 1):
        where = f"{source.name}:{number}"
        if line is None:
            yield Unread(where, f"the line is longer than {MAX_LINE >> 20} MB", "split the text")
            continue
        if encoding == "utf-8":
            line = line.strip(_WHITE)
        if not line:
            continue
        value = _row(line, encoding)
        if isinstance(value, str):
            if value:
                message, _, hint = value.partition("\n")
                yield Unread(where, message, hint, content=line)
            continue
        yield row_capture(line, value, collection, where, options, "" if encoding == "utf-8" else encoding)


def row_capture(
    content: bytes, value: dict[str, object], collection: str, where: str, options: SourceOptions, charset: str = ""
) -> Capture:
    """The capture of a row whose JSON object is ``value``."""
    return Capture(
        content,
        address=_string(value, "url"),
        charset=charset,
        kind="row",
        collection=collection,
        item=_string(value, "id"),
        published=options.published,
        outlet=options.outlet,
        found_at=where,
    )


def _row(line: bytes, encoding: str) -> dict[str, object] | str:
    """The object in ``line``, or what is wrong with it and what helps, on two lines; "" for a line without words."""
    try:
        text = line.decode(encoding)
        if not text.strip():
            return ""
        value = json.loads(text)
    except UnicodeDecodeError:
        return "the line is not UTF-8\nsave the collection as UTF-8"
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        return f"the line is no JSON: {what}\ngive one JSON object a line"
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return 'the line is no object with a "text"\neach line needs at least {"text": …}'
    return value


def _string(value: dict[str, object], key: str) -> str:
    found = value.get(key)
    return "" if found is None or isinstance(found, (dict, list)) else str(found).strip()
