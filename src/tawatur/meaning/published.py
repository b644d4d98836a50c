"""The publication day of a document that came without one, inferred from the document itself.

Evidence in this order: embedded posts that bear a day, a dateline, a weekday beside a whole date. What the text calls
"today, Saturday" is laid over it: a post is often a day older than the report that shows it. Where the evidence
contradicts itself the day stays unknown and an issue says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tawatur.meaning import calendar as cal
from tawatur.meaning.dates import TimeExpression, find_times
from tawatur.meaning.timewords import time_word
from tawatur.model import Document, Issue, Part, Published, PublishedBasis, Span
from tawatur.text.tokens import Token, tokenize

_FIRST_LINES = 3
_DATELINE_TOKENS = 14  # a dateline stands within so many tokens of the start of a line
_DASHES = frozenset(["-", "–", "—", ":", "|"])
_WEEK = 6


def infer_published(document: Document, tokens: Sequence[Token]) -> Document:
    """``document`` with ``published`` filled where the input gave none, and issues where evidence is at odds.

    A known day is left alone. ``tokens`` are those of ``document.text``."""
    if document.published.value is not None:
        return document
    outside = _outside(tokens, document.parts)
    times = find_times(document.text, outside, None)
    todays = _weekdays_of_today(outside)
    found: Published | None = None
    issues: list[Issue] = []
    for basis, day, span in _evidence(document, times, outside):
        fitted = _fit(day, todays)
        if fitted is None:
            issues.append(
                Issue(
                    "published-conflict", f"{basis} says {day.isoformat()}, the text calls today another weekday", span
                )
            )
            continue
        found = Published(fitted, basis, found.text if found else "", span)
        break
    if found is None and not issues and len({w for w, _ in todays}) > 1:
        issues.append(Issue("published-conflict", "the text calls today by two weekdays", todays[0][1](document)))
    if found is None:
        issues.append(Issue("published-unknown", "no publication day: relative days stay unresolved"))
        return replace(document, issues=(*document.issues, *issues))
    rest = _contradiction(found, document, times, outside, todays)
    if rest is not None:
        return replace(document, issues=(*document.issues, rest))
    return replace(document, published=found, issues=(*document.issues, *issues))


def _outside(tokens: Sequence[Token], parts: Sequence[Part]) -> list[Token]:
    """The tokens outside of embedded posts and furniture, which say nothing of this report's today."""
    silent = [p for p in parts if p.kind in ("post", "furniture")]
    if not silent:
        return list(tokens)
    starts = [p.start for p in silent]
    out = []
    for t in tokens:
        at = bisect_right(starts, t.start) - 1
        if at < 0 or t.start >= silent[at].end:
            out.append(t)
    return out


class _At:
    """The span of a token range, made when an issue needs it."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    def __call__(self, document: Document) -> Span:
        return document.span(self.start, self.end)


def _weekdays_of_today(tokens: Sequence[Token]) -> list[tuple[int, _At]]:
    """The weekdays that the text gives to "today" ("اليوم السبت", "today, Saturday", "today (Monday)")."""
    out: list[tuple[int, _At]] = []
    for i, t in enumerate(tokens):
        w = time_word(t.norm) if t.script != "mark" else None
        if w is None or (w.kind != "today" and not (w.kind == "yom" and w.definite)):
            continue
        k = i + 1
        if k < len(tokens) and tokens[k].norm in (",", "("):
            k += 1
        day = time_word(tokens[k].norm) if k < len(tokens) else None
        if day is not None and day.kind == "weekday":
            out.append((int(day.value), _At(t.start, tokens[k].end)))
    return out


def _evidence(
    document: Document, times: Sequence[TimeExpression], tokens: Sequence[Token]
) -> list[tuple[PublishedBasis, date, Span]]:
    """Days that may be the day of publication, strongest first."""
    out: list[tuple[PublishedBasis, date, Span]] = []
    posts = [p for p in document.parts if p.kind == "post" and p.date is not None]
    if posts:
        latest = max(posts, key=lambda p: p.date or date.min)
        if latest.date is not None:
            out.append(("post", latest.date, _signature(document, latest, latest.date)))
    for t in times:
        if t.first is None or t.first != t.last or t.basis != "absolute" or t.kind != "day":
            continue
        if _is_dateline(document.text, tokens, t):
            out.append(("dateline", t.first, document.span(t.start, t.end)))
        elif t.weekday is not None and t.first.weekday() == t.weekday and _says_today(document.text, t):
            out.append(("weekday", t.first, document.span(t.start, t.end)))
    return out


def _signature(document: Document, post: Part, day: date) -> Span:
    """The words of a post that give its day, else the post."""
    tokens = tokenize(document.text[post.start : post.end])
    for t in find_times(document.text[post.start : post.end], tokens, None):
        if t.first == day:
            return document.span(post.start + t.start, post.start + t.end)
    return document.span(post.start, post.end)


def _says_today(text: str, time: TimeExpression) -> bool:
    words = text[time.start : time.end].split()
    w = time_word(words[0].strip("،,")) if words else None
    return len(words) > 1 and (w is not None and w.kind in ("today", "weekday"))


def _is_dateline(text: str, tokens: Sequence[Token], time: TimeExpression) -> bool:
    """Whether a day opens a line after no more than a name, and a dash follows: "BAGHDAD, Dec. 9, 2023 (Reuters) -"; or
    closes one of the first lines behind a name and a comma: "By the Ledger staff, December 9, 2023"."""
    line = text.rfind("\n", 0, time.start) + 1
    most = _DATELINE_TOKENS // 2
    before = [t for t in tokens[max(0, time.i - most - 1) : time.i] if line <= t.start]
    after = tokens[time.j : time.j + 6]
    if len(before) > most or "." in (t.norm for t in before):
        return False
    dash_before = bool(before) and before[-1].norm in _DASHES
    dash_after = (
        any(t.norm in _DASHES for t in after) and "\n" not in text[time.end : after[0].start if after else time.end]
    )
    alone = not before and (not after or "\n" in text[time.end : after[0].start])
    return dash_before or dash_after or alone or _signs(text, before, after, time)


def _signs(text: str, before: Sequence[Token], after: Sequence[Token], time: TimeExpression) -> bool:
    """Whether a day ends one of the first lines, set off from the name before it (a weekday may stand between)."""
    ends = not after or "\n" in text[time.end : after[0].start]
    if not ends or text.count("\n", 0, time.start) >= _FIRST_LINES:
        return False
    words = list(before)
    if words and (w := time_word(words[-1].norm)) is not None and w.kind == "weekday":
        words.pop()
    return bool(words) and (words[-1].norm in _DASHES or words[-1].norm in ("،", ",", "|"))


def _fit(day: date, todays: Sequence[tuple[int, _At]]) -> date | None:
    """``day``, or the first day within the six after it that bears the weekday of "today"; None where "today" bears
    two weekdays of which neither is that of ``day``."""
    weekdays = {w for w, _ in todays}
    if not weekdays or day.weekday() in weekdays:
        return day
    if len(weekdays) > 1:
        return None
    (weekday,) = weekdays
    moved = cal.shift(day, (weekday - day.weekday()) % 7)
    return moved if moved is not None and (moved - day).days <= _WEEK else None


def _contradiction(
    found: Published,
    document: Document,
    times: Sequence[TimeExpression],
    tokens: Sequence[Token],
    todays: Sequence[tuple[int, _At]],
) -> Issue | None:
    """A second piece of evidence that cannot be the same day: a dateline before the post that the report shows."""
    value = found.value
    if value is None:
        return None
    if len({w for w, _ in todays}) > 1:
        return Issue("published-conflict", "the text calls today by two weekdays", todays[0][1](document))
    for basis, day, span in _evidence(document, times, tokens):
        if basis != found.basis and basis in ("dateline", "weekday") and not 0 <= abs((day - value).days) <= _WEEK:
            return Issue(
                "published-conflict", f"{found.basis} says {value.isoformat()}, {basis} {day.isoformat()}", span
            )
    return None
