"""Examples as tensors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from tawatur.reader.learned.features import MOST
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import END_OF, ENDS, KINDS, OF_KIND, TYPES, WIDEST
from tawatur.reader.learned.numbers import distance_steps, feature_rows, sentence_steps
from training.examples import Example

PAD = 1


def feature_names(examples: Sequence[Example], least: int = 5) -> list[str]:
    """The names that stand in at least ``least`` words; the first is none."""
    counts = Counter(n for e in examples for names in e.features for n in names)
    return ["", *sorted(n for n, c in counts.items() if c >= least)]


@dataclass
class Answers:
    """What is to be answered for one window."""

    kinds: Tensor  # [words, kinds]
    core: Tensor  # [words]
    anchors: Tensor  # [n]
    kind: Tensor
    type: Tensor
    status: Tensor
    outcome: Tensor
    starts: Tensor  # [n, roles, words + 1]
    distance: Tensor  # [n, words]
    sentence: Tensor
    hint: Tensor  # [n, roles, words]
    spans: Tensor  # [m, 3]: which end, first word, last word


def answers(e: Example) -> Answers:
    n, w = len(e.anchors), len(e.window.words)
    kinds = torch.zeros(w, len(KINDS))
    starts = torch.zeros(n, len(ROLES), w + 1)
    hint = torch.zeros(n, len(ROLES), w, dtype=torch.long)
    spans = []
    for k, a in enumerate(e.anchors):
        kinds[a.word, a.kind] = 1
        spans.append((ENDS.index("anchor"), a.word, a.end))
        for r, role in enumerate(ROLES):
            ranges = a.roles.get(r, [])
            for first, last in ranges:
                starts[k, r, first] += 1 / len(ranges)
                if role in END_OF and 0 <= last - first < WIDEST:
                    spans.append((ENDS.index(END_OF[role]), first, last))
            if not ranges:
                starts[k, r, w] = 1
        for r, at in a.exact:
            hint[k, r, at] |= 1
        for r, at in a.near:
            hint[k, r, at] |= 2
    at = [a.word for a in e.anchors]
    return Answers(
        kinds,
        torch.tensor(e.window.core, dtype=torch.bool),
        torch.tensor(at, dtype=torch.long),
        torch.tensor([a.kind for a in e.anchors], dtype=torch.long),
        torch.tensor([a.type for a in e.anchors], dtype=torch.long),
        torch.tensor([a.status for a in e.anchors], dtype=torch.long),
        torch.tensor([a.outcome for a in e.anchors], dtype=torch.long),
        starts,
        torch.from_numpy(distance_steps(at, e.window.words)),
        torch.from_numpy(sentence_steps(at, e.sentences)),
        hint,
        torch.tensor(spans, dtype=torch.long).view(-1, 3),
    )


def pieces(batch: Sequence[Example], numbers: dict[str, int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids [batch, pieces], mask [batch, 1, 1, pieces], first pieces [batch, words], features [batch, words, most]."""
    longest = max(len(e.window.ids) for e in batch)
    most = max(len(e.window.words) for e in batch)
    ids = torch.full((len(batch), longest), PAD)
    mask = torch.full((len(batch), 1, 1, longest), -1e4)
    at = torch.zeros(len(batch), most, dtype=torch.long)
    features = torch.zeros(len(batch), most, MOST, dtype=torch.long)
    for b, e in enumerate(batch):
        ids[b, : len(e.window.ids)] = torch.tensor(e.window.ids)
        mask[b, ..., : len(e.window.ids)] = 0
        at[b, : len(e.window.at)] = torch.tensor(e.window.at)
        features[b, : len(e.features)] = torch.from_numpy(feature_rows(e.features, numbers))
    return ids, mask, at, features


def allowed_types() -> Tensor:
    """[kinds, types]: 0 where a type belongs to the kind, else a large negative number."""
    out = torch.full((len(KINDS), len(TYPES)), -1e4)
    for k, kind in enumerate(KINDS):
        own = set(OF_KIND[kind])
        for t, name in enumerate(TYPES):
            if name in own:
                out[k, t] = 0
    return out
