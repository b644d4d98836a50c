"""A network whose answers are written by hand, and a tokenizer with a piece for each word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tawatur.reader.learned.answers import About, Array, Words
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import ENDS, KINDS, OUTCOMES, STATUSES, TYPES
from tawatur.reader.learned.settling import Anchors, Settling
from tawatur.reader.learned.windows import Window
from tawatur.reader.scene import Scene


@dataclass
class Pieces:
    ids: list[int]
    offsets: list[tuple[int, int]]


class WordPieces:
    """Every word and every mark is one piece."""

    def encode_batch(
        self, input: list[str], is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> list[Pieces]:
        spans = [[m.span() for m in re.finditer(r"\w+|[^\w\s]", text)] for text in input]
        return [Pieces([7] * len(found), found) for found in spans]


@dataclass
class Told:
    """What the network is to answer at a word: kind, type, and for each role the words that begin it."""

    kind: str
    type: str
    roles: Mapping[str, Sequence[str]]


class Scripted:
    """Answers by the folded words of the scene; each span is as long as ``lengths`` says, else one word."""

    def __init__(self, scene: Scene, told: Mapping[str, Told], lengths: Mapping[str, int] | None = None) -> None:
        self.scene, self.told, self.lengths = scene, told, lengths or {}
        self.window = Window((), (), (), ())

    def norm(self, n: int) -> str:
        return self.scene.tokens[self.window.words[n]].norm

    def words(self, window: Window, features: Sequence[Sequence[str]]) -> Words:
        self.window = window
        found = np.full((len(window.words), len(KINDS)), -9.0)
        for n in range(len(window.words)):
            told = self.told.get(self.norm(n))
            if told is not None:
                found[n, KINDS.index(told.kind)] = 9
        return Words(np.zeros((len(window.words), 2)), found)

    def about(
        self, vectors: Array, anchors: Array, kinds: Array, distance: Array, sentence: Array, hint: Array
    ) -> About:
        n, w = len(anchors), len(self.window.words)
        types, roles = np.zeros((n, len(TYPES))), np.zeros((n, len(ROLES), w + 1))
        roles[..., -1] = 5
        for k, anchor in enumerate(anchors.tolist()):
            told = self.told[self.norm(anchor)]
            types[k, TYPES.index(told.type)] = 9
            for role, wanted in told.roles.items():
                for at in range(w):
                    if self.norm(at) in wanted:
                        roles[k, ROLES.index(role), at] = 12
        first, last = np.zeros((w, len(ENDS), w)), np.zeros((w, len(ENDS), w))
        for at in range(w):
            first[at, :, min(w - 1, at + self.lengths.get(self.norm(at), 1) - 1)] = 1
            last[at, :, at] = 1
        return About(types, np.zeros((n, len(STATUSES))), np.zeros((n, len(OUTCOMES))), roles, first, last)


def as_it_is() -> Settling:
    """The network's answers are trusted as they are."""
    return Settling(
        {kind: Anchors(1.0, 0.0, {}) for kind in KINDS},
        {"scale": 1.0},
        {"scale": 1.0},
        np.tile(np.array([1.0, 0, 0, 0, 0]), (len(ROLES), 1)),
    )
