"""Arithmetic of days: weeks from Sunday to Saturday, whole months, the year that a date without one means.

Pure functions over ``datetime.date``. A period is a pair of days, both ends included.
"""

from __future__ import annotations

import calendar as _gregorian
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Days(NamedTuple):
    """Days meant, both ends included; None where an end is not told."""

    first: date | None
    last: date | None


def make(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none (31 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date | None:
    """``days`` later; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day of another month, or the last of it where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, _gregorian.monthrange(year, month + 1)[1]))


def month_days(year: int, month: int) -> Days:
    """All days of a month."""
    return Days(date(year, month, 1), date(year, month, _gregorian.monthrange(year, month)[1]))


def year_days(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31))


def week_days(day: date, weeks: int = 0, *, monday: bool = False) -> Days:
    """The week of ``day``, moved by ``weeks``: Sunday to Saturday (codebook, rule 29), or Monday to Sunday."""
    back = day.weekday() if monday else (day.weekday() + 1) % 7
    first = shift(day, -back + 7 * weeks)
    return Days(first, shift(first, 6) if first else None)


def weekday_before(day: date, weekday: int, *, strict: bool = False) -> date:
    """The last such weekday on or before ``day``; ``strict``: before it."""
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back or (7 if strict else 0))


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday after ``day``."""
    return day + timedelta(days=(weekday - day.weekday()) % 7 or 7)


def infer_year(month: int, day: int, published: date, mod: int | None, weekday: int | None) -> date | None:
    """The day of a date without a year: with "last" the nearest before publication, with "next" the nearest after,
    with "this" the nearest at all; else the nearest on or before it, unless a weekday told beside it speaks for another
    within a month."""
    around = [d for y in (-2, -1, 0, 1, 2, -4, -3) if (d := make(published.year + y, month, day))]
    if not around:
        return None
    before = [d for d in around if d <= published]
    after = [d for d in around if d > published]
    if mod is not None and mod > 0:
        return min(after, default=None)
    if mod == 0:
        return min(around, key=lambda d: abs((d - published).days))
    if mod is not None:
        return max((d for d in before if d < published), default=None)
    best = max(before, default=None)
    if weekday is not None and best is not None and best.weekday() != weekday:
        near = [d for d in after if d.weekday() == weekday and (d - published).days <= 31]
        if near:
            return min(near)
    return best


def infer_month(month: int, published: date, mod: int | None) -> Days | None:
    """All days of a month without a year: the latest that began by publication; "last": before this month."""
    year = published.year
    if mod is not None and mod > 0:
        year += month <= published.month
    elif mod == 0:
        year = min((year - 1, year, year + 1), key=lambda y: abs((date(y, month, 15) - published).days))
    elif mod is not None:
        year -= month >= published.month
    else:
        year -= month > published.month
    return month_days(year, month)


def part_of(days: Days, part: str, *, length: int) -> Days:
    """The start, middle or end of a month (ten days, its middle day), or the first or last month of a year."""
    first, last = days
    if first is None or last is None:
        return days
    if length > 31:
        months = {"start": (first.month, first.month), "mid": (6, 7), "end": (12, 12)}[part]
        return Days(month_days(first.year, months[0]).first, month_days(first.year, months[1]).last)
    if length < 28:
        return {
            "start": Days(first, first + 2 * DAY),
            "mid": Days(first + 2 * DAY, first + 4 * DAY),
            "end": Days(last - 2 * DAY, last),
        }[part]
    if part == "mid":
        return Days(first.replace(day=15), first.replace(day=15))
    return Days(first, first.replace(day=10)) if part == "start" else Days(first.replace(day=21), last)


def hijri_days(year: int, month: int, day: int | None) -> Days | None:
    """A day or a month of the Hijri calendar (Umm al-Qura) in Gregorian days; None outside 1343–1500 AH."""
    from hijridate import Hijri

    try:
        if day is not None:
            found = Hijri(year, month, day).to_gregorian()
            return Days(date(found.year, found.month, found.day), date(found.year, found.month, found.day))
        first = Hijri(year, month, 1)
        a, b = first.to_gregorian(), Hijri(year, month, first.month_length()).to_gregorian()
        return Days(date(a.year, a.month, a.day), date(b.year, b.month, b.day))
    except (ValueError, OverflowError):
        return None


def hijri_year(month: int, day: int | None, published: date) -> int | None:
    """The Hijri year of a date without one: the nearest on or before publication."""
    from hijridate import Gregorian

    try:
        now = Gregorian(published.year, published.month, published.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return now.year if (month, day or 1) <= (now.month, now.day) else now.year - 1
