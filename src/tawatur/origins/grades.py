"""How well an event is attested: a grade proposed from its accounts with reasons; a person decides.

- *confirmed*: a party says it against its interest, or one side claims it and the other confirms it;
- *fair*: two or more independent origins tell it;
- *single_origin*: one does;
- *contested*: an origin that counts denies what another tells;
- *denied*: only denials stand behind it;
- *unattributed*: nobody who counts says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.model import Label
from tawatur.origins.accounts import Account
from tawatur.origins.origin import Origin, independent

Grade = Literal["confirmed", "fair", "single_origin", "contested", "denied", "unattributed"]
GRADES: tuple[Grade, ...] = ("confirmed", "fair", "single_origin", "contested", "denied", "unattributed")
NAMES: dict[Grade, Label] = {
    "confirmed": Label("confirmed", "مؤكَّد"),
    "fair": Label("fair", "مقبول"),
    "single_origin": Label("single origin", "مصدر واحد"),
    "contested": Label("contested", "متنازع عليه"),
    "denied": Label("denied", "منفيّ"),
    "unattributed": Label("unattributed", "بلا مصدر"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided in place of the proposal."""

    grade: Grade
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade that holds, the one that the accounts propose, why, the independent origins behind the event (each
    group one origin), and what a person decided, where one did."""

    grade: Grade
    proposed: Grade
    reasons: tuple[Label, ...]
    origins: tuple[tuple[Origin, ...], ...]
    decided: Decided | None = None


def grade(accounts: Sequence[Account], decided: Decided | None = None) -> Graded:
    """The grade of an event by its accounts; ``decided`` stands above it and is named as a reason."""
    tellers = [a for a in accounts if a.counts and a.position in ("claims", "confirms", "reports")]
    deniers = [a for a in accounts if a.counts and a.position == "denies"]
    groups = tuple(tuple(g) for g in independent(a.origin for a in tellers))
    proposed, reasons = _proposed(tellers, deniers, groups)
    reasons = [*reasons, *_remarks(accounts)]
    if decided is not None:
        said = Label(
            f"{decided.who} decided {NAMES[decided.grade].en}: {decided.why}",
            f"قرار {decided.who}: {NAMES[decided.grade].ar}، {decided.why}",
        )
        reasons = [said, *reasons]
    return Graded(decided.grade if decided else proposed, proposed, tuple(reasons), groups, decided)


def _proposed(
    tellers: Sequence[Account], deniers: Sequence[Account], groups: Sequence[Sequence[Origin]]
) -> tuple[Grade, list[Label]]:
    against = [a for a in tellers if a.against_interest]
    claims = [a for a in tellers if a.position == "claims"]
    confirms = [a for a in tellers if a.position == "confirms"]
    if deniers and not tellers:
        return "denied", [_line("only denied, by {}", "لا شيء سوى النفي: {}", deniers)]
    if deniers:
        return "contested", [
            _line("told by {}", "الرواية: {}", tellers),
            _line("denied by {}", "النفي: {}", deniers),
        ]
    if against:
        return "confirmed", [_line("told against its own interest by {}", "رواية تخالف مصلحة صاحبها: {}", against)]
    if claims and confirms:
        return "confirmed", [
            _line("claimed by {}", "التبني: {}", claims),
            _line("confirmed by the other side: {}", "التأكيد من الطرف الآخر: {}", confirms),
        ]
    if len(groups) > 1:
        return "fair", [
            Label(
                f"{len(groups)} independent origins: {_names(groups, 'en')}",
                f"{len(groups)} مصادر أصلية مستقلة: {_names(groups, 'ar')}",
            )
        ]
    if groups:
        return "single_origin", [_line("told by one origin only: {}", "مصدر أصلي واحد: {}", tellers)]
    return "unattributed", [Label("no origin that counts tells it", "لا مصدر أصلي معتبراً وراءه")]


def _remarks(accounts: Sequence[Account]) -> list[Label]:
    """What does not count, and why, in plain lines."""
    out: list[Label] = []
    copies = sum(bool(a.copy_of) for a in accounts)
    if copies:
        out.append(
            Label(f"copies that add no origin: {copies}", f"نسخ لا تضيف مصدراً: {copies}"),
        )
    loose = sum(not a.origin.counts for a in accounts)
    if loose:
        out.append(
            Label(
                f"accounts that name no origin: {loose} (listed, not counted)",
                f"روايات لا تسمي مصدراً: {loose} (تُذكر ولا تُعدّ)",
            )
        )
    for a in accounts:
        if a.replaced_by:
            label = name_of(a.origin)
            out.append(
                Label(f"{label.en} later said otherwise", f"رواية تغيّرت لاحقاً: {label.ar}"),
            )
    return list(dict.fromkeys(out))


def name_of(origin: Origin) -> Label:
    """An origin in words: "the correspondent of X", "unnamed sources of X", the party's name."""
    en, ar = origin.label.en or origin.label.ar or origin.key, origin.label.ar or origin.label.en or origin.key
    if origin.kind == "outlet_field":
        return Label(f"the correspondent of {en}", f"مراسل {ar}")
    if origin.kind == "outlet_unnamed":
        return Label(f"unnamed sources of {en}", f"مصادر غير مسمّاة لدى {ar}")
    return Label(en, ar)


def _line(en: str, ar: str, accounts: Sequence[Account]) -> Label:
    labels = list(dict.fromkeys(name_of(a.origin) for a in accounts))
    return Label(en.format(", ".join(x.en for x in labels)), ar.format("، ".join(x.ar for x in labels)))


def _names(groups: Sequence[Sequence[Origin]], language: Literal["en", "ar"]) -> str:
    labels = [[name_of(o) for o in g] for g in groups]
    return ("; " if language == "en" else "؛ ").join(
        " / ".join(x.en if language == "en" else x.ar for x in g) for g in labels
    )
