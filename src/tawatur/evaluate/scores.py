"""Precision, recall and F1 over documents, shares of fields that agree, and how sure the figures are."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tawatur.evaluate.items import Row, item
from tawatur.evaluate.pairs import agreement, align

HEADLINES = {
    "found": (),
    "exact": ("type", "status", "place", "date"),
    "sourced": ("type", "place", "date", "actor", "chain"),
}


@dataclass(slots=True)
class Tally:
    """Counts over documents, of one kind or of all."""

    gold: int = 0
    predicted: int = 0
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HEADLINES, 0))

    def add(self, other: Tally) -> None:
        self.gold += other.gold
        self.predicted += other.predicted
        for name, n in other.hits.items():
            self.hits[name] += n

    def f1(self, name: str) -> float:
        both = self.gold + self.predicted
        return 2 * self.hits[name] / both if both else 0.0

    def row(self, name: str) -> dict[str, float | None]:
        precision = self.hits[name] / self.predicted if self.predicted else 0.0
        recall = self.hits[name] / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "p": round(precision, 3),
            "r": round(recall, 3),
            "f1": round(f1, 3),
            "gold": self.gold,
            "predicted": self.predicted,
        }


def _half_interval(tallies: Sequence[Tally], name: str, draws: Sequence[Sequence[int]]) -> float | None:
    values = []
    for draw in draws:
        total = Tally()
        for i in draw:
            total.gold += tallies[i].gold
            total.predicted += tallies[i].predicted
            total.hits[name] += tallies[i].hits[name]
        values.append(total.f1(name))
    values.sort()
    if not values:
        return None
    return round((values[int(0.975 * len(values))] - values[int(0.025 * len(values))]) / 2, 3)


def evaluate(
    gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]], rounds: int = 1000
) -> dict[str, dict[str, Any]]:
    """Scores of ``predicted`` (rows by document id) against ``gold`` (documents with their records).

    Gives ``records`` (kind, and ``all``: found, exact, sourced as P/R/F1; ``±`` is half of a 95 % interval from
    ``rounds`` resamplings of documents), ``fields`` (share that agrees, of how many) and ``quiet`` (records predicted
    on documents that have none).
    """
    documents: list[dict[str | None, Tally]] = []
    fields: dict[str, list[float]] = defaultdict(list)
    quiet = {"documents": 0, "records": 0}
    for entry in gold:
        doc = str(entry["doc"])
        wanted = [item(row, doc) for row in entry["records"]]
        given = [item(row, doc) for row in predicted.get(doc, ())]
        tallies: dict[str | None, Tally] = defaultdict(Tally)
        for one in wanted:
            tallies[one.kind].gold += 1
        for one in given:
            tallies[one.kind].predicted += 1
        if not wanted:
            quiet["documents"] += 1
            quiet["records"] += len(given)
        pairs = align(wanted, given)
        met = {i for i, _ in pairs}
        fields["hops2"] += [0.0 for i, one in enumerate(wanted) if len(one.source) > 1 and i not in met]
        for i, j in pairs:
            agreed = agreement(wanted[i], given[j])
            for name, needed in HEADLINES.items():
                tallies[wanted[i].kind].hits[name] += all(agreed[f] in (None, 1) for f in needed)
            for name, value in agreed.items():
                if value is not None:
                    fields[name].append(value)
        documents.append(tallies)
    return {
        "records": _records(documents, rounds),
        "fields": {f: {"share": round(sum(v) / len(v), 3), "of": len(v)} for f, v in sorted(fields.items()) if v},
        "quiet": quiet,
    }


def _records(documents: Sequence[Mapping[str | None, Tally]], rounds: int) -> dict[str, dict[str, Any]]:
    by_kind: dict[str | None, Tally] = defaultdict(Tally)
    sums = []
    for tallies in documents:
        whole = Tally()
        for kind, tally in tallies.items():
            by_kind[kind].add(tally)
            whole.add(tally)
        sums.append(whole)
    table = {kind: {name: by_kind[kind].row(name) for name in HEADLINES} for kind in sorted(filter(None, by_kind))}
    everything = Tally()
    for whole in sums:
        everything.add(whole)
    table["all"] = {name: everything.row(name) for name in HEADLINES}
    rng = random.Random(0)  # seeded: the same predictions give the same interval
    draws = [rng.choices(range(len(sums)), k=len(sums)) for _ in range(rounds)] if sums else []
    for name in HEADLINES:
        table["all"][name]["±"] = _half_interval(sums, name, draws)
    return table
