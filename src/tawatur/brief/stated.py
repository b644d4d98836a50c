"""What parties state in figures, and what the collection holds against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tawatur.brief.draft import Annex, Section, Sentence
from tawatur.brief.situation import Situation
from tawatur.export import stated_ar, stated_en
from tawatur.export.gist import gist_of
from tawatur.export.names import Lang, word
from tawatur.export.stated import Check, checks, held_events, never_falls

COUNTS = 8
"""Counts, and changes, that are told in the body."""
TELLINGS = 4
_MAIN = 3
_ALONE = ("percent", "first")
_RESULTS = ("harm", "damage")
_EMPTY = ("no-span", "no-party")
"""Reasons for which nothing could be held against a figure."""


def held_against(situation: Situation, lang: Lang, annex: Annex) -> list[Section]:
    """Totals over time, counts side by side, counts against items, and figures against the record."""
    say = stated_en if lang == "en" else stated_ar
    documents, leading = situation.documents, leading_records(situation)
    shown, rest = _parted(checks(situation.itemised, situation.judged))
    said = {
        alone: [_check(situation, c, leading, lang) for c in shown if (c.claim.of in _ALONE) is alone]
        for alone in (False, True)
    }
    if rest:
        more = tuple(_check(situation, c, leading, lang) for c in rest)
        pointer = annex.pointer(word("further", lang), more, word("more_counts", lang, n=len(more)))
        said[not said[False]].append(pointer)
    series = sorted(situation.series, key=lambda s: (s.claims[0].of != "killed", -(s.claims[-1].low or 0.0)))
    return [
        Section(
            word("series", lang),
            tuple(Sentence(say.series(s, documents), _first(c.records for c in s.claims)) for s in series),
        ),
        Section(
            word("beside", lang),
            tuple(Sentence(say.beside(b, documents), _first(c.records for c in b.claims)) for b in situation.beside),
        ),
        Section(word("counts", lang), tuple(said[False])),
        Section(word("figures", lang), tuple(said[True])),
    ]


def main_figures(situation: Situation, lang: Lang) -> tuple[Sentence, ...]:
    """The latest of the greatest totals of people killed that never fall, and what was judged, in short."""
    say = stated_en if lang == "en" else stated_ar
    steady = [s for s in situation.series if s.claims[0].of == "killed" and never_falls(s)]
    dead = [s.claims[-1] for s in sorted(steady, key=lambda s: -(s.claims[-1].low or 0.0))[:1]]
    judged = [c for c in checks(situation.itemised, situation.judged) if _decided(c)]
    judged = sorted(judged, key=lambda c: (c.judged is None or c.judged.verdict != "differs", _weight(c)))[:_MAIN]
    return (
        *(Sentence(say.total(c, situation.documents), c.records[:TELLINGS]) for c in dead),
        *(Sentence(say.short(c, situation.documents), c.claim.records[:TELLINGS]) for c in judged),
    )


def leading_records(situation: Situation) -> dict[str, str]:
    """The most telling record of each event."""
    return {v.event.id: gist_of(v).cited[0] for v in situation.events}


def _parted(found: Iterable[Check]) -> tuple[list[Check], list[Check]]:
    """The checks that are told in the body, and the others: those that were held against nothing (no days, no parties, what deeds did), those that
    state again what one before stated (of another place, or in another report), and whatever is too much."""
    shown: dict[bool, list[Check]] = {False: [], True: []}
    rest: list[Check] = []
    seen: set[tuple[object, ...]] = set()
    for check in sorted(found, key=_weight):
        claim = check.claim
        keys: set[tuple[object, ...]] = {("said", claim.of, claim.low, claim.high, claim.origin)}
        if claim.tellings:
            record = claim.tellings[0].record
            keys.add(("words", claim.of, claim.low, claim.high, record.doc, record.evidence))
        room = shown[claim.of in _ALONE]
        empty = check.judged is not None and check.judged.reason in _EMPTY
        empty |= not _decided(check) and (claim.of in _ALONE or _result(check))
        if keys & seen or empty or claim.scope.first is None or len(room) == COUNTS:
            rest.append(check)
        else:
            room.append(check)
        seen |= keys
    return shown[False] + shown[True], rest


def _result(check: Check) -> bool:
    """Whether what is counted is what deeds did: events seldom tell one by one what such a count adds up."""
    return check.claim.scope.type.partition(".")[0] in _RESULTS


def _decided(check: Check) -> bool:
    return check.judged is not None and check.judged.verdict != "undecided"


def _weight(check: Check) -> tuple[bool, bool, float, tuple[str, ...]]:
    """What was judged before what could not be, what was held against something before the rest, the greater before
    the smaller."""
    held = check.itemised is not None and check.itemised.held > 0
    return not _decided(check), not held, -abs(check.claim.low or 0.0), check.claim.records


def _check(situation: Situation, check: Check, leading: Mapping[str, str], lang: Lang) -> Sentence:
    """The sentence of a claim, cited with its tellings and the events that fall under it."""
    say = stated_en if lang == "en" else stated_ar
    held = tuple(leading[e] for e in held_events(check) if e in leading)
    return Sentence(say.check(check, situation.documents), check.claim.records[:TELLINGS], held)


def _first(records: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r[0] for r in records if r))
