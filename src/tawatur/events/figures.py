"""Figures against the record: totals, changes of rate and "for the first time" worked out again from what the collection
holds over the same span and scope. A verdict speaks of this collection, never of what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from tawatur.events.coverage import Coverage
from tawatur.events.scope import Item, Scope, under
from tawatur.events.stated import Claim

Verdict = Literal["agrees", "differs", "undecided"]
Counting = Literal["all", "corroborated", "both", ""]
ENOUGH = 0.8
"""A span is judged where at least this share of its days has a document."""
TOLERANCE = 2.5
"""Percentage points by which a worked-out change may differ from a stated one: figures like 45 are rounded to fives."""

ROUNDED = 0.1
"""The share by which a count may differ from one told as "about" so many."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the collection holds over one span: events, those of them with two or more independent origins, those that may
    belong to it, and the share of days with a document."""

    first: date
    last: date
    events: tuple[str, ...]
    corroborated: tuple[str, ...]
    maybe: tuple[str, ...]
    days: int
    covered: int

    @property
    def share(self) -> float:
        return self.covered / self.days


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure beside what the collection holds. ``value`` is what is worked out with all events, ``value_corroborated``
    without those of a single origin (a count; for a change, percent; None where it cannot be worked out). ``counting``
    says by which of the two a stated figure agrees; ``difference`` is worked out minus stated, 0 within the bounds;
    ``reason`` is one of the codes ``within, beyond, coverage, maybe, unvouched, no-span, no-party, no-place, no-base, two-spans, earlier, none-earlier``;
    ``two-spans`` where the words mean one of two spans and the verdict hangs on which."""

    claim: Claim
    verdict: Verdict
    reason: str
    counting: Counting = ""
    span: Held | None = None
    base: Held | None = None
    value: float | None = None
    value_corroborated: float | None = None
    difference: float | None = None


def held(items: Sequence[Item], scope: Scope, coverage: Coverage) -> Held:
    """What the collection holds under ``scope``, whose two days must be known (``ValueError``)."""
    if scope.first is None or scope.last is None:
        raise ValueError("a scope without days holds no span")
    found, perhaps = under([i for i in items if not i.denied], scope)
    return Held(
        scope.first,
        scope.last,
        tuple(i.event for i in found),
        tuple(i.event for i in found if len(i.origins) > 1),
        tuple(i.event for i in perhaps),
        (scope.last - scope.first).days + 1,
        coverage.covered(scope.first, scope.last),
    )


def judge(claim: Claim, items: Sequence[Item], coverage: Coverage) -> Judged | None:
    """``claim`` against the record; None where it is no figure that events can be counted for."""
    if claim.of == "first":
        return _first_time(claim, items, coverage)
    if claim.of not in ("attacks", "percent"):
        return None
    if claim.scope.first is None or claim.scope.last is None:
        return Judged(claim, "undecided", "no-span")
    if not (claim.scope.actors or claim.scope.targets):
        # "attacks in Syria" of a report on one war would count those of every war
        return Judged(claim, "undecided", "no-party")
    if not claim.scope.countries and claim.scope.spot is None:
        # what a sentence leaves out, its report takes for granted: it is no count of the whole world
        return Judged(claim, "undecided", "no-place")
    work_out = _total if claim.of == "attacks" else _change
    judged = work_out(claim, items, coverage)
    if claim.other is not None and judged.verdict != "undecided":
        first, last = claim.other
        other = work_out(replace(claim, scope=replace(claim.scope, first=first, last=last)), items, coverage)
        if other.verdict != judged.verdict:
            return replace(judged, verdict="undecided", reason="two-spans", counting="")
    return judged


def _total(claim: Claim, items: Sequence[Item], coverage: Coverage) -> Judged:
    span = held(items, claim.scope, coverage)
    count, firm = float(len(span.events)), float(len(span.corroborated))
    by = _agrees(claim, count), _agrees(claim, firm)
    judged = Judged(claim, "agrees", "within", _counting(by), span, None, count, firm, 0.0)
    gap = _gap(claim, count)
    # more than stated is more however few days are covered, but only what somebody vouches for can say so, or that it
    # agrees: what nobody who counts tells of is often an old attack told again without its day
    vouched = _gap(claim, float(sum(bool(i.origins) for i in items if i.event in set(span.events))))
    if vouched > 0:
        return replace(judged, verdict="differs", reason="beyond", counting="", difference=vouched)
    if gap > 0:
        return replace(judged, verdict="undecided", reason="unvouched", counting="", difference=gap)
    if span.share < ENOUGH:
        return replace(judged, verdict="undecided", reason="coverage", counting="", difference=gap)
    if any(by):
        return (
            judged if vouched == 0 or by[1] else replace(judged, verdict="undecided", reason="unvouched", counting="")
        )
    if _gap(claim, count + len(span.maybe)) >= 0:
        return replace(judged, verdict="undecided", reason="maybe", difference=gap)
    return replace(judged, verdict="differs", reason="beyond", difference=gap)


def _change(claim: Claim, items: Sequence[Item], coverage: Coverage) -> Judged:
    span = held(items, claim.scope, coverage)
    length = timedelta(span.days)
    before = replace(claim.scope, first=span.first - length, last=span.last - length)
    base = held(items, before, coverage)
    value = _percent(len(base.events), len(span.events))
    firm = _percent(len(base.corroborated), len(span.corroborated))
    judged = Judged(claim, "undecided", "coverage", "", span, base, value, firm, _off(claim, value))
    if min(span.share, base.share) < ENOUGH:
        return judged
    if value is None:
        return replace(judged, reason="no-base")
    by = _off(claim, value) == 0.0, _off(claim, firm) == 0.0
    if any(by):
        return replace(judged, verdict="agrees", reason="within", counting=_counting(by))
    least = _percent(len(base.events) + len(base.maybe), len(span.events))
    most = _percent(len(base.events), len(span.events) + len(span.maybe))
    if least is not None and most is not None and _between(claim, least, most):
        return replace(judged, reason="maybe")
    return replace(judged, verdict="differs", reason="beyond")


def _first_time(claim: Claim, items: Sequence[Item], coverage: Coverage) -> Judged:
    first = claim.scope.first
    if first is None:
        return Judged(claim, "undecided", "no-span")
    earliest = min(coverage.published, default=first)
    before = replace(claim.scope, first=None, last=first - timedelta(1))
    found, perhaps = under([i for i in items if not i.denied], before)
    begin = min([earliest, *(i.first for i in found if i.first)])
    end = first - timedelta(1)
    days = max(0, (end - begin).days + 1)
    span = Held(
        begin, end, tuple(i.event for i in found), tuple(i.event for i in found if len(i.origins) > 1),
        tuple(i.event for i in perhaps), max(1, days), coverage.covered(begin, end) if days else 0,
    )  # fmt: skip
    if found:
        return Judged(claim, "differs", "earlier", "", span, None, float(len(found)), float(len(span.corroborated)))
    if perhaps:
        return Judged(claim, "undecided", "maybe", "", span, None, 0.0, 0.0)
    if days and span.share >= ENOUGH:
        return Judged(claim, "agrees", "none-earlier", "all", span, None, 0.0, 0.0)
    return Judged(claim, "undecided", "coverage", "", span, None, 0.0, 0.0)


def _percent(before: int, now: int) -> float | None:
    return None if before == 0 else 100.0 * (now - before) / before


def _agrees(claim: Claim, count: float) -> bool:
    return _gap(claim, count) == 0


def _gap(claim: Claim, count: float) -> float:
    """How far ``count`` lies below (negative) or above the stated bounds; 0 within :data:`ROUNDED` of a rounded one."""
    slack = ROUNDED if claim.about and claim.of == "attacks" else 0.0
    if claim.low is not None and count < claim.low * (1 - slack):
        return count - claim.low
    if claim.high is not None and count > claim.high * (1 + slack):
        return count - claim.high
    return 0.0


def _off(claim: Claim, value: float | None) -> float | None:
    """Worked out minus stated, 0 within :data:`TOLERANCE` of the bounds."""
    if value is None:
        return None
    gap = _gap(claim, value)
    return 0.0 if abs(gap) <= TOLERANCE else gap


def _between(claim: Claim, least: float, most: float) -> bool:
    low = claim.low if claim.low is not None else float("-inf")
    high = claim.high if claim.high is not None else float("inf")
    return least - TOLERANCE <= high and low <= most + TOLERANCE


def _counting(by: tuple[bool, bool]) -> Counting:
    return "both" if all(by) else "all" if by[0] else "corroborated" if by[1] else ""
