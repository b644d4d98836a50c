"""Rules of the house that a program can check; what it cannot, CONTRIBUTING.md asks for."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from benchmarks.__main__ import PAGE, present

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
SOURCES = sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "benchmarks").glob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: Path) -> dict[str, str]:
    """What a lock pins: name to version."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[._-]+", "-", name).lower(): version for name, version in found}


def names(requirements: list[str]) -> set[str]:
    return {re.sub(r"[._-]+", "-", re.split(r"[\[<>=!~; ]", r)[0]).lower() for r in requirements}


def test_there_are_four_locks() -> None:
    assert [lock.name for lock in LOCKS] == ["bench.lock", "dev.lock", "model.lock", "run.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_a_lock_names_no_address_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    run, dev, bench = (pins(ROOT / "requirements" / f"{name}.lock") for name in ("run", "dev", "bench"))
    assert names(PROJECT["project"]["dependencies"] + groups["build"]) <= run.keys()
    assert names(groups["tests"] + groups["lint"]) <= dev.keys()
    assert names(groups["bench"]) <= bench.keys()


def test_the_locks_agree() -> None:
    run, dev, bench = (pins(ROOT / "requirements" / f"{name}.lock") for name in ("run", "dev", "bench"))
    assert run.items() <= dev.items() <= bench.items()


def test_no_model_trainer_at_run_time() -> None:
    assert not {"torch", "tensorflow", "transformers"} & set().union(*(pins(lock) for lock in LOCKS))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{path.name} has no docstring"


def test_the_page_of_figures_has_a_section_for_every_benchmark() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [n for n in present() if f"<!-- {n}: begin -->\n" not in page or f"<!-- {n}: end -->" not in page] == []


def test_every_target_that_the_readme_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert targets >= {"demo", "test"}
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, flags=re.MULTILINE)] == []
