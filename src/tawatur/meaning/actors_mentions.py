"""A party phrase becomes a mention: proven offsets, the party that it means, and how it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawatur.meaning.actors_phrases import Phrase
from tawatur.meaning.actors_tables import entity, tables
from tawatur.meaning.actors_words import PLACED, word
from tawatur.model import EntityKind, Span
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut


@dataclass(frozen=True, slots=True)
class PartyMention:
    """Words that name a party: tokens ``[i, j)``, proven offsets with clitics off, the id in the catalogue or None,
    how it was found (``name``, ``country`` a state by its own name, ``pattern``, ``demonym``, ``person``, ``generic``,
    ``site``, ``counted`` a noun behind a number, ``joint`` several parties told as one), for a person the character
    ranges of the name, the role and the party that the person speaks for, and for a joint one those of its parties
    and the ids of the further ones."""

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
    members: tuple[tuple[int, int], ...] = ()
    also: tuple[str, ...] = ()


def demonym(tokens: Sequence[Token], i: int) -> Phrase | None:
    """An adjective of a state that stands alone, with one joined to it: "أميركي - بريطاني"."""
    w = word(tokens[i].norm)
    if w is None or not w.party:
        return None
    j, n = i + 1, len(tokens)
    if (
        j + 1 < n
        and tokens[j].norm in "-–"
        and (x := word(tokens[j + 1].norm)) is not None
        and x.party
        and x.demonym == 0
    ):
        j += 2
        return Phrase(i, j, w.demonym, "demonym", entity=w.party, country=w.party, also=x.party)
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
            return {
                "il.forces": "idf",
                "il.airforce": "iaf",
                "ye.forces": "ye-saf",
                "sd.forces": "saf-sd",
                "il.navy": "il-navy",
            }.get(made, made)
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


def mention(text: str, tokens: Sequence[Token], p: Phrase) -> PartyMention:
    first = tokens[p.i]
    start = cut(text, first, p.cut) if p.cut else first.start
    party = _entity(p)
    how = p.how
    if how == "name" and party is not None and len(party) == 2 and p.j - p.i <= 5 and p.head is None:
        how = "country" if _stands_alone(tokens, p) else "demonym"
    if how == "pattern" and p.head is not None:
        how = "site" if p.head.cls == "site" else "generic" if p.head.cls in ("civ",) and not p.country else how
        if how != "site" and party is None and _counted(tokens, p):
            how = "counted"
    end = tokens[p.j - 1].end
    if first.script == "latin" and text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    chars = [
        None if r is None or r[0] >= r[1] else (start if r[0] == p.i else tokens[r[0]].start, min(tokens[r[1] - 1].end, end))
        for r in (p.person, p.role, p.affiliation)
    ]  # fmt: skip
    also = (p.also,) if p.also and party and not party.startswith(p.also) else ()
    return PartyMention(p.i, p.j, start, end, party, _kind(p, party), how, chars[0], chars[1], chars[2], also=also)


def _counted(tokens: Sequence[Token], p: Phrase) -> bool:
    """Whether a noun is what a number counts ("120 مسلحاً", "3 جنود"): mostly whom something befell."""
    return p.i > 0 and tokens[p.i - 1].script == "number" and not p.cut


def _stands_alone(tokens: Sequence[Token], p: Phrase) -> bool:
    """Whether words that name a state are its name: "سورية" and "تركية" are adjectives too, behind a noun."""
    norm = tokens[p.i].norm[p.cut :]
    if p.j - p.i > 1 or norm not in tables().demonyms or tokens[p.i].script != "arabic":
        return True
    state = tables().entities.get(tables().demonyms[norm])
    if state is not None and norm == fold(state.label.ar):
        return True  # "روسيا" has the letters of an adjective in the accusative
    return bool(p.cut) or p.i == 0 or tokens[p.i - 1].script != "arabic" or tokens[p.i - 1].norm in PLACED


def moved(m: PartyMention, by: int) -> PartyMention:
    def move(r: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if r is None else (r[0] + by, r[1] + by)

    return replace(
        m, start=m.start + by, end=m.end + by, person=move(m.person), role=move(m.role), affiliation=move(m.affiliation), members=tuple((a + by, b + by) for a, b in m.members),
    )  # fmt: skip


def part(text: str, chars: tuple[int, int] | None, own: Span) -> Span | None:
    if chars is None or chars == (own.start, own.end):
        return None
    return Span(chars[0], chars[1], text[chars[0] : chars[1]])
