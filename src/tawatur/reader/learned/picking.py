"""From scores to words: which words play a role for an anchor, and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tawatur.reader.learned.answers import About, Array
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import END_OF, ENDS, WIDEST
from tawatur.reader.learned.windows import Window
from tawatur.reader.scene import Ranged, Scene, Words
from tawatur.text.tokens import cut, stems

ALIKE = 0.5
"""Of several mentions that could play a role all are taken that are at least so likely as the likeliest, by ratio."""
ONE = 0.75
"""The same for roles that are seldom played by several."""


class Located(Ranged, Protocol):
    """A mention with its offsets ``[start, end)``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pick:
    """Words picked for a role: the mention behind them (an index into the scene's list, -1 none), and their tokens and
    offsets."""

    mention: int
    words: Words


class Picker:
    """Picks words of one window of a scene."""

    def __init__(self, scene: Scene, window: Window, about: About) -> None:
        self.scene = scene
        self.window = window
        self.about = about
        self._where = {k: n for n, k in enumerate(window.words)}

    def spans(self, role: str, chances: Array) -> list[Pick]:
        """The words that play ``role``, likeliest first: all that are alike in likelihood. ``chances`` [words + 1]."""
        ranked = np.argsort(-chances[:-1])
        best = chances[ranked[0]]
        if chances[-1] >= best:
            return []
        out: list[Pick] = []
        for n in ranked[:12]:
            if chances[n] < ONE * best:
                break
            words = self._span(END_OF[role], int(n))
            if words is not None and not any(p.words.i < words.j and words.i < p.words.j for p in out):
                out.append(Pick(-1, words))
        return out

    def mentions(self, chances: Array, mentions: Sequence[Located]) -> list[Pick]:
        """The mentions that play a role, likeliest first: the chances of their words are added up."""
        sums: dict[int, float] = {}
        for n, m in enumerate(mentions):
            share = self.share(chances, m)
            if share > 0.01:
                sums[n] = share
        ranked = sorted(sums, key=lambda n: (-sums[n], mentions[n].i - mentions[n].j))
        if not ranked or chances[-1] >= sums[ranked[0]]:
            return []
        out: list[Pick] = []
        for n in ranked:
            m = mentions[n]
            if sums[n] < ALIKE * sums[ranked[0]]:
                break
            if not any(p.words.i < m.j and m.i < p.words.j for p in out):
                out.append(Pick(n, Words(m.i, m.j, m.start, m.end)))
        return out

    def share(self, chances: Array, mention: Located) -> float:
        """How likely the words of a mention are, all together."""
        return sum(float(chances[self._where[k]]) for k in range(mention.i, mention.j) if k in self._where)

    def place(self, mention: int) -> Pick:
        """A place of the scene as a pick."""
        p = self.scene.places[mention]
        return Pick(mention, Words(p.i, p.j, p.start, p.end))

    def anchor(self, word: int) -> Words:
        found = self._span("anchor", word)
        k = self.window.words[word]
        return found if found is not None else self.scene.words(k, k + 1)

    def _span(self, end: str, word: int) -> Words | None:
        """The words from ``word`` to the likeliest last one, inside its sentence."""
        scene, tokens = self.scene, self.window.words
        i = tokens[word]
        if scene.tokens[i].script == "mark":
            return None
        limit = scene.sentences[scene.sentence_at(i)].j
        reach = [
            n for n in range(word, min(word + WIDEST, len(tokens))) if tokens[n] == i + n - word and tokens[n] < limit
        ]
        e = ENDS.index(end)
        scores = self.about.last[reach, e] @ self.about.first[word, e]
        j = tokens[reach[int(np.argmax(scores))]] + 1
        while j - 1 > i and scene.tokens[j - 1].script == "mark" and scene.tokens[j - 1].norm in ".,،؛;:":
            j -= 1
        return Words(i, j, self._start(i), scene.tokens[j - 1].end)

    def _start(self, i: int) -> int:
        """Where the words begin that start with token ``i``: behind "and" and a preposition, the article stays."""
        scene = self.scene
        token = scene.tokens[i]
        at = scene.party_at.get(i)
        if at is not None:
            return max(token.start, min(scene.parties[at].start, token.end - 1))
        if token.script != "arabic":
            return token.start
        for stem, letters in stems(token.norm):
            if letters and stem.startswith("ال") and token.norm[:letters] in _PROCLITICS:
                return cut(scene.text, token, letters)
        return token.start


_PROCLITICS = frozenset(("و", "ف", "ب", "ك", "وب", "فب", "وك"))


def chances(about: About, anchor: int, role: str) -> Array:
    """[words + 1]: how likely each word begins ``role`` for the anchor; the last that none does."""
    row = about.roles[anchor, ROLES.index(role)]
    e = np.exp(row - row.max())
    return np.asarray(e / e.sum())
