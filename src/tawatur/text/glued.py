"""Words that run together where a page lost the white space around a link: "أعلنت أنّها استهدفتمساء الثلاثاء".

A form that a newspaper does not print is cut in two where both halves are words that it does print
(``data/words.txt.gz``, counted by ``training/words.py``); offsets are those of the text.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from tawatur.text.tokens import Token, cut

SHORTEST = 3
# Parts of names that are written apart or together ("عبدالله", "أبوظبي"): never cut.
KEPT = ("عبد", "ابو", "ابن", "ذو", "بيت", "خان", "تل", "كفر")
_LEAST = 7
_ENDINGS = ("ه", "ها", "هم", "هما", "نا", "ا", "ات", "ين", "ون", "كم", "هن", "وا", "تان", "تين", "يه")
_PREPOSITIONS = frozenset({"من", "في", "علي", "الي", "عن", "ان"})


@cache
def _words() -> dict[str, int]:
    """Known forms and their rank, commonest first."""
    packed = (files("tawatur") / "data" / "words.txt.gz").read_bytes()
    return {w: n for n, w in enumerate(gzip.decompress(packed).decode().split("\n"))}


_CUTS: dict[str, int] = {}
_MOST_CUTS = 200_000


def cut_at(norm: str) -> int:
    """After how many folded letters a form is to be cut; 0 where it is one word, or nothing tells where."""
    if norm not in _CUTS:
        if len(_CUTS) >= _MOST_CUTS:
            _CUTS.clear()
        _CUTS[norm] = _cut_at(norm)
    return _CUTS[norm]


def _cut_at(norm: str) -> int:
    known = _words()
    if len(norm) < _LEAST or norm in known or norm.startswith(KEPT):
        return 0
    # A known word with a clitic before it, or a pronoun after it, is one word.
    if any(
        norm[len(c) :] in known
        for c in ("و", "ف", "ب", "ل", "ك", "س", "وال", "بال", "لل", "ال", "ول", "وب", "وس")
        if norm.startswith(c)
    ):
        return 0
    if any(norm[: -len(c)] in known for c in _ENDINGS if norm.endswith(c)):
        return 0
    if any(norm[: -len(c) - 1] + "ه" in known for c in _ENDINGS if norm.endswith("ت" + c)):
        return 0
    best, rank = 0, 1 << 30
    for k in range(2, len(norm) - SHORTEST + 1):
        left, right = norm[:k], norm[k:]
        if k < SHORTEST and left not in _PREPOSITIONS:
            continue
        a, b = known.get(left), known.get(right)
        if a is not None and b is not None and a + b < rank:
            best, rank = k, a + b
    return best


def separated(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with those that are two words run together as two."""
    out: list[Token] = []
    add, known = out.append, _CUTS.get
    for t in tokens:
        k = known(t[2])
        if k is None:
            k = cut_at(t[2])
        if not k or t.script != "arabic":
            add(t)
            continue
        middle = cut(text, t, k)
        if not t.start < middle < t.end:
            out.append(t)
            continue
        out.append(Token(t.start, middle, t.norm[:k], t.script))
        out.append(Token(middle, t.end, t.norm[k:], t.script))
    return out
