"""Made records for the scorer's tests."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def strike(place: str, **other: Any) -> Row:
    """A rocket strike on a place, told by a source that an agency names."""
    row: Row = {
        "kind": "event",
        "type": "strike.rocket",
        "status": "happened",
        "anchor": "shelled",
        "actor": "the brigade",
        "target": None,
        "place": place,
        "time": "Sunday",
        "date": ["2024-03-03", "2024-03-03"],
        "weapons": [],
        "numbers": [],
        "outcome": None,
        "source": ["the agency", "a local official"],
        "cue": "said",
    }
    return {**row, **other}


def threat(speaker: str, **other: Any) -> Row:
    """A threat in the speaker's own name."""
    own = {"kind": "statement", "type": "threat", "anchor": "warned", "actor": speaker, "source": [speaker]}
    return {**strike(""), **own, **other}


def gold(*documents: list[Row]) -> list[Row]:
    """A gold set of documents d0, d1, ..."""
    return [{"doc": f"d{n}", "records": records} for n, records in enumerate(documents)]


def predicted(*documents: list[Row]) -> dict[str, list[Row]]:
    """Predictions on d0, d1, ...; a document without any has no line."""
    return {f"d{n}": records for n, records in enumerate(documents) if records}
