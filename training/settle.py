"""Fit how far the network is trusted beside the rules reader, on documents that it has not seen.

    python -m training.settle --out out/model --name seed1

On its answers about the coded documents that are held back from training the few weights of
``reader/learned/settling.py`` are fitted.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import KINDS, OUTCOMES, TYPES
from tawatur.reader.learned.reading import SLIGHT
from tawatur.reader.learned.settling import heard
from training.batches import Answers, allowed_types, answers, pieces
from training.examples import Example
from training.train import Model
from training.trained import load

RIDGE = 0.02


class Collected:
    """Answers about anchors that were not trained on, and what is right."""

    def __init__(self) -> None:
        self.anchors: dict[str, list[tuple[float, list[str], bool]]] = {k: [] for k in KINDS}
        self.types: list[tuple[Tensor, list[str], int]] = []
        self.outcomes: list[tuple[Tensor, list[str], int]] = []
        self.roles: list[list[tuple[Tensor, Tensor, Tensor]]] = [[] for _ in ROLES]

    def window(self, model: Model, e: Example, words: Tensor, want: Answers, types: Tensor) -> None:
        found = model.heads.found(words)
        for at, kind in zip(*np.nonzero(found.numpy() >= SLIGHT), strict=True):
            if want.core[at]:
                row = (float(found[at, kind]), heard(e.features[at]), bool(want.kinds[at, kind] > 0))
                self.anchors[KINDS[kind]].append(row)
        if not len(want.anchors):
            return
        type_, _, outcome, a = model.heads.about(words, want.anchors, want.kind)
        roles = model.heads.roles(*model.heads.keys(words), a, want.distance, want.sentence, want.hint)
        for n, anchor in enumerate(e.anchors):
            names = e.features[anchor.word]
            self.types.append((type_[n] + types[want.kind[n]], names, anchor.type))
            if KINDS[anchor.kind] in ("event", "aggregate"):
                self.outcomes.append((outcome[n], names, anchor.outcome))
            for r in range(len(ROLES)):
                self.roles[r].append((roles[n, r], want.hint[n, r], want.starts[n, r]))


def collect(out: Path, name: str) -> Collected:
    """The answers of the network ``name`` about the documents that are held back."""
    own: list[Example] = pickle.loads((out / "held.pickle").read_bytes())
    own.sort(key=lambda e: len(e.window.ids))
    found = Collected()
    types = allowed_types()
    model, names = load(out, name)
    numbers = {n: k for k, n in enumerate(names) if n}
    with torch.no_grad():
        for i in range(0, len(own), 8):
            part = own[i : i + 8]
            ids, mask, at, features = pieces(part, numbers)
            with torch.autocast("cpu", torch.bfloat16):
                words = model.reader.upper(
                    model.reader.lower(ids, mask.to(torch.bfloat16)), mask.to(torch.bfloat16), at, features
                )
            for b, e in enumerate(part):
                found.window(model, e, words[b, : len(e.window.words)].float(), answers(e), types)
    return found


def _minimize(parameters: Sequence[Tensor], loss: Any) -> None:
    optimizer = torch.optim.LBFGS(list(parameters), max_iter=200, line_search_fn="strong_wolfe")

    def step() -> Tensor:
        optimizer.zero_grad()
        value: Tensor = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(step)


def fit_anchors(rows: Sequence[tuple[float, list[str], bool]]) -> dict[str, Any]:
    """Logistic regression on the network's score and the features of the word."""
    counts = Counter(n for _, names, _ in rows for n in set(names))
    known = sorted(n for n, c in counts.items() if c >= 20)
    number = {n: k for k, n in enumerate(known)}
    x = torch.zeros(len(rows), len(known))
    for k, (_, names, _) in enumerate(rows):
        for n in names:
            if n in number:
                x[k, number[n]] = 1
    score = torch.tensor([s for s, _, _ in rows])
    y = torch.tensor([float(right) for _, _, right in rows])
    scale, bias, w = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True), torch.zeros(len(known), requires_grad=True)  # fmt: skip

    def loss() -> Tensor:
        value = scale * score + bias + x @ w
        return F.binary_cross_entropy_with_logits(value, y, reduction="sum") / 50 + RIDGE * (w**2).sum()

    _minimize([scale, bias, w], loss)
    return {
        "scale": round(float(scale.detach()), 4),
        "bias": round(float(bias.detach()), 4),
        "names": {n: round(float(w.detach()[k]), 4) for n, k in number.items() if abs(float(w.detach()[k])) >= 0.01},
    }


def fit_added(
    rows: Sequence[tuple[Tensor, list[str], int]], answers_: Sequence[str], begins: Sequence[str]
) -> dict[str, float]:
    """What the score counts, and what a feature with the answer's name adds."""
    scores = torch.stack([s for s, _, _ in rows])
    right = torch.tensor([r for _, _, r in rows])
    marks = torch.zeros(len(begins), len(rows), len(answers_))
    for k, (_, names, _) in enumerate(rows):
        for name in names:
            begin, _, answer = name.partition(".")
            if begin in begins and answer in answers_:
                marks[begins.index(begin), k, answers_.index(answer)] += 1
    scale, w = torch.ones(1, requires_grad=True), torch.zeros(len(begins), requires_grad=True)

    def loss() -> Tensor:
        value = scale * scores + torch.einsum("b,bka->ka", w, marks)
        return F.cross_entropy(value, right) + 1e-4 * (w**2).sum()

    _minimize([scale, w], loss)
    return {
        "scale": round(float(scale.detach()), 4),
        **{b: round(float(v), 4) for b, v in zip(begins, w.detach(), strict=True)},
    }


def fit_role(rows: Sequence[tuple[Tensor, Tensor, Tensor]]) -> list[float]:
    """What the score counts, and what each hint and "none" add."""
    longest = max(len(h) for _, h, _ in rows)
    scores = torch.full((len(rows), longest + 1), -1e4)
    hints = torch.zeros(len(rows), longest + 1, dtype=torch.long)
    right = torch.zeros(len(rows), longest + 1)
    for k, (s, h, y) in enumerate(rows):
        n = len(h)
        scores[k, :n], scores[k, longest] = s[:n], s[n]
        hints[k, :n] = h
        right[k, :n], right[k, longest] = y[:n], y[n]
    hints[:, longest] = 4
    w = torch.zeros(5, requires_grad=True)
    scale = torch.ones(1, requires_grad=True)

    def loss() -> Tensor:
        added = torch.cat([torch.zeros(1), w[1:]])
        value = scale * scores + added[hints]
        return -(right * F.log_softmax(value, dim=-1)).sum(-1).mean() + 1e-4 * (w**2).sum()

    _minimize([scale, w], loss)
    return [round(float(scale.detach()), 4), *(round(float(v), 4) for v in w.detach()[1:])]


def fit(found: Collected) -> dict[str, Any]:
    """The table of ``reader/learned/settling.py``."""
    return {
        "anchors": {k: fit_anchors(found.anchors[k]) for k in KINDS},
        "types": fit_added(found.types, TYPES, ("type", "trigger", "speech")),
        "outcomes": fit_added(found.outcomes, OUTCOMES, ("outcome",)),
        "roles": {role: fit_role(found.roles[r]) for r, role in enumerate(ROLES)},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--name", default="seed1")
    options = parser.parse_args()
    torch.manual_seed(1)
    table = fit(collect(options.out, options.name))
    (options.out / "settling.json").write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for kind, row in table["anchors"].items():
        print(kind, row["scale"], row["bias"], sorted(row["names"].items(), key=lambda x: -abs(x[1]))[:8])
    print(table["types"], table["outcomes"])
    for role, row in table["roles"].items():
        print(role, row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
