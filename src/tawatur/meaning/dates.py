"""Times as written, Arabic and English: the words, the days meant, and how sure.

Days are counted from the publication day by the codebook's rules 6, 17, 24, 27 and 29: weeks run from Sunday to
Saturday, "last Friday" is the one before today, "since October" from its first day, a month is all its days, "recently"
tells no day. Where no publication day is known only whole dates are resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tawatur.meaning.dates_arabic import ArabicTimes
from tawatur.meaning.dates_english import EnglishTimes
from tawatur.meaning.timescan import Hit, Scan, Style, TimeKind
from tawatur.meaning.timespans import precision_of
from tawatur.meaning.timewords import time_word
from tawatur.model import Issue, Span
from tawatur.text.tokens import Token, tokenize

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as written: tokens ``[i, j)``, offsets ``[start, end)``, the days meant (both ends included, None where an
    end is not told or not known), ``precision`` 1 the day, 2 the week, 3 the month or wider. ``basis``: ``absolute``,
    ``inferred year``, ``no year``, ``relative``, ``weekday``, ``count`` or ``event``. ``kind``: ``since`` runs up to
    the publication day or a day told; ``vague`` tells none ("recently"); ``count`` is a counted day ("the 80th day").
    ``weekday`` (0 Monday) where one is named."""

    i: int
    j: int
    start: int
    end: int
    first: date | None
    last: date | None
    precision: Literal[1, 2, 3] | None
    calendar: str
    basis: str
    kind: TimeKind
    weekday: int | None = None


def find_times(
    text: str, tokens: Sequence[Token], published: date | None, style: Style = "codebook"
) -> list[TimeExpression]:
    """The times of ``tokens`` in order, none over another. ``style`` "calendar" reads general language: weeks from
    Monday, a bare "after two weeks" from the reference day, decades, bare days of the month."""
    if published is not None and not 1000 <= published.year <= 9000:
        published = None  # no report is of then; counting from the ends of the calendar would run out of it
    arabic: ArabicTimes
    if style == "calendar":
        from tawatur.meaning.dates_general import GeneralTimes

        arabic = GeneralTimes(text, tokens, published, style)
    else:
        arabic = ArabicTimes(text, tokens, published, style)
    english = EnglishTimes(text, tokens, published, style)
    out: list[TimeExpression] = []
    i, n, floor = 0, len(tokens), 0
    last: date | None = None
    while i < n:
        t = tokens[i]
        hit: Hit | None = None
        if t.script == "number":
            hit = arabic.number(i) or english.number(i)
        elif t.script != "mark" and time_word(t.norm) is not None:
            reader = english if t.script == "latin" else arabic
            reader.last_day = last
            hit = reader.at(i)
            last = reader.last_day
        if hit is None or hit.j <= i:
            i += 1
            continue
        out.append(_expression(arabic, hit, max(hit.i, floor)))
        last = hit.days.first or last
        i = floor = hit.j
    return out


def _expression(scan: Scan, hit: Hit, i: int) -> TimeExpression:
    first, last = hit.days
    precision = hit.precision if first is not None or last is not None else None
    if precision is not None and first is not None and last is not None:
        precision = precision_of(hit.days)
    return TimeExpression(
        i, hit.j, scan.start(i), scan.tokens[hit.j - 1].end, first, last, precision, hit.calendar, hit.basis, hit.kind, hit.weekday
    )  # fmt: skip


def conflicts(text: str, times: Sequence[TimeExpression], published: date | None) -> list[Issue]:
    """What the times of a document say against each other or against its publication day: a weekday that the date told
    beside it is not, and a weekday told beside "today" that the publication day is not (the weekday is taken)."""
    out: list[Issue] = []
    for t in times:
        if t.weekday is None or t.first is None or t.kind not in ("day", "since"):
            continue
        span = Span(t.start, t.end, text[t.start : t.end])
        if t.basis in ("absolute", "inferred year") and t.first.weekday() != t.weekday:
            out.append(
                Issue(
                    "date-weekday",
                    f"{t.first.isoformat()} is a {_DAYS[t.first.weekday()]}, not a {_DAYS[t.weekday]}",
                    span,
                )
            )
        elif t.basis == "weekday" and published is not None and t.first != published and _names_today(span.text):
            out.append(
                Issue(
                    "published-weekday", f"today is called {_DAYS[t.weekday]}, published {published.isoformat()}", span
                )
            )
    return out


def _names_today(words: str) -> bool:
    """Whether the words of a time hold "today"."""
    return any((w := time_word(t.norm)) is not None and w.kind == "today" for t in tokenize(words))
