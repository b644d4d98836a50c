"""Days in words; a stretch that is a whole month or year of the calendar is said by its name."""

from __future__ import annotations

from datetime import date, timedelta

from tawatur.records.gloss_tables import keyed


def calendar_month(first: date, last: date) -> bool:
    """Whether ``[first, last]`` is exactly one month."""
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends_month(last)


def calendar_year(first: date, last: date) -> bool:
    """Whether ``[first, last]`` is exactly one year."""
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def english_day(value: date) -> str:
    """A day in words: "8 December 2023"."""
    return f"{value.day} {keyed('gloss_months', 'month')[str(value.month)]['en']} {value.year}"


def english_days(first: date | None, last: date | None) -> str:
    """A stretch of days in words; at least one end must be told."""
    if first is None:
        return f"until {english_day(last)}" if last else ""
    if last is None:
        return f"from {english_day(first)} on"
    if first == last:
        return f"on {english_day(first)}"
    if calendar_year(first, last):
        return f"in {first.year}"
    if calendar_month(first, last):
        return f"in {keyed('gloss_months', 'month')[str(first.month)]['en']} {first.year}"
    return f"between {english_day(first)} and {english_day(last)}"


def arabic_day(value: date) -> str:
    """A day in words, the month by both of its Arabic names."""
    return f"{value.day} {keyed('gloss_months', 'month')[str(value.month)]['ar']} {value.year}"


def arabic_days(first: date | None, last: date | None) -> str:
    """A stretch of days in words; at least one end must be told."""
    if first is None:
        return f"حتى {arabic_day(last)}" if last else ""
    if last is None:
        return f"منذ {arabic_day(first)}"
    if first == last:
        return f"في {arabic_day(first)}"
    if calendar_year(first, last):
        return f"في عام {first.year}"
    if calendar_month(first, last):
        return f"في شهر {keyed('gloss_months', 'month')[str(first.month)]['ar']} {first.year}"
    return f"بين {arabic_day(first)} و{arabic_day(last)}"
