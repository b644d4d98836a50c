"""Which party a party of the catalogue speaks for in the end: arms, organs, ministries, spokesmen and media arms are
their whole; a member of an umbrella whose members speak through it is the umbrella (``data/umbrellas.csv``).

So a state's government, its ministries and its armed forces are one party: they share one chain of command, and what
one of them says the others do not say independently. A state and an armed group that it backs are two.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_relations import same_party, wholes
from tawatur.meaning.actors_tables import entity
from tawatur.model import Label

Stance = Literal["same", "opposed", "other", "unknown"]


@cache
def _speaking() -> dict[str, str]:
    """The umbrellas whose members speak through them, and as whom each is known."""
    return {r["umbrella"]: r["speaks_as"] or r["umbrella"] for r in rows("umbrellas.csv") if r["through_it"] == "yes"}


@cache
def _umbrellas() -> dict[str, frozenset[str]]:
    """The speaking umbrellas of each member; of an umbrella that is known as another party, that one."""
    out: dict[str, set[str]] = {one: {known} for one, known in _speaking().items() if one != known}
    for r in rows("relations.csv"):
        if r["relation"] == "member_of" and r["other"] in _speaking():
            out.setdefault(r["id"], set()).add(_speaking()[r["other"]])
    return {k: frozenset(v) for k, v in out.items()}


@lru_cache(maxsize=4096)
def roots(party: str) -> frozenset[str]:
    """The parties at the top of what ``party`` belongs to: one, but for joint bodies ("US and UK forces": both)."""
    seen: set[str] = set()
    todo = [party]
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += wholes(one) | _umbrellas().get(one, frozenset())
    tops = {p for p in seen if wholes(p) == {p} and p not in _umbrellas()}
    return frozenset(tops or {party})


def root_key(parties: Iterable[str]) -> str:
    """One name for a set of roots."""
    return "+".join(sorted(parties))


def label_of(parties: Iterable[str]) -> Label:
    """The names of parties, joined."""
    known = [e.label for e in map(entity, sorted(parties)) if e is not None]
    return Label(" and ".join(x.en for x in known if x.en), " و".join(x.ar for x in known if x.ar))


def stance(one: str, other: str) -> Stance:
    """How two parties stand to each other for the question of who may vouch: one party, enemies, or others."""
    if roots(one) & roots(other):
        return "same"
    relation = same_party(one, other)
    if relation == "opposed" or any(same_party(a, b) == "opposed" for a in roots(one) for b in roots(other)):
        return "opposed"
    return "unknown" if relation == "unknown" else "other"
