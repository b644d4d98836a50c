"""Second stage of ``make model``: train the network on the prepared windows.

    python -m training.train --out out/model --seed 1 [--epochs 3] [--share 1.0] [--coded 1.0]

The word vectors and the lowest layers stay as they were pretrained: what comes out of them is computed once. Stops
and goes on at epochs: ``seed1.state`` holds where it is.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tawatur.reader.learned.labels import ENDS, WIDEST
from training.batches import Answers, allowed_types, answers, feature_names, pieces
from training.encoder import load_weights, pretrained
from training.examples import Example
from training.network import Heads, Reader, spread

FROZEN = 4
RATE, HEAD_RATE, DECAY = 2e-4, 1e-3, 0.01
PIECES = 1700
DROP, WORD_DROP, PIECE_DROP, FEATURE_DROP = 0.1, 0.2, 0.05, 0.05
LOOKED_AT = 240
"""Windows that the losses on documents left out are told of."""
AVERAGE = 0.998


class Model(nn.Module):
    """Encoder and heads."""

    def __init__(self, reader: Reader, heads: Heads) -> None:
        super().__init__()
        self.reader = reader
        self.heads = heads


def fresh(out: Path, features: int, layers: int) -> Model:
    """The network with the pretrained encoder, or its lowest ``layers`` (0 is all), and untrained heads."""
    shape, weights = load_weights(out / "encoder.bin")
    keep = json.loads((out / "pieces.json").read_text(encoding="utf-8"))
    encoder = pretrained(weights, shape, keep, layers or shape.layers)
    return Model(Reader(encoder, features, FROZEN), Heads(shape.width))


def loss_of(model: Model, words: Tensor, wanted: Sequence[Answers], types: Tensor) -> dict[str, Tensor]:
    """The losses of a batch; ``words`` [batch, words, width]."""
    heads = model.heads
    sums: dict[str, list[Tensor]] = {k: [] for k in ("kind", "type", "status", "outcome", "role", "end")}
    sizes = [want.core.shape[0] for want in wanted]
    flat = torch.cat([words[b, :size] for b, size in enumerate(sizes)])
    with torch.autocast("cpu", torch.bfloat16):
        found = heads.found(flat)
        keys, salience = heads.keys(flat)
        first, last = heads.ends(flat)
    value = F.binary_cross_entropy_with_logits(
        found.float(), torch.cat([want.kinds for want in wanted]), reduction="none", pos_weight=POSITIVE
    )
    sums["kind"].append(value[torch.cat([want.core for want in wanted])].sum())
    count, at = 0, 0
    for want, size in zip(wanted, sizes, strict=True):
        n = want.anchors.shape[0]
        own = slice(at, at + size)
        at += size
        if not n:
            continue
        count += n
        type_, status, outcome, a = heads.about(flat[own], want.anchors, want.kind)
        sums["type"].append(F.cross_entropy(type_ + types[want.kind], want.type, reduction="sum"))
        sums["status"].append(F.cross_entropy(status, want.status, reduction="sum"))
        sums["outcome"].append(F.cross_entropy(outcome, want.outcome, reduction="sum"))
        scores = heads.roles(keys[own].float(), salience[own].float(), a, want.distance, want.sentence, want.hint)
        sums["role"].append(spread(want.starts, scores).sum())
        which, start, end = want.spans.unbind(1)
        reach = start.unsqueeze(1) + torch.arange(WIDEST)
        inside = reach < size
        reach = reach.clamp(max=size - 1)
        score = (first[own][start, which].unsqueeze(1) * last[own][reach, which.unsqueeze(1)]).sum(-1).float()
        score = score.masked_fill(~inside, -1e4)
        sums["end"].append(F.cross_entropy(score, (end - start).clamp(0, WIDEST - 1), reduction="sum") / len(ENDS))
    scale = 1 / max(count, 4)
    return {k: torch.stack(v).sum() * scale if v else words.sum() * 0 for k, v in sums.items()}


POSITIVE = torch.tensor(1.5)


def batches(examples: Sequence[Example], rng: random.Random) -> list[list[int]]:
    """Windows of like length together, ``PIECES`` in a batch, in random order."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    pools = [order[i : i + 256] for i in range(0, len(order), 256)]
    out: list[list[int]] = []
    for pool in pools:
        pool.sort(key=lambda n: len(examples[n].window.ids))
        batch: list[int] = []
        for n in pool:
            if batch and (len(batch) + 1) * len(examples[n].window.ids) > PIECES:
                out.append(batch)
                batch = []
            batch.append(n)
        out.append(batch)
    rng.shuffle(out)
    return out


class Cache:
    """What the frozen layers make of each window, computed once."""

    def __init__(self, model: Model, examples: Sequence[Example]) -> None:
        self.values: list[Tensor] = [torch.empty(0)] * len(examples)
        model.eval()
        order = sorted(range(len(examples)), key=lambda n: len(examples[n].window.ids))
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for i in range(0, len(order), 8):
                part = order[i : i + 8]
                ids, mask, _, _ = pieces([examples[n] for n in part], {})
                x = model.reader.lower(ids, mask.to(torch.bfloat16))
                for row, n in enumerate(part):
                    self.values[n] = x[row, : len(examples[n].window.ids)].to(torch.bfloat16).clone()

    def batch(self, part: Sequence[int], longest: int) -> Tensor:
        out = torch.zeros(len(part), longest, self.values[part[0]].shape[1])
        for row, n in enumerate(part):
            out[row, : self.values[n].shape[0]] = self.values[n].float()
        return out


def drawn(docs: Iterable[str], folds: Mapping[str, int], share: float, coded: float) -> set[str]:
    """A share of the gold documents (those that have a fold), and one of the further coded ones; a smaller share is
    part of a larger one."""
    order = sorted(docs)
    random.Random(0).shuffle(order)
    gold = [d for d in order if d in folds]
    others = [d for d in order if d not in folds]
    return {*gold[: round(share * len(gold))], *others[: round(coded * len(others))]}


def without_fold(examples: Sequence[Example], out: Path, fold: int) -> tuple[list[Example], list[Example]]:
    """The examples of the documents outside a fold of ``training/crossfit.py``, and those inside."""
    folds: dict[str, int] = json.loads((out / "folds.json").read_text(encoding="utf-8"))
    return [e for e in examples if folds.get(e.doc) != fold], [e for e in examples if folds.get(e.doc) == fold]


def held_out_losses(model: Model, trained: list[tuple[str, nn.Parameter]], average: dict[str, Tensor], examples: Sequence[Example], numbers: dict[str, int], cache: Cache) -> str:  # fmt: skip
    """The losses on documents that are not trained on, by the averaged weights."""
    own = [p.detach().clone() for _, p in trained]
    with torch.no_grad():
        for k, p in trained:
            p.copy_(average[k])
        model.eval()
        told: dict[str, float] = {}
        order = sorted(range(len(examples)), key=lambda n: len(examples[n].window.ids))
        for i in range(0, len(order), 8):
            part = order[i : i + 8]
            _, mask, at, features = pieces([examples[n] for n in part], numbers)
            with torch.autocast("cpu", torch.bfloat16):
                words = model.reader.upper(cache.batch(part, mask.shape[-1]), mask.to(torch.bfloat16), at, features)
            for k, v in loss_of(model, words, [answers(examples[n]) for n in part], allowed_types()).items():
                told[k] = told.get(k, 0.0) + float(v) * 8 / len(order)
        for (_, p), v in zip(trained, own, strict=True):
            p.copy_(v)
    return "  ".join(f"{k} {v:.3f}" for k, v in told.items())


@dataclass(frozen=True)
class Recipe:
    """What is trained, on what. ``share`` of the gold documents and ``coded`` of the further ones; ``without`` a fold
    (-1: none). For ablations: ``bare`` of what the tables see, and with the lowest ``layers``."""

    name: str
    seed: int
    epochs: int
    share: float
    coded: float
    without: int
    bare: bool
    layers: int


def stripped(examples: Sequence[Example]) -> list[Example]:
    """The examples without what the tables see beside the words."""
    return [
        replace(e, features=[[] for _ in e.features], anchors=[replace(a, exact=[], near=[]) for a in e.anchors])
        for e in examples
    ]


def train(out: Path, r: Recipe) -> None:
    random.seed(r.seed)
    torch.manual_seed(r.seed)
    rng = random.Random(r.seed)
    examples: list[Example] = pickle.loads((out / "examples.pickle").read_bytes())
    folds: dict[str, int] = json.loads((out / "folds.json").read_text(encoding="utf-8"))
    chosen = drawn({e.doc for e in examples}, folds, r.share, r.coded)
    examples = [e for e in examples if e.doc in chosen]
    if r.bare:
        examples = stripped(examples)
    held: list[Example] = []
    if r.without >= 0:
        examples, held = without_fold(examples, out, r.without)
        held = random.Random(1).sample(held, min(LOOKED_AT, len(held)))
    names = feature_names(examples)
    numbers = {n: k for k, n in enumerate(names) if n}
    model = fresh(out, len(names), r.layers)
    for p in [*model.reader.encoder.words.parameters(), *model.reader.encoder.places.parameters()]:
        p.requires_grad = False
    model.reader.encoder.norm.requires_grad_(False)
    for layer in model.reader.encoder.layers[:FROZEN]:
        layer.requires_grad_(False)
    cache = Cache(model, examples)
    held_cache = Cache(model, held)
    wanted = [answers(e) for e in examples]
    types = allowed_types()
    encoder = [p for p in model.reader.encoder.parameters() if p.requires_grad]
    own = {id(p) for p in encoder}
    rest = [p for p in model.parameters() if p.requires_grad and id(p) not in own]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE}, {"params": rest, "lr": HEAD_RATE}],
        weight_decay=DECAY,
        betas=(0.9, 0.98),
        fused=True,
    )
    trained = [(k, p) for k, p in model.named_parameters() if p.requires_grad]
    average = {k: p.detach().clone() for k, p in trained}
    state = out / f"{r.name}.state"
    done = 0
    if state.is_file():
        saved: dict[str, Any] = torch.load(state, weights_only=False)
        done = saved["epochs"]
        model.load_state_dict(saved["model"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        average = saved["average"]
        rng.setstate(saved["rng"])
        torch.set_rng_state(saved["torch"])
    steps_an_epoch = len(batches(examples, random.Random(0)))
    total = r.epochs * steps_an_epoch
    step = done * steps_an_epoch
    for epoch in range(done, r.epochs):
        began = time.monotonic()
        model.train()
        told: dict[str, float] = {}
        for part in batches(examples, rng):
            rate = min(1.0, (step + 1) / (0.06 * total)) * max(0.0, 1 - step / total)
            for group, base in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = base * rate
            rows = [examples[n] for n in part]
            _, mask, at, features = pieces(rows, numbers)
            want = [wanted[n] for n in part]
            for b in range(len(rows)):
                if rng.random() < FEATURE_DROP:
                    features[b] = 0
                    want[b] = Answers(**{**want[b].__dict__, "hint": torch.zeros_like(want[b].hint)})
            features[torch.rand(features.shape) < FEATURE_DROP] = 0
            x = cache.batch(part, mask.shape[-1])
            x = x * (torch.rand(x.shape[:2]) >= PIECE_DROP).unsqueeze(-1)
            with torch.autocast("cpu", torch.bfloat16):
                words = model.reader.upper(x, mask.to(torch.bfloat16), at, features, DROP)
            words = F.dropout(words, WORD_DROP)
            losses = loss_of(model, words, want, types)
            loss = torch.stack(list(losses.values())).sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder, *rest], 1.0)
            optimizer.step()
            step += 1
            decay = min(AVERAGE, (step + 1) / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.values()), [p for _, p in trained], 1 - decay)
            for k, v in losses.items():
                told[k] = told.get(k, 0.0) + float(v.detach())
        line = "  ".join(f"{k} {v / steps_an_epoch:.3f}" for k, v in told.items())
        print(f"{r.name} epoch {epoch + 1}/{r.epochs}: {line}  {time.monotonic() - began:.0f} s", flush=True)
        if held:
            print(f"  held out: {held_out_losses(model, trained, average, held, numbers, held_cache)}", flush=True)
        if math.isnan(sum(told.values())):
            raise SystemExit("training went astray: a loss is no number")
        partial = state.with_suffix(".partial")
        torch.save(
            {
                "epochs": epoch + 1,
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average,
                "rng": rng.getstate(),
                "torch": torch.get_rng_state(),
            },
            partial,
        )
        partial.replace(state)
        torch.save({"names": names, "model": {**model.state_dict(), **average}}, out / f"{r.name}.pt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--share", type=float, default=1.0, help="of the gold documents")
    parser.add_argument("--coded", type=float, default=1.0, help="share of the further coded documents")
    parser.add_argument("--without", type=int, default=-1, help="leave out this fold of the documents")
    parser.add_argument("--bare", action="store_true", help="without what the tables see (an ablation)")
    parser.add_argument("--layers", type=int, default=0, help="only the lowest layers of the encoder (an ablation)")
    parser.add_argument("--name", default="")
    options = parser.parse_args()
    torch.set_num_threads(2)
    # Numbers too small to be normal make a step ten times slower.
    torch.set_flush_denormal(True)
    train(
        options.out,
        Recipe(
            options.name or f"seed{options.seed}",
            options.seed,
            options.epochs,
            options.share,
            options.coded,
            options.without,
            options.bare,
            options.layers,
        ),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
