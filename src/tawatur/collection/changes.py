"""What a new generation reads otherwise: records that came, went, and changed field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from tawatur.model import Record

_NOT_CONTENT = frozenset(("id", "reader", "confidence", "gloss", "doc"))


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that both readers saw (of one kind, at one anchor), and the fields that they see otherwise."""

    before: Record
    after: Record
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How two readings of one document differ. ``text`` says that the text itself is another."""

    doc: str
    added: tuple[Record, ...] = ()
    gone: tuple[Record, ...] = ()
    changed: tuple[Changed, ...] = ()
    text: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed or self.text)


def compare(doc: str, before: Iterable[Record], after: Iterable[Record], *, text: bool = False) -> Change:
    """How ``after`` differs from ``before``; records are paired by kind and anchor, in order."""
    old, new = _grouped(before), _grouped(after)
    added: list[Record] = []
    gone: list[Record] = []
    changed: list[Changed] = []
    for key in sorted(old.keys() | new.keys()):
        left, right = old.get(key, []), new.get(key, [])
        ids = {r.id for r in left} & {r.id for r in right}
        left, right = ([r for r in side if r.id not in ids] for side in (left, right))
        for a, b in zip(left, right, strict=False):
            changed.append(Changed(a, b, _fields(a, b)))
        gone += left[len(right) :]
        added += right[len(left) :]
    return Change(doc, tuple(added), tuple(gone), tuple(changed), text)


def _grouped(records: Iterable[Record]) -> dict[tuple[str, int, int], list[Record]]:
    out: dict[tuple[str, int, int], list[Record]] = {}
    for r in records:
        out.setdefault((r.kind, r.anchor.start, r.anchor.end), []).append(r)
    return out


def _fields(a: Record, b: Record) -> tuple[str, ...]:
    return tuple(
        f.name for f in fields(Record) if f.name not in _NOT_CONTENT and getattr(a, f.name) != getattr(b, f.name)
    )
