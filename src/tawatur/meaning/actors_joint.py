"""Parties told as one: "قوات النظام وروسيا", "قسد بمساندة التحالف", "السوري الروسي" - offered as one mention more.

Two parties between whom something happens ("بين الجيش والمسلحين"), parties that fight each other and lists of
countries as places ("في العراق وسوريا") are no joint actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_mentions import PartyMention
from tawatur.meaning.actors_relations import same_party
from tawatur.meaning.actors_words import PLACED
from tawatur.text.normal import fold
from tawatur.text.tokens import Token

_KINDS = frozenset(("state_force", "armed_group", "government"))
_HEADS = frozenset(("name", "pattern", "demonym", "country"))
_QUOTES = frozenset('"“”«»#()')
_BETWEEN = frozenset(("بين", "وبين", "ضد", "مع", "between", "against"))
_MOST = 4  # parties of one joint mention
_LOOSE = 2  # words that may stand between "بدعم" and the supporter: "بدعم جوي من"


@cache
def _cues() -> dict[str, tuple[tuple[str, ...], ...]]:
    out: dict[str, tuple[tuple[str, ...], ...]] = {}
    for r in rows("party_joins.csv"):
        words = tuple(fold(r["words"]).split())
        out[words[0]] = (*out.get(words[0], ()), words)
    return out


def with_joint(tokens: Sequence[Token], mentions: Sequence[PartyMention]) -> list[PartyMention]:
    """``mentions`` (in order, inner ones after the outer) with each joint one put before its first member."""
    outer = []
    j = 0
    for k, m in enumerate(mentions):
        if m.i >= j:
            outer.append(k)
            j = m.j
    before: dict[int, PartyMention] = {}
    at = 0
    while at < len(outer):
        members = [mentions[outer[at]]]
        while at + 1 < len(outer) and len(members) < _MOST and _joins(tokens, members, mentions[outer[at + 1]]):
            at += 1
            members.append(mentions[outer[at]])
        if len(members) > 1 and not _apart(tokens, members):
            first, last = members[0], members[-1]
            spans = tuple((m.start, m.end) for m in members)
            joint = replace(first, j=last.j, end=last.end, head="joint", affiliation=None, members=spans)
            before[outer[at - len(members) + 1]] = joint
        at += 1
    if not before:
        return list(mentions)
    out: list[PartyMention] = []
    for k, m in enumerate(mentions):
        if k in before:
            out.append(before[k])
        out.append(m)
    return out


def _joins(tokens: Sequence[Token], members: list[PartyMention], b: PartyMention) -> bool:
    """Whether ``b`` follows the last member as a further party of the same act."""
    a = members[-1]
    if b.i - a.j > _LOOSE + 5 or not (_may(a) and _may(b)):
        return False
    p = a.j
    while p < b.i and tokens[p].norm in _QUOTES:
        p += 1
    if p == b.i:
        if a.head == b.head == "demonym":
            return tokens[a.i].norm[:2] == tokens[b.i].norm[:2] or "ال" not in (tokens[a.i].norm[:2], tokens[b.i].norm[:2])
        return tokens[b.i].script == "arabic" and b.start > tokens[b.i].start and tokens[b.i].norm[0] == "و"
    if tokens[p].norm in ("و", "and", "-", "–"):
        return p + 1 + sum(t.norm in _QUOTES for t in tokens[p + 1 : b.i]) == b.i and (
            tokens[p].norm not in "-–" or a.head == b.head == "demonym"
        )
    for words in _cues().get(tokens[p].norm, ()):
        q = p + len(words)
        if tuple(t.norm for t in tokens[p:q]) == words and q <= b.i:
            between = [t for t in tokens[q : b.i] if t.norm not in _QUOTES]
            return len(between) <= _LOOSE and all(t.script == "arabic" for t in between)
    return False


def _may(m: PartyMention) -> bool:
    known = m.kind in _KINDS or (m.kind == "other" and m.entity is not None)
    return known and m.person is None and m.head in _HEADS


def _apart(tokens: Sequence[Token], members: list[PartyMention]) -> bool:
    """Whether the words before tell of parties on two sides, or of countries as places."""
    i = members[0].i
    k = i - 1
    while k >= 0 and tokens[k].norm in _QUOTES:
        k -= 1
    norm = tokens[k].norm if k >= 0 else ""
    if norm in _BETWEEN or (k > 0 and tokens[k - 1].norm == "بين" and tokens[k].script == "arabic"):
        return True
    if members[0].head == "country" and norm in PLACED:
        return True
    return any(same_party(members[0].entity, m.entity) in ("opposed", "same") for m in members[1:])
