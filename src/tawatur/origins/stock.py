"""Standing phrases: passages that an outlet prints again and again, and what belongs to pages and platforms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from tawatur.origins.compare import Text, prepare
from tawatur.origins.entries import Entry, words
from tawatur.origins.holders import Holders
from tawatur.origins.shingles import SHINGLE, WINDOW, shingles

REPORTS, DAYS, UNDATED = 3, 3, 4
"""Reports of one family that print a passage, over more than that many days (or that many without days), from which
it is a standing phrase of theirs. Reports that are copies of one another count once."""
TIMES, SPAN = 5, 7
"""Different days, over more than SPAN days, on which a passage is printed by whatever outlets, copies or not, from
which it belongs to pages: a report is passed on for a few days."""
COMPARED = 16
"""Reports of a family that a further one is held against for being a copy."""


class Stock:
    """Tells standing phrases by the fingerprints of the index, whose tables it looks at."""

    def __init__(self, entries: Mapping[str, Entry], prints: Holders[int]) -> None:
        self._entries = entries
        self._prints = prints
        self._known: dict[int, bool] = {}

    def forget(self, values: Iterable[int]) -> None:
        """Drops what is known of fingerprints whose reports changed."""
        for value in values:
            self._known.pop(value, None)

    def holds(self, value: int) -> bool:
        """Whether a fingerprint is that of a standing phrase."""
        kept = self._known.get(value)
        if kept is None:
            holders = self._prints[value]
            often = len(holders) >= REPORTS and self._printed_often(self._prints.ordered(value))
            kept = self._known[value] = often
        return kept

    def prepared(self, entry: Entry) -> Text:
        """The report ready to be compared. What stands between two fingerprints of a standing phrase, or right beside
        one, stands too."""
        found = words(entry.paper)
        values = shingles(found.norms)
        own = set(entry.signature.prints)
        at = [i for i, v in enumerate(values) if v in own and self.holds(v)]
        stock: set[int] = set()
        for i, following in pairwise([*at, len(values) + WINDOW + SHINGLE]):
            stock.update(range(i - WINDOW, (following if following - i <= WINDOW + SHINGLE else i) + WINDOW + 1))
        marked = {values[i] for i in stock if 0 <= i < len(values)}
        return prepare(entry.text, marked.__contains__, found)

    def _printed_often(self, holders: Iterable[str]) -> bool:
        """Looks at no more holders than it takes to see it."""
        families: dict[str, _Family] = {}
        days: set[date] = set()
        for entry in map(self._entries.__getitem__, holders):
            family = entry.publisher.family
            if family and families.setdefault(family, _Family()).prints(entry):
                return True
            if entry.day is not None and entry.day not in days:
                days.add(entry.day)
                if len(days) >= TIMES and (max(days) - min(days)).days > SPAN:
                    return True
        return False


class _Family:
    """The reports of one family that print the same words, otherwise unlike one another."""

    def __init__(self) -> None:
        self._unlike: list[frozenset[int]] = []
        self._days: list[date] = []

    def prints(self, entry: Entry) -> bool:
        """Takes a further report in; whether they are enough for a standing phrase."""
        bands = frozenset(entry.signature.bands)
        if not all(bands.isdisjoint(other) for other in self._unlike[:COMPARED]):
            return False
        self._unlike.append(bands)
        if entry.day is None:
            return len(self._unlike) - len(self._days) >= UNDATED
        self._days.append(entry.day)
        return len(self._days) >= REPORTS and (max(self._days) - min(self._days)).days > DAYS
