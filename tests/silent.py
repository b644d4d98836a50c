"""A reader that points at nothing, in the place of one with a model."""

from __future__ import annotations

from tawatur.model import Reading
from tawatur.reader.protocol import LEARNED
from tawatur.reader.scene import Scene


class Silent:
    """A :class:`tawatur.reader.protocol.Reader` under the learned one's name."""

    name = LEARNED
    digest = "of a model"
    floors = None

    def confidence(self, kind: str, score: float) -> float:
        return score

    def read(self, scene: Scene) -> Reading:
        return Reading()
