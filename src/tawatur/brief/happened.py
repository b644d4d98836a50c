"""What happened, area by area: which events are told in the body of a report, and which stand in its annex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tawatur.brief.areas import Country, by_country, telling
from tawatur.brief.draft import Annex, Group, Section, Sentence
from tawatur.brief.situation import Situation
from tawatur.export import say_ar, say_en
from tawatur.export.gist import gist_of, killed
from tawatur.export.names import Lang, joined, word
from tawatur.origins.view import EventView

LEAD = 8
"""Events of one area that are told in the body; the others stand in the annex."""
ROOM = 60
"""Events up to which all areas are told that far. Of more, only what is well attested or deadly."""
_WEAK = 3
"""Events of one area by a single origin that a report on more than ``ROOM`` events tells in its body."""
_BEST, _DEADLY = 5, 4
_LOUD = ("confirmed", "fair", "contested")
_HUSHED = ("denied", "unattributed")


def happened(situation: Situation, lang: Lang, annex: Annex) -> Section:
    """The section; what has no room in it goes to ``annex``."""
    full = len(situation.events) <= ROOM
    groups: list[Group] = []
    left: list[tuple[Country, list[EventView]]] = []
    for country in by_country(situation.events, lang):
        told: list[Group] = []
        bare: list[Sentence] = []
        others: list[EventView] = []
        for area in country.areas:
            lead, rest = _parted(area.views, full=full)
            if not lead:
                others += rest
                continue
            said = [_event(situation, v, lang) for v in lead]
            if rest:
                heading = f"{country.name}{f' — {area.name}' if area.name else ''}"
                said.append(_pointer(situation, rest, "more", heading, lang, annex))
            if area.name:
                told.append(Group(area.name, 4, tuple(said)))
            else:
                bare += said
        if not told and not bare:
            left.append((country, others))
            continue
        groups += [Group(word("count", lang, name=country.name, n=country.events), 3, tuple(bare)), *told]
        if others:
            other = word("other_areas", lang)
            pointer = _pointer(situation, others, "more_elsewhere", f"{country.name} — {other}", lang, annex)
            groups.append(Group(other, 4, (pointer,)))
    if left:
        groups.append(_elsewhere(situation, left, lang, annex))
    return Section(word("what_happened", lang), (), tuple(groups))


def main_events(situation: Situation, lang: Lang) -> tuple[Sentence, ...]:
    """The events that a reader should see first: those best attested and those with most dead, in short."""
    views = sorted(situation.events, key=telling)
    best = [v for v in views if v.grade.grade in _LOUD]
    best = sorted(best, key=lambda v: (-killed(v), telling(v)))
    best, others = best[:_BEST], best[_BEST:]
    if all(v.grade.grade != "contested" for v in best):  # one at least is shown where there are some
        best += [v for v in others if v.grade.grade == "contested"][:1]
    deadly = [v for v in views if v not in best and v.grade.grade not in _HUSHED and killed(v)]
    best += sorted(deadly, key=lambda v: (-killed(v), telling(v)))[:_DEADLY]
    say = (say_en if lang == "en" else say_ar).short
    return tuple(Sentence(without_year(say(v), situation), gist_of(v).cited) for v in best)


def without_year(text: str, situation: Situation) -> str:
    """A sentence without the year of the report, where it has no other."""
    year = str(situation.first.year)
    if situation.last.year != situation.first.year or set(re.findall(r"(?<!\d)\d{4}(?!\d)", text)) != {year}:
        return text
    return re.sub(rf"(?<=\D) {year}(?!\d)", "", text)


def _parted(views: Sequence[EventView], *, full: bool) -> tuple[list[EventView], list[EventView]]:
    lead: list[EventView] = []
    rest: list[EventView] = []
    weak = 0
    for view in views:
        loud = view.grade.grade in _LOUD
        room = len(lead) < LEAD and (full or loud or (weak < _WEAK and _worth(view)))
        (lead if room else rest).append(view)
        weak += room and not loud
    return lead, rest


def _worth(view: EventView) -> bool:
    return view.grade.grade not in _HUSHED or killed(view) > 0


def _event(situation: Situation, view: EventView, lang: Lang) -> Sentence:
    said = (say_en if lang == "en" else say_ar).event(view)
    return Sentence(without_year(said, situation), gist_of(view).cited)


def _pointer(
    situation: Situation, views: Iterable[EventView], key: str, heading: str, lang: Lang, annex: Annex
) -> Sentence:
    """The sentence that points at the annex of ``views``, which is added."""
    rest = tuple(_event(situation, v, lang) for v in views)
    return annex.pointer(heading, rest, word(key, lang, n=len(rest)))


def _elsewhere(
    situation: Situation, left: Sequence[tuple[Country, list[EventView]]], lang: Lang, annex: Annex
) -> Group:
    name = word("elsewhere_countries", lang)
    views = [v for _, some in left for v in some]
    heading = f"{name}: {joined((c.name for c, _ in left), lang)}"
    pointer = _pointer(situation, views, "more_elsewhere", heading, lang, annex)
    return Group(word("count", lang, name=name, n=len(views)), 3, (pointer,))
