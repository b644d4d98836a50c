"""Words of a text with their offsets and folded forms, and the Arabic clitics that may be split from them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from tawatur.text.normal import DROPPED, fold

Script = Literal["arabic", "latin", "number", "mark"]

_DROP = "".join(map(chr, sorted(DROPPED)))
_ARABIC = (
    r"\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc"
)
_WORD = re.compile(
    rf"(?P<number>[0-9\u0660-\u0669\u06f0-\u06f9]{{1,64}}(?:[.,\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]{{1,64}}){{0,15}})"
    rf"|(?P<arabic>[{_ARABIC}](?:[{_ARABIC}{re.escape(_DROP)}]|(?<=\u0640)[.*](?=\u0640)){{0,255}})"
    rf"|(?P<latin>[^\W\d_{_ARABIC}](?:[^\W_{_ARABIC}]|['’.-](?=[^\W\d_{_ARABIC}])){{0,255}})"
    r"|(?P<mark>[^\s\w])"
)


# Posts veil words from filters with a dot between two tatweels: "قُتـ.ـل" is read as "قتل".
_VEILED = re.compile("\u0640[.*]\u0640")


class Token(NamedTuple):
    """A word, a number or one mark: ``[start, end)`` of the text and the folded form. The underscore
    of a hashtag is a gap like white space, so "#بيت_جن" names the place بيت جن."""

    start: int
    end: int
    norm: str
    script: Script


@lru_cache(maxsize=1 << 17)
def _folded(word: str) -> tuple[str, int]:
    """The folded form and how many characters at the end of the word are marks that fold to nothing."""
    tail = len(word) - len(word.rstrip(_DROP))
    if "\u0640" in word:
        word = _VEILED.sub("", word)
    return fold(word), tail


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` in order. White space and marks that fold to nothing belong to none."""
    out: list[Token] = []
    add = out.append
    for m in _WORD.finditer(text):
        word = m.group()
        norm, tail = _folded(word)
        if norm:
            start = m.start()
            add(Token(start, start + len(word) - tail, norm, m.lastgroup))  # type: ignore[arg-type]
    return out


@lru_cache(maxsize=1 << 17)
def stems(norm: str) -> tuple[tuple[str, int], ...]:
    """The readings of a folded Arabic word with 0, 1 or more proclitics (و ف ب ك ل س, the article ال) taken off:
    pairs of the rest and the number of folded letters taken off, whole word first. At least two letters stay."""
    out = [(norm, 0)]
    seen = {norm}

    def put(n: int) -> None:
        rest = norm[n:]
        if len(rest) >= 2 and rest not in seen:
            seen.add(rest)
            out.append((rest, n))

    i = 0
    if norm[:1] in ("و", "ف"):
        put(1)
        i = 1
    starts = (0, 1) if i else (0,)
    for j in starts:
        if norm[j : j + 2] == "لل":
            put(j + 2)
        elif norm[j : j + 1] in ("ب", "ك", "ل"):
            put(j + 1)
            if norm[j + 1 : j + 3] == "ال":
                put(j + 3)
        elif norm[j : j + 1] == "س":
            put(j + 1)
        if norm[j : j + 2] == "ال":
            put(j + 2)
    return tuple(out)


def cut(text: str, token: Token, letters: int) -> int:
    """The offset in ``text`` after the first ``letters`` folded letters of ``token`` and the marks on them."""
    i, left = token.start, letters
    while left > 0 and i < token.end:
        left -= len(fold(text[i]))
        i += 1
    while i < token.end and ord(text[i]) in DROPPED:
        i += 1
    return i
