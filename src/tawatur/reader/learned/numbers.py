"""What the network takes in, as numbers: features of words, and where words stand to an anchor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tawatur.reader.learned.answers import Array
from tawatur.reader.learned.features import MOST
from tawatur.reader.learned.labels import DISTANCES, FAR

_BORDERS = np.array(DISTANCES)


def feature_rows(features: Sequence[Sequence[str]], known: Mapping[str, int]) -> Array:
    """[words, most]: the numbers of each word's features, 0 behind them; names that are not known are passed over."""
    out = np.zeros((len(features), MOST), dtype=np.int64)
    for k, names in enumerate(features):
        row = [known[n] for n in names if n in known]
        out[k, : len(row)] = row
    return out


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
