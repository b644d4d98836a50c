"""Words of a text with their offsets and folded forms, and the Arabic clitics that may be split from them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from tawatur.text.normal import DROPPED, FOLDER, fold

Script = Literal["arabic", "latin", "number", "mark"]

_DROP = "".join(map(chr, sorted(DROPPED)))
_ARABIC = (
    r"\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc"
)
_NUMBER = r"[0-9\u0660-\u0669\u06f0-\u06f9]{1,64}(?:[.,\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]{1,64}){0,15}"
_LATIN = rf"[^\W\d_{_ARABIC}](?:[^\W_{_ARABIC}]|['’.-](?=[^\W\d_{_ARABIC}])){{0,255}}"
# The four begin with different characters, so their order is one of speed, and a word's first tells its script.
_PLAIN = re.compile(rf"[{_ARABIC}][{_ARABIC}{re.escape(_DROP)}]{{0,255}}|[^\s\w]|{_NUMBER}|{_LATIN}")
_WORD = re.compile(
    rf"[{_ARABIC}](?:[{_ARABIC}{re.escape(_DROP)}]|(?<=\u0640)[.*](?=\u0640)){{0,255}}|[^\s\w]|{_NUMBER}|{_LATIN}"
)
_FIRST: tuple[tuple[re.Pattern[str], Script], ...] = (
    (re.compile(f"[{_ARABIC}]"), "arabic"),
    (re.compile(r"[^\s\w]"), "mark"),
    (re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9]"), "number"),
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


_SEEN: dict[str, tuple[str, int, Script]] = {}
_MOST_SEEN = 200_000


def _read(word: str) -> tuple[str, int, Script]:
    """The folded form, the length without the marks at the end that fold to nothing, and the script."""
    length = len(word.rstrip(_DROP))
    plain = _VEILED.sub("", word) if "\u0640" in word else word
    script: Script = next((script for first, script in _FIRST if first.match(word)), "latin")
    if len(_SEEN) >= _MOST_SEEN:
        _SEEN.clear()
    found = _SEEN[word] = (fold(plain), length, script)
    return found


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` in order. White space and marks that fold to nothing belong to none."""
    out: list[Token] = []
    add, new, known, find = out.append, tuple.__new__, _SEEN.get, text.find
    words = _WORD if "\u0640." in text or "\u0640*" in text else _PLAIN
    at = 0
    # Between two words stands nothing that a word begins with: the next place where a word's letters stand is its own.
    for word in words.findall(text):
        at = find(word, at)
        norm, length, script = known(word) or _read(word)
        if norm:
            add(new(Token, (at, at + length, norm, script)))
        at += len(word)
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
        left -= len(FOLDER[ord(text[i])])
        i += 1
    while i < token.end and ord(text[i]) in DROPPED:
        i += 1
    return i
