"""The words of a sentence as a small set that can be held against another's: bits of a fixed signature."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache, lru_cache
from importlib.resources import files

from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize

SIGNATURE = 8
"""Numbers of 64 bits in a signature: two sets of twenty words meet by chance in less than one bit."""
LANGUAGES = ("", "ar", "en")
SHORTEST = {"arabic": 3, "latin": 4, "number": 1}
"""Letters of the shortest word with content, by script; numbers count however short."""
MOST_COMMON = 400
"""Forms at the head of a newspaper's list of words that are not content."""
RARE_FROM = 8000
"""Place in that list from which a stem is rare: names of people, of quarters, of units."""
RARE = 24
"""Rare stems kept of a record; where there are more, those of the smallest numbers, so that two records keep the same."""
_ENGLISH = frozenset(
    "about according after also and are been before between could from had has have into near more over said says "
    "some than that their them then there they this was were what when where which while who will with would".split()
)


@cache
def common_forms() -> list[str]:
    """Folded forms of a newspaper, commonest first."""
    packed = (files("tawatur") / "data" / "words.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().split("\n")


@cache
def _common() -> frozenset[str]:
    return frozenset(common_forms()[:MOST_COMMON]) | _ENGLISH


@cache
def _usual() -> frozenset[str]:
    return frozenset(map(stem, common_forms()[:RARE_FROM]))


@lru_cache(maxsize=1 << 17)
def stem(norm: str) -> str:
    """One form for a word with and without the article: what stands after it; else without a leading "and"."""
    readings = stems(norm)
    after = [rest for rest, n in readings if n >= 2 and norm[:n].endswith(("ال", "لل")) and len(rest) >= 3]
    if after:
        return min(after, key=len)
    if norm[:1] == "و" and len(norm) >= 5:
        return norm[1:]
    return norm


def content(text: str) -> frozenset[str]:
    """The content stems of a text: no marks, no very common or very short words."""
    return frozenset(
        stem(t.norm)
        for t in tokenize(text)
        if t.script != "mark" and len(t.norm) >= SHORTEST[t.script] and t.norm not in _common()
    )


def rare(text: str) -> tuple[int, ...]:
    """Numbers (32 bits, sorted, :data:`RARE` at most, 0 as filling) of the rare stems of a text."""
    found = sorted(_short(w) for w in content(text) if w not in _usual())[:RARE]
    return (*found, *[0] * (RARE - len(found)))


@lru_cache(maxsize=1 << 17)
def _short(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little") or 1


@lru_cache(maxsize=1 << 17)
def _bit(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=2).digest(), "little") % (64 * SIGNATURE)


def signature(text: str) -> tuple[tuple[int, ...], int]:
    """The bits of the content stems of ``text``, and a number of its whole words in order (0 for fewer than five
    words, which many reports have in common by chance)."""
    bits = [0] * SIGNATURE
    for word in content(text):
        place, bit = divmod(_bit(word), 64)
        bits[place] |= 1 << bit
    norms = [t.norm for t in tokenize(text) if t.script != "mark"]
    whole = hashlib.blake2b(" ".join(norms).encode(), digest_size=8).digest() if len(norms) >= 5 else b""
    return tuple(bits), int.from_bytes(whole, "little")


def language_of(text: str) -> str:
    """``ar`` or ``en`` by the script of most letters, "" where there are none."""
    arabic = latin = 0
    for char in fold(text):
        if "\u0600" <= char <= "\u06ff":
            arabic += 1
        elif "a" <= char <= "z":
            latin += 1
    return "" if arabic == latin == 0 else "ar" if arabic >= latin else "en"
