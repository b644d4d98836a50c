"""A few made-up sources tied to incidents, for tests of what is fitted and measured on coded incidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tawatur.events.told import Told
from tests.events.made import Sketch
from training.incidents import Side, pairs_of


def source(*incidents: str, text: str = "") -> dict[str, Any]:
    return {"incidents": list(incidents), "text": text}


def side(*told: tuple[str, str, str, int], wanted: tuple[tuple[str, str], ...] = ()) -> Side:
    """Records ``(record, source, incident that it tells of or "", day)``; a source is tied to what its records tell."""
    tolds: list[Told] = []
    tied: dict[str, set[str]] = {}
    for n, (key, doc, incident, day) in enumerate(told):
        made = Sketch(key, doc, at=n, day=day, published=day).told()
        tolds.append(replace(made, facts=replace(made.facts, doc=doc)))
        tied.setdefault(doc, set()).update({incident} - {""})
    incidents = {i: {"date": str(date(2021, 1, 1 + int(i[1:])))} for found in tied.values() for i in found}
    return Side(
        {doc: source(*sorted(found)) for doc, found in tied.items()},
        incidents,
        tolds,
        {key: frozenset({incident} - {""}) for key, _, incident, _ in told},
        pairs_of(wanted),
    )
