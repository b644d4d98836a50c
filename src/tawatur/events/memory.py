"""A book in memory: a collection worked out at once, as arrays, and what has changed since, as dictionaries."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tawatur.events.blocks import Entries, asks, lies_in, windows
from tawatur.events.book import Blocks
from tawatur.events.build import Component, links_of
from tawatur.events.cluster import cluster
from tawatur.events.facets import Facets, number
from tawatur.events.levels import Weights, weights
from tawatur.events.score import scored
from tawatur.events.told import Verdict

Index = tuple[NDArray[np.uint64], NDArray[np.int32]]


class MemoryBook:
    """``found`` are the records of a collection, worked out at once (faster than one document after another)."""

    def __init__(
        self, found: Facets | None = None, verdicts: Iterable[Verdict] = (), scale: Weights | None = None
    ) -> None:
        self.base = found if found is not None else Facets.empty()
        self._verdicts: dict[str, set[Verdict]] = defaultdict(set)
        given = list(verdicts)
        for verdict in given:
            self.put_verdict(verdict, True)
        self._work_out(given, scale or weights())
        # what changed since: rows that stand instead, where they are, and components that were made
        self._old: set[str] = set()
        self._rows: dict[str, Facets] = {}
        self._blocks: dict[str, Blocks] = {}
        self._documents: dict[str, tuple[str, ...]] = {}
        self._lying: dict[int, set[str]] = defaultdict(set)
        self._awaiting: dict[int, set[str]] = defaultdict(set)
        self._made: dict[str, Component] = {}
        self._moved: dict[str, str] = {}

    def _work_out(self, verdicts: Iterable[Verdict], scale: Weights) -> None:
        rows = self.base.rows
        same, other = links_of(self.base, verdicts)
        made = cluster(rows, *scored(rows, scale), scale, same, other)
        self._component = made.components.astype(np.int32)
        self._cluster = made.clusters.astype(np.int32)
        self._refused = made.refused
        self._order = np.argsort(self._component, kind="stable").astype(np.int32)
        self._labels = self._component[self._order]
        self._base_lying = _index(lies_in(rows))
        self._base_awaiting = _index(e for e in asks(rows) if not e.mutual)
        self._first, self._last = windows(rows)
        order = np.argsort(rows["doc"], kind="stable").astype(np.int32)
        self._by_document: Index = (rows["doc"][order], order)

    def sizes(self) -> tuple[int, int, int]:
        """How many components and events there were when all was worked out, and the records of the largest
        component."""
        _, members = np.unique(self._component, return_counts=True)
        return len(members), len(np.unique(self._cluster)), int(members.max(initial=0))

    def largest(self) -> Sequence[str]:
        """The records of the largest component when all was worked out."""
        labels, members = np.unique(self._component, return_counts=True)
        if not len(labels):
            return ()
        return self._of_base(self.base.ids[labels[np.argmax(members)]]).members

    def near(self, lying: Collection[int], asked: Collection[int], first: int, last: int) -> Facets:
        parts = [_looked_up(self._base_lying, asked), _looked_up(self._base_awaiting, lying)]
        there = np.unique(np.concatenate(parts))
        there = there[(self._first[there] <= last + 1) & (self._last[there] >= first - 1)]
        found = {self.base.ids[i] for i in there.tolist()} - self._old
        changed: set[str] = set()
        for blocks, table in ((asked, self._lying), (lying, self._awaiting)):
            for block in blocks:
                changed |= table.get(block, set())
        meeting = {k for k in changed if self._blocks[k].first <= last + 1 and self._blocks[k].last >= first - 1}
        return self._facets(found | meeting)

    def of_document(self, doc: str) -> Collection[str]:
        if doc in self._documents:
            return self._documents[doc]
        return [self.base.ids[i] for i in _looked_up(self._by_document, [number(doc)]).tolist()]

    def component_of(self, records: Iterable[str]) -> Collection[str]:
        return {c for r in records if (c := self._component_of(r))}

    def _component_of(self, record: str) -> str:
        if record in self._moved:
            return self._moved[record]
        at = self._at(record)
        return "" if at is None else self.base.ids[self._component[at]]

    def component(self, ids: Iterable[str]) -> tuple[Sequence[Component], Facets]:
        found = [self._made[key] if key in self._made else self._of_base(key) for key in sorted(ids)]
        return found, self._facets(m for c in found for m in c.members)

    def _of_base(self, key: str) -> Component:
        """A component that has not changed since all was worked out."""
        at = bisect_left(self.base.ids, key)
        start, stop = np.searchsorted(self._labels, at, side="left"), np.searchsorted(self._labels, at, side="right")
        rows = self._order[start:stop].tolist()
        groups: dict[int, list[str]] = defaultdict(list)
        for row in rows:
            groups[int(self._cluster[row])].append(self.base.ids[row])
        inside = set(rows)
        refused = tuple((self.base.ids[a], self.base.ids[b]) for a, b in self._refused if a in inside)
        members = tuple(sorted(self.base.ids[row] for row in rows))
        return Component(members, tuple(sorted(map(tuple, groups.values()))), refused)

    def replace(self, ids: Collection[str], new: Sequence[Component]) -> None:
        for key in ids:
            old = self._made.pop(key) if key in self._made else self._of_base(key)
            self._moved.update(dict.fromkeys(old.members, ""))
        for component in new:
            self._made[component.id] = component
            self._moved.update(dict.fromkeys(component.members, component.id))

    def put(self, doc: str, found: Facets, blocks: Mapping[str, Blocks]) -> None:
        for key in self.of_document(doc):
            former = self._blocks.pop(key, None)
            self._rows.pop(key, None)
            self._old.add(key)
            for kept, table in ((former.lies_in, self._lying), (former.awaits, self._awaiting)) if former else ():
                for block in kept:
                    table[block].discard(key)
        self._documents[doc] = found.ids
        for i, key in enumerate(found.ids):
            self._rows[key] = Facets((key,), found.rows[[i]])
            self._blocks[key] = blocks[key]
            self._old.add(key)
            for kept, table in ((blocks[key].lies_in, self._lying), (blocks[key].awaits, self._awaiting)):
                for block in kept:
                    table[block].add(key)

    def verdicts(self, records: Iterable[str]) -> Collection[Verdict]:
        return sorted(
            {v for r in records for v in self._verdicts.get(r, ())}, key=lambda v: (v.record_a, v.record_b, v.says)
        )

    def put_verdict(self, verdict: Verdict, in_force: bool) -> None:
        for record in (verdict.record_a, verdict.record_b):
            (self._verdicts[record].add if in_force else self._verdicts[record].discard)(verdict)

    def _at(self, record: str) -> int | None:
        at = bisect_left(self.base.ids, record)
        return at if at < len(self.base) and self.base.ids[at] == record else None

    def _facets(self, records: Iterable[str]) -> Facets:
        """The rows that stand now; records that are gone are left out."""
        changed, rows = [], []
        for record in records:
            if record in self._rows:
                changed.append(self._rows[record])
            elif record not in self._old and (at := self._at(record)) is not None:
                rows.append(at)
        rows.sort()
        kept = Facets(tuple(self.base.ids[i] for i in rows), self.base.rows[rows])
        return Facets.join([*changed, kept])


def _index(kinds: Iterable[Entries]) -> Index:
    """Rows by block, sorted."""
    found = list(kinds)
    blocks = np.concatenate([e.blocks for e in found])
    rows = np.concatenate([e.rows for e in found]).astype(np.int32)
    order = np.argsort(blocks)
    return blocks[order], rows[order]


def _looked_up(index: Index, blocks: Collection[int]) -> NDArray[np.int32]:
    keys, rows = index
    wanted = np.array(sorted(blocks), np.uint64)
    start, stop = np.searchsorted(keys, wanted, side="left"), np.searchsorted(keys, wanted, side="right")
    parts = [rows[a:b] for a, b in zip(start.tolist(), stop.tolist(), strict=True) if a < b]
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)
