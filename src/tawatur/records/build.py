"""Marks, links and meanings to records: one record an anchor mark, its words resolved; then tellings are merged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, cast

from tawatur.meaning.actors import Catalogue, PartyContext, PartyMention
from tawatur.meaning.actors import context_of as parties_context
from tawatur.meaning.dates import TimeExpression
from tawatur.meaning.numbers import Quantity
from tawatur.meaning.places import Gazetteer, PlaceContext, PlaceMention
from tawatur.meaning.places import context_of as places_context
from tawatur.meaning.weapons import WeaponMention
from tawatur.model import (
    Document,
    Issue,
    Mark,
    Number,
    NumberOf,
    Outcome,
    Party,
    Place,
    Reading,
    Record,
    RecordKind,
    Span,
    Standing,
    Status,
    Weapon,
    When,
)
from tawatur.records.gloss import gloss
from tawatur.records.issuer import resolve_issuers
from tawatur.records.merge import merge
from tawatur.records.shared import share
from tawatur.text.sentences import Sentence
from tawatur.text.tokens import stems, tokenize


class Found(Protocol):
    """What was found in the document before the reader read it (a scene)."""

    document: Document
    sentences: Sequence[Sentence]
    numbers: Sequence[Quantity]
    times: Sequence[TimeExpression]
    places: Sequence[PlaceMention]
    parties: Sequence[PartyMention]
    weapons: Sequence[WeaponMention]


PERSON = "p."
"""How the ids of persons begin in the catalogue."""


@dataclass
class Meanings:
    """The tables that resolve words, with what the document itself says kept at hand."""

    found: Found
    gazetteer: Gazetteer
    catalogue: Catalogue
    _parties: dict[tuple[int, int], Party] = field(default_factory=dict)
    _places: dict[tuple[int, int], Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place_context: PlaceContext = places_context(self.found.places)
        self.party_context: PartyContext = parties_context(self.found.document, self.found.parties)
        self.times = {(t.start, t.end): t for t in self.found.times}
        self.numbers = {(q.start, q.end): q for q in self.found.numbers}
        self.weapons = {(w.start, w.end): w for w in self.found.weapons}
        self.mentions = {(p.start, p.end): p for p in self.found.places}

    def party(self, span: Span) -> Party:
        key = (span.start, span.end)
        if key not in self._parties:
            found = self.catalogue.party(self.found.document.text, span, self.party_context)
            if key in self.mentions and (found.entity or "").startswith(PERSON):
                # the words name a place here: "عين الأسد" is nobody's name
                found = Party(span)
            self._parties[key] = found
        return self._parties[key]

    def place(self, span: Span) -> Place:
        key = (span.start, span.end)
        if key not in self._places:
            mention = self.mentions.get(key)
            if mention is not None:
                place = self.gazetteer.resolve(mention, self.place_context)
            else:
                place = self.gazetteer.resolve_text(span.text, self.place_context)
            self._places[key] = replace(place, span=span)
        return self._places[key]

    def when(self, span: Span) -> When:
        t = self.times.get((span.start, span.end))
        if t is None:
            return When(span)
        return When(span, t.first, t.last, t.precision, t.calendar, t.basis)

    def number(self, span: Span, of: str) -> Number | None:
        q = self.numbers.get((span.start, span.end))
        return None if q is None else Number(span, cast(NumberOf, of), q.low, q.high)

    def weapon(self, span: Span) -> Weapon:
        w = self.weapons.get((span.start, span.end))
        return Weapon(span, w.category if w is not None else "other")


def build(
    document: Document,
    reading: Reading,
    meanings: Meanings,
    reader: str,
    floors: Mapping[str, float] | None = None,
    confidence: Callable[[str, float], float] | None = None,
) -> tuple[list[Record], list[Issue]]:
    """The records of a reading in the order of their anchors, tellings of one happening merged; and what was
    thrown out, as issues. ``floors`` are the reader's own (None: those of the rules reader), ``confidence`` says
    how probable it is that a record of a kind with a score is right (None: the score itself). Raises ``ValueError``
    where a span is not the document's own words."""
    drafts = tellings(document, reading, meanings, reader)
    for r in drafts:
        _prove(document, r)
    merged, issues = merge(drafts, meanings.catalogue, any(p.kind == "furniture" for p in document.parts), floors)
    out: dict[str, Record] = {}
    for r in resolve_issuers(share(merged), meanings.catalogue.same_party):
        final = replace(r, standing=standing(r, meanings.catalogue))
        if confidence is not None:
            final = replace(final, confidence=round(confidence(r.kind, r.confidence), 3))
        final = replace(final, id=identity(final))
        out.setdefault(final.id, replace(final, gloss=gloss(final)))
    return sorted(out.values(), key=lambda r: (r.anchor.start, r.place.span.start if r.place else -1, r.id)), issues


def tellings(document: Document, reading: Reading, meanings: Meanings, reader: str) -> list[Record]:
    """A record for each anchor mark, before repeats are merged."""
    by_anchor: dict[int, list[tuple[int, Mark]]] = {}
    marks = {m.id: m for m in reading.marks}
    for link in reading.links:
        by_anchor.setdefault(link.anchor, []).append((link.order, marks[link.mark]))
    return [
        _record(document, m, by_anchor.get(m.id, []), meanings, reader) for m in reading.marks if m.role == "anchor"
    ]


def _record(
    document: Document, anchor: Mark, linked: list[tuple[int, Mark]], meanings: Meanings, reader: str
) -> Record:
    kind, type_, status, outcome = anchor.label.split("/")
    one = {
        role: next((m for _, m in linked if m.role == role), None)
        for role in ("actor", "target", "place", "time", "cue", "content", "reason", "extent")
    }
    numbers = [meanings.number(m.span, m.label) for _, m in linked if m.role == "number"]
    actor, target, place, time, cue, content, reason, extent = one.values()
    return Record(
        doc=document.id,
        kind=cast(RecordKind, kind),
        type=type_,
        status=cast(Status, status),
        anchor=anchor.span,
        evidence=evidence(document, meanings.found.sentences, anchor.span),
        actor=meanings.party(actor.span) if actor else None,
        target=meanings.party(target.span) if target else None,
        place=meanings.place(place.span) if place and kind != "statement" else None,
        time=meanings.when(time.span) if time else None,
        weapons=_weapons(meanings.weapon(m.span) for _, m in linked if m.role == "weapon"),
        numbers=_once(n for n in numbers if n is not None),
        outcome=cast("Outcome | None", outcome or None),
        source=tuple(
            meanings.party(m.span)
            for _, m in sorted(((o, m) for o, m in linked if m.role == "source"), key=lambda x: x[0])
        ),
        cue=cue.span if cue else None,
        content=content.span if content else None,
        mode=cast(Literal["quoted", "reported"], content.label) if content and content.label else None,
        reason=reason.span if reason else None,
        extent=cast(Literal["all", "most", "some"], extent.label) if extent else None,
        confidence=round(anchor.score, 3),
        reader=reader,
    )


def _weapons(found: Iterable[Weapon]) -> tuple[Weapon, ...]:
    """The weapons named; "the two aircraft" beside a drone is that drone again."""
    weapons = tuple(found)
    drones = any(w.category == "drone" for w in weapons)
    return tuple(w for w in weapons if not (drones and w.category == "aircraft_bomb" and _bare(w.span.text)))


def _bare(text: str) -> bool:
    return len([t for t in tokenize(text) if t.script != "mark"]) == 1


def _once(numbers: Iterable[Number]) -> tuple[Number, ...]:
    """The figures, each told once ("two drones … both drones")."""
    out: dict[tuple[str, float | None, float | None], Number] = {}
    for n in numbers:
        out.setdefault((n.of, n.low, n.high), n)
    return tuple(out.values())


def evidence(document: Document, sentences: Sequence[Sentence], anchor: Span) -> Span:
    """The sentence that holds the anchor."""
    for s in sentences:
        if s.start <= anchor.start < s.end:
            return document.span(s.start, s.end)
    return anchor


def standing(record: Record, catalogue: Catalogue) -> Standing:
    """Who vouches: nobody but the publisher, the actor's own party, or somebody else."""
    if not record.source:
        return "own_voice"
    if record.actor is None:
        return "attributed"
    origin = record.source[-1]
    if origin.entity and record.actor.entity:
        if catalogue.same_party(origin.entity, record.actor.entity) in ("same", "umbrella"):
            return "claimed"
        return "attributed"
    return "claimed" if _same_words(origin.span.text, record.actor.span.text) else "attributed"


def _same_words(a: str, b: str) -> bool:
    first, second = ({stems(t.norm)[-1][0] for t in tokenize(x) if t.script != "mark"} for x in (a, b))
    return bool(first & second) and (
        first <= second or second <= first or 2 * len(first & second) / (len(first) + len(second)) >= 0.5
    )


def spans(record: Record) -> list[Span]:
    """Every span of a record."""
    out = [record.anchor, record.evidence]
    for party in (record.actor, record.target, *record.source):
        if party is not None:
            out += [s for s in (party.span, party.role, party.affiliation) if s is not None]
    if record.place is not None:
        out.append(record.place.span)
    if record.time is not None and record.time.span is not None:
        out.append(record.time.span)
    out += [w.span for w in record.weapons] + [n.span for n in record.numbers]
    return out + [s for s in (record.cue, record.content, record.reason) if s is not None]


def _prove(document: Document, record: Record) -> None:
    for s in spans(record):
        if document.text[s.start : s.end] != s.text or s.end <= s.start:
            raise ValueError(f"span {s.start}:{s.end} is not the document's own words")


def identity(record: Record) -> str:
    """A hash of what the record points at; neither the reader nor its confidence takes part, so that what two readers see
    alike has one id."""
    picks: list[object] = [record.doc, record.kind, record.type, record.status]
    picks += [[s.start, s.end] for s in spans(record)]
    return hashlib.sha256(json.dumps(picks, ensure_ascii=False).encode()).hexdigest()[:20]
