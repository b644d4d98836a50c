"""What one sentence says of an event, before it is put in words: who holds which position, about what, the figures
with their extremes, and the records that prove each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tawatur.meaning.actors_relations import same_party
from tawatur.model import Label, Party, Record
from tawatur.origins.accounts import Account
from tawatur.origins.conflicts import Conflict
from tawatur.origins.origin import Origin
from tawatur.origins.parties import roots
from tawatur.origins.view import EventView

HARM = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Voices:
    """The origins that hold one position, in the order in which they spoke, and one record of each."""

    origins: tuple[Origin, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of what is told of a figure: its bounds and who tells it."""

    low: float | None
    high: float | None
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The lowest and the highest of a figure as the accounts give it (the same where all agree)."""

    of: str
    lowest: Bound
    highest: Bound


@dataclass(frozen=True, slots=True)
class Gist:
    """What the accounts of ``view`` come to. ``cited`` are the ids of the records that prove it, without repeats."""

    view: EventView
    claims: Voices
    confirms: Voices
    reports: Voices
    bare: Voices
    denies: Voices
    actor: Party | None
    target: Party | None
    figures: tuple[Told, ...]
    differ: tuple[Conflict, ...]
    cited: tuple[str, ...]


def gist_of(view: EventView) -> Gist:
    """The gist of an event."""
    voices = [_voices(view.at(p)) for p in ("claims", "confirms", "reports", "unattributed", "denies")]
    claims, confirms, reports, bare, denies = voices
    reports = _without(reports, claims, confirms)
    named = claims.origins or confirms.origins or reports.origins
    shown = [claims, confirms, reports, denies] if named else [bare, denies]
    figures = [(f, keys) for of in HARM if (found := _figure(view, of)) for f, keys in (found,)]
    differ = tuple(c for c in view.conflicts if sum(v.counted for v in c.values) > 1 and _matters(c, view))
    cited = [r for v in shown for r in v.records] + [k for _, keys in figures for k in keys]
    cited += [v.records[0] for c in differ for v in c.values if v.records]
    if not cited:
        cited = list(view.event.members[:1])
    told = [t.record for t in view.tolds if t.record.status != "denied"] or [t.record for t in view.tolds]
    return Gist(
        view, claims, confirms, reports, bare, denies,
        _common(r.actor for r in told),
        _common(r.target for r in told if not _is_the_place(r.target, view) and not _is_the_actor(r)),
        tuple(f for f, _ in figures), differ, tuple(dict.fromkeys(cited)),
    )  # fmt: skip


def _voices(accounts: Sequence[Account]) -> Voices:
    """One record an origin: of the report that wrote it rather than of a copy."""
    first: dict[str, Account] = {}
    for account in sorted(accounts, key=lambda a: bool(a.copy_of)):
        first.setdefault(account.origin.key, account)
    rows = [a for a in accounts if first[a.origin.key] is a]
    named = [_named(a) for a in rows]
    return Voices(tuple(named), tuple(a.record for a in rows))


def _matters(conflict: Conflict, view: EventView) -> bool:
    """Whether a conflict is told in the sentence: figures have words of their own there, and who names an umbrella
    does not contradict who names its member."""
    if conflict.field != "party":
        return conflict.field != "numbers"
    actors = [{a.entity for r in v.records if (a := view.records[r].actor) and a.entity} for v in conflict.values]
    return any(
        same_party(a, b) not in ("same", "umbrella")
        for one, other in combinations(actors, 2)
        for a in one
        for b in other
    )


def _without(voices: Voices, *others: Voices) -> Voices:
    """The voices without those origins that hold a stronger position too."""
    known = {o.key for v in others for o in v.origins}
    kept = [(o, r) for o, r in zip(voices.origins, voices.records, strict=True) if o.key not in known]
    return Voices(tuple(o for o, _ in kept), tuple(r for _, r in kept))


def _named(account: Account) -> Origin:
    """The origin as it is called in the sentence: a party by whoever of it spoke (its ministry, its spokesman), one
    without a name by its outlet."""
    origin = account.origin
    if not origin.counts and not (
        origin.label.en and origin.label.ar and origin.label.en != origin.label.ar
    ):  # words of a report, behind which nobody stands
        return replace(origin, key=account.outlet.id or origin.key, kind="unattributed", label=account.outlet.label)
    spoke = account.chain[-1] if account.chain else Label()
    if origin.kind == "party" and spoke.en and spoke.ar:
        return replace(origin, label=spoke)
    return origin if origin.label.en or origin.label.ar else replace(origin, label=account.outlet.label)


def _figure(view: EventView, of: str) -> tuple[Told, list[str]] | None:
    """The extremes of a figure: of the conflict where the accounts differ, else what the first account gives."""
    for c in view.conflicts:
        if c.field == "numbers" and c.of == of and c.lowest is not None and c.highest is not None:
            low, high = (Bound(v.low, v.high, v.origins) for v in (c.lowest, c.highest))
            return Told(of, low, high), [*c.lowest.records[:1], *c.highest.records[:1]]
    for account in view.at("claims", "confirms", "reports", "unattributed"):
        for number in account.told.record.numbers:
            if number.of == of:
                bound = Bound(number.low, number.high, (_named(account),))
                return Told(of, bound, bound), [account.record]
    return None


def _common(parties: Iterable[Party | None]) -> Party | None:
    """The party that most records name, those with a name in both languages first."""
    found = [p for p in parties if p is not None]
    count = Counter(p.label for p in found)
    return min(found, key=lambda p: (p.label == Label(), -count[p.label], p.span.start), default=None)


def _is_the_place(party: Party | None, view: EventView) -> bool:
    """Whether a target is nothing but the place where it stands ("the base of Harir", at Harir)."""
    if party is None or party.entity or (party.label.en and party.label.ar):
        return False
    names = {r.place.span.text for r in (t.record for t in view.tolds) if r.place is not None}
    return any(n in party.span.text or party.span.text in n for n in names)


def _is_the_actor(record: Record) -> bool:
    """Whether a record names one party as both sides."""
    a, b = record.actor, record.target
    return bool(a and b and a.entity and b.entity and roots(a.entity) & roots(b.entity))


def killed(view: EventView) -> float:
    """The dead, at the least that is told; 0 where none are."""
    found = _figure(view, "killed")
    return (found[0].lowest.low or 0.0) if found else 0.0
