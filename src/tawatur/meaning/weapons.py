"""Weapons that a text names: the words, the category, and the type of strike that such a weapon implies.

A weapon is a head noun of ``data/weapons.csv`` with the qualifiers that follow it ("الطائرات المسيّرة", "قذائف هاون"),
or a name ("كاتيوشا"). A head of role ``need`` counts only with a qualifier that makes it a weapon ("رشقة صاروخية"),
a ``weak`` name only in quotation marks or after a head. Categories are those of the record; the strike types
follow the codebook: anti-tank weapons are artillery fire, guided, ballistic and cruise missiles rocket fire.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from tawatur.lexicon.inflect import noun
from tawatur.lexicon.tables import rows
from tawatur.model import WeaponCategory
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut

_QUOTES = frozenset('"“”«»()')
_OPEN = frozenset('"“«(')
_MARKED: tuple[tuple[str, ...], ...] = (
    ("من", "نوع"),
    ("من", "طراز"),
    ("من", "عيار"),
    ("من", "العيار"),
    ("عيار",),
    ("طراز",),
    ("نوع",),
)


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """Words that name a weapon: tokens ``[i, j)``, proven offsets ``[start, end)`` with clitics off, the category,
    and the ``strike.*`` type that it implies ("" where it implies none)."""

    i: int
    j: int
    start: int
    end: int
    category: WeaponCategory
    strike: str


class _Row(NamedTuple):
    role: str
    category: str
    strike: str


@cache
def _tables() -> tuple[dict[str, list[tuple[tuple[str, ...], _Row]]], dict[str, list[tuple[tuple[str, ...], _Row]]]]:
    """Heads and names, then qualifiers, by their first folded word without the article; longest phrase first."""
    heads: dict[str, list[tuple[tuple[str, ...], _Row]]] = {}
    mods: dict[str, list[tuple[tuple[str, ...], _Row]]] = {}
    for r in rows("weapons.csv"):
        row = _Row(r["role"], r["category"], r["strike"])
        words = tuple(fold(r["word"]).split())
        if r["role"] == "mod":
            mods.setdefault(words[0], []).append((words, row))
            continue
        forms = {words}
        if not words[0].isascii() and r["role"] != "weak" and len(words) == 1:
            count = "many" if r["count"] == "many" else "one"
            forms |= {tuple(f.form.split()) for f in noun(r["word"], "many" if count == "many" else "one")}
        for f in forms:
            heads.setdefault(f[0], []).append((f, row))
    for table in (heads, mods):
        for found in table.values():
            found.sort(key=lambda x: -len(x[0]))
    return heads, mods


def _readings(norm: str) -> tuple[tuple[str, int], ...]:
    """The word as printed, without a conjunction or preposition, without the article; letters to cut off.

    The letter of "لل" stays: "للصواريخ" has no form without it."""
    out = [(norm, 0)]
    for n in (0, 1, 2) if norm[:1] in "وف" and norm[1:2] in "بكل" else (0, 1) if norm[:1] in "وفبكل" else (0,):
        rest = norm[n:]
        if len(rest) < 3:
            continue
        if n:
            out.append((rest, n))
        if rest.startswith(("ال", "لل")) and len(rest) > 4:
            out.append((rest[2:], n))
    return tuple(out)


_Heads = tuple[int, list[tuple[tuple[str, ...], _Row]]]
_HEADS: dict[str, _Heads | None] = {}
_UNSEEN: _Heads = (-1, [])
_MOST_HEADS = 200_000


def _head(norm: str) -> _Heads | None:
    """What a word can begin, and the letters to cut off; looked up once a word."""
    found = _HEADS.get(norm, _UNSEEN)
    if found is _UNSEEN:
        heads = _tables()[0]
        found = next(((n, heads[word]) for word, n in _readings(norm) if word in heads), None)
        if len(_HEADS) >= _MOST_HEADS:
            _HEADS.clear()
        _HEADS[norm] = found
    return found


def _bare(norm: str) -> str:
    return norm[2:] if norm.startswith("ال") and len(norm) > 3 else norm


def _phrase(tokens: Sequence[Token], k: int, words: tuple[str, ...]) -> int:
    """The token after ``words`` from token ``k`` on, their first word taken as met; -1 where they do not stand."""
    k += 1
    for w in words[1:]:
        while k < len(tokens) and tokens[k].norm in ("-", "–"):
            k += 1
        if k >= len(tokens) or (tokens[k].norm != w and _bare(tokens[k].norm) != w):
            return -1
        k += 1
    return k


def _qualifiers(tokens: Sequence[Token], k: int, row: _Row) -> tuple[int, _Row, bool]:
    """The token after the qualifiers from ``k`` on, the row they make, and whether there was a telling one."""
    mods, n = _tables()[1], len(tokens)
    told = False
    while k < n:
        start = k
        if tokens[k].norm in _OPEN and k + 1 < n:
            k += 1
        w = _bare(tokens[k].norm)
        hit = next(((_phrase(tokens, k, p), m) for p, m in mods.get(w, ()) if _phrase(tokens, k, p) > 0), None)
        if hit is None:
            return start, row, told
        k, mod = hit
        if start < k and tokens[start].norm in _OPEN and k < n and tokens[k].norm in _QUOTES:
            k += 1
        told = told or bool(mod.category)
        if mod.category and not (row.category == "drone" and mod.category == "ied"):
            row = _Row(row.role, mod.category, mod.strike)
    return k, row, told


def _name(tokens: Sequence[Token], k: int) -> tuple[int, _Row | None]:
    """A model name after a head: in quotation marks, or after "of the type"; the token after it and its own row."""
    n, start = len(tokens), k
    for words in _MARKED:
        if tuple(t.norm for t in tokens[k : k + len(words)]) == words:
            k += len(words)
            break
    after_type = k > start
    if k < n and tokens[k].norm in _OPEN:
        close = next((c for c in range(k + 1, min(k + 6, n)) if tokens[c].norm in _QUOTES), -1)
        if close > 0:
            known = _head(tokens[k + 1].norm)
            row = known[1][0][1] if known else None
            return close + 1, row
    if k < n and tokens[k].script != "mark":
        known = _head(tokens[k].norm)
        if known and known[1][0][1].role in ("name", "weak"):
            words = known[1][0][0]
            k = max(_phrase(tokens, k, words), k + 1)
            if k < n and tokens[k].script == "number":
                k += 1
            return k, known[1][0][1]
        if after_type:
            k += 1
            while k < n and tokens[k].script == "number":
                k += 1
            return k, None
    return start, None


def find_weapons(text: str, tokens: Sequence[Token]) -> list[WeaponMention]:
    """The weapons that ``text`` names, in order, none inside another. Unknown words are passed over; no errors."""
    out: list[WeaponMention] = []
    i, n = 0, len(tokens)
    known = _HEADS.get
    while i < n:
        token = tokens[i]
        found = known(token[2], _UNSEEN)
        if found is None:
            i += 1
            continue
        if found is _UNSEEN:
            found = _head(token.norm)
        hit = None
        if found is not None and token.script in ("arabic", "latin"):
            hit = next(((_phrase(tokens, i, w), r) for w, r in found[1] if _phrase(tokens, i, w) > 0), None)
        if found is None or hit is None:
            i += 1
            continue
        j, row = hit
        told = False
        quoted = i > 0 and tokens[i - 1].norm in _OPEN
        if token.script == "arabic":
            j, row, told = _qualifiers(tokens, j, row)
            if row.role not in ("name", "weak"):
                j2, named = _name(tokens, j)
                if j2 > j:
                    j = j2
                    if named is not None and (row.category in ("rocket", "artillery", "other", "ied")):
                        row = _Row(row.role, named.category, named.strike)
                    told = True
                    j, row, _ = _qualifiers(tokens, j, row)
            elif j < n and tokens[j].script == "number":
                j += 1
        if (row.role == "need" and not told) or (row.role == "weak" and not quoted):
            i += 1
            continue
        start = cut(text, token, found[0]) if found[0] else token.start
        out.append(WeaponMention(i, j, start, tokens[j - 1].end, cast(WeaponCategory, row.category), row.strike))
        i = j
    return out
