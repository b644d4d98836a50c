"""Parties: the words of a text that name one, and who it is in the catalogue.

``Catalogue.find`` gives every candidate mention of a document; ``Catalogue.party`` resolves any span that a reader
picked, with what else the document names (``PartyContext``); ``same_party`` says whether two ids speak for one party.
The catalogue is the rows of ``data/actors.csv``, ``outlets.csv``, ``speakers.csv`` and ``countries.csv`` with the
offices of every state (``party_offices.csv``); each row carries its public source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tawatur.meaning import actors_relations
from tawatur.meaning.actors_arabic import Phrase, bases, phrase
from tawatur.meaning.actors_english import english
from tawatur.meaning.actors_labels import label_of
from tawatur.meaning.actors_names import person_run
from tawatur.meaning.actors_relations import Relation
from tawatur.meaning.actors_tables import Entity, entity, tables
from tawatur.meaning.actors_words import word
from tawatur.model import Document, EntityKind, Party, Span
from tawatur.text.tokens import Token, cut, tokenize

_SURNAME_LENGTH = 3


@dataclass(frozen=True, slots=True)
class PartyMention:
    """Words that name a party: tokens ``[i, j)``, proven offsets with clitics off, the id in the catalogue or None,
    how it was found (``name``, ``pattern``, ``demonym``, ``person``, ``generic``, ``site``), and for a person the
    character ranges of the name, the role and the party that the person speaks for."""

    i: int
    j: int
    start: int
    end: int
    entity: str | None
    kind: EntityKind
    head: str
    person: tuple[int, int] | None
    role: tuple[int, int] | None
    affiliation: tuple[int, int] | None


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
            counts.update(actors_relations.wholes(m.entity))
            first = document.text[m.start : m.end].split()
            if len(first) > 1 or m.head == "name":
                fuller.append((m.start, _noun(first[0]), m.entity))
    return PartyContext(at, dict(counts), tuple(fuller))


def _noun(text: str) -> str:
    """The head noun of a phrase without its article, as the key of short mentions."""
    tokens = tokenize(text)
    w = word(tokens[0].norm) if tokens else None
    return w.noun.word if w is not None and w.noun is not None else ""


class Catalogue:
    """The parties that the program knows, and the finder of their mentions; made once and shared."""

    @classmethod
    def load(cls) -> Catalogue:
        """The catalogue with its tables compiled (about a tenth of a second)."""
        tables()
        return cls()

    def find(self, text: str, tokens: Sequence[Token]) -> list[PartyMention]:
        """All candidate mentions of ``text`` in order; a party inside a longer mention follows it."""
        out: list[PartyMention] = []
        surnames: dict[str, tuple[str | None, EntityKind]] = {}
        i, n = 0, len(tokens)
        while i < n:
            token = tokens[i]
            p: Phrase | None = None
            if token.script == "arabic":
                w = word(token.norm)
                if w is not None:
                    p = phrase(tokens, i)
                    if p is None and w.given >= 0:
                        end = person_run(tokens, i, False) if w.given == 0 else i
                        if end > i:
                            p = Phrase(i, end, 0, "person", person=(i, end))
                    if p is None and w.demonym >= 0:
                        p = _demonym(tokens, i)
                if p is None and surnames:
                    short = next((b for b in bases(token.norm) if b in surnames), None)
                    if short is not None:
                        letters = len(token.norm) - len(short)
                        start = cut(text, token, letters) if letters else token.start
                        party, kind = surnames[short]
                        out.append(PartyMention(i, i + 1, start, token.end, party, kind, "person", (start, token.end), None, None))
            elif token.script == "latin":
                p = english(text, tokens, i)
                if p is None and token.norm in surnames:
                    party, kind = surnames[token.norm]
                    out.append(PartyMention(i, i + 1, token.start, token.end, party, kind, "person", (token.start, token.end), None, None))
            if p is None:
                i += 1
                continue
            m = _mention(text, tokens, p)
            out.append(m)
            if p.person is not None:
                a, b = p.person
                for k in range(a + (b - a > 1), b):
                    if len(tokens[k].norm) > _SURNAME_LENGTH and tokens[k].norm not in tables().common:
                        surnames[tokens[k].norm] = (m.entity, m.kind)
            out += self._nested(text, tokens, p)
            i = max(p.j, i + 1)
        return _settled(out)

    def _nested(self, text: str, tokens: Sequence[Token], p: Phrase) -> list[PartyMention]:
        """The parties inside a mention: whom a person speaks for, whose site or soldiers are meant."""
        out = []
        k = p.i + 1
        while k < p.j and tokens[k].script == "mark":
            k += 1
        if p.how == "name" and k < p.j and (w := word(tokens[p.i].norm)) is not None and w.noun is not None:
            inner = phrase(tokens, k)  # the bare name in "موقع أكسيوس"
            if inner is not None and inner.how == "name" and inner.entity == p.entity and inner.j <= p.j + 1:
                out.append(_mention(text, tokens, inner))
        if p.affiliation is not None:
            inner = phrase(tokens, p.affiliation[0])
            if inner is not None:
                inner.j = min(inner.j, p.j)
                out.append(_mention(text, tokens, inner))
        return out

    def party(self, text: str, span: Span, context: PartyContext) -> Party:
        """Who the words of ``span`` name: the mention that stands there, else the best one inside it."""
        m = context.mentions.get((span.start, span.end))
        if m is None:
            inside = self.find(span.text, tokenize(span.text))
            if not inside:
                return Party(span)
            best = next((x for x in inside if x.entity and x.start == inside[0].start), inside[0])
            m = _moved(best, span.start)
        party = m.entity
        if party is None or party.startswith("?"):
            party = self._short(span, m, context)
        known = entity(party) if party else None
        kind = m.kind if known is None or m.kind == "unnamed" else known.kind
        role = _span(text, m.role, span)
        affiliation = _span(text, m.affiliation, span)
        return Party(span, known.id if known else None, label_of(span.text, known), kind, role, affiliation)

    def _short(self, span: Span, m: PartyMention, context: PartyContext) -> str | None:
        """A short or loaded mention: the fuller mention before it with the same noun, else the row of the table whose
        party the document names most."""
        key = "?" + " ".join(t.norm for t in tokenize(span.text) if t.script != "mark")
        party = _by_context(m.entity if m.entity else key, context.counts)
        if party is not None:
            return party
        noun = _noun(span.text)
        if noun and m.head != "demonym" and len(span.text.split()) == 1:
            before = [e for at, word_, e in context.fuller if word_ == noun and at < span.start]
            return before[-1] if before else None
        return None

    def same_party(self, a: str | None, b: str | None) -> Relation:
        """Whether two ids mean one party; see :func:`tawatur.meaning.actors_relations.same_party`."""
        return actors_relations.same_party(a, b)

    def entity(self, party: str) -> Entity | None:
        """The row of a party, or None."""
        return entity(party)


def _by_context(key: str, counts: dict[str, int]) -> str | None:
    """The row of ``party_context.csv`` for a loaded or short word whose party the document names most; its default else."""
    rows = tables().context.get(key, [])
    for needs, party in sorted(rows, key=lambda r: (-counts.get(r[1], 0), bool(r[0]))):
        if not needs or counts.get(needs):
            return party
    return None


def _settled(mentions: list[PartyMention]) -> list[PartyMention]:
    """The mentions with the words of the context table resolved by what else the document names."""
    if not any(m.entity and m.entity[0] == "?" for m in mentions):
        return mentions
    counts: Counter[str] = Counter()
    for m in mentions:
        if m.entity and m.entity[0] != "?":
            counts.update(actors_relations.wholes(m.entity))
    out = []
    for m in mentions:
        if m.entity and m.entity[0] == "?":
            party = _by_context(m.entity, counts)
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
        noun = _noun(words[0]) if words else ""
        if m.entity is None and len(words) == 1 and noun in last:
            m = replace(m, entity=last[noun])
        elif m.entity and noun and len(words) > 1:
            last[noun] = m.entity
        out.append(m)
    return out


def _demonym(tokens: Sequence[Token], i: int) -> Phrase | None:
    """An adjective of a state that stands alone, with one joined to it: "أميركي - بريطاني"."""
    w = word(tokens[i].norm)
    if w is None or not w.party:
        return None
    j, n = i + 1, len(tokens)
    if j + 1 < n and tokens[j].norm in "-–" and (x := word(tokens[j + 1].norm)) is not None and x.party and x.demonym == 0:
        j += 2
    return Phrase(i, j, w.demonym, "demonym", entity=w.party, country=w.party)


def _entity(p: Phrase) -> str | None:
    """The party that a phrase means: by name, by the office of a state, by its complement."""
    if p.named and not (p.head is not None and len(p.named) == 2):
        return p.named
    t, head = tables(), p.head
    if head is not None:
        if p.topic and p.country and head.cls in ("inst", "off", "media"):
            office = t.topics.get(p.topic)
            if office and (head.word in ("وزاره", "وزير") or head.cls == "media"):
                return f"{p.country}.{office}" if head.cls != "media" else f"{p.country}.media"
        if head.cls == "unnamed" and len(p.entity) == 2:
            return None
        if p.entity and not (len(p.entity) == 2 and head.suffix):
            return p.entity
        state = p.country or (p.entity if len(p.entity) == 2 else "")
        if state and head.suffix and len(state) == 2:
            made = f"{state}.{head.suffix}"
            return {"il.forces": "idf", "il.airforce": "iaf", "ye.forces": "ye-saf", "sd.forces": "saf-sd", "il.navy": "il-navy"}.get(made, made)
        if head.cls == "unnamed":
            return None
        return p.entity or state or None
    return p.entity or None


def _kind(p: Phrase, party: str | None) -> EntityKind:
    if p.head is not None and p.head.cls in ("unnamed", "civ"):
        return p.head.kind
    if p.person is not None:
        return "official"
    known = entity(party) if party else None
    if p.head is not None and (known is None or p.head.cls in ("off", "site")):
        return p.head.kind
    return known.kind if known is not None else "other"


def _mention(text: str, tokens: Sequence[Token], p: Phrase) -> PartyMention:
    first = tokens[p.i]
    start = cut(text, first, p.cut) if p.cut else first.start
    party = _entity(p)
    how = p.how
    if how == "pattern" and p.head is not None:
        how = "site" if p.head.cls == "site" else "generic" if p.head.cls in ("civ",) and not p.country else how
    end = tokens[p.j - 1].end
    if first.script == "latin" and text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    chars = [
        None if r is None or r[0] >= r[1] else (start if r[0] == p.i else tokens[r[0]].start, min(tokens[r[1] - 1].end, end))
        for r in (p.person, p.role, p.affiliation)
    ]  # fmt: skip
    return PartyMention(p.i, p.j, start, end, party, _kind(p, party), how, chars[0], chars[1], chars[2])


def _moved(m: PartyMention, by: int) -> PartyMention:
    def move(r: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if r is None else (r[0] + by, r[1] + by)

    return replace(
        m, start=m.start + by, end=m.end + by, person=move(m.person), role=move(m.role), affiliation=move(m.affiliation)
    )  # fmt: skip


def _span(text: str, chars: tuple[int, int] | None, own: Span) -> Span | None:
    if chars is None or chars == (own.start, own.end):
        return None
    return Span(chars[0], chars[1], text[chars[0] : chars[1]])
