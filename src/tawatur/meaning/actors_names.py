"""Where a person's name ends: runs of name words in Arabic and of capitalised words in English."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.meaning.actors_tables import tables
from tawatur.meaning.actors_words import FUNCTION, word
from tawatur.text.tokens import Token

_PARTICLES = frozenset("ابو ابا ابي بن ابن ام ال عبد بو دي دا فان فون دير لو لا ول بنت آل اغا تشي سان".split())
_LONGEST = 5


def person_run(tokens: Sequence[Token], k: int, trusted: bool, closed: bool = False) -> int:
    """The token after the name that begins at ``k``; ``k`` itself where none does.

    After a role (``trusted``) an unknown word may be a name; elsewhere a known first name and a further name word are
    needed. Words of the common vocabulary end a name, except known names and particles (أبو, بن, عبد).
    """
    t = tables()
    n, p = len(tokens), k
    known = 0
    while p < n and p < k + _LONGEST:
        token = tokens[p]
        norm = token.norm
        if token.script != "arabic" or norm in FUNCTION:
            break
        if norm in _PARTICLES:
            p += 1
            if norm == "عبد" and p < n and tokens[p].norm.startswith(("ال", "رب")):
                known += 1
                p += 1
            continue
        if norm in t.given and (norm not in t.common):
            weak = t.given[norm]
            if weak and p == k and not trusted:
                break
            w = word(norm)
            if w is not None and w.noun is not None and w.head == 0 and p > k:
                break
            known += 1
            p += 1
            continue
        if (norm in t.common and not (closed and p > k)) or not (trusted or known) or len(norm) < 3:
            break
        w = word(norm)
        if w is not None and (w.head >= 0 or w.demonym >= 0 or (w.name == 0 and w.given < 0)):
            break
        if norm[0] in "وفبلك" and norm[1:3] in ("ال", "لل"):
            break
        p += 1
    while p > k and tokens[p - 1].norm in _PARTICLES:
        p -= 1
    if trusted:
        return p if p > k and (known or p - k > 1 or _foreign(tokens[k].norm)) else k
    return p if known and p - k >= 2 else k


def _foreign(norm: str) -> bool:
    """Whether a lone unknown word may be a surname: not definite, long enough."""
    return len(norm) > 3 and not norm.startswith("ال")
