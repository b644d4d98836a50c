"""The quality gate: figures on the gold sets may not fall below the floors of ``floors.json``.

    python -m benchmarks.gate                              checks
    python -m benchmarks.gate --pin                        raises floors to what is measured; refuses to lower one
    python -m benchmarks.gate --pin --lower "reason"       lowers too, and keeps the reason beside the floor

A floor belongs to a corpus: its hash is pinned with it, and other data fails the gate instead of passing by luck.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import gold
from benchmarks.common import corpus_hash, finish, predict
from tawatur.errors import TawaturError
from tawatur.evaluate import HEADLINES, evaluate

FLOORS = Path(__file__).with_name("floors.json")
SHARES = ("date", "place", "numbers", "source", "standing", "hops2")
SLACK = 0.0005  # figures are rounded to three digits
Figures = dict[str, float]
Floors = dict[str, dict[str, Any]]


def load() -> Floors:
    """The pinned floors by set: ``corpus``, ``figures``, and ``lowered`` (reasons, oldest first)."""
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return floors


def figures(name: str) -> Figures:
    """The gated figures of a set as the pipeline now gives them: higher is better for each."""
    truth, documents = gold.load(name)
    result = evaluate(truth, predict(documents).records, rounds=0)
    out: Figures = {headline: result["records"]["all"][headline]["f1"] for headline in HEADLINES}
    out |= {f: result["fields"][f]["share"] for f in SHARES if f in result["fields"]}
    if result["quiet"]["documents"]:
        out["quiet"] = round(1 - result["quiet"]["records"] / result["quiet"]["documents"], 3)
    return out


def faults(name: str, floor: dict[str, Any], corpus: str, now: Figures) -> Iterator[str]:
    """One plain line for everything that keeps a set from passing."""
    if corpus != floor["corpus"]:
        yield f"{name}: the corpus is {corpus}, the floors are pinned for {floor['corpus']}: pin again on purpose"
        return
    for figure, least in floor["figures"].items():
        if now.get(figure, 0.0) < least - SLACK:
            yield f"{name}: {figure} is {now.get(figure, 0.0):.3f}, its floor {least:.3f}"


def pinned(name: str, floors: Floors, corpus: str, now: Figures, reason: str) -> dict[str, Any]:
    """The new entry of a set. :class:`TawaturError` where a floor would fall and no reason is given."""
    old = floors.get(name, {"figures": {}, "lowered": []})
    fallen = {f: v for f, v in old["figures"].items() if now.get(f, 0.0) < v - SLACK}
    lowered = list(old["lowered"])
    if fallen and not reason:
        told = ", ".join(f"{f} {v:.3f} → {now.get(f, 0.0):.3f}" for f, v in fallen.items())
        raise TawaturError(f"{name}: floors would fall ({told})", 'mend it, or give --lower "reason"')
    if fallen:
        lowered.append({"reason": reason, "from": fallen})
    return {"corpus": corpus, "figures": now, "lowered": lowered}


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pin", action="store_true", help="write what is measured as the new floors")
    parser.add_argument("--lower", default="", metavar="REASON", help="with --pin: let floors fall, for this reason")
    args = parser.parse_args(argv)
    floors, failed = load(), []
    for name in gold.MEASURED if args.pin else floors:
        corpus, now = corpus_hash(gold.files(name)), figures(name)
        print(f"{name}: " + "  ".join(f"{f} {v:.3f}" for f, v in now.items()))
        if args.pin:
            floors[name] = pinned(name, floors, corpus, now, args.lower)
        else:
            failed += list(faults(name, floors[name], corpus, now))
    if args.pin:
        FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for line in failed:
        print(f"below its floor: {line}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    finish(main)
