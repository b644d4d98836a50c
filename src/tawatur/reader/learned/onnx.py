"""The network as it is kept: two ONNX files run by onnxruntime on the processor, loaded once in a process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tokenizers

from tawatur.errors import TawaturError
from tawatur.reader.learned.answers import About, Array, Words
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import ENDS, KINDS, OUTCOMES, STATUSES, TYPES
from tawatur.reader.learned.numbers import feature_rows
from tawatur.reader.learned.windows import Tokenizer, Window

META, TOKENIZER, WORDS, ABOUT = "meta.json", "tokenizer.json", "words.onnx", "about.onnx"
SETTLING, FLOORS, CURVES = "settling.json", "floors.json", "calibration.json"
LISTS = {
    "kinds": KINDS, "types": TYPES, "statuses": STATUSES, "outcomes": OUTCOMES, "roles": ROLES, "ends": ENDS,
}  # fmt: skip


class OnnxNetwork:
    """A :class:`tawatur.reader.learned.answers.Network`. ``threads``: how many it may compute with."""

    def __init__(self, folder: Path, threads: int) -> None:
        meta = _meta(folder)
        self.numbers = {name: n for n, name in enumerate(meta["features"]) if name}
        self.digest = hashlib.sha256(json.dumps(meta["files"], sort_keys=True).encode()).hexdigest()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._words, self._about = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in (WORDS, ABOUT)
        )
        self.tokenizer: Tokenizer = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))

    def words(self, window: Window, features: Sequence[Sequence[str]]) -> Words:
        rows = feature_rows(features, self.numbers)
        given = {"ids": np.array(window.ids), "at": np.array(window.at), "features": rows}
        vectors, found = self._words.run(None, given)
        return Words(vectors, found)

    def about(
        self, vectors: Array, anchors: Array, kinds: Array, distance: Array, sentence: Array, hint: Array
    ) -> About:
        given = {
            "vectors": vectors, "anchors": anchors, "kinds": kinds, "distance": distance, "sentence": sentence,
            "hint": hint,
        }  # fmt: skip
        return About(*self._about.run(None, given))


def _meta(folder: Path) -> dict[str, Any]:
    """What the files say of themselves; :class:`TawaturError` where they are damaged or made for another version."""
    try:
        meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
        for name, digest in meta["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise TawaturError(f"the model file {folder / name} is damaged", "run make model")
    except (OSError, ValueError, KeyError) as error:
        raise TawaturError(f"the model in {folder} cannot be read ({error})", "run make model") from error
    for name, own in LISTS.items():
        if meta.get(name) != list(own):
            raise TawaturError(f"the model in {folder} was made for another version ({name})", "run make model")
    return meta
