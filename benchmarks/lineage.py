"""Copies against independent accounts: precision and recall of lineage on pairs made by ``lineage_edits``.

A pair is true where one text comes from the other or both come from one. Two accounts of one event, written apart, are
the hard negatives: same facts, same quotations, same formulas. Weights were set on the reports of the odd events (and
those merged with them); the figures are of the rest. The baseline is MinHash alone: Jaccard of five-word shingles of
whole texts, estimated, at 0.5 or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rensa import RMinHash  # type: ignore[import-untyped]

from benchmarks.common import finish, table
from benchmarks.lineage_edits import Report, collection
from tawatur.events.told import Facts
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import Paper
from tawatur.origins.shingles import shingles, words_of


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports, what was done between them (or how they are apart), and whether one comes from the other."""

    a: str
    b: str
    what: str
    true: bool


def half(odd: bool) -> list[Report]:
    """The reports of one half."""
    return [r for r in collection() if (_event(r) % 2 == 1) == odd]


def _event(report: Report) -> int:
    return int(report.id[:2])


def pairs(reports: Sequence[Report]) -> list[Pair]:
    """The pairs to judge: every copy with its originals; accounts of one event written apart, copies of one with the
    other account among them; and as many pairs of other events of the same language and days."""
    out: list[Pair] = []
    far: list[Pair] = []
    by_id = {r.id: r for r in reports}
    for a, b in combinations(sorted(by_id), 2):
        one, two = by_id[a], by_id[b]
        copy, other = (two, one) if one.id in two.roots else (one, two)
        if other.id in copy.roots:
            out.append(Pair(copy.id, other.id, copy.habit, True))
        elif not one.roots & two.roots and one.event == two.event:
            if one.language == two.language:
                apart = "copy" not in (one.key, two.key)
                what = "one event, told apart" if apart else "one event, a copy and another account"
            else:
                what = "one event, other language"
            out.append(Pair(a, b, what, False))
        elif a.endswith(f"-credits-{b}") or b.endswith(f"-credits-{a}"):
            out.append(Pair(a, b, "credits it for something else", False))
        elif not one.roots & two.roots and one.language == two.language and abs((one.day - two.day).days) <= 3:
            far.append(Pair(a, b, "other events, same days", False))
    return out + far[:: max(len(far) // 300, 1)]


def paper(r: Report) -> Paper:
    """A report as lineage sees it."""
    return Paper(Facts(r.id, r.day, r.outlet, "", r.title, r.language, (), r.text))


def lineage(reports: Sequence[Report]) -> frozenset[frozenset[str]]:
    """The pairs that lineage finds in the whole half, candidates and all."""
    index = LineageIndex()
    for report in reports:
        index.add(paper(report))
    return frozenset(frozenset((x.copy, x.original)) for x in index.lineages())


def minhash(reports: Sequence[Report]) -> frozenset[frozenset[str]]:
    """The baseline: estimated Jaccard of five-word shingles at 0.5 or more."""
    made = []
    for r in reports:
        one = RMinHash(num_perm=128, seed=1)
        one.update([str(v) for v in shingles(words_of(r.text).norms)])
        made.append((r.id, one))
    return frozenset(frozenset((a, b)) for (a, x), (b, y) in combinations(made, 2) if x.jaccard(y) >= 0.5)


def figures(found: frozenset[frozenset[str]], judged: Sequence[Pair]) -> tuple[float, float, Counter[str]]:
    """Precision, recall, and the pairs judged wrongly by what they are."""
    wrong: Counter[str] = Counter()
    hit = predicted = 0
    for p in judged:
        yes = frozenset((p.a, p.b)) in found
        predicted += yes
        hit += yes and p.true
        wrong[p.what] += yes != p.true
    return hit / max(predicted, 1), hit / max(sum(p.true for p in judged), 1), wrong


def main(argv: Sequence[str]) -> int:
    """Prints the table; ``tune`` looks at the tuning half, ``wrong`` lists the pairs judged wrongly there."""
    reports = half("tune" in argv)
    judged = pairs(reports)
    ways = {"lineage": lineage(reports), "MinHash, Jaccard 0.5": minhash(reports)}
    body = []
    wrongs = {}
    for name, found in ways.items():
        precision, recall, wrongs[name] = figures(found, judged)
        body.append((name, precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)))
    true = sum(p.true for p in judged)
    print(f"{len(judged)} pairs of {len(reports)} texts, {true} of them copies\n")
    print(table(("way", "precision", "recall", "F1"), body), end="\n\n")
    kinds = Counter(p.what for p in judged)
    print(
        table(
            ("kind of pair", "pairs", "copies", *(f"wrong: {n}" for n in ways)),
            [
                (
                    what,
                    n,
                    "yes" if any(p.true for p in judged if p.what == what) else "no",
                    *(wrongs[w][what] for w in ways),
                )
                for what, n in sorted(kinds.items())
            ],
        )
    )
    if "wrong" in argv:
        for p in judged:
            if (frozenset((p.a, p.b)) in ways["lineage"]) != p.true:
                print(p)
    return 0


if __name__ == "__main__":
    finish(main)
