"""An event as a line of JSON."""

from __future__ import annotations

from typing import Any

from tawatur.export.jsonl import SCHEMA, label
from tawatur.origins.accounts import Account
from tawatur.origins.conflicts import Conflict, Value
from tawatur.origins.grades import name_of
from tawatur.origins.view import EventView


def event_line(view: EventView) -> dict[str, Any]:
    """``event`` (its id), ``docs`` (ids of the reports that tell it), ``origins`` (how many independent ones stand
    behind it), ``grade``, ``date`` (first and last day, or null), ``place``, ``type``, and all that these rest on."""
    event, graded = view.event, view.grade
    place = event.place
    return {
        "schema": SCHEMA,
        "event": event.id,
        "type": event.type,
        "date": [event.first.isoformat() if event.first else None, event.last.isoformat() if event.last else None]
        if event.first or event.last
        else None,
        "date_basis": event.window_basis,
        "place": None if place is None else label(place.label) if place.place_id else {"en": None, "ar": None},
        "place_words": place.span.text if place else None,
        "place_id": place.place_id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "country": (place.country or None) if place else None,
        "admin1": (place.admin1 or None) if place else None,
        "precision": place.precision if place else None,
        "docs": sorted(view.facts),
        "records": list(event.members),
        "grade": graded.grade,
        "grade_proposed": graded.proposed,
        "decided": {"who": graded.decided.who, "why": graded.decided.why} if graded.decided else None,
        "reasons": [label(r) for r in graded.reasons],
        "origins": len(graded.origins),
        "origin_groups": [[{"key": o.key, "name": label(name_of(o))} for o in group] for group in graded.origins],
        "accounts": [_account(a) for a in view.accounts],
        "conflicts": [_conflict(c) for c in view.conflicts],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "position": account.position,
        "origin": account.origin.key,
        "name": label(name_of(account.origin)),
        "counts": account.counts,
        "doc": account.doc,
        "record": account.record,
        "published": account.published.isoformat() if account.published else None,
        "outlet": account.outlet.id or None,
        "words": {"start": account.words.start, "end": account.words.end, "text": account.words.text},
        "chain": [label(x) for x in account.chain],
        "copy_of": account.copy_of or None,
        "against_interest": account.against_interest,
        "replaced_by": account.replaced_by or None,
    }


def _conflict(found: Conflict) -> dict[str, Any]:
    ends = {"lowest": found.lowest, "highest": found.highest, "conservative": found.conservative}
    return {
        "field": found.field,
        "of": found.of or None,
        "values": [_value(v) for v in found.values],
        **{key: None if end is None else [end.low, end.high] for key, end in ends.items()},
    }


def _value(one: Value) -> dict[str, Any]:
    return {
        "value": label(one.label),
        "low": one.low,
        "high": one.high,
        "origins": [o.key for o in one.origins],
        "records": list(one.records),
    }
