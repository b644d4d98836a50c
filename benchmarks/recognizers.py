"""Numbers and times in general language: the cases of microsoft/Recognizers-Text, beside dateparser and mahad.

A case is right when all its numbers are found with their values and no other, or when one time is found whose days are
one of the two resolutions that the case gives (past or future; an exclusive end is taken as the day before it). Cases
left out, by their place in the file, are in ``recognizers_left_out.csv`` with the reason. All three read in one run.

    python -m benchmarks.recognizers [--wrong]     the table; with --wrong what is not right
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.common import OUT, ROOT, Row, finish, shared, table
from tawatur.meaning.dates import find_times
from tawatur.meaning.numbers import find_numbers
from tawatur.text.tokens import tokenize

MAHAD = "mahad==0.3.0"
LEFT_OUT = Path(__file__).with_name("recognizers_left_out.csv")
# what is measured, the file, what kind of answer, the share that is wanted
FILES = (
    ("Number", "Number/NumberModel.json", "number", 0.95),
    ("Percent", "Number/PercentModel.json", "percent", 0.95),
    ("Date", "DateTime/DateParser.json", "time", 0.90),
    ("DatePeriod", "DateTime/DatePeriodParser.json", "time", 0.80),
)
Answer = list[Any]


def reference(case: Row) -> str:
    """The day that a case counts from, ISO; numbers have none."""
    return str(case.get("Context", {}).get("ReferenceDateTime", "2016-11-07"))[:10]


def left_out() -> dict[tuple[str, int], str]:
    with LEFT_OUT.open(encoding="utf-8", newline="") as handle:
        return {(row["file"], int(row["case"])): row["reason"] for row in csv.DictReader(handle)}


def own(case: Row, what: str) -> Answer:
    """What tawatur reads."""
    text = case["Input"]
    tokens = tokenize(text)
    if what == "time":
        day = date.fromisoformat(reference(case))
        return [[str(t.first or ""), str(t.last or "")] for t in find_times(text, tokens, day, "calendar")]
    kinds = ("percent",) if what == "percent" else ("cardinal", "percent")
    return [q.low for q in find_numbers(text, tokens, "calendar") if q.kind in kinds]


def dateparser_reads(case: Row, what: str) -> Answer:
    """What dateparser finds; it knows days only."""
    from dateparser.search import search_dates

    if what != "time":
        return []
    base = datetime.fromisoformat(reference(case))
    found = search_dates(case["Input"], languages=["ar"], settings={"RELATIVE_BASE": base}) or []
    return [[when.date().isoformat(), when.date().isoformat()] for _, when in found]


def mahad_python() -> Path | None:
    """The Python of an environment that holds mahad alone, made on the first run; None where it cannot be had."""
    home = OUT / "mahad"
    python = home / "bin" / "python"
    if not python.exists():
        print(f"== making an environment for {MAHAD}", file=sys.stderr)
        venv.create(home, with_pip=True)
        done = subprocess.run(
            [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", MAHAD], check=False
        )
        if done.returncode:
            return None
    return python


def mahad_reads(cases: Sequence[tuple[Row, str]]) -> list[Answer] | None:
    """What mahad finds in each case, in its own process; None where it is not to be had."""
    python = mahad_python()
    if python is None:
        return None
    lines = [json.dumps({"text": c["Input"], "what": what, "reference": reference(c)}) for c, what in cases]
    done = subprocess.run(
        [python, str(ROOT / "benchmarks" / "recognizers_mahad.py")],
        input="\n".join(lines) + "\n", stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return answers if len(answers) == len(lines) else None


def right(case: Row, what: str, got: Answer) -> bool:
    """Whether an answer is the case's."""
    if what != "time":
        wanted = [float(r["Resolution"]["value"].rstrip("%")) for r in case["Results"]]
        return len(got) == len(wanted) and all(
            g is not None and abs(float(g) - w) <= 1e-6 * max(abs(w), 1e-12) for g, w in zip(got, wanted, strict=True)
        )
    for result in case["Results"]:
        for which in ("PastResolution", "FutureResolution"):
            value = result["Value"].get(which, {})
            if "date" in value and [value["date"]] * 2 in got:
                return True
            if "startDate" in value:
                last = date.fromisoformat(value["endDate"])
                ends = (last.isoformat(), (last - timedelta(days=1)).isoformat())
                if any([value["startDate"], end] in got for end in ends):
                    return True
    return False


def main(argv: Sequence[str]) -> int:
    skip = left_out()
    sets: list[tuple[str, float, str, int, list[Row]]] = []
    for name, path, what, target in FILES:
        cases = json.loads(shared("data", "recognizers-arabic", *path.split("/")).read_text(encoding="utf-8-sig"))
        kept = [case for i, case in enumerate(cases) if (path, i) not in skip]
        sets.append((name, target, what, len(cases), kept))
        if "--wrong" in argv:
            for i, case in enumerate(cases):
                if (path, i) not in skip and not right(case, what, own(case, what)):
                    print(f"{path} {i}: {case['Input']} -> {own(case, what)}", file=sys.stderr)
    flat = [(case, what) for _, _, what, _, kept in sets for case in kept]
    answers = mahad_reads(flat)
    body: list[list[object]] = []
    at = 0
    for name, target, what, total, kept in sets:
        row: list[object] = [name, total, total - len(kept)]
        row.append(_share(kept, what, lambda case, what=what: own(case, what)))  # type: ignore[misc]
        row.append(target)
        row.append(_share(kept, what, lambda case, what=what: dateparser_reads(case, what)) if what == "time" else None)  # type: ignore[misc]
        theirs = answers[at : at + len(kept)] if answers is not None else None
        row.append(sum(map(right, kept, [what] * len(kept), theirs)) / len(kept) if theirs is not None else None)
        at += len(kept)
        body.append(row)
    print(table(["cases", "all", "left out", "tawatur", "wanted", "dateparser", "mahad"], body))
    return 0


def _share(cases: Sequence[Row], what: str, read: Callable[[Row], Answer]) -> float:
    return sum(right(case, what, read(case)) for case in cases) / len(cases)


if __name__ == "__main__":
    finish(main)
