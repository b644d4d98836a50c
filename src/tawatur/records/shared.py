"""What a count tells for its items: the actor, the weapon named for a list, and the day told for a series, belong to
each of them (codebook rules 11 and 17); what is told "also" or "at the same time" is of the day told before it; and the
day of a speech carries to every speech act of it (rule 24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tawatur.lexicon.tables import rows
from tawatur.model import Record, When
from tawatur.records.pairs import WEAPONLESS, family
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

# An item stands at most this many characters from its count, and what is told "also" from what it adds to.
_REACH, _NEXT = 1200, 900


def share(records: Sequence[Record]) -> list[Record]:
    """The records in the order given, each bare item filled up from the count that it belongs to, and each bare speech
    act from the one of the same speaker before it."""
    counts = [r for r in records if r.kind == "aggregate" and family(r.type) == "strike"]
    items = [_item(r, counts) if r.kind == "event" and family(r.type) == "strike" else r for r in records]
    ordered = sorted((r for r in items if r.kind in ("event", "aggregate")), key=lambda r: r.anchor.start)
    dated: dict[int, Record] = {}
    for k, r in enumerate(ordered):
        if r.time is None and _begins_with_also(r.evidence.text):
            before = next(
                (dated.get(id(p), p) for p in reversed(ordered[:k]) if _adds_to(r, dated.get(id(p), p))), None
            )
            if before is not None and before.time is not None:
                dated[id(r)] = replace(r, time=replace(before.time, basis="carried"))
    said: list[tuple[frozenset[str], When]] = []
    for r in sorted((r for r in records if r.kind == "statement"), key=lambda r: r.anchor.start):
        names = _names(r)
        if r.time is None:
            # One speaker is named alike, or by a part of his name and role.
            day = next((t for other, t in reversed(said) if names and (names <= other or other <= names)), None)
            if day is not None:
                dated[id(r)] = replace(r, time=replace(day, basis="carried"))
        elif names and r.time.first is not None:
            said.append((names, r.time))
    return [dated.get(id(r), r) for r in items]


def _names(statement: Record) -> frozenset[str]:
    """The words that name the speaker; none where the record has no speaker."""
    text = statement.actor.span.text if statement.actor else ""
    return frozenset(t.norm for t in tokenize(text) if t.script != "mark")


@cache
def _also() -> frozenset[str]:
    return frozenset(fold(r["word"]) for r in rows("also_words.csv"))


def _begins_with_also(sentence: str) -> bool:
    first = next((t.norm for t in tokenize(sentence[:40]) if t.script != "mark"), "")
    return first in _also()


def _adds_to(r: Record, before: Record) -> bool:
    """Whether a telling that begins with "also" adds to another: the same party's deed of one day, told just before."""
    t = before.time
    if t is None or t.first is None or t.first != t.last or before.evidence == r.evidence:
        return False
    if r.anchor.start - before.anchor.start > _NEXT or r.actor is None or before.actor is None:
        return False
    return bool(r.actor.entity) and r.actor.entity == before.actor.entity


def _item(item: Record, counts: Sequence[Record]) -> Record:
    near = sorted((c for c in counts if _belongs(item, c)), key=lambda c: abs(c.anchor.start - item.anchor.start))
    for count in near:
        follows = count.anchor.start < item.anchor.start
        if item.type == WEAPONLESS and not item.weapons and count.weapons and count.type != WEAPONLESS:
            item = replace(item, type=count.type, weapons=count.weapons)
        if count.place is None or not follows:
            continue
        if item.actor is None:
            item = replace(item, actor=count.actor)
        time = count.time
        if item.time is None and time is not None and time.first is not None and time.first == time.last:
            item = replace(item, time=replace(time, basis="carried"))
    return item


def _belongs(item: Record, count: Record) -> bool:
    """Whether an item is of a count: near it, of the same party as far as the item tells one, on the same day as far
    as both tell it, at a place that lies where the count is told to be."""
    if abs(count.anchor.start - item.anchor.start) > _REACH or item.place is None or count.actor is None:
        return False
    if not count.actor.entity or (item.actor is not None and item.actor.entity != count.actor.entity):
        return False
    if (
        count.place is not None
        and count.place.country
        and item.place.country
        and count.place.country != item.place.country
    ):
        return False
    a, b = item.time, count.time
    return a is None or b is None or a.first is None or b.first is None or (a.first, a.last) == (b.first, b.last)
