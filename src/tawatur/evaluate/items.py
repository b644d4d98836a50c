"""Records in comparable shape: gold rows and predicted rows alike, whatever is out of shape counted as empty."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tawatur.evaluate.values import party, same

Row = Mapping[str, Any]
Numbers = tuple[tuple[str, float | None, float | None], ...]

TEXT_FIELDS = ("actor", "target", "place", "time", "cue")


@dataclass(frozen=True, slots=True)
class Item:
    """A record in comparable shape. ``faults`` names the fields that were out of shape and count as empty."""

    doc: str
    kind: str | None
    type: str | None
    status: str | None
    outcome: str | None
    anchor: str
    texts: Mapping[str, str]
    date: tuple[str | None, str | None] | None
    weapons: tuple[str, ...]
    source: tuple[str, ...]
    numbers: Numbers
    faults: tuple[str, ...] = field(default=(), compare=False)

    @property
    def standing(self) -> str:
        if not self.source:
            return "own_voice"
        origin, actor = self.source[-1], self.texts["actor"]
        return "claimed" if actor and (party(origin, actor) or same(origin, actor, 0.5)) else "attributed"


def item(row: Row, doc: str | None = None) -> Item:
    """``row`` in comparable shape; ``doc`` where the row does not say it itself."""
    faults: list[str] = []

    def keep(name: str, read: Callable[[Any], Any], empty: Any = None) -> Any:
        value = row.get(name)
        if value is None:
            return empty
        try:
            return read(value)
        except (TypeError, ValueError):
            faults.append(name)
            return empty

    def each(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def many(value: Any) -> tuple[Any, ...]:
            if not isinstance(value, list):
                raise TypeError
            return tuple(map(read, value))

        return many

    return Item(
        doc=str(row["doc"]) if doc is None else doc,
        kind=keep("kind", _string),
        type=keep("type", _string),
        status=keep("status", _string),
        outcome=keep("outcome", _string) or None,
        anchor=keep("anchor", _text, ""),
        texts={name: keep(name, _text, "") for name in TEXT_FIELDS},
        date=keep("date", _days),
        weapons=keep("weapons", each(_text), ()),
        source=keep("source", each(_text), ()),
        numbers=keep("numbers", each(_number), ()),
        faults=tuple(faults),
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("text")
        return "" if value is None else _string(value)
    return _string(value)


def _days(value: Any) -> tuple[str | None, str | None] | None:
    if not isinstance(value, list) or len(value) not in (0, 2):
        raise TypeError
    for day in value:
        if day is not None and (len(_string(day)) != 10 or not date.fromisoformat(day)):
            raise ValueError
    return (value[0], value[1]) if value else None


def _number(value: Any) -> tuple[str, float | None, float | None]:
    if not isinstance(value, Mapping):
        raise TypeError
    bounds = [value.get("low"), value.get("high")]
    for bound in bounds:
        if bound is not None and (isinstance(bound, bool) or not math.isfinite(bound)):
            raise ValueError
    of = value.get("of")
    return "other" if of == "sites" else of, bounds[0], bounds[1]  # type: ignore[return-value]
