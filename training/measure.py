"""Trained networks side by side on the dev sets, before they are exported: seeds, shares of the documents, trials.

    python -m training.measure [--out out/model] [--sets dev,english-dev] NAME [NAME ...]

All are read with the settling and the floors of ``out``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from tawatur import pipeline
from tawatur.evaluate import HEADLINES, evaluate
from tawatur.export.jsonl import record_line
from tawatur.text.documents import from_row
from training.documents import load
from training.heldout import HeldOut

SETS = ("dev", "dev-posts", "chains-dev", "natural-dev", "english-dev")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(2)
    for name in options.names:
        reader = HeldOut(options.out, name)
        reader.floors = json.loads((options.out / "floors.json").read_text(encoding="utf-8"))
        for part in options.sets.split(","):
            documents = load(part)
            gold = [{"doc": str(row["id"]), "records": records} for row, records in documents]
            found = {
                str(row["id"]): [record_line(r) for r in pipeline.extract(from_row(row), reader).records]
                for row, _ in documents
            }
            row = evaluate(gold, found, rounds=0)
            told = "  ".join(f"{h} {row['records']['all'][h]['f1']:.3f}" for h in HEADLINES)
            print(f"{name:<12} {part:<12} {told}  records {sum(map(len, found.values()))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
