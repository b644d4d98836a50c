"""Counts and figures held against the record: as paragraphs for the terminal and as lines of JSON. The sentences are
those of the report (``brief``), made from the same objects."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from rich.console import Console
from rich.padding import Padding

from tawatur.events.checks import Beside, Itemised, Series
from tawatur.events.figures import Held, Judged
from tawatur.events.scope import Scope
from tawatur.events.stated import Claim
from tawatur.events.told import Facts
from tawatur.export import stated_ar, stated_en
from tawatur.export.cells import Text
from tawatur.export.jsonl import SCHEMA, label
from tawatur.export.names import Lang, word
from tawatur.export.stated import Check, checks

SHORTEST = 40
_STYLE = {"agrees": "green", "differs": "red", "undecided": "yellow"}
_ALONE = ("percent", "first")
T = TypeVar("T")


def checks_text(
    itemised: Iterable[Itemised],
    beside: Iterable[Beside],
    series: Iterable[Series],
    judged: Iterable[Judged],
    *,
    documents: Mapping[str, Facts] | None = None,
    lang: Lang = "en",
    width: int = 100,
    colour: bool = False,
) -> str:
    """Every check as a paragraph, under its heading, with the verdict in front and the ids of the records behind."""
    say = stated_en if lang == "en" else stated_ar
    docs = documents or {}
    found = checks(itemised, judged)
    out = io.StringIO()
    console = console_of(out, width, colour)
    parts: list[tuple[str, list[tuple[str, str, Sequence[str]]]]] = [
        (word("counts", lang), [_row(c, say.check(c, docs)) for c in found if c.claim.of not in _ALONE]),
        (word("figures", lang), [_row(c, say.check(c, docs)) for c in found if c.claim.of in _ALONE]),
        (word("beside", lang), _plain(beside, lambda b: say.beside(b, docs), lambda b: b.claims)),
        (word("series", lang), _plain(series, lambda s: say.series(s, docs), lambda s: s.claims)),
    ]
    for title, rows in parts:
        if not rows:
            continue
        console.print(Text(title, style="bold"))
        for verdict, sentence, records in rows:
            line = Text()
            if verdict:
                line.append(f"[{word(verdict, lang)}] ", style=_STYLE[verdict])
            line.append(sentence)
            line.append(f" {' '.join(records[:3])}", style="dim")
            console.print(Padding(line, (0, 0, 1, 2)))
    if not any(rows for _, rows in parts):
        console.print(word("no_checks", lang))
    return trimmed(out)


def _row(check: Check, sentence: str) -> tuple[str, str, Sequence[str]]:
    return check.judged.verdict if check.judged else "", sentence, check.claim.records


def _plain(
    found: Iterable[T], say: Callable[[T], str], claims: Callable[[T], Sequence[Claim]]
) -> list[tuple[str, str, Sequence[str]]]:
    return [("", say(x), [r for c in claims(x) for r in c.records[:1]]) for x in found]


def console_of(out: io.StringIO, width: int, colour: bool) -> Console:
    """A console that writes plain lines of ``width`` columns into ``out``."""
    return Console(
        file=out, width=max(width, SHORTEST), force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip


def trimmed(out: io.StringIO) -> str:
    """What was written, without blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def check_lines(
    itemised: Iterable[Itemised],
    beside: Iterable[Beside],
    series: Iterable[Series],
    judged: Iterable[Judged],
    *,
    documents: Mapping[str, Facts] | None = None,
) -> Iterator[dict[str, Any]]:
    """Every check as a JSON object; ``check`` is ``claim``, ``beside`` or ``series``."""
    docs = documents or {}
    for check in checks(itemised, judged):
        yield check_line(check, docs)
    for one in beside:
        said = {"en": stated_en.beside(one, docs), "ar": stated_ar.beside(one, docs)}
        claims = [_claim(c) for c in one.claims]
        yield {"schema": SCHEMA, "check": "beside", "claims": claims, "apart": one.apart, "sentence": said}
    for run in series:
        yield {
            "schema": SCHEMA,
            "check": "series",
            "claims": [_claim(c) for c in run.claims],
            "falls": [list(f) for f in run.falls],
            "rates": list(run.rates),
            "sentence": {"en": stated_en.series(run, docs), "ar": stated_ar.series(run, docs)},
        }


def check_line(check: Check, documents: Mapping[str, Facts] | None = None) -> dict[str, Any]:
    """One claim with what was found about it."""
    docs = documents or {}
    found, verdict = check.itemised, check.judged
    return {
        "schema": SCHEMA,
        "check": "claim",
        **_claim(check.claim),
        "itemised": None
        if found is None
        else {
            "held": found.held,
            "own": list(found.own),
            "others": list(found.others),
            "unattributed": list(found.unattributed),
            "maybe": list(found.maybe),
            "missing": found.missing,
            "surplus": found.surplus,
        },
        "verdict": verdict.verdict if verdict else None,
        "reason": verdict.reason if verdict else None,
        "counting": (verdict.counting or None) if verdict else None,
        "value": verdict.value if verdict else None,
        "value_corroborated": verdict.value_corroborated if verdict else None,
        "difference": verdict.difference if verdict else None,
        "span": held_line(verdict.span) if verdict else None,
        "base": held_line(verdict.base) if verdict else None,
        "sentence": {"en": stated_en.check(check, docs), "ar": stated_ar.check(check, docs)},
    }


def held_line(held: Held | None) -> dict[str, Any] | None:
    """What the collection holds over a span, as an object."""
    if held is None:
        return None
    return {
        "first": held.first.isoformat(),
        "last": held.last.isoformat(),
        "events": list(held.events),
        "corroborated": list(held.corroborated),
        "maybe": list(held.maybe),
        "days": held.days,
        "covered": held.covered,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "of": claim.of,
        "low": claim.low,
        "high": claim.high,
        "origin": claim.origin or None,
        "label": claim.label or None,
        "published": claim.published.isoformat() if claim.published else None,
        "records": list(claim.records),
        "scope": _scope(claim.scope),
    }


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "first": scope.first.isoformat() if scope.first else None,
        "last": scope.last.isoformat() if scope.last else None,
        "type": scope.type or None,
        "countries": sorted(scope.countries),
        "place": label(scope.spot.label) if scope.spot else None,
        "actors": sorted(scope.actors),
        "targets": sorted(scope.targets),
    }
