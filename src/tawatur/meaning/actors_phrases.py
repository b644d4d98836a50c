"""The pieces of an Arabic party phrase: what one holds, catalogue names, head nouns, quotation marks around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

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
    entry = _names().get(key)
    if entry is None:
        return None
    alone, longer = entry
    if longer:
        n = len(tokens)
        second = _over_marks(tokens, k + 1, k + limit)
        for words, party in longer.get(tokens[second].norm, ()) if second < n else ():
            p = second + 1
            for w in words:
                p = _over_marks(tokens, p, k + limit)
                if p >= n or tokens[p].norm != w:
                    break
                p += 1
            else:
                return p, party
    return (k + 1, alone) if alone else None


def _over_marks(tokens: Sequence[Token], p: int, limit: int) -> int:
    """The first token from ``p`` on that is no mark inside a name."""
    while p < len(tokens) and p < limit and tokens[p].script == "mark" and tokens[p].norm in '"“”«»-–/()#':
        p += 1
    return p


@cache
def _names() -> dict[str, tuple[str, dict[str, list[tuple[tuple[str, ...], str]]]]]:
    """Catalogue names by their first word: whose name that word alone is, and by their second word the longer ones,
    longest first, with the words after it."""
    out: dict[str, tuple[str, dict[str, list[tuple[tuple[str, ...], str]]]]] = {}
    for first, entry in tables().names.items():
        longer: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        alone = ""
        for words, party in entry:
            if len(words) > 1:
                longer.setdefault(words[1], []).append((words[2:], party))
            else:
                alone = party
        out[first] = alone, longer
    return out


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
    found = _BASES.get(norm)
    if found is None:
        if len(_BASES) > _MOST_BASES:
            _BASES.clear()
        found = _BASES[norm] = tuple(dict.fromkeys(norm[r.cut :] for r in readings(norm)))
    return found


_BASES: dict[str, tuple[str, ...]] = {}
_MOST_BASES = 200_000
