"""``tawatur --help``: every command once, where it belongs, in a line that is told to its end; and it comes at once."""

from __future__ import annotations

import subprocess
import sys

from tawatur.cli.main import SECTIONS, cli
from tests.cli.program import Program

HEAVY = ("sqlalchemy", "rich", "lxml", "numpy", "httpx2", "pydantic", "trafilatura", "feedparser", "alembic", "tomllib")


def test_every_command_is_listed_once_and_to_its_end(tawatur: Program) -> None:
    out = tawatur.well("--help").out
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("  ") and line.split()[0] in cli.commands]
    assert sorted(listed) == sorted(cli.commands)
    assert all(title in out for title, _ in SECTIONS)
    assert [line for line in out.splitlines()[1:] if "..." in line] == []


def test_every_exit_code_is_told(tawatur: Program) -> None:
    out = " ".join(tawatur.well("--help").out.split())
    assert all(f"{code} " in out for code in (0, 1, 2, 3, 4, 5, 130))


def test_the_program_starts_without_what_takes_time() -> None:
    code = f"import sys, tawatur.cli.main; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"
