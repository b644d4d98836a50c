"""Who issued "the statement": a chain that ends in a bare word for a statement ends in the party that put it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from tawatur.lexicon.tables import rows
from tawatur.model import Party, Record
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize

REACH = 700
"""Code points back to the party that "the statement" can be the statement of: about a paragraph."""


@cache
def _own_words() -> frozenset[str]:
    return frozenset(fold(r["word"]) for r in rows("own_words.csv"))


def is_statement(words: str) -> bool:
    """Whether ``words`` are a bare word for what a party put out ("البيان", "its statement"), with no name."""
    plain = [t for t in tokenize(words) if t.script != "mark" and t.norm not in ("its", "the", "a", "in", "في")]
    return len(plain) == 1 and any(stem in _own_words() for stem, _ in stems(plain[0].norm))


def resolve_issuers(records: Sequence[Record], same_party: Callable[[str, str], str]) -> tuple[Record, ...]:
    """``records`` with the origin of each that ends in a bare "statement" resolved to its issuer: the actor, where the
    actor's side speaks somewhere in the document, else the nearest party before it that speaks. The issuer's words
    become the ``affiliation``. Where there is none, nothing changes."""
    spoken = [p for r in records for p in _speakers(r) if p.entity]
    speaking = frozenset(p.entity for p in spoken if p.entity)

    def issuer(record: Record, words: Party) -> Party | None:
        actor = record.actor
        if actor is not None and actor.entity:
            same = next((s for s in speaking if same_party(s, actor.entity) in ("same", "umbrella")), None)
            if same is not None:
                return actor
        at = words.span.start
        before = [p for p in spoken if at - REACH <= p.span.start < at]
        return max(before, key=lambda p: p.span.start, default=None)

    def resolved(record: Record) -> Record:
        if not record.source or record.source[-1].entity or not is_statement(record.source[-1].span.text):
            return record
        last = record.source[-1]
        found = issuer(record, last)
        if found is None:
            return record
        named = replace(last, entity=found.entity, label=found.label, kind=found.kind, affiliation=found.span)
        return replace(record, source=(*record.source[:-1], named))

    return tuple(resolved(r) for r in records)


def _speakers(record: Record) -> tuple[Party, ...]:
    """Who says something in a record: the end of its chain, and the actor of a speech act."""
    said = (record.actor,) if record.kind == "statement" and record.actor is not None else ()
    return (*record.source[-1:], *said)
