"""What the figure of one record counts: which numeral, of which place, by whom and on whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from tawatur.events.claim import Of
from tawatur.events.scope import Scope
from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_relations import related
from tawatur.model import Number, NumberOf, Record
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize


def number_of(record: Record, of: NumberOf | Of) -> Number | None:
    """The figure of a record; of several, the last one before the place ("12 in Iraq and 4 in Syria")."""
    found = [n for n in record.numbers if n.of == of and not _broken(n, of)]
    if len(found) > 1 and record.place is not None:
        before = [n for n in found if n.span.start < record.place.span.start]
        return max(before, key=lambda n: n.span.start, default=found[0])
    return found[0] if found else None


def _broken(number: Number, of: NumberOf | Of) -> bool:
    """Whether a count is no whole number: then it is an average, or misread."""
    return of != "percent" and any(v is not None and v != int(v) for v in (number.low, number.high))


_ROUGHLY = frozenset(
    map(fold, ("نحو", "حوالي", "قرابة", "زهاء", "about", "around", "roughly", "approximately", "some"))
)


def is_about(number: Number) -> bool:
    """Whether a figure is told as rounded."""
    return any(s in _ROUGHLY for t in tokenize(number.span.text) for s, _ in stems(t.norm))


def of_another_count(record: Record, number: Number, near: Iterable[Record]) -> bool:
    """Whether another count stands between this one and its time: the days are that one's ("three attacks on …, and that
    it carried out 20 attacks between … and …")."""
    if record.time is None or record.time.span is None:
        return False
    told = record.time.span.start
    own = {n.span for n in record.numbers}
    others = {n.span for r in near for n in r.numbers if n.of == "attacks"} - own
    return any(number.span.end <= o.start and o.end <= told for o in others)


_ITS_OWN = re.compile(r"\w{3,}(?:ها|هم|ته|اته|نا)")
"""A noun of what a party has: "their bases", "his forces"."""


def parties(record: Record, scope: Scope) -> Scope:
    """By whom and on whom a count is: "its bases" are those of who says so, and nobody attacks himself."""
    speaker = record.source[-1].entity if record.source else None
    targets, actors = scope.targets, scope.actors
    if speaker and record.target is not None and _ITS_OWN.fullmatch(fold(record.target.span.text)):
        targets = frozenset((speaker,))
    if related(actors, targets, "same", "umbrella"):
        actors = frozenset()
    return replace(scope, actors=actors, targets=targets)


def of_two_kinds(number: Number, records: Iterable[Record]) -> bool:
    """Whether one numeral was read as dead and as injured: then it is known of neither."""
    kinds = {n.of for r in records for n in r.numbers if n.span == number.span}
    return number.of in ("killed", "injured") and {"killed", "injured"} <= kinds


_HERE = re.compile(r"(?:(?<![\w.,])|(?<=\sو))(\d{1,4})\s+((?:[^\W\d]+\s+){0,2}?)(?:في|in)\s+$")
"""A numeral right before "in" and a place, with what it counts between them or without."""
_TIMES = frozenset(("مره", "مرات", "times"))


def of_its_place(record: Record, number: Number) -> tuple[float | None, float | None, object]:
    """The bounds of a figure for the record's place, and the numeral's offsets. In "14 attacks in Iraq, and 9 in Syria"
    the second numeral may have lost its noun; "at least" in front of a list ("at least 12 times in Iraq and 4 times in
    Syria") holds for all of it."""
    low, high = number.low, number.high
    if record.place is None:
        return low, high, number.span
    start = record.evidence.start
    bare = _HERE.search(record.evidence.text[: max(0, record.place.span.start - start)])
    if bare is not None and start + bare.start(1) >= number.span.end and _of_attacks(bare[2]):
        return float(bare[1]), float(bare[1]), (start + bare.start(1), start + bare.end(1))
    if any(n.of == number.of and n.high is None and n.span.start < number.span.start for n in record.numbers):
        high = None
    return low, high, number.span


@cache
def _attack_words() -> frozenset[str]:
    return frozenset(fold(r["word"]) for r in rows("units.csv") if r["of"] == "attacks")


def _of_attacks(words: str) -> bool:
    """Whether what stands behind a numeral is a word for attacks, or nothing."""
    told = [s for t in tokenize(words)[:1] for s, _ in stems(t.norm)]
    return not told or any(s in _attack_words() or s in _TIMES for s in told)


def speaks_of_attacks(record: Record) -> bool:
    """Whether what rose or fell can be attacks: its sentence has a word for them."""
    return any(s in _attack_words() for t in tokenize(record.evidence.text) for s, _ in stems(t.norm))
