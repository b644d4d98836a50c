"""Last stage of ``make model``: the trained network as two ONNX files, weights in eight bits.

    python -m training.export --out out/model --name seed1 --to DIR

``words.onnx`` turns a window into a vector a word and scores for anchors, ``about.onnx`` answers about anchors. The
weights are rounded to eight bits, a scale for each row. What goes into most products is rounded to eight bits, too, as it
comes; not so what goes out of attention and what narrows again, where a few large values would leave the others no
room: there the weights are widened when the file is loaded. ``meta.json`` lists what the network knows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from tawatur.reader.learned.features import MOST
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import ENDS, KINDS, OUTCOMES, STATUSES, TYPES
from training.network import Heads, Reader
from training.trained import load


class WordsGraph(nn.Module):
    """One window without padding: vectors of its words, and scores for anchors."""

    def __init__(self, reader: Reader, heads: Heads) -> None:
        super().__init__()
        self.reader = reader
        self.heads = heads

    def forward(self, ids: Tensor, at: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """``ids`` [pieces], ``at`` [words], ``features`` [words, most]."""
        reader = self.reader
        x = reader.encoder.words(ids).unsqueeze(0) + reader.encoder.places.weight[: ids.shape[0]]
        x = reader.encoder.norm(x)
        low = F.embedding(features, reader.low.weight).sum(1)
        high = F.embedding(features, reader.high.weight).sum(1)
        for n, layer in enumerate(reader.encoder.layers):
            if n == reader.joins:
                x = x.scatter_add(1, at.view(1, -1, 1).expand(-1, -1, x.shape[-1]), low.unsqueeze(0))
            x = _layer(layer, x)
        vectors = reader.norm(x[0, at] + high)
        return vectors, self.heads.found(vectors)


def _layer(layer: nn.Module, x: Tensor) -> Tensor:
    """A layer without mask and without dropout, its attention written out for the export."""
    t, w = x.shape[1], x.shape[2]
    heads = layer.heads
    q, k, v = layer.qkv(x)[0].view(t, 3, heads, w // heads).permute(1, 2, 0, 3).unbind(0)
    share = torch.softmax(q @ k.transpose(1, 2) / (w // heads) ** 0.5, dim=-1)
    a = layer.out((share @ v).transpose(0, 1).reshape(1, t, w))
    x = layer.norm1(x + a)
    return layer.norm2(x + layer.down(F.gelu(layer.up(x))))  # type: ignore[no-any-return]


class AboutGraph(nn.Module):
    """The answers about anchors."""

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(
        self, vectors: Tensor, anchors: Tensor, kinds: Tensor, distance: Tensor, sentence: Tensor, hint: Tensor
    ) -> tuple[Tensor, ...]:
        type_, status, outcome, a = self.heads.about(vectors, anchors, kinds)
        return (
            type_,
            status,
            outcome,
            self.heads.roles(*self.heads.keys(vectors), a, distance, sentence, hint),
            *self.heads.ends(vectors),
        )


def shrink(full: Path, small: Path, width: int) -> None:
    """The graph ``full`` with weights in eight bits as ``small``. Products that give ``width`` values of as many or more
    keep what goes into them as it is."""
    graph = onnx.load(str(full)).graph
    sizes = {w.name: tuple(w.dims) for w in graph.initializer}
    wide = [
        n.name
        for n in graph.node
        if n.op_type == "MatMul" and sizes.get(n.input[1]) in ((width, width), (4 * width, width))
    ]
    quantize_dynamic(full, small, per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=wide)
    model = onnx.load(str(small))
    graph = model.graph
    weights = {w.name: w for w in graph.initializer}
    for node in [n for n in graph.node if n.name in wide]:
        name = node.input[1]
        values = numpy_helper.to_array(weights[name])
        scale = np.maximum(np.abs(values).max(axis=0), 1e-12).astype(np.float32) / 127
        graph.initializer.remove(weights[name])
        graph.initializer.extend(
            [
                numpy_helper.from_array(np.round(values / scale).astype(np.int8), f"{name}.whole"),
                numpy_helper.from_array(scale, f"{name}.scale"),
                numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{name}.zero"),
            ]
        )
        parts = [f"{name}.whole", f"{name}.scale", f"{name}.zero"]
        graph.node.insert(0, helper.make_node("DequantizeLinear", parts, [name], axis=1, name=f"{name}.widened"))
    onnx.save(model, str(small))


def export(out: Path, name: str, to: Path) -> None:
    """Writes the files of the trained network ``name`` into the folder ``to``."""
    model, names = load(out, name)
    to.mkdir(parents=True, exist_ok=True)
    ids, at = torch.randint(4, 100, (30,)), torch.arange(1, 21)
    features = torch.zeros(20, MOST, dtype=torch.long)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        words = WordsGraph(model.reader, model.heads).eval()
        vectors, _ = words(ids, at, features)
        torch.onnx.export(
            words, (ids, at, features), str(to / "words.full.onnx"), dynamo=False, opset_version=17,
            input_names=["ids", "at", "features"], output_names=["vectors", "found"],
            dynamic_axes={"ids": {0: "pieces"}, "at": {0: "words"}, "features": {0: "words"}, "vectors": {0: "words"}, "found": {0: "words"}},
        )  # fmt: skip
        n = torch.zeros(3, dtype=torch.long)
        steps = torch.zeros(3, 20, dtype=torch.long)
        hint = torch.zeros(3, len(ROLES), 20, dtype=torch.long)
        axes: dict[str, dict[int, str]] = {
            "vectors": {0: "words"}, "anchors": {0: "n"}, "kinds": {0: "n"}, "distance": {0: "n", 1: "words"},
            "sentence": {0: "n", 1: "words"}, "hint": {0: "n", 2: "words"}, "type": {0: "n"}, "status": {0: "n"},
            "outcome": {0: "n"}, "roles": {0: "n", 2: "places"}, "first": {0: "words"}, "last": {0: "words"},
        }  # fmt: skip
        torch.onnx.export(
            AboutGraph(model.heads).eval(), (vectors, n, n, steps, steps, hint), str(to / "about.full.onnx"),
            dynamo=False, opset_version=17, dynamic_axes=axes,
            input_names=["vectors", "anchors", "kinds", "distance", "sentence", "hint"],
            output_names=["type", "status", "outcome", "roles", "first", "last"],
        )  # fmt: skip
    width = model.reader.encoder.shape.width
    for part in ("words", "about"):
        full = to / f"{part}.full.onnx"
        shrink(full, to / f"{part}.onnx", width)
        full.unlink()
    for made in ("tokenizer.json", "settling.json", "floors.json", "calibration.json"):
        shutil.copy(out / made, to / made)
    meta = {
        "features": names,
        "kinds": KINDS,
        "types": TYPES,
        "statuses": STATUSES,
        "outcomes": OUTCOMES,
        "roles": ROLES,
        "ends": ENDS,
        "files": {
            p.name: hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(to.iterdir())
            if p.name not in ("meta.json", "README.md")
        },
    }
    (to / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--name", default="seed1")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    export(options.out, options.name, options.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
