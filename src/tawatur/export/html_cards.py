"""One record as a card: its sentence, how it stands, the chain drawn from the origin to the publisher, and every value."""

from __future__ import annotations

from tawatur.export.html_text import direction, inline, isolated
from tawatur.export.segments import spans_of
from tawatur.export.words import STANDING, chain_from_origin, place_words, type_label, when_words
from tawatur.model import Place, Record, Span

_PRECISION = {1: "the place itself", 2: "somewhere in this area", 3: "only the region is known"}
_ROLE_NAMES = {"evidence": "proof", "anchor": "what happened", "content": "what was said", "reason": "stated motive"}


def card(record: Record, number: int, prefix: str, outlet: str) -> str:
    """The card of the ``number``-th record (from 0) of a document."""
    label = type_label(record)
    name, meaning = STANDING[record.standing]
    status = f'<span class="badge status">{record.status}</span>' if record.status != "happened" else ""
    return f"""<li class="card" id="{prefix}-r{number}" data-i="{number}" data-kind="{record.kind}" tabindex="0">
<p class="top"><span class="no">{number + 1}</span> <span class="type">{inline(label.en)}</span>{status}
<span class="badge {record.standing}" title="{name}: {meaning}">{name}<span class="why"> · {meaning}</span></span></p>
<p class="gloss" dir="ltr" lang="en">{isolated(record.gloss.en or record.evidence.text)}</p>
<p class="gloss ar" dir="rtl" lang="ar">{isolated(record.gloss.ar or record.evidence.text)}</p>
{_chain(record, outlet)}
{_facts(record)}
{_words(record, prefix)}
</li>"""


def _chain(record: Record, outlet: str) -> str:
    links = chain_from_origin(record, outlet, "en")
    boxes = "".join(
        f'<li class="{"publisher" if i == len(links) - 1 else "origin" if i == 0 else "link"}">'
        f"<bdi>{inline(name)}</bdi><small>{part}</small></li>"
        for i, (name, part) in enumerate(links)
    )
    return f'<ol class="chain" dir="ltr" aria-label="Who says so, from the origin to the publisher">{boxes}</ol>'


def _facts(record: Record) -> str:
    rows = []
    if record.place:
        rows.append(("Place", f"<bdi>{inline(place_words(record.place, 'en'))}</bdi>{_spot(record.place)}"))
    when = when_words(record)
    if when:
        rows.append(("Day", f"<bdi>{inline(when)}</bdi>"))
    if record.weapons:
        rows.append(("Means", ", ".join(dict.fromkeys(w.category.replace("_", " ") for w in record.weapons))))
    if record.numbers:
        rows.append(("Figures", ", ".join(_number(n.of, n.low, n.high) for n in record.numbers)))
    if record.outcome:
        rows.append(("Outcome", record.outcome.replace("_", " ")))
    if not rows:
        return ""
    return f'<dl class="values">{"".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in rows)}</dl>'


def _number(of: str, low: float | None, high: float | None) -> str:
    ends = [f"{v:g}" if v is not None else "" for v in (low, high)]
    unit = "%" if of == "percent" else f" {of}"
    if low == high:
        return f"{ends[0]}{unit}"
    if high is None:
        return f"at least {ends[0]}{unit}"
    return f"up to {ends[1]}{unit}" if low is None else f"{ends[0]}–{ends[1]}{unit}"


def _spot(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return ""
    how = f", {_PRECISION[place.precision]}" if place.precision else ""
    return f' <small dir="ltr">{place.lat:.3f}, {place.lon:.3f}{how}</small>'


def _words(record: Record, prefix: str) -> str:
    """Every span of the record, with its offsets: what the page knows is all there without the script."""
    rows = "".join(_row(role, span, prefix) for role, span in dict.fromkeys(spans_of(record)))
    sure = f"<p>confidence {record.confidence:.2f} · read by {inline(record.reader or 'unknown')} · id {inline(record.id or '—')}</p>"
    return f'<details class="words"><summary>Words it stands on</summary><table>{rows}</table>{sure}</details>'


def _row(role: str, span: Span, prefix: str) -> str:
    return (
        f'<tr><th scope="row"><span class="key {role}">{_ROLE_NAMES.get(role, role)}</span></th>'
        f"<td {direction(span.text)}>{inline(span.text)}</td>"
        f'<td class="at"><a href="#{prefix}-s{span.start}">{span.start}–{span.end}</a></td></tr>'
    )
