"""The times of a whole document: inside an embedded or saved post, days are counted from the post's own day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tawatur.meaning.dates import TimeExpression, find_times
from tawatur.model import Document, Issue
from tawatur.text.tokens import Token


def document_times(document: Document, tokens: Sequence[Token]) -> list[TimeExpression]:
    """Every time of the document in order. "Today" in a post that is signed with a day is that day, whatever day
    the page around it was published or saved."""
    found = find_times(document.text, tokens, document.published.value)
    starts: list[int] | None = None
    for part in document.parts:
        if part.kind != "post" or part.date is None or part.date == document.published.value:
            continue
        starts = starts or [t.start for t in tokens]
        i, j = bisect_left(starts, part.start), bisect_left(starts, part.end)
        own = find_times(document.text, tokens[i:j], part.date)
        found = [t for t in found if not (i <= t.i and t.j <= j)]
        found += [replace(t, i=t.i + i, j=t.j + i) for t in own]
    return sorted(found, key=lambda t: t.i)


def post_conflicts(document: Document) -> list[Issue]:
    """A post signed with a later day than its page's, or with one a month and more before it: one of the two is wrong,
    or the page tells of old things. Told, not settled."""
    day = document.published.value
    out = []
    for part in document.parts:
        if part.kind == "post" and part.date is not None and day is not None and not -1 <= (day - part.date).days <= 30:
            span = document.span(part.start, part.end) if part.end > part.start else None
            out.append(
                Issue("post-day", f"a post of {part.date.isoformat()} in a report published on {day.isoformat()}", span)
            )
    return out
