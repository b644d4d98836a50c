"""Fit the weights of the rules reader (``src/tawatur/data/weights.json``) on the training documents.

    python -m training.rules [--rounds 3] [--limit N]

Reads ``train`` and ``english-train`` of the gold folder; nothing else. A round reads every document with the
weights at hand, holds each choice against gold, and fits again; what a telling carries over from the one before
depends on the choices made, so a few rounds settle it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from tawatur import pipeline
from tawatur.evaluate.items import item
from tawatur.evaluate.pairs import affinity
from tawatur.evaluate.values import party, same
from tawatur.export.jsonl import record_line
from tawatur.lexicon import weights as weights_module
from tawatur.model import Record
from tawatur.reader.clusters import Cluster
from tawatur.reader.events import read_events
from tawatur.reader.gate import gate_features
from tawatur.reader.roles import NONE, Choice
from tawatur.reader.rules import read, seen, with_speakers
from tawatur.reader.scene import Scene
from tawatur.reader.speech import Speech, read_speech
from tawatur.records.build import Meanings, tellings
from tawatur.records.pairs import features as merge_features
from tawatur.records.pairs import impossible
from tawatur.text.documents import from_row
from training.documents import ROOT, Gold, load, natural, shared
from training.logit import fit_binary, fit_choice, fit_classes

OUT = ROOT / "src" / "tawatur" / "data" / "weights.json"
Tables = dict[str, dict[str, float]]


def at_of(r: Gold, name: str) -> int | None:
    value = (r.get("at") or {}).get(name)
    return value if isinstance(value, int) else None


def anchored(cluster: Cluster, records: list[Gold]) -> list[Gold]:
    """The gold records whose anchor words the cluster's triggers touch."""
    out = []
    for r in records:
        a = at_of(r, "anchor")
        if a is None or r["kind"] == "statement":
            continue
        b = a + len(r["anchor"])
        if any(t.start < b and a < t.end for t in (cluster.head, *cluster.others)):
            out.append(r)
    return out


class Collector:
    """Rows of features with their right answers, from all documents of a round."""

    def __init__(self) -> None:
        self.choices: dict[str, list[tuple[list[list[str]], list[int]]]] = defaultdict(list)
        self.classes: dict[str, tuple[list[list[str]], list[str]]] = defaultdict(lambda: ([], []))
        self.keep: tuple[list[list[str]], list[bool]] = ([], [])
        self.lost: dict[str, int] = defaultdict(int)

    def document(self, scene: Scene, records: list[Gold]) -> None:
        speeches = read_speech(scene)
        scene = with_speakers(scene, speeches)
        seen: dict[int, dict[str, Choice]] = defaultdict(dict)

        figures: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)

        def watch(name: str, cluster: Cluster, choice: Choice) -> None:
            seen[id(cluster)][name] = choice
            if name == "number":
                figures[id(cluster)].append((choice.candidates[0], choice.features[0]))

        drafts = read_events(scene, speeches, watch)
        others = [r for r in records if r["kind"] != "statement"]
        for d in drafts:
            shown, mine = seen[id(d.cluster)], anchored(d.cluster, others)
            if mine:
                self.roles(scene, shown, mine)
                self.labels(shown, mine)
                self.sources(scene, speeches, shown["source"], mine)
                self.figures(scene, figures[id(d.cluster)], mine)
            draft = item(plain(scene, d), "")
            told = bool(mine) or any(affinity(item(r, ""), draft) >= 3.3 for r in others if r["kind"] == d.kind)
            self.keep[0].append(shown["keep"].features[0])
            self.keep[1].append(told)

    def roles(self, scene: Scene, shown: dict[str, Choice], mine: list[Gold]) -> None:
        for role, items in (("actor", scene.parties), ("place", scene.places), ("time", scene.times)):
            choice = shown[role]
            right: set[int] = set()
            for r in mine:
                right |= right_ones(scene, role, choice, items, r)
            if not right:
                self.lost[role] += 1
                continue
            if role == "place" and len(mine) > 1 and len(right) > 1:
                right = {min(right, key=lambda k: choice.candidates[k] if choice.candidates[k] >= 0 else 10**6)}
            self.choices[role].append((choice.features, sorted(right)))

    def sources(self, scene: Scene, speeches: list[Speech], choice: Choice, mine: list[Gold]) -> None:
        gold = [r["source"] for r in mine]
        right = []
        for k, c in enumerate(choice.candidates):
            chain = [] if c == NONE else [scene.text[w.start : w.end] for w in speeches[c].chain]
            if any(len(g) == len(chain) and all(map(party, g, chain)) for g in gold):
                right.append(k)
        if not right:
            for k, c in enumerate(choice.candidates):
                last = [scene.text[w.start : w.end] for w in speeches[c].chain[-1:]] if c != NONE else []
                if last and any(g and party(g[-1], last[0]) for g in gold):
                    right.append(k)
        if right:
            self.choices["source"].append((choice.features, right))
        else:
            self.lost["source"] += 1

    def figures(self, scene: Scene, shown: list[tuple[int, list[str]]], mine: list[Gold]) -> None:
        left = [(n["of"], n["low"], n["high"]) for r in mine for n in r["numbers"]]
        for n, features in shown:
            q = scene.numbers[n]
            hit = next((x for x in left if (x[1], x[2]) == (q.low, q.high)), None)
            if hit is not None:
                left.remove(hit)
            self.classes["number"][0].append(features)
            self.classes["number"][1].append("-" if hit is None else "other" if hit[0] == "sites" else hit[0])

    def labels(self, shown: dict[str, Choice], mine: list[Gold]) -> None:
        kinds = [r["kind"] for r in mine]
        kind = "event" if "event" in kinds else kinds[0]
        self.classes["kind"][0].append(shown["kind"].features[0])
        self.classes["kind"][1].append(kind)
        r = next(r for r in mine if r["kind"] == kind)
        if kind == "statistic":
            self.classes["figure"][0].append(shown["kind"].features[0])
            self.classes["figure"][1].append(r["type"])
        else:
            self.classes["type"][0].append(shown["type"].features[0])
            self.classes["type"][1].append(r["type"])
            self.classes["outcome"][0].append(shown["outcome"].features[0])
            self.classes["outcome"][1].append(r["outcome"] or "-")


def right_ones(scene: Scene, role: str, choice: Choice, items: Any, r: Gold) -> set[int]:
    """The indices of the candidates that are what gold has."""
    text = scene.text
    if r[role] is None:
        return {k for k, c in enumerate(choice.candidates) if c == NONE}
    out, near = set(), set()
    start = at_of(r, role)
    for k, c in enumerate(choice.candidates):
        if c < 0:
            continue
        m = items[c]
        words = text[m.start : m.end]
        if role == "time":
            dates = [d.isoformat() for d in (m.first, m.last)] if m.first and m.last else None
            if (r["date"] and dates == r["date"]) or (
                not r["date"]
                and start is not None
                and m.start < start + len(r["time"])
                and start < m.end
                and dates is None
            ):
                out.add(k)
        elif (party if role == "actor" else same)(r[role], words):
            out.add(k)
            if start is not None and m.start < start + len(r[role]) and start < m.end:
                near.add(k)
    return near or out


def plain(scene: Scene, d: Any) -> Gold:
    """A draft in the shape that the scorer takes."""
    text, head = scene.text, d.cluster.head

    def mention(items: Any, n: int) -> str | None:
        return text[items[n].start : items[n].end] if n >= 0 else None

    t = scene.times[d.time] if d.time >= 0 else None
    return {
        "kind": d.kind, "type": d.type, "anchor": text[head.start : head.end],
        "actor": mention(scene.parties, d.actor), "place": mention(scene.places, d.place),
        "target": text[d.target.start : d.target.end] if d.target else None,
        "date": [t.first.isoformat(), t.last.isoformat()] if t and t.first and t.last else None,
        "numbers": [{"of": of, "low": scene.numbers[n].low, "high": scene.numbers[n].high} for n, of in d.numbers],
    }  # fmt: skip


def fit_merge(scenes: Sequence[tuple[Scene, list[Gold]]]) -> dict[str, float]:
    """The weights by which tellings of one document are joined: pairs that gold has in one record against pairs
    that it has in two, as far as a telling can be tied to a gold record."""
    rows, labels = [], []
    for scene, records in scenes:
        others = [r for r in records if r["kind"] != "statement"]
        items = [item(r, "") for r in others]
        meanings = Meanings(scene, pipeline.gazetteer(), pipeline.catalogue())
        drafts = [
            d
            for d in tellings(scene.document, read(scene), meanings, "")
            if d.kind != "statement" and d.confidence >= 0.4
        ]
        tied: list[tuple[Record, int]] = []
        for d in drafts[:60]:
            mine = item(record_line(d), "")
            fits = [(affinity(g, mine) + 3.0 * touches(others[n], d), n) for n, g in enumerate(items)]
            value, n = max(fits, default=(0.0, -1))
            if value >= 3.0:
                tied.append((d, n))
        for k, (a, m) in enumerate(tied):
            for b, n in tied[k + 1 :]:
                if not impossible(a, b):
                    rows.append(merge_features(a, b, pipeline.catalogue()))
                    labels.append(m == n)
    return fit_binary(rows, labels, l2=2.0, least=5)


def touches(r: Gold, d: Record) -> bool:
    start = at_of(r, "anchor")
    return start is not None and d.anchor.start < start + len(r["anchor"]) and start < d.anchor.end


def fit_gate(scenes: Sequence[tuple[Scene, list[Gold]]], ordinary: Sequence[tuple[Scene, bool]]) -> dict[str, float]:
    """The weights of the gate. Ordinary articles count twice; of the training documents, which were chosen
    because they tell of conflict, every quiet one and every third of the others takes part."""
    rows, labels = [], []
    for k, (scene, records) in enumerate(scenes):
        if records and k % 3:
            continue
        rows.append(signs(scene))
        labels.append(bool(records))
    for scene, told in ordinary:
        features = signs(scene)
        rows += [features] * 2
        labels += [told] * 2
    return fit_binary(rows, labels, l2=12.0, least=15)


def signs(scene: Scene) -> list[str]:
    speeches = read_speech(scene)
    scene = with_speakers(scene, speeches)
    return gate_features(scene, *seen(scene, speeches))


def fit(
    scenes: Sequence[tuple[Scene, list[Gold]]],
    ordinary: Sequence[tuple[Scene, bool]],
    rounds: int,
    keep: Callable[[Tables], None],
) -> Tables:
    """All tables, fitted on documents with their gold records and on ordinary articles with whether they tell of
    conflict. ``keep`` is given the tables after each step and must make the next one read with them."""
    tables: Tables = {}
    for n in range(rounds):
        c = Collector()
        for scene, records in scenes:
            c.document(scene, records)
        tables = {}
        for role in ("source", "actor", "place", "time"):
            tables[role] = fit_choice(c.choices[role], l2=1.0, least=5)
        for name in ("kind", "type", "figure", "outcome", "number"):
            rows, labels = c.classes[name]
            for label, table in fit_classes(rows, labels, l2=1.5, least=5).items():
                tables[f"{name}:{label}"] = table
        tables["keep"] = fit_binary(*c.keep, l2=2.0, least=5)
        keep(tables)
        print(
            f"round {n + 1}: {len(c.keep[1])} tellings, {sum(c.keep[1])} told; no candidate: {dict(c.lost)}",
            file=sys.stderr,
        )
    tables["gate"] = fit_gate(scenes, ordinary)
    keep(tables)
    tables["merge"] = fit_merge(scenes[::2])
    keep(tables)
    return tables


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=0)
    args = parser.parse_args()
    if not (shared() / "gold").is_dir():
        print("no gold folder beside the repository: the weights stay as they are", file=sys.stderr)
        return 1
    data = load("train") + load("english-train")
    if args.limit:
        data = data[:: max(1, len(data) // args.limit)]
    scenes = [(pipeline.see(from_row(d)), records) for d, records in data]
    fit(scenes, [(pipeline.see(from_row(d)), told) for d, told in natural()], args.rounds, write)
    return 0


def packed(tables: Tables) -> str:
    """The tables as the text of a file: a weight a line, the same tables always the same bytes."""
    return json.dumps(tables, ensure_ascii=False, sort_keys=True, indent=0) + "\n"


def write(tables: Tables) -> None:
    OUT.write_text(packed(tables), encoding="utf-8")
    weights_module.forget()


if __name__ == "__main__":
    sys.exit(main())
