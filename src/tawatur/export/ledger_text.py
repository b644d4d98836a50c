"""What one party claimed, denied, threatened and pledged: as a table for the terminal and as lines of JSON."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.table import Table

from tawatur.events.ledger import Entry
from tawatur.events.told import Facts
from tawatur.export import entry_ar, entry_en
from tawatur.export.cells import Text
from tawatur.export.checks_text import console_of, held_line, trimmed
from tawatur.export.jsonl import SCHEMA, span
from tawatur.export.names import Lang, entity_name, pick, word
from tawatur.records.gloss_tables import FSI, PDI, clean

_STYLE = {"claimed": "yellow", "counted": "yellow", "denied": "red", "threatened": "magenta", "pledged": "cyan"}
_SPOKEN = ("threatened", "pledged")
_WORDS = 200


def ledger_text(
    party: str,
    entries: Iterable[Entry],
    *,
    lang: Lang = "en",
    width: int = 100,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """The entries of ``party`` (an id of the catalogue) by day: what it said, the words, and what came after."""
    out = io.StringIO()
    console = console_of(out, width, colour)
    rows = list(entries)
    console.print(Text(entity_name(party, lang), style="bold"))
    if not rows:
        console.print(word("no_entries", lang))
        return trimmed(out)
    grid = Table(
        box=box.ASCII2 if ascii_only else box.SIMPLE_HEAD, show_lines=True, padding=(0, 1), header_style="bold"
    )
    grid.add_column(word("field_day", lang), no_wrap=True)
    grid.add_column(word("said", lang), no_wrap=True)
    grid.add_column(word("words", lang), ratio=1)
    for entry in rows:
        grid.add_row(
            entry.day.isoformat() if entry.day else "?",
            Text(word(entry.said, lang), style=_STYLE[entry.said]),
            _said(entry, lang),
        )
    console.print(grid)
    return trimmed(out)


def _said(entry: Entry, lang: Lang) -> Text:
    """The sentence, the words of the report, what came after and how many reports tell it."""
    say = entry_en if lang == "en" else entry_ar
    words = clean(entry.record.evidence.text)
    if len(words) > _WORDS:
        words = f"{words[:_WORDS].rsplit(' ', 1)[0]} …"
    out = Text(pick(entry.record.gloss, lang) if entry.said not in _SPOKEN else say.entry(entry))
    out.append(f"\n{FSI}{words}{PDI}", style="italic")
    docs = len({t.record.doc for t in entry.tellings})
    counts = [f"{word('reports_used', lang)}: {docs}"] if docs > 1 else []
    counts += [f"{word('events', lang)}: {' '.join(entry.events)}"] if entry.events else []
    if counts:
        out.append(f"\n({'; '.join(counts)})", style="dim")
    return out


def ledger_line(party: str, entry: Entry, documents: Mapping[str, Facts] | None = None) -> dict[str, Any]:
    """One entry as a JSON object; ``documents`` give the outlets."""
    docs = documents or {}
    return {
        "schema": SCHEMA,
        "party": party,
        "said": entry.said,
        "day": entry.day.isoformat() if entry.day else None,
        "events": list(entry.events),
        "tellings": [
            {
                "record": t.record.id,
                "doc": t.record.doc,
                "published": t.published.isoformat() if t.published else None,
                "outlet": docs[t.record.doc].outlet or None if t.record.doc in docs else None,
                "words": span(t.record.evidence),
            }
            for t in entry.tellings
        ],
        "after": held_line(entry.after),
        "sentence": {"en": entry_en.entry(entry), "ar": entry_ar.entry(entry)},
    }
