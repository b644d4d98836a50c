"""A report as Markdown with footnotes, as GitHub, pandoc and others read it."""

from __future__ import annotations

import re
from html import escape

from tawatur.brief.draft import Draft, Group, Note, Sentence
from tawatur.brief.source import Source, source_of
from tawatur.export.chart import text_chart
from tawatur.export.html_text import direction
from tawatur.export.names import Lang, word

_SPECIAL = re.compile(r"([\\`*_\[\]|~#])")


def markdown(draft: Draft) -> str:
    """The whole report; in Arabic the body stands in a block that runs from right to left."""
    lang = draft.lang
    lines = [f"# {_text(draft.title)}", "", f"*{_text(draft.scope)}*", ""]
    if draft.main:
        lines += [f"## {word('main_points', lang)}", "", *(_sentence(draft, s) for s in draft.main), ""]
    lines += [f"## {word('how', lang)}", ""]
    lines += [_text(p) + "\n" for p in draft.how]
    lines += [f"**{word('grades', lang)}**\n", *(f"- **{_text(n)}**: {_text(m)}" for n, m in draft.grades), ""]
    lines += [f"## {word('numbers', lang)}", "", "| | |", "|:--|--:|"]
    lines += [f"| {'– ' if r.inner else ''}{_text(r.label)} | {r.value} |" for r in draft.numbers]
    lines += ["", *_chart(draft)]
    for section in draft.sections:
        lines += [f"## {_text(section.title)}", "", *(_sentence(draft, s) for s in section.sentences), ""]
        for group in section.groups:
            lines += _group(draft, group)
    if draft.annex:
        lines += [f"## {word('annex', lang)}", ""]
        for group in draft.annex:
            lines += _group(draft, group)
    if lang == "ar":
        lines = ['<div dir="rtl" lang="ar">', "", *lines, "</div>", ""]
    lines += [_note(n, lang) for n in draft.notes]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _chart(draft: Draft) -> list[str]:
    lang = draft.lang
    lines = [f"## {word('chart', lang)}", ""]
    if lang == "ar":
        lines += ['<div dir="ltr">', ""]
    lines += ["```text", text_chart(draft.chart), "```", ""]
    if lang == "ar":
        lines += ["</div>", ""]
    lines.append(_text(word("chart_text_note", lang)))
    if draft.chart.left_out:
        lines.append(_text(word("not_drawn", lang, n=draft.chart.left_out)))
    return [*lines, ""]


def _group(draft: Draft, group: Group) -> list[str]:
    return [f"{'#' * group.level} {_text(group.title)}", "", *(_sentence(draft, s) for s in group.sentences), ""]


def _sentence(draft: Draft, sentence: Sentence) -> str:
    marks = "".join(f"[^{a}]" if a == b else f"[^{a}]–[^{b}]" for a, b in draft.marks(sentence))
    return f"- {_text(sentence.text)}{marks}"


def _note(note: Note, lang: Lang) -> str:
    source: Source = source_of(note, lang)
    words = " ".join(source.words.split())
    parts = [
        f"**{_text(source.outlet)}**, {_text(source.day)}{f', {_text(source.title)}' if source.title else ''}:",
        f"<q {direction(words)}>{_text(words)}</q>",
        f"({_text(source.chain)};",
        f"<{source.url}>;" if source.url else "",
        f"{_text(source.where)})",
    ]
    return f"[^{note.number}]: {' '.join(p for p in parts if p)}\n"


def _text(text: str) -> str:
    """Text that is to be read as it stands: no markup of Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", escape(text, quote=False))
