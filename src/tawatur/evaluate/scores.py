"""Precision, recall and F1 over documents, shares of fields that agree, and how sure the figures are."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tawatur.evaluate.aligned import Aligned, aligned
from tawatur.evaluate.items import Row
from tawatur.evaluate.pairs import agreement

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


def right(agreed: Mapping[str, float | None], headline: str) -> bool:
    """Whether an aligned pair counts for a headline, by its agreement."""
    return all(agreed[f] in (None, 1) for f in HEADLINES[headline])


def tallies(one: Aligned) -> dict[str | None, Tally]:
    """What one document counts, by kind."""
    out: dict[str | None, Tally] = defaultdict(Tally)
    for wanted in one.gold:
        out[wanted.kind].gold += 1
    for given in one.predicted:
        out[given.kind].predicted += 1
    for i, j in one.pairs:
        agreed = agreement(one.gold[i], one.predicted[j])
        for name in HEADLINES:
            out[one.gold[i].kind].hits[name] += right(agreed, name)
    return out


def total(parts: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    out = Tally()
    for part in parts:
        out.add(part)
    return out


def evaluate(
    gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]], rounds: int = 1000, *, by_kind: bool = False
) -> dict[str, dict[str, Any]]:
    """Scores of ``predicted`` (rows by document id) against ``gold`` (documents with their records).

    Gives ``records`` (kind, and ``all``: found, exact, sourced as P/R/F1; ``±`` is half of a 95 % interval from
    ``rounds`` resamplings of documents, for each kind too with ``by_kind``), ``fields`` (share that agrees, of how
    many) and ``quiet`` (records predicted on documents that have none).
    """
    documents = list(aligned(gold, predicted))
    empty = [one for one in documents if not one.gold]
    shares = _fields(documents)
    return {
        "records": _records([tallies(one) for one in documents], rounds, by_kind),
        "fields": {f: {"share": round(sum(v) / len(v), 3), "of": len(v)} for f, v in sorted(shares.items()) if v},
        "quiet": {"documents": len(empty), "records": sum(len(one.predicted) for one in empty)},
    }


def _fields(documents: Sequence[Aligned]) -> dict[str, list[float]]:
    """Agreement by field over the aligned pairs that give it; a chain of two links counts where it is missed, too."""
    out: dict[str, list[float]] = defaultdict(list)
    for one in documents:
        out["hops2"] += [0.0 for missed in one.missed if len(missed.source) > 1]
        for i, j in one.pairs:
            for name, value in agreement(one.gold[i], one.predicted[j]).items():
                if value is not None:
                    out[name].append(value)
    return out


def _records(documents: Sequence[Mapping[str | None, Tally]], rounds: int, by_kind: bool) -> dict[str, dict[str, Any]]:
    kinds = sorted({kind for counts in documents for kind in counts if kind})
    none = Tally()
    columns = {kind: [counts.get(kind, none) for counts in documents] for kind in kinds}
    columns["all"] = [total(counts.values()) for counts in documents]
    table: dict[str, dict[str, Any]] = {}
    for kind, column in columns.items():
        whole = total(column)
        table[kind] = {name: whole.row(name) for name in HEADLINES}
    rng = random.Random(0)  # seeded: the same predictions give the same interval
    draws = [rng.choices(range(len(documents)), k=len(documents)) for _ in range(rounds)] if documents else []
    for kind in columns if by_kind else ("all",):
        for name in HEADLINES:
            table[kind][name]["±"] = _half_interval(columns[kind], name, draws)
    return table


def _half_interval(column: Sequence[Tally], name: str, draws: Sequence[Sequence[int]]) -> float | None:
    counts = [(one.hits[name], one.gold + one.predicted) for one in column]
    values = sorted(drawn_f1(counts, draw) for draw in draws)
    if not values:
        return None
    return round((values[int(0.975 * len(values))] - values[int(0.025 * len(values))]) / 2, 3)


def drawn_f1(counts: Sequence[tuple[int, int]], draw: Sequence[int]) -> float:
    """F1 over the documents of one draw; ``counts`` are hits, and gold and predicted together, by document."""
    hits = both = 0
    for i in draw:
        hits += counts[i][0]
        both += counts[i][1]
    return 2 * hits / both if both else 0.0
