"""Tokens to sentences.

A sentence ends at . ! ? ؟ … ؛ and at the end of its line; not inside a number, an abbreviation or initials ("U.S.",
"د."), not inside a quotation that is closed in the same paragraph, not inside a word that an author broke with dots
to pass a filter ("قصـ.ـف"). A full stop with no space after it ends one too ("الدولة.وجاءت"). One that goes on beyond
``LONGEST`` tokens is no sentence that anybody wrote: it is cut at a comma, else between words, so that the work for a
sentence stays bounded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tawatur.model import Part
from tawatur.text.tokens import Token

_ENDS = frozenset(".!?؟…؛")
_CLOSERS = frozenset("\"”»'’)]}›")
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "”": "“"}
_LONGEST_QUOTE = 2000
_PAUSES = frozenset(",،:—–")
LONGEST = 300
_TATWEEL = "\u0640"
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt maj capt cpl cmdr adm brig st no vs gov sen rep rev hon jr sr inc ltd corp dept "
    "est fig approx jan feb mar apr jun jul aug sep sept oct nov dec mt ft km u.s u.k u.n e.g i.e a.m p.m".split()
)
_HONORIFICS = frozenset(("د", "م", "أ", "ا", "ص", "ق", "ه", "ب", "ت", "ف", "ج", "ش", "ع", "ك", "ل", "ن", "و", "ي", "س"))


class Sentence(NamedTuple):
    """``[start, end)`` of the text, the tokens ``[i, j)``, and the numbers of its paragraph (a line that holds
    tokens) and of its part (-1 where no part covers it)."""

    start: int
    end: int
    i: int
    j: int
    paragraph: int
    part: int


def sentences(text: str, tokens: Sequence[Token], parts: Sequence[Part] = ()) -> list[Sentence]:
    """The sentences of ``text`` in order; each token is in exactly one."""
    starts = [part.start for part in parts]
    out: list[Sentence] = []
    count = len(tokens)
    i = 0
    paragraph = -1
    while i < count:
        part = bisect_right(starts, tokens[i].start) - 1
        if part >= 0 and tokens[i].start >= parts[part].end:
            part = -1
        line_end = text.find("\n", tokens[i].start)
        line_end = len(text) if line_end < 0 else line_end
        if not out or text.find("\n", out[-1].end, tokens[i].start) >= 0:
            paragraph += 1
        stop = min(line_end, _part_end(parts, part, tokens[i].start, starts, len(text)))
        j = i
        first = i
        while j < count and tokens[j].start < stop:
            token = tokens[j]
            j += 1
            if token.script != "mark":
                continue
            char = text[token.start]
            if char in _QUOTES:
                j = _after_quote(text, tokens, j, char, stop)
                if j > first and _closed_with_end(text, tokens, j, stop):
                    _add(out, tokens, first, j, paragraph, part)
                    first = j
            elif char in _ENDS and _is_end(text, tokens, j - 1, first):
                j = _with_closers(text, tokens, j, stop)
                _add(out, tokens, first, j, paragraph, part)
                first = j
        if j > first:
            _add(out, tokens, first, j, paragraph, part)
        i = j
    return out


def _add(out: list[Sentence], tokens: Sequence[Token], i: int, j: int, paragraph: int, part: int) -> None:
    """The tokens ``[i, j)`` as one sentence, or as several where they are too many for one."""
    while j - i > LONGEST:
        cut = next((k for k in range(i + LONGEST, i + LONGEST // 2, -1) if tokens[k - 1].norm in _PAUSES), i + LONGEST)
        out.append(Sentence(tokens[i].start, tokens[cut - 1].end, i, cut, paragraph, part))
        i = cut
    out.append(Sentence(tokens[i].start, tokens[j - 1].end, i, j, paragraph, part))


def _part_end(parts: Sequence[Part], part: int, at: int, starts: list[int], size: int) -> int:
    if part >= 0:
        return parts[part].end
    after = bisect_right(starts, at)
    return starts[after] if after < len(starts) else size


def _after_quote(text: str, tokens: Sequence[Token], j: int, opener: str, stop: int) -> int:
    """The token after the closing mark of the quotation that ``tokens[j - 1]`` opens; ``j`` where it is never closed."""
    here = tokens[j - 1].start
    closing = text.find(_QUOTES[opener], here + 1, min(stop, here + _LONGEST_QUOTE))
    if closing < 0:
        return j
    while j < len(tokens) and tokens[j].start <= closing:
        j += 1
    return j


def _closed_with_end(text: str, tokens: Sequence[Token], j: int, stop: int) -> bool:
    """Whether the quotation just closed ended its sentence: a stop before its closing mark and a new start after."""
    if j < 2 or text[tokens[j - 2].start] not in _ENDS:
        return False
    if j >= len(tokens) or tokens[j].start >= stop:
        return True
    after = text[tokens[j].start]
    return after.isalpha() and not after.islower()


def _with_closers(text: str, tokens: Sequence[Token], j: int, stop: int) -> int:
    """Further stops and closing brackets right behind belong to the sentence that they end."""
    while j < len(tokens) and tokens[j].start < stop and tokens[j].start == tokens[j - 1].end:
        char = text[tokens[j].start]
        if char not in _ENDS and (char not in _CLOSERS or char == '"'):
            break
        j += 1
    return j


def _is_end(text: str, tokens: Sequence[Token], k: int, first: int) -> bool:
    """Whether the mark ``tokens[k]`` ends a sentence that began at token ``first``."""
    token = tokens[k]
    after = text[token.end : token.end + 1]
    char = text[token.start]
    if char in "!؟؛…":
        return True
    if char == "?":
        return not (after.isascii() and after.isalnum())
    before = text[token.start - 1] if token.start else ""
    if before == _TATWEEL or _TATWEEL in text[token.end : token.end + 3]:
        return False
    if "." in (after, before):
        return _ends_dots(text, token.start)
    if k == first:
        return False
    previous = tokens[k - 1]
    if previous.end != token.start:
        return not (after and after.isalnum() and before.isspace())
    if previous.script == "number":
        return k - 1 != first and not after.isdigit()
    if previous.script == "latin":
        return not _abbreviated(previous.norm, after)
    if previous.script == "arabic" and previous.end - previous.start == 1:
        return previous.norm not in _HONORIFICS or not after or after == "\n"
    return True


def _ends_dots(text: str, at: int) -> bool:
    """A run of dots ends a sentence, unless it stands inside a word that it breaks ("الإسرا..ئيلي")."""
    begin = at
    while begin and begin > at - 3 and text[begin - 1] == ".":
        begin -= 1
    end = at
    while end < at + 3 and text[end : end + 1] == ".":
        end += 1
    return not (end - begin == 2 and text[begin - 1 : begin].isalpha() and text[end : end + 1].isalpha())


def _abbreviated(word: str, after: str) -> bool:
    if word in _ABBREVIATIONS:
        return True
    pieces = word.split(".")
    return all(len(piece) == 1 for piece in pieces) and (len(pieces) > 1 or after == " " or after.isalpha())
