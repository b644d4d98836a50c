"""A report for the terminal: what it says, how it stands, by whose word, when and where; never a bare fact."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from tawatur.export.cells import Text
from tawatur.export.words import STANDING, party_words, place_words, published_words, when_words
from tawatur.model import Record
from tawatur.records.gloss_tables import FSI, PDI, clean

if TYPE_CHECKING:
    from tawatur.pipeline import Extraction

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_STYLE = {"own_voice": "white", "claimed": "yellow", "attributed": "cyan"}
_NARROW = 84
SHORTEST = 40


def table(extraction: Extraction, width: int, *, colour: bool = False, ascii_only: bool = False) -> str:
    """The records of one report in ``width`` columns (at least 40), with its head above and its issues below.
    ``colour`` writes terminal colours (``NO_COLOR`` still forbids them); ``ascii_only`` keeps the frame and the
    arrows to ASCII. Names of the other script stand in bidi isolates."""
    out = io.StringIO()
    console = Console(
        file=out, width=max(width, SHORTEST), force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for text, style in _head(extraction):
        console.print(Text(text, style=style))
    console.print()
    if extraction.records:
        console.print(_grid(extraction, console.width, ascii_only))
    else:
        console.print("No records: the report tells of nothing that the codebook counts.")
    _issues(extraction, console)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def _head(extraction: Extraction) -> list[tuple[str, str]]:
    document = extraction.document
    facts = [clean(document.outlet), published_words(document), _many(len(extraction.records), "record")]
    if extraction.issues:
        facts.append(f"{_many(len(extraction.issues), 'issue')} (below)")
    title = clean(document.title) or document.id
    return [(_isolated(title), "bold"), (" · ".join(_isolated(f) for f in facts if f), "dim")]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _isolated(text: str) -> str:
    return f"{FSI}{text}{PDI}" if _ARABIC.search(text) else text


def _grid(extraction: Extraction, width: int, ascii_only: bool) -> Table:
    """The records as a table; where the terminal is narrow, standing, chain, day and place go under the sentence."""
    lines = box.ASCII2 if ascii_only else box.SIMPLE_HEAD
    grid = Table(box=lines, show_lines=True, width=width, padding=(0, 1), header_style="bold")
    grid.add_column("#", justify="right", width=len(str(len(extraction.records))) + 1)
    grid.add_column("What the report says", ratio=6)
    arabic = extraction.document.language == "ar"
    if width >= _NARROW:
        grid.add_column("Standing", width=10)
        grid.add_column("Who says so", ratio=2)
        grid.add_column("When, where", ratio=2)
    for i, record in enumerate(extraction.records, 1):
        said = _sentences(record, arabic)
        standing = Text(STANDING[record.standing][0], style=_STYLE[record.standing])
        who, spot = Text(chain(record, ascii_only)), Text(_spot(record))
        if width >= _NARROW:
            grid.add_row(str(i), said, standing, who, spot)
            continue
        said.append("\n[").append(standing).append("] ").append(who)
        grid.add_row(str(i), said.append(f"\n{spot.plain}", style="dim") if spot.plain else said)
    return grid


def _sentences(record: Record, arabic: bool) -> Text:
    """The English sentence, and under it the Arabic one where the report is Arabic."""
    out = Text(record.gloss.en or clean(record.evidence.text))
    if arabic and record.gloss.ar:
        out.append(f"\n{FSI}{record.gloss.ar}{PDI}", style="dim")
    return out


def chain(record: Record, ascii_only: bool = False) -> str:
    """The chain from nearest the publisher to the origin: ``AFP ← a security source``."""
    if not record.source:
        return "the report itself"
    arrow = " <- " if ascii_only else " ← "
    return arrow.join(_isolated(party_words(p, "en")) for p in record.source)


def _spot(record: Record) -> str:
    place = _isolated(place_words(record.place, "en")) if record.place else ""
    return "\n".join(part for part in (_isolated(when_words(record)), place) if part)


def _issues(extraction: Extraction, console: Console) -> None:
    if not extraction.issues:
        return
    console.print(Text("\nIssues", style="bold"))
    for issue in extraction.issues:
        words = f" “{_isolated(clean(issue.span.text))}”" if issue.span else ""
        console.print(Text(f"  {issue.code}: {_isolated(clean(issue.message))}{words}"))
