"""Where the accounts of an event do not agree: place, day, party, outcome, figures, each value with its origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.events.scope import kilometres
from tawatur.model import Label, Number, Place
from tawatur.origins.accounts import Account
from tawatur.origins.origin import Origin
from tawatur.origins.parties import label_of, root_key, roots

ConflictField = Literal["place", "day", "party", "outcome", "numbers"]
NEAR_KM = 10.0
"""Two exact places nearer than that are not said to conflict (a base and its town)."""
_FIGURES = ("killed", "injured", "munitions", "attacks", "sites")


@dataclass(frozen=True, slots=True)
class Value:
    """One value, in words that people read, the origins that tell it, and the records where it stands. For a figure,
    its bounds; None is open."""

    label: Label
    origins: tuple[Origin, ...]
    records: tuple[str, ...]
    low: float | None = None
    high: float | None = None

    @property
    def counted(self) -> bool:
        """Whether an origin that counts tells it."""
        return any(o.counts for o in self.origins)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which accounts differ; ``of`` says for figures what is counted. ``lowest`` and ``highest`` are the
    extremes told, ``conservative`` the lowest that an origin which counts vouches for today."""

    field: ConflictField
    values: tuple[Value, ...]
    of: str = ""
    lowest: Value | None = None
    highest: Value | None = None
    conservative: Value | None = None


def conflicts_of(accounts: Sequence[Account]) -> tuple[Conflict, ...]:
    """The conflicts of an event's accounts, in the order of the fields. Denials are no values: a denied figure is
    nobody's. What its origin replaced is left out."""
    told = [a for a in accounts if a.position != "denies" and not a.replaced_by]
    found = [_places(told), _days(told), _parties(told), _outcomes(told), *(_figures(told, of) for of in _FIGURES)]
    return tuple(c for c in found if c is not None)


def _gathered(pairs: Iterable[tuple[str, Label, Account]]) -> list[tuple[str, Value]]:
    """Accounts by the key of their value, in the order of first telling."""
    out: dict[str, tuple[Label, list[Account]]] = {}
    for key, label, account in pairs:
        out.setdefault(key, (label, []))[1].append(account)
    return [(key, _value(label, some)) for key, (label, some) in out.items()]


def _value(label: Label, some: Sequence[Account], low: float | None = None, high: float | None = None) -> Value:
    origins = {a.origin.key: a.origin for a in some}
    return Value(label, tuple(origins[k] for k in sorted(origins)), tuple(sorted(a.record for a in some)), low, high)


def _places(told: Sequence[Account]) -> Conflict | None:
    known = [(p, a) for a in told if (p := a.told.record.place) is not None and p.place_id]
    values = _gathered((p.place_id or "", p.label, a) for p, a in known)
    by_id = {p.place_id or "": p for p, _ in known}
    apart = any(_apart(by_id[a], by_id[b]) for i, (a, _) in enumerate(values) for b, _ in values[i + 1 :])
    return Conflict("place", tuple(v for _, v in values)) if apart else None


def _apart(a: Place, b: Place) -> bool:
    """Whether two places cannot be one: other countries, or two exact points too far from each other."""
    if a.country and b.country and a.country != b.country:
        return True
    if (a.precision or 3) > 1 or (b.precision or 3) > 1 or a.lat is None or b.lat is None:
        return False
    return kilometres(a.lat, a.lon or 0.0, b.lat, b.lon or 0.0) > NEAR_KM


def _days(told: Sequence[Account]) -> Conflict | None:
    exact = [
        (t, a) for a in told if (t := a.told.record.time) is not None and t.first is not None and t.first == t.last
    ]
    values = _gathered((str(t.first), Label(str(t.first), str(t.first)), a) for t, a in exact)
    return Conflict("day", tuple(v for _, v in sorted(values))) if len(values) > 1 else None


def _parties(told: Sequence[Account]) -> Conflict | None:
    known = [(roots(p.entity), a) for a in told if (p := a.told.record.actor) is not None and p.entity]
    values = _gathered((root_key(r), label_of(r), a) for r, a in known)
    keys = [set(key.split("+")) for key, _ in values]
    apart = any(not one & other for i, one in enumerate(keys) for other in keys[i + 1 :])
    return Conflict("party", tuple(v for _, v in sorted(values))) if apart else None


_OUTCOMES = {
    "hit": Label("hit", "أصاب"),
    "intercepted": Label("intercepted", "اعتُرض"),
    "missed": Label("missed", "أخطأ"),
    "no_damage": Label("no damage", "بلا أضرار"),
}


def _outcomes(told: Sequence[Account]) -> Conflict | None:
    values = _gathered((o, _OUTCOMES[o], a) for a in told if (o := a.told.record.outcome) is not None)
    return Conflict("outcome", tuple(v for _, v in sorted(values))) if len(values) > 1 else None


def _figures(told: Sequence[Account], of: str) -> Conflict | None:
    gathered: dict[tuple[float | None, float | None], list[Account]] = {}
    for a in told:
        for n in a.told.record.numbers:
            if n.of == of:
                gathered.setdefault((n.low, n.high), []).append(a)
    if len(gathered) < 2:
        return None
    values = [_value(_figure(low, high), some, low, high) for (low, high), some in gathered.items()]
    values.sort(key=lambda v: (_least(v), _most(v)))
    sure = next((v for v in values if v.counted), None)
    highest = max(values, key=lambda v: (_most(v), _least(v)))
    return Conflict("numbers", tuple(values), of, values[0], highest, sure)


def _least(value: Value) -> float:
    return value.low if value.low is not None else 0.0


def _most(value: Value) -> float:
    """The upper end, for comparison; of an open range its lower end, since nothing above is told."""
    return value.high if value.high is not None else _least(value)


def _figure(low: float | None, high: float | None) -> Label:
    """A range in words: 5; 20 to 99; at least 5; at most 5."""
    if low is not None and high is not None:
        return Label(*((f"{low:g}",) * 2)) if low == high else Label(f"{low:g} to {high:g}", f"{low:g} إلى {high:g}")
    if low is not None:
        return Label(f"at least {low:g}", f"{low:g} على الأقل")
    return Label(f"at most {high:g}", f"{high:g} على الأكثر")


def figure(number: Number) -> Label:
    """A figure as people read it."""
    return _figure(number.low, number.high)
