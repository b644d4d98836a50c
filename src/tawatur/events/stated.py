"""Counts and figures as parties state them: the same statement in ten documents is one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from tawatur.events.scope import Scope, scope_of
from tawatur.lexicon.tables import rows
from tawatur.model import Number, NumberOf, Record
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize

Of = Literal["attacks", "sites", "killed", "injured", "percent", "first"]


@dataclass(frozen=True, slots=True)
class Telling:
    """A record of a count or a figure, with what is known beside it: the key of its origin ("" where it has none that
    counts) and that origin's label, and the day of publication."""

    record: Record
    origin: str
    label: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One count or figure by one origin, as told in one or several documents; ``tellings`` in order of publication.
    ``low`` and ``high`` are inclusive, None is open; for a fall, percentages are negative."""

    of: Of
    low: float | None
    high: float | None
    scope: Scope
    origin: str
    label: str
    tellings: tuple[Telling, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of the records that tell it."""
        return tuple(t.record.id for t in self.tellings)

    @property
    def published(self) -> date | None:
        """The first day that it was published."""
        return next((t.published for t in self.tellings if t.published), None)


def claims(tellings: Iterable[Telling]) -> list[Claim]:
    """The claims in ``tellings``, equal ones by one origin put together, ordered by last day, origin and size. A
    telling without an origin that counts stands for its own document only."""
    told = list(tellings)
    beside = _beside(told)
    grouped: dict[tuple[object, ...], list[tuple[Claim, Telling]]] = {}
    for telling in told:
        for claim in _claims_of(telling, beside):
            scope = claim.scope
            key = (
                claim.of, claim.low, claim.high, scope.first, scope.last, scope.countries,
                scope.spot.place_id if scope.spot else None, claim.origin or telling.record.doc,
            )  # fmt: skip
            grouped.setdefault(key, []).append((claim, telling))
    out = []
    for found in grouped.values():
        found.sort(key=lambda x: (x[1].published or date.max, x[1].record.id))
        fullest = max((c.scope for c, _ in found), key=lambda s: (len(s.actors) + len(s.targets), bool(s.type)))
        out.append(replace(found[0][0], scope=fullest, tellings=tuple(t for _, t in found)))
    return sorted(out, key=lambda c: (c.scope.last or date.max, c.origin, c.of, c.low or 0.0, c.records))


def _beside(tellings: Sequence[Telling]) -> Mapping[tuple[str, int], list[Record]]:
    """The records of each sentence: what one says of parties and places holds for the figure beside it."""
    out: dict[tuple[str, int], list[Record]] = {}
    for t in tellings:
        out.setdefault((t.record.doc, t.record.evidence.start), []).append(t.record)
    return out


def _claims_of(telling: Telling, beside: Mapping[tuple[str, int], list[Record]]) -> Iterable[Claim]:
    record = telling.record
    scope = scope_of(record)
    for other in beside.get((record.doc, record.evidence.start), ()):
        if other.id != record.id and _shares_a_figure(record, other):
            scope = _filled(scope, scope_of(other))
    scope = _closed(scope, telling.published)
    if record.kind == "statistic" and record.type == "rate_change":
        number = _number(record, "percent")
        direction = change_direction(record)
        if number is not None and direction:
            low, high = (number.low, number.high) if direction > 0 else (_minus(number.high), _minus(number.low))
            yield Claim("percent", low, high, scope, telling.origin, telling.label, ())
        return
    kinds: tuple[Of, ...] = ("attacks", "sites")
    if record.kind == "statistic":
        kinds = ("killed", "injured") if record.type == "total_casualties" else ("attacks",)
    for of in kinds:
        number = _number(record, of)
        if number is not None and record.kind in ("aggregate", "statistic"):
            yield Claim(of, number.low, number.high, scope, telling.origin, telling.label, ())
    if is_first_time(record):
        yield Claim("first", None, None, scope, telling.origin, telling.label, ())


def _shares_a_figure(a: Record, b: Record) -> bool:
    return bool({(n.span.start, n.span.end) for n in a.numbers} & {(n.span.start, n.span.end) for n in b.numbers})


def _filled(scope: Scope, other: Scope) -> Scope:
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


def _number(record: Record, of: NumberOf | Of) -> Number | None:
    """The figure of a record; of several, the last one before the place ("12 in Iraq and 4 in Syria")."""
    found = [n for n in record.numbers if n.of == of and not _broken(n, of)]
    if len(found) > 1 and record.place is not None:
        before = [n for n in found if n.span.start < record.place.span.start]
        return max(before, key=lambda n: n.span.start, default=found[0])
    return found[0] if found else None


def _broken(number: Number, of: NumberOf | Of) -> bool:
    """Whether a count is no whole number: then it is an average, or misread."""
    return of != "percent" and any(v is not None and v != int(v) for v in (number.low, number.high))


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
