"""Who wrote a report, by its own words: the agency in its dateline, the name at its head, the source line at its end.

A report that an outlet prints under an agency's dateline speaks with the agency's sources, also where the agency's own
report is not in the collection.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tawatur.events.told import Facts
from tawatur.origins.families import NOBODY, Publisher, by_name, outlet_nouns, publisher_of
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

HEAD, TAIL = 320, 160
"""Code points at the beginning and the end of a report in which it is signed."""
_BRACKET = re.compile(r"[(\[]\s*([^()\[\]\n]{2,40}?)\s*[)\]]\s*[-–—:]")
_LEADING = re.compile(r"^([^\n\-–—:]{3,40}?)\s+[-–—]\s+(?=\S)", re.MULTILINE)
_STAFF = re.compile(r"^By (?:the )?([A-Z][\w ]{2,40}?) (?:staff|desk|newsroom|correspondent)\b", re.MULTILINE)
_SOURCE_LINE = re.compile(r"(?:المصدر|مصدر الخبر|[Ss]ource)\s*:\s*([^\n.]{2,60})\s*\.?\s*$")
_MOST_WORDS = 5


def _name(words: str) -> Publisher | None:
    """The outlet that some words name: a listed one, or any with a noun for an outlet among its words."""
    found = by_name(words)
    if found is not None:
        return found
    tokens = [t.norm for t in tokenize(words) if t.script != "mark"]
    nouns = any(t in outlet_nouns() or t.removeprefix("ال") in outlet_nouns() for t in tokens)
    return publisher_of(words) if nouns and 1 < len(tokens) <= _MOST_WORDS else None


def credited_whole(text: str) -> list[Publisher]:
    """The outlets that a report names as the source of the whole: in the brackets of its dateline, at its end."""
    found: dict[str, Publisher] = {}
    for match in _BRACKET.finditer(text[:HEAD]):
        one = _name(match[1])
        if one is not None:
            found[one.family] = one
    line = _SOURCE_LINE.search(text[-TAIL:].rstrip())
    if line is not None:
        one = _name(line[1].strip()) or publisher_of(line[1].strip())
        found[one.family] = one
    return list(found.values())


@lru_cache(maxsize=4096)
def publisher_of_report(facts: Facts) -> Publisher:
    """Who published a report: by its outlet and address, where neither is known by the name that it is signed with."""
    if facts.outlet or facts.url:
        return publisher_of(facts.outlet, facts.url)
    whole = credited_whole(facts.text)
    if len(whole) == 1:
        return whole[0]
    for pattern in (_STAFF, _LEADING):
        for match in pattern.finditer(facts.text[:HEAD]):
            if pattern is _STAFF:
                return by_name(match[1]) or publisher_of(match[1])
            first = next((t.norm for t in tokenize(match[1])), "")
            if first in {fold(n) for n in outlet_nouns()} and (one := _name(match[1])) is not None:
                return one
    return NOBODY


@lru_cache(maxsize=4096)
def writer_of(facts: Facts) -> Publisher:
    """Whose words a report is: the one outlet that it credits as a whole, else its publisher. Where it credits several,
    nobody: which of them heard an unnamed source cannot be told."""
    own = publisher_of_report(facts)
    others = [p for p in credited_whole(facts.text) if p.family != own.family]
    return own if not others else others[0] if len(others) == 1 else NOBODY
