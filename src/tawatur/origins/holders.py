"""Which reports hold a key. Most keys have one holder: those cost no set of their own."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Holders(Generic[K]):
    """Reports (ids) by key."""

    def __init__(self) -> None:
        self._table: dict[K, str | set[str]] = {}

    def __contains__(self, key: K) -> bool:
        return key in self._table

    def __getitem__(self, key: K) -> Collection[str]:
        """The holders of a key; none where nobody holds it."""
        found = self._table.get(key)
        return () if found is None else (found,) if isinstance(found, str) else found

    def ordered(self, key: K) -> Iterable[str]:
        """The holders of a key by id."""
        return sorted(self[key])

    def add(self, keys: Iterable[K], doc: str) -> None:
        """Enters ``doc`` under every key."""
        for key in keys:
            found = self._table.get(key)
            if found is None:
                self._table[key] = doc
            elif isinstance(found, set):
                found.add(doc)
            elif found != doc:
                self._table[key] = {found, doc}

    def discard(self, keys: Iterable[K], doc: str) -> None:
        """Takes ``doc`` from under every key; keys that nobody holds any more go."""
        for key in keys:
            found = self._table.get(key)
            if found == doc:
                del self._table[key]
            elif isinstance(found, set):
                found.discard(doc)
                if len(found) == 1:
                    self._table[key] = found.pop()

    def of(self, keys: Iterable[K]) -> set[str]:
        """All holders of some keys."""
        return {doc for key in keys for doc in self[key]}
