"""Lineages as the books have them: their passages by where they stand, without the words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from tawatur.model import Span
from tawatur.origins.compare import Run
from tawatur.origins.descent import is_whole
from tawatur.origins.lineage import Lineage
from tawatur.store import descents
from tawatur.store.database import Transaction
from tawatur.store.descents import Descends


def kept_lineage(x: Lineage) -> Descends:
    """A lineage as a row."""
    runs = [[r.copy.start, r.copy.end, r.original.start, r.original.end, r.words, r.own] for r in x.runs]
    content = json.dumps([x.score, x.reasons, x.ordered, runs], ensure_ascii=False, separators=(",", ":"))
    return Descends(x.copy, x.original, x.kind, content)


def lineage_from(row: Descends, text: Callable[[str], str] = lambda doc: "") -> Lineage:
    """The lineage of a row; ``text`` gives the words of a report, without which those of the passages are missing."""
    score, reasons, ordered, runs = json.loads(row.content)
    mine, theirs = text(row.copy), text(row.original)
    made = tuple(Run(Span(a, b, mine[a:b]), Span(c, d, theirs[c:d]), words, own) for a, b, c, d, words, own in runs)
    return Lineage(row.copy, row.original, row.kind, score, tuple(reasons), made, ordered)  # type: ignore[arg-type]


def joined(connection: Transaction, docs: Iterable[str]) -> list[Descends]:
    """The lineages by which reports are joined, from some on, as far as they lead: those of whole reports."""
    found: dict[tuple[str, str], Descends] = {}
    seen: set[str] = set()
    edge = set(docs)
    while edge:
        seen |= edge
        rows = [r for r in descents.lineages_of(connection, edge, either=True) if is_whole(lineage_from(r))]
        found.update(((r.copy, r.original), r) for r in rows)
        edge = {d for r in rows for d in (r.copy, r.original)} - seen
    return [found[key] for key in sorted(found)]
