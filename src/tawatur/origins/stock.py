"""Standing phrases: passages that an outlet prints again and again, and what belongs to pages and platforms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
            kept = self._known[value] = len(holders) >= REPORTS and self._printed_often(holders)
        return kept

    def prepared(self, entry: Entry) -> Text:
        """The report ready to be compared. What stands between two fingerprints of a standing phrase, or right beside
        one, stands too."""
        found = words(entry.paper)
        values = shingles(found.norms)
        at = [i for i, v in enumerate(values) if v in self._prints and self.holds(v)]
        stock: set[int] = set()
        for i, following in pairwise([*at, len(values) + WINDOW + SHINGLE]):
            stock.update(range(i - WINDOW, (following if following - i <= WINDOW + SHINGLE else i) + WINDOW + 1))
        marked = {values[i] for i in stock if 0 <= i < len(values)}
        return prepare(entry.text, marked.__contains__, found)

    def _printed_often(self, holders: Collection[str]) -> bool:
        families: dict[str, list[Entry]] = {}
        for d in sorted(holders):
            families.setdefault(self._entries[d].publisher.family, []).append(self._entries[d])
        if any(family and _by_family(entries) for family, entries in families.items()):
            return True
        days = {e.day for entries in families.values() for e in entries if e.day is not None}
        return len(days) >= TIMES and (max(days) - min(days)).days > SPAN


def _by_family(entries: Iterable[Entry]) -> bool:
    """Whether reports of one family that are otherwise unlike print the same words."""
    unlike: list[Entry] = []
    for entry in entries:
        bands = set(entry.signature.bands)
        if all(bands.isdisjoint(other.signature.bands) for other in unlike[:COMPARED]):
            unlike.append(entry)
    days = [e.day for e in unlike if e.day is not None]
    often = len(days) >= REPORTS and (max(days) - min(days)).days > DAYS
    return often or len(unlike) - len(days) >= UNDATED
