"""The lineage index on tables in the books: a report that comes or goes touches those alone that it may lead to.

What is found is what :class:`LineageIndex` finds of the whole collection. It differs in telling more closely which
reports' lineages may have changed: those that a key leads to which is no standing phrase, and all that have a key which
became one or is one no longer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tawatur.collection.kept_tables import KeptEntries, KeptHolders, placed_row, publisher_from
from tawatur.events.facets import number
from tawatur.origins.credits import credits
from tawatur.origins.entries import Entry
from tawatur.origins.families import Publisher, name_key
from tawatur.origins.index import COMMON, LineageIndex
from tawatur.origins.lineage import NEAR_DAYS, Lineage
from tawatur.origins.pointers import Pointers
from tawatur.store import descents
from tawatur.store.database import Transaction

PRINT, BAND, DAY, ADDRESS, POINTING, OPENING, PUBLISHER, FAMILY, CREDITED = range(9)
"""Kinds of keys: fingerprint, band, day, address, address pointed at, word at which a credit may begin, publisher, its
family, family that is credited."""


@lru_cache(maxsize=1 << 14)
def _names(one: Publisher) -> frozenset[str]:
    """The names by which an outlet that the tables do not list may be credited."""
    if one.known or one.voice == "account":
        return frozenset()
    return frozenset(name_key(x) for x in (one.label.en, one.label.ar)) - {""}


class WholeIndex(LineageIndex):
    """All reports in memory, and the keys that the books keep of each."""

    def keys(self, doc: str) -> list[descents.Key]:
        """The keys (kind, number) of a report, once all are there."""
        entry, pointers = self._entries[doc], self._pointers
        named = zip((ADDRESS, POINTING, OPENING, PUBLISHER), pointers._keys(entry), strict=True)
        found = {(kind, number(key)) for kind, (_, keys) in named for key in keys}
        found |= {(PRINT, value) for value in entry.signature.prints}
        found |= {(BAND, value) for value in entry.signature.bands}
        found |= {(CREDITED, number(family)) for family in pointers._families(entry)}
        found.add((FAMILY, number(entry.publisher.family)))
        if entry.day is not None:
            found.add((DAY, entry.day.toordinal()))
        return sorted(found)

    def entry(self, doc: str) -> Entry:
        """The report with what the index knows of it."""
        return self._entries[doc]


class KeptPointers(Pointers):
    """What reports say of one another, by tables in the books. ``reread`` are those whose credits became others since
    names of outlets came or went."""

    def __init__(self, entries: KeptEntries, connection: Transaction) -> None:
        super().__init__(entries)
        self._kept, self._connection = entries, connection

        def table(kind: int, of: Callable[[Any], int] = number) -> KeptHolders:
            return KeptHolders(connection, kind, of, entries)

        self._days = table(DAY, date.toordinal)
        self._addresses, self._pointing = table(ADDRESS), table(POINTING)
        self._openings, self._publishers = table(OPENING), table(PUBLISHER)
        self._by_family, self._credited = table(FAMILY), table(CREDITED)
        self.reread: set[str] = set()
        for kept in descents.publishers(connection):
            one = publisher_from(kept)
            for key in _names(one):
                self._names.add(key, one)

    def add(self, entry: Entry) -> None:
        super().add(entry)
        self._by_family.add((entry.publisher.family,), entry.doc)
        self._credited.add(self._families(entry), entry.doc)

    def remove(self, entry: Entry) -> None:
        self._by_family.discard((entry.publisher.family,), entry.doc)
        self._credited.discard(self._families(entry), entry.doc)
        super().remove(entry)

    def _renamed(self, entry: Entry, came: bool) -> None:
        firsts = {key.split()[0] for key in _names(entry.publisher)}
        docs = self._openings.of(firsts) - {entry.doc}
        self._kept.fetch(docs)
        before = {d: credits(self._kept[d].text, self._names) for d in docs}
        super()._renamed(entry, came)
        for d, was in before.items():
            mine = self._kept[d]
            if credits(mine.text, self._names) != was:
                gone = {c.publisher.family for c in was} - {mine.publisher.family}
                self._credited.discard(gone, d)
                self._credited.add(self._families(mine), d)
                self.reread.add(d)

    def credited(self, entry: Entry) -> set[str]:
        return self._both(FAMILY, self._families(entry), entry)

    def crediting(self, entry: Entry) -> set[str]:
        return self._both(CREDITED, {entry.publisher.family} - {""}, entry)

    def _both(self, kind: int, families: set[str], entry: Entry) -> set[str]:
        if not families or entry.day is None:
            return set()
        days = [(entry.day + timedelta(days=d)).toordinal() for d in range(-NEAR_DAYS, NEAR_DAYS + 1)]
        found = descents.holders_of_both(self._connection, kind, map(number, families), DAY, days)
        return found - {entry.doc}


Status = dict[int, tuple[int, bool]]
"""Of each fingerprint how many have it, and whether it is a standing phrase."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The reports whose lineages may be others since one came or went: ``wholly``, or as to that one alone."""

    wholly: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()

    def with_wholly(self, docs: set[str]) -> Touched:
        """With further reports that are touched wholly."""
        return Touched(self.wholly | docs, self.partly - docs)

    def without(self, doc: str) -> Touched:
        """Without a report."""
        return Touched(self.wholly - {doc}, self.partly - {doc})


class KeptIndex(LineageIndex):
    """The placed reports. One lives as long as a transaction, in which nobody else writes."""

    def __init__(self, connection: Transaction) -> None:
        self._connection = connection
        self._kept = KeptEntries(connection)
        self._kept_prints = KeptHolders(connection, PRINT, int, self._kept)
        self._kept_bands = KeptHolders(connection, BAND, int)
        self._kept_pointers = KeptPointers(self._kept, connection)
        super().__init__(self._kept, self._kept_prints, self._kept_bands, self._kept_pointers)

    def put(self, entry: Entry, reading: int) -> Touched:
        """Takes a report in, itself among those that it touches."""
        before = self._status(entry)
        self._entries[entry.doc] = entry
        descents.put_rows(self._connection, [placed_row(entry, reading)])
        self._prints.add(entry.signature.prints, entry.doc)
        self._bands.add(entry.signature.bands, entry.doc)
        self._pointers.add(entry)
        self._changed(entry)
        after = self._status(entry)
        touched = self._led(entry, after)
        return touched.with_wholly(self._named(entry) | self._turned(before, after) | self._reread() | {entry.doc})

    def take(self, doc: str) -> Touched:
        """Takes a report out."""
        entry = self._entries[doc]
        named = self._named(entry)
        before = self._status(entry)
        touched = self._led(entry, before)
        self._prints.discard(entry.signature.prints, doc)
        self._bands.discard(entry.signature.bands, doc)
        self._pointers.remove(entry)
        del self._entries[doc]
        descents.take_rows(self._connection, [doc])
        self._changed(entry)
        turned = self._turned(before, self._status(entry))
        return touched.with_wholly(named | turned | self._reread()).without(doc)

    def _candidates(self, doc: str, without: str = "") -> list[str]:
        entry = self._entries[doc]
        self._kept_prints.fetch(entry.signature.prints)
        self._kept_bands.fetch(entry.signature.bands)
        return super()._candidates(doc, without)

    def of(self, doc: str) -> tuple[Lineage, ...]:
        found = self._candidates(doc)
        self._kept.fetch([*found, doc])
        self._kept_prints.fetch({v for d in (*found, doc) for v in self._entries[d].signature.prints})
        return super().of(doc)

    def text(self, doc: str) -> str:
        """The text of a report."""
        return self._entries[doc].text

    def _named(self, entry: Entry) -> set[str]:
        """The reports of which this one says something, or that say something of it."""
        pointers = self._pointers
        out = pointers.credited(entry) | pointers.crediting(entry) | pointers.forwarded(entry)
        return out | pointers.posts(entry).keys() | pointers.pointing(entry)

    def _status(self, entry: Entry) -> Status:
        """How many have each fingerprint of a report, and whether it is a standing phrase."""
        self._kept_prints.fetch(entry.signature.prints)
        return {v: (self._kept_prints.count(v), self._stock.holds(v)) for v in entry.signature.prints}

    def _led(self, entry: Entry, status: Status) -> Touched:
        """The reports that fingerprints and bands lead from, to a report that is there or the other way round."""
        leading = [v for v, (count, stock) in status.items() if not stock and 1 < count <= COMMON + 1]
        led = (self._prints.of(leading) | self._bands.of(entry.signature.bands)) - {entry.doc}
        self._kept.fetch(led)
        shifted = {d for d in led if set(self._candidates(d)) - {entry.doc} != set(self._candidates(d, entry.doc))}
        return Touched(frozenset(shifted), frozenset(led - shifted))

    def _turned(self, before: Status, after: Status) -> set[str]:
        """The reports with words that became a standing phrase or are one no longer, and those held against them."""
        values = [v for v, (_, stock) in after.items() if stock != before[v][1]]
        turned = {d for v in values for d in self._prints[v]}
        self._kept.fetch(turned)
        return turned | {d for doc in turned for d in self._partners(self._entries[doc])}

    def _partners(self, entry: Entry) -> set[str]:
        """The reports that this one may be held against."""
        leading = [v for v, (count, stock) in self._status(entry).items() if not stock and 1 < count <= COMMON]
        return self._prints.of(leading) | self._bands.of(entry.signature.bands) | self._named(entry)

    def _reread(self) -> set[str]:
        found = set(self._kept_pointers.reread)
        self._kept_pointers.reread.clear()
        return found
