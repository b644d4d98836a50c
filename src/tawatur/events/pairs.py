"""All pairs of a set of rows that share a block, each once, without looking at the others: by sorting and halving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.lib.recfunctions import repack_fields
from numpy.typing import NDArray

from tawatur.events.blocks import SOME_DAY, Entries, Numbers, Places, asks, lies_in, meets, nearby, windows
from tawatur.events.facets import INFERRED_DAYS, NONE, Rows

LENGTHS = (0, INFERRED_DAYS, 31)
"""Days from the first to the last of a window, at most, by classes: in each it is known how long before one must
begin to meet another. Longer ones are looked through one by one in their block."""
CHUNK = 1 << 18
"""Pairs held at a time before they are sifted by days."""
STRETCH = 1 << 15
"""Records that begin in one stretch of days, about: their blocks stay in the cache of a processor."""
Pairs = NDArray[np.int32]
Found = tuple[Places, Places]


def pairs(rows: Rows) -> Pairs:
    """The candidate pairs ``(i, j)``, ``i < j``, as an array of two columns."""
    return np.concatenate([np.zeros((0, 2), np.int32), *(near[found] for near, found in by_days(rows))])


def by_days(rows: Rows) -> Iterator[tuple[Pairs, Pairs]]:
    """The candidate pairs a stretch of days at a time, which bounds the memory: some rows, and pairs as places among
    them. A pair belongs to the stretch in which the window begins that begins later; records without a window are held
    against each other first, then against those that begin in the stretch."""
    if len(rows) < 2:
        return
    first, last = windows(rows)
    without = rows["basis"] == NONE
    undated = np.flatnonzero(without)
    asked = [e for e in asks(rows[undated]) if len(e.rows)]
    yield from _placed(undated, _among(rows[undated], first[undated], last[undated], SOME_DAY[0]))
    dated = first[~without]
    bounds = [*np.unique(np.sort(dated)[::STRETCH]).tolist(), SOME_DAY[1] + 1] if len(dated) else []
    for start, stop in pairwise(bounds):
        begun = ~without & (first < stop)
        near = np.flatnonzero(begun & (last >= start - 1))
        yield from _placed(near, _among(rows[near], first[near], last[near], start))
        if len(undated):
            # whom a record without a window asks never asks back by other blocks
            new = np.flatnonzero(begun & (first >= start))
            lying = lies_in(rows[new], {e.kind for e in asked})
            yield from _between(undated, asked, new, lying)


def _placed(near: Places, found: Pairs) -> Iterator[tuple[Pairs, Pairs]]:
    if len(found):
        yield near.astype(np.int32), found


def _among(rows: Rows, first: Places, last: Places, start: int) -> Pairs:
    """The pairs of ``rows``, sorted, whose later window begins on ``start`` or later."""
    asked = [e for e in asks(rows) if len(e.rows) and e.found != "again"]
    lying = _by_kind(lies_in(rows, {e.kind for e in asked}))
    spots = repack_fields(rows[["lat", "lon", "precision"]])  # small rows are quickly gathered
    found = []
    for kind, (blocks, members) in lying.items():
        table = _Table(blocks, members, first, last)
        for entries in asked:
            if entries.kind == kind:
                for i, j in table.meeting(entries.blocks, entries.rows):
                    kept = np.maximum(first[i], first[j]) >= start
                    if entries.found == "both":
                        kept &= i < j
                    i, j = i[kept], j[kept]
                    if kind == "cell":
                        kept = nearby(spots[i], spots[j])
                        i, j = i[kept], j[kept]
                    found.append((i, j))
    return _once(found, len(rows))


def _between(
    undated: Places, asked: Iterable[Entries], new: Places, lying: Iterable[Entries]
) -> Iterator[tuple[Pairs, Pairs]]:
    """The pairs of records without a window and others whose blocks they ask; every day meets."""
    wanted, found = _by_kind(asked), []
    for kind, (blocks, members) in _by_kind(lying).items():
        mine, rows = wanted[kind]
        order = np.argsort(mine, kind="stable")
        mine, rows = mine[order], rows[order]
        start, stop = np.searchsorted(mine, blocks, side="left"), np.searchsorted(mine, blocks, side="right")
        found += [(undated[rows[k]], new[members[n]]) for n, k in _spread(start, stop)]
    i, j = (
        (np.concatenate([np.zeros(0, np.int64), *part]) for part in zip(*found, strict=True))
        if found
        else (new[:0],) * 2
    )
    near, places = np.unique(np.concatenate([i, j]), return_inverse=True)
    half = len(i)
    yield from _placed(near, _once([(places[:half], places[half:])], len(near)))


def _by_kind(entries: Iterable[Entries]) -> dict[str, tuple[Numbers, Places]]:
    found: dict[str, list[Entries]] = {}
    for e in entries:
        if len(e.rows):
            found.setdefault(e.kind, []).append(e)
    return {
        kind: (np.concatenate([e.blocks for e in parts]), np.concatenate([e.rows for e in parts]))
        for kind, parts in found.items()
    }


def _once(found: Iterable[Found], n: int) -> Pairs:
    """Pairs of ``n`` rows, the smaller row first, sorted, each once."""
    codes = np.sort(
        np.concatenate([np.zeros(0, np.int64), *(np.minimum(i, j) * n + np.maximum(i, j) for i, j in found)])
    )
    codes = codes[np.diff(codes, prepend=-1) != 0]
    return np.stack([codes // max(1, n), codes % max(1, n)], axis=1).astype(np.int32)


class _Table:
    """Rows by block and first day, those with long windows apart from those with short ones."""

    def __init__(self, blocks: Numbers, rows: Places, first: Places, last: Places) -> None:
        self.first, self.last = first, last
        self.known, at = np.unique(blocks, return_inverse=True)
        keys = (at << 32) | first[rows]
        order = np.argsort(keys, kind="stable")
        keys, rows = keys[order], rows[order]
        length = last[rows] - first[rows]
        self.classes = []
        for most, of in zip(
            (*LENGTHS, None),
            np.searchsorted(LENGTHS, length)[None] == np.arange(len(LENGTHS) + 1)[:, None],
            strict=True,
        ):
            if of.any():
                self.classes.append((most, keys[of], rows[of]))

    def meeting(self, blocks: Numbers, rows: Places) -> Iterator[Found]:
        """Pairs of a row of ``rows`` and another that lies in the block it asks and whose days meet."""
        at = np.searchsorted(self.known, blocks)
        there = self.known[np.minimum(at, len(self.known) - 1)] == blocks
        at, rows = at[there] << 32, rows[there]
        earliest, latest = self.first[rows] - 1, self.last[rows] + 1
        for most, keys, members in self.classes:
            low = np.zeros_like(earliest) if most is None else np.maximum(earliest - most, 0)
            start = np.searchsorted(keys, at | low, side="left")
            stop = np.searchsorted(keys, at | latest, side="right")
            for n, k in _spread(start, stop):
                i, j = rows[n], members[k]
                kept = (i != j) & meets(self.first[i], self.last[i], self.first[j], self.last[j])
                if kept.any():
                    yield i[kept], j[kept]


def _spread(start: Places, stop: Places) -> Iterator[Found]:
    """All ``(n, k)`` with ``start[n] <= k < stop[n]``, about :data:`CHUNK` at a time."""
    some = np.flatnonzero(stop > start)
    start, sizes = start[some], (stop - start)[some]
    ends = np.cumsum(sizes)
    low = 0
    while low < len(some):
        done = ends[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(ends, done + CHUNK, side="right")))
        part = sizes[low:high]
        before = ends[low:high] - part - done
        yield np.repeat(some[low:high], part), np.arange(int(part.sum())) + np.repeat(start[low:high] - before, part)
        low = high
