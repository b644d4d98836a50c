"""Connections to a store: one SQLite file in WAL mode, set up alike every time, with errors that a person can use.

SQLite's driver starts transactions by its own rules, which leave reads outside and cannot take the write lock first; it
is told to keep out of it (``isolation_level`` None), and every transaction is begun here.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, select
from sqlalchemy.engine import ExceptionContext

from tawatur.errors import InputError, TawaturError
from tawatur.store.tables import head

NAME = "tawatur.sqlite"
"""The file of a store whose folder was named."""

Transaction = Connection
"""A connection inside :func:`reading` or :func:`writing`, for rooms above that only pass it on."""

BUSY = 60.0
"""Seconds to wait for another writer."""

_WRITES = "tawatur_writes"

_ERRORS = (
    ("SQLITE_FULL", "the disk is full: {path} could not be written", "make room on that disk and run it again"),
    ("SQLITE_READONLY", "{path} cannot be written", "look at the permissions of the file and of its folder"),
    ("SQLITE_PERM", "{path} cannot be written", "look at the permissions of the file and of its folder"),
    ("SQLITE_BUSY", "another program has been writing to {path} for too long", "wait until it has ended, and try again"),
    ("SQLITE_LOCKED", "another program has been writing to {path} for too long", "wait until it has ended, and try again"),
    ("SQLITE_NOTADB", "{path} is not a store of tawatur", "name another file with --store"),
    ("SQLITE_CORRUPT", "{path} is damaged", "run `tawatur verify`, or restore from a dump"),
    ("SQLITE_CANTOPEN", "{path} cannot be opened", "look whether it is there and at the permissions of its folder"),
    ("SQLITE_IOERR", "{path} could not be read or written: {error}", "look at the disk, and whether it is full"),
    ("SQLITE_TOOBIG", "something is too big for {path}", "a single report must stay under a thousand million bytes"),
)  # fmt: skip
"""What SQLite's error codes (by how they begin) mean to a person, and what helps."""


def place(path: Path) -> Path:
    """The file of the store at ``path``: in a folder the file :data:`NAME`."""
    return path / NAME if path.is_dir() else path


def connect(path: Path, *, create: bool = False, readonly: bool = False, busy: float = BUSY) -> Engine:
    """An engine for the SQLite file at ``path``, which is made (and its folder) where ``create`` is set.

    ``busy``: seconds to wait for another writer. A read-only engine leaves no file behind and changes none. Raises
    :class:`InputError` where there is no such file; all errors of the database come as :class:`TawaturError`.
    """
    path = place(path)
    if create and not readonly:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TawaturError(
                f"the folder {path.parent} cannot be made: {error.strerror}", "name another place with --store"
            ) from error
    elif not path.is_file():
        raise InputError(f"there is no store at {path}", "`tawatur add` makes one; --store names another")
    address = path.absolute().as_uri() + _mode(path, create=create, readonly=readonly)

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=busy, isolation_level=None, check_same_thread=False)
        try:
            _set_up(connection, readonly=readonly, busy=busy)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool, hide_parameters=True)
    _listen(engine, path)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees the store all along as it was when it first looked."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin() as transaction:
            yield connection
            # there is nothing to keep; and of a damaged file SQLite refuses to end this in the other way
            transaction.rollback()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The one way to write: a transaction that holds the end of the journal from its beginning, so that writers come
    one after the other. All of it is kept, or after an exception none of it."""
    with engine.connect() as connection:
        connection = connection.execution_options(**{_WRITES: True})
        with connection.begin():
            if engine.dialect.name != "sqlite":
                connection.execute(select(head.c.seq).with_for_update())
            yield connection


def is_readonly(engine: Engine) -> bool:
    """Whether an engine was made for reading only."""
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql("PRAGMA query_only").scalar())


def _mode(path: Path, *, create: bool, readonly: bool) -> str:
    """How SQLite is to open the file. ``mode=ro`` makes the two files of the log beside it and leaves them there, so it
    is for a store that has a log already. Without one: where we may write, the log that SQLite makes goes again when we
    close; where we may not, nobody of ours writes and the file is read as it lies."""
    if not readonly:
        return "?mode=rwc" if create else "?mode=rw"
    if path.with_name(path.name + "-wal").exists():
        return "?mode=ro"
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "?mode=rw"
    return "?immutable=1"


def _set_up(connection: sqlite3.Connection, *, readonly: bool, busy: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(busy * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    if readonly:
        connection.execute("PRAGMA query_only = ON")
        return
    _use_wal(connection, busy)
    connection.execute("PRAGMA synchronous = FULL")


def _use_wal(connection: sqlite3.Connection, busy: float) -> None:
    """Goes over to WAL, for good, unless it is somebody else's database. That needs the file for itself and, unlike all
    else, is not waited for by SQLite."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if names and head.name not in names:
        return
    until = time.monotonic() + busy
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _listen(engine: Engine, path: Path) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        found = plain_error(context.original_exception, path)
        if found is not None:
            raise found from context.original_exception


def plain_error(error: BaseException, path: Path) -> TawaturError | None:
    """An error of SQLite in plain words; None for what is no trouble of file, disk or lock, but a fault of ours."""
    name = getattr(error, "sqlite_errorname", "")
    for code, message, hint in _ERRORS:
        if name.startswith(code):
            return TawaturError(message.format(path=path, error=error), hint)
    return None
