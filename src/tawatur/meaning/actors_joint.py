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
from tawatur.meaning.actors_words import PLACED, word
from tawatur.text.normal import fold
from tawatur.text.tokens import Token

_KINDS = frozenset(("state_force", "armed_group", "government"))
_HEADS = frozenset(("name", "pattern", "demonym", "country"))
_QUOTES = frozenset('"“”«»#()')
_MARKS = frozenset('"“”«»')
_BETWEEN = frozenset(("بين", "وبين", "جهه", "طرف", "ضد", "مع", "between", "against"))
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
    """``mentions`` (in order, inner ones after the outer) with each joint one in the place of its members; a supporter
    ("بمساندة التحالف") is offered alone too."""
    outer: list[int] = []
    j = 0
    for k, m in enumerate(mentions):
        if m.i >= j:
            outer.append(k)
            j = m.j
    joint: dict[int, PartyMention] = {}
    drop: set[int] = set()
    at = 0
    while at < len(outer):
        run, tied = [outer[at]], []
        while at + 1 < len(outer) and len(run) < _MOST:
            tie = _tie(tokens, mentions[run[-1]], mentions[outer[at + 1]])
            if not tie:
                break
            at += 1
            run.append(outer[at])
            tied.append(tie)
        at += 1
        members = [mentions[k] for k in run]
        if len(run) > 1 and not _apart(tokens, members):
            spans = tuple((m.start, m.end) for m in members)
            also = tuple(m.entity for m in members[1:] if m.entity)
            first, last = members[0], members[-1]
            j, end = _closed(tokens, first.i, last)
            joint[run[0]] = replace(first, j=j, end=end, head="joint", affiliation=None, members=spans, also=also)
            if not any(_fights(tokens, m) or m.head == "demonym" for m in members):
                continue  # "واشنطن وسيول": each may speak for itself elsewhere in the sentence
            gone = [first, *(m for m, tie in zip(members[1:], tied, strict=True) if tie == "and")]
            for k, m in zip(run, members, strict=True):
                while m in gone and k < len(mentions) and mentions[k].i < m.j:
                    drop.add(k)
                    k += 1
    return [
        x for k, m in enumerate(mentions) for x in ((joint[k],) if k in joint else ()) + ((m,) if k not in drop else ())
    ]


def _tie(tokens: Sequence[Token], a: PartyMention, b: PartyMention) -> str:
    """How ``b`` follows ``a`` as a party of the same act: ``and``, ``with`` (a supporter), or empty where it does not."""
    if b.i - a.j > _LOOSE + 5 or not (_may(a) and _may(b)):
        return ""
    p = a.j
    while p < b.i and tokens[p].norm in _QUOTES:
        p += 1
    first, last = tokens[a.i].norm[:2], tokens[b.i].norm[:2]
    if p == b.i:
        if a.head == b.head == "demonym":
            return "and" * (first == last or "ال" not in (first, last))
        return "and" * (tokens[b.i].script == "arabic" and b.start > tokens[b.i].start and last[:1] == "و")
    if tokens[p].norm in ("و", "and"):
        return "and" * all(t.norm in _QUOTES for t in tokens[p + 1 : b.i])
    if tokens[p].norm in ("-", "–") and a.head == b.head == "demonym":
        return "and" * (p + 1 == b.i)
    p += tokens[p].norm == "," and p + 1 < b.i  # "قسد، بدعم من التحالف،"
    for words in _cues().get(tokens[p].norm, ()):
        q = p + len(words)
        if tuple(t.norm for t in tokens[p:q]) == words and q <= b.i:
            between = [t for t in tokens[q : b.i] if t.norm not in _QUOTES]
            return "with" * (len(between) <= _LOOSE and all(t.script == "arabic" for t in between))
    return ""


def _closed(tokens: Sequence[Token], i: int, last: PartyMention) -> tuple[int, int]:
    """Where the mention ends: with the closing mark of a quotation that it opens."""
    j = last.j
    inside = sum(t.norm in _MARKS for t in tokens[i:j])
    if inside % 2 and j < len(tokens) and tokens[j].norm in _MARKS:
        return j + 1, tokens[j].end
    return j, last.end


def _fights(tokens: Sequence[Token], m: PartyMention) -> bool:
    """Whether a mention is of fighters: by its party, or by its noun ("قوات النظام" of a government)."""
    w = word(tokens[m.i].norm)
    return m.kind in ("state_force", "armed_group") or (
        w is not None and w.noun is not None and w.noun.cls in ("force", "group")
    )


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
    if members[0].entity is None and members[0].j - members[0].i == 1 and tokens[i].norm[:2] != "ال":
        return True  # "قتل جنود والمقاومة تعلن": a bare noun that the next words do not go on from
    return any(same_party(members[0].entity, m.entity) in ("opposed", "same") for m in members[1:])
