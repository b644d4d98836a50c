"""Sources tied to coded incidents of strikes in Syria, read by tawatur: what the weights of events are fitted on (2021
and 2022) and measured on (the other years)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from types import ModuleType

from benchmarks.common import Row, module, rows, shared
from tawatur.events.facets import is_event
from tawatur.events.told import Facts, Told
from tawatur.export.jsonl import record_line
from tawatur.model import Document, Record
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import Paper
from tawatur.origins.shingles import shingles, words_of
from tawatur.pipeline import extract
from tawatur.text.documents import from_row

FITTED = ("2021", "2022")
SHARED = 0.3
"""Sources that have more of their runs of five words in common with one across the split are left out."""
ONE_DAY = timedelta(1)
Pair = tuple[str, str]
Read = tuple[Document, tuple[Record, ...]]


@cache
def scorer() -> ModuleType:
    """The scorer of the data, whose definitions are used."""
    return module(shared("gold", "score_airwars.py"))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the split. ``tells`` are the incidents that a record tells of, by record id; ``wanted`` the pairs of
    sources that are asked for."""

    sources: Mapping[str, Row]
    incidents: Mapping[str, Row]
    tolds: Sequence[Told]
    tells: Mapping[str, frozenset[str]]
    wanted: frozenset[Pair] = field(repr=False)

    def common(self, a: str, b: str) -> bool:
        """Whether two sources are tied to one incident."""
        return bool(set(self.sources[a]["incidents"]) & set(self.sources[b]["incidents"]))


def read_source(row: Row) -> Read:
    """A source as tawatur reads it."""
    found = extract(from_row(row))
    return found.document, found.records


def sides(read: Callable[[Row], Read] = read_source) -> tuple[Side, Side]:
    """The side that is fitted on and the side that is measured on."""
    folder = shared("data", "airwars-syria")
    incidents = {str(i["incident"]): i for i in rows(folder / "incidents.jsonl")}
    sources = {str(s["id"]): s for s in rows(folder / "sources.jsonl")}
    halves: tuple[dict[str, Row], dict[str, Row]] = ({}, {})
    for key, source in sources.items():
        years = {incidents[i]["date"][:4] in FITTED for i in source["incidents"] if i in incidents}
        if len(years) == 1:
            halves[0 if years.pop() else 1][key] = source
    left_out = shared_across(*halves)
    kept = [{k: s for k, s in half.items() if k not in left_out} for half in halves]
    found = [_side(half, incidents, read) for half in kept]
    return found[0], found[1]


def shared_across(one: Mapping[str, Row], other: Mapping[str, Row]) -> frozenset[str]:
    """The sources that share more than :data:`SHARED` of their runs of five words with one of the other half."""
    runs = {k: frozenset(shingles(words_of(s["text"]).norms)) for half in (one, other) for k, s in half.items()}
    of: dict[int, list[str]] = defaultdict(list)
    for key in other:
        for run in runs[key]:
            of[run].append(key)
    out: set[str] = set()
    for key in one:
        met: dict[str, int] = defaultdict(int)
        for run in runs[key]:
            for there in of.get(run, ()):
                met[there] += 1
        for there, count in met.items():
            out |= {k for k in (key, there) if count > SHARED * len(runs[k])}
    return frozenset(out)


def _side(sources: Mapping[str, Row], incidents: Mapping[str, Row], read: Callable[[Row], Read]) -> Side:
    tolds: list[Told] = []
    tells: dict[str, frozenset[str]] = {}
    asked: dict[str, set[str]] = defaultdict(set)
    for key, source in sources.items():
        text = scorer().sequence(source["text"])
        tied = {i: incidents[i] for i in source["incidents"] if i in incidents}
        for i, incident in tied.items():
            name = scorer().core(incident)
            if name and scorer().stands(name, text):
                asked[i].add(key)
        document, records = read(source)
        known = replace(facts(document), doc=key)
        for record in filter(is_event, records):
            tolds.append(Told(known, record))
            tells[record.id] = frozenset(i for i, row in tied.items() if _tells(record, row, set(text)))
    return Side(sources, incidents, with_lineage(tolds), tells, pairs_of(asked.values()))


def pairs_of(groups: Iterable[Iterable[str]]) -> frozenset[Pair]:
    """All pairs inside groups, the smaller first."""
    return frozenset(p for group in groups for p in combinations(sorted(set(group)), 2))


def _tells(record: Record, incident: Row, text: set[str]) -> bool:
    """A record tells of an incident that its source is tied to: it names the place or lies within 10 km, and its day,
    where it has one, is the incident's, give or take one."""
    if not scorer().tells(record_line(record), incident, text):
        return False
    day, when = date.fromisoformat(incident["date"]), record.time
    if when is None or when.first is None or when.last is None:
        return True
    return when.first - ONE_DAY <= day <= when.last + ONE_DAY


def facts(document: Document) -> Facts:
    """What events need to know of a document."""
    return Facts(
        document.id, document.published.value, document.outlet, document.url, document.title,
        document.language, document.forwards, document.text,
    )  # fmt: skip


def with_lineage(tolds: Sequence[Told]) -> list[Told]:
    """The same records with the lineage of their reports: reports that copy one another have one key."""
    index = LineageIndex()
    for known in {t.facts.doc: t.facts for t in tolds}.values():
        index.add(Paper(known))
    root: dict[str, str] = {}

    def find(doc: str) -> str:
        while root.setdefault(doc, doc) != doc:
            doc = root[doc]
        return doc

    for lineage in index.lineages():
        one, other = sorted((find(lineage.copy), find(lineage.original)))
        root[other] = one
    copied = set(root)
    return [
        replace(t, facts=replace(t.facts, lineage=find(t.facts.doc) if t.facts.doc in copied else "")) for t in tolds
    ]
