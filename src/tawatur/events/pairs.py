"""All pairs of a set of rows that share a block, each once, without looking at the others: by sorting and halving."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tawatur.events.blocks import Numbers, Places, asks, lies_in, meets, windows
from tawatur.events.facets import Rows

SHORT = 8
"""Days of a short window; longer ones are looked through one by one in their block."""
CHUNK = 1 << 20
"""Pairs held at a time before they are sifted by days."""
Pairs = NDArray[np.int64]


def pairs(rows: Rows) -> Pairs:
    """The candidate pairs ``(i, j)``, ``i < j``, as an array of two columns, sorted."""
    n = len(rows)
    if n < 2:
        return np.zeros((0, 2), np.int64)
    first, last = windows(rows)
    lying = list(lies_in(rows))
    table = _Table(np.concatenate([e.blocks for e in lying]), np.concatenate([e.rows for e in lying]), first, last)
    found = []
    for entries in asks(rows):
        for i, j in table.meeting(entries.blocks, entries.rows):
            if entries.mutual:  # found from both sides
                i, j = i[i < j], j[i < j]
            found.append(np.minimum(i, j) * n + np.maximum(i, j))
    codes = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return np.stack([codes // n, codes % n], axis=1)


class _Table:
    """Rows by block and first day; those with long windows apart."""

    def __init__(self, blocks: Numbers, rows: Places, first: Places, last: Places) -> None:
        self.first, self.last = first, last
        self.known = np.unique(blocks)
        at = np.searchsorted(self.known, blocks)
        long = last[rows] - first[rows] > SHORT
        self.short = self._sorted(at[~long], rows[~long])
        self.long = self._sorted(at[long], rows[long])

    def _sorted(self, at: Places, rows: Places) -> tuple[Places, Places]:
        keys = (at << 32) | self.first[rows]
        order = np.argsort(keys, kind="stable")
        return keys[order], rows[order]

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
