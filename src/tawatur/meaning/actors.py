"""Parties: the words of a text that name one, and who it is in the catalogue.

``Catalogue.find`` gives every candidate mention of a document; ``Catalogue.party`` resolves any span that a reader
picked, with what else the document names (``PartyContext``); ``same_party`` says whether two ids speak for one party.
The catalogue is the rows of ``data/actors.csv``, ``outlets.csv``, ``speakers.csv`` and ``countries.csv`` with the
offices of every state (``party_offices.csv``); each row carries its public source.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.meaning import actors_relations
from tawatur.meaning.actors_arabic import phrase
from tawatur.meaning.actors_context import PartyContext, by_context, context_of, noun_of, resolve_short, settled
from tawatur.meaning.actors_english import english
from tawatur.meaning.actors_joint import with_joint
from tawatur.meaning.actors_labels import joined, label_of
from tawatur.meaning.actors_mentions import PartyMention, demonym, mention, moved, part
from tawatur.meaning.actors_names import person_run
from tawatur.meaning.actors_phrases import Phrase, bases
from tawatur.meaning.actors_relations import Relation
from tawatur.meaning.actors_tables import Entity, entity, tables
from tawatur.meaning.actors_words import word
from tawatur.model import EntityKind, Party, Span
from tawatur.text.tokens import Token, cut, tokenize

__all__ = ["Catalogue", "PartyContext", "PartyMention", "context_of", "resolve_short"]
_SURNAME_LENGTH = 3


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
        tails: set[str] = set()  # the last letters of surnames: most words end on none of them
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
                        p = demonym(tokens, i)
                if p is None and token.norm[-_SURNAME_LENGTH:] in tails:
                    short = next((b for b in bases(token.norm) if b in surnames), None)
                    if short is not None:
                        letters = len(token.norm) - len(short)
                        start = cut(text, token, letters) if letters else token.start
                        party, kind = surnames[short]
                        out.append(
                            PartyMention(
                                i, i + 1, start, token.end, party, kind, "person", (start, token.end), None, None
                            )
                        )
            elif token.script == "latin":
                p = english(text, tokens, i)
                if p is None and token.norm in surnames:
                    party, kind = surnames[token.norm]
                    out.append(
                        PartyMention(
                            i,
                            i + 1,
                            token.start,
                            token.end,
                            party,
                            kind,
                            "person",
                            (token.start, token.end),
                            None,
                            None,
                        )
                    )
            if p is None:
                i += 1
                continue
            m = mention(text, tokens, p)
            out.append(m)
            if p.person is not None:
                a, b = p.person
                for k in range(a + (b - a > 1), b):
                    if len(tokens[k].norm) > _SURNAME_LENGTH and tokens[k].norm not in tables().common:
                        surnames[tokens[k].norm] = (m.entity, m.kind)
                        tails.add(tokens[k].norm[-_SURNAME_LENGTH:])
            out += self._nested(text, tokens, p)
            i = max(p.j, i + 1)
        return with_joint(tokens, settled(out))

    def _nested(self, text: str, tokens: Sequence[Token], p: Phrase) -> list[PartyMention]:
        """The parties inside a mention: whom a person speaks for, whose site or soldiers are meant."""
        found: list[Phrase | None] = []
        k = p.i + 1
        while k < p.j and tokens[k].script == "mark":
            k += 1
        if p.how == "name" and k < p.j and (w := word(tokens[p.i].norm)) is not None and w.noun is not None:
            inner = phrase(tokens, k)  # the bare name in "موقع أكسيوس"
            if inner is not None and inner.how == "name" and inner.entity == p.entity and inner.j <= p.j + 1:
                found.append(inner)
        if p.affiliation is not None:
            inner = phrase(tokens, p.affiliation[0])
            if inner is not None:
                inner.j = min(inner.j, p.j)
                found.append(inner)
        if p.head is not None and p.how == "pattern" and p.head.suffix == "airforce" and p.country:
            # the adjective of an aircraft is its party: "طائرة مسيّرة تركية"
            found += [demonym(tokens, q) for q in range(p.i + 1, p.j) if tokens[q].script == "arabic"]
        out: list[PartyMention] = []
        for inner in found:
            if inner is not None and not any(m.i == inner.i for m in out):
                out.append(mention(text, tokens, inner))
        return out

    def party(self, text: str, span: Span, context: PartyContext) -> Party:
        """Who the words of ``span`` name: the mention that stands there, else the best one inside it."""
        m = context.mentions.get((span.start, span.end))
        if m is None:
            inside = self.find(span.text, tokenize(span.text))
            if not inside:
                return Party(span)
            best = next((x for x in inside if x.entity and x.start == inside[0].start), inside[0])
            m = moved(best, span.start)
        party = m.entity
        if party is None or party.startswith("?"):
            party = self._short(span, m, context)
        known = entity(party) if party else None
        kind = m.kind if known is None or m.kind == "unnamed" else known.kind
        if m.members:
            each = [self.party(text, Span(a, b, text[a:b]), context) for a, b in m.members]
            return Party(span, known.id if known else None, joined([x.label for x in each]), kind, None, None)
        label = label_of(span.text, known)
        if m.also:  # "القوات الأميركية والبريطانية"
            label = joined([label, *(e.label for e in map(entity, m.also) if e is not None)])
        role = part(text, m.role, span)
        affiliation = part(text, m.affiliation, span)
        return Party(span, known.id if known else None, label, kind, role, affiliation)

    def _short(self, span: Span, m: PartyMention, context: PartyContext) -> str | None:
        """A short or loaded mention: the fuller mention before it with the same noun, else the row of the table whose
        party the document names most."""
        key = "?" + " ".join(t.norm for t in tokenize(span.text) if t.script != "mark")
        party = by_context(m.entity if m.entity else key, context.counts)
        if party is not None:
            return party
        noun = noun_of(span.text)
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
