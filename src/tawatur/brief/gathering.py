"""From a collection to what a report on some days is written from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tawatur.brief.situation import Situation
from tawatur.collection.happenings import Happenings
from tawatur.collection.selecting import Stated
from tawatur.events.ledger import Entry
from tawatur.origins.parties import root_key, roots

_ANNOUNCED = ("threatened", "pledged", "denied")


def situation_of(happenings: Happenings, first: date, last: date, *, name: str = "", generated: str = "") -> Situation:
    """What ``happenings`` hold for the days ``first`` to ``last``: events that happened then; counts and figures that
    speak of those days or were published then; threats, pledges and denials of the parties that made some."""

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    stated = Stated(first, last).holds
    views = tuple(
        v
        for v in happenings.views.values()
        if v.event.first is not None and v.event.last is not None and v.event.first <= last and v.event.last >= first
    )
    itemised = tuple(happenings.itemised(stated))
    judged = tuple(happenings.judged(stated))
    beside = tuple(b for b in happenings.beside() if any(map(stated, b.claims)))
    series = tuple(s for s in happenings.series() if any(map(stated, s.claims)))
    statements = tuple(e for e in _announced(happenings, first, last) if within(e.day))
    records = {r: t.record for r, t in happenings.tolds.items()}
    return Situation(
        name,
        first,
        last,
        views,
        itemised,
        beside,
        series,
        judged,
        statements,
        happenings.coverage,
        happenings.facts,
        records,
        generated,
    )


def _announced(happenings: Happenings, first: date, last: date) -> Iterable[Entry]:
    """The announcements of every party that announced something in these days, each party once."""
    speaking: dict[str, str] = {}
    for told in happenings.tolds.values():
        record, day = told.record, told.facts.published
        if record.kind != "statement" and record.status not in ("denied", "threatened"):
            continue
        if day is None or not first <= day <= last:
            continue
        party = record.actor if record.kind == "statement" else (record.source[-1] if record.source else None)
        if party is not None and party.entity:
            speaking.setdefault(root_key(roots(party.entity)), party.entity)
    seen: set[str] = set()
    for _, party_id in sorted(speaking.items()):
        for entry in happenings.ledger(party_id):
            if entry.said in _ANNOUNCED and entry.record.id not in seen:
                seen.update(t.record.id for t in entry.tellings)
                yield entry
