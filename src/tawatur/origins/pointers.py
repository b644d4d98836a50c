"""What reports say of one another: which outlets they credit, which reports they pass on or embed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from tawatur.model import Span
from tawatur.origins.credits import Credit, Names, credits, openings
from tawatur.origins.entries import Entry, addresses
from tawatur.origins.families import name_key, names_of
from tawatur.origins.holders import Holders
from tawatur.origins.lineage import NEAR_DAYS, Post


class Pointers:
    """The reports by day, address and the words at which a credit may begin; the names of all outlets."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._days: Holders[date] = Holders()
        self._addresses: Holders[str] = Holders()
        self._pointing: Holders[str] = Holders()
        self._openings: Holders[str] = Holders()
        self._publishers: Holders[str] = Holders()
        self._names = Names()
        self._credits: dict[str, tuple[Credit, ...]] = {}

    def add(self, entry: Entry) -> None:
        """Takes a report of the entries in."""
        for table, keys in self._keys(entry):
            table.add(keys, entry.doc)
        if entry.day is not None:
            self._days.add((entry.day,), entry.doc)
        if len(self._publishers[entry.publisher.id]) == 1:
            self._renamed(entry, True)

    def remove(self, entry: Entry) -> None:
        """Takes a report out."""
        for table, keys in self._keys(entry):
            table.discard(keys, entry.doc)
        if entry.day is not None:
            self._days.discard((entry.day,), entry.doc)
        self._credits.pop(entry.doc, None)
        if entry.publisher.id not in self._publishers:
            self._renamed(entry, False)

    def _keys(self, entry: Entry) -> Iterator[tuple[Holders[str], Iterable[str]]]:
        facts = entry.paper.facts
        yield self._addresses, addresses(facts.url)
        pointed = [f.address for f in facts.forwards] + [p.address for p in entry.paper.posts]
        yield self._pointing, {a for x in pointed for a in addresses(x)}
        yield self._openings, openings(entry.text)
        yield self._publishers, (entry.publisher.id,)

    def _renamed(self, entry: Entry, came: bool) -> None:
        """An outlet that the tables do not list came or went: the credits that its name may be are read anew."""
        one = entry.publisher
        if one.known or one.voice == "account":
            return
        for key in {name_key(x) for x in (one.label.en, one.label.ar)} - {""}:
            first = self._names.add(key, one) if came else self._names.remove(key)
            for doc in self._openings[first]:
                self._credits.pop(doc, None)

    def credit(self, mine: Entry, theirs: Entry) -> str:
        """How ``mine`` credits the family of ``theirs``: ``reprint``, ``via`` or not."""
        family = theirs.publisher.family
        if not family or mine.publisher.family == family:
            return ""
        kinds = {c.kind for c in self._credits_of(mine) if c.publisher.family == family}
        return "reprint" if "reprint" in kinds else "via" if kinds else ""

    def passages(self, mine: Entry, theirs: Entry) -> list[Span]:
        """The paragraphs of ``mine`` in which it credits the family of ``theirs``."""
        out: list[Span] = []
        for c in self._credits_of(mine):
            if c.publisher.family == theirs.publisher.family:
                start = mine.text.rfind("\n", 0, c.span.start) + 1
                end = mine.text.find("\n", c.span.end)
                end = len(mine.text) if end < 0 else end
                out.append(Span(start, end, mine.text[start:end]))
        return out

    def _credits_of(self, entry: Entry) -> tuple[Credit, ...]:
        if entry.doc not in self._credits:
            self._credits[entry.doc] = credits(entry.text, self._names)
        return self._credits[entry.doc]

    def _families(self, entry: Entry) -> set[str]:
        return {c.publisher.family for c in self._credits_of(entry)} - {entry.publisher.family}

    def credited(self, entry: Entry) -> set[str]:
        """The reports, near in time, of the families that this one credits."""
        families = self._families(entry)
        if not families:
            return set()
        return {d for d in self._around(entry) if self._entries[d].publisher.family in families}

    def crediting(self, entry: Entry) -> set[str]:
        """The reports, near in time, that credit the family of this one."""
        firsts = {key.split()[0] for key in names_of(entry.publisher) if key}
        return {
            d
            for d in self._openings.of(firsts) & self._around(entry)
            if entry.publisher.family in self._families(self._entries[d])
        }

    def _around(self, entry: Entry) -> set[str]:
        """The reports of the days around."""
        if entry.day is None:
            return set()
        days = (entry.day + timedelta(days=d) for d in range(-NEAR_DAYS, NEAR_DAYS + 1))
        return self._days.of(days) - {entry.doc}

    def forwarded(self, entry: Entry) -> set[str]:
        """The reports that this one passes on whole."""
        urls = [f.address for f in entry.paper.facts.forwards]
        return {d for url in urls for d in self._at(url)} - {entry.doc}

    def posts(self, entry: Entry) -> dict[str, Post]:
        """The reports that stand in this one as embedded posts."""
        found: dict[str, Post] = {}
        for post in entry.paper.posts:
            for d in sorted(self._at(post.address) - {entry.doc}):
                found.setdefault(d, post)
        return found

    def pointing(self, entry: Entry) -> set[str]:
        """The reports that pass this one on or embed it."""
        return self._pointing.of(addresses(entry.paper.facts.url))

    def _at(self, url: str) -> set[str]:
        return self._addresses.of(addresses(url))
