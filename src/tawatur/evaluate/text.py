"""The figures as plain text, for people in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tawatur.evaluate.compare import DRAWS, Difference
from tawatur.evaluate.errors import WAYS, ErrorTable
from tawatur.evaluate.scores import HEADLINES

TOP = 10
"""Confusions of types that are shown."""
_GROUPS = {"kind": "kind", "family": "type", "type": "type", "status": "status", "chain": "links of the chain"}
_LAST = ("chain", "origin", "hops2", "standing")


def columns(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table: the first column to the left, the others to the right, two spaces between."""
    rows = [list(head), *map(list, body)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return [
        "  ".join(cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]


def scores_text(figures: Mapping[str, Any]) -> Iterator[str]:
    """Lines on what :func:`tawatur.evaluate.evaluate` gives: by kind, by field, and what stayed quiet."""
    head = ["", "gold", "predicted", *[f"{h} {x}" for h in HEADLINES for x in ("P", "R", "F1")]]
    body = []
    for kind, row in figures["records"].items():
        cells = [kind, str(row["found"]["gold"]), str(row["found"]["predicted"])]
        for h in HEADLINES:
            sure = row[h].get("±")
            f1 = f"{row[h]['f1']:.2f}" + (f" ± {sure:.2f}" if sure is not None else "")
            cells += [f"{row[h]['p']:.2f}", f"{row[h]['r']:.2f}", f1]
        body.append(cells)
    yield from columns(head, body)
    fields = figures["fields"]
    order = [*(f for f in fields if f not in _LAST), *(f for f in _LAST if f in fields)]
    if order:
        yield ""
        yield from columns(
            ["field, where given", "agree", "of"],
            [[f, f"{fields[f]['share']:.2f}", str(fields[f]["of"])] for f in order],
        )
    quiet = figures["quiet"]
    yield ""
    yield f"documents without records: {quiet['documents']}; records predicted on them: {quiet['records']}"


def differences_text(found: Mapping[str, Difference], name: str, other: str) -> Iterator[str]:
    """Lines on how a reader compares with another, by headline; ``name`` and ``other`` are what to call the two."""
    yield f"{name} against {other}: F1, {DRAWS:,} paired draws of documents"
    yield from columns(
        ["", "this", "other", "difference", "95 % of draws", "not better in"],
        [
            [
                h,
                f"{d.f1:.3f}",
                f"{d.other:.3f}",
                f"{d.difference:+.3f}",
                f"{d.low:+.3f} to {d.high:+.3f}",
                f"{100 * d.not_better:.1f} %",
            ]
            for h, d in found.items()
        ],
    )


def errors_text(table: ErrorTable) -> Iterator[str]:
    """Lines on what is missed, made up, confused, and how fields fail."""
    for title, groups in (("missed", table.missed), ("made up", table.made_up)):
        for group, values in groups.items():
            if values:
                yield from columns(
                    [f"{title}, by {_GROUPS[group]}", "records", "of"],
                    [[v, str(n), str(of)] for v, (n, of) in values.items()],
                )
                yield ""
    yield from columns(
        ["field of those found", *WAYS], [[f, *[str(ways[w]) for w in WAYS]] for f, ways in table.fields.items()]
    )
    if table.confused:
        yield ""
        yield from columns(
            [f"gold type (the {TOP} most frequent)", "read as", "times"],
            [[gold, read, str(n)] for gold, read, n in table.confused[:TOP]],
        )
