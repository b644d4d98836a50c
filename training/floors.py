"""Choose below which score a record is left out, on training documents read by a network that had not seen them.

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

GRID = tuple(round(0.2 + 0.05 * n, 2) for n in range(9))


def worth(gold: Sequence[Row], found: Mapping[str, Sequence[Row]], floor: float) -> float:
    """The mean of found, exact and sourced with this floor."""
    kept = {doc: [r for r in rows if r["confidence"] >= floor] for doc, rows in found.items()}
    row = evaluate(gold, kept, rounds=0)["records"]["all"]
    return sum(row[name]["f1"] for name in HEADLINES) / len(HEADLINES)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    out: Path = parser.parse_args().out
    gold = read_gold(out / "heldout.gold.json")
    found = read_predicted(out / "heldout.jsonl")
    best = max(GRID, key=lambda floor: worth(gold, found, floor))
    print(f"floor {best}: {worth(gold, found, best):.4f} on {len(gold)} documents")
    (out / "floors.json").write_text(json.dumps(dict.fromkeys(KINDS, best), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
