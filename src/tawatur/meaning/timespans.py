"""Spans of days that are counted from the publication day: the last three weeks, two days ago, this month."""

from __future__ import annotations

from datetime import date
from typing import Literal

from tawatur.meaning import calendar as cal
from tawatur.meaning.calendar import Days

Precision = Literal[1, 2, 3]


def precision_of(days: Days) -> Precision | None:
    """1 for a day or two, 2 for up to a week, 3 for more; None where no end is known."""
    if days.first is None or days.last is None:
        return None
    length = (days.last - days.first).days
    return 1 if length <= 1 else 2 if length <= 7 else 3


def back(published: date, unit: str, count: float) -> Days:
    """The last ``count`` of ``unit`` up to the publication day: ``[publication - 21, publication]`` for three weeks
    (codebook, rule 29); hours reach back whole days, at least one."""
    n = int(count) if count == int(count) else int(count) + 1
    if unit == "minute" or (unit == "hour" and n <= 1):
        return Days(published, published)
    if unit == "hour":
        first = cal.shift(published, -max(1, -(-n // 24)))
    elif unit == "day":
        first = cal.shift(published, -n)
    elif unit == "week":
        first = cal.shift(published, -7 * n)
    else:
        first = cal.add_months(published, -n * {"month": 1, "year": 12, "decade": 120}[unit])
    return Days(first, published)


def ahead(published: date, unit: str, count: float) -> Days:
    """The next ``count`` of ``unit``, from the day after publication."""
    n = int(count) or 1
    start = cal.shift(published, 1)
    if unit in ("hour", "minute"):
        return Days(published, cal.shift(published, max(1, -(-n // 24)) if unit == "hour" else 0))
    if unit in ("day", "week"):
        return Days(start, cal.shift(published, n * (7 if unit == "week" else 1)))
    return Days(start, cal.add_months(published, n * {"month": 1, "year": 12, "decade": 120}[unit]))


def ago(published: date, unit: str, count: float, sign: int = -1) -> Days:
    """The day that lies so far back (or ahead): days and weeks exactly; of months and years the whole month or year."""
    n = sign * int(count)
    if unit == "minute" or unit == "hour":
        moved = cal.shift(published, 0 if count < 24 else n // 24)
        return Days(moved, moved)
    if unit in ("day", "week"):
        moved = cal.shift(published, n * (7 if unit == "week" else 1))
        return Days(moved, moved)
    moved = cal.add_months(published, n * {"month": 1, "year": 12, "decade": 120}[unit])
    if moved is None:
        return Days(None, None)
    return cal.month_days(moved.year, moved.month) if unit == "month" else cal.year_days(moved.year)


def named(published: date, unit: str, mod: int, *, monday: bool = False) -> Days | None:
    """This, last or next week, month, year: whole, but "this" ends with the publication day (codebook style: Sunday
    weeks)."""
    if unit == "day":
        moved = cal.shift(published, mod)
        return Days(moved, moved)
    if unit == "week":
        out = cal.week_days(published, mod, monday=monday)
    elif unit == "month":
        moved = cal.add_months(published.replace(day=1), mod)
        if moved is None:
            return None
        out = cal.month_days(moved.year, moved.month)
    elif unit == "year":
        out = cal.year_days(published.year + mod)
    elif unit == "decade":
        first = published.year // 10 * 10 + 10 * mod
        out = Days(date(first, 1, 1), date(first + 9, 12, 31))
    else:
        return None
    if mod == 0 and not monday:
        return Days(out.first, published)
    return out


def season(start_month: int, year: int) -> Days:
    """Three months from the first of ``start_month``."""
    last_month = start_month + 2
    return Days(date(year, start_month, 1), cal.month_days(year + (last_month > 12), (last_month - 1) % 12 + 1).last)
