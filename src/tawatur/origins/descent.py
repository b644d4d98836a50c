"""Whose words a record stands on: from copy to original, along the passages that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tawatur.model import Span
from tawatur.origins.lineage import Lineage

COVERED = 0.5
"""The part of a record's words that must stand in a shared passage for the record to be a copy's."""
RETOLD = frozenset(("credit", "translated-quote"))
"""Kinds of lineage in which the copy uses words of its own."""
_WHOLE = frozenset(("verbatim", "edited", "excerpt", "forward"))


@dataclass(frozen=True, slots=True)
class Descent:
    """The report that wrote the words first, and the lineages that lead to it, the copy's own first; empty where the
    report wrote them itself."""

    doc: str
    via: tuple[Lineage, ...] = ()

    @property
    def copied(self) -> bool:
        return bool(self.via)


def by_copy(lineages: Iterable[Lineage]) -> dict[str, tuple[Lineage, ...]]:
    """Lineages by the report that is the copy."""
    out: dict[str, list[Lineage]] = {}
    for x in lineages:
        out.setdefault(x.copy, []).append(x)
    return {doc: tuple(sorted(xs, key=lambda x: (-x.score, x.original))) for doc, xs in out.items()}


def descend(lineages: Mapping[str, Sequence[Lineage]], doc: str, span: Span) -> Descent:
    """Who wrote the words ``span`` of ``doc`` first, as far as the lineages of ``by_copy`` tell. At each step the
    original that holds most of the words is taken; at a report that was retold the way ends: its words are others."""
    via: list[Lineage] = []
    seen = {doc}
    here, words = doc, span
    while True:
        ways = [x for x in lineages.get(here, ()) if x.original not in seen and x.covers(words) >= COVERED]
        if not ways:
            return Descent(here, tuple(via))
        best = max(ways, key=lambda x: (round(x.covers(words), 2), x.ordered, x.score, x.original))
        via.append(best)
        if best.kind in RETOLD:
            return Descent(best.original, tuple(via))
        words = _carried(best, words)
        here = best.original
        seen.add(here)


def _carried(lineage: Lineage, span: Span) -> Span:
    """Where the words of a copy stand in the original: the passage that holds most of them."""

    def shared(start: int, end: int) -> int:
        return max(min(end, span.end) - max(start, span.start), 0)

    run = max(lineage.runs, key=lambda r: shared(r.copy.start, r.copy.end), default=None)
    if run is None:
        return span
    length = max(run.copy.end - run.copy.start, 1)
    scale = (run.original.end - run.original.start) / length
    start = run.original.start + int(max(span.start - run.copy.start, 0) * scale)
    end = run.original.start + int((min(span.end, run.copy.end) - run.copy.start) * scale)
    start = min(max(start, 0), run.original.end - 1)
    end = max(min(end, run.original.end), start + 1)
    return Span(start, end, run.original.text[start - run.original.start : end - run.original.start])


def is_whole(lineage: Lineage) -> bool:
    """Whether a lineage says of the whole copy that it comes from there, not of a passage or an embedded post."""
    return lineage.kind in _WHOLE and (lineage.kind != "forward" or not lineage.runs)


def lineage_keys(lineages: Iterable[Lineage]) -> dict[str, str]:
    """For every report that is a copy or is copied as a whole: a key that all reports of one descent share (the
    smallest of their ids). Merged stories and credits join nothing here."""
    above: dict[str, str] = {}

    def top(doc: str) -> str:
        while above.setdefault(doc, doc) != doc:
            above[doc] = doc = above[above[doc]]
        return doc

    for x in lineages:
        if is_whole(x):
            a, b = sorted((top(x.copy), top(x.original)))
            above[b] = a
    return {doc: top(doc) for doc in sorted(above)}
