"""The learned reader as a :class:`tawatur.reader.protocol.Reader`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tawatur.model import Reading
from tawatur.reader.learned.onnx import FLOORS, SETTLING, OnnxNetwork
from tawatur.reader.learned.reading import read
from tawatur.reader.learned.settling import load as load_settling
from tawatur.reader.protocol import LEARNED
from tawatur.reader.scene import Scene


class LearnedReader:
    """Reads with the model in ``folder``. ``threads``: how many the network may compute with; one, since
    documents are read side by side by processes."""

    name = LEARNED

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.network = OnnxNetwork(folder, threads)
        self.digest = self.network.digest
        self.floors: Mapping[str, float] = json.loads((folder / FLOORS).read_text(encoding="utf-8"))
        self._settling = load_settling(folder / SETTLING)

    def read(self, scene: Scene) -> Reading:
        """The marks and links of a scene."""
        return read(scene, self.network, self.network.tokenizer, self._settling)

    def confidence(self, kind: str, score: float) -> float:
        """The score: it was fitted as a probability, on documents that the network had not seen."""
        return score
