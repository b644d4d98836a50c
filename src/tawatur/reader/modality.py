"""Whether a happening is told as planned, threatened or possible: by the words right before it."""

from __future__ import annotations

from functools import cache, lru_cache

from tawatur.lexicon.tables import rows
from tawatur.model import Status
from tawatur.reader.clusters import Cluster
from tawatur.reader.scene import Scene
from tawatur.text.normal import fold
from tawatur.text.tokens import stems

_FURTHEST = 20
"""Tokens back from the head that are looked at; ``within`` of ``data/modality.csv`` says how many words each reaches."""
_ENDS = frozenset(".،,؛;:!?؟\n")


@cache
def _words() -> dict[str, tuple[Status, int, str]]:
    return {
        fold(r["word"]): (r["status"], int(r["within"]), fold(r["not_after"]))  # type: ignore[misc]
        for r in rows("modality.csv")
    }


@lru_cache(maxsize=1 << 14)
def _modal(norm: str) -> tuple[Status, int, str] | None:
    return next((_words()[stem] for stem, _ in stems(norm) if stem in _words()), None)


def modality(scene: Scene, cluster: Cluster) -> Status:
    """``happened`` unless a word before the head, in the same stretch between marks, says otherwise. A party in
    between counts for one word, a time for none, and commas around a time end no stretch."""
    low = max(scene.sentences[cluster.sentence].i, cluster.head.i - _FURTHEST)
    for k in range(cluster.head.i - 1, low - 1, -1):
        found = _modal(scene.tokens[k].norm)
        if found is None:
            continue
        status, within, not_after = found
        if not_after and k > low and scene.tokens[k - 1].norm == not_after:
            continue
        away = _words_between(scene, k + 1, cluster.head.i)
        if away is not None and away < within:
            return status
    return "happened"


def _words_between(scene: Scene, i: int, j: int) -> int | None:
    """How many words stand from token ``i`` to before ``j``; None where a mark ends the stretch."""
    count, k = 0, i
    while k < j:
        over = next((t for t in scene.times if t.i <= k < t.j), None)
        if over is not None:
            k = over.j
            continue
        party = scene.party_at.get(k)
        token = scene.tokens[k]
        if token.script != "mark":
            count += 1
        elif token.norm in _ENDS and not any(t.i == k + 1 or t.j == k for t in scene.times):
            return None
        k = max(k + 1, scene.parties[party].j) if party is not None and scene.parties[party].j <= j else k + 1
    return count
