"""The pages of docs/ name all rooms and all pages, and their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]


def links(page: Path) -> list[str]:
    """What a page links to in this repository, without the places in a page."""
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    return [t for t in targets if "://" not in t]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    assert [t for t in links(page) if not (page.parent / t).exists()] == []


def test_the_first_page_leads_to_every_other() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / t).resolve() for t in links(index)}
    assert [p.name for p in sorted(DOCS.rglob("*.md")) if p != index and p.resolve() not in linked] == []


def test_every_room_is_told() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = {name.rstrip("/") for row in rows for name in re.findall(r"`([a-z]+(?:/|\.py))`", row)}
    home = ROOT / "src" / "tawatur"
    rooms = {p.name for p in home.iterdir() if p.suffix == ".py" or (p.is_dir() and any(p.glob("*.*")))}
    assert told - {"src", "training", "benchmarks", "tests"} == rooms - {"__init__.py", "__main__.py"}
