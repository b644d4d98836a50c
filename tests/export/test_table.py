"""The table of the terminal: never a bare fact, in any width."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.cells import cell_len

from tawatur.export.table import chain, table


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 100, 140])
def test_sentence_standing_chain_and_head_are_shown(extraction: Any, width: int) -> None:
    out = table(extraction, width)
    assert max(cell_len(line) for line in out.splitlines()) <= width
    for word in (
        "claimed",
        "attributed",
        "own voice",
        "2023-12-09",
        "3 records",
        "inferred from the dateline",
        "1 issue",
    ):
        assert word in flat(out)
    assert "Brigades" in out
    assert out.rstrip().splitlines()[-1].startswith("  day: two days are told")


def test_the_chain_runs_from_nearest_the_publisher_to_the_origin(extraction: Any) -> None:
    assert chain(extraction.records[1]) == "Rafid Agency ← \u2068مسؤول عسكري\u2069"
    assert chain(extraction.records[1], ascii_only=True) == "Rafid Agency <- \u2068مسؤول عسكري\u2069"
    assert chain(extraction.records[2]) == "the report itself"


def test_ascii_keeps_the_frame_plain(extraction: Any) -> None:
    out = table(extraction, 120, ascii_only=True)
    assert not re.search("[\u2190-\u21ff\u2500-\u257f]", out)


def test_colour_only_when_asked(extraction: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" not in table(extraction, 100)
    assert "\x1b[33m" in table(extraction, 100, colour=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[33m" not in table(extraction, 100, colour=True)


def test_an_empty_report_says_so(extraction: Any) -> None:
    extraction.records = ()
    assert "No records" in table(extraction, 100)
