"""The schema of a store: made anew, or brought forward from the one that an older program left.

A new store is made from ``tables.py`` at once and marked with the newest revision; a test holds that against running
all of ``migrations/versions`` from nothing. An older store is copied first; the migrations run on the copy, are checked
there and taken back, and only then run on the store itself, in one transaction. The copy stays beside it.

Alembic runs the steps but needs no ``alembic.ini`` and no ``env.py``, and is imported only when there is something to
run, since it takes a quarter of a second to come up.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    StaticPool,
    String,
    Table,
    create_engine,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError

from tawatur.errors import TawaturError
from tawatur.store import tables
from tawatur.store.database import plain_error

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

HEAD = "0002"
"""The newest revision, as ``migrations/versions`` has it (tested); known here so that opening need not load Alembic."""

VERSIONS = Path(__file__).parent / "migrations" / "versions"

WAIT = 30.0
"""Seconds to wait for others to close a store that has to be brought forward."""

MARK = "alembic_version"
"""The table that holds the revision."""

_mark = Table(
    MARK,
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


@dataclass(frozen=True, slots=True)
class BroughtForward:
    """From which revision to which a store was brought, and where the copy from before lies (None: nothing to do)."""

    before: str
    after: str
    kept: Path | None = None


def create(connection: Connection) -> None:
    """Makes all tables in an empty database, inside the caller's transaction, and marks it with the newest revision."""
    tables.metadata.create_all(connection)
    _mark.create(connection)
    connection.execute(_mark.insert().values(version_num=HEAD))


def revision(connection: Connection) -> str:
    """The revision that a database is marked with; "" where it has no mark and so is no store."""
    if not inspect(connection).has_table(_mark.name):
        return ""
    return connection.execute(select(_mark.c.version_num)).scalar() or ""


def known(versions: Sequence[Path] = (VERSIONS,)) -> frozenset[str]:
    """All revisions that there are migrations for."""
    return frozenset(script.revision for script in _scripts(versions).walk_revisions())


def upgrade(connection: Connection, versions: Sequence[Path] = (VERSIONS,), to: str = "head") -> None:
    """Runs the migrations that are missing up to ``to``, inside the transaction of ``connection`` (SQLite, PostgreSQL)."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    script = _scripts(versions)

    def steps(have: object, _: object) -> list[object]:
        return list(script._upgrade_revs(to, have))  # type: ignore[arg-type]

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=tables.metadata, render_as_batch=True)
        environment.run_migrations()


def bring_forward(path: Path, versions: Sequence[Path] = (VERSIONS,), wait: float = WAIT) -> BroughtForward:
    """Brings the SQLite store at ``path`` to the newest revision; nobody else may have it open meanwhile.

    A :class:`TawaturError`, and the store as it was, where it is no store, where a newer program wrote it, where
    others keep it open for longer than ``wait`` seconds, and where a migration fails.
    """
    newest = str(_scripts(versions).get_current_head())
    with _alone(path, wait) as connection:
        before = _older(connection, path, versions)
        if before == newest:
            return BroughtForward(before, newest)
        kept = _copy(connection, path, before)
        try:
            with _alone(kept, wait) as copied:
                _migrate(copied, versions, path, keep=False)
            _migrate(connection, versions, path, keep=True)
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
    return BroughtForward(before, newest, kept)


def _older(connection: Connection, path: Path, versions: Sequence[Path]) -> str:
    """The revision of the store, which the migrations here know."""
    found = revision(connection)
    connection.rollback()
    if not found:
        raise TawaturError(f"{path} is a database, but no store of tawatur", "name another file with --store")
    revisions = known(versions)
    if found not in revisions:
        raise TawaturError(
            f"{path} was written by a newer tawatur (its tables are at {found}, known here up to {max(revisions)})",
            "install that version, or name another store with --store",
        )
    return found


def _migrate(connection: Connection, versions: Sequence[Path], path: Path, *, keep: bool) -> None:
    """Runs and checks what is missing, in one transaction, which is taken back where it fails or ``keep`` is not set."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        end = connection.execute(select(tables.head.c.seq, tables.head.c.link)).all()
        upgrade(connection, versions)
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            raise TawaturError(f"a row of {dangling[0][0]} points at nothing in {dangling[0][2]}")
        if connection.execute(select(tables.head.c.seq, tables.head.c.link)).all() != end:
            raise TawaturError("the journal has another end")
        if keep:
            connection.commit()
    except Exception as error:
        raise TawaturError(
            f"{path} could not be brought forward and is as it was: {_line(error)}",
            "go on with the version of tawatur that wrote it, and report this",
        ) from error
    finally:
        connection.rollback()


def _copy(connection: Connection, path: Path, before: str) -> Path:
    """A sound copy beside the store, under a name that nothing has yet, with the store's own permissions."""
    kept = path.with_name(f"{path.name}.before-{before}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.before-{before}-{number}")
    part = kept.with_name(kept.name + ".part")
    part.unlink(missing_ok=True)
    try:
        target = sqlite3.connect(part)
        try:
            _raw(connection).backup(target)
            sound = target.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            target.close()
        if sound != "ok":
            raise TawaturError(f"{path} is damaged: {sound}", "tawatur verify says more")
        shutil.copymode(path, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(kept)
    except (sqlite3.Error, OSError) as error:
        found = plain_error(error, part)
        raise TawaturError(
            f"no copy of {path} could be made: {found or error}", "make room beside it, or let it be written"
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return kept


@contextmanager
def _alone(path: Path, wait: float) -> Iterator[Connection]:
    """A connection to an SQLite file that shuts all others out, readers too. It starts no transaction by itself, and
    foreign keys are off, as a migration that makes a table anew needs it; they are checked afterwards."""
    engine = None
    try:
        raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=wait)
        try:
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("BEGIN EXCLUSIVE")
            raw.execute("COMMIT")
            engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)
            with engine.connect() as connection:
                yield connection
        finally:
            raw.close()
    except sqlite3.Error as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise TawaturError(
                f"{path} was written by an older tawatur and others have it open, so it cannot be brought forward",
                "end the other programs that use it, and try again",
            ) from error
        raise plain_error(error, path) or error from error


def _raw(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _scripts(versions: Sequence[Path]) -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(VERSIONS.parent, version_locations=list(versions))


def _line(error: Exception) -> str:
    """What went wrong, on one line, without the statement and SQLAlchemy's link to its own pages."""
    plain = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(plain).split()) or type(plain).__name__
