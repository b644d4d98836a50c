"""Events a day with the days that the collection covers drawn under them: as SVG and in plain characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tawatur.events.coverage import Coverage
from tawatur.export.html_text import inline
from tawatur.export.names import Lang, word
from tawatur.origins.view import EventView
from tawatur.records.gloss_days import arabic_day, english_day

MOST_ROWS = 62
"""Days up to which the text chart has a row a day; beyond, a row a week."""
_WIDTH, _HEIGHT, _LEFT, _TOP, _BAND = 720.0, 150.0, 34.0, 12.0, 14.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One day or more: its events, and how many of its days have a report."""

    first: date
    last: date
    events: int
    covered: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of a span, and how many of its events have no told day and are not drawn."""

    bars: tuple[Bar, ...]
    left_out: int


def chart_of(views: Iterable[EventView], coverage: Coverage, first: date, last: date) -> Chart:
    """A bar for each day from ``first`` to ``last``. An event stands on the first day that is told of it."""
    counts: Counter[date] = Counter()
    left_out = 0
    for view in views:
        day = view.event.first
        if day is None or view.event.window_basis != "told" or not first <= day <= last:
            left_out += 1
        else:
            counts[day] += 1
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return Chart(tuple(Bar(d, d, counts[d], int(coverage.on(d))) for d in days), left_out)


def text_chart(chart: Chart) -> str:
    """A line a day (a week, where there are many days): the day, a block an event, and whether nothing was read. Without
    words of any language but "no reports", so that it reads alike everywhere; at most 50 blocks a line."""
    bars = chart.bars if len(chart.bars) <= MOST_ROWS else weeks(chart.bars)
    scale = max(1, -(-max((b.events for b in bars), default=1) // 50))
    out = []
    for b in bars:
        covered = "" if b.covered == b.days else "no reports" if not b.covered else f"reports {b.covered}/{b.days}"
        blocks = "█" * -(-b.events // scale)
        out.append(f"{b.first.isoformat()}  {blocks}{' ' if blocks else ''}{b.events}  {covered}".rstrip())
    return "\n".join(out)


def weeks(bars: Sequence[Bar]) -> list[Bar]:
    """The bars put together, seven and seven."""
    out = []
    for i in range(0, len(bars), 7):
        some = bars[i : i + 7]
        out.append(Bar(some[0].first, some[-1].last, sum(b.events for b in some), sum(b.covered for b in some)))
    return out


def svg_chart(chart: Chart, lang: Lang) -> str:
    """The chart as SVG, days from left to right in either language; colours come from the style of the page."""
    bars = chart.bars
    step = (_WIDTH - _LEFT) / max(len(bars), 1)
    top = max((b.events for b in bars), default=0)
    scale = _HEIGHT / max(top, 1)
    base = _TOP + _HEIGHT
    parts = [
        f'<line class="axis" x1="{_LEFT:g}" y1="{base:g}" x2="{_WIDTH:g}" y2="{base:g}"/>',
        *(
            f'<line class="rule" x1="{_LEFT:g}" y1="{base - v * scale:.1f}" x2="{_WIDTH:g}" y2="{base - v * scale:.1f}"/>'
            f'<text class="tick" x="{_LEFT - 6:g}" y="{base - v * scale + 4:.1f}" text-anchor="end">{v}</text>'
            for v in _marks(top)
        ),
    ]
    for i, b in enumerate(bars):
        x = _LEFT + i * step
        gap = min(2.0, step / 5)
        if b.events:
            high = b.events * scale
            parts.append(
                f'<rect class="bar" x="{x + gap / 2:.1f}" y="{base - high:.1f}" width="{step - gap:.1f}" height="{high:.1f}">'
                f"<title>{inline(_tip(b, lang))}</title></rect>"
            )
        kind = "covered" if b.covered else "bare"
        parts.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{base + 5:g}" width="{step + 0.05:.2f}" height="{_BAND:g}"/>'
            + ("" if b.covered else _hatch(x, step, base + 5))
        )
    parts += _days(bars, step, base + _BAND + 20)
    title = f"{word('chart', lang)}: {bars[0].first.isoformat()} – {bars[-1].last.isoformat()}" if bars else ""
    whole = f"0 0 {_WIDTH + 8:g} {base + _BAND + 28:g}"
    return f'<svg class="chart" viewBox="{whole}" role="img" aria-label="{title}">{"".join(parts)}</svg>'


def _hatch(x: float, step: float, y: float) -> str:
    """Strokes of a day without reports: seen in print and without colours."""
    count = max(1, int(step // 8))
    lines = (x + (k + 0.5) * step / count for k in range(count))
    return "".join(
        f'<line class="hatch" x1="{a - 3:.1f}" y1="{y + _BAND:g}" x2="{a + 3:.1f}" y2="{y:g}"/>' for a in lines
    )


def _marks(top: int) -> list[int]:
    """Heights that get a line: round numbers, five at most."""
    step = next((s * 10**k for k in range(9) for s in (1, 2, 5) if top <= 5 * s * 10**k), 1)
    return list(range(step, top + 1, step))


def _days(bars: Sequence[Bar], step: float, y: float) -> list[str]:
    """The days that are named under the chart: as many as fit."""
    every = max(1, -(-62 // max(1, int(step))))
    return [
        f'<text class="tick" x="{_LEFT + (i + 0.5) * step:.1f}" y="{y:g}" text-anchor="middle">{_short(bars, i)}</text>'
        for i in range(0, len(bars), every)
        if i == 0 or _LEFT + (i + 0.5) * step < _WIDTH - 20
    ]


def _short(bars: Sequence[Bar], at: int) -> str:
    day = bars[at].first
    return day.isoformat() if bars[0].first.year != bars[-1].last.year else day.isoformat()[5:]


def _tip(bar: Bar, lang: Lang) -> str:
    day = english_day(bar.first) if lang == "en" else arabic_day(bar.first)
    return f"{day}: {bar.events}"
