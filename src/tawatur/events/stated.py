"""Counts and figures as parties state them: the same statement in ten documents is one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from tawatur.events.claim import Claim, Of, Telling
from tawatur.events.countdays import CountDays, days_of_count
from tawatur.events.counted import (
    is_about,
    number_of,
    of_another_count,
    of_its_place,
    of_two_kinds,
    parties,
    speaks_of_attacks,
)
from tawatur.events.retold import Found, broken_down, of_lists, repeated
from tawatur.events.scope import Scope, scope_of
from tawatur.lexicon.tables import rows
from tawatur.model import Record
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize


def claims(tellings: Iterable[Telling]) -> list[Claim]:
    """The claims in ``tellings``, equal ones by one origin put together, ordered by last day, origin and size. A
    telling without an origin that counts stands for its own document only."""
    told = list(tellings)
    beside = _beside(told)
    grouped: dict[tuple[object, ...], list[tuple[Claim, Telling]]] = {}
    for claim, telling in broken_down(of_lists([found for t in told for found in _claims_of(t, beside)])):
        scope = claim.scope
        key = (
            claim.of, claim.low, claim.high, scope.first, scope.last, scope.countries,
            scope.spot.place_id if scope.spot else None, claim.origin or telling.record.doc,
        )  # fmt: skip
        grouped.setdefault(key, []).append((claim, telling))
    out = []
    for found in grouped.values():
        found.sort(key=lambda x: (x[1].published or date.max, x[1].record.id))
        scopes = [c.scope for c, _ in found]
        scope = replace(
            max(scopes, key=lambda s: (len(s.actors) + len(s.targets), bool(s.type))),
            actors=_usual([s.actors for s in scopes]), targets=_most([s.targets for s in scopes]),
        )  # fmt: skip
        about = any(c.about for c, _ in found)
        out.append(replace(found[0][0], scope=scope, about=about, tellings=tuple(t for _, t in found)))
    return sorted(repeated(out), key=lambda c: (c.scope.last or date.max, c.origin, c.of, c.low or 0.0, c.records))


def _most(told: Sequence[frozenset[str]]) -> frozenset[str]:
    """What most tellings say who say anything; of equals the first."""
    known = [t for t in told if t]
    return max(known, key=known.count, default=frozenset())


def _usual(told: Sequence[frozenset[str]]) -> frozenset[str]:
    """The same where more than half of all say anything: who acted, a sentence may have from the ones before it."""
    return _most(told) if 2 * sum(map(bool, told)) > len(told) else frozenset()


def _beside(tellings: Sequence[Telling]) -> Mapping[tuple[str, int], list[Record]]:
    """The records of each sentence: what one says of parties and places holds for the figure beside it."""
    out: dict[tuple[str, int], list[Record]] = {}
    for t in tellings:
        out.setdefault((t.record.doc, t.record.evidence.start), []).append(t.record)
    return out


def _claims_of(telling: Telling, beside: Mapping[tuple[str, int], list[Record]]) -> Iterable[Found]:
    record = telling.record
    scope = scope_of(record)
    near = [o for o in beside.get((record.doc, record.evidence.start), ()) if o.id != record.id]
    for other in near:
        if _shares_a_figure(record, other):
            scope = _filled(scope, scope_of(other))
    if record.kind == "statistic" and record.type == "rate_change":
        number = number_of(record, "percent")
        direction = change_direction(record)
        if number is not None and direction and speaks_of_attacks(record):
            low, high = (number.low, number.high) if direction > 0 else (_minus(number.high), _minus(number.low))
            scope = _closed(scope, telling.published)
            yield Claim("percent", low, high, scope, telling.origin, telling.label, ()), telling, number.span
        return
    kinds: tuple[Of, ...] = ("attacks", "sites")
    if record.kind == "statistic":
        kinds = ("killed", "injured") if record.type == "total_casualties" else ("attacks",)
    for of in kinds:
        number = number_of(record, of)
        if number is None or record.kind not in ("aggregate", "statistic") or of_two_kinds(number, [record, *near]):
            continue
        days = days_of_count(record, telling.published, number.low or 0.0)
        if of_another_count(record, number, near):
            days = CountDays(None, None)
        low, high, where = of_its_place(record, number)
        dated = replace(parties(record, scope), first=days.first, last=days.last)
        yield (
            Claim(of, low, high, dated, telling.origin, telling.label, (), days.other, is_about(number)),
            telling,
            where,
        )
    if is_first_time(record):
        scope = _closed(scope, telling.published)
        yield Claim("first", None, None, scope, telling.origin, telling.label, ()), telling, record.id


def _shares_a_figure(a: Record, b: Record) -> bool:
    return bool({(n.span.start, n.span.end) for n in a.numbers} & {(n.span.start, n.span.end) for n in b.numbers})


def _filled(scope: Scope, other: Scope) -> Scope:
    if scope.countries and other.countries and scope.countries != other.countries:
        # "on bases in Iraq and a port in Palestine": one figure, but whom it hit here is not whom it hit there
        return replace(scope, actors=scope.actors or other.actors)
    return replace(
        scope,
        countries=scope.countries or other.countries,
        spot=scope.spot or (other.spot if not scope.countries else None),
        actors=scope.actors or other.actors,
        targets=scope.targets or other.targets,
    )


def _closed(scope: Scope, published: date | None) -> Scope:
    """A count that is still open ("since") reaches to the day of publication."""
    if scope.first is not None and scope.last is None and published is not None and published >= scope.first:
        return replace(scope, last=published)
    return scope


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


@cache
def _directions() -> dict[str, int]:
    return {fold(r["word"]): int(r["direction"]) for r in rows("rate_words.csv")}


def change_direction(record: Record) -> int:
    """1 for a rise, -1 for a fall, 0 where the words do not say: by the anchor, else by the evidence."""
    for words in (record.anchor.text, record.evidence.text):
        found = [d for t in tokenize(words) for s, _ in stems(t.norm) if (d := _directions().get(s)) is not None]
        if found:
            return found[0]
    return 0


NEAR_WORDS = 5
"""Words between an anchor and "for the first time" at most: further off, it speaks of something else."""


@cache
def _first_time() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(fold(r['words']))}(?!\w)" for r in rows("first_time.csv")))


def is_first_time(record: Record) -> bool:
    """Whether a happening is told as the first of its kind: it happened, and the words stand beside its anchor."""
    if record.status != "happened" or record.kind == "statement":
        return False
    text, anchor = record.evidence.text, record.anchor
    at = anchor.start - record.evidence.start
    before, after = fold(text[: max(0, at)]), fold(text[at + len(anchor.text) :])
    if _first_time().search(fold(anchor.text)):
        return True
    left = list(_first_time().finditer(before))
    right = _first_time().search(after)
    return (bool(left) and len(before[left[-1].end() :].split()) <= NEAR_WORDS) or (
        right is not None and len(after[: right.start()].split()) <= NEAR_WORDS
    )


__all__ = ["Claim", "Of", "Telling", "change_direction", "claims", "is_first_time"]
