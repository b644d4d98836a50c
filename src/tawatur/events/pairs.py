"""All pairs of a set of rows that share a block, each once, without looking at the others: by sorting and halving."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.lib.recfunctions import repack_fields
from numpy.typing import NDArray

from tawatur.events.blocks import SOME_DAY, Numbers, Places, asks, lies_in, meets, nearby, windows
from tawatur.events.facets import Rows

SHORT = 8
"""Days of a short window; longer ones are looked through one by one in their block."""
CHUNK = 1 << 20
"""Pairs held at a time before they are sifted by days."""
STRETCH = 1 << 16
"""Records that begin in one stretch of days, about."""
Pairs = NDArray[np.int32]


def pairs(rows: Rows) -> Pairs:
    """The candidate pairs ``(i, j)``, ``i < j``, as an array of two columns."""
    return np.concatenate([np.zeros((0, 2), np.int32), *(near[found] for near, found in by_days(rows))])


def by_days(rows: Rows) -> Iterator[tuple[Pairs, Pairs]]:
    """The candidate pairs a stretch of days at a time, which bounds the memory: the rows of the stretch, and pairs as
    places in them. A pair belongs to the stretch in which the window begins that begins later. (A record without a
    window begins before all.)"""
    if len(rows) < 2:
        return
    first, last = windows(rows)
    bounds = [*np.unique(np.sort(first)[::STRETCH]).tolist(), SOME_DAY[1] + 1]
    for start, stop in pairwise(bounds):
        near = np.flatnonzero((first < stop) & (last >= start - 1))
        found = _among(rows[near], first[near], last[near], start, stop)
        if len(found):
            yield near.astype(np.int32), found


def _among(rows: Rows, first: Places, last: Places, start: int, stop: int) -> Pairs:
    """The pairs of ``rows``, sorted, whose later window begins in ``[start, stop)``."""
    n = len(rows)
    lying = list(lies_in(rows))
    table = _Table(np.concatenate([e.blocks for e in lying]), np.concatenate([e.rows for e in lying]), first, last)
    spots = repack_fields(rows[["lat", "lon", "precision"]])  # small rows are quickly gathered
    found = [np.zeros(0, np.int64)]
    for entries in asks(rows):
        for i, j in table.meeting(entries.blocks, entries.rows):
            kept = np.maximum(first[i], first[j]) >= start
            if entries.mutual:  # found from both sides
                kept &= i < j
            i, j = i[kept], j[kept]
            if entries.cell:
                kept = nearby(spots[i], spots[j])
                i, j = i[kept], j[kept]
            found.append(np.minimum(i, j) * n + np.maximum(i, j))
    codes = np.sort(np.concatenate(found))
    codes = codes[np.diff(codes, prepend=-1) != 0]
    return np.stack([codes // n, codes % n], axis=1)


class _Table:
    """Rows by block and first day; those with long windows apart."""

    def __init__(self, blocks: Numbers, rows: Places, first: Places, last: Places) -> None:
        self.first, self.last = first, last
        order = np.lexsort((first[rows], blocks))
        blocks, rows = blocks[order], rows[order]
        new = np.ones(len(blocks), bool)
        new[1:] = blocks[1:] != blocks[:-1]
        self.known = blocks[new]
        keys = ((np.cumsum(new) - 1) << 32) | first[rows]
        long = last[rows] - first[rows] > SHORT
        self.short = keys[~long], rows[~long]
        self.long = keys[long], rows[long]

    def meeting(self, blocks: Numbers, rows: Places) -> Iterator[tuple[Places, Places]]:
        """Pairs of a row of ``rows`` and another that lies in the block it asks and whose days meet."""
        if not len(blocks):
            return
        order = np.argsort(blocks, kind="stable")
        blocks, rows = blocks[order], rows[order]
        at = np.searchsorted(self.known, blocks)
        there = self.known[np.minimum(at, len(self.known) - 1)] == blocks
        at, rows = at[there], rows[there]
        earliest = np.maximum(self.first[rows] - 1 - SHORT, 0)
        latest = self.last[rows] + 1
        for (keys, members), low in ((self.short, earliest), (self.long, np.zeros_like(earliest))):
            start = np.searchsorted(keys, (at << 32) | low, side="left")
            stop = np.searchsorted(keys, (at << 32) | latest, side="right")
            yield from self._sifted(rows, members, start, stop)

    def _sifted(self, rows: Places, members: Places, start: Places, stop: Places) -> Iterator[tuple[Places, Places]]:
        sizes = stop - start
        ends = np.cumsum(sizes)
        low = 0
        while low < len(rows):
            done = ends[low - 1] if low else 0
            high = max(low + 1, int(np.searchsorted(ends, done + CHUNK, side="right")))
            part = sizes[low:high]
            i = np.repeat(rows[low:high], part)
            offset = np.arange(int(part.sum())) - np.repeat(ends[low:high] - part - done, part)
            j = members[np.repeat(start[low:high], part) + offset]
            kept = (i != j) & meets(self.first[i], self.last[i], self.first[j], self.last[j])
            if kept.any():
                yield i[kept], j[kept]
            low = high
