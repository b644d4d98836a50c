"""Whether the readers' confidences mean what they say: ECE and Brier score on the gold sets, and a picture.

python -m benchmarks.calibration                                     rules and learned on all sets
python -m benchmarks.calibration --readers rules --sets dev
python -m benchmarks.calibration --picture                           and docs/images/reliability.svg drawn anew
python -m benchmarks.calibration --write                             that, and the table put into docs/benchmarks.md

``--predicted NAME=FILE`` measures a reader by its records. The picture is of the last reader that is here, on the
Arabic sets as one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.__main__ import put
from benchmarks.common import ROOT, Run, finish, table
from benchmarks.readers import Measured, arguments, files_of, measure
from benchmarks.reliability import Panel, diagram
from tawatur.errors import TawaturError
from tawatur.evaluate.calibration import Judged, Pair, brier, ece, equal_mass, equal_width, judged, perfect

PICTURE = ROOT / "docs" / "images" / "reliability.svg"


def pairs_of(records: Sequence[Judged]) -> dict[str, list[Pair]]:
    """Pairs of confidence and whether it holds, for found and for exact."""
    return {
        "found": [(r.confidence, r.found) for r in records],
        "exact": [(r.confidence, r.exact) for r in records],
    }


def line(set_: str, name: str, records: Sequence[Judged]) -> list[object]:
    """The figures of one reader on one set."""
    of = pairs_of(records)
    n, confidences = len(records), [r.confidence for r in records]
    cells: list[object] = [set_, name, n, sum(confidences) / n]
    for what, pairs in of.items():
        cells += [sum(held for _, held in pairs) / n, f"{ece(equal_mass(pairs)):.3f}"]
        if what == "found":
            cells += [f"{ece(equal_width(pairs)):.3f}", f"{perfect(confidences):.3f}", f"{brier(pairs):.3f}"]
    return cells


def tables(measured: Sequence[Measured]) -> str:
    """The table in Markdown, sets and readers without a record left out."""
    body = []
    for one in measured:
        for name, run in one.runs.items():
            records = judged(one.gold, run.records)
            if records:
                body.append(line(one.name, name, records))
    head = ["set", "reader", "records", "mean confidence", "found", "ECE", "ECE, equal width", "ECE left to chance"]
    return table([*head, "Brier", "exact", "ECE for exact"], body)


def picture(measured: Sequence[Measured]) -> str:
    """The reliability diagram of the last reader, on the Arabic sets as one (else on the last set)."""
    one = measured[-1]
    runs: list[tuple[str, Run]] = [(name, run) for name, run in one.runs.items() if any(run.records.values())]
    if not runs:
        raise TawaturError(f"no reader has records on {one.name}: there is nothing to draw", "name another --sets")
    name, run = runs[-1]
    found = pairs_of(judged(one.gold, run.records))
    title = f"Confidence of the reader “{name}” on {one.name}, {len(one.gold)} documents"
    return diagram(title, [Panel(what, pairs) for what, pairs in found.items()])


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibration", description=(__doc__ or "").splitlines()[0]
    )
    arguments(parser)
    parser.add_argument("--picture", action="store_true", help="draw docs/images/reliability.svg")
    args = parser.parse_args(argv)
    files = files_of(args.predicted)
    measured = measure([r for r in args.readers if r not in files], args.sets, files)
    printed = tables(measured)
    print(printed)
    if args.picture or args.write:
        PICTURE.write_text(picture(measured), encoding="utf-8")
    if args.write:
        put("calibration", printed)


if __name__ == "__main__":
    finish(main)
