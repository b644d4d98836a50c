"""Finding in a text the words that a model gives as its words: exactly, else in the normal form, else not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tawatur.reader.llm.pieces import Range
from tawatur.text.normal import DROPPED, Normal, fold, normalise
from tawatur.text.tokens import stems

_MANY = 500
"""Places of one quote that are looked at: words that stand more often say nothing of where."""
_IN_NUMBERS = frozenset(".,٫٬")


class Ground:
    """Stretches of a document's text, in which words are looked for."""

    def __init__(self, text: str, ranges: Sequence[Range]) -> None:
        self.text = text
        self._ranges = ranges
        self._normal: dict[Range, Normal] = {}

    def find(self, quote: str) -> list[Range]:
        """Where the words of ``quote`` stand, as ``[start, end)`` of the document's text, in order. A word counts only
        whole, but for what Arabic writes together with it before it (و ف ب ك ل س, ال). Where the quote does not stand
        there as it is, letters of one normal form and any white space count as the same."""
        quote = quote.strip()
        if not quote:
            return []
        exact = [(at, at + len(quote)) for each in self._ranges for at in _places(self.text, quote, each)]
        return [hit for hit in exact if whole(self.text, *hit)] or self._by_normal_form(quote)

    def _by_normal_form(self, quote: str) -> list[Range]:
        words = fold(quote).split()
        if not words:
            return []
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        out: list[Range] = []
        for each in self._ranges:
            if each not in self._normal:
                self._normal[each] = normalise(self.text[slice(*each)])
            normal = self._normal[each]
            for found in pattern.finditer(normal.text):
                start, end = normal.span(found.start(), found.end())
                out.append((each[0] + start, each[0] + end))
                if len(out) == _MANY:
                    break
        return [hit for hit in out if whole(self.text, *hit)]


def nearest(hits: Sequence[Range], to: Range) -> Range | None:
    """The hit with the fewest characters between it and ``to``, the earlier of equals; None where there is none."""
    return min(hits, key=lambda hit: (max(0, hit[0] - to[1], to[0] - hit[1]), hit[0]), default=None)


def _places(text: str, quote: str, within: Range) -> list[int]:
    out: list[int] = []
    at = text.find(quote, *within)
    while at >= 0 and len(out) < _MANY:
        out.append(at)
        at = text.find(quote, at + 1, within[1])
    return out


def whole(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` begins and ends with words, the proclitics of an Arabic word left out or not."""
    first, last = start, end
    while first > 0 and _goes_on(text, first - 1):
        first -= 1
    while last < len(text) and _goes_on(text, last):
        last += 1
    if fold(text[end:last]):
        return False
    if _in_number(text, first - 1) or _in_number(text, last):
        return False
    before = len(fold(text[first:start]))
    return before == 0 or any(before == taken for _, taken in stems(fold(text[first : _word_end(text, start)])))


def _word_end(text: str, at: int) -> int:
    while at < len(text) and _goes_on(text, at):
        at += 1
    return at


def _goes_on(text: str, at: int) -> bool:
    """Whether the character at ``at`` is part of a word."""
    return text[at].isalnum() or ord(text[at]) in DROPPED


def _in_number(text: str, at: int) -> bool:
    """Whether a mark at ``at`` stands between two digits: then what ends there is half a number."""
    return 0 < at < len(text) - 1 and text[at] in _IN_NUMBERS and text[at - 1].isdecimal() and text[at + 1].isdecimal()
