"""The draft of a report from a situation: which sentences it has, in which order, and what proves each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tawatur.brief.areas import by_country
from tawatur.brief.draft import Draft, Group, Row, Section, Sentence, noted
from tawatur.brief.situation import Situation
from tawatur.events.ledger import Entry
from tawatur.export import say_ar, say_en, stated_ar, stated_en
from tawatur.export.chart import chart_of
from tawatur.export.gist import gist_of
from tawatur.export.names import Lang, pick, span_days, word
from tawatur.export.stated import Check, checks, held_events
from tawatur.model import Record
from tawatur.origins.grades import GRADES, NAMES
from tawatur.origins.origin import independent
from tawatur.origins.view import EventView
from tawatur.records.gloss_counts import arabic as counted_ar
from tawatur.records.gloss_tables import Bounds, clean, isolate

LEAD = 8
"""Events of one area that are told in the body; the others stand in the annex."""
COUNTS = 12
"""Counts that are told in the body."""
_TELLINGS = 4
_ALONE = ("percent", "first")


def compose(situation: Situation, lang: Lang) -> Draft:
    """The report of ``situation`` in one language."""
    events, annex = _events(situation, lang)
    checked, more = _checked(situation, lang, len(annex) + 1)
    annex += more
    sections = [events, *checked, *_announced(situation, lang)]
    shown = tuple(s for s in sections if s.sentences or s.groups)
    chart = chart_of(situation.events, situation.coverage, situation.first, situation.last)
    draft = Draft(
        lang,
        f"{word('title', lang)}: {_days(situation, lang)}",
        word("scope", lang, name=isolate(clean(situation.name), lang), generated=isolate(situation.generated, lang)),
        _how(situation, lang),
        tuple((pick(NAMES[g], lang), word(f"grade_{g}", lang)) for g in GRADES),
        _numbers(situation, lang),
        shown,
        chart,
        annex,
    )
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
        word("how_1", lang), word("how_2", lang), word("how_3", lang, covered=named[0], days=named[1]),
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


def _events(situation: Situation, lang: Lang) -> tuple[Section, tuple[Group, ...]]:
    """What happened, and the annexes of what has no room there."""
    groups: list[Group] = []
    annex: list[Group] = []
    for country in by_country(situation.events, lang):
        title = word("count", lang, name=country.name, n=country.events)
        groups.append(Group(title, 3))
        for area in country.areas:
            said = [_event(v, lang) for v in area.views]
            lead = said[:LEAD]
            if rest := said[LEAD:]:
                number = len(annex) + 1
                heading = f"{number}. {country.name}{f' — {area.name}' if area.name else ''}"
                annex.append(Group(heading, 3, tuple(rest), number))
                text = f"{word('more', lang, n=len(rest))}."
                lead.append(Sentence(text, _leads(rest), link=number))
            if not area.name:
                groups[-1] = Group(groups[-1].title, groups[-1].level, (*groups[-1].sentences, *lead))
            else:
                groups.append(Group(area.name, 4, tuple(lead)))
    return Section(word("what_happened", lang), (), tuple(groups)), tuple(annex)


def _event(view: EventView, lang: Lang) -> Sentence:
    return Sentence((say_en if lang == "en" else say_ar).event(view), gist_of(view).cited)


def _checked(situation: Situation, lang: Lang, number: int) -> tuple[list[Section], tuple[Group, ...]]:
    """Counts against items, figures against the record, counts side by side, totals over time; and, with ``number``,
    the annex of counts that have no room."""
    say = stated_en if lang == "en" else stated_ar
    documents, leading = situation.documents, _leading(situation)
    shown, rest = _parted(checks(situation.itemised, situation.judged))
    said = {
        alone: [_check(situation, c, leading, lang) for c in shown if (c.claim.of in _ALONE) is alone]
        for alone in (False, True)
    }
    annex: tuple[Group, ...] = ()
    if rest:
        more = tuple(_check(situation, c, leading, lang) for c in rest)
        annex = (Group(f"{number}. {word('further', lang)}", 3, more, number),)
        pointer = Sentence(f"{word('more_counts', lang, n=len(more))}.", _leads(more), link=number)
        said[not said[False]].append(pointer)
    sections = [
        Section(word("counts", lang), tuple(said[False])),
        Section(word("figures", lang), tuple(said[True])),
        Section(
            word("beside", lang),
            tuple(Sentence(say.beside(b, documents), _first(c.records for c in b.claims)) for b in situation.beside),
        ),
        Section(
            word("series", lang),
            tuple(Sentence(say.series(s, documents), _first(c.records for c in s.claims)) for s in situation.series),
        ),
    ]
    return sections, annex


def _parted(found: Iterable[Check]) -> tuple[list[Check], list[Check]]:
    """The checks that are told in the body, and the others: those without days, those that one sentence of a report
    states of several parties or places (but the first), and whatever is too much."""
    shown: dict[bool, list[Check]] = {False: [], True: []}
    rest: list[Check] = []
    seen: set[tuple[object, ...]] = set()
    for check in sorted(found, key=_weight):
        claim, evidence = check.claim, check.claim.tellings[0].record.evidence if check.claim.tellings else None
        key = (claim.of, claim.low, claim.high, claim.tellings[0].record.doc, evidence) if evidence else (id(claim),)
        room = shown[claim.of in _ALONE]
        if key in seen or claim.scope.first is None or len(room) == COUNTS:
            rest.append(check)
        else:
            room.append(check)
        seen.add(key)
    return shown[False] + shown[True], rest


def _weight(check: Check) -> tuple[bool, float, tuple[str, ...]]:
    """What was judged before what could not be, the greater before the smaller."""
    undecided = check.judged is None or check.judged.verdict == "undecided"
    return undecided, -abs(check.claim.low or 0.0), check.claim.records


def _check(situation: Situation, check: Check, leading: Mapping[str, str], lang: Lang) -> Sentence:
    """The sentence of a claim, cited with its tellings and the events that fall under it."""
    say = stated_en if lang == "en" else stated_ar
    held = tuple(leading[e] for e in held_events(check) if e in leading)
    return Sentence(say.check(check, situation.documents), check.claim.records[:_TELLINGS], held)


def _leading(situation: Situation) -> dict[str, str]:
    """The most telling record of each event."""
    return {v.event.id: gist_of(v).cited[0] for v in situation.events}


def _leads(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.records[0] for s in sentences))


def _first(records: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r[0] for r in records if r))


def _announced(situation: Situation, lang: Lang) -> list[Section]:
    """Threats, pledges, and those denials that no event of the report tells already."""
    say = stated_en if lang == "en" else stated_ar
    leading = _leading(situation)
    told = {(r.doc, r.evidence.start) for v in situation.events for r in v.records.values()}
    out = []
    for entry in situation.statements:
        if entry.said == "denied" and any((t.record.doc, t.record.evidence.start) in told for t in entry.tellings):
            continue
        after = tuple(leading[e] for e in entry.after.events if e in leading) if entry.after else ()
        out.append(Sentence(say.entry(entry), _tellings(entry), after))
    return [Section(word("announced", lang), tuple(out))]


def _tellings(entry: Entry) -> tuple[str, ...]:
    return tuple(t.record.id for t in entry.tellings[:_TELLINGS])
