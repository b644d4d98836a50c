"""Puts what the program prints for one sample, and for one event, into the README: ``python -m benchmarks.readme``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from benchmarks.__main__ import replaced
from benchmarks.common import ROOT, finish

README = ROOT / "README.md"
SAMPLE = "samples/01-group-statement.txt"


MONTH = "tests/planted/month.jsonl"
"""A month of invented reports with known answers (tests/planted/README.md)."""


def printed(*command: str) -> str:
    """What a command of the program prints in a plain terminal of 110 columns."""
    plain = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-m", "tawatur", *command],
        cwd=ROOT, env=plain, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=True,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in run.stdout.strip("\n").splitlines())


def event() -> str:
    """The contested event of the planted month, on one screen."""
    with tempfile.TemporaryDirectory() as folder:
        store = ("--store", f"{folder}/month.sqlite")
        printed("add", MONTH, *store)
        contested = json.loads(printed("events", "--grade", "contested", "--format", "jsonl", *store).splitlines()[0])
        return printed("event", contested["event"], *store)


def main(argv: Sequence[str]) -> None:
    page = README.read_text(encoding="utf-8")
    report = printed("extract", "--format", "table", SAMPLE)
    page = replaced(page, "demo", f"```\n$ tawatur extract {SAMPLE}\n{report}\n```")
    shown = event()
    page = replaced(page, "event", f"```\n$ tawatur event {shown.splitlines()[1][:10]}\n{shown}\n```")
    README.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    finish(main)
