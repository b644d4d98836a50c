"""When two values name the same thing: words compared in one form, with room for how people write names."""

from __future__ import annotations

import re
from functools import lru_cache

_INVISIBLE = re.compile(r"[\u0640\u064b-\u065f\u0670\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_LETTERS = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩", "اااايهوي0123456789")
_WORD = re.compile(r"[\u0600-\u06ff]+|[^\W_\u0600-\u06ff]+")
_PROCLITIC = re.compile(r"^[وفبكل]{0,2}ال(?=\w{2})|^لل(?=\w{2})|^[وبل](?=\w{4})")
_ARTICLES = frozenset(("the", "a", "an"))


@lru_cache(maxsize=1 << 16)
def sequence(text: str) -> tuple[str, ...]:
    """The comparable words of a value in order: one letter form, no diacritics, no article and no proclitics."""
    plain = _INVISIBLE.sub("", text).lower().translate(_LETTERS)
    return tuple(_PROCLITIC.sub("", word) for word in _WORD.findall(plain) if word not in _ARTICLES)


def same(a: str, b: str, least: float = 0.6) -> bool:
    """Two values name the same thing: enough of their words are shared. Two empty values agree."""
    first, second = set(sequence(a)), set(sequence(b))
    if not first or not second:
        return not first and not second
    return 2 * len(first & second) / (len(first) + len(second)) >= least


def party(a: str, b: str) -> bool:
    """The same party, also where one side gives the name with its role ("spokesman John Kirby", "Kirby")."""
    if same(a, b):
        return True
    short, long = sorted((sequence(a), sequence(b)), key=len)
    if not short or len(long) > 9 or not set(short) <= set(long):
        return False
    return len(short) > 1 or short[-1] == long[-1]
