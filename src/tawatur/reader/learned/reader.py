"""The learned reader as a :class:`tawatur.reader.protocol.Reader`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tawatur.model import Reading
from tawatur.reader.calibration import load as load_curves
from tawatur.reader.learned.onnx import CURVES, FLOORS, SETTLING, OnnxNetwork
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
        self._curves = load_curves(folder / CURVES)
        self._settling = load_settling(folder / SETTLING)

    def read(self, scene: Scene) -> Reading:
        """The marks and links of a scene."""
        return read(scene, self.network, self.network.tokenizer, self._settling)

    def confidence(self, kind: str, score: float) -> float:
        """How often a record of this kind with such a score was one that a coder wrote, too: measured on documents that
        the network had not seen."""
        return self._curves.probability(kind, score)
