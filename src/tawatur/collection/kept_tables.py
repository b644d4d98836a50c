"""The tables of the lineage index, kept in the books: who holds which key, and the reports themselves, fetched as they are
asked for and remembered while a transaction lasts."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, MutableMapping
from datetime import date
from functools import lru_cache
from typing import Any

from tawatur.events.told import Facts
from tawatur.model import Document, Forward
from tawatur.origins.entries import Entry
from tawatur.origins.families import Publisher
from tawatur.origins.holders import Holders
from tawatur.origins.index import COMMON
from tawatur.origins.lineage import Paper, Post, paper_of
from tawatur.origins.shingles import Signature
from tawatur.store import descents
from tawatur.store.database import Transaction
from tawatur.store.encoding import noun, plain

FEW = COMMON + 2
"""Holders of a key that are fetched with it; of more, first only their number."""
_PAGE = 16


def facts_of(document: Document, lineage: str = "") -> Facts:
    """What is known of a report."""
    return Facts(
        document.id,
        document.published.value,
        document.outlet,
        document.url,
        document.title,
        document.language,
        document.forwards,
        document.text,
        lineage,
    )


def paper_from(document: Document) -> Paper:
    """The report as lineage sees it."""
    return paper_of(facts_of(document), document)


def paper_json(paper: Paper) -> str:
    """What a paper has besides its document's own text."""
    posts = [[p.start, p.end, p.author, p.address] for p in paper.posts]
    return json.dumps({"posts": posts, "furniture": paper.furniture}, separators=(",", ":"))


def publisher_json(one: Publisher) -> str:
    """A publisher as the books have it."""
    return json.dumps(plain(one), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=1 << 14)
def publisher_from(kept: str) -> Publisher:
    """The publisher that :func:`publisher_json` told of."""
    return noun(Publisher, json.loads(kept))


class KeptEntries(MutableMapping[str, Entry]):
    """The placed reports by id. What is put in stands beside the books until the caller writes it there."""

    def __init__(self, connection: Transaction) -> None:
        self._connection = connection
        self._known: dict[str, Entry] = {}
        self._rows: dict[str, descents.Row] = {}

    def fetch(self, docs: Iterable[str]) -> None:
        """Fetches several at once."""
        for row, language, own in descents.rows_of(self._connection, set(docs) - self._known.keys()):
            self._rows[row.document] = row
            self._known[row.document] = _entry(row, language, own)

    def row(self, doc: str) -> descents.Row:
        """The row of a placed report."""
        self.fetch([doc])
        return self._rows[doc]

    def __getitem__(self, doc: str) -> Entry:
        if doc not in self._known:
            self.fetch([doc])
        return self._known[doc]

    def __setitem__(self, doc: str, entry: Entry) -> None:
        self._known[doc] = entry

    def __delitem__(self, doc: str) -> None:
        self.fetch([doc])
        del self._known[doc]
        self._rows.pop(doc, None)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(descents.taken(self._connection).keys() | self._known.keys()))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, doc: object) -> bool:
        return isinstance(doc, str) and (doc in self._known or doc in descents.keys_of(self._connection, [doc]))


def _entry(row: descents.Row, language: str, own: dict[str, Any]) -> Entry:
    extra = json.loads(row.paper)
    facts = Facts(
        row.document,
        date.fromisoformat(row.published) if row.published else None,
        own.get("outlet", ""),
        own.get("url", ""),
        own.get("title", ""),
        language,
        tuple(noun(Forward, f) for f in own.get("forwards", ())),
        own.get("text", ""),
        row.lineage,
    )
    paper = Paper(facts, tuple(Post(*p) for p in extra["posts"]), tuple((a, b) for a, b in extra["furniture"]))
    return Entry(paper, publisher_from(row.publisher), Signature.from_bytes(row.signature))


class KeptHolders(Holders[Any]):
    """Who holds a key of one kind; ``number`` makes a number of a key."""

    def __init__(
        self, connection: Transaction, kind: int, number: Callable[[Any], int], entries: KeptEntries | None = None
    ) -> None:
        super().__init__()
        self._connection, self.kind, self._number = connection, kind, number
        self._entries = entries
        self._counts: dict[int, int] = {}
        self._held: dict[int, Collection[str]] = {}

    def fetch(self, keys: Iterable[Any]) -> None:
        """Fetches the holders of keys that have few, and the number of the others."""
        wanted = {n for k in keys if (n := self._number(k)) not in self._counts}
        found = descents.counts(self._connection, self.kind, wanted)
        few = descents.holders(self._connection, self.kind, [k for k, n in found.items() if n <= FEW])
        for key in wanted:
            self._counts[key] = found.get(key, 0)
            if self._counts[key] <= FEW:
                self._held[key] = frozenset(few.get(key, ()))

    def __contains__(self, key: object) -> bool:
        return self.count(key) > 0

    def count(self, key: Any) -> int:
        """How many hold a key."""
        self.fetch([key])
        return self._counts[self._number(key)]

    def __getitem__(self, key: Any) -> Collection[str]:
        self.fetch([key])
        number = self._number(key)
        return self._held[number] if number in self._held else _Many(self._counts[number], lambda: self._all(number))

    def _all(self, number: int) -> Collection[str]:
        if number not in self._held:
            found = descents.holders(self._connection, self.kind, [number])
            self._held[number] = frozenset(found.get(number, ()))
        return self._held[number]

    def ordered(self, key: Any) -> Iterable[str]:
        number = self._number(key)
        if number in self._held:
            found = sorted(self._held[number])
            if self._entries is not None:
                self._entries.fetch(found)
            return found
        return self._paged(number)

    def _paged(self, number: int) -> Iterator[str]:
        last = ""
        while page := descents.holders_after(self._connection, self.kind, number, last, _PAGE):
            if self._entries is not None:
                self._entries.fetch(page)
            yield from page
            last = page[-1]

    def of(self, keys: Iterable[Any]) -> set[str]:
        wanted = list(keys)
        self.fetch(wanted)
        return super().of(wanted)

    def add(self, keys: Iterable[Any], doc: str) -> None:
        numbers = sorted({self._number(k) for k in keys})
        descents.add_keys(self._connection, (((self.kind, n), doc) for n in numbers))
        self._forget(numbers)

    def discard(self, keys: Iterable[Any], doc: str) -> None:
        numbers = sorted({self._number(k) for k in keys})
        descents.drop_keys(self._connection, doc, ((self.kind, n) for n in numbers))
        self._forget(numbers)

    def _forget(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._counts.pop(number, None)
            self._held.pop(number, None)


class _Many(Collection[str]):
    """Holders of whom only the number is needed, until somebody looks."""

    def __init__(self, count: int, fetch: Callable[[], Collection[str]]) -> None:
        self._count, self._fetch = count, fetch

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetch())

    def __contains__(self, doc: object) -> bool:
        return doc in self._fetch()


def placed_row(entry: Entry, reading: int, lineage: str = "") -> descents.Row:
    """The row of a report."""
    day = entry.day.isoformat() if entry.day is not None else None
    return descents.Row(
        entry.doc,
        reading,
        day,
        lineage,
        publisher_json(entry.publisher),
        paper_json(entry.paper),
        entry.signature.to_bytes(),
    )
