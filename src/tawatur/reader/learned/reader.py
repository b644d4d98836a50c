"""The learned reader as a :class:`tawatur.reader.protocol.Reader`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from tawatur.model import Reading
from tawatur.reader.calibration import load as load_curves
from tawatur.reader.learned.onnx import OnnxNetwork
from tawatur.reader.learned.reading import read
from tawatur.reader.learned.settling import load as load_settling
from tawatur.reader.protocol import LEARNED
from tawatur.reader.scene import Scene

CURVES, FLOORS, SETTLING = "calibration.json", "floors.json", "settling.json"


class LearnedReader:
    """Reads with the model in ``folder``. ``threads``: how many the network may compute with (as many as the
    processor's cores where none is given)."""

    name = LEARNED

    def __init__(self, folder: Path, threads: int = 0) -> None:
        self.network = OnnxNetwork(folder, threads or os.cpu_count() or 1)
        self.digest = self.network.digest
        self.floors: Mapping[str, float] = json.loads((folder / FLOORS).read_text(encoding="utf-8"))
        self._settling = load_settling(folder / SETTLING)
        self._curves = load_curves(folder / CURVES)

    def read(self, scene: Scene) -> Reading:
        """The marks and links of a scene."""
        return read(scene, self.network, self.network.tokenizer, self._settling)

    def confidence(self, kind: str, score: float) -> float:
        """How probable it is that a record of this kind with this score is one that a coder would write too."""
        return self._curves.probability(kind, score)
