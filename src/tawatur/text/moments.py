"""Times of publication as inputs write them: ISO 8601 and its relatives, mail dates, a day with its month's name."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from tawatur.text.normal import fold
from tawatur.text.posts import day_in

_ISO = re.compile(
    r"\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.I,
)
_UNIX = re.compile(r"\s*(\d{10})(?:\d{3})?\s*\Z")


def moment_of(text: str) -> datetime | None:
    """The moment that ``text`` gives, with its UTC offset where it has one; None where it gives no hour."""
    found = _ISO.match(fold(text).upper())
    if found and found.group(4):
        try:
            base = datetime(*(int(found.group(n)) for n in (1, 2, 3, 4, 5)))  # type: ignore[arg-type]
        except ValueError:
            return None
        zone = found.group(7) or ""
        return datetime.fromisoformat(base.isoformat() + _zone(zone)) if zone else base
    try:
        return parsedate_to_datetime(text) if "," in text and ":" in text else None
    except (ValueError, TypeError, IndexError):
        return None


def _zone(zone: str) -> str:
    if zone == "Z":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 14 or int(digits[2:]) > 59:
        return ""
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def day_of(text: str) -> date | None:
    """The day that ``text`` gives, at the offset that it is written in; None where it gives none."""
    moment = moment_of(text)
    if moment is not None:
        return moment.date()
    found = _ISO.match(fold(text))
    if found:
        try:
            return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
        except ValueError:
            return None
    unix = _UNIX.match(text)
    if unix:
        return date(1970, 1, 1) + timedelta(seconds=int(unix.group(1)))
    return day_in(text)


def offset_of(text: str) -> timedelta | None:
    """The UTC offset that ``text`` is written in, None for UTC itself or where none is given: a server that says
    UTC tells nothing of its readers' clocks."""
    moment = moment_of(text)
    offset = moment.utcoffset() if moment is not None else None
    return offset or None
