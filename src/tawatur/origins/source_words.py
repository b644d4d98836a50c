"""The words of a source that no table knows: what kind of source they are, which state they name, whether a name.

The classes are rows of ``data/origin_words.csv``: ``field`` (a correspondent), ``media`` (media reports), ``account``,
``official``, ``source``, ``witness``, and ``armed`` (adjectives of a state's bodies).
"""

from __future__ import annotations

from functools import cache, lru_cache

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors import Catalogue
from tawatur.meaning.actors_tables import tables
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, stems, tokenize


@cache
def class_words() -> tuple[dict[str, str], dict[str, str]]:
    """Classes of single folded words and of phrases."""
    singles: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for r in rows("origin_words.csv"):
        word = fold(r["word"])
        (phrases if " " in word else singles)[word] = r["class"]
    return singles, phrases


@lru_cache(maxsize=4096)
def classes(text: str) -> frozenset[str]:
    """The classes that the words of a source belong to."""
    singles, phrases = class_words()
    tokens = [t for t in tokenize(text) if t.script != "mark"]
    out = {singles[stem] for t in tokens for stem, _ in readings(t) if stem in singles}
    plain = " ".join(t.norm for t in tokens)
    out |= {cls for phrase, cls in phrases.items() if f" {phrase} " in f" {plain} "}
    return frozenset(out)


def readings(token: Token) -> tuple[tuple[str, int], ...]:
    """A word as it stands and, in Arabic, without its clitics."""
    return stems(token.norm) if token.script == "arabic" else ((token.norm, 0),)


@lru_cache(maxsize=4096)
def state_named(text: str) -> str:
    """The state that the adjective of a source names ("مسؤول أميركي", "a US official"); "" for none."""
    demonyms = tables().demonyms
    for t in tokenize(text):
        for stem, _ in readings(t):
            if stem in demonyms:
                return demonyms[stem]
    known = [m.entity for m in Catalogue.load().find(text, tokenize(text)) if m.entity and len(m.entity) == 2]
    return known[0] if known else ""


def is_name(text: str) -> bool:
    """Whether words are more than a common noun: two words at least, not all of them titles."""
    words = [t.norm for t in tokenize(text) if t.script != "mark"]
    heads = tables().heads
    return len(words) > 1 and any(w not in heads and w.removeprefix("ال") not in heads for w in words)
