"""What the words for a day say where the day itself is not known: "Thursday", "2 November" without a year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tawatur.meaning.dates import find_times
from tawatur.meaning.timewords import time_word
from tawatur.text.tokens import tokenize

NO_WEEKDAY = -1
_LEAP = date(2024, 1, 1)  # a year that has every day


def day_words(words: str, day: date | None) -> tuple[int, int]:
    """The weekday (0 Monday, -1 unknown) and the day of the year as ``month * 32 + day`` (0 unknown): of ``day`` where
    it is known, else as the ``words`` name them. Words that name two weekdays name none."""
    if day is not None:
        return day.weekday(), day.month * 32 + day.day
    return _named(words) if words else (NO_WEEKDAY, 0)


@lru_cache(maxsize=1 << 14)
def _named(words: str) -> tuple[int, int]:
    tokens = tokenize(words)
    named = {int(w.value) for t in tokens if (w := time_word(t.norm)) is not None and w.kind == "weekday"}
    weekday = named.pop() if len(named) == 1 else NO_WEEKDAY
    days = {
        t.first.month * 32 + t.first.day
        for t in find_times(words, tokens, _LEAP)
        if t.basis in ("no year", "inferred year", "absolute") and t.first is not None and t.first == t.last
    }
    return weekday, days.pop() if len(days) == 1 else 0
