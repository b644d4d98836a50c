"""Rows and scored pairs to clusters, each one happening: components of what is alike, and average linkage inside them.

Inside a component the two clusters with the highest mean score join first, while that is over the threshold; a pair
that shares no block counts with the floor. Ties go to the clusters with the smallest rows (rows stand in the order of
record ids), and scores are whole numbers, so that the result is the same in whatever order the pairs come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from tawatur.events.blocks import mix
from tawatur.events.compare import one_deed
from tawatur.events.facets import Rows
from tawatur.events.levels import Weights
from tawatur.events.linkage import Link, Linkage
from tawatur.events.pairs import Pairs
from tawatur.events.score import Scores

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """``components`` and ``clusters`` give each row the smallest row of its component and of its cluster. ``refused``
    are the pairs said to be the same that were not followed, since rows said to be apart stand between them."""

    components: Labels
    clusters: Labels
    refused: tuple[Link, ...] = ()


def cluster(
    rows: Rows, pairs: Pairs, scores: Scores, weights: Weights, same: Iterable[Link] = (), other: Iterable[Link] = ()
) -> Clusters:
    """The clusters of ``rows``. ``same`` and ``other`` are pairs of rows that a person decided on."""
    must = sorted({(min(p), max(p)) for p in same if p[0] != p[1]})
    apart = frozenset((min(p), max(p)) for p in other if p[0] != p[1])
    high = scores > weights.threshold
    edges = np.concatenate([pairs[high], np.array(must, np.int32).reshape(-1, 2)])
    components = connected(len(rows), edges)
    labels = components.copy()
    marks = never(rows, components, apart)
    todo = _unsettled(components, pairs, high, marks, must)
    refused: list[Link] = []
    must_of: dict[int, list[Link]] = defaultdict(list)
    for pair in must:
        must_of[int(components[pair[0]])].append(pair)
    inside = _inside(components, todo, pairs, scores)
    for component, members in _members(components, todo):
        linkage = Linkage(members, marks, weights.floor, weights.threshold)
        linkage.score(inside[component].tolist() if component in inside else ())
        refused += linkage.oblige(must_of[component], apart)
        for row, label in linkage.run().items():
            labels[row] = label
    return Clusters(components, labels, tuple(sorted(refused)))


def connected(n: int, edges: Pairs) -> Labels:
    """The smallest row of each row's component."""
    labels = np.arange(n)
    a, b = edges[:, 0], edges[:, 1]
    while True:
        one, two = labels[a], labels[b]
        differ = one != two
        if not differ.any():
            return labels
        a, b, one, two = a[differ], b[differ], one[differ], two[differ]
        np.minimum.at(labels, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(jumped := labels[labels], labels):
            labels = jumped


def never(rows: Rows, components: Labels, apart: Iterable[Link]) -> dict[int, list[Hashable]]:
    """What rows must not meet: items of one list inside a component share a mark, and so do two rows that a person said
    are apart. Items of a list are in one report and have the same anchor, or the same sentence and not the same place
    and types by which it may tell of one happening twice (:func:`tawatur.events.compare.one_deed`)."""
    marks: dict[int, list[Hashable]] = defaultdict(list)
    listed = _of_one_report(rows["doc"], components)
    for anchored in _together(rows, listed, components, "anchor"):
        for row in anchored:
            marks[row].append(("anchor", anchored[0]))
    for sentence in _together(rows, listed, components, "evidence"):
        barred = [p for p in combinations(sentence, 2) if not _one_deed(rows[p[0]], rows[p[1]])]
        if len(barred) == len(sentence) * (len(sentence) - 1) // 2:
            for row in sentence:
                marks[row].append(("evidence", sentence[0]))
        else:
            apart = [*apart, *barred]
    for a, b in apart:
        if components[a] == components[b]:
            marks[a].append((a, b))
            marks[b].append((a, b))
    return marks


def _one_deed(a: np.void, b: np.void) -> bool:
    return bool(a["place"] != 0 and a["place"] == b["place"] and one_deed(int(a["type"]), int(b["type"])))


def _together(rows: Rows, listed: Labels, components: Labels, name: str) -> Iterable[list[int]]:
    """The rows of one component, one report and one value of a column, where there are several."""
    order = listed[np.lexsort((listed, rows[name][listed], rows["doc"][listed], components[listed]))]
    new = np.zeros(max(0, len(order) - 1), bool)
    for key in (components[order], rows["doc"][order], rows[name][order]):
        new |= key[1:] != key[:-1]
    return [part.tolist() for part in np.split(order, np.flatnonzero(new) + 1) if len(part) > 1]


def _of_one_report(docs: NDArray[np.uint64], components: Labels) -> Labels:
    """The rows of components that hold another row of the same report; by chance some others."""
    both = mix(11, docs, components)
    order = np.argsort(both)
    equal = np.flatnonzero(both[order][1:] == both[order][:-1])
    return np.unique(order[np.concatenate([equal, equal + 1])])


def _unsettled(
    components: Labels, pairs: Pairs, high: NDArray[np.bool_], marks: Iterable[int], must: Iterable[Link]
) -> Labels:
    """The components that are not simply one cluster: those in which a pair is not over the threshold, or with rows
    that must or must not meet."""
    names, sizes = np.unique(components, return_counts=True)
    within = np.bincount(components[pairs[high, 0]], minlength=len(components))[names]
    loose = names[within < sizes * (sizes - 1) // 2]
    special = components[[*marks, *(a for a, _ in must)]] if (marks := list(marks)) or must else loose[:0]
    return np.union1d(loose, special)


def _members(components: Labels, wanted: Labels) -> Iterable[tuple[int, list[int]]]:
    """The rows, in order, of each of the wanted components."""
    rows = np.flatnonzero(_flags(len(components), wanted)[components])
    order = rows[np.argsort(components[rows], kind="stable")]
    for component, part in _split(components[order]):
        yield component, order[part].tolist()


def _inside(components: Labels, wanted: Labels, pairs: Pairs, scores: Scores) -> dict[int, NDArray[np.int32]]:
    """The scored pairs ``(row, row, score)`` inside each of the wanted components."""
    of = components[pairs[:, 0]]
    within = np.flatnonzero(_flags(len(components), wanted)[of] & (of == components[pairs[:, 1]]))
    order = within[np.argsort(of[within], kind="stable")]
    triples = np.column_stack([pairs[order], scores[order]])
    return {component: triples[part] for component, part in _split(of[order])}


def _flags(count: int, chosen: Labels) -> NDArray[np.bool_]:
    out = np.zeros(count, bool)
    out[chosen] = True
    return out


def _split(labels: Labels) -> Iterable[tuple[int, slice]]:
    """Each label of sorted ones, and where it stands."""
    bounds = [0, *(np.flatnonzero(np.diff(labels)) + 1).tolist(), len(labels)]
    return [(int(labels[a]), slice(a, b)) for a, b in pairwise(bounds) if a < b]
