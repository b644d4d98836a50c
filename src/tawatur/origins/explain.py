"""An event's accounts as people read them: a line an account, and the graph from origins to reports to their copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.model import Label
from tawatur.origins.accounts import Account, Position
from tawatur.origins.families import Publisher
from tawatur.origins.grades import name_of
from tawatur.origins.lineage import Kind

NodeKind = Literal["origin", "source", "report"]
EdgeKind = Literal["says", "copy"]
POSITION_NAMES: dict[Position, Label] = {
    "claims": Label("claims it", "تبنٍّ"),
    "confirms": Label("confirms it", "تأكيد"),
    "denies": Label("denies it", "نفي"),
    "reports": Label("reports it", "رواية"),
    "unattributed": Label("tells it without an origin", "رواية بلا مصدر أصلي"),
}
COPY_NAMES: dict[Kind, Label] = {
    "verbatim": Label("word for word", "نقلاً حرفياً"),
    "edited": Label("edited", "بتعديل"),
    "excerpt": Label("in part", "مجتزأً"),
    "merged": Label("in a passage of another story", "ضمن خبر آخر"),
    "credit": Label("retold with credit", "بصياغة أخرى مع ذكر المصدر"),
    "translated-quote": Label("translated with credit", "مترجماً مع ذكر المصدر"),
    "forward": Label("passed on", "معاداً نشره"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody or something that the words passed: an origin, a link of a chain, a report (``id`` is the report's)."""

    id: str
    label: Label
    kind: NodeKind


@dataclass(frozen=True, slots=True)
class Edge:
    """``from_`` tells ``to``: by word of mouth (``says``, with the position of the account) or in writing (``copy``)."""

    from_: str
    to: str
    kind: EdgeKind
    label: Label


@dataclass(frozen=True, slots=True)
class Graph:
    """The way of the words, from origins to reports; nodes and edges in a fixed order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of(accounts: Sequence[Account]) -> Graph:
    """The chain graph of an event. An account leads from its origin over the links of its chain to its report; a copy
    is reached from the report that it copies instead."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str], Edge] = {}

    def node(id_: str, label: Label, kind: NodeKind) -> str:
        nodes.setdefault(id_, Node(id_, label, kind))
        return id_

    def edge(from_: str, to: str, kind: EdgeKind, label: Label) -> None:
        edges.setdefault((from_, to, label.en), Edge(from_, to, kind, label))

    for a in accounts:
        node(a.doc, outlet_name(a.outlet, a.doc), "report")
    for a in accounts:
        report = a.doc
        if a.copy_of:
            here = report
            for step in a.via:
                there = node(step.original, Label(), "report")
                edge(there, here, "copy", COPY_NAMES[step.kind])
                here = there
            continue
        before = node(f"origin:{a.origin.key}", name_of(a.origin), "origin")
        said = POSITION_NAMES[a.position]
        own = (a.outlet.label.en or a.outlet.label.ar, a.outlet.label.ar or a.outlet.label.en)
        for label in reversed(a.chain[:-1]):
            if own in ((label.en or label.ar, label.ar or label.en), (label.ar, label.ar)):
                continue  # the outlet that names itself
            link = node(f"source:{a.doc}:{label.en or label.ar}", label, "source")
            edge(before, link, "says", said)
            before = link
        edge(before, report, "says", said)
    return Graph(tuple(nodes[k] for k in sorted(nodes)), tuple(edges[k] for k in sorted(edges)))


def outlet_name(outlet: Publisher, doc: str = "") -> Label:
    """What a publisher is called; ``doc`` where nothing is known of it."""
    en, ar = outlet.label.en or outlet.label.ar, outlet.label.ar or outlet.label.en
    return Label(en or doc, ar or doc)


def line_of(account: Account) -> Label:
    """One account in a line: whose word it is, what it says to the event, where it stands, and how it came there."""
    origin, outlet, said = (
        name_of(account.origin),
        outlet_name(account.outlet, account.doc),
        POSITION_NAMES[account.position],
    )
    day = f"{account.published.isoformat()} " if account.published else ""
    en, ar = f"{day}{origin.en} {said.en} ({outlet.en})", f"{day}{origin.ar}: {said.ar} ({outlet.ar})"
    if account.copy_of and account.via:
        way = COPY_NAMES[account.via[0].kind]
        en, ar = f"{en}; copy of {account.copy_of}, {way.en}", f"{ar}؛ نسخة عن {account.copy_of} {way.ar}"
    if account.against_interest:
        en, ar = f"{en}; against its own interest", f"{ar}؛ خلافاً لمصلحته"
    if account.replaced_by:
        en, ar = f"{en}; replaced later by {account.replaced_by}", f"{ar}؛ استُبدل لاحقاً بـ {account.replaced_by}"
    if not account.origin.counts:
        en, ar = f"{en}; not counted: {account.origin.reason.en}", f"{ar}؛ لا يُعدّ: {account.origin.reason.ar}"
    return Label(en, ar)


def text_of(graph: Graph, language: Literal["en", "ar"]) -> list[str]:
    """The graph as indented lines, from each origin down; a report that was reached already is not opened again."""
    labels = {n.id: _in(n.label, language) or n.id for n in graph.nodes}
    below: dict[str, list[Edge]] = {}
    for e in graph.edges:
        below.setdefault(e.from_, []).append(e)
    reached = {e.to for e in graph.edges}
    out: list[str] = []
    opened: set[str] = set()

    def walk(id_: str, how: str, depth: int) -> None:
        out.append(f"{'  ' * depth}{labels[id_]}{f' [{how}]' if how else ''}")
        if id_ in opened:
            return
        opened.add(id_)
        for e in below.get(id_, ()):
            walk(e.to, _in(e.label, language), depth + 1)

    for n in graph.nodes:
        if n.id not in reached:
            walk(n.id, "", 0)
    return out


def _in(label: Label, language: Literal["en", "ar"]) -> str:
    """A label in one language, else in the one that it has."""
    return (label.en or label.ar) if language == "en" else (label.ar or label.en)
