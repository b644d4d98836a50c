"""One event as a self-contained page: the sentence, the grade with reasons, the way of the words drawn, the accounts in
the order of time with their words, and where they differ."""

from __future__ import annotations

from tawatur.export import say_ar, say_en
from tawatur.export.event_graph import svg_graph
from tawatur.export.event_rows import chain, conflict_name, conflict_values, heading, place, remarks, when
from tawatur.export.html_text import attribute, direction, inline, isolated
from tawatur.export.names import Lang, origin, pick, type_name, word
from tawatur.export.sheet import sheet
from tawatur.origins.accounts import Account
from tawatur.origins.explain import POSITION_NAMES
from tawatur.origins.grades import NAMES
from tawatur.origins.view import EventView


def event_page(view: EventView, *, lang: Lang = "en") -> str:
    """The page of an event; nothing is fetched and no script runs."""
    title = heading(view, lang)
    graded = view.grade
    reasons = "".join(f"<li>{isolated(pick(r, lang))}</li>" for r in graded.reasons)
    body = f"""<h1>{isolated(title)}</h1>
<p class="scope"><code>{inline(view.event.id)}</code></p>
<p>{isolated((say_en if lang == "en" else say_ar).event(view))}</p>
{_facts(view, lang)}
<h2>{word("reasons", lang)}</h2>
<p><span class="grade {graded.grade}">{isolated(pick(NAMES[graded.grade], lang))}</span></p>
<ul class="reasons">{reasons}</ul>
<h2>{word("way", lang)}</h2>
<figure><div class="scroll" dir="ltr">{svg_graph(view.graph, view.facts, lang)}</div>
<figcaption>{isolated(word("way_note", lang))}</figcaption></figure>
<h2>{word("timeline", lang)}</h2>
<ol class="accounts">
{"".join(_account(a, lang) for a in view.accounts)}</ol>
<h2>{word("conflicts", lang)}</h2>
{_conflicts(view, lang)}"""
    return sheet(title.replace("\u2068", "").replace("\u2069", ""), body, lang, wide=True)


def _facts(view: EventView, lang: Lang) -> str:
    found = view.event.place
    spot = f"{found.lat:.3f}, {found.lon:.3f}" if found and found.lat is not None and found.lon is not None else ""
    rows = [
        (word("what", lang), isolated(type_name(view.event.type, lang))),
        (word("where", lang), isolated(place(view, lang)) + (f' <small dir="ltr">{spot}</small>' if spot else "")),
        (word("when", lang), isolated(when(view, lang))),
        (word("independent", lang), str(len(view.grade.origins))),
        (word("reports", lang), str(len(view.facts))),
    ]
    return f'<dl class="facts">{"".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in rows if v)}</dl>'


def _account(account: Account, lang: Lang) -> str:
    facts = account.told.facts
    day = account.published.isoformat() if account.published else word("day_unknown", lang)
    link = ""
    if facts.url.startswith(("https://", "http://")):
        link = f' · <a href="{attribute(facts.url)}" rel="noreferrer noopener">{word("address", lang)}</a>'
    notes = "".join(f"<small>{isolated(r)}</small>" for r in remarks(account, lang))
    where = word("offsets", lang, doc=account.doc, start=account.words.start, end=account.words.end)
    quiet = "" if account.counts else " quiet"
    title = f" · <bdi>{inline(facts.title)}</bdi>" if facts.title else ""
    return f"""<li class="{account.position}{quiet}">
<div class="head"><time dir="ltr">{day}</time><span class="who">{isolated(origin(account.origin, lang))}</span>
<span class="pos">{isolated(pick(POSITION_NAMES[account.position], lang))}</span></div>
<q {direction(account.words.text)}>{inline(account.words.text)}</q>
<small>{isolated(chain(account, lang))}{title}{link}</small>{notes}
<small>{isolated(where)}</small>
</li>
"""


def _conflicts(view: EventView, lang: Lang) -> str:
    if not view.conflicts:
        return f"<p>{isolated(word('no_conflicts', lang))}</p>"
    rows = "".join(
        f'<tr><th scope="row">{isolated(conflict_name(c, lang))}</th>'
        f"<td>{'<br>'.join(isolated(v) for v in conflict_values(c, lang))}</td></tr>"
        for c in view.conflicts
    )
    return f'<table class="conflicts">{rows}</table>'
