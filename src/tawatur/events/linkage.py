"""Average linkage inside one component: the two clusters with the highest mean score join first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

Link = tuple[int, int]


class Linkage:
    """``members`` are rows in order. ``marks`` give a row what it must not meet: two clusters that hold the same mark
    never join. Scores are whole numbers; a pair without one counts ``floor``, which is not over ``threshold``."""

    def __init__(
        self, members: Sequence[int], marks: Mapping[int, Iterable[Hashable]], floor: int, threshold: int
    ) -> None:
        self.rows: dict[int, list[int]] = {m: [m] for m in members}
        self.of: dict[int, int] = {m: m for m in members}
        self.marks: dict[int, set[Hashable]] = {m: set(marks.get(m, ())) for m in members}
        self.floor, self.threshold = floor, threshold
        # Of each pair of clusters that has scored pairs: by how much these are over the floor, added up.
        self.over: dict[int, dict[int, int]] = {m: {} for m in members}
        self.heap: list[tuple[float, int, int, int]] = []

    def score(self, pairs: Iterable[Sequence[int]]) -> None:
        """Takes up scored pairs ``(row, row, score)``, before anything joins."""
        for i, j, score in pairs:
            self.over[i][j] = self.over[j][i] = score - self.floor

    def oblige(self, same: Iterable[Link], apart: frozenset[Link]) -> list[Link]:
        """Joins the clusters of pairs that are said to be the same; gives back those between which others that are
        said to be apart (``apart``, smaller row first) stand."""
        refused = []
        for a, b in same:
            one, other = self.of[a], self.of[b]
            if one == other:
                continue
            if apart and any((min(x, y), max(x, y)) in apart for x in self.rows[one] for y in self.rows[other]):
                refused.append((a, b))
            else:
                self._join(*sorted((one, other)))
        return refused

    def run(self) -> dict[int, int]:
        """The smallest row of each row's cluster, once nothing more joins."""
        self.heap = [e for a in self.over for b in self.over[a] if a < b and (e := self._entry(a, b)) is not None]
        heapify(self.heap)
        while self.heap:
            entry = heappop(self.heap)
            _, a, b, _ = entry
            # An entry of before its clusters grew is told by its mean or its size.
            if b in self.over.get(a, ()) and entry == self._entry(a, b):
                self._join(a, b)
                for c in self.over[a]:
                    new = self._entry(a, c) if a < c else self._entry(c, a)
                    if new is not None:
                        heappush(self.heap, new)
        return self.of

    def _entry(self, a: int, b: int) -> tuple[float, int, int, int] | None:
        size = len(self.rows[a]) * len(self.rows[b])
        mean = self.floor + self.over[a][b] / size
        if mean <= self.threshold or not self.marks[a].isdisjoint(self.marks[b]):
            return None
        return -mean, a, b, size

    def _join(self, a: int, b: int) -> None:
        """Cluster ``b`` goes into ``a``, whose rows are smaller."""
        for row in self.rows[b]:
            self.of[row] = a
        self.rows[a] += self.rows.pop(b)
        self.marks[a] |= self.marks.pop(b)
        mine, theirs = self.over[a], self.over.pop(b)
        for c, over in theirs.items():
            del self.over[c][b]
            if c != a:
                mine[c] = self.over[c][a] = mine.get(c, 0) + over
