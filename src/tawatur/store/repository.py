"""The store: everything that the rest of the program asks of it. Each call that writes is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, inspect

from tawatur.errors import InputError, TawaturError
from tawatur.model import Capture, Generation, Issue, Visit
from tawatur.store import captures, journal, migrate, notes, pending, readings
from tawatur.store.captures import Added
from tawatur.store.counting import counts, unread_by
from tawatur.store.current import Current, current
from tawatur.store.database import BUSY, connect, place, reading, writing
from tawatur.store.finding import Found, find
from tawatur.store.hashing import content_hash
from tawatur.store.keys import now
from tawatur.store.listing import Listed, listed
from tawatur.store.migrate import BroughtForward
from tawatur.store.notes import IssueRow
from tawatur.store.packing import Packed
from tawatur.store.readings import Outcome
from tawatur.store.stored import StoredReading, stored
from tawatur.store.takedown import gone


class Store:
    """A store that is open. Made by :meth:`open`; several may be open on one file, in several processes. ``brought``
    says from where an older one was brought forward when it was opened, and where its copy lies."""

    def __init__(self, engine: Engine, path: Path, brought: BroughtForward | None = None) -> None:
        self.engine = engine
        self.path = path
        self.brought = brought

    @classmethod
    def open(cls, path: Path, *, create: bool = True, readonly: bool = False, busy: float = BUSY) -> Store:
        """Opens the store at ``path`` (in a folder: the file ``tawatur.sqlite``), and makes it where it is missing and
        ``create`` is set. One that an older program wrote is brought forward first. ``busy``: seconds to wait for
        another writer. :class:`TawaturError` for what is no store, is damaged, or was written by a newer program."""
        path = place(path)
        engine = connect(path, create=create, readonly=readonly, busy=busy)
        brought = None
        try:
            revision = _revision(engine, path, create=create and not readonly)
            if revision != migrate.HEAD:
                if readonly:
                    raise _not_ours(path, revision)
                engine.dispose()
                brought = migrate.bring_forward(path)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, brought)

    def close(self) -> None:
        """Closes all connections; the log of SQLite goes with the last one."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_captures(self, given: Sequence[Capture], owner: str) -> list[Added]:
        """Keeps captures and says what became of each; new ones wait to be read by ``owner``. One transaction."""
        at = now()
        with reading(self.engine) as connection:
            prepared = captures.prepare(connection, given, at)
        with writing(self.engine) as connection:
            return captures.add(connection, prepared, owner, at)

    def claim(self, owner: str, alive: Callable[[str], bool], limit: int | None = None) -> list[str]:
        """The ids of captures that wait for ``owner``, those of owners that are not ``alive`` taken over first."""
        with writing(self.engine) as connection:
            return pending.claim(connection, owner, alive, limit)

    def capture(self, key: str) -> Capture:
        """The capture with this id; see :func:`tawatur.store.captures.capture`."""
        with reading(self.engine) as connection:
            return captures.capture(connection, key)

    def several(self, keys: Sequence[str]) -> list[tuple[str, Capture]]:
        """The captures with these ids, without those taken down; see :func:`tawatur.store.captures.several`."""
        with reading(self.engine) as connection:
            return captures.several(connection, keys)

    def sizes(self, keys: Sequence[str]) -> dict[str, int]:
        """How many bytes the captures with these ids had, by id."""
        with reading(self.engine) as connection:
            return captures.sizes(connection, keys)

    def add_readings(self, packed: Sequence[Packed], generation: Generation) -> list[Outcome]:
        """Keeps readings of one generation and says what became of each; see :func:`tawatur.store.readings.add`."""
        with writing(self.engine) as connection:
            return readings.add(connection, packed, generation)

    def documents(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlet: str = "",
        language: str = "",
        text: str = "",
        limit: int | None = None,
    ) -> Iterator[Listed]:
        """The reports as they count now, latest day first; see :func:`tawatur.store.listing.listed`."""
        with reading(self.engine) as connection:
            yield from listed(
                connection, since=since, until=until, outlet=outlet, language=language, text=text, limit=limit
            )

    def current(self) -> Iterator[Current]:
        """Every report as it counts now, with its records; see :func:`tawatur.store.current.current`."""
        with reading(self.engine) as connection:
            yield from current(connection)

    def find(self, key: str) -> Found:
        """What an id, or the beginning of one, names; see :func:`tawatur.store.finding.find`."""
        with reading(self.engine) as connection:
            return find(connection, key)

    def reading(self, document: str, generation: str = "", version: int | None = None) -> StoredReading:
        """A report with its records; see :func:`tawatur.store.stored.stored`."""
        with reading(self.engine) as connection:
            return stored(connection, document, generation, version)

    def unread_by(self, generation: str | Generation) -> Iterator[str]:
        """The ids of captures that a generation has not read, oldest first; others may write meanwhile."""
        key = generation if isinstance(generation, str) else generation.id
        last = 0
        while True:
            with reading(self.engine) as connection:
                page = unread_by(connection, key, last)
                down = gone(connection).captures
            if not page:
                return
            yield from (capture for _, capture in page if capture not in down)
            last = page[-1][0]

    def issue_rows(
        self, code: str = "", document: str = "", limit: int | None = None, *, capture: str = ""
    ) -> Iterator[IssueRow]:
        """Everything unexpected that was met, latest first; see :func:`tawatur.store.notes.issue_rows`."""
        with reading(self.engine) as connection:
            yield from notes.issue_rows(connection, code, document, limit, capture)

    def note_issue(self, issue: Issue, found_at: str) -> None:
        """Keeps an issue that belongs to no document, once for each place."""
        with writing(self.engine) as connection:
            notes.note_issue(connection, issue, found_at, now())

    def note_visit(self, visit: Visit) -> None:
        """Keeps a visit to an address."""
        with writing(self.engine) as connection:
            notes.note_visit(connection, visit)

    def last_visit(self, address: str) -> Visit | None:
        """The visit to this address that was noted last."""
        with reading(self.engine) as connection:
            return notes.last_visit(connection, address)

    def holds(self, digest: str) -> bool:
        """Whether the bytes with this SHA-256 are kept here."""
        with reading(self.engine) as connection:
            return notes.holds(connection, digest)

    def content_hash(self) -> str:
        """One value for what the store holds; see :mod:`tawatur.store.hashing`."""
        with reading(self.engine) as connection:
            return content_hash(connection)

    def head(self) -> tuple[int, str]:
        """The end of the journal: how many rows, and the last link."""
        with reading(self.engine) as connection:
            return journal.end(connection)

    def counts(self) -> dict[str, int]:
        """How many there are of what, and how many bytes; see :func:`tawatur.store.counting.counts`."""
        with reading(self.engine) as connection:
            return counts(connection)


def _revision(engine: Engine, path: Path, *, create: bool) -> str:
    """The revision of the tables, which are made in an empty file where ``create`` is set."""
    with reading(engine) as connection:
        found = migrate.revision(connection)
    if found:
        return found
    if create:
        with writing(engine) as connection:
            return _made(connection, path)
    raise InputError(f"{path} is not a store of tawatur", "name another file with --store")


def _not_ours(path: Path, revision: str) -> TawaturError:
    """Why a store with tables of another revision cannot be opened for reading only."""
    if revision in migrate.known():
        return TawaturError(
            f"{path} was written by an older tawatur (its tables are at {revision})",
            "`tawatur add` or `tawatur reread` brings it forward, and keeps a copy",
        )
    return TawaturError(
        f"{path} was written by a newer tawatur (its tables are at {revision})",
        "install that version, or name another store with --store",
    )


def _made(connection: Connection, path: Path) -> str:
    # another process may have made them since we looked
    found = migrate.revision(connection)
    if found:
        return found
    if inspect(connection).get_table_names():
        raise InputError(f"{path} is not a store of tawatur, but another database", "name another file with --store")
    migrate.create(connection)
    journal.begin(connection)
    return migrate.revision(connection)
