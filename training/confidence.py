"""Calibrate the confidence of the rules reader (``src/tawatur/data/calibration.json``).

    python -m training.confidence [--out out/model]

Every training document is read with the weights that ``training/crossfit.py`` fitted without it; the curves are fitted
on these records by ``training/calibrate.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tawatur import pipeline
from tawatur.reader import rules
from tawatur.text.documents import from_row
from training import calibrate
from training.crossfit import FOLDS, OUT, records_of, use_fold
from training.documents import ROOT, load

TABLE = ROOT / "src" / "tawatur" / "data" / "calibration.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    of: dict[str, int] = json.loads((out / "folds.json").read_text(encoding="utf-8"))
    seen = [(pipeline.see(from_row(row)), gold) for row, gold in load("train") + load("english-train")]
    lines, gold_rows = [], []
    for n in range(FOLDS):
        use_fold(out, n)
        for scene, gold in seen:
            if of[scene.document.id] == n:
                lines += [json.dumps(r, ensure_ascii=False) for r in records_of(scene, rules.read, rules.NAME)]
                gold_rows.append({"doc": scene.document.id, "records": gold})
    records, truth = out / "rules-heldout.jsonl", out / "rules-heldout.gold.json"
    records.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    truth.write_text(json.dumps(gold_rows, ensure_ascii=False), encoding="utf-8")
    calibrate.main(["--on", str(truth), str(records), "--output", str(TABLE)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
