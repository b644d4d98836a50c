"""The keys that names of places are compared by: one for each way that a name is commonly spelt.

A key is the words of a name without their articles, run together: "دير الزور", "ديرالزور" and "Deir ez-Zor" differ
in script only. A *loose* key (marked ``~``) also gives up endings and vowels that writers disagree on.
Used when the index is compiled and when a text is read, so that both always agree; standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tawatur.text.tokens import Token, tokenize

ARTICLES = frozenset("al el ad ar as ash at az an ed er es et ez".split())
"""Latin forms of the Arabic article, when something follows them."""
LOOSE_ARTICLES = frozenset("al el ad ar ash az ez".split())
"""Those of them that are no English word: a separate word "As" or "At" before a name is left alone."""

_APOSTROPHES = str.maketrans("", "", "'’‘ʻʼʿʾ`´.")
_SPLIT = re.compile(r"[-‐‑–]")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1")
_VOWELS = ((re.compile("ou|oo|o|w"), "u"), (re.compile("ee|ei|ey|ay|ai|e|y|j"), "i"), (re.compile("q"), "k"))


@lru_cache(maxsize=1 << 16)
def piece(norm: str, script: str) -> str:
    """What one folded word adds to a key: nothing for a mark, the word without its article else."""
    if script == "arabic":
        return norm[2:] if norm.startswith("ال") and len(norm) >= 4 else norm
    if script != "latin":
        return norm if script == "number" else ""
    if norm in LOOSE_ARTICLES:
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", norm) if not unicodedata.combining(c))
    parts = [p for p in _SPLIT.split(plain.translate(_APOSTROPHES).replace("ı", "i")) if p]
    return "".join(p for n, p in enumerate(parts) if not (p in ARTICLES and n + 1 < len(parts)))


@lru_cache(maxsize=1 << 16)
def loose(key: str) -> str:
    """A key without what spellings differ by: the Arabic ending ا or ه and a last hamza; Latin vowels and doubled letters."""
    if key and key[-1] > "\u0600":
        out = key[:-1] if key[-1] == "ء" else key
        return out[:-1] + "ا" if len(out) > 3 and out[-1] == "ه" else out
    out = _DOUBLE.sub(r"\1", key)
    for pattern, letter in _VOWELS:
        out = pattern.sub(letter, out)
    return out[:-1] if len(out) > 4 and out[-1] == "h" else out


_SKELETON = str.maketrans({**dict(zip("صضطظذقثح", "سدتزدكته", strict=True)), **dict.fromkeys("اويء", "")})
_BARE = 4


@lru_cache(maxsize=1 << 16)
def skeleton(key: str) -> str:
    """An Arabic key without its long vowels and its ending, letters that go into Latin alike made one: what is left when
    a name went through a Latin spelling and back. Empty where too little is left to tell names apart."""
    if key[:1] < "\u0600":
        return ""
    out = key.removesuffix("ه").translate(_SKELETON)
    return out if len(out) >= _BARE else ""


@lru_cache(maxsize=1 << 14)
def area_key(name: str) -> str:
    """The loose key of an area's Latin name, by which "Ar-Raqqah" and "Raqqa" are one."""
    return loose(text_key(tokenize(name.lower())))


class NameKey(NamedTuple):
    """A key of a name, its first word's piece, how many words it has, whether the name begins with an article, and its
    second word's piece."""

    key: str
    first: str
    words: int
    article: bool
    second: str = ""


def name_keys(name: str) -> list[NameKey]:
    """The keys of a name as a table gives it: the words' key, and for two Arabic words the two written as one."""
    tokens = [t for t in tokenize(name) if t.script != "mark"]
    while len(tokens) > 1 and tokens[0].script == "latin" and (tokens[0].norm in ARTICLES or tokens[0].norm == "the"):
        del tokens[0]
    pieces = [piece(t.norm, t.script) for t in tokens]
    key = "".join(pieces)
    if not key:
        return []
    article = tokens[0].norm.startswith("ال") and len(tokens[0].norm) >= 4
    out = [NameKey(key, pieces[0], len(tokens), article, pieces[1] if len(pieces) > 1 else "")]
    if len(tokens) == 2 and all(t.script == "arabic" for t in tokens):
        first = tokens[0].norm[2:] if article else tokens[0].norm
        whole = first + tokens[1].norm
        if whole != key:
            out.append(NameKey(whole, whole, 1, article))
        else:
            out.append(NameKey(key, key, 1, article))
    return out


def text_key(tokens: Sequence[Token]) -> str:
    """The key of words of a text."""
    return "".join(piece(t.norm, t.script) for t in tokens if t.script != "mark")
