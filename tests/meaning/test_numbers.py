"""Numbers as written against a table of our own; the bounds are the codebook's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.meaning.numbers import find_numbers
from tawatur.text.tokens import tokenize

_TABLE = Path(__file__).with_name("cases_numbers.csv")


def _cases() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="|"))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["text"])
def test_case(case: dict[str, str]) -> None:
    text = case["text"]
    found = find_numbers(text, tokenize(text))
    if not case["words"]:
        assert found == []
        return
    got = [(_bare(text[q.start : q.end]), q.low, q.high, q.kind) for q in found]
    assert got[:1] == [(_bare(case["words"]), _bound(case["low"]), _bound(case["high"]), case["kind"])]


def _bound(cell: str) -> float | None:
    return float(cell) if cell else None


def _bare(words: str) -> str:
    """Without a last vowel sign, which the token leaves out."""
    return words.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0652")


@given(st.text(alphabet=st.sampled_from("0123456789٣٥.,،-–%/ وألفمئةثلاعشربنحوين\nabcof"), max_size=80))
def test_spans_are_in_order_and_inside(text: str) -> None:
    tokens = tokenize(text)
    end = 0
    for q in find_numbers(text, tokens):
        assert end <= q.start < q.end <= len(text)
        assert 0 <= q.i < q.j <= len(tokens)
        assert q.low is not None or q.high is not None
        assert q.low is None or q.high is None or q.low <= q.high
        end = q.end


def test_general_style_reads_decimals_where_newsrooms_read_thousands() -> None:
    text = "55.243"
    assert [q.low for q in find_numbers(text, tokenize(text))] == [55243]
    assert [q.low for q in find_numbers(text, tokenize(text), "calendar")] == [55.243]


@pytest.mark.parametrize(
    ("text", "value"),
    [("سالب خمسة", -5), ("ثلاثة أخماس", 0.6), ("واحد على عشرين", 0.05), ("2 1/4", 2.25), ("3/4", 0.75), ("2^3", 8)],
)
def test_general_style_fractions_and_signs(text: str, value: float) -> None:
    (q,) = find_numbers(text, tokenize(text), "calendar")
    assert q.low == pytest.approx(value)
