"""Events worked out the slow and simple way: every pair is looked at, every two clusters are held against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from tawatur.events.blocks import Entries, asks, lies_in, nearby, windows
from tawatur.events.facets import facets
from tawatur.events.levels import Weights
from tawatur.events.score import explain
from tawatur.events.told import Told, Verdict

Groups = set[frozenset[str]]


def compared(tolds: Sequence[Told]) -> set[tuple[str, str]]:
    """The pairs of record ids that share a block and whose days meet."""
    found = facets(tolds)
    first, last = windows(found.rows)
    lying, asked = (_by_row(kinds(found.rows), len(found)) for kinds in (lies_in, asks))
    cells = _by_row((e for e in asks(found.rows) if e.kind == "cell"), len(found))
    out = set()
    for i, j in combinations(range(len(found)), 2):
        a, b = found.rows[[i]], found.rows[[j]]
        shared = (asked[i] & lying[j]) | (asked[j] & lying[i])
        if not nearby(a, b)[0]:
            shared -= cells[i] | cells[j]
        if shared and first[i] <= last[j] + 1 and first[j] <= last[i] + 1:
            out.add((found.ids[i], found.ids[j]))
    return out


def _by_row(kinds: Iterable[Entries], count: int) -> list[set[int]]:
    out: list[set[int]] = [set() for _ in range(count)]
    for entries in kinds:
        for row, block in zip(entries.rows.tolist(), entries.blocks.tolist(), strict=True):
            out[row].add(block)
    return out


def scored(tolds: Sequence[Told], scale: Weights) -> dict[tuple[str, str], int]:
    """The score of every pair: of levels added up, or the floor."""
    found = facets(tolds)
    meeting = compared(tolds)
    out = {}
    for a, b in combinations(found.ids, 2):
        total = sum(round(1000 * step.weight) for step in explain(found, a, b, scale))
        out[a, b] = max(total, scale.floor) if (a, b) in meeting else scale.floor
    return out


def clusters(tolds: Sequence[Told], scale: Weights, verdicts: Collection[Verdict] = ()) -> Groups:
    """Average linkage over all records; verdicts must not contradict each other."""
    of = {t.key: t for t in tolds}
    scores = scored(tolds, scale)
    apart = {tuple(sorted((v.record_a, v.record_b))) for v in verdicts if v.says == "other"}

    def barred(one: Sequence[str], other: Sequence[str]) -> bool:
        return any(tuple(sorted((a, b))) in apart or listed(of[a], of[b]) for a in one for b in other)

    groups = [[key] for key in sorted(of)]
    for v in verdicts:
        if v.says == "same" and v.record_a in of and v.record_b in of:
            one = next(g for g in groups if v.record_a in g)
            other = next(g for g in groups if v.record_b in g)
            if one is not other:
                groups.remove(other)
                one += other
                one.sort()
    while True:
        best = None
        for one, other in combinations(sorted(groups), 2):
            if not barred(one, other):
                pairs = [scores[min(a, b), max(a, b)] for a in one for b in other]
                mean = scale.floor + (sum(pairs) - len(pairs) * scale.floor) / len(pairs)
                if mean > scale.threshold and (best is None or mean > best[0]):
                    best = (mean, one, other)
        if best is None:
            return {frozenset(g) for g in groups}
        _, one, other = best
        groups.remove(other)
        one += other
        one.sort()


def listed(a: Told, b: Told) -> bool:
    """Items of one list: one report, and an anchor that begins at the same place, or a sentence that does; not where
    it says of one place that it was attacked, and by what, or with what result."""
    x, y = a.record, b.record
    if a.facts.doc != b.facts.doc:
        return False
    if x.anchor.start == y.anchor.start:
        return True
    here, there = (r.place.place_id if r.place else None for r in (x, y))
    one_place = bool(here) and here == there
    return x.evidence.start == y.evidence.start and not (one_place and _told_twice(x.type, y.type))


def _told_twice(one: str, other: str) -> bool:
    """Of the types in :mod:`tests.events.made`: all are attacks, and one is the result of one."""
    return {one, other} in ({"strike.air", "strike.unspecified"}, {"raid", "clash"}) or (one == "harm") != (
        other == "harm"
    )
