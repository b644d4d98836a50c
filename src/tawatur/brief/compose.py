"""The draft of a report from a situation: which parts it has, in which order, and what proves each sentence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tawatur.brief.announced import announced
from tawatur.brief.draft import Annex, Draft, Row, noted
from tawatur.brief.happened import happened, main_events
from tawatur.brief.situation import Situation
from tawatur.brief.stated import held_against, main_figures
from tawatur.export.chart import chart_of
from tawatur.export.names import Lang, pick, span_days, word
from tawatur.model import Record
from tawatur.origins.grades import GRADES, NAMES
from tawatur.origins.origin import independent
from tawatur.records.gloss_counts import arabic as counted_ar
from tawatur.records.gloss_tables import Bounds, clean, isolate

LONG = 20
"""Sentences from which a report begins with its main points."""


def compose(situation: Situation, lang: Lang) -> Draft:
    """The report of ``situation`` in one language."""
    annex = Annex()
    sections = [
        happened(situation, lang, annex),
        *held_against(situation, lang, annex),
        announced(situation, lang, annex),
    ]
    shown = tuple(s for s in sections if s.sentences or s.groups)
    draft = Draft(
        lang,
        f"{word('title', lang)}: {_days(situation, lang)}",
        word("scope", lang, name=isolate(clean(situation.name), lang), generated=isolate(situation.generated, lang)),
        _how(situation, lang),
        tuple((pick(NAMES[g], lang), word(f"grade_{g}", lang)) for g in GRADES),
        _numbers(situation, lang),
        shown,
        chart_of(situation.events, situation.coverage, situation.first, situation.last),
        annex.groups,
    )
    if sum(1 for _ in draft.sentences()) > LONG:
        draft = replace(draft, main=(*main_figures(situation, lang), *main_events(situation, lang)))
    records: dict[str, Record] = {k: r for v in situation.events for k, r in v.records.items()} | dict(
        situation.records
    )
    documents = {k: f for v in situation.events for k, f in v.facts.items()} | dict(situation.documents)
    notes, numbered = noted(draft.sentences(), records, documents)
    return replace(draft, notes=notes, numbered=numbered)


def _days(situation: Situation, lang: Lang) -> str:
    said = span_days(situation.first, situation.last, lang)
    return re.sub(r"^(?:on|in|from|في|من) ", "", said)


def _how(situation: Situation, lang: Lang) -> tuple[str, ...]:
    days = (situation.last - situation.first).days + 1
    covered = situation.coverage.covered(situation.first, situation.last)
    named: tuple[object, object] = covered, days
    if lang == "ar":
        named = (
            counted_ar("day", Bounds(covered, covered), "gen")[0] if covered else "0 من الأيام",
            counted_ar("day", Bounds(days, days), "gen")[0],
        )
    return (
        word("how_1", lang), word("how_2", lang), word("how_4", lang),
        word("how_3", lang, covered=named[0], days=named[1]),
    )  # fmt: skip


def _numbers(situation: Situation, lang: Lang) -> tuple[Row, ...]:
    views = situation.events
    first, last, coverage = situation.first, situation.last, situation.coverage
    grades = Counter(v.grade.grade for v in views)
    groups = independent(o for v in views for group in v.grade.origins for o in group)
    held = sum(n for day, n in coverage.published.items() if first <= day <= last)
    days = word("of_days", lang, covered=coverage.covered(first, last), days=(last - first).days + 1)
    return (
        Row(word("events", lang), f"{len(views):,}"),
        *(Row(word("of_grade", lang, grade=pick(NAMES[g], lang)), f"{grades[g]:,}", True) for g in GRADES if grades[g]),
        Row(word("origins", lang), f"{len(groups):,}"),
        Row(word("reports_used", lang), f"{len({d for v in views for d in v.facts}):,}"),
        Row(word("reports_held", lang), f"{held:,}"),
        Row(word("days_covered", lang), days),
    )
