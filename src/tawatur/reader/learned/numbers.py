"""Where words stand to an anchor, in the steps that the network knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tawatur.reader.learned.labels import DISTANCES, FAR

Array = np.ndarray[Any, Any]
_BORDERS = np.array(DISTANCES)


def distance_steps(anchors: Sequence[int], tokens: Sequence[int]) -> Array:
    """[anchors, words]: the distance of each word of a window from each anchor (a place in it) in steps, signed, from
    0; ``tokens`` are the words' numbers in their scene."""
    at = np.asarray(tokens, dtype=np.int64)
    gap = at[None, :] - at[list(anchors)][:, None]
    size = np.searchsorted(_BORDERS, np.abs(gap), side="right")
    return np.asarray(len(DISTANCES) + 1 + np.sign(gap) * size, dtype=np.int64)


def sentence_steps(anchors: Sequence[int], sentences: Sequence[int]) -> Array:
    """[anchors, words]: how many sentences each word stands after (or before) each anchor, cut at ``FAR``, from 0."""
    at = np.asarray(sentences, dtype=np.int64)
    gap = at[None, :] - at[list(anchors)][:, None]
    return np.asarray(np.clip(gap, -FAR, FAR) + FAR, dtype=np.int64)
