"""Reports from files and standard input, told apart by content: a page or a text (a capture), or a collection with
one JSON object a line (a row each). Collections are read line by line, never as a whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tawatur.errors import InputError
from tawatur.model import Capture

MAX_FILE = 64 << 20
"""Bytes of one page or text; a collection may have any size."""
MAX_LINE = 16 << 20
"""Bytes of one line of a collection."""
_HEAD = 1 << 16
_BOM8 = b"\xef\xbb\xbf"
_BOMS16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a collection, as :func:`tawatur.text.documents.from_row` takes it, and where it stood."""

    value: Mapping[str, object]
    address: str
    line: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read while the rest goes on: where it stood, why, and what helps."""

    address: str
    line: int
    message: str
    hint: str = ""


def read_inputs(
    inputs: Sequence[str], *, documents: bool = False, stdin: BinaryIO | None = None
) -> Iterator[Capture | Row | Unread]:
    """What each of ``inputs`` (a path, or "-" for standard input) holds, in order. ``documents`` says that each is a
    collection, whatever it looks like. Raises :class:`InputError` for an input that cannot be read at all; a folder
    is one, since which of its files are reports is not for a program to guess."""
    for name in inputs:
        if name == "-":
            yield from _from_stream(stdin or sys.stdin.buffer, "-", documents)
            continue
        with _open(name) as stream:
            yield from _from_stream(stream, name, documents)


def _open(name: str) -> BinaryIO:
    path = Path(name)
    try:
        if path.is_dir():
            raise InputError(f"{name} is a folder", f"name the files in it, for example {name.rstrip('/')}/*.txt")
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(f"there is no file {name}", "check the path, or give - to read standard input") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name} cannot be opened: {reason}", "check the path and its permissions") from None


def _from_stream(stream: BinaryIO, name: str, documents: bool) -> Iterator[Capture | Row | Unread]:
    head = _first(stream)
    if not head.strip():
        raise InputError(f"{_called(name)} is empty", "give a file that holds a report")
    if documents or _is_collection(head):
        yield from _rows(stream, head, name)
        return
    rest = stream.read(MAX_FILE + 1 - len(head))
    if len(head) + len(rest) > MAX_FILE:
        raise InputError(
            f"{_called(name)} is larger than {MAX_FILE >> 20} MB, too large for one report",
            "for a collection, give one JSON object a line and --documents",
        )
    yield Capture(head + rest, address=name)


def _called(name: str) -> str:
    return "standard input" if name == "-" else name


def _first(stream: BinaryIO) -> bytes:
    """The first bytes: enough for a judgement also where a pipe gives them in small pieces, and some text is in them."""
    head = b""
    while len(head) < _HEAD:
        more = stream.read(_HEAD - len(head))
        if not more:
            break
        head += more
    return head


def _is_collection(head: bytes) -> bool:
    """Whether the first lines that hold anything are JSON objects with a text. A first line longer than the head is
    judged by its beginning."""
    text = _as_utf8(head)
    if not text.lstrip().startswith(b"{"):
        return False
    lines = [line for line in text.split(b"\n") if line.strip()]
    whole = lines if len(head) < _HEAD or len(lines) == 1 else lines[:-1]
    for line in whole[:3]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            if len(lines) == 1 and len(head) >= _HEAD:
                return b'"text"' in line or b'"id"' in line
            continue
        if isinstance(value, dict) and "text" in value:
            return True
    return False


def _as_utf8(raw: bytes) -> bytes:
    for bom, encoding in _BOMS16.items():
        if raw.startswith(bom):
            return raw[2:].decode(encoding, "ignore").encode()
    return raw.removeprefix(_BOM8)


def _lines(stream: BinaryIO, head: bytes) -> Iterator[bytes | None]:
    """The lines of ``head`` and the rest of ``stream`` as UTF-8; None in place of a line that is too long."""
    encoding = _BOMS16.get(head[:2])
    if encoding:
        yield from _lines16(stream, head[2:], encoding)
        return
    held = head.removeprefix(_BOM8)
    skipping = False
    while True:
        end = held.find(b"\n")
        if end >= 0:
            if not skipping:
                yield held[:end]
            skipping = False
            held = held[end + 1 :]
            continue
        more = stream.readline(MAX_LINE)
        if not more:
            if held and not skipping:
                yield held
            return
        if len(held) + len(more) > MAX_LINE:
            if not skipping:
                yield None
            skipping, held = True, b""
            skipping = not more.endswith(b"\n")
            continue
        held += more


def _lines16(stream: BinaryIO, held: bytes, encoding: str) -> Iterator[bytes | None]:
    text = (held + stream.read(MAX_FILE)).decode(encoding, "replace")
    for line in text.split("\n"):
        yield line.encode("utf-8", "replace")


def _rows(stream: BinaryIO, head: bytes, name: str) -> Iterator[Row | Unread]:
    number = 0
    for line in _lines(stream, head):
        number += 1
        if line is None:
            yield Unread(name, number, f"the line is longer than {MAX_LINE >> 20} MB", "split the text")
            continue
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            yield Unread(name, number, "the line is not UTF-8", "save the collection as UTF-8")
            continue
        except (ValueError, RecursionError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            yield Unread(name, number, f"the line is no JSON: {what}", "give one JSON object a line")
            continue
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            yield Unread(name, number, 'the line is no object with a "text"', 'each line needs at least {"text": …}')
            continue
        yield Row(value, name, number)
