"""Several tellings of one happening inside a document (headline, lead, quoted post, body) are one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tawatur.meaning.actors import Catalogue
from tawatur.model import Issue, Number, Party, Place, Record, Weapon
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize

# A happening, count or figure that is less sure than this after its tellings were merged is left out, with an issue;
# which speech acts are records the reader has decided.
FLOOR = 0.62
_WEAPONLESS = "strike.unspecified"
T = TypeVar("T")


def merge(records: list[Record], catalogue: Catalogue) -> tuple[list[Record], list[Issue]]:
    """The records with repeats joined, in order of the text; those that stay unsure are thrown out with a reason.

    A telling joins an earlier one when kind and kind of deed fit and neither place, day, party nor figures
    contradict. Items of one list never join: they share an anchor.
    """
    out: list[Record] = []
    tellings: list[list[Record]] = []
    for r in sorted(records, key=lambda r: (-_fullness(r), r.anchor.start)):
        if r.kind == "statement":
            out.append(r)
            tellings.append([r])
            continue
        fit = max(
            ((s, n) for n, group in enumerate(tellings) if (s := _fits(out[n], group, r, catalogue)) > 0),
            default=None, key=lambda x: (x[0], -x[1]),
        )  # fmt: skip
        if fit is None:
            out.append(r)
            tellings.append([r])
        else:
            n = fit[1]
            tellings[n].append(r)
            out[n] = _joined(out[n], r)
    kept, issues = [], []
    for r in out:
        if r.kind == "statement" or r.confidence >= FLOOR:
            kept.append(r)
        else:
            issues.append(Issue("unsure", f"{r.kind} {r.type} left out at confidence {r.confidence:.2f}", r.anchor))
    return kept, issues


def _fullness(r: Record) -> float:
    return 2 * (r.place is not None) + (r.time is not None) + (r.actor is not None) + bool(r.numbers) + r.confidence


def _family(type_: str) -> str:
    return type_.split(".")[0]


def words(text: str) -> frozenset[str]:
    """The folded words of a name, articles and proclitics off."""
    return frozenset(stems(t.norm)[-1][0] for t in tokenize(text) if t.script != "mark")


def same_name(a: str, b: str) -> bool:
    if fold(a) == fold(b):
        return True
    x, y = words(a), words(b)
    return bool(x and y) and (x <= y or y <= x)


def _places(a: Place | None, b: Place | None) -> float:
    """1 the same place, 0.5 one of them silent, 0.4 one inside or near the other, -1 two places."""
    if a is None or b is None:
        return 0.5 if a is not b else 0.3
    if (a.place_id and a.place_id == b.place_id) or same_name(a.span.text, b.span.text):
        return 1.0
    if a.country and a.country == b.country and {a.precision, b.precision} & {3}:
        return 0.4
    return -1.0


def _parties(a: Party | None, b: Party | None, catalogue: Catalogue) -> float:
    if a is None or b is None:
        return 0.3
    if a.entity and b.entity:
        how = catalogue.same_party(a.entity, b.entity)
        return {"same": 1.0, "umbrella": 0.6, "unknown": 0.1}.get(how, -0.6)
    return 0.8 if same_name(a.span.text, b.span.text) else 0.0


def _days(a: Record, b: Record) -> float:
    first, second = a.time, b.time
    if first is None or second is None or first.first is None or second.first is None:
        return 0.2
    if first.first == second.first and first.last == second.last:
        return 0.8
    lo = max(first.first, second.first)
    hi = min(first.last or lo, second.last or lo)
    return 0.1 if lo <= hi else -1.0


def _figures(a: Record, b: Record) -> float:
    """0.8 a figure in common, 0 nothing to compare, -0.8 the same thing counted differently."""
    mine = {n.of: (n.low, n.high) for n in a.numbers}
    theirs = {n.of: (n.low, n.high) for n in b.numbers}
    shared = mine.keys() & theirs.keys()
    if not shared:
        return 0.0
    return 0.8 if any(mine[k] == theirs[k] for k in shared) else -0.8


def _types(a: Record, b: Record) -> float:
    if a.type == b.type:
        return 1.0
    if _family(a.type) == _family(b.type) == "strike":
        return 0.6 if _WEAPONLESS in (a.type, b.type) else 0.3 if "strike.mixed" in (a.type, b.type) else -0.6
    pair = {_family(a.type), _family(b.type)}
    return 0.2 if pair & {"harm", "damage"} and pair & {"strike", "bomb", "shooting", "clash", "raid"} else -1.0


def _fits(kept: Record, group: list[Record], r: Record, catalogue: Catalogue) -> float:
    if any(g.anchor == r.anchor for g in group) or "statistic" in (kept.kind, r.kind) and kept.kind != r.kind:
        return -1.0
    types, place, days, figures = _types(kept, r), _places(kept.place, r.place), _days(kept, r), _figures(kept, r)
    party = _parties(kept.actor, r.actor, catalogue)
    if figures > 0.5 and days > 0.5 and party > 0.5:
        # The same count of the same party on the same day is the same count, whatever it is called.
        types = max(types, 0.3)
    if min(types, place, days, figures) < 0:
        return -1.0
    if kept.kind != r.kind:
        # A count and a single happening are told of one another only where a figure or the very day and place say so.
        if not (figures > 0.5 or (days > 0.5 and place > 0.9)):
            return -1.0
        return types + place + days + figures + party - 2.35
    if kept.kind == "aggregate" and figures == 0.0 and _dated(kept) != _dated(r):
        return -1.0
    return types + place + days + figures + party - 1.75


def _dated(r: Record) -> bool:
    return r.time is not None and r.time.first is not None


def _joined(a: Record, b: Record) -> Record:
    """``a`` with what only ``b`` tells. The words nearest the anchor stay; a chain told once is its chain."""
    first, second = (a, b)
    return replace(
        first,
        type=second.type if first.type == _WEAPONLESS and _family(second.type) == "strike" else first.type,
        actor=first.actor or second.actor,
        target=first.target or second.target,
        place=_narrower(first.place, second.place),
        time=first.time if first.time and (first.time.first or not second.time) else second.time or first.time,
        weapons=_union(first.weapons, second.weapons, lambda w: fold(w.span.text)),
        numbers=_numbers(first.numbers, second.numbers),
        outcome=first.outcome or second.outcome,
        source=first.source or second.source,
        cue=first.cue if first.source else second.cue or first.cue,
        confidence=round(1 - (1 - first.confidence) * (1 - 0.5 * second.confidence), 3),
    )


def _narrower(a: Place | None, b: Place | None) -> Place | None:
    if a is None or b is None:
        return a or b
    return b if (b.precision or 3) < (a.precision or 3) else a


def _union(a: tuple[Weapon, ...], b: tuple[Weapon, ...], key: Callable[[Weapon], str]) -> tuple[Weapon, ...]:
    known = {key(x) for x in a}
    return a + tuple(x for x in b if key(x) not in known)


def _numbers(a: tuple[Number, ...], b: tuple[Number, ...]) -> tuple[Number, ...]:
    known = {n.of for n in a}
    return a + tuple(n for n in b if n.of not in known)
