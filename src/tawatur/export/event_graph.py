"""The way of an event's words as SVG: origins on the left, whoever passed them on, the reports, their copies (dashed)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tawatur.events.told import Facts
from tawatur.export.html_text import direction, inline
from tawatur.export.names import Lang, pick
from tawatur.origins.explain import POSITION_NAMES, Edge, Graph, Node

_W, _H, _GAP_X, _GAP_Y = 214, 44, 96, 14
_LONGEST = 32
Spot = tuple[int, int]
Way = tuple[str, ...]


def svg_graph(graph: Graph, facts: Mapping[str, Facts], lang: Lang) -> str:
    """The graph; ``facts`` give the day and title of its reports. It runs from left to right in either language."""
    column = _columns(graph)
    ways = [_way(e, i, column) for i, e in enumerate(graph.edges)]
    place = _places(graph, column, ways)
    wide = (max(column.values(), default=0) + 1) * (_W + _GAP_X) - _GAP_X + 8
    tall = max((y for _, y in place.values()), default=0) + _H + 8
    parts = [
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#77808a"/></marker></defs>',
        *(_edge(e, w, place, lang) for e, w in zip(graph.edges, ways, strict=True)),
        *(_node(n, place[n.id], facts.get(n.id), lang) for n in graph.nodes),
    ]
    return f'<svg class="graph" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" role="img">{"".join(parts)}</svg>'


def _columns(graph: Graph) -> dict[str, int]:
    """The column of each node: one behind the last that leads to it; all first reports stand behind all sources."""
    column = {n.id: 0 for n in graph.nodes}
    _pushed(graph.edges, column)
    reports = {n.id for n in graph.nodes if n.kind == "report"}
    said = {e.to for e in graph.edges if e.kind == "says"} & reports
    first = max((column[i] for i in said), default=0)
    column.update(dict.fromkeys(said, first))
    _pushed([e for e in graph.edges if e.kind == "copy"], column)
    used = sorted(set(column.values()))
    return {i: used.index(c) for i, c in column.items()}


def _pushed(edges: Sequence[Edge], column: dict[str, int]) -> None:
    """Moves whatever an edge leads to behind where it comes from; a ring of copies ends after as many rounds as there
    are nodes."""
    for _ in column:
        for e in edges:
            if column[e.to] <= column[e.from_] < len(column):
                column[e.to] = column[e.from_] + 1


def _way(edge: Edge, number: int, column: Mapping[str, int]) -> Way:
    """The nodes that an edge goes through: where it skips columns, a place is kept free for it in each."""
    between = range(column[edge.from_] + 1, column[edge.to])
    return (edge.from_, *(f"\0{number}:{c}" for c in between), edge.to)


def _places(graph: Graph, column: Mapping[str, int], ways: Sequence[Way]) -> dict[str, Spot]:
    """Where each node and each place kept free stands: in its column near what leads to it."""
    before: dict[str, list[str]] = defaultdict(list)
    at: dict[int, list[str]] = defaultdict(list)
    for n in graph.nodes:
        at[column[n.id]].append(n.id)
    for way in ways:
        for a, b in pairwise(way):
            before[b].append(a)
        for free in way[1:-1]:
            at[int(free.rpartition(":")[2])].append(free)
    place: dict[str, Spot] = {}

    def height(i: str) -> float:
        known = [place[b][1] for b in before[i] if b in place]
        return sum(known) / len(known) if known else 0.0

    for c in sorted(at):
        for row, i in enumerate(sorted(at[c], key=lambda i: (height(i), i))):
            place[i] = (4 + c * (_W + _GAP_X), 4 + row * (_H + _GAP_Y))
    return place


def _edge(edge: Edge, way: Way, place: Mapping[str, Spot], lang: Lang) -> str:
    said = next((p for p, label in POSITION_NAMES.items() if label == edge.label), "")
    kind = "copy" if edge.kind == "copy" else said
    x, y = place[way[0]]
    a, b = float(x + _W), y + _H / 2
    path = f"M{a:g} {b:g}"
    label = ""
    for n, i in enumerate(way[1:]):
        u, v = place[i]
        c, d = float(u), v + _H / 2
        bend = (c - a) / 2
        path += f"C{a + bend:g} {b:g} {c - bend:g} {d:g} {c - (2 if i == way[-1] else 0):g} {d:g}"
        if n == 0:
            name = pick(edge.label, lang)
            middle = f'x="{(a + c) / 2:g}" y="{(b + d) / 2 + 4:g}"'
            label = f'<text class="label" {middle} text-anchor="middle">{inline(_cut(name, 18))}</text>'
        if i != way[-1]:
            path += f"H{c + _W:g}"
        a, b = c + _W, d
    title = f"<title>{inline(pick(edge.label, lang))}</title>"
    return f'<path class="edge {kind}" d="{path}" marker-end="url(#tip)">{title}</path>{label}'


def _node(node: Node, at: Spot, facts: Facts | None, lang: Lang) -> str:
    x, y = at
    name = pick(node.label, lang) or node.id
    under = ""
    full = name
    if facts is not None:
        under = facts.published.isoformat() if facts.published else facts.doc[:8]
        full = f"{name} · {facts.title}" if facts.title else name
    middle = f'x="{x + _W / 2:g}" text-anchor="middle"'
    way = ' direction="rtl"' if "rtl" in direction(name) else ""
    lines = f'<text {middle} y="{y + (19 if under else 27)}"{way}>{inline(_cut(name, _LONGEST))}</text>'
    if under:
        lines += f'<text class="small" {middle} y="{y + 35}">{inline(under)}</text>'
    return (
        f'<g class="node {node.kind}"><title>{inline(full)}</title>'
        f'<rect x="{x}" y="{y}" width="{_W}" height="{_H}" rx="7"/>{lines}</g>'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
