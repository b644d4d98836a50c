"""The way of an event's words as SVG: origins on the left, whoever passed them on, the reports, their copies (dashed)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tawatur.events.told import Facts
from tawatur.export.html_text import inline
from tawatur.export.names import Lang, pick
from tawatur.origins.explain import POSITION_NAMES, Edge, Graph, Node

_W, _H, _GAP_X, _GAP_Y = 190, 44, 90, 14
_LONGEST = 27


def svg_graph(graph: Graph, facts: Mapping[str, Facts], lang: Lang) -> str:
    """The graph; ``facts`` give the day and title of its reports. It runs from left to right in either language."""
    column = _columns(graph)
    place = _rows(graph, column)
    wide = (max(column.values(), default=0) + 1) * (_W + _GAP_X) - _GAP_X + 8
    tall = max((y for _, y in place.values()), default=0) + _H + 8
    parts = [
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#77808a"/></marker></defs>',
        *(_edge(e, place, lang) for e in graph.edges),
        *(_node(n, place[n.id], facts.get(n.id), lang) for n in graph.nodes),
    ]
    return f'<svg class="graph" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" role="img">{"".join(parts)}</svg>'


def _columns(graph: Graph) -> dict[str, int]:
    """The column of each node: one behind the last that leads to it; all reports stand behind all sources."""
    column = {n.id: 0 for n in graph.nodes}
    for _ in graph.nodes:  # no way is longer than there are nodes, and a ring of copies ends here too
        moved = False
        for e in graph.edges:
            if column[e.to] <= column[e.from_] < len(graph.nodes):
                column[e.to], moved = column[e.from_] + 1, True
        if not moved:
            break
    kinds = {n.id: n.kind for n in graph.nodes}
    said = {e.to for e in graph.edges if e.kind == "says"}
    first = max((column[i] for i in said if kinds[i] == "report"), default=0)
    push = {i: first - column[i] for i in column if kinds[i] == "report" and i in said}
    for i, by in push.items():
        column[i] += by
    for _ in graph.nodes:
        for e in graph.edges:
            if e.kind == "copy" and column[e.to] <= column[e.from_] < len(graph.nodes):
                column[e.to] = column[e.from_] + 1
    used = sorted(set(column.values()))
    return {i: used.index(c) for i, c in column.items()}


def _rows(graph: Graph, column: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Where each node stands: in its column near what leads to it."""
    before: dict[str, list[str]] = defaultdict(list)
    for e in graph.edges:
        before[e.to].append(e.from_)
    place: dict[str, tuple[int, int]] = {}
    for c in range(max(column.values(), default=0) + 1):
        here = [n.id for n in graph.nodes if column[n.id] == c]

        def height(i: str) -> float:
            known = [place[b][1] for b in before[i] if b in place]
            return sum(known) / len(known) if known else 0.0

        for row, i in enumerate(sorted(here, key=lambda i: (height(i), i))):
            place[i] = (4 + c * (_W + _GAP_X), 4 + row * (_H + _GAP_Y))
    return place


def _edge(edge: Edge, place: Mapping[str, tuple[int, int]], lang: Lang) -> str:
    (x, y), (u, v) = place[edge.from_], place[edge.to]
    a, b, c, d = x + _W, y + _H / 2, u - 2, v + _H / 2
    said = next((p for p, label in POSITION_NAMES.items() if label == edge.label), "")
    kind = "copy" if edge.kind == "copy" else said
    bend = max(30.0, (c - a) / 2)
    name = pick(edge.label, lang)
    path = f"M{a:g} {b:g}C{a + bend:g} {b:g} {c - bend:g} {d:g} {c:g} {d:g}"
    text = f'<text class="small" x="{(a + c) / 2:g}" y="{(b + d) / 2 - 5:g}" text-anchor="middle">{inline(_cut(name, 18))}</text>'
    return f'<path class="edge {kind}" d="{path}" marker-end="url(#tip)"><title>{inline(name)}</title></path>{text}'


def _node(node: Node, at: tuple[int, int], facts: Facts | None, lang: Lang) -> str:
    x, y = at
    name = pick(node.label, lang) or node.id
    under = ""
    full = name
    if facts is not None:
        under = facts.published.isoformat() if facts.published else facts.doc[:8]
        full = f"{name} · {facts.title}" if facts.title else name
    middle = x + _W / 2
    lines = f'<text x="{middle:g}" y="{y + (19 if under else 27)}" text-anchor="middle">{inline(_cut(name, _LONGEST))}</text>'
    if under:
        lines += f'<text class="small" x="{middle:g}" y="{y + 35}" text-anchor="middle">{inline(under)}</text>'
    return (
        f'<g class="node {node.kind}"><title>{inline(full)}</title>'
        f'<rect x="{x}" y="{y}" width="{_W}" height="{_H}" rx="7"/>{lines}</g>'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
