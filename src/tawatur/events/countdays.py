"""The days that a count is of. A reader takes one time for a record; a count has a beginning and an end, and its sentence
may tell them apart ("since their entry, on 17 October", "from 17 October"), may tell them where the record has none, and
may tell them by words that mean different days ("last week").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tawatur.meaning.calendar import make, week_days
from tawatur.meaning.dates import TimeExpression, find_times
from tawatur.meaning.numerals import parse
from tawatur.model import Record
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, tokenize

MANY = 20
"""A count this large is not believed to be of one day where its sentence says "since"."""
BEGIN_WORDS = 10
"""Words between "since" and the day that it is about at most ("since the entry of the resistance into …, on 17 October")."""
WEEK = timedelta(6)
_SINCE = re.compile(r"(?<!\w)و?(?:منذ|مذ|since)(?!\w)")
_FROM = re.compile(r"(?<!\w)(?:من|from)\s+(?:يوم\s+)?$")
_UNTIL = re.compile(r"[\s،,]*و?(?:حتي|الي|until)(?!\w)")


@dataclass(frozen=True, slots=True)
class CountDays:
    """The days of a count, inclusive, None where they are not told; ``other`` are the days that the same words may mean
    as well, None where they can mean but one span."""

    first: date | None
    last: date | None
    other: tuple[date, date] | None = None


def days_of_count(record: Record, published: date | None, low: float) -> CountDays:
    """The days that a count of at least ``low`` is of, by its record and its sentence."""
    text = record.evidence.text
    tokens = tokenize(text)
    times = find_times(text, tokens, published)
    when = record.time
    if when is None or when.first is None:
        spans = {(t.first, t.last) for t in times if t.kind in ("span", "since") and t.first and t.basis in _FIXED}
        if len(spans) != 1:
            return CountDays(None, None)
        ((first, last),) = spans
        return _reached(first, last, published)
    span, start = when.span, record.evidence.start
    at = (span.start - start, span.end - start) if span is not None else (-1, -1)
    inside = 0 <= at[0] <= at[1] <= len(text)
    first, last = when.first, when.last
    if inside and last == published and (end := _until(text, tokens, at[1], first)) is not None:
        return CountDays(first, end)
    if inside and first == last:
        if _begins(text, at[0], times):
            return _reached(first, None, published)
        if low >= MANY and _SINCE.search(fold(text)):
            return CountDays(None, None)
    found = _reached(first, last, published)
    if when.basis == "relative" and published and found.last and found.last - first in (WEEK, timedelta(7)):
        return CountDays(first, found.last, _other_week(first, found.last, published))
    return found


_FIXED = frozenset(("absolute", "inferred year"))


def _reached(first: date | None, last: date | None, published: date | None) -> CountDays:
    """What happened is counted up to the day of publication at most; the end of "the year" is that of the year in which
    the count begins."""
    if first is None or published is None or published < first:
        return CountDays(first, last)
    if last is not None and last > published and (last.month, last.day) == (12, 31) and first.year < last.year:
        last = date(first.year, 12, 31)
    return CountDays(first, min(last or published, published))


def _begins(text: str, at: int, times: Sequence[TimeExpression]) -> bool:
    """Whether the day at ``at`` is told as a beginning: behind "from", or behind "since" and what happened on it."""
    before = fold(text[:at])
    if _FROM.search(before):
        return True
    found = list(_SINCE.finditer(before))
    if not found:
        return False
    between = before[found[-1].end() :]
    dated = any(len(fold(text[: t.start])) >= found[-1].end() and t.end <= at and t.first for t in times)
    return not dated and len(between.split()) <= BEGIN_WORDS and not re.search(r"[.؛;:]", between)


def _until(text: str, tokens: Sequence[Token], at: int, first: date) -> date | None:
    """The end told right behind a beginning by a day of the same month ("until the twenty-sixth of it")."""
    match = _UNTIL.match(fold(text[at:]))
    if match is None:
        return None
    k = next((k for k, t in enumerate(tokens) if t.start >= at and t.script != "mark"), None)
    if k is None or k + 1 >= len(tokens):
        return None
    got = parse(text, tokens, k + 1)
    if got is None or got.j >= len(tokens) or tokens[got.j].norm not in ("منه", "منها") or got.low != int(got.low):
        return None
    end = make(first.year, first.month, int(got.low))
    return end if end is not None and end >= first else None


def _other_week(first: date, last: date, published: date) -> tuple[date, date] | None:
    """ "Last week" is the calendar's, or the seven days up to the report."""
    week = week_days(published, -1)
    readings = [(published - timedelta(7), published)]
    if week.first is not None and week.last is not None:
        readings.append((week.first, week.last))
    return next((r for r in readings if r != (first, last)), None)
