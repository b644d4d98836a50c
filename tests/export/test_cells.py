"""Arabic in a table that is too narrow for it turns nothing else round."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from tawatur.export.cells import Text
from tawatur.records.gloss_tables import FSI, PDI

TITLE = "وزارة الخارجية تدين استهداف البعثات الدبلوماسية في العاصمة"


def rendered(cell: Text, width: int) -> list[str]:
    out = io.StringIO()
    grid = Table(box=None, show_header=False, width=width)
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(cell, "42")
    Console(file=out, width=width).print(grid)
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [20, 34, 50])
@pytest.mark.parametrize(
    "words", [f"{FSI}{TITLE}{PDI}", f"of {FSI}{TITLE}{PDI} and others", f"{FSI}a {FSI}{TITLE}{PDI} b{PDI}"]
)
def test_every_line_closes_what_it_opens(words: str, width: int) -> None:
    lines = rendered(Text(words), width)
    assert len(lines) > 1
    for line in lines:
        depth = 0
        for mark in line:
            depth += (mark == FSI) - (mark == PDI)
            assert depth >= 0
        assert depth == 0
    # the other cell stands outside, and no word is lost
    assert lines[0].endswith("42")
    assert lines[0].rindex(PDI) < lines[0].rindex("42")
    plain = "".join(lines).replace("42", "", 1)
    assert [w for w in TITLE.split() if w not in plain.replace(FSI, "").replace(PDI, "")] == []


def test_text_without_isolates_is_left_alone() -> None:
    assert not set("".join(rendered(Text("three rockets fell near the base"), 20))) & {FSI, PDI}
