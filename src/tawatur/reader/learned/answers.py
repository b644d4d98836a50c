"""What the network answers about one window, as plain arrays; who computes them (a file run by a runtime, or the
network in training) is no matter here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tawatur.reader.learned.windows import Window

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Of a window: a vector a word [words, width], and scores for an anchor of each kind [words, kinds]."""

    vectors: Array
    found: Array


@dataclass(frozen=True, slots=True)
class About:
    """Of n anchors: scores for type, status and outcome [n, …]; for the word that begins each role [n, roles,
    words + 1], the last for "none"; and the vectors of words as first and last of a span [words, ends, size]."""

    type: Array
    status: Array
    outcome: Array
    roles: Array
    first: Array
    last: Array


class Network(Protocol):
    """Computes answers. ``features``: for each word of the window the names of its features."""

    def words(self, window: Window, features: Sequence[Sequence[str]]) -> Words: ...

    def about(
        self, vectors: Array, anchors: Array, kinds: Array, distance: Array, sentence: Array, hint: Array
    ) -> About: ...
