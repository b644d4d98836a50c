"""All stages of ``make model`` in order; each is a program of its own, and one whose files are there is not run again.

    python -m training [--out out/model] [--to DIR] [--seed 1]

A stage that trains stops and goes on at epochs. How long each took is written to ``stages.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from training.documents import ROOT, shared

PACKAGE = ROOT / "src" / "tawatur" / "data" / "learned"
Stage = tuple[str, str, list[str]]
"""The file that it leaves, its module, and its arguments."""


def stages(out: Path, to: Path, seed: int) -> Iterator[Stage]:
    """What is to be done, in order."""
    common = ["--out", str(out)]
    yield "encoder.bin", "pretrained", common
    yield "speech-fold2.csv", "crossfit", common
    yield "examples.pickle", "prepare", common
    yield f"seed{seed}.done", "train", [*common, "--seed", str(seed), "--name", f"seed{seed}", "--epochs", "3"]
    yield "settling.json", "settle", [*common, "--name", f"seed{seed}"]
    yield "heldout.jsonl", "heldout", [*common, "--name", f"seed{seed}"]
    yield "floors.json", "floors", common
    yield "calibration.json", "calibrate", ["--on", str(out / "heldout.gold.json"), str(out / "heldout.jsonl"), "--output", str(out / "calibration.json")]  # fmt: skip
    yield "exported", "export", [*common, "--name", f"seed{seed}", "--to", str(to)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "model")
    parser.add_argument("--to", type=Path, default=PACKAGE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (shared() / "gold" / "train.json").is_file():
        print("no gold folder beside the repository (or in TAWATUR_SHARED): nothing to train on", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for leaves, module, arguments in stages(options.out, options.to, options.seed):
        if (options.out / leaves).is_file():
            continue
        print(f"== training.{module} {' '.join(arguments)}", flush=True)
        began = time.monotonic()
        status = subprocess.run([sys.executable, "-m", f"training.{module}", *arguments], cwd=ROOT).returncode
        if status:
            return status
        (options.out / leaves).touch()
        told = {"stage": module, "arguments": arguments, "seconds": round(time.monotonic() - began)}
        with (options.out / "stages.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
