"""The trained network as the reader asks it: what runs in training gives the same answers as the file that is shipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tawatur.reader.learned.answers import About, Words
from tawatur.reader.learned.numbers import feature_rows
from tawatur.reader.learned.windows import Window
from training.encoder import load_weights, pretrained
from training.network import Heads, Reader
from training.train import FROZEN, Model

Array = np.ndarray[Any, Any]


def load(out: Path, name: str) -> tuple[Model, list[str]]:
    """The trained network, and the names of the features that it takes in."""
    saved: dict[str, Any] = torch.load(out / f"{name}.pt", weights_only=False)
    shape, weights = load_weights(out / "encoder.bin")
    keep = json.loads((out / "pieces.json").read_text(encoding="utf-8"))
    model = Model(
        Reader(pretrained(weights, shape, keep, shape.layers), len(saved["names"]), FROZEN), Heads(shape.width)
    )
    model.load_state_dict(saved["model"])
    return model.eval(), saved["names"]


class TorchNetwork:
    """A :class:`tawatur.reader.learned.answers.Network`."""

    def __init__(self, model: Model, names: Sequence[str]) -> None:
        self.model = model
        self.numbers = {n: k for k, n in enumerate(names) if n}

    def words(self, window: Window, features: Sequence[Sequence[str]]) -> Words:
        ids = torch.tensor([window.ids])
        rows = torch.from_numpy(feature_rows(features, self.numbers)).unsqueeze(0)
        with torch.no_grad():
            mask = torch.zeros(1, 1, 1, len(window.ids))
            x = self.model.reader.lower(ids, mask)
            vectors = self.model.reader.upper(x, mask, torch.tensor([window.at]), rows)[0]
            return Words(vectors.numpy(), self.model.heads.found(vectors).numpy())

    def about(
        self, vectors: Array, anchors: Array, kinds: Array, distance: Array, sentence: Array, hint: Array
    ) -> About:
        heads = self.model.heads
        with torch.no_grad():
            words = torch.from_numpy(vectors)
            type_, status, outcome, a = heads.about(words, torch.from_numpy(anchors), torch.from_numpy(kinds))
            roles = heads.roles(
                *heads.keys(words), a, torch.from_numpy(distance), torch.from_numpy(sentence), torch.from_numpy(hint)
            )
            first, last = heads.ends(words)
        return About(*(t.numpy() for t in (type_, status, outcome, roles, first, last)))
