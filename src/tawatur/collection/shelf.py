"""The reports that count now, each read from the store when it is first asked for, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from tawatur.collection.kept_lines import lineage_from
from tawatur.collection.kept_tables import facts_of, paper_from
from tawatur.events.told import Facts
from tawatur.model import Document, Record
from tawatur.origins.descent import by_copy, lineage_keys
from tawatur.origins.index import LineageIndex
from tawatur.origins.lineage import Lineage
from tawatur.store import descents, event_finding
from tawatur.store.chunks import chunks
from tawatur.store.current import Current, current
from tawatur.store.database import reading
from tawatur.store.repository import Store

T = TypeVar("T")


class Asked(Mapping[str, T], Generic[T]):
    """Values that are fetched as they are asked for; whoever wants all of them has them fetched together first."""

    def __init__(self, keys: Callable[[], Sequence[str]], get: Callable[[str], T], all_: Callable[[], object]) -> None:
        self._keys, self._get, self._all = keys, get, all_
        self._known: dict[str, T] = {}

    @cached_property
    def _order(self) -> dict[str, None]:
        return dict.fromkeys(self._keys())

    def __getitem__(self, key: str) -> T:
        if key not in self._known:
            if key not in self._order:
                raise KeyError(key)
            self._known[key] = self._get(key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        self._all()
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, key: object) -> bool:
        return key in self._order


class Shelf:
    """The reports of a store whose tables of events are in step with it; ``places`` are the documents in these."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reports: dict[str, Current] = {}
        self._whole = False
        self._edges: dict[str, tuple[Lineage, ...]] = {}
        self._places: Mapping[str, event_finding.Place] | None = None

    @property
    def places(self) -> Mapping[str, event_finding.Place]:
        """The documents that are placed, by id."""
        if self._places is None:
            with reading(self._store.engine) as connection:
                self._places = {p.document: p for p in event_finding.places(connection)}
        return self._places

    def days(self) -> Iterator[date | None]:
        """The days of publication of all."""
        return (date.fromisoformat(p.published) if p.published else None for p in self.places.values())

    def fetch(self, ids: Iterable[str]) -> None:
        """Reads several reports at once."""
        missing = sorted(set(ids) - self._reports.keys())
        if not missing or self._whole:
            return
        with reading(self._store.engine) as connection:
            for some in chunks(missing):
                self._reports.update((c.document.id, c) for c in current(connection, some))

    def fetch_all(self) -> None:
        """Reads all reports, and all lineages."""
        if self._whole:
            return
        with reading(self._store.engine) as connection:
            for report in current(connection):
                self._reports.setdefault(report.document.id, report)
            self._whole = True
            self._edges = by_copy(lineage_from(row, self.text) for row in descents.lineages_of(connection))

    def report(self, doc: str) -> Current:
        """A report; ``KeyError`` where it does not count (any more)."""
        self.fetch([doc])
        return self._reports[doc]

    def text(self, doc: str) -> str:
        """The text of a report."""
        return self.report(doc).document.text

    def records(self, doc: str) -> tuple[Record, ...]:
        """The records of a report."""
        return self.report(doc).records

    def descent_of(self, docs: Iterable[str]) -> None:
        """Reads the lineages of reports, and of those that these come from, to the first."""
        edge = set(docs) - self._edges.keys()
        while edge and not self._whole:
            with reading(self._store.engine) as connection:
                rows = descents.lineages_of(connection, edge)
            self.fetch({d for row in rows for d in (row.copy, row.original)})
            found = by_copy(lineage_from(row, self.text) for row in rows)
            self._edges.update({doc: found.get(doc, ()) for doc in edge})
            edge = {row.original for row in rows} - self._edges.keys()

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents, by id."""
        return Asked(lambda: tuple(self.places), lambda d: self.report(d).document, self.fetch_all)

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What is known of each report, by id."""
        return Asked(
            lambda: tuple(self.places),
            lambda d: facts_of(self.report(d).document, self.places[d].lineage),
            self.fetch_all,
        )

    @cached_property
    def lineages(self) -> Mapping[str, Sequence[Lineage]]:
        """Which report copies which, by the copy; those that copy none are left out."""
        return _Lineages(self)

    def lineages_of(self, doc: str) -> tuple[Lineage, ...]:
        """The lineages of a report as a copy."""
        self.descent_of([doc])
        return self._edges.get(doc, ())

    def copies(self) -> list[str]:
        """All reports that copy others."""
        self.fetch_all()
        return sorted(d for d, found in self._edges.items() if found)


class LooseShelf(Shelf):
    """All reports of a store whose tables of events lag behind and cannot be written: worked out in memory."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.fetch_all()
        index = LineageIndex()
        for report in self._reports.values():
            index.add(paper_from(report.document))
        found = index.lineages()
        keys = lineage_keys(found)
        self._edges = by_copy(found)
        days = {d: r.document.published.value for d, r in self._reports.items()}
        self._places = {
            d: event_finding.Place(d, day.isoformat() if day else None, keys.get(d, ""))
            for d, day in sorted(days.items())
        }


class _Lineages(Mapping[str, Sequence[Lineage]]):
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __getitem__(self, doc: str) -> Sequence[Lineage]:
        found = self._shelf.lineages_of(doc)
        if not found:
            raise KeyError(doc)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.copies())

    def __len__(self) -> int:
        return len(self._shelf.copies())
