"""New records among components that were worked out before, without working these out whole.

Average linkage is local: two sets of records between which nothing joins go each its own way, whatever the other does. So
the new records are clustered with the clusters that they touch (a pair above the threshold). Where these come out as
they went in, all others stay too, since between them nothing has changed; one that comes out otherwise counts
as new, with the clusters that *it* touches, and it begins again. The result is that of working out everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from tawatur.events.blocks import windows
from tawatur.events.build import Component
from tawatur.events.cluster import cluster, connected
from tawatur.events.facets import Facets
from tawatur.events.levels import Weights
from tawatur.events.pairs import Pairs, pairs
from tawatur.events.score import score

Labels = NDArray[np.int64]
Flags = NDArray[np.bool_]


def grown(found: Facets, before: Sequence[Component], new: Collection[str], scale: Weights) -> list[Component]:
    """The components of ``found``: the records of ``before`` and the ``new`` ones, on none of which a person decided."""
    at = {key: row for row, key in enumerate(found.ids)}
    fresh = np.zeros(len(found), bool)
    fresh[[at[key] for key in new]] = True
    home, label = np.arange(len(found)), np.arange(len(found))
    for component in before:
        home[[at[m] for m in component.members]] = at[component.members[0]]
        for members in component.events:
            label[[at[m] for m in members]] = at[members[0]]
    edges = _touching(found, fresh, scale)
    joined = connected(len(found), np.concatenate([edges, np.column_stack([np.arange(len(found)), home])]))
    label = _settled(found, label, fresh, edges, scale)
    inside: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, one, other in zip(found.ids, joined.tolist(), label.tolist(), strict=True):
        inside[one][other].append(key)
    return [
        Component(
            tuple(sorted(k for members in groups.values() for k in members)), tuple(sorted(map(tuple, groups.values())))
        )
        for _, groups in sorted(inside.items())
    ]


def _settled(found: Facets, label: Labels, changed: Flags, edges: Pairs, scale: Weights) -> Labels:
    """The clusters (by their smallest row), where ``changed`` rows are new, and ``edges`` those that touch them."""
    while True:
        wanted = np.zeros(len(found), bool)
        wanted[label[edges.ravel()]] = True
        chosen = np.flatnonzero(wanted[label] | changed)
        rows = found.rows[chosen]
        candidates = pairs(rows)
        made = chosen[cluster(rows, candidates, score(rows, candidates, scale), scale).clusters]
        was = label[chosen]
        # a cluster came out as it went in where all its rows, and no others, share a label
        links = np.unique(np.column_stack([was, made]), axis=0)
        parts, wholes = (np.bincount(column, minlength=len(found)) for column in links.T)
        broken = ((parts[was] > 1) | (wholes[made] > 1)) & ~changed[chosen]
        if not broken.any():
            out = label.copy()
            out[chosen] = made
            return out
        changed = changed.copy()
        changed[chosen[broken]] = True
        edges = _touching(found, changed, scale)


def _touching(found: Facets, changed: Flags, scale: Weights) -> Pairs:
    """The pairs above the threshold of changed rows with any."""
    first, last = windows(found.rows)
    near = np.flatnonzero((first <= last[changed].max() + 1) & (last >= first[changed].min() - 1))
    candidates = near[pairs(found.rows[near])].astype(np.int32)
    candidates = candidates[changed[candidates].any(axis=1)]
    return candidates[score(found.rows, candidates, scale) > scale.threshold]
