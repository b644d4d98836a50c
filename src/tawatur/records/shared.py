"""What a count tells for its items: the weapon named for a list belongs to each of them (codebook rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tawatur.model import Record

# An item stands at most this many characters from its count.
_REACH = 1200
_OPEN = "strike.unspecified"


def share(records: Sequence[Record]) -> list[Record]:
    """The records, each bare item given the weapons and the kind of strike of the count that it belongs to."""
    counts = [r for r in records if r.kind == "aggregate" and r.weapons and r.type.startswith("strike.") and r.type != _OPEN]
    return [_item(r, counts) if r.kind == "event" and r.type == _OPEN and not r.weapons else r for r in records]


def _item(item: Record, counts: Sequence[Record]) -> Record:
    near = [c for c in counts if _belongs(item, c)]
    if not near:
        return item
    count = min(near, key=lambda c: abs(c.anchor.start - item.anchor.start))
    return replace(item, type=count.type, weapons=count.weapons)


def _belongs(item: Record, count: Record) -> bool:
    """Whether an item is of a count: near it, of the same party, on the same day as far as both tell it."""
    if abs(count.anchor.start - item.anchor.start) > _REACH:
        return False
    if item.actor is None or count.actor is None or not item.actor.entity or item.actor.entity != count.actor.entity:
        return False
    a, b = item.time, count.time
    return a is None or b is None or a.first is None or b.first is None or (a.first, a.last) == (b.first, b.last)
