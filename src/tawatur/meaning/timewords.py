"""The words of time, Arabic and English, looked up by their folded form with clitics taken off."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tawatur.meaning.numerals import atom, rows
from tawatur.text.normal import fold
from tawatur.text.tokens import stems

_CLITICS = frozenset(
    ["", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "فلل", "وبال", "وب", "ول", "فل", "فب"]
)
_DATE_NUMBERS = frozenset(
    ["ordinal", "unit", "ten", "tens", "unit2", "one", "teen", "hundred", "hundreds", "scale", "dual"]
)


class TimeWord(NamedTuple):
    """A word of time: its kind and value in ``data/times/words.csv``, the clitics before it, whether it is definite.

    ``kind`` "number" is a number word, which may be the day of a date or the count of a span."""

    kind: str
    value: str
    clitics: str
    definite: bool


@cache
def _words() -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for row in rows("times/words.csv"):
        out.setdefault(fold(row["word"]), (row["kind"], row["value"]))
    return out


@cache
def blocked(side: str) -> frozenset[str]:
    """Words that show, before or after a word of time, that no time is told."""
    return frozenset(fold(row["word"]) for row in rows("times/not_times.csv") if row["side"] == side)


_SEEN: dict[str, TimeWord | None] = {}


def time_word(norm: str) -> TimeWord | None:
    """The word of time that a folded word is, or None; worked out once a word."""
    try:
        return _SEEN[norm]
    except KeyError:
        pass
    found = _look(norm)
    if len(_SEEN) < 200_000:
        _SEEN[norm] = found
    return found


def _look(norm: str) -> TimeWord | None:
    words = _words()
    for rest, n in stems(norm):
        clitics = norm[:n]
        if clitics not in _CLITICS:
            continue
        entry = words.get(rest)
        if entry is None and clitics.endswith("لل"):
            entry = words.get("ال" + rest)
        if entry is not None:
            definite = clitics.endswith(("ال", "لل")) or rest.startswith("ال")
            if entry[0] == "month" and clitics.endswith("ال"):
                continue
            if entry[0] == "first" and definite:
                break  # "the first" is a number, "first" the beginning of a month
            return TimeWord(entry[0], entry[1], clitics, definite)
    number = atom(norm)
    if number is not None and number.kind in _DATE_NUMBERS:
        return TimeWord("number", "", number.clitics, number.definite)
    return None
