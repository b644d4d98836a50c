"""One self-contained page: the report with its marked words, and beside it the records with the chain of who says so.

Nothing is fetched: style and script stand in the page and the content policy names them by hash. All of the page is
there without the script, which only adds the highlighting, the keyboard and the filter.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from tawatur.export.html_cards import card
from tawatur.export.html_text import attribute, inline, report
from tawatur.export.words import KINDS, published_words

if TYPE_CHECKING:
    from tawatur.pipeline import Extraction

_ROLES = ("anchor", "actor", "target", "place", "time", "weapon", "number", "source", "cue")


def page(extractions: Sequence[Extraction]) -> str:
    """The page of one or several reports."""
    style, script = _asset("page.css"), _asset("page.js")
    titles = [e.document.title or e.document.id for e in extractions]
    return Template(_asset("page.html")).substitute(
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'",
        title=inline(titles[0] if len(titles) == 1 else f"{len(titles)} reports"),
        style=style,
        script=script,
        documents="\n".join(_document(e, i) for i, e in enumerate(extractions)),
    )


def _asset(name: str) -> str:
    return (files("tawatur.export") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _document(extraction: Extraction, number: int) -> str:
    document, records = extraction.document, extraction.records
    prefix = f"d{number}"
    cards = "\n".join(card(r, i, prefix, document.outlet) for i, r in enumerate(records))
    empty = '<p class="empty">No records: the report tells of nothing that the codebook counts.</p>'
    return f"""<section class="doc" aria-label="{attribute(document.title or document.id)}">
<header class="about">{_about(extraction)}</header>
<div class="panes">
<article class="report" aria-label="The report" tabindex="-1">
<p class="legend" aria-label="Marks">{_legend()}</p>
{report(document, records, prefix)}
</article>
<div class="side">
<h2 class="side-title">Records</h2>
{_filter(extraction)}
<ol class="cards" id="{prefix}-records">{cards}</ol>
{"" if records else empty}
{_issues(extraction)}
</div>
</div>
</section>"""


def _about(extraction: Extraction) -> str:
    document = extraction.document
    facts = [document.outlet, published_words(document), f"{len(extraction.records)} records"]
    if extraction.issues:
        facts.append(f"{len(extraction.issues)} issues")
    line = "".join(f"<li><bdi>{inline(f)}</bdi></li>" for f in facts if f)
    if document.url.startswith(("https://", "http://")):
        line += f'<li><a href="{attribute(document.url)}" rel="noreferrer noopener">address</a></li>'
    title = f'<p class="doc-title"><bdi>{inline(document.title or document.id)}</bdi></p>'
    return f'{title}<ul class="facts">{line}</ul>'


def _legend() -> str:
    return "".join(f'<span class="key {role}">{role}</span>' for role in _ROLES)


def _filter(extraction: Extraction) -> str:
    counts = {kind: sum(r.kind == kind for r in extraction.records) for kind in KINDS}
    buttons = [f'<button type="button" data-kind="" aria-pressed="true">All {len(extraction.records)}</button>']
    buttons += [
        f'<button type="button" data-kind="{kind}" aria-pressed="false">{name} {counts[kind]}</button>'
        for kind, name in KINDS.items()
        if counts[kind]
    ]
    return f'<div class="filter" role="group" aria-label="Show records of one kind">{"".join(buttons)}</div>'


def _issues(extraction: Extraction) -> str:
    if not extraction.issues:
        return ""
    rows = "".join(
        f"<li><code>{escape(i.code)}</code> {inline(i.message)}"
        + (f" <q><bdi>{inline(i.span.text)}</bdi></q>" if i.span else "")
        + "</li>"
        for i in extraction.issues
    )
    return f'<details class="issues" open><summary>Issues ({len(extraction.issues)})</summary><ul>{rows}</ul></details>'
