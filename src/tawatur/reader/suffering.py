"""Whom a happening was done to, where the clause is turned around: "the forces underwent an attack", "attacks on the
forces rose"."""

from __future__ import annotations

from tawatur.reader.candidates import ruling
from tawatur.reader.clauses import word_class
from tawatur.reader.clusters import Cluster
from tawatur.reader.scene import Scene

_AFTER = 2
"""Words between "underwent" and who did, after it."""
_BEFORE = 7
"""Words between who underwent, with where they are, and the verb, before it."""
_JOINED = 3
"""Tokens between two who are joined by "and", at most."""
_BARE = frozenset(("word", "undergo"))
"""What stands before a party that no preposition rules: any word, or the verb itself."""
_COME = frozenset(("come", "came", "coming"))
_NOT_THE_FORCES = frozenset(("country", "counted"))


def who_underwent(scene: Scene, cluster: Cluster, speaker: int = -1) -> int:
    """The index of the party that an undergone attack was done to, -1 where the clause is not turned so. ``speaker``
    only says so."""
    low = scene.sentences[cluster.sentence].i
    verbs = [t.i for t in (cluster.head, *cluster.others) if t.sense.id == "undergo"]
    verbs += [k for k in range(max(low, cluster.head.i - 14), cluster.head.i) if _undergoes(scene, k)]
    for k in sorted(set(verbs), reverse=True):
        after = [
            n
            for n, p in enumerate(scene.parties)
            if k < p.i <= k + _AFTER and ruling(scene, p.i, p.start, low) in _BARE
        ]
        if after:
            return after[0]
        before = [
            n
            for n, p in enumerate(scene.parties)
            if low <= p.i and p.j <= k and k - p.j <= _BEFORE and p.head not in _NOT_THE_FORCES and n != speaker
        ]
        if before:
            return before[-1]
    return -1


def underwent_it_too(scene: Scene, party: int, victim: int) -> bool:
    """Whether ``party`` is joined by "and" to who underwent an attack ("the forces and the coalition"): both did."""
    first, second = sorted((scene.parties[party], scene.parties[victim]), key=lambda p: p.i)
    if second.i < first.j:
        return True  # named inside of who underwent it
    if second.i - first.j > _JOINED:
        return False
    between = [t for t in scene.tokens[first.j : second.i] if t.script != "mark"]
    joined = scene.tokens[second.i - len(between)] if between else scene.tokens[second.i]
    return len(between) <= 1 and (joined.norm.startswith("و") or joined.norm == "and")


def whom_attacks_are_on(scene: Scene, cluster: Cluster) -> int:
    """The index of the party of the sentence that stands behind "on" or "against", nearest the head; -1 for none."""
    sentence = scene.sentences[cluster.sentence]
    found = [
        n
        for n, p in enumerate(scene.parties)
        if sentence.i <= p.i < sentence.j
        and p.head not in _NOT_THE_FORCES
        and ruling(scene, p.i, p.start, sentence.i) in ("onto", "against")
    ]
    return min(found, key=lambda n: abs(scene.parties[n].i - cluster.head.i), default=-1)


def _undergoes(scene: Scene, k: int) -> bool:
    token = scene.tokens[k]
    if token.script == "latin":
        return token.norm in _COME and scene.tokens[k + 1].norm == "under"
    return word_class(token.norm) == "undergo"
