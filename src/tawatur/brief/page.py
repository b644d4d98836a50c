"""A report as one self-contained page: nothing is fetched, no script, in the direction of its language."""

from __future__ import annotations

from tawatur.brief.draft import Draft, Group, Note, Sentence
from tawatur.brief.source import source_of
from tawatur.export.chart import svg_chart
from tawatur.export.html_text import attribute, direction, inline, isolated
from tawatur.export.names import Lang, word
from tawatur.export.sheet import sheet


def page(draft: Draft) -> str:
    """The page of a report."""
    lang = draft.lang
    cited: set[int] = set()
    body = [
        f"<h1>{isolated(draft.title)}</h1>",
        f'<p class="scope">{isolated(draft.scope)}</p>',
        *((f"<h2>{word('main_points', lang)}</h2>", _list(draft, draft.main, cited)) if draft.main else ()),
        _how(draft),
        f"<h2>{word('numbers', lang)}</h2>",
        _numbers(draft),
        f"<h2>{word('chart', lang)}</h2>",
        _chart(draft),
    ]
    for section in draft.sections:
        body += [f"<h2>{isolated(section.title)}</h2>", _list(draft, section.sentences, cited)]
        body += [_group(draft, g, cited) for g in section.groups]
    if draft.annex:
        groups = "\n".join(_group(draft, g, cited) for g in draft.annex)
        body += [f"<h2>{word('annex', lang)}</h2>", f'<div class="annex">\n{groups}\n</div>']
    if draft.notes:
        notes = "\n".join(_note(n, lang) for n in draft.notes)
        body += [f"<h2>{word('notes', lang)}</h2>", f'<ol class="notes">\n{notes}\n</ol>']
    return sheet(draft.title, "\n".join(p for p in body if p), lang)


def _how(draft: Draft) -> str:
    text = "".join(f"<p>{isolated(p)}</p>" for p in draft.how)
    grades = "".join(f"<dt>{isolated(n)}</dt><dd>{isolated(m)}</dd>" for n, m in draft.grades)
    return (
        f'<section class="how"><h2>{word("how", draft.lang)}</h2>{text}'
        f"<h2>{word('grades', draft.lang)}</h2><dl>{grades}</dl></section>"
    )


def _numbers(draft: Draft) -> str:
    rows = "".join(
        f'<tr{" class=in" if r.inner else ""}><th scope="row">{isolated(r.label)}</th><td>{inline(r.value)}</td></tr>'
        for r in draft.numbers
    )
    return f'<table class="numbers">{rows}</table>'


def _chart(draft: Draft) -> str:
    lang = draft.lang
    left = f" {word('not_drawn', lang, n=draft.chart.left_out)}" if draft.chart.left_out else ""
    return (
        f'<figure><div dir="ltr">{svg_chart(draft.chart, lang)}</div>'
        f"<figcaption>{isolated(word('chart_note', lang) + left)}</figcaption></figure>"
    )


def _group(draft: Draft, group: Group, cited: set[int]) -> str:
    mark = f' id="annex-{group.number}"' if group.number else ""
    head = f"<h{group.level}{mark}>{isolated(group.title)}</h{group.level}>"
    return f"{head}\n{_list(draft, group.sentences, cited)}"


def _list(draft: Draft, sentences: tuple[Sentence, ...], cited: set[int]) -> str:
    rows = "\n".join(_sentence(draft, s, cited) for s in sentences)
    return f'<ul class="said">\n{rows}\n</ul>' if rows else ""


def _sentence(draft: Draft, sentence: Sentence, cited: set[int]) -> str:
    marks = [_run(a, b, cited) for a, b in draft.marks(sentence)]
    text = isolated(sentence.text)
    if sentence.link:
        text = f'<a href="#annex-{sentence.link}">{text}</a>'
    return f"<li>{text}<sup>{' '.join(marks)}</sup></li>"


def _run(first: int, last: int, cited: set[int]) -> str:
    """The marks of a run of notes; those in between have places that their notes lead back to."""
    if first == last:
        return _mark(first, cited)
    between = [n for n in range(first + 1, last) if n not in cited]
    begin = _mark(first, cited)
    cited.update(between)
    places = "".join(f'<i id="r{n}"></i>' for n in between)
    return f"{begin}–{places}{_mark(last, cited)}"


def _mark(number: int, cited: set[int]) -> str:
    """A link to a note; the first one to each is where the note leads back to."""
    back = "" if number in cited else f' id="r{number}"'
    cited.add(number)
    return f'<a href="#n{number}"{back}>[{number}]</a>'


def _note(note: Note, lang: Lang) -> str:
    source = source_of(note, lang)
    title = f", {isolated(source.title)}" if source.title else ""
    link = (
        f' · <a href="{attribute(source.url)}" rel="noreferrer noopener">{word("address", lang)}</a>'
        if source.url
        else ""
    )
    return (
        f'<li id="n{note.number}"><b>{isolated(source.outlet)}</b>, {isolated(source.day)}{title}'
        f"<q {direction(source.words)}>{inline(source.words)}</q>"
        f'{isolated(source.chain)}{link} <small>· {isolated(source.where)} <a href="#r{note.number}">↩</a></small></li>'
    )
