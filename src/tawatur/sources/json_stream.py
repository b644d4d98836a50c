"""A JSON text read value by value in bounded memory, for files that are one object of any size."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from tawatur.sources.streams import Source

MAX_VALUE = 16 << 20
"""Characters of one value that is taken as a whole."""
_STEP = 1 << 20
_LOOKAHEAD = 1 << 17
_MOST_LOST = 1 << 20
_WHITE = re.compile(r"[ \t\r\n]*")


class BrokenError(Exception):
    """The text is no JSON here; ``cut_off`` where it ends too early."""

    def __init__(self, cut_off: bool) -> None:
        super().__init__("it is cut off" if cut_off else "it is no JSON from here on")
        self.cut_off = cut_off


class Scanner:
    """Reads on through ``source``. Bytes that are no UTF-8 are kept as lone surrogates, as Python escapes them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._parse = json.JSONDecoder(strict=False).raw_decode
        self._text, self._at, self._before, self._ended = "", 0, 0, False
        if source.head.startswith(codecs.BOM_UTF8):
            source.read(len(codecs.BOM_UTF8))

    @property
    def position(self) -> int:
        """How many characters were read."""
        return self._before + self._at

    def _fill(self) -> bool:
        """Whether more could be had."""
        if self._ended:
            return False
        more = self._source.read(_STEP)
        self._ended = not more
        self._before += self._at
        self._text, self._at = self._text[self._at :] + self._decode.decode(more, final=not more), 0
        return True

    def peek(self) -> str:
        """The next character that is no white space, "" at the end."""
        while True:
            found = _WHITE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def take(self, character: str) -> None:
        """Pass over ``character``, which must come next."""
        found = self.peek()
        if found != character:
            raise BrokenError(cut_off=not found)
        self._at += 1

    def value(self) -> tuple[Any, str]:
        """The next value as a whole, and the text of it. Raises :class:`BrokenError`, and stays before it."""
        self.peek()
        if self._at > _LOOKAHEAD // 2:  # an error is reported with its line, which is counted from the beginning
            self._before += self._at
            self._text, self._at = self._text[self._at :], 0
        if len(self._text) < _LOOKAHEAD:
            self._fill()
        while True:
            start = self._at
            try:
                value, end = self._parse(self._text, start)
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value, self._text[start:end]
                at = start
            except json.JSONDecodeError as error:
                at = error.pos
            except (ValueError, RecursionError):
                raise BrokenError(cut_off=False) from None
            # An end that comes too early may be that of what was read so far, an error further back is none.
            if len(self._text) - at > _STEP or len(self._text) - start > MAX_VALUE:
                raise BrokenError(cut_off=False)
            if not self._fill():
                raise BrokenError(cut_off=True)

    def pass_to(self, pattern: re.Pattern[str]) -> tuple[str, bool]:
        """Read on to where ``pattern`` begins (behind the place where we are), or to the end: what was passed over (its
        beginning, where that is long), and whether ``pattern`` was found."""
        lost, start = "", 1
        while True:
            found = pattern.search(self._text, self._at + start)
            if found and found.start() - self._at <= len(self._text):
                lost += self._text[self._at : found.start()]
                self._at = found.start()
                return lost[:_MOST_LOST], True
            keep = max(self._at, len(self._text) - 200)
            lost = (lost + self._text[self._at : keep])[:_MOST_LOST]
            start = 0 if keep > self._at else 1
            self._at = keep
            if not self._fill():
                lost += self._text[self._at :]
                self._at = len(self._text)
                return lost[:_MOST_LOST], False


def found_bytes(text: str) -> bytes:
    """The bytes that ``text`` was decoded from."""
    return text.encode("utf-8", "surrogateescape")
