"""The report cut into stretches that no span begins or ends in, so that nested and overlapping spans can all be shown."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawatur.model import Party, Record, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """``[start, end)`` of the text, and what it plays in which records: pairs of a record's number and a role."""

    start: int
    end: int
    plays: tuple[tuple[int, str], ...]


def _party(party: Party | None, role: str) -> Iterator[tuple[str, Span]]:
    if party:
        yield role, party.span
        for extra in (party.role, party.affiliation):
            if extra:
                yield role, extra


def spans_of(record: Record) -> Iterator[tuple[str, Span]]:
    """Every span that a record points at, with its role."""
    yield "evidence", record.evidence
    if record.content:
        yield "content", record.content
    if record.reason:
        yield "reason", record.reason
    yield "anchor", record.anchor
    yield from _party(record.actor, "actor")
    yield from _party(record.target, "target")
    if record.place:
        yield "place", record.place.span
    if record.time and record.time.span:
        yield "time", record.time.span
    yield from (("weapon", w.span) for w in record.weapons)
    yield from (("number", n.span) for n in record.numbers)
    for source in record.source:
        yield from _party(source, "source")
    if record.cue:
        yield "cue", record.cue


def segments(records: Sequence[Record], start: int, end: int) -> list[Segment]:
    """``[start, end)`` of the text cut at every edge of a span; together the segments are the whole stretch."""
    begins: dict[int, list[tuple[int, str]]] = defaultdict(list)
    ends: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for i, record in enumerate(records):
        for role, span in dict.fromkeys(spans_of(record)):
            left, right = max(span.start, start), min(span.end, end)
            if left < right:
                begins[left].append((i, role))
                ends[right].append((i, role))
    cuts = sorted({start, end, *begins, *ends})
    out: list[Segment] = []
    live: dict[tuple[int, str], int] = {}
    for left, right in itertools.pairwise(cuts):
        for play in ends[left]:
            live[play] -= 1
            if not live[play]:
                del live[play]
        for play in begins[left]:
            live[play] = live.get(play, 0) + 1
        out.append(Segment(left, right, tuple(live)))
    return out
