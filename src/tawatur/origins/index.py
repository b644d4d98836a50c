"""The reports of a collection, ready to find the neighbours of one: adding a report touches its neighbours only.

What is found depends on the set of reports, not on the order in which they came. Passages that an outlet prints again
and again over the days (openings, backgrounds, what stands under every article) are told by their fingerprints and
make no copies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tawatur.model import Span
from tawatur.origins.anchors import agreement, anchors_of
from tawatur.origins.compare import Run, Text, compare, prepare
from tawatur.origins.credits import Credit, Names, credits, openings
from tawatur.origins.families import Publisher, name_key, names_of, publisher_of
from tawatur.origins.lineage import NEAR_DAYS, Evidence, Lineage, Paper, Post, judge, judge_facts
from tawatur.origins.shingles import SHINGLE, WINDOW, Signature, Words, shingles, sign, words_of

COMMON = 48
"""Reports that share a fingerprint above which it leads to no candidates; the signature's bands then do."""
MOST = 48
"""Candidates that are compared word for word with one report."""
SAME = 2
"""Reports with the very same words that are compared."""
STOCK_REPORTS, STOCK_DAYS, STOCK_UNDATED = 3, 3, 4
"""Reports of one family that print a passage, over more than that many days (or that many without days), from which
it is a standing phrase of theirs. Reports that are copies of one another count once."""
STOCK_TIMES, STOCK_SPAN = 5, 7
"""Different days, over more than STOCK_SPAN days, on which a passage is printed by whatever outlets, copies or not,
from which it belongs to pages: a report is passed on for a few days."""
STOCK_COMPARED = 16
"""Reports of a family that a further one is held against for being a copy."""


@dataclass(frozen=True, slots=True)
class _Entry:
    paper: Paper
    publisher: Publisher
    signature: Signature

    @property
    def doc(self) -> str:
        return self.paper.facts.doc

    @property
    def day(self) -> date | None:
        return self.paper.facts.published


class LineageIndex:
    """The reports, by fingerprint, band, address, and family and day."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._prints: dict[int, set[str]] = {}
        self._bands: dict[int, set[str]] = {}
        self._days: dict[date, set[str]] = {}
        self._addresses: dict[str, set[str]] = {}
        self._pointing: dict[str, set[str]] = {}
        self._publishers: dict[str, set[str]] = {}
        self._version = 0
        self._names = Names()
        self._openings: dict[str, set[str]] = {}
        self._text = lru_cache(maxsize=1024)(self._text_at)
        self._credits: dict[str, tuple[Credit, ...]] = {}
        self._facts: dict[str, frozenset[str]] = {}
        self._stock: dict[int, bool] = {}

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
        doc = paper.facts.doc
        touched = self.remove(doc)
        made = Signature.from_bytes(signature) if signature else sign(_words(paper).norms)
        entry = _Entry(paper, publisher_of(paper.facts.outlet, paper.facts.url), made)
        self._entries[doc] = entry
        for table, key in self._keys(entry):
            table.setdefault(key, set()).add(doc)
        self._changed(entry)
        return touched | self.neighbours(doc)

    def remove(self, doc: str) -> frozenset[str]:
        """Takes a report out; gives the ids of those whose lineages may have changed."""
        if doc not in self._entries:
            return frozenset()
        touched = self.neighbours(doc)
        entry = self._entries.pop(doc)
        for table, key in self._keys(entry):
            table[key].discard(doc)
            if not table[key]:
                del table[key]
        self._changed(entry)
        return touched - {doc}

    def _keys(self, entry: _Entry) -> Iterator[tuple[dict[Any, set[str]], Any]]:
        """Where a report stands in the tables."""
        yield from ((self._prints, value) for value in entry.signature.prints)
        yield from ((self._bands, band) for band in entry.signature.bands)
        yield from ((self._addresses, address) for address in _addresses(entry.paper.facts.url))
        pointers = [f.address for f in entry.paper.facts.forwards] + [p.address for p in entry.paper.posts]
        yield from ((self._pointing, a) for a in {a for x in pointers for a in _addresses(x)})
        yield from ((self._openings, word) for word in openings(entry.paper.facts.text))
        yield self._publishers, entry.publisher.id
        if entry.day is not None:
            yield self._days, entry.day

    def _changed(self, entry: _Entry) -> None:
        """Forgets what a report that came or went makes stale."""
        self._version += 1
        self._credits.pop(entry.doc, None)
        self._facts.pop(entry.doc, None)
        for value in entry.signature.prints:
            self._stock.pop(value, None)
        here = len(self._publishers.get(entry.publisher.id, ()))
        came = here == 1 and entry.doc in self._entries
        if entry.publisher.known or entry.publisher.voice == "account" or (here and not came):
            return
        for label in filter(None, (entry.publisher.label.en, entry.publisher.label.ar)):
            key = name_key(label)
            first = (self._names.add(key, entry.publisher) if came else self._names.remove(key)) if key else ""
            for doc in self._openings.get(first, ()):
                self._credits.pop(doc, None)

    def neighbours(self, doc: str) -> frozenset[str]:
        """The reports that share a fingerprint or a band with this one, that it credits or that may credit it, those
        that it forwards or that forward it, and itself."""
        entry = self._entries[doc]
        out = {doc} | self._credited(doc) | self._forwarded(doc)
        for value in entry.signature.prints:
            out |= self._prints[value]
        for band in entry.signature.bands:
            out |= self._bands[band]
        return frozenset(out | self._passed_on(doc) | self._crediting(entry))

    def of(self, doc: str) -> tuple[Lineage, ...]:
        """The originals that the report comes from, surest first."""
        embedded = self._embedded(doc)
        others = [d for d in self._candidates(doc) if d not in {x.original for x in embedded}]
        found = [x for d in others if (x := self.between(doc, d)) is not None and x.copy == doc]
        return tuple(sorted([*found, *embedded], key=lambda x: (-x.score, x.original)))

    def lineages(self, docs: Iterable[str] | None = None) -> tuple[Lineage, ...]:
        """All lineages (of ``docs`` as copies, where given), by copy and original."""
        return tuple(x for doc in sorted(self._entries if docs is None else docs) for x in self.of(doc))

    def between(self, a: str, b: str) -> Lineage | None:
        """The lineage of two reports, whichever is the copy; None where each stands alone."""
        copy, original, ordered = self._order(self._entries[a], self._entries[b])
        overlap = compare(self._text(copy, self._version), self._text(original, self._version))
        evidence = self._evidence(copy, original)
        found = judge(copy, original, overlap, evidence, ordered)
        if found is None and evidence.credit and evidence.near:
            return judge_facts(
                copy, original, overlap, evidence, agreement(self._anchors(copy), self._anchors(original))
            )
        return found

    def _candidates(self, doc: str) -> list[str]:
        """The reports to hold against this one, those that share most first."""
        entry = self._entries[doc]
        shared: Counter[str] = Counter()
        for value in entry.signature.prints:
            holders = self._prints[value]
            if 1 < len(holders) <= COMMON and not self._is_stock(value):
                shared.update(holders)
        bands = Counter(d for band in entry.signature.bands for d in self._bands[band])
        ranked = dict.fromkeys([*self._first(shared, doc), *self._first(bands, doc)])
        ranked.update(dict.fromkeys(sorted(self._credited(doc) | self._forwarded(doc))))
        ranked.pop(doc, None)
        return list(ranked)

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

    def _is_stock(self, value: int) -> bool:
        """Whether an outlet prints the words of a fingerprint again and again, in reports that are otherwise unlike."""
        kept = self._stock.get(value)
        if kept is None:
            holders = self._prints.get(value, ())
            kept = len(holders) >= STOCK_REPORTS and self._printed_often(holders)
            self._stock[value] = kept
        return kept

    def _printed_often(self, holders: Collection[str]) -> bool:
        families: dict[str, list[_Entry]] = {}
        for d in sorted(holders):
            families.setdefault(self._entries[d].publisher.family, []).append(self._entries[d])
        for family, entries in families.items():
            unlike: list[_Entry] = []
            for entry in entries if family else ():
                bands = set(entry.signature.bands)
                if all(bands.isdisjoint(other.signature.bands) for other in unlike[:STOCK_COMPARED]):
                    unlike.append(entry)
            days = [e.day for e in unlike if e.day is not None]
            if len(days) >= STOCK_REPORTS and (max(days) - min(days)).days > STOCK_DAYS:
                return True
            if len(unlike) - len(days) >= STOCK_UNDATED:
                return True
        all_days = {e.day for entries in families.values() for e in entries if e.day is not None}
        return len(all_days) >= STOCK_TIMES and (max(all_days) - min(all_days)).days > STOCK_SPAN

    def _text_at(self, doc: str, _version: int) -> Text:
        """The report ready to be compared, what stands between two standing fingerprints standing too."""
        paper = self._entries[doc].paper
        words = _words(paper)
        values = shingles(words.norms)
        at = [i for i, v in enumerate(values) if v in self._prints and self._is_stock(v)]
        stock: set[int] = set()
        for i, following in pairwise([*at, len(values) + WINDOW + SHINGLE]):
            stock.update(range(i - WINDOW, (following if following - i <= WINDOW + SHINGLE else i) + WINDOW + 1))
        marked = {values[i] for i in stock if 0 <= i < len(values)}
        return prepare(paper.facts.text, marked.__contains__, words)

    def _evidence(self, copy: str, original: str) -> Evidence:
        mine, theirs = self._entries[copy], self._entries[original]
        return Evidence(
            self._credit(mine, theirs),
            original in self._forwarded(copy),
            _days(mine, theirs),
            mine.paper.facts.language == theirs.paper.facts.language,
        )

    def _anchors(self, doc: str) -> frozenset[str]:
        if doc not in self._facts:
            self._facts[doc] = anchors_of(self._entries[doc].paper.facts.text)
        return self._facts[doc]

    def _order(self, one: _Entry, two: _Entry) -> tuple[str, str, bool]:
        """Copy, original, and whether that is known: by forwards, credits, days; else the agency's, the longer one."""
        a, b = one.doc, two.doc
        if b in self._forwarded(a) or b in self._posts(a):
            return a, b, True
        if a in self._forwarded(b) or a in self._posts(b):
            return b, a, True
        days = _days(one, two)
        by_a, by_b = self._credit(one, two), self._credit(two, one)
        if bool(by_a) != bool(by_b) and (days is None or abs(days) <= NEAR_DAYS):
            return (a, b, True) if by_a else (b, a, True)
        if days:
            return (a, b, True) if days > 0 else (b, a, True)
        first, second = sorted((one, two), key=lambda e: (not e.publisher.agency, -len(e.paper.facts.text), e.doc))
        return second.doc, first.doc, False

    def _credit(self, mine: _Entry, theirs: _Entry) -> str:
        """How ``mine`` credits the family of ``theirs``: ``reprint``, ``via`` or not."""
        family = theirs.publisher.family
        if not family or mine.publisher.family == family:
            return ""
        kinds = {c.kind for c in self._credits_of(mine.doc) if c.publisher.family == family}
        return "reprint" if "reprint" in kinds else "via" if kinds else ""

    def _credits_of(self, doc: str) -> tuple[Credit, ...]:
        """The outlets that a report credits."""
        if doc not in self._credits:
            self._credits[doc] = credits(self._entries[doc].paper.facts.text, self._names)
        return self._credits[doc]

    def _crediting(self, entry: _Entry) -> set[str]:
        """The reports, near in time, that credit the family of this one."""
        firsts = {key.split()[0] for key in names_of(entry.publisher) if key}
        some = {d for first in firsts for d in self._openings.get(first, ())}
        return {d for d in some & self._around(entry) if entry.publisher.family in self._families_credited(d)}

    def _families_credited(self, doc: str) -> set[str]:
        own = self._entries[doc].publisher.family
        return {c.publisher.family for c in self._credits_of(doc)} - {own}

    def _credited(self, doc: str) -> set[str]:
        """The reports, near in time, of the families that this one credits."""
        families = self._families_credited(doc)
        if not families:
            return set()
        return {d for d in self._around(self._entries[doc]) if self._entries[d].publisher.family in families}

    def _around(self, entry: _Entry) -> set[str]:
        """The reports of the days around."""
        if entry.day is None:
            return set()
        days = (entry.day + timedelta(days=d) for d in range(-NEAR_DAYS, NEAR_DAYS + 1))
        return set().union(*(self._days.get(day, ()) for day in days)) - {entry.doc}

    def _forwarded(self, doc: str) -> set[str]:
        """The reports of the collection that this one passes on whole."""
        addresses = [f.address for f in self._entries[doc].paper.facts.forwards]
        return {d for x in addresses for a in _addresses(x) for d in self._addresses.get(a, ())} - {doc}

    def _passed_on(self, doc: str) -> set[str]:
        """The reports that pass this one on or embed it."""
        addresses = _addresses(self._entries[doc].paper.facts.url)
        return {d for a in addresses for d in self._pointing.get(a, ())}

    def _posts(self, doc: str) -> dict[str, Post]:
        """The reports of the collection that stand in this one as embedded posts."""
        found: dict[str, Post] = {}
        for post in self._entries[doc].paper.posts:
            for d in sorted({d for a in _addresses(post.address) for d in self._addresses.get(a, ())} - {doc}):
                found.setdefault(d, post)
        return found

    def _embedded(self, doc: str) -> list[Lineage]:
        """The lineages of embedded posts: of their own words only."""
        text = self._entries[doc].paper.facts.text
        out: list[Lineage] = []
        for found, post in self._posts(doc).items():
            span, whole = Span(post.start, post.end, text[post.start : post.end]), self._entries[found].paper.facts.text
            run = Run(span, Span(0, len(whole), whole), len(words_of(span.text).norms), 0)
            out.append(Lineage(doc, found, "forward", 1.0, ("that post stands in this report",), (run,)))
        return out


def _words(paper: Paper) -> Words:
    """The words of a report without the furniture of its page."""
    found = words_of(paper.facts.text)
    if not paper.furniture:
        return found
    cover = sorted(paper.furniture)
    keep: list[int] = []
    k = 0
    for i, start in enumerate(found.starts):
        while k < len(cover) and cover[k][1] <= start:
            k += 1
        if k == len(cover) or start < cover[k][0]:
            keep.append(i)
    return Words(*(tuple(column[i] for i in keep) for column in found))  # type: ignore[arg-type]


def _addresses(url: str) -> tuple[str, ...]:
    """An address without its scheme, ``www.``, fragment or closing stroke."""
    if not url:
        return ()
    bare = (url.partition("//")[2] or url).partition("#")[0].removeprefix("www.").rstrip("/")
    return (bare.replace("t.me/s/", "t.me/").replace("twitter.com/", "x.com/"),) if "/" in bare else ()


def _days(a: _Entry, b: _Entry) -> int | None:
    """Days by which ``a`` came after ``b``; None where either day is unknown."""
    return (a.day - b.day).days if a.day is not None and b.day is not None else None
