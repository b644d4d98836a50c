"""A record as the line of JSON that the scorer, the store and every outside program read (docs/record.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tawatur.model import Candidate, Label, Number, Party, Place, Record, Span, When

SCHEMA = 1


def line(value: Mapping[str, Any]) -> str:
    """One line of JSON; escaped throughout where a half surrogate pair would not survive UTF-8."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    return text + "\n"


def record_line(record: Record) -> dict[str, Any]:
    """``record`` as a JSON object, ``schema`` 1: spans as ``{start, end, text}``, what is not told as null or an empty list."""
    return {
        "schema": SCHEMA,
        "id": record.id,
        "doc": record.doc,
        "kind": record.kind,
        "type": record.type,
        "status": record.status,
        "anchor": span(record.anchor),
        "actor": _party(record.actor),
        "target": _party(record.target),
        "place": _place(record.place),
        "time": _time(record.time),
        "date": _date(record.time),
        "weapons": [_span(w.span) | {"category": w.category} for w in record.weapons],
        "numbers": [_number(n) for n in record.numbers],
        "outcome": record.outcome,
        "source": [_party(p) for p in record.source],
        "cue": span(record.cue),
        "standing": record.standing,
        "content": _span(record.content) | {"mode": record.mode} if record.content else None,
        "reason": span(record.reason),
        "extent": record.extent,
        "evidence": span(record.evidence),
        "confidence": round(record.confidence, 4),
        "reader": record.reader,
        "gloss": label(record.gloss),
    }


def span(value: Span | None) -> dict[str, Any] | None:
    """A span as an object, or null."""
    return _span(value) if value else None


def _span(value: Span) -> dict[str, Any]:
    return {"start": value.start, "end": value.end, "text": value.text}


def label(value: Label) -> dict[str, str | None]:
    """A label; a language without a name is null."""
    return {"en": value.en or None, "ar": value.ar or None}


def _party(party: Party | None) -> dict[str, Any] | None:
    if party is None:
        return None
    return _span(party.span) | {
        "entity": party.entity,
        "label": label(party.label),
        "kind": party.kind,
        "role": span(party.role),
        "affiliation": span(party.affiliation),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return _span(place.span) | {
        "place_id": place.place_id,
        "label": label(place.label),
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country or None,
        "admin1": place.admin1 or None,
        "precision": place.precision,
        "feature": place.feature or None,
        "candidates": [_candidate(c) for c in place.candidates],
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "place_id": candidate.place_id,
        "label": label(candidate.label),
        "lat": candidate.lat,
        "lon": candidate.lon,
        "country": candidate.country or None,
        "feature": candidate.feature or None,
        "score": round(candidate.score, 4),
    }


def _time(time: When | None) -> dict[str, Any] | None:
    """The words that give the time with what is known of them; a day that was carried over has no words, and says so."""
    if time is None:
        return None
    words = _span(time.span) if time.span else {"start": None, "end": None, "text": None}
    return words | {
        "precision": time.precision,
        "calendar": time.calendar,
        "basis": time.basis or None,
    }


def _date(time: When | None) -> list[str | None] | None:
    if time is None or (time.first is None and time.last is None):
        return None
    return [time.first.isoformat() if time.first else None, time.last.isoformat() if time.last else None]


def _number(number: Number) -> dict[str, Any]:
    return {"of": number.of, "low": _whole(number.low), "high": _whole(number.high)} | _span(number.span)


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
