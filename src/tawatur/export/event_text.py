"""One event on one screen of the terminal: what, where, when, who says what by which way, where accounts differ, and
the grade with its reasons."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table

from tawatur.export import say_ar, say_en
from tawatur.export.cells import Text
from tawatur.export.event_rows import chain, conflict_name, conflict_values, heading, remarks
from tawatur.export.names import Lang, origin, pick, word
from tawatur.origins.accounts import Account
from tawatur.origins.explain import POSITION_NAMES, text_of
from tawatur.origins.grades import NAMES
from tawatur.origins.view import EventView
from tawatur.records.gloss_tables import FSI, PDI, clean

SHORTEST = 60
_STYLE = {"claims": "yellow", "confirms": "green", "denies": "red", "reports": "cyan", "unattributed": "dim"}
_WORDS = 220


def event_text(
    view: EventView, width: int = 100, *, lang: Lang = "en", colour: bool = False, ascii_only: bool = False
) -> str:
    """The event in ``width`` columns (at least 60). ``colour`` writes terminal colours, ``ascii_only`` keeps frames and
    arrows to ASCII. Names and words of the other script stand in bidi isolates."""
    out = io.StringIO()
    console = Console(
        file=out, width=max(width, SHORTEST), force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    graded = view.grade
    console.print(Text(heading(view, lang), style="bold"))
    console.print(Text(f"{view.event.id}", style="dim"))
    console.print(Text((say_en if lang == "en" else say_ar).event(view)))
    console.print()
    console.print(Text(f"{word('grade', lang)}: {pick(NAMES[graded.grade], lang)}", style="bold"))
    for reason in graded.reasons:
        console.print(Text(f"  - {_isolated(pick(reason, lang))}"))
    console.print()
    console.print(_accounts(view, lang, ascii_only))
    _conflicts(console, view, lang)
    console.print(Text(word("way", lang), style="bold"))
    for line in text_of(view.graph, lang):
        console.print(Text(f"  {line}"))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def _accounts(view: EventView, lang: Lang, ascii_only: bool) -> Table:
    grid = Table(
        box=box.ASCII2 if ascii_only else box.SIMPLE_HEAD, show_lines=False, padding=(0, 1), header_style="bold"
    )
    grid.add_column(word("published", lang), no_wrap=True)
    grid.add_column(word("position", lang), ratio=2)
    grid.add_column(word("origin", lang), ratio=3)
    grid.add_column(f"{word('said_by', lang)} / {word('words', lang)}", ratio=7)
    for account in view.accounts:
        day = account.published.isoformat() if account.published else "?"
        said = Text(pick(POSITION_NAMES[account.position], lang), style=_STYLE[account.position])
        grid.add_row(day, said, Text(origin(account.origin, lang)), _way(account, lang, ascii_only))
    return grid


def _way(account: Account, lang: Lang, ascii_only: bool) -> Text:
    """The chain, the words, and what is to be said of the account."""
    words = clean(account.words.text)
    if len(words) > _WORDS:
        words = f"{words[:_WORDS].rsplit(' ', 1)[0]} …"
    out = Text(chain(account, lang, ascii_only=ascii_only))
    out.append(f"\n{FSI}{words}{PDI}", style="italic")
    for remark in remarks(account, lang):
        out.append(f"\n({remark})", style="dim")
    return out


def _conflicts(console: Console, view: EventView, lang: Lang) -> None:
    if not view.conflicts:
        return
    console.print(Text(word("conflicts", lang), style="bold"))
    for found in view.conflicts:
        console.print(Text(f"  {conflict_name(found, lang)}: {'; '.join(conflict_values(found, lang))}"))
    console.print()


def _isolated(text: str) -> str:
    return f"{FSI}{text}{PDI}"
