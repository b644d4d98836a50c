"""What a count tells for its items: the weapon named for a list, and the day told for a series, belong to each of
them (codebook rules 11 and 17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tawatur.model import Record
from tawatur.records.pairs import WEAPONLESS, family

# An item stands at most this many characters from its count.
_REACH = 1200


def share(records: Sequence[Record]) -> list[Record]:
    """The records, each bare item given the weapons, the kind of strike and the day of the count that it belongs to."""
    counts = [r for r in records if r.kind == "aggregate" and family(r.type) == "strike"]
    return [_item(r, counts) if r.kind == "event" and family(r.type) == "strike" else r for r in records]


def _item(item: Record, counts: Sequence[Record]) -> Record:
    near = sorted((c for c in counts if _belongs(item, c)), key=lambda c: abs(c.anchor.start - item.anchor.start))
    for count in near:
        if item.type == WEAPONLESS and not item.weapons and count.weapons and count.type != WEAPONLESS:
            item = replace(item, type=count.type, weapons=count.weapons)
        time = count.time
        before = count.anchor.start < item.anchor.start
        if before and item.time is None and time is not None and time.first is not None and time.first == time.last:
            item = replace(item, time=replace(time, basis="carried"))
    return item


def _belongs(item: Record, count: Record) -> bool:
    """Whether an item is of a count: near it, of the same party, on the same day as far as both tell it, at a place
    that lies where the count is told to be."""
    if abs(count.anchor.start - item.anchor.start) > _REACH:
        return False
    if item.actor is None or count.actor is None or not item.actor.entity or item.actor.entity != count.actor.entity:
        return False
    if item.place is None or count.place is None:
        return False
    if count.place.country and item.place.country and count.place.country != item.place.country:
        return False
    a, b = item.time, count.time
    return a is None or b is None or a.first is None or b.first is None or (a.first, a.last) == (b.first, b.last)
