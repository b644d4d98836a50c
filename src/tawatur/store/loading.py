"""A new store out of an archive: built beside its place, checked whole, and named last (see ``archive.py``)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, StaticPool, Table, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from tawatur.errors import InputError
from tawatur.store import archive_rows, migrate, tables
from tawatur.store.archive_zip import Archive, opened
from tawatur.store.database import plain_error
from tawatur.store.packing import squeeze
from tawatur.store.repository import Store
from tawatur.store.verify import Verified, verify

_ROWS = 500
_BYTES = 16 * 2**20
"""Rows are put in so many at a time, fewer where they are large."""


def load(path: Path, into: Path, progress: Callable[[int], object] | None = None) -> Verified:
    """Makes the store ``into`` of the archive ``path`` and returns what the last check of all of it said.

    ``into`` must not be there, or be empty. An :class:`InputError` says what is wrong with the archive, a
    :class:`TawaturError` what with the place; either way nothing is left. ``progress`` hears of each row.
    """
    _free(into)
    part = into.with_name(into.name + ".part")
    _remove(part)
    try:
        with opened(path) as archive:
            with _building(part, into) as connection:
                _fill(connection, archive, progress or (lambda _: None))
            verified = _prove(part, archive.manifest)
        _free(into)
        part.replace(into)
    finally:
        _remove(part)
    return verified


def _free(into: Path) -> None:
    if into.is_dir() or (into.exists() and into.stat().st_size):
        raise InputError(f"{into} is there already", "load makes a new store; name another place with --store")
    if into.with_name(into.name + "-wal").exists():
        raise InputError(f"{into}-wal is left of another store", "move it away, or name another place with --store")


def _remove(part: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


@contextmanager
def _building(part: Path, into: Path) -> Iterator[Connection]:
    """One transaction in a new file, without a journal: a file that is not finished is removed, not mended."""
    engine = None
    try:
        raw = sqlite3.connect(part, isolation_level=None)
        try:
            raw.execute("PRAGMA journal_mode = OFF")
            raw.execute("PRAGMA synchronous = OFF")
            engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                yield connection
                connection.commit()
        finally:
            raw.close()
        with part.open("rb") as file:
            os.fsync(file.fileno())
    except (sqlite3.Error, DBAPIError) as error:
        plain = plain_error(error.orig if isinstance(error, DBAPIError) and error.orig else error, into)
        raise plain or error from error


def _fill(connection: Connection, archive: Archive, tick: Callable[[int], object]) -> None:
    """Puts all rows and bytes in, under the schema that the archive was written with, and brings them forward."""
    held = _schema(connection, str(archive.manifest["revision"]))
    wanted = [table for table in held.sorted_tables if table.name not in tables.DERIVED]
    if archive.manifest["tables"].keys() != {table.name for table in wanted}:
        raise InputError("its tables are not those of its revision")
    kept = 0
    for table in wanted:
        for rows in _batches(table, archive):
            try:
                connection.execute(table.insert(), rows)
            except IntegrityError as error:
                raise InputError(f"tables/{table.name}.jsonl: {error.orig}") from error
            kept += sum(row["content"] is not None for row in rows) if table.name == archive_rows.BLOBS else 0
            tick(len(rows))
    if kept != archive.blobs:
        raise InputError(f"it holds {archive.blobs} files of bytes where its tables name {kept}")
    migrate.upgrade(connection)
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if dangling:
        raise InputError(f"a row of {dangling[0]} points at nothing in {dangling[2]}")


def _schema(connection: Connection, revision: str) -> MetaData:
    if revision == migrate.HEAD:
        migrate.create(connection)
        return tables.metadata
    if revision not in migrate.known():
        raise InputError("it was written by a newer tawatur", "install that version")
    migrate.upgrade(connection, to=revision)
    held = MetaData()
    held.reflect(connection)
    held.remove(held.tables[migrate.MARK])
    return held


def _batches(table: Table, archive: Archive) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    size = 0
    for where, line in archive.lines(table.name):
        row = archive_rows.from_line(table, line, where)
        if table.name == archive_rows.BLOBS and row["content"] is not None:
            content = archive.blob(row["digest"], row["size"])
            row["content"] = squeeze(content)
            size += len(content)
        rows.append(row)
        size += len(line)
        if len(rows) >= _ROWS or size >= _BYTES:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _prove(part: Path, manifest: dict[str, Any]) -> Verified:
    """Checks the new store as ``tawatur verify`` does, and against what the archive said of the old one."""
    with Store.open(part, create=False) as store:
        verified = verify(store)
    if verified.findings:
        more = f" (and {len(verified.findings) - 1} more)" if len(verified.findings) > 1 else ""
        raise InputError(f"what it holds does not hold together: {verified.findings[0]}{more}")
    if verified.content_hash != manifest["content_hash"] or list(verified.head) != manifest["head"]:
        raise InputError("what it holds is not what its manifest tells of")
    return verified
