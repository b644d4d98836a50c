"""What the learned reader passes by without asking its network: ``python -m benchmarks.prefilter``.

A document that by its signs tells of no conflict is not shown to the network, nor is a window without a word that by
the tables tells of a deed or hands over speech. **recall** is the share of gold records whose anchor is shown to it.
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from benchmarks import gold
from benchmarks.common import Row, corpus_hash, finish, table
from tawatur import pipeline
from tawatur.reader import rules
from tawatur.reader.learned.features import word_features
from tawatur.reader.learned.reader import LearnedReader
from tawatur.reader.learned.reading import worth_asking
from tawatur.reader.learned.windows import windows
from tawatur.reader.scene import Scene, stretches
from tawatur.text.documents import from_row


def shown(scene: Scene, tokenizer: Any) -> tuple[set[tuple[int, int]], int]:
    """The stretches of text ``[start, end)`` that the network answers for, and how many windows there are."""
    seen = rules.look(scene)
    cut = windows(scene, tokenizer)
    if rules.quiet(scene, rules.told(seen)):
        return set(), len(cut)
    names = word_features(seen)
    out = set()
    for window in cut:
        if worth_asking(window, names):
            core = [k for k, own in zip(window.words, window.core, strict=True) if own]
            out.add((scene.tokens[core[0]].start, scene.tokens[core[-1]].end))
    return out, len(cut)


def measure(name: str, tokenizer: Any) -> list[object]:
    """One row: the set, its documents and how many are shown, windows, records and how many anchors are shown."""
    records, documents = gold.load(name)
    wanted: dict[str, Sequence[Row]] = {str(row["doc"]): row["records"] for row in records}
    told = {"documents": 0, "windows": 0, "all windows": 0, "records": 0, "all records": 0}
    for row in documents:
        found: list[tuple[int, int]] = []
        for scene in stretches(pipeline.see(from_row(row))):
            own, count = shown(scene, tokenizer)
            found += own
            told["all windows"] += count
        found.sort()
        starts = [a for a, _ in found]
        told["documents"] += bool(found)
        told["windows"] += len(found)
        for r in wanted.get(str(row["id"]), []):
            at = (r.get("at") or {}).get("anchor")
            if isinstance(at, int):
                told["all records"] += 1
                k = bisect_right(starts, at) - 1
                told["records"] += k >= 0 and at < found[k][1]
    return [
        name, len(documents), told["documents"], told["all windows"], told["windows"], told["all records"],
        told["records"], told["records"] / max(1, told["all records"]), corpus_hash(gold.files(name)),
    ]  # fmt: skip


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.prefilter", description=(__doc__ or "").splitlines()[0])
    parser.parse_args(argv)
    reads = pipeline.reader("learned")
    if not isinstance(reads, LearnedReader):
        print("the learned reader has no model here: make model")
        return
    tokenizer = reads.network.tokenizer
    print(
        table(
            ["set", "documents", "shown", "windows", "shown ", "records", "shown  ", "recall", "corpus"],
            [measure(name, tokenizer) for name in gold.MEASURED],
        )
    )


if __name__ == "__main__":
    finish(main)
