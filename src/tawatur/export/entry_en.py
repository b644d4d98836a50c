"""English sentences on what parties threaten, pledge and deny, and on what the record holds afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tawatur.events.figures import Held
from tawatur.events.ledger import Entry, Said
from tawatur.export.names import joined, span_days
from tawatur.export.stated import speaker_of, worth_telling
from tawatur.export.stated_en import sentence, span
from tawatur.records.gloss_days import english_day
from tawatur.records.gloss_en import party_name, where
from tawatur.records.gloss_tables import keyed, quote

_MANY = 6
_MADE: tuple[tuple[Said, str, str], ...] = (
    ("threatened", "threat", "threats"),
    ("denied", "denial", "denials"),
    ("pledged", "pledge", "pledges"),
)
_SAID = {"threatened": "made a threat", "pledged": "made a pledge", "denied": "made a denial", "claimed": "made a claim",
         "counted": "gave a count"}  # fmt: skip


def entry(one: Entry) -> str:
    """What a party said, and what the record holds in the days after a threat or pledge."""
    record = one.record
    who = _who(one)
    said = _SAID[one.said]
    if record.kind != "statement" and one.said in ("threatened", "denied"):
        said += f" of {keyed('gloss_nouns', 'key')[record.type]['en_one']}"
    if record.target is not None and (record.target.label.en or record.target.span.text.isascii()):
        said += f" concerning {party_name(record.target)}"
    if record.place is not None:
        said += f" {where(record.place)}"
    day = f"on {english_day(one.day)} " if one.day else ""
    content = record.content
    words = f": {quote(content, 'en')}" if content is not None and content.text.isascii() else ""
    held = worth_telling(one.after)
    return sentence([f"{day}{who} {said}{words}", after(held) if held else ""])


def _who(one: Entry) -> str:
    speaker = speaker_of(one)
    if speaker is None:
        return "the report itself"
    if speaker.affiliation is not None and not speaker.affiliation.text.isascii():
        speaker = replace(speaker, affiliation=None)
    return party_name(speaker)


def has_words(one: Entry) -> bool:
    """Whether an entry says more in this language than that something was said: its words, or what came after."""
    content = one.record.content
    if one.record.kind != "statement" or (one.said == "threatened" and worth_telling(one.after)):
        return True
    return content is not None and content.text.isascii()


def entries(some: Sequence[Entry]) -> str:
    """Many statements whose words are in another language: who made how many of which kind, and when."""
    days_ = [e.day for e in some if e.day]
    names = list(dict.fromkeys(map(_who, some)))
    if len(names) > _MANY:
        names = [*names[: _MANY - 1], f"{len(names) - _MANY + 1} others"]
    counts = Counter(e.said for e in some)
    made = joined(
        (f"a {noun}" if n == 1 else f"{n} {plural}" for said, noun, plural in _MADE if (n := counts[said])), "en"
    )
    over = f"{span_days(min(days_), max(days_), 'en')} " if days_ else ""
    return sentence([f"{over}{joined(names, 'en')} made {made}; what was said stands in the notes, in Arabic"])


def after(one: Held) -> str:
    """What the record holds after a threat or a pledge."""
    perhaps = f", and {len(one.maybe)} more that may be" if one.maybe else ""
    return f"in the {one.days} days after, this collection holds {span(one)} told to be by that party{perhaps}"
