"""Counts against items, and counts against one another. Nothing here says what is true: it says what this collection
holds, and where what parties state does not go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tawatur.events.scope import Item, Scope, under
from tawatur.events.stated import Claim
from tawatur.meaning.actors_relations import related

ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Itemised:
    """A count held against the events (for sites: the places) that fall under it. ``own`` were itemised by the count's
    own origin, ``others`` only by others, ``unattributed`` by nobody who counts; ``maybe`` may fall under it, their
    day, place or party not being told. ``missing`` is how many of the count's lower bound nobody itemised, ``surplus``
    how many more than its upper bound there are."""

    claim: Claim
    own: tuple[str, ...]
    others: tuple[str, ...]
    unattributed: tuple[str, ...]
    maybe: tuple[str, ...]
    held: int
    missing: int
    surplus: int


def itemise(claim: Claim, items: Sequence[Item]) -> Itemised | None:
    """``claim`` against ``items``; None where it counts neither attacks nor sites, or its days are not told."""
    if claim.of not in ("attacks", "sites") or claim.scope.first is None or claim.scope.last is None:
        return None
    found, perhaps = under((i for i in items if not i.denied), claim.scope)
    own = [i for i in found if claim.origin and claim.origin in i.origins]
    others = [i for i in found if i not in own and i.origins]
    bare = [i for i in found if not i.origins]
    held = len(found) if claim.of == "attacks" else _sites(found)
    low = int(claim.low or 0)
    return Itemised(
        claim,
        tuple(i.event for i in own),
        tuple(i.event for i in others),
        tuple(i.event for i in bare),
        tuple(i.event for i in perhaps),
        held,
        max(0, low - held),
        max(0, held - int(claim.high)) if claim.high is not None else 0,
    )


def _sites(items: Iterable[Item]) -> int:
    """Different places; an event without one cannot be told apart and counts for one at most."""
    places = {i.places[0].place_id or i.places[0].span.text if i.places else "" for i in items}
    return len(places)


@dataclass(frozen=True, slots=True)
class Beside:
    """Counts of one thing over one span by different origins. ``apart`` is the gap between the lowest upper bound and
    the highest lower bound: 0 where all may be right."""

    claims: tuple[Claim, ...]
    apart: float


def side_by_side(stated: Sequence[Claim]) -> list[Beside]:
    """The claims that count the same over the same days (ends at most a day apart) and in the same place, where two or
    more origins differ in what they say."""
    out: list[Beside] = []
    used: set[int] = set()
    for i, one in enumerate(stated):
        if i in used or not one.origin or one.of == "first":
            continue
        group = [i] + [j for j in range(i + 1, len(stated)) if j not in used and _comparable(one, stated[j])]
        found = [stated[k] for k in group]
        if len({c.origin for c in found}) > 1 and len({(c.low, c.high) for c in found}) > 1:
            used.update(group)
            lows = max(c.low if c.low is not None else float("-inf") for c in found)
            highs = min(c.high if c.high is not None else float("inf") for c in found)
            out.append(Beside(tuple(found), max(0.0, lows - highs)))
    return out


def _comparable(a: Claim, b: Claim) -> bool:
    if a.of != b.of or not b.origin:
        return False
    one, other = a.scope, b.scope
    if not _same_day(one.first, other.first) or not _same_day(one.last, other.last):
        return False
    return _one_place(one, other) and _one_kind(one.type, other.type) and _one_war(one, other)


def _one_place(one: Scope, other: Scope) -> bool:
    """Whether two counts are of the same places: what befell one base is no part to set beside all of a country."""
    if one.spots or other.spots:
        return {p.place_id for p in one.spots} == {p.place_id for p in other.spots}
    return one.countries == other.countries


_RESULTS = frozenset(("harm", "damage"))


def _one_kind(a: str, b: str) -> bool:
    """Whether two counts are of deeds, or both of what deeds did."""
    return (a.partition(".")[0] in _RESULTS) == (b.partition(".")[0] in _RESULTS)


def _one_war(one: Scope, other: Scope) -> bool:
    """Whether the parties told make it likely that the same deeds are counted: none contradicts, and one is shared."""
    shared = False
    for mine, theirs in ((one.actors, other.actors), (one.targets, other.targets)):
        if mine and theirs:
            if not related(mine, theirs, "same", "umbrella"):
                return False
            shared = True
    return shared


def _same_day(a: date | None, b: date | None) -> bool:
    """Whether two known days are the same, give or take one: counts of a night are dated by either day."""
    return a is not None and b is not None and abs(a - b) <= ONE_DAY


@dataclass(frozen=True, slots=True)
class Series:
    """The totals of one origin since one day, in the order of the days that they reach to. ``falls`` are the pairs of
    positions at which a later total is lower than an earlier one; ``rates`` the happenings a day between neighbours
    (None where a total is a bound or a range, or the days are the same)."""

    claims: tuple[Claim, ...]
    falls: tuple[tuple[int, int], ...]
    rates: tuple[float | None, ...]


def totals_over_time(stated: Sequence[Claim]) -> list[Series]:
    """Each origin's totals of attacks since the same day (give or take one), two or more of them."""
    grouped: dict[tuple[str, str, date, int], list[Claim]] = {}
    for claim in stated:
        first, last = claim.scope.first, claim.scope.last
        if claim.of not in ("attacks", "killed", "injured") or not claim.origin or first is None or last is None:
            continue
        if last - first < timedelta(2):
            continue
        kept = [k for k in grouped if k[:2] == (claim.origin, claim.of) and abs(k[2] - first) <= ONE_DAY]
        near = next((k for k in kept if all(_one_thing(claim.scope, c.scope) for c in grouped[k])), None)
        grouped.setdefault(near or (claim.origin, claim.of, first, len(grouped)), []).append(claim)
    out = []
    for found in grouped.values():
        ordered = sorted(found, key=lambda c: (c.scope.last or date.max, c.low or 0.0, c.records))
        if len({c.scope.last for c in ordered}) > 1:
            out.append(_series(ordered))
    return out


def _one_thing(one: Scope, other: Scope) -> bool:
    """Whether two totals of one party are of the same places and parties, as far as both say."""
    if one.countries and other.countries and one.countries != other.countries:
        return False
    if {p.place_id for p in one.spots} != {p.place_id for p in other.spots}:
        return False
    return _one_kind(one.type, other.type) and all(
        not (a and b) or related(a, b, "same", "umbrella")
        for a, b in ((one.actors, other.actors), (one.targets, other.targets))
    )


def _series(ordered: Sequence[Claim]) -> Series:
    falls = []
    for i, earlier in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            later = ordered[j]
            if later.high is not None and earlier.low is not None and later.high < earlier.low:
                falls.append((i, j))
    return Series(tuple(ordered), tuple(falls), tuple(_rate(a, b) for a, b in pairwise(ordered)))


def _rate(earlier: Claim, later: Claim) -> float | None:
    if earlier.low is None or later.low is None or earlier.low != earlier.high or later.low != later.high:
        return None
    if earlier.scope.last is None or later.scope.last is None:
        return None
    days = (later.scope.last - earlier.scope.last).days
    return (later.low - earlier.low) / days if days > 0 else None
