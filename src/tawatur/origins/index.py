"""The reports of a collection, ready to find the neighbours of one: adding a report touches its neighbours only.

What is found depends on the set of reports, not on the order in which they came.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, MutableMapping
from datetime import date
from functools import lru_cache

from tawatur.model import Span
from tawatur.origins.anchors import LEAST, agreement, anchors_of, held, weight
from tawatur.origins.compare import Run, Text, compare
from tawatur.origins.entries import Entry, days_between, entry_of, is_near
from tawatur.origins.families import Publisher
from tawatur.origins.holders import Holders
from tawatur.origins.lineage import HELD, Evidence, Lineage, Paper, judge, judge_facts, judge_passage
from tawatur.origins.pointers import Pointers
from tawatur.origins.shingles import words_of
from tawatur.origins.stock import Stock

COMMON = 48
"""Reports that share a fingerprint above which it leads to no candidates; the signature's bands then do."""
MOST = 48
"""Candidates that are compared word for word with one report."""
SAME = 2
"""Reports with the very same words that are compared."""


class LineageIndex:
    """The reports, by fingerprint and band, and what they say of one another."""

    def __init__(
        self,
        entries: MutableMapping[str, Entry] | None = None,
        prints: Holders[int] | None = None,
        bands: Holders[int] | None = None,
        pointers: Pointers | None = None,
    ) -> None:
        self._entries: MutableMapping[str, Entry] = {} if entries is None else entries
        self._prints: Holders[int] = Holders() if prints is None else prints
        self._bands: Holders[int] = Holders() if bands is None else bands
        self._stock = Stock(self._entries, self._prints)
        self._pointers = Pointers(self._entries) if pointers is None else pointers
        self._anchors: dict[str, frozenset[str]] = {}
        self._version = 0
        self._text = lru_cache(maxsize=1024)(self._text_at)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, doc: str) -> bool:
        return doc in self._entries

    def publisher(self, doc: str) -> Publisher:
        """Who published the report."""
        return self._entries[doc].publisher

    def paper(self, doc: str) -> Paper:
        """The report as it was added."""
        return self._entries[doc].paper

    def signature(self, doc: str) -> bytes:
        """The bytes of the report's signature, to keep beside it and give back to ``add``."""
        return self._entries[doc].signature.to_bytes()

    def add(self, paper: Paper, signature: bytes = b"") -> frozenset[str]:
        """Takes a report in (in place of one of the same id) and gives the ids of those whose lineages may have
        changed, itself among them. ``signature`` is what ``signature()`` gave for the same text."""
        touched = self.remove(paper.facts.doc)
        entry = entry_of(paper, signature)
        self._entries[entry.doc] = entry
        self._prints.add(entry.signature.prints, entry.doc)
        self._bands.add(entry.signature.bands, entry.doc)
        self._pointers.add(entry)
        self._changed(entry)
        return touched | self.neighbours(entry.doc)

    def remove(self, doc: str) -> frozenset[str]:
        """Takes a report out; gives the ids of those whose lineages may have changed."""
        if doc not in self._entries:
            return frozenset()
        touched = self.neighbours(doc)
        entry = self._entries.pop(doc)
        self._prints.discard(entry.signature.prints, doc)
        self._bands.discard(entry.signature.bands, doc)
        self._pointers.remove(entry)
        self._changed(entry)
        return touched - {doc}

    def _changed(self, entry: Entry) -> None:
        """Forgets what a report that came or went makes stale."""
        self._version += 1
        self._anchors.pop(entry.doc, None)
        self._stock.forget(entry.signature.prints)

    def neighbours(self, doc: str) -> frozenset[str]:
        """The reports that share a fingerprint or a band with this one, that it credits or that credit it, those that
        it forwards or that forward it, and itself."""
        entry, pointers = self._entries[doc], self._pointers
        out = {doc} | pointers.credited(entry) | pointers.crediting(entry)
        out |= pointers.forwarded(entry) | pointers.posts(entry).keys() | pointers.pointing(entry)
        return frozenset(out | self._prints.of(entry.signature.prints) | self._bands.of(entry.signature.bands))

    def of(self, doc: str) -> tuple[Lineage, ...]:
        """The originals that the report comes from, surest first."""
        embedded = self._embedded(self._entries[doc])
        others = [d for d in self._candidates(doc) if d not in {x.original for x in embedded}]
        found = [x for d in others if (x := self.between(doc, d)) is not None and x.copy == doc]
        return tuple(sorted([*found, *embedded], key=lambda x: (-x.score, x.original)))

    def lineages(self, docs: Iterable[str] | None = None) -> tuple[Lineage, ...]:
        """All lineages (of ``docs`` as copies, where given), by copy and original."""
        return tuple(x for doc in sorted(self._entries if docs is None else docs) for x in self.of(doc))

    def between(self, a: str, b: str) -> Lineage | None:
        """The lineage of two reports, whichever is the copy; None where each stands alone."""
        copy, original, ordered = self._order(self._entries[a], self._entries[b])
        overlap = compare(self._text(copy.doc, self._version), self._text(original.doc, self._version))
        evidence = Evidence(
            self._pointers.credit(copy, original),
            original.doc in self._pointers.forwarded(copy),
            days_between(copy, original),
            copy.paper.facts.language == original.paper.facts.language,
        )
        found = judge(copy.doc, original.doc, overlap, evidence, ordered)
        if found is None and evidence.credit and evidence.days is not None and evidence.near:
            alike = agreement(self._anchors_of(copy), self._anchors_of(original))
            found = judge_facts(copy.doc, original.doc, self._retold(copy, original), evidence, alike)
            return found or self._passage(copy, original, evidence)
        return found

    def _retold(self, copy: Entry, original: Entry) -> list[Run]:
        """The paragraphs of a report that tell nothing which the one that it credits does not hold."""
        known = self._anchors_of(original)
        spans = [Span(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+", copy.text)]
        marks = [(span, anchors_of(span.text)) for span in spans]
        return [_told_there(span, original) for span, told in marks if not told or held(told, known) >= HELD]

    def _passage(self, copy: Entry, original: Entry, evidence: Evidence) -> Lineage | None:
        """The lineage of a paragraph that credits the original and tells nothing that it does not hold."""
        for span in self._pointers.passages(copy, original):
            told = anchors_of(span.text)
            share = held(told, self._anchors_of(original)) if weight(told) >= LEAST else 0.0
            found = judge_passage(copy.doc, original.doc, _told_there(span, original), evidence, share)
            if found is not None:
                return found
        return None

    def _candidates(self, doc: str, without: str = "") -> list[str]:
        """The reports to hold against this one, those that share most first; as if ``without`` were not there."""
        entry = self._entries[doc]
        shared: Counter[str] = Counter()
        for value in entry.signature.prints:
            holders = self._prints[value]
            if 1 < len(holders) <= COMMON + bool(without) and not self._stock.holds(value):
                others = [d for d in holders if d != without]
                if 1 < len(others) <= COMMON:
                    shared.update(others)
        bands = Counter(d for band in entry.signature.bands for d in self._bands[band] if d != without)
        named = sorted((self._pointers.credited(entry) | self._pointers.forwarded(entry)) - {without})
        return list(dict.fromkeys([*self._first(shared, doc), *self._first(bands, doc), *named]))

    def _first(self, counts: Counter[str], doc: str) -> list[str]:
        """The reports that share most; of those with the very same words only the earliest two, so that a text which
        hundreds reprint does not hide where it came from."""
        same: Counter[tuple[int, ...]] = Counter()
        out: list[tuple[int, str]] = []
        for d in sorted(counts, key=lambda d: (self._entries[d].day or date.max, d)):
            prints = self._entries[d].signature.prints
            same[prints] += d != doc
            if d != doc and same[prints] <= SAME:
                out.append((-counts[d], d))
        return [d for _, d in sorted(out)[:MOST]]

    def _text_at(self, doc: str, _version: int) -> Text:
        return self._stock.prepared(self._entries[doc])

    def _anchors_of(self, entry: Entry) -> frozenset[str]:
        if entry.doc not in self._anchors:
            self._anchors[entry.doc] = anchors_of(entry.text)
        return self._anchors[entry.doc]

    def _order(self, one: Entry, two: Entry) -> tuple[Entry, Entry, bool]:
        """Copy, original, and whether that is known: by forwards, credits, days; else the agency's, the longer one."""
        for copy, original in ((one, two), (two, one)):
            if original.doc in self._pointers.forwarded(copy) or original.doc in self._pointers.posts(copy):
                return copy, original, True
        by_one, by_two = self._pointers.credit(one, two), self._pointers.credit(two, one)
        if bool(by_one) != bool(by_two) and is_near(one, two):
            return (one, two, True) if by_one else (two, one, True)
        days = days_between(one, two)
        if days:
            return (one, two, True) if days > 0 else (two, one, True)
        first, second = sorted((one, two), key=lambda e: (not e.publisher.agency, -len(e.text), e.doc))
        return second, first, False

    def _embedded(self, entry: Entry) -> list[Lineage]:
        """The lineages of embedded posts: of their own words only."""
        out: list[Lineage] = []
        for found, post in self._pointers.posts(entry).items():
            span, whole = Span(post.start, post.end, entry.text[post.start : post.end]), self._entries[found].text
            run = Run(span, Span(0, len(whole), whole), len(words_of(span.text).norms), 0)
            out.append(Lineage(entry.doc, found, "forward", 1.0, ("that post stands in this report",), (run,)))
        return out


def _told_there(span: Span, original: Entry) -> Run:
    """A passage that stands in the original in other words."""
    return Run(span, Span(0, len(original.text), original.text), 0, 0)
