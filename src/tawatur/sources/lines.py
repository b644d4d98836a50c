"""The lines of a source, in bounded memory, whatever its Unicode encoding."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.sources.streams import Source

MAX_LINE = 16 << 20
"""Bytes of one line; a longer one is passed over."""
_STEP = 1 << 16
_BOM8 = b"\xef\xbb\xbf"
_BOMS16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def encoding_of(head: bytes) -> tuple[str, int]:
    """The Unicode encoding that a byte order mark tells, UTF-8 without one, and the length of that mark."""
    encoding = _BOMS16.get(head[:2])
    return (encoding, 2) if encoding else ("utf-8", len(_BOM8) if head.startswith(_BOM8) else 0)


def lines_of(source: Source) -> Iterator[bytes | None]:
    """The lines without their ends and the byte order mark; None in place of one that is too long."""
    encoding, mark = encoding_of(source.head)
    if mark:
        source.read(mark)
    end = "\n".encode(encoding)
    held: list[bytes] = []
    size, passing = 0, False
    rest = b""
    while more := source.read(_STEP):
        pieces = _split(rest + more, end)
        rest = b""
        if len(end) == 2 and len(pieces[-1]) % 2:
            rest = pieces[-1][-1:]
            pieces[-1] = pieces[-1][:-1]
        for piece in pieces[:-1]:
            size += len(piece)
            yield None if passing or size > MAX_LINE else b"".join([*held, piece])
            held, size, passing = [], 0, False
        size += len(pieces[-1])
        if size > MAX_LINE:
            held, passing = [], True
        elif pieces[-1]:
            held.append(pieces[-1])
    if passing:
        yield None
    elif held or rest:
        yield b"".join([*held, rest])


def _split(raw: bytes, end: bytes) -> list[bytes]:
    """``raw`` at its line ends; in UTF-16 only where one begins at an even byte."""
    if len(end) == 1:
        return raw.split(end)
    out, start, at = [], 0, raw.find(end)
    while at >= 0:
        if at % 2:
            at = raw.find(end, at + 1)
            continue
        out.append(raw[start:at])
        start = at + 2
        at = raw.find(end, start)
    out.append(raw[start:])
    return out
