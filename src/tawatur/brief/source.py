"""What a footnote says: where the words stand, the words themselves, and through whom they came."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tawatur.brief.draft import Note
from tawatur.export.names import Lang, party, word
from tawatur.export.words import party_words
from tawatur.origins.families import publisher_of
from tawatur.records.gloss_days import arabic_day, english_day
from tawatur.records.gloss_tables import clean, isolate


@dataclass(frozen=True, slots=True)
class Source:
    """The parts of a footnote in words; ``words`` are exactly those of the report, ``url`` is "" where it is no address
    of the web."""

    outlet: str
    day: str
    title: str
    words: str
    chain: str
    url: str
    where: str


def source_of(note: Note, lang: Lang) -> Source:
    """The footnote of a record in one language."""
    record, facts = note.record, note.facts
    publisher = publisher_of(facts.outlet, facts.url).label
    day = facts.published
    shown = word("day_unknown", lang) if day is None else english_day(day) if lang == "en" else arabic_day(day)
    arrow = " ← " if lang == "en" else " → "  # points at who heard it, in the direction of reading
    chain = arrow.join(isolate(party_words(p, lang), lang) for p in record.source) or word("own_words", lang)
    web = re.fullmatch(r"https?://[^\s<>\"]+", facts.url)
    start, end = record.evidence.start, record.evidence.end
    return Source(
        party(publisher, lang, "outlet"),
        shown,
        isolate(clean(facts.title), lang),
        record.evidence.text,
        f"{word('says', lang)}: {chain}",
        facts.url if web else "",
        word("offsets", lang, doc=f"\u2068{facts.doc}\u2069", start=start, end=end),
    )
