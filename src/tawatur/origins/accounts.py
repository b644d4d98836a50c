"""The table of accounts of an event: who claims it, confirms it, denies it or reports it, in which words and by which
way, and whose word each is in the end.

A copy is a row like any other, but its origin is that of the outlet that wrote the words first, so it adds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from tawatur.events.told import Facts, Told
from tawatur.model import Label, Party, Span, When
from tawatur.origins.bylines import publisher_of_report, writer_of
from tawatur.origins.descent import Descent, descend
from tawatur.origins.families import Publisher
from tawatur.origins.lineage import Lineage
from tawatur.origins.origin import Origin, origin_of
from tawatur.origins.parties import roots, stance

Position = Literal["claims", "confirms", "denies", "reports", "unattributed"]
POSITIONS: tuple[Position, ...] = ("claims", "confirms", "denies", "reports", "unattributed")
_OWN_LOSS = frozenset(("killed", "injured"))
_PROTECTED_KINDS = frozenset(("civilian", "ngo"))
_PROTECTED_PLACES = frozenset(("medical", "school", "camp"))


@dataclass(frozen=True, slots=True)
class Account:
    """One telling of an event. ``words`` is the sentence that proves it; ``chain`` the labels of who says so, from
    nearest the publisher; ``copy_of`` the report that wrote the words first ("" where this one did) and ``via`` how
    they came. ``against_interest`` says that the origin tells what harms it. ``replaced_by`` is the record by which
    the same origin took this back or changed it later."""

    record: str
    doc: str
    outlet: Publisher
    published: date | None
    position: Position
    origin: Origin
    words: Span
    told: Told = field(repr=False)
    chain: tuple[Label, ...] = ()
    when: When | None = None
    copy_of: str = ""
    via: tuple[Lineage, ...] = field(default=(), repr=False)
    against_interest: bool = False
    replaced_by: str = ""

    @property
    def counts(self) -> bool:
        """Whether it stands for its origin today: one that counts, neither taken back nor changed since."""
        return self.origin.counts and not self.replaced_by


def accounts_of(
    tolds: Iterable[Told],
    lineages: Mapping[str, Sequence[Lineage]],
    facts: Mapping[str, Facts],
    statements: Iterable[Told] = (),
) -> tuple[Account, ...]:
    """The accounts of one event, oldest first. ``tolds`` are its members, ``lineages`` those of ``descent.by_copy``,
    ``facts`` the reports by id (the originals among them). ``statements`` are denials (records of kind ``statement``,
    type ``denial``) that may be meant; those that are tied to the event become rows."""
    members = sorted(tolds, key=lambda t: t.key)
    actors = _sides(t.record.actor for t in members)
    targets = _sides(t.record.target for t in members)
    told = members + [s for s in sorted(statements, key=lambda t: t.key) if denies_this(s, members)]
    rows = [_account(t, actors, targets, lineages, facts) for t in told]
    return _history(sorted(_other_side(rows), key=_time))


def _sides(parties: Iterable[Party | None]) -> frozenset[str]:
    return frozenset(p.entity for p in parties if p is not None and p.entity)


def _account(
    told: Told,
    actors: frozenset[str],
    targets: frozenset[str],
    lineages: Mapping[str, Sequence[Lineage]],
    facts: Mapping[str, Facts],
) -> Account:
    r = told.record
    outlet = publisher_of_report(told.facts)
    descent: Descent = descend(lineages, r.doc, r.evidence)
    first = facts.get(descent.doc, told.facts)
    origin = origin_of(told, writer_of(first))
    mine = {r.actor.entity} if r.actor is not None and r.actor.entity and r.kind != "statement" else actors
    aimed = {r.target.entity} if r.target is not None and r.target.entity and r.kind != "statement" else targets
    position = _position(told, origin, frozenset(mine), frozenset(aimed))
    return Account(
        told.key,
        r.doc,
        outlet,
        told.facts.published,
        position,
        origin,
        r.evidence,
        told,
        tuple(p.label if (p.label.en or p.label.ar) else Label(ar=p.span.text) for p in r.source),
        r.time,
        descent.doc if descent.copied else "",
        descent.via,
        _against(told, origin, position),
    )


def _position(told: Told, origin: Origin, actors: frozenset[str], targets: frozenset[str]) -> Position:
    r = told.record
    if r.status == "denied" or r.kind == "statement":
        return "denies"
    if origin.kind in ("unattributed", "unknown", "unnamed"):
        return "unattributed"
    if any(origin.parties & roots(a) for a in actors) and origin.kind == "party":
        return "claims"
    if origin.kind == "party" and any(origin.parties & roots(t) for t in targets):
        return "confirms"
    return "reports"


def _other_side(rows: Sequence[Account]) -> list[Account]:
    """Where a party claims the event, an enemy of its that tells it too confirms it, also where no target is named."""
    claimants = {p for a in rows if a.position == "claims" and a.counts for p in a.origin.parties}
    return [
        replace(a, position="confirms", against_interest=_against(a.told, a.origin, "confirms"))
        if a.position == "reports" and any(stance(p, c) == "opposed" for p in a.origin.parties for c in claimants)
        else a
        for a in rows
    ]


def _against(told: Told, origin: Origin, position: Position) -> bool:
    """Whether a party tells what harms it: its own forces hit or lost, or harm that it did to those it may not harm."""
    r = told.record
    lost = any(n.of in _OWN_LOSS and (n.low is None or n.low > 0) for n in r.numbers)
    if position == "confirms":
        return (r.target is None or r.target.kind not in _PROTECTED_KINDS) and (lost or r.outcome == "hit")
    if position == "claims" and lost:
        protected = r.target is not None and r.target.kind in _PROTECTED_KINDS
        return protected or (r.place is not None and r.place.feature in _PROTECTED_PLACES)
    return False


def denies_this(statement: Told, members: Sequence[Told]) -> bool:
    """Whether a denial is meant for the event of ``members``: it comes from a party to it or is about one, not before
    its first report and not later than three days after its last, and stands in a report of it or names its place."""
    r = statement.record
    if r.kind != "statement" or r.type != "denial":
        return False
    sides = _sides(p for t in members for p in (t.record.actor, t.record.target))
    said = _sides((*r.source, r.actor, r.target))
    if not any(stance(a, b) == "same" for a in said for b in sides):
        return False
    days = sorted(t.facts.published for t in members if t.facts.published is not None)
    day = statement.facts.published
    if day is not None and days and not 0 <= (day - days[0]).days <= (days[-1] - days[0]).days + 3:
        return False
    own = [t.record.evidence for t in members if t.record.doc == r.doc]
    if any(e.start < r.evidence.end + 2 and r.evidence.start < e.end + 2 for e in own):
        return True
    places = {t.record.place.span.text for t in members if t.record.place is not None}
    text = r.content.text if r.content is not None else r.evidence.text
    return any(place and place in text for place in places)


def _time(account: Account) -> tuple[bool, date, str]:
    return account.published is None, account.published or date.min, account.record


def _history(rows: Sequence[Account]) -> tuple[Account, ...]:
    """Marks what an origin took back (told, later denied) or changed (another figure for the same thing). Only days of
    publication order what one origin said; of one day nothing is taken back."""
    out = list(rows)
    for i, early in enumerate(rows):
        if early.published is None or early.origin.kind in ("unattributed", "unknown", "unnamed"):
            continue
        for late in rows[i + 1 :]:
            same = late.origin.key == early.origin.key and not late.copy_of
            if same and late.published is not None and late.published > early.published and _changes(early, late):
                out[i] = replace(early, replaced_by=late.record)
    return tuple(out)


def _changes(early: Account, late: Account) -> bool:
    """Whether the later telling cannot stand beside the earlier one."""
    if (early.position == "denies") != (late.position == "denies"):
        return True
    old = {
        n.of: (n.low, n.high) for n in early.told.record.numbers if n.of in ("killed", "injured", "sites", "munitions")
    }
    return any(n.of in old and (n.low, n.high) != old[n.of] for n in late.told.record.numbers)
