"""What may fill a role of a cluster, and the named features that the choice is made by.

A feature is a short string: ``R.in`` a mention right of the anchor ruled by "in", ``gap3`` three to four words away.
A candidate of index -1 is "none"; one of -2 is what the telling before had.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.reader.clauses import preposition, word_class
from tawatur.reader.clusters import Cluster
from tawatur.reader.scene import Scene

_GAPS = (0, 0, 1, 2, 3, 3, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9)


def gap_of(words: int) -> str:
    """A distance in words as a coarse class: 0-1, 2, 3, 4-5, 6-9, 10-15, more."""
    return str(_GAPS[words]) if words < 16 else "16"


QUOTES = frozenset("\"«»“”„'#()")


def ruling(scene: Scene, i: int, start: int, low: int) -> str:
    """The preposition that rules the mention at token ``i``: a clitic letter, or the class of the word before it."""
    token = scene.tokens[i]
    if start > token.start and token.script == "arabic":
        own = preposition(token.norm)
        if own:
            return own
        if token.norm[:1] == "و":
            return "and"
    k = i - 1
    while k >= low and scene.tokens[k].norm in QUOTES:
        k -= 1
    if k < low:
        return "start"
    before = scene.tokens[k]
    if before.script == "mark":
        return "comma" if before.norm in "،," else "mark"
    cls = word_class(before.norm)
    if cls:
        return cls
    return "word"


def _count(scene: Scene, a: int, b: int) -> int:
    """Words between tokens a and b, marks left out (cheap: marks are few)."""
    return sum(1 for k in range(a, b) if scene.tokens[k].script != "mark") if b - a < 24 else b - a


def _breaks(scene: Scene, sentence: int) -> list[int]:
    """The tokens of a sentence at which a new thought begins; found once for all its clusters."""
    known = scene.breaks.get(sentence)
    if known is None:
        s = scene.sentences[sentence]
        known = scene.breaks[sentence] = [
            k
            for k in range(s.i, s.j)
            if scene.tokens[k].script != "mark" and word_class(scene.tokens[k].norm) in ("break", "motive", "where")
        ]
    return known


class Around:
    """Positions around one cluster, computed once for all its candidates."""

    def __init__(self, scene: Scene, cluster: Cluster, all_clusters: Sequence[Cluster]) -> None:
        self.scene = scene
        self.cluster = cluster
        sentence = scene.sentences[cluster.sentence]
        self.low, self.high = sentence.i, sentence.j
        head = cluster.head
        self.shape = head.sense.shape
        self.row = head.sense.id
        self.type = head.sense.type
        self.heads = [c.head.i for c in all_clusters if c.sentence == cluster.sentence and c is not cluster]
        self.hurts = [
            (t.i, c is cluster)
            for c in all_clusters
            if c.sentence == cluster.sentence
            for t in (c.head, *c.others)
            if "casualty" in t.sense.flags
        ]
        self.breaks = _breaks(scene, cluster.sentence)
        self.first = self._opens()
        self.voice = self._voice() if self.shape == "verb_en" else ""

    def _opens(self) -> str:
        """Whether the head stands first in its clause ("first") or has words before it ("later")."""
        k = self.cluster.head.i - 1
        while k >= self.low and self.scene.tokens[k].norm in QUOTES:
            k -= 1
        if k < self.low or self.scene.tokens[k].script == "mark" or self.cluster.head.prefix[:1] in ("و", "ف"):
            return "first"
        norm = self.scene.tokens[k].norm
        if norm in ("قد", "ان", "انه", "انها", "بان", "حيث", "كانت", "كان", "وكانت", "وكان", "وقد"):
            return "first"
        cls = word_class(norm)
        return cls if cls in ("relative", "support", "undergo", "happen", "negative", "attempt", "break") else "later"

    def _voice(self) -> str:
        """How an English verb takes its subject: "passive" after a form of "be", "armed" where a weapon is its subject
        ("two drones struck"), else "active"."""
        scene, i = self.scene, self.cluster.head.i
        if any(word_class(scene.tokens[k].norm) == "be" for k in range(max(self.low, i - 3), i)):
            return "passive"
        if any(i - 2 <= w.j <= i for w in scene.weapons):
            return "armed"
        return "active"

    def where(self, i: int, j: int) -> tuple[str, int, list[str]]:
        """The side of a mention ("R", "L", "I" inside), its distance in words, and features of what lies between."""
        head = self.cluster.head
        if i >= head.j:
            side, a, b = "R", head.j, i
        elif j <= head.i:
            side, a, b = "L", j, head.i
        else:
            return "I", 0, ["I"]
        gap = _count(self.scene, a, b)
        out = [f"{side}.gap{gap_of(gap)}"]
        crossed = sum(1 for h in self.heads if a <= h < b)
        if crossed:
            out.append(f"{side}.crossed{min(crossed, 2)}")
        if any(a <= k < b for k in self.breaks):
            out.append(f"{side}.break")
        return side, gap, out
