"""How two parties of the catalogue stand to each other, by the rows of ``data/relations.csv``.

``part_of``, ``organ_of`` and a speaker's affiliation lead up to a whole: arms, spokesmen, media and ministries speak
for it. ``member_of`` and ``umbrella_of`` join an umbrella name and its members, who are not the same party.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_tables import entity

Relation = Literal["same", "umbrella", "opposed", "no", "unknown"]
_WHOLE = frozenset(("part_of", "organ_of"))
# bodies of a country that do not speak for its state
_APART = frozenset(("media", "civilians", "settlers"))


@cache
def _rows() -> dict[str, tuple[tuple[str, str], ...]]:
    out: dict[str, list[tuple[str, str]]] = {}
    for r in rows("relations.csv"):
        out.setdefault(r["id"], []).append((r["relation"], r["other"]))
        if r["relation"] == "umbrella_of":
            out.setdefault(r["other"], []).append(("member_of", r["id"]))
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=4096)
def wholes(party: str) -> frozenset[str]:
    """The party and every whole that it is an arm, an organ or a spokesman of."""
    out, todo = {party}, [party]
    while todo:
        one = todo.pop()
        up = [b for r, b in _rows().get(one, ()) if r in _WHOLE]
        known = entity(one)
        if known is not None and known.affiliation:
            up.append(known.affiliation)
        country, dot, suffix = one.partition(".")
        if dot and len(country) == 2 and suffix not in _APART and not up:
            up.append(country)
        todo += [b for b in up if b not in out]
        out |= set(up)
    return frozenset(out)


@lru_cache(maxsize=4096)
def umbrellas(party: str) -> frozenset[str]:
    """The umbrella names that the party or a whole of it belongs to, and theirs."""
    out: set[str] = set()
    todo = list(wholes(party))
    while todo:
        for r, b in _rows().get(todo.pop(), ()):
            if r == "member_of" and b not in out:
                out |= wholes(b)
                todo += wholes(b)
    return frozenset(out)


def related(some: Iterable[str], others: Iterable[str], *relations: Relation) -> bool:
    """Whether a party of ``some`` and one of ``others`` stand in one of ``relations`` to each other."""
    known = tuple(others)
    return any(same_party(a, b) in relations for a in some for b in known)


@lru_cache(maxsize=1 << 14)
def same_party(a: str | None, b: str | None) -> Relation:
    """Whether two ids mean one party: ``same`` (arm, organ, spokesman of one whole), ``umbrella`` (a name and its
    member), ``opposed`` (a row says that they fight), ``no``, ``unknown`` where either is not known."""
    if not a or not b or entity(a) is None or entity(b) is None:
        return "unknown"
    mine, theirs = wholes(a), wholes(b)
    if mine & theirs:
        return "same"
    if (mine & umbrellas(b)) or (theirs & umbrellas(a)):
        return "umbrella"
    for one, other in ((mine, theirs), (theirs, mine)):
        if any(r == "opposed" and x in other for p in one for r, x in _rows().get(p, ())):
            return "opposed"
    return "no"
