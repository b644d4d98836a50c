"""Times as written against a table of our own; the days are the codebook's rules 6, 17, 24, 27 and 29 (9 December 2023
was a Saturday)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.meaning import calendar as cal
from tawatur.meaning.dates import conflicts, find_times
from tawatur.text.tokens import tokenize

_TABLE = Path(__file__).with_name("cases_dates.csv")
SATURDAY = date(2023, 12, 9)


def _cases() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="|"))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["text"])
def test_case(case: dict[str, str]) -> None:
    text = case["text"]
    published = _day(case["published"])
    got = [(_bare(text[t.start : t.end]), t.first, t.last, t.kind) for t in find_times(text, tokenize(text), published)]
    wanted = [(_bare(case["words"]), _day(case["first"]), _day(case["last"]), case["kind"])] if case["words"] else []
    assert got == wanted


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _bare(words: str) -> str:
    """Without a last vowel sign or tatweel, which the token leaves out."""
    return words.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0640")


def test_a_weekday_that_the_date_is_not_is_reported() -> None:
    text = "السبت 12 كانون الأول 2023"
    times = find_times(text, tokenize(text), SATURDAY)
    (issue,) = conflicts(text, times, SATURDAY)
    assert issue.code == "date-weekday"
    assert issue.span is not None
    assert issue.span.text == text


def test_a_weekday_that_agrees_is_not_reported() -> None:
    text = "السبت 9 كانون الأول 2023"
    assert conflicts(text, find_times(text, tokenize(text), SATURDAY), SATURDAY) == []


def test_today_with_another_weekday_than_the_stamp_is_reported_and_the_weekday_taken() -> None:
    text = "قال اليوم الجمعة"
    times = find_times(text, tokenize(text), SATURDAY)
    assert times[0].first == date(2023, 12, 8)
    assert [i.code for i in conflicts(text, times, SATURDAY)] == ["published-weekday"]


def test_precision_follows_the_length() -> None:
    lengths = {"أمس": 1, "الأسبوع الماضي": 2, "الشهر الماضي": 3}
    for text, precision in lengths.items():
        (t,) = find_times(text, tokenize(text), SATURDAY)
        assert t.precision == precision


def test_general_style_counts_weeks_from_monday_and_looks_ahead() -> None:
    monday = date(2016, 11, 7)
    for text, first, last in [
        ("الأسبوع القادم", date(2016, 11, 14), date(2016, 11, 20)),
        ("بعد أسبوعين من الآن", date(2016, 11, 21), date(2016, 11, 21)),
        ("الشهر القادم", date(2016, 12, 1), date(2016, 12, 31)),
    ]:
        (t,) = find_times(text, tokenize(text), monday, "calendar")
        assert (t.first, t.last) == (first, last)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_weeks_and_weekdays(day: date, weekday: int) -> None:
    first, last = cal.week_days(day)
    assert first is not None
    assert last is not None
    assert first.weekday() == 6
    assert first <= day <= last
    before = cal.weekday_before(day, weekday)
    assert before.weekday() == weekday
    assert 0 <= (day - before).days <= 6
    assert 1 <= (day - cal.weekday_before(day, weekday, strict=True)).days <= 7
    assert 1 <= (cal.weekday_after(day, weekday) - day).days <= 7


_WORDS = ["منذ", "اليوم", "الـ", "7", "2023", "كانون", "الأول", "الثاني", "أمس", "السبت", "خلال", "الماضية", "ليل", "بين",
          "و", "إلى", "/", "-", ",", "(", "يومين", "الساعات", "24", "شهر", "since", "last", "week", "Friday", "Dec.", "31",
          "31 شباط", "قبل", "آخر", "منتصف", "العام", "حتى", "\n", "99999", "قرن", "9999"]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=14), st.sampled_from([None, SATURDAY, date.min, date.max]))
def test_any_words_end_in_spans_in_order(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    tokens = tokenize(text)
    end = 0
    for t in find_times(text, tokens, published):
        assert end <= t.start < t.end <= len(text)
        end = t.end
