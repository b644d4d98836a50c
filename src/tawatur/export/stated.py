"""What both languages say alike of counts and figures: which noun, which verdict, which statement belongs to which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.events.checks import Itemised, Series
from tawatur.events.figures import Held, Judged
from tawatur.events.ledger import Entry
from tawatur.events.stated import Claim
from tawatur.model import Party
from tawatur.origins.parties import roots

_STEPS = 5
_ANY_ATTACK = ("", "clash", "strike.unspecified", "strike.mixed")


@dataclass(frozen=True, slots=True)
class Check:
    """One claim with what was found about it: held against items, against the record, or both."""

    claim: Claim
    itemised: Itemised | None = None
    judged: Judged | None = None


def checks(itemised: Iterable[Itemised], judged: Iterable[Judged]) -> list[Check]:
    """The checks of each claim put together, in the order of the claims given."""
    out: dict[tuple[object, ...], Check] = {}
    for i in itemised:
        out[key_of(i.claim)] = Check(i.claim, i)
    for j in judged:
        known = out.get(key_of(j.claim))
        out[key_of(j.claim)] = Check(j.claim, known.itemised if known else None, j)
    return list(out.values())


def in_vain(check: Check) -> Held | None:
    """What the collection holds under a count that it has too few days to judge: the shares of the items mean little
    then, and are not told."""
    judged = check.judged
    vain = judged is not None and judged.reason == "coverage" and check.claim.of not in ("percent", "first")
    return judged.span if judged is not None and vain and check.itemised is not None else None


def speaker_of(entry: Entry) -> Party | None:
    """Who says what an entry of a ledger holds; None where the report itself does."""
    record = entry.record
    if record.kind == "statement" and record.actor is not None:
        return record.actor
    return record.source[-1] if record.source else None


def worth_telling(after: Held | None) -> Held | None:
    """What the record holds after a statement, where the collection has reports from half of those days."""
    return after if after is not None and 2 * after.covered >= after.days else None


def key_of(claim: Claim) -> tuple[object, ...]:
    """What makes a claim this one: what it counts, its bounds, whose it is, and where it is told."""
    return claim.of, claim.low, claim.high, claim.origin, claim.records


def by_itself(claim: Claim) -> bool:
    """Whether a party counts its own deeds."""
    kind, _, rest = claim.origin.partition(":")
    mine = frozenset(rest.split("+")) if kind == "party" else frozenset()
    return any(mine & roots(a) for a in claim.scope.actors)


def noun_of(claim: Claim) -> str:
    """The key of the noun (``gloss_nouns.csv``) that a claim counts."""
    if claim.of == "sites":
        return "site"
    if claim.of in ("killed", "injured"):
        return "person"
    return "operation" if claim.scope.type in _ANY_ATTACK and by_itself(claim) else _attack(claim.scope.type)


def _attack(type_: str) -> str:
    return "strike.unspecified" if type_ in _ANY_ATTACK else type_


def bounds_of(claim: Claim) -> tuple[float | None, float | None]:
    """The bounds without their sign: a fall of 45 to 50."""
    ends = [None if x is None else abs(x) for x in (claim.low, claim.high)]
    return (ends[1], ends[0]) if falls(claim) else (ends[0], ends[1])


def falls(claim: Claim) -> bool:
    """Whether a change is one downwards."""
    return claim.of == "percent" and (claim.high if claim.high is not None else claim.low or 0.0) < 0


def held_events(check: Check) -> tuple[str, ...]:
    """The events (ids) that a check counted, without repeats; for a change, those of the span before as well."""
    found: list[str] = []
    if check.itemised is not None:
        found += [*check.itemised.own, *check.itemised.others, *check.itemised.unattributed]
    if check.judged is not None:
        for span in (check.judged.base, check.judged.span):
            found += span.events if span is not None else ()
    return tuple(dict.fromkeys(found))


def by_claimant(claims: Sequence[Claim], names: Sequence[str]) -> dict[str, list[Claim]]:
    """Claims under the names of those who make them, in order; of one size only the first."""
    out: dict[str, list[Claim]] = {}
    for claim, name in zip(claims, names, strict=True):
        known = out.setdefault(name, [])
        if (claim.low, claim.high) not in {(c.low, c.high) for c in known}:
            known.append(claim)
    return out


def steps(series: Series) -> tuple[Claim, ...]:
    """The totals of a series that are worth telling: of equal ones in a row the first; of many, the first and the last
    few."""
    found: list[Claim] = []
    for claim in series.claims:
        if claim.scope.last and (not found or (claim.low, claim.high) != (found[-1].low, found[-1].high)):
            found.append(claim)
    if len(found) == 1 and series.claims[-1].scope.last != found[0].scope.last:
        found.append(series.claims[-1])
    return tuple(found if len(found) <= _STEPS else [found[0], *found[1 - _STEPS :]])


def never_falls(series: Series) -> bool:
    """Whether each total is at least as high as the one before."""
    lows = [c.low or 0.0 for c in series.claims]
    return all(a <= b for a, b in pairwise(lows))
