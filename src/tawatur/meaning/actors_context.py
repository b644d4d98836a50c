"""What a document says of parties as a whole, and the short or loaded words that only the document explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tawatur.meaning.actors_mentions import PartyMention
from tawatur.meaning.actors_relations import wholes
from tawatur.meaning.actors_tables import entity, tables
from tawatur.meaning.actors_words import word
from tawatur.model import Document
from tawatur.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class PartyContext:
    """What a document says of parties as a whole: the mentions by their offsets, how often each party is named, and
    the fuller mentions in order that a short one ("الحركة", "الوزير") may stand for."""

    mentions: dict[tuple[int, int], PartyMention] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    fuller: tuple[tuple[int, str, str], ...] = ()


def context_of(document: Document, mentions: Sequence[PartyMention]) -> PartyContext:
    """The context of a document from the mentions that ``Catalogue.find`` gave for it."""
    counts: Counter[str] = Counter()
    fuller = []
    at: dict[tuple[int, int], PartyMention] = {}
    for m in mentions:
        at.setdefault((m.start, m.end), m)
        if m.person is not None:
            at.setdefault(m.person, m)
        if m.entity:
            for party in (m.entity, *m.also):
                counts.update(wholes(party))
            first = document.text[m.start : m.end].split()
            if len(first) > 1 or m.head == "name":
                fuller.append((m.start, noun_of(first[0]), m.entity))
    return PartyContext(at, dict(counts), tuple(fuller))


def noun_of(text: str) -> str:
    """The head noun of a phrase without its article, as the key of short mentions."""
    tokens = tokenize(text)
    w = word(tokens[0].norm) if tokens else None
    return w.noun.word if w is not None and w.noun is not None else ""


def by_context(key: str, counts: dict[str, int]) -> str | None:
    """The row of ``party_context.csv`` for a loaded or short word whose party the document names most; its default else."""
    rows = tables().context.get(key, [])
    for needs, party in sorted(rows, key=lambda r: (-max(counts.get(r[0], 0), counts.get(r[1], 0)), bool(r[0]))):
        if not needs or counts.get(needs):
            return party
    return None


def settled(mentions: list[PartyMention]) -> list[PartyMention]:
    """The mentions with the words of the context table resolved by what else the document names."""
    if not any(m.entity and m.entity[0] == "?" for m in mentions):
        return mentions
    counts: Counter[str] = Counter()
    for m in mentions:
        if m.entity and m.entity[0] != "?":
            counts.update(wholes(m.entity))
    out = []
    for m in mentions:
        if m.entity and m.entity[0] == "?":
            party = by_context(m.entity, counts)
            known = entity(party) if party else None
            kind = known.kind if known is not None and m.kind == "other" else m.kind
            m = replace(m, entity=known.id if known else None, kind=kind)
        out.append(m)
    return out


def resolve_short(mentions: Sequence[PartyMention], text: str) -> list[PartyMention]:
    """The mentions with those that a fuller one before them explains ("الوزير" after the minister's name) given its party."""
    out: list[PartyMention] = []
    last: dict[str, str] = {}
    for m in mentions:
        words = text[m.start : m.end].split()
        noun = noun_of(words[0]) if words else ""
        if m.entity is None and len(words) == 1 and noun in last:
            m = replace(m, entity=last[noun])
        elif m.entity and noun and len(words) > 1:
            last[noun] = m.entity
        out.append(m)
    return out
