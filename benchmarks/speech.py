"""Speech against gold: ``python -m benchmarks.speech train|dev|chains-dev|english-train…``, gold anchors given.

So the figures do not depend on the half that finds events: statements found, their types and speakers, and for each
gold event, count and figure whether the whole chain is right when its anchor is asked. ``table`` learns the weights
of data/speech_types.csv anew from the training sets (needs numpy and scipy).
"""

from __future__ import annotations

import csv
import json
import sys
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT, module, rows, shared
from tawatur.model import Document, Part, Published
from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech import Speech, read_speech, vouching
from tawatur.reader.speech_types import TYPES, event_feature, features, is_repeat, statements

Record = dict[str, Any]
TABLE = ROOT / "src" / "tawatur" / "data" / "speech_types.csv"


def see(row: Record) -> Scene:
    """A document of the gold sets as the readers see it."""
    from datetime import date

    from tawatur.pipeline import see as scene_of

    title = row.get("title") or ""
    text = f"{title}\n{row['text']}" if title else row["text"]
    day = row.get("published")
    published = Published(date.fromisoformat(day[:10]), "input", day) if day else Published()
    parts: tuple[Part, ...] = ()
    return scene_of(
        Document(str(row["id"]), text, title, published, row.get("url") or "", row.get("outlet") or "", parts=parts)
    )


def gold(name: str) -> Iterator[tuple[Record, list[Record]]]:
    """The documents of a gold set with their records, in the order of the set."""
    documents = {str(d["id"]): d for d in rows(shared("gold", f"{name}.documents.jsonl"))}
    for line in json.loads(shared("gold", f"{name}.json").read_text(encoding="utf-8")):
        yield documents[str(line["doc"])], line["records"]


def anchor_tokens(scene: Scene, records: Sequence[Record]) -> list[int]:
    """The tokens of the anchors of all that is no statement."""
    starts = [t.start for t in scene.tokens]
    at = [
        r["at"]["anchor"] for r in records if r["kind"] != "statement" and (r.get("at") or {}).get("anchor") is not None
    ]
    return sorted(bisect_right(starts, a) - 1 for a in at)


def as_record(scene: Scene, s: Speech) -> Record:
    def text(w: Words | None) -> str | None:
        return scene.text[w.start : w.end] if w else None

    return {
        "kind": "statement", "type": s.type, "status": "happened", "anchor": text(s.cue), "actor": text(s.speaker),
        "target": text(s.target), "place": None, "time": None, "date": None, "weapons": [], "numbers": [],
        "outcome": None, "source": [text(w) for w in s.chain], "cue": text(s.cue),
    }  # fmt: skip


def measure(name: str, scene_of: Callable[[Record], Scene] = see) -> dict[str, float]:
    """The figures of one gold set; shares of 1, ``ms`` milliseconds a document."""
    score = module(shared("gold", "score.py"))
    n: Counter[str] = Counter()
    spent = 0.0
    for row, records in gold(name):
        scene = scene_of(row)
        tokens = anchor_tokens(scene, records)
        began = time.perf_counter()
        speeches = read_speech(scene)
        kept = statements(scene, speeches, tokens)
        spent += time.perf_counter() - began
        n["documents"] += 1
        wanted = [r for r in records if r["kind"] == "statement"]
        given = [as_record(scene, s) for s in kept]
        pairs = score.align(wanted, given)
        n["gold"] += len(wanted)
        n["predicted"] += len(given)
        n["found"] += len(pairs)
        for g, p in pairs:
            n["type"] += g["type"] == p["type"]
            n["speaker"] += score.party(g["actor"], p["actor"])
            n["chain"] += score.chain_same(g["source"], p["source"])
        for g in wanted:
            if len(g["source"]) > 1:
                n["hops2 gold"] += 1
                n["hops2"] += any(g is x and score.chain_same(x["source"], p["source"]) for x, p in pairs)
        ask = vouching(speeches, scene)
        starts = [t.start for t in scene.tokens]
        for r in records:
            at = (r.get("at") or {}).get("anchor")
            if r["kind"] == "statement" or at is None:
                continue
            s = ask(bisect_right(starts, at) - 1)
            right = score.chain_same(r["source"], [scene.text[w.start : w.end] for w in s.chain] if s else [])
            n["events"] += 1
            n["event chain"] += right
            if len(r["source"]) > 1:
                n["hops2 gold"] += 1
                n["hops2"] += right
    precision, recall = n["found"] / max(1, n["predicted"]), n["found"] / max(1, n["gold"])
    found = max(1, n["found"])
    return {
        "statements P": precision, "statements R": recall, "statements F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "type of found": n["type"] / found, "speaker of found": n["speaker"] / found,
        "chain of found": n["chain"] / found, "chain of events": n["event chain"] / max(1, n["events"]),
        "hops2": n["hops2"] / max(1, n["hops2 gold"]), "hops2 of": float(n["hops2 gold"]),
        "ms a document": 1000 * spent / max(1, n["documents"]),
    }  # fmt: skip


Example = tuple[int, set[str], str]


def examples(name: str, scene_of: Callable[[Record], Scene] = see, first: int = 0) -> list[Example]:
    """Each speech of a set with its features and the gold type of the statement at its cue, else none."""
    out: list[Example] = []
    for number, (row, records) in enumerate(gold(name), first):
        scene = scene_of(row)
        tokens = anchor_tokens(scene, records)
        labels = {
            r["at"]["anchor"]: r["type"]
            for r in records
            if r["kind"] == "statement" and "anchor" in (r.get("at") or {})
        }
        for s in read_speech(scene):
            if s.speaker is None or not s.chain or s.role == "headline":
                continue
            label = next((t for a, t in labels.items() if a is not None and abs(a - s.cue.start) <= 2), "none")
            if label == "none" and labels and is_repeat(scene, s):
                continue  # perhaps a telling of one that gold has in the body
            out.append((number, features(scene, s) | {event_feature(s, tokens)}, label))
    return out


def learn(data: Sequence[Example], l2: float = 3.0) -> tuple[list[str], Any]:
    """Softmax regression (L-BFGS, L2): the features kept and their weights. The documents read with the rulings at
    hand weigh more, since they follow these best."""
    import numpy as np
    from scipy import sparse
    from scipy.optimize import minimize

    classes = [*TYPES, "none"]
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for number, found, _ in data:
        for f in found:
            seen[f].add(number)
    names = sorted(f for f in seen if len(seen[f]) >= (3 if f.startswith(("word:", "first:", "by:")) else 2))
    index = {f: i for i, f in enumerate(names)}
    rows = [[index[f] for f in sorted(found) if f in index] for _, found, _ in data]
    indptr = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
    columns = np.array([i for r in rows for i in r])
    x = sparse.csr_matrix((np.ones(len(columns)), columns, indptr), shape=(len(data), len(names)))
    y = np.array([classes.index(label) for *_, label in data])
    weight = np.array([1.5 if number >= 514 else 1.0 for number, _, _ in data])
    k, each = len(classes), np.arange(len(data))
    hot = np.zeros((len(data), k))
    hot[each, y] = 1

    def loss(flat: Any) -> tuple[float, Any]:
        w = flat.reshape(len(names), k)
        z = x @ w
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        total = e.sum(axis=1, keepdims=True)
        value = float(np.sum(weight * (np.log(total[:, 0]) - z[each, y]))) + 0.5 * l2 * float(flat @ flat)
        return value, (x.T @ ((e / total - hot) * weight[:, None]) + l2 * w).ravel()

    found_ = minimize(loss, np.zeros(len(names) * k), jac=True, method="L-BFGS-B", options={"maxiter": 60})
    return names, found_.x.reshape(len(names), k)


def write_table(names: Sequence[str], weights: Any, path: Path = TABLE, least: float = 0.1) -> int:
    """The rows with a weight of at least ``least``, two decimals; how many."""
    kept = 0
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["feature", *TYPES, "none"])
        for name, row in zip(names, weights, strict=True):
            if abs(row).max() >= least:
                kept += 1
                out.writerow([name, *(f"{x:.2f}" if abs(x) >= 0.05 else "" for x in row)])
    return kept


def main(argv: Sequence[str]) -> None:
    for name in argv or ["train"]:
        if name == "table":
            data = examples("train") + examples("english-train", first=10_000)
            print(f"{write_table(*learn(data))} rows from {len(data)} speeches")
            continue
        print(name)
        for key, value in measure(name).items():
            print(f"  {key:<18} {value:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
