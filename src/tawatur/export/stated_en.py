"""English sentences on counts and figures: what is stated and by whom, what this collection holds, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tawatur.events.checks import Beside, Itemised, Series
from tawatur.events.figures import Held, Judged
from tawatur.events.scope import Scope
from tawatur.events.stated import Claim
from tawatur.events.told import Facts
from tawatur.export.names import claimant, claimants, country, entity_name, joined, span_days, their
from tawatur.export.stated import (
    Check,
    bounds_of,
    by_claimant,
    by_itself,
    falls,
    in_vain,
    never_falls,
    noun_of,
    steps,
)
from tawatur.origins.parties import label_of
from tawatur.records.gloss_counts import english as counted
from tawatur.records.gloss_counts import english_figure
from tawatur.records.gloss_days import english_day
from tawatur.records.gloss_en import where
from tawatur.records.gloss_tables import Bounds, digits

Documents = Mapping[str, Facts]
_FALLS = 3


def check(found: Check, documents: Documents) -> str:
    """One sentence: the claim, the items under it, the verdict."""
    parts = [claim(found.claim, documents)]
    if (sparse := in_vain(found)) is not None:
        parts.append(_vain(sparse, found.itemised))
    elif found.itemised is not None:
        parts.append(itemised(found.itemised))
    if found.judged is not None and sparse is None:
        parts.append(judged(found.judged, itemised=found.itemised is not None))
    return sentence(parts)


def short(found: Check, documents: Documents) -> str:
    """The claim and the verdict on it."""
    return sentence([claim(found.claim, documents), verdict(found.judged) if found.judged is not None else ""])


def total(one: Claim, documents: Documents) -> str:
    """The claim alone."""
    return sentence([claim(one, documents)])


def sentence(parts: Iterable[str]) -> str:
    """The parts that are not empty as one sentence."""
    text = "; ".join(p for p in parts if p)
    return f"{text[:1].upper()}{text[1:]}."


def amount(one: Claim) -> str:
    """What is claimed, with its noun: "11 attacks", "3 people killed", "a rise of 45%"."""
    if one.of == "first":
        return "a first"
    size = Bounds(*bounds_of(one))
    if one.of == "percent":
        return f"a {'fall' if falls(one) else 'rise'} of {english_figure(size)}%"
    said = counted(noun_of(one), size)
    return f"{said} {one.of}" if one.of in ("killed", "injured") else said


def scope(one: Scope, *, by: bool, over: bool = True) -> str:
    """By whom, on whom, where and when: " by A on B in Iraq and Syria between …"."""
    out = f" by {joined((entity_name(a, 'en') for a in sorted(one.actors)), 'en')}" if by and one.actors else ""
    if one.targets:
        out += f" against {joined((entity_name(t, 'en') for t in sorted(one.targets)), 'en')}"
    if one.spot is not None:
        out += f" {joined((where(p) for p in one.spots), 'en')}"
    elif one.countries:
        out += f" in {joined((country(c, 'en') for c in sorted(one.countries)), 'en')}"
    days = span_days(one.first, one.last, "en") if over else ""
    return f"{out} {days}" if days else out


def claim(one: Claim, documents: Documents) -> str:
    who = claimant(one, "en", documents)
    own = by_itself(one)
    if one.of == "first":
        what = f"an action of {_own(one)} own" if own else "what happened"
        return f"{who} called {what}{scope(one.scope, by=not own)} the first of its kind"
    if one.of == "percent":
        return f"{who} stated {amount(one)} in the number of attacks{scope(one.scope, by=True)}"
    verb = "stated" if one.of in ("killed", "injured") else "counted"
    mine = f" of {_own(one)} own" if own and one.of == "attacks" else ""
    return f"{who} {verb} {amount(one)}{mine}{scope(one.scope, by=not own)}"


def _own(one: Claim) -> str:
    return their(label_of(one.origin.partition(":")[2].split("+")))


def itemised(one: Itemised) -> str:
    thing = "place" if one.claim.of == "sites" else "event"
    if one.held:
        out = f"in this collection {_many(one.held, thing)} {'falls' if one.held == 1 else 'fall'} under this count: "
        parts = [f"{len(one.own)} itemised by the same origin"] if one.claim.origin else []
        parts.append(f"{len(one.others)} by others only" if parts else f"{len(one.others)} itemised by a named origin")
        if one.unattributed:
            parts.append(f"{len(one.unattributed)} told without one")
        out += ", ".join(parts)
        if one.missing:
            out += f"; {digits(one.missing)} {'is' if one.missing == 1 else 'are'} itemised by nobody"
        if one.surplus:
            out += f"; that is {digits(one.surplus)} more than stated"
    else:
        out = f"this collection itemises no {thing} that certainly falls under this count"
    if one.maybe:
        out += f"; {len(one.maybe)} more may fall under it (day, place or party not told)"
    return out


def _vain(one: Held, found: Itemised | None) -> str:
    perhaps = f" and {len(found.maybe)} that may fall under it" if found is not None and found.maybe else ""
    held = _many(len(one.events), "event") if one.events else "no event"
    return (
        f"this collection holds {held} of these{perhaps}; whether that agrees cannot be judged: "
        f"it has reports from {one.covered} of the {one.days} days"
    )


def span(one: Held) -> str:
    """ "16 events (5 with two or more independent origins; days with reports: 15 of 15)"."""
    days = f"days with reports: {one.covered} of {one.days}"
    if not one.events:
        return f"no event ({days})"
    return f"{_many(len(one.events), 'event')} ({len(one.corroborated)} with two or more independent origins; {days})"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def judged(one: Judged, *, itemised: bool = False) -> str:
    parts = []
    if one.claim.of == "percent" and one.span is not None and one.base is not None:
        change = "; ".join(
            f"{_signed(v)} counting {how}"
            for v, how in ((one.value, "every event"), (one.value_corroborated, "only events of two or more origins"))
            if v is not None
        )
        parts.append(
            f"this collection holds {span(one.span)} in that time and {span(one.base)} in as many days before"
            f"{f': {change}' if change else ''}"
        )
    elif one.span is not None and one.claim.of == "first":
        before = one.span.last
        parts.append(f"this collection holds {span(one.span)} of the kind from its beginning to {english_day(before)}")
    elif one.span is not None and not itemised:
        parts.append(f"this collection holds {span(one.span)}")
    elif one.span is not None:
        firm = f"with two or more independent origins: {len(one.span.corroborated)}; " if one.span.events else ""
        parts.append(f"{firm}days with reports: {one.span.covered} of {one.span.days}")
    return "; ".join([*parts, verdict(one)])


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{digits(round(abs(value)))}%"


_UNDECIDED = {
    "coverage": "the collection has reports from too few of the days",
    "maybe": "too many events may or may not belong to it",
    "unvouched": "it hangs on events that nobody who counts tells of",
    "no-span": "its days are not told",
    "no-party": "it does not say whom the attacks were on, or by whom",
    "no-place": "its place is not told",
    "no-base": "the collection holds nothing from the days before to compare with",
    "two-spans": "its words may mean either of two spans, and it hangs on which",
}
_COUNTING = {
    "all": ", counting every event",
    "corroborated": ", counting only events with two or more independent origins",
    "both": ", whichever way events are counted",
    "": "",
}


def verdict(one: Judged) -> str:
    """The verdict in plain words: it speaks of what this collection holds."""
    if one.verdict == "undecided":
        return f"whether that agrees cannot be judged: {_UNDECIDED.get(one.reason, one.reason)}"
    if one.verdict == "agrees":
        return f"the statement agrees with what this collection holds{_COUNTING[one.counting]}"
    if one.reason == "earlier":
        return "the statement differs from what this collection holds: there are earlier ones"
    return f"the statement differs from what this collection holds{_difference(one)}"


def _difference(one: Judged) -> str:
    if not one.difference:
        return ""
    size = abs(one.difference)
    if one.claim.of == "percent":
        return f" by {size:.0f} percentage points" if size >= 1 else ""
    return f": {digits(size)} {'more' if one.difference > 0 else 'fewer'} than stated"


def beside(one: Beside, documents: Documents) -> str:
    """Counts of one thing by different origins, side by side."""
    first = one.claims[0]
    grouped = by_claimant(one.claims, [claimant(c, "en", documents) for c in one.claims])
    counts = joined((f"{who} gave {joined(map(amount, found), 'en')}" for who, found in grouped.items()), "en")
    end = f"the counts are at least {digits(one.apart)} apart" if one.apart else "all of them can be right"
    about = f"{span_days(first.scope.first, first.scope.last, 'en')}{scope(first.scope, by=False, over=False)}"
    return f"For what happened {about}, {counts}; {end}."


def series(one: Series, documents: Documents) -> str:
    """The totals of one origin since one day."""
    first = one.claims[0]
    since = english_day(first.scope.first) if first.scope.first else "an untold day"
    told = joined((f"{amount(c)} up to {english_day(c.scope.last)}" for c in steps(one) if c.scope.last), "en")
    parts = [f"{claimants(one.claims, 'en', documents)} gave totals since {since}: {told}"]
    if first.of == "attacks":
        for i, rate in enumerate(one.rates):
            if rate is not None and (a := one.claims[i].scope.last) and (b := one.claims[i + 1].scope.last):
                parts.append(f"{rate:.1f} a day {span_days(a + timedelta(1), b, 'en')}")
    falls_ = [f"the total of {_until(one, j)} is lower than that of {_until(one, i)}" for i, j in one.falls[:_FALLS]]
    steady = "the total never falls" if never_falls(one) else "no total is certainly lower than one before it"
    text = "; ".join([*parts, *(falls_ or [steady])])
    return f"{text[:1].upper()}{text[1:]}."


def _until(one: Series, at: int) -> str:
    last = one.claims[at].scope.last
    return english_day(last) if last else "an untold day"
