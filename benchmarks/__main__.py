"""Runs benchmarks, each in a process of its own (peak memory is part of what some measure).

python -m benchmarks                       all of them, printed
python -m benchmarks --write               and their tables put into docs/benchmarks.md (``make bench``)
python -m benchmarks gold dev              one of them with its arguments
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.common import ROOT, DataMissing

PAGE = ROOT / "docs" / "benchmarks.md"
# the section of the page, which is the module's name, and the arguments for the full measurement
SECTIONS: dict[str, tuple[str, ...]] = {
    "gold": (),
    "readers": (),
    "calibration": (),
    "airwars": (),
    "places": (),
    "names": (),
    "recognizers": (),
    "lineage": (),
    "airwars_events": (),
    "events_scale": (),
    "almayadeen": (),
    "checks": (),
    "books": (),
    "fuzz": (),
}

# what some draw beside their tables, when the page is written
DRAWS: dict[str, tuple[str, ...]] = {"calibration": ("--picture",)}


def present() -> list[str]:
    """The benchmarks of this checkout, in the page's order."""
    return [name for name in SECTIONS if importlib.util.find_spec(f"benchmarks.{name}")]


def run(name: str, arguments: Sequence[str]) -> tuple[int, str]:
    """Exit code and standard output of one benchmark; its standard error is passed through."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout.strip()


def replaced(page: str, name: str, tables: str) -> str:
    """The page with one section's tables replaced between its markers; ``ValueError`` where the markers are missing."""
    pattern = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
    new, n = pattern.subn(lambda m: f"{m[1]}{tables}\n{m[2]}", page)
    if n != 1:
        raise ValueError(f"{PAGE.name} has {n} sections {name!r}")
    return new


def put(name: str, tables: str) -> None:
    """Puts one section's tables into the page."""
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), name, tables), encoding="utf-8")


def main(argv: Sequence[str]) -> int:
    write = list(argv) == ["--write"]
    if argv and not write:
        name, *arguments = argv
        if name not in present():
            print(f"benchmarks: no {name!r} here; there are {', '.join(present())}", file=sys.stderr)
            return 2
        code, printed = run(name, arguments)
        print(printed)
        return code
    worst = 0
    for name in present():
        print(f"== {name} …", file=sys.stderr, flush=True)
        start = time.monotonic()
        code, printed = run(name, (*SECTIONS[name], *(DRAWS.get(name, ()) if write else ())))
        print(printed, end="\n\n", flush=True)
        print(f"== {name}: {time.monotonic() - start:.0f} s, exit code {code}", file=sys.stderr, flush=True)
        if code == 0 and write:
            put(name, printed)
        elif code != DataMissing.code:  # what cannot be measured here is no failure; the page keeps its last figures
            worst = max(worst, code)
    return worst


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
