"""A reliability diagram as SVG, written by hand: what share of records holds at each confidence, and how many there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tawatur.evaluate.calibration import Pair, ece, equal_mass, equal_width

PLOT, BARS = 320, 70
"""Width and height of a plot, height of the bars below it, in pixels."""
LEFT, TOP, GAP, STEP = 76, 92, 34, 440
WIDTH, HEIGHT = 2 * STEP + 20, TOP + PLOT + GAP + BARS + 74
INK, SOFT, GRID, POINT, BAR = "#1f2933", "#52606d", "#e4e7eb", "#0b69a3", "#9fb3c8"
Z = 1.96
"""Standard errors on either side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot: what holds of a record ("found"), and the pairs of confidence and whether it does."""

    name: str
    pairs: Sequence[Pair]


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``n`` (Wilson 1927): it stays within 0 to 1 also where the share is 0 or 1."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def diagram(title: str, panels: Sequence[Panel]) -> str:
    """The whole picture; up to two panels stand side by side."""
    inside = [
        _text(LEFT, 30, title, size=17, weight="600"),
        _text(
            LEFT,
            52,
            "points: bins of equally many records, with 95 % intervals; dashed: confidence that is exactly right; "
            "bars: records by confidence",
            fill=SOFT,
        ),
    ]
    for k, panel in enumerate(panels):
        inside += _panel(panel, LEFT + k * STEP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(title)}" font-family="Helvetica, Arial, sans-serif" font-size="12" '
        f'fill="{INK}">\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n' + "\n".join(inside) + "\n</svg>\n"
    )


def _panel(panel: Panel, left: float) -> Iterator[str]:
    def x(value: float) -> float:
        return left + value * PLOT

    def y(value: float) -> float:
        return TOP + (1 - value) * PLOT

    bottom = TOP + PLOT + GAP + BARS
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield _line(left, y(tick), left + PLOT, y(tick), GRID)
        yield _line(x(tick), TOP, x(tick), TOP + PLOT, GRID)
        yield _text(left - 8, y(tick) + 4, f"{tick:.1f}", anchor="end", fill=SOFT)
        yield _text(x(tick), bottom + 17, f"{tick:.1f}", anchor="middle", fill=SOFT)
    yield f'<rect x="{left}" y="{TOP}" width="{PLOT}" height="{PLOT}" fill="none" stroke="{SOFT}"/>'
    yield _line(x(0), y(0), x(1), y(1), SOFT, 'stroke-dasharray="5 4"')
    bins = equal_mass(panel.pairs)
    for one in bins:
        low, high = wilson(one.share, one.n)
        yield _line(x(one.confidence), y(low), x(one.confidence), y(high), POINT, 'stroke-width="1.5"')
    path = " ".join(f"{x(b.confidence):.1f},{y(b.share):.1f}" for b in bins)
    yield f'<polyline points="{path}" fill="none" stroke="{POINT}" stroke-width="1.5"/>'
    for one in bins:
        yield f'<circle cx="{x(one.confidence):.1f}" cy="{y(one.share):.1f}" r="4" fill="{POINT}"/>'
    yield _text(left + 10, TOP + 22, panel.name, size=15, weight="600")
    yield _text(left + 10, TOP + 41, f"{len(panel.pairs):,} records, ECE {ece(bins):.3f}", fill=SOFT)
    yield _upright(left - 46, TOP + PLOT / 2, f"share that is {panel.name}")
    yield from _bars(panel.pairs, left, bottom)
    yield _text(left + PLOT / 2, bottom + 38, "confidence", anchor="middle")


def _bars(pairs: Sequence[Pair], left: float, bottom: float) -> Iterator[str]:
    bins = equal_width(pairs)
    most = max((one.n for one in bins), default=1)
    for one in bins:
        at, height = min(int(one.low * 10), 9), BARS * one.n / most
        start = left + at * PLOT / 10
        yield (
            f'<rect x="{start + 2:.1f}" y="{bottom - height:.1f}" width="{PLOT / 10 - 4:.1f}" height="{height:.1f}" '
            f'fill="{BAR}"/>'
        )
        yield _text(start + PLOT / 20, bottom - height - 4, f"{one.n:,}", anchor="middle", size=11, fill=SOFT)
    yield _line(left, bottom, left + PLOT, bottom, SOFT)
    yield _upright(left - 46, bottom - BARS / 2, "records")


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, more: str = "") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" {more}/>'


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, weight: str = "400", fill: str = INK
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def _upright(x: float, y: float, words: str) -> str:
    return f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)" text-anchor="middle">{escape(words)}</text>'
