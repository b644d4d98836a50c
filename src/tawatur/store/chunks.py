"""Long lists of keys, looked up in pieces: a statement holds only so many values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, select

Key = TypeVar("Key")

SIZE = 500
"""Values in one statement; older builds of SQLite stop at 999."""


def chunks(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The keys in pieces of at most :data:`SIZE`, in order."""
    for start in range(0, len(keys), SIZE):
        yield keys[start : start + SIZE]


def by_key(connection: Connection, column: Column[Any], keys: Iterable[Any], *wanted: Column[Any]) -> dict[Any, Any]:
    """The rows where ``column`` is one of ``keys``, by its value: the one wanted column, or a row of several."""
    found: dict[Any, Any] = {}
    for some in chunks(sorted(set(keys))):
        query = select(column.label("key_"), *wanted).where(column.in_(some))
        for row in connection.execute(query):
            found[row[0]] = row[1] if len(wanted) == 1 else row[1:]
    return found
