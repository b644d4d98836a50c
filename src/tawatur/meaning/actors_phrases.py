"""The pieces of an Arabic party phrase: what one holds, catalogue names, head nouns, quotation marks around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.meaning.actors_tables import Head, tables
from tawatur.meaning.actors_words import readings, word
from tawatur.text.tokens import Token

QUOTES = frozenset('"“”«»#')


@dataclass(slots=True)
class Phrase:
    """A phrase found: tokens ``[i, j)``, letters to cut at the front, and what it is made of (token ranges)."""

    i: int
    j: int
    cut: int
    how: str
    head: Head | None = None
    entity: str = ""
    country: str = ""
    topic: str = ""
    definite: bool = False
    person: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    affiliation: tuple[int, int] | None = None
    named: str = ""
    backer: str = ""
    also: str = ""


def known_name(tokens: Sequence[Token], k: int, key: str, limit: int = 9) -> tuple[int, str] | None:
    """The longest catalogue name from token ``k`` on whose first word is ``key``; marks between its words are passed."""
    entry = tables().names.get(key)
    if entry is None:
        return None
    n = len(tokens)
    for words, party in entry:
        p = k + 1
        for w in words[1:]:
            while p < n and p < k + limit and tokens[p].script == "mark" and tokens[p].norm in '"“”«»-–/()#':
                p += 1
            if p >= n or tokens[p].norm != w:
                break
            p += 1
        else:
            return p, party
    return None


def head_at(tokens: Sequence[Token], k: int) -> tuple[int, int, Head, bool] | None:
    """The token after the head noun at ``k``, the letters to cut, the noun, and whether it is definite."""
    w = word(tokens[k].norm)
    if w is None or w.head < 0:
        return None
    if w.phrase:
        for parts, head in tables().phrases[w.phrase]:
            p, definite = k + 1, w.definite
            for part in parts[1:]:
                if p >= len(tokens) or tokens[p].norm.removeprefix("ال") != part:
                    break
                definite = definite or tokens[p].norm.startswith("ال")
                p += 1
            else:
                return p, w.head, head, definite
    return (k + 1, w.head, w.noun, w.definite) if w.noun is not None else None


def close(tokens: Sequence[Token], out: Phrase) -> None:
    """Takes in the closing mark of a quotation that the phrase opened, and the opening mark of one that it closes."""
    inside = [k for k in range(out.i, out.j) if tokens[k].norm in '"“”«»']
    if len(inside) % 2:
        last = inside[-1]
        if out.j < len(tokens) and tokens[out.j].norm in '"”»' and last > out.i:
            out.j += 1
        elif out.i and tokens[out.i - 1].norm in '"“«' and not out.cut:
            out.i -= 1


def bases(norm: str) -> tuple[str, ...]:
    """The word's rests without clitics and article, for looking up a surname told before."""
    return tuple(dict.fromkeys(norm[r.cut :] for r in readings(norm)))
