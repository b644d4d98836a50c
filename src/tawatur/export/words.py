"""What people read instead of the codes of a record: the same words in the table and on the page."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

from tawatur.model import Document, Label, Party, Place, Record
from tawatur.records.gloss_days import english_days
from tawatur.records.gloss_tables import clean

STANDING = {
    "own_voice": ("own voice", "the report itself vouches for it"),
    "claimed": ("claimed", "by the actor's own side"),
    "attributed": ("attributed", "to somebody else"),
}
KINDS = {"event": "Events", "aggregate": "Counts", "statement": "Statements", "statistic": "Figures"}
BASIS = {
    "input": "given by the input",
    "option": "given on the command line",
    "metadata": "from the page's metadata",
    "listed": "from the list (a feed, a sitemap) that led to it",
    "post": "inferred from a dated post",
    "dateline": "inferred from the dateline",
    "weekday": "inferred from a weekday and a date that agree",
    "unknown": "not known",
}


@lru_cache(maxsize=1)
def _types() -> dict[tuple[str, str], Label]:
    text = (files("tawatur") / "data" / "types.csv").read_text(encoding="utf-8")
    return {(r["family"], r["type"]): Label(r["en"], r["ar"]) for r in csv.DictReader(text.splitlines())}


def type_label(record: Record) -> Label:
    """The name of the record's type; the code itself where the table has none."""
    family = "event" if record.kind == "aggregate" else record.kind
    return _types().get((family, record.type), Label(record.type, record.type))


def party_words(party: Party, language: str) -> str:
    """The neutral name of a party in ``en`` or ``ar``, or else the words of the report."""
    name = party.label.ar if language == "ar" else party.label.en
    return clean(name if party.entity and name else party.span.text)


def place_words(place: Place, language: str) -> str:
    """The name of a place in ``en`` or ``ar``, or else the words of the report."""
    name = place.label.ar if language == "ar" else place.label.en
    return clean(name if place.place_id and name else place.span.text)


def when_words(record: Record) -> str:
    """The days of a record in English words, or the words of the report, or nothing."""
    time = record.time
    if time is None:
        return ""
    if time.first or time.last:
        return english_days(time.first, time.last).removeprefix("on ")
    return clean(time.span.text) if time.span else ""


def published_words(document: Document) -> str:
    """The day of publication and how it is known."""
    published = document.published
    if published.value is None:
        return "day of publication not known"
    return f"published {published.value.isoformat()} ({BASIS[published.basis]})"


def chain_from_origin(record: Record, outlet: str, language: str) -> list[tuple[str, str]]:
    """The chain as it ran, from the origin to the publisher: pairs of a name and the part that it plays."""
    links = [(party_words(p, language), "passes on") for p in reversed(record.source)]
    if links:
        links[0] = (links[0][0], "origin")
    return [*links, (clean(outlet) or "this report", "publisher" if links else "says it in its own voice")]
