"""A situation from texts of our own: read, joined to events, graded and checked, as a collection does it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from tawatur.events.build import events
from tawatur.events.checks import itemise, side_by_side, totals_over_time
from tawatur.events.coverage import Coverage
from tawatur.events.facets import is_event
from tawatur.events.figures import judge
from tawatur.events.ledger import ledger
from tawatur.events.scope import Item
from tawatur.events.stated import Telling, claims
from tawatur.events.told import Facts, Told
from tawatur.origins.descent import by_copy
from tawatur.origins.dossier import dossier
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import paper_of
from tawatur.origins.origin import origin_of
from tawatur.origins.situation import Situation
from tawatur.origins.view import EventView
from tawatur.pipeline import extract
from tawatur.text.documents import from_text

MONTH = Path(__file__).parent.parent / "planted" / "month.jsonl"


def situation(reports: Iterable[Mapping[str, str]], first: date, last: date, parties: Iterable[str] = ()) -> Situation:
    """What a collection of ``reports`` (outlet, published, title, text) holds for some days."""
    told: list[Told] = []
    facts: dict[str, Facts] = {}
    index = LineageIndex()
    for report in reports:
        found = extract(
            from_text(
                f"{report['title']}\n{report['text']}", title=report["title"], published=report["published"],
                outlet=report["outlet"],
            )
        )  # fmt: skip
        d = found.document
        one = facts[d.id] = Facts(d.id, d.published.value, d.outlet, d.url, d.title, d.language, d.forwards, d.text)
        index.add(paper_of(one, d))
        told += [Told(one, r) for r in found.records]
    lineages = by_copy(index.lineages())
    of = {t.key: t for t in told}
    denials = [t for t in told if t.record.kind == "statement" and t.record.type == "denial"]
    views = []
    for event in events(t for t in told if is_event(t.record)):
        members = [of[k] for k in event.members]
        views.append(EventView.of(event, members, dossier(members, lineages, facts, denials)))
    items = [_item(v) for v in views]
    coverage = Coverage.of(f.published for f in facts.values())
    tellings = [_telling(t) for t in told]
    stated = claims(t for t in tellings if t.record.kind in ("aggregate", "statistic", "event"))
    event_of = {k: v.event.id for v in views for k in v.event.members}
    said = [e for p in parties for e in ledger(p, tellings, event_of, items, coverage)]
    return Situation(
        "planted", first, last,
        tuple(v for v in views if v.event.first is None or (v.event.first <= last and (v.event.last or last) >= first)),
        tuple(i for c in stated if (i := itemise(c, items)) is not None),
        tuple(side_by_side(stated)),
        tuple(totals_over_time(stated)),
        tuple(j for c in stated if (j := judge(c, items, coverage)) is not None),
        tuple(e for e in said if e.said in ("threatened", "pledged", "denied")),
        coverage, facts, {t.key: t.record for t in told}, "tawatur, 1 April 2031",
    )  # fmt: skip


def _item(view: EventView) -> Item:
    records = [t.record for t in view.tolds]
    tellers = [a for a in view.accounts if a.counts and a.position in ("claims", "confirms", "reports")]
    return Item(
        view.event.id, view.event.first, view.event.last, view.event.window_basis == "inferred",
        tuple(dict.fromkeys(p for p in (view.event.place, *(r.place for r in records)) if p is not None)),
        frozenset(r.type for r in records),
        frozenset(r.actor.entity for r in records if r.actor and r.actor.entity),
        frozenset(r.target.entity for r in records if r.target and r.target.entity),
        frozenset(a.origin.key for a in tellers), view.event.members, view.grade.grade == "denied",
    )  # fmt: skip


def _telling(told: Told) -> Telling:
    origin = origin_of(told)
    return Telling(told.record, origin.key if origin.counts else "", origin.label.en, told.facts.published)


@cache
def month() -> Situation:
    """The planted month."""
    reports = [json.loads(line) for line in MONTH.read_text(encoding="utf-8").splitlines()]
    return situation(reports, date(2031, 3, 1), date(2031, 3, 31), ("iri", "us", "iq-smc"))
