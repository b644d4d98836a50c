"""Fit the weights of events (``src/tawatur/data/event_weights.json``) on strikes of 2021 and 2022.

    python -m training.events [--compare]     fits and writes; with --compare only prints what each way of fitting gives

Logistic regression on the levels, drawn (L2) towards the weights that people would give (:data:`EXPECTED`): a level that
the data hardly shows keeps them. ``--compare`` holds it against smoothed log-likelihood ratios (naive Bayes: each
comparison by itself) and shows what floors and thresholds do, on four stretches of time, each measured with weights
fitted on the other three.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from tawatur.events.addresses import day_of_address
from tawatur.events.cluster import cluster
from tawatur.events.facets import Facets, facets
from tawatur.events.levels import COMPARISONS, weights_of
from tawatur.events.pairs import Pairs, pairs
from tawatur.events.score import levels, score
from training.incidents import Side, pairs_of, sides

OUT = Path(__file__).resolve().parents[1] / "src" / "tawatur" / "data" / "event_weights.json"
LEVELS = [f"{name}/{level}" for name, listed in COMPARISONS.items() for level, _ in listed]
STRENGTH = 50.0
"""How strongly weights are drawn to the expected ones: chosen on stretches left out, like what follows."""
FLOOR, THRESHOLD = -2500, 0
"""Thousandths: chosen with ``--compare``."""
EXPECTED = {
    "place/site": 1.5, "place/settlement": 1.0, "place/area": -0.3, "place/near": 0.5,
    "place/parent": -0.5, "place/name": 1.3, "place/within": -0.3, "place/far": -4.0, "place/one": -0.8, "place/neither": -0.8,
    "day/same": 1.5, "day/overlap": 0.8, "day/next": -0.5, "day/inferred_0": 0.8, "day/inferred_1": 0.5,
    "day/inferred_more": 0.0, "day/inferred_next": -1.0, "day/published_same": 0.8, "day/published_next": 0.3,
    "day/published_more": -0.8, "day/one": -0.8, "day/neither": -1.2, "day/apart": -4.0,
    "calendar/date": 2.0, "calendar/weekday": 1.0, "calendar/date_next": 0.0, "calendar/weekday_next": -0.3,
    "calendar/other": -1.5,
    "type/same": 0.7, "type/open": 0.2, "type/means": -0.3, "type/result": 0.0, "type/other": -1.5,
    "weapon/same": 0.4, "weapon/other": -0.7,
    "actor/same": 0.7, "actor/umbrella": 0.4, "actor/opposed": -1.0, "actor/other": -0.8, "actor/name": 1.0,
    "actor/names": -0.3,
    "target/same": 0.5, "target/umbrella": 0.3, "target/opposed": -0.8, "target/other": -0.5, "target/name": 0.7,
    "target/names": 0.0,
    "killed/equal": 0.8, "killed/fits": 0.3, "killed/other": -0.4,
    "injured/equal": 0.7, "injured/fits": 0.3, "injured/other": -0.3,
    "munitions/equal": 1.0, "munitions/fits": 0.4, "munitions/other": -0.3,
    "words/sentence": 3.0, "words/most": 1.5, "words/many": 0.8, "words/some": 0.3, "words/few": -0.1,
    "words/none": -0.4,
    "rare/five": 1.5, "rare/three": 1.0, "rare/two": 0.5, "rare/one": 0.2, "rare/none": -0.3,
    "report/copy": 1.0, "report/same": -1.0, "prior": -2.0,
}  # fmt: skip
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """The candidate pairs of a side, their levels, and whether both records tell of one incident (1), do not (0), or
    cannot be judged by the codings (-1)."""

    side: Side
    facets: Facets
    pairs: Pairs
    levels: NDArray[np.int8]
    truth: NDArray[np.int8]
    docs: Sequence[str]


def compare(side: Side) -> Compared:
    found = facets(side.tolds)
    candidates = pairs(found.rows)
    parts = [found.rows[candidates[:, k]] for k in (0, 1)]
    doc = {t.key: t.facts.doc for t in side.tolds}
    docs = [doc[key] for key in found.ids]
    truth = np.array([_truth(side, found.ids, docs, i, j) for i, j in candidates.tolist()], np.int8)
    return Compared(side, found, candidates, levels(parts[0], parts[1]), truth, docs)


def _truth(side: Side, ids: Sequence[str], docs: Sequence[str], i: int, j: int) -> int:
    """Codings are of harm to civilians only: two records that tell of no incident are not judged, nor are records of
    sources with an incident in common unless each tells of one. Records of one source are not judged either: the
    codings give a place and a day, and so cannot tell two happenings apart that the source tells apart."""
    a, b = side.tells[ids[i]], side.tells[ids[j]]
    if docs[i] == docs[j]:
        return -1
    if a & b:
        return 1
    if side.common(docs[i], docs[j]):
        return 0 if a and b else -1
    return 0 if a or b else -1


def design(found: NDArray[np.int8]) -> sparse.csr_matrix:
    """A row a pair: one for the level of each comparison and for the prior."""
    sizes = [len(listed) for listed in COMPARISONS.values()]
    columns = np.column_stack([found + np.cumsum([0, *sizes[:-1]]), np.full(len(found), len(LEVELS))])
    starts = np.arange(0, columns.size + 1, columns.shape[1])
    return sparse.csr_matrix((np.ones(columns.size), columns.ravel(), starts), shape=(len(found), len(LEVELS) + 1))


def logistic(data: Compared, strength: float = STRENGTH) -> Vector:
    """Weights of all levels and the prior (the last), by logistic regression."""
    judged = data.truth >= 0
    x, y = design(data.levels[judged]), data.truth[judged].astype(float)
    centre = np.array([EXPECTED.get(name, 0.0) for name in [*LEVELS, "prior"]])
    pull = np.full(len(centre), strength)
    pull[-1] = 0.0

    def loss(w: Vector) -> tuple[float, Vector]:
        z, off = x @ w, w - centre
        value = float(np.sum(np.logaddexp(0, z) - y * z)) + 0.5 * float(pull @ (off * off))
        return value, np.asarray(x.T @ (1 / (1 + np.exp(-z)) - y) + pull * off)

    return np.asarray(minimize(loss, centre, jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x)


def ratios(data: Compared, smoothing: float = 1.0) -> Vector:
    """Weights by counting: the logarithm of how much more frequent a level is among pairs of one incident."""
    judged = data.truth >= 0
    x, y = design(data.levels[judged])[:, :-1], data.truth[judged] == 1
    sizes = np.concatenate([[len(listed)] * len(listed) for listed in COMPARISONS.values()])
    share = [
        (np.asarray(x[chosen].sum(axis=0)).ravel() + smoothing) / (chosen.sum() + smoothing * sizes)
        for chosen in (y, ~y)
    ]
    return np.append(np.log(share[0] / share[1]), np.log(y.sum() / (~y).sum()))


def table(weights: Vector, floor: int, threshold: int) -> dict[str, int]:
    """The rows of the file, in thousandths; the prior, floor and threshold last."""
    rows = {name: round(1000 * float(w)) for name, w in zip([*LEVELS, "prior"], weights, strict=True)}
    return {**rows, "floor": floor, "threshold": threshold}


def events(data: Compared, rows: Mapping[str, int]) -> list[set[str]]:
    """The sources of each event."""
    weights = weights_of(rows)
    found = cluster(data.facets.rows, data.pairs, score(data.facets.rows, data.pairs, weights), weights).clusters
    out: dict[int, set[str]] = defaultdict(set)
    for doc, label in zip(data.docs, found.tolist(), strict=True):
        out[label].add(doc)
    return list(out.values())


def measure(side: Side, made: Collection[set[str]]) -> tuple[int, int, int, int]:
    """Pairs of sources: right and made; found and wanted."""
    together = pairs_of(made)
    return (
        sum(side.common(*p) for p in together), len(together), len(side.wanted & together), len(side.wanted),
    )  # fmt: skip


def shown(counts: Sequence[tuple[int, int, int, int]]) -> str:
    right, made, hit, wanted = np.sum(counts, axis=0)
    p, r = right / max(1, made), hit / max(1, wanted)
    return f"P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f}"


def perfect(side: Side) -> list[set[str]]:
    """The sources of each incident that have a record telling of it."""
    doc = {t.key: t.facts.doc for t in side.tolds}
    out: dict[str, set[str]] = defaultdict(set)
    for key, incidents in side.tells.items():
        for incident in incidents:
            out[incident].add(doc[key])
    return list(out.values())


def only(side: Side, docs: Collection[str]) -> Side:
    """A side cut to some of its sources."""
    tolds = [t for t in side.tolds if t.facts.doc in docs]
    return replace(
        side,
        sources={k: s for k, s in side.sources.items() if k in docs},
        tolds=tolds,
        tells={t.key: side.tells[t.key] for t in tolds},
        wanted=frozenset(p for p in side.wanted if p[0] in docs and p[1] in docs),
    )


def stretches(side: Side, count: int = 4) -> list[set[str]]:
    """The sources by the time of their first incident, in ``count`` stretches with as many incidents each."""
    tied = sorted(
        {i for s in side.sources.values() for i in s["incidents"]}, key=lambda i: (side.incidents[i]["date"], i)
    )
    place = {i: count * n // len(tied) for n, i in enumerate(tied)}
    out: list[set[str]] = [set() for _ in range(count)]
    for key, source in side.sources.items():
        out[place[source["incidents"][0]]].add(key)
    return out


def compare_ways(side: Side) -> None:
    """Prints what each way gives on sources left out of the fit: all, and those whose day of publication is known."""
    known = {t.facts.doc for t in side.tolds if t.facts.published or day_of_address(t.facts.url)}
    parts = []
    for left in stretches(side):
        inside = compare(only(side, set(side.sources) - left))
        parts.append((inside, [compare(only(side, docs)) for docs in (left, left & known)]))
    print("perfect", [shown([measure(out[k].side, perfect(out[k].side)) for _, out in parts]) for k in (0, 1)])
    ways: dict[str, Callable[[Compared], Vector]] = {
        "counted": ratios, "logistic": logistic, "logistic, weakly drawn": partial(logistic, strength=1.0),
    }  # fmt: skip
    for name, way in ways.items():
        fitted = [way(inside) for inside, _ in parts]
        for floor in (-2500, -4000, -8000):
            for threshold in (-1000, -500, 0):
                made = [
                    [
                        measure(out[k].side, events(out[k], table(w, floor, threshold)))
                        for w, (_, out) in zip(fitted, parts, strict=True)
                    ]
                    for k in (0, 1)
                ]
                print(
                    f"{name}, floor {floor}, threshold {threshold}: all {shown(made[0])}, known days {shown(made[1])}"
                )


def main(argv: Sequence[str], halves: Callable[[], tuple[Side, Side]] = sides) -> int:
    side, _ = halves()
    if "--compare" in argv:
        compare_ways(side)
        return 0
    data = compare(side)
    rows = table(logistic(data), FLOOR, THRESHOLD)
    OUT.write_text(json.dumps(rows, indent=0) + "\n", encoding="utf-8")
    print(f"{len(data.pairs)} pairs, {int((data.truth == 1).sum())} of one incident", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
