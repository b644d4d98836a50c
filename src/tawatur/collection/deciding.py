"""What people decided on events, as it holds for the records that count now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from tawatur.errors import InputError
from tawatur.model import Decision
from tawatur.origins.grades import GRADES, Grade
from tawatur.store.database import Transaction
from tawatur.store.decisions import in_force
from tawatur.store.eventbook import Said
from tawatur.store.moves import stand_for
from tawatur.store.repository import Store

SAME, OTHER, GRADE = "same-event", "other-event", "grade"
"""Kinds of decisions: two records tell of one happening, or of two; the grade of an event."""


def decided(store: Store, connection: Transaction) -> tuple[Decision, ...]:
    """The decisions on events that are in force, the oldest first. Where a record has another id since it was read anew,
    the decision stands on that one."""
    found = [d for d in in_force(store) if d.kind in (SAME, OTHER, GRADE)]
    named = {d.subject for d in found} | {json.loads(d.value) for d in found if d.kind != GRADE}
    moved = stand_for(connection, named)
    return tuple(_moved(d, moved) for d in found) if moved else tuple(found)


def _moved(decision: Decision, moved: dict[str, str]) -> Decision:
    value = decision.value
    if decision.kind != GRADE:
        other = json.loads(value)
        value = json.dumps(moved.get(other, other), ensure_ascii=False)
    return replace(decision, subject=moved.get(decision.subject, decision.subject), value=value)


def verdicts_of(decisions: Iterable[Decision]) -> set[Said]:
    """The verdicts among decisions."""
    return {
        ("same" if d.kind == SAME else "other", d.subject, json.loads(d.value)) for d in decisions if d.kind != GRADE
    }


def decided_grade(given: str) -> Grade:
    """A grade by its name; :class:`InputError` for another word."""
    for known in GRADES:
        if known == given.replace(" ", "_").lower():
            return known
    raise InputError(f"{given!r} is no grade", f"grades are {', '.join(GRADES)}")


def decision_line(decision: Decision) -> str:
    """A decision in one line."""
    return f"{decision.id[:12]}  {decision.at:%Y-%m-%d %H:%M}  {decision.who}: {decision.kind} {decision.subject} {decision.value} ({decision.why})"
