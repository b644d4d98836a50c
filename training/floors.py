"""Choose below which score a record is left out, by kind, on the training documents read by networks that had not seen them.

python -m training.floors --out out/model
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tawatur.evaluate import HEADLINES, evaluate, read_gold, read_predicted
from tawatur.evaluate.items import Row
from tawatur.reader.learned.labels import KINDS

GRID = tuple(round(0.2 + 0.05 * n, 2) for n in range(11))


def worth(gold: Sequence[Row], found: Mapping[str, Sequence[Row]], floors: Mapping[str, float]) -> float:
    """The mean of found, exact and sourced over all kinds with these floors."""
    kept = {
        doc: [r for r in rows if r["confidence"] >= floors[str(r["kind"])]]
        for doc, rows in found.items()
    }  # fmt: skip
    row = evaluate(gold, kept, rounds=0)["records"]["all"]
    return sum(row[name]["f1"] for name in HEADLINES) / len(HEADLINES)


def choose(gold: Sequence[Row], found: Mapping[str, Sequence[Row]]) -> dict[str, float]:
    """One floor for all kinds first, then each kind's own."""
    best = max(GRID, key=lambda f: worth(gold, found, dict.fromkeys(KINDS, f)))
    floors = dict.fromkeys(KINDS, best)
    for kind in KINDS:
        floors[kind] = max(GRID, key=lambda f: worth(gold, found, {**floors, kind: f}))
    return floors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    out: Path = parser.parse_args().out
    gold = read_gold(out / "heldout.gold.json")
    found = read_predicted(out / "heldout.jsonl")
    floors = choose(gold, found)
    print(floors, round(worth(gold, found, floors), 4))
    (out / "floors.json").write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
