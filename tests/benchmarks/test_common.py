"""What the benchmarks share: tables, the page of figures, proof of spans."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import replaced
from benchmarks.almayadeen import canonical, spans
from benchmarks.common import DataMissing, shared, table
from benchmarks.gold import MEASURED, reviews
from tawatur.errors import TawaturError


def test_a_table_sets_numbers_to_the_right() -> None:
    assert table(["set", "share"], [["dev", 0.5], ["longer", None]]).splitlines() == [
        "| set    | share |",
        "|--------|------:|",
        "| dev    |  0.50 |",
        "| longer |     – |",
    ]


def test_a_section_of_the_page_is_replaced_between_its_markers() -> None:
    page = "a\n<!-- gold: begin -->\nold\n<!-- gold: end -->\nz\n"
    assert replaced(page, "gold", r"new \1") == "a\n<!-- gold: begin -->\nnew \\1\n<!-- gold: end -->\nz\n"
    with pytest.raises(ValueError, match="fuzz"):
        replaced(page, "fuzz", "new")


def test_every_span_of_a_written_record_is_found() -> None:
    written = {
        "anchor": {"start": 0, "end": 2, "text": "ab"},
        "source": [{"start": 3, "end": 4, "text": "c", "role": {"start": 5, "end": 6, "text": "d"}}],
        "time": {"start": None, "end": None, "text": None, "basis": "carried"},
        "gloss": {"en": "x", "ar": "y"},
    }
    assert sorted(spans(written)) == [(0, 2, "ab"), (3, 4, "c"), (5, 6, "d")]


def test_the_text_of_a_row_begins_with_its_title() -> None:
    assert canonical({"title": "t", "text": "x"}) == "t\nx"
    assert canonical({"title": None, "text": "x"}) == "x"


def test_missing_data_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWATUR_SHARED", "nowhere")
    with pytest.raises(DataMissing, match=r"gold/dev\.json") as raised:
        shared("gold", "dev.json")
    assert "TAWATUR_SHARED" in raised.value.hint


@pytest.mark.parametrize("name", MEASURED)
def test_errors_are_not_listed_for_sets_that_are_measured_on(name: str) -> None:
    with pytest.raises(TawaturError, match="measure"):
        reviews(name, limit=1, seed=0)
