"""Puts what the program prints for one sample into the README: ``python -m benchmarks.readme``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.__main__ import replaced
from benchmarks.common import ROOT, finish

README = ROOT / "README.md"
SAMPLE = "samples/01-group-statement.txt"


def main(argv: Sequence[str]) -> None:
    command = [sys.executable, "-m", "tawatur", "extract", "--format", "table", SAMPLE]
    plain = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(command, cwd=ROOT, env=plain, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    lines = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    shown = f"```\n$ tawatur extract {SAMPLE}\n{lines}\n```"
    README.write_text(replaced(README.read_text(encoding="utf-8"), "demo", shown), encoding="utf-8")


if __name__ == "__main__":
    finish(main)
