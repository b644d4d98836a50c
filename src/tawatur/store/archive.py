"""All of a store in one zip, and a new store out of it, with the same content hash and the same end of the chain.

An archive holds ``manifest.json``, ``tables/NAME.jsonl`` for each table and ``blobs/DIGEST`` for all bytes that are kept,
as they were found. It is written from one snapshot while others go on writing, and the same store gives the same
archive. What comes in by :func:`load` may be cut off, altered or made to harm: nothing in it is believed before it was
measured and checked, and the new file gets its name last.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from tawatur.errors import InputError, TawaturError
from tawatur.store import archive_rows, migrate, tables
from tawatur.store.archive_zip import FORMAT, MANIFEST, opened
from tawatur.store.database import reading
from tawatur.store.hashing import content_hash
from tawatur.store.loading import load

if TYPE_CHECKING:
    from tawatur.store.repository import Store

__all__ = ["Dumped", "dump", "load"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member, so that the same store gives the same archive."""

_HARDLY_SMALLER = 0.95
"""Bytes that the store could not pack below this part of their size (pictures) are stored as they are."""


@dataclass(frozen=True, slots=True)
class Dumped:
    """An archive as it was written: rows a table, bytes as they were found, and what a store made of it must have."""

    path: Path
    rows: dict[str, int]
    blobs: int
    content_hash: str
    head: tuple[int, str]


def dump(store: Store, path: Path, progress: Callable[[int], object] | None = None) -> Dumped:
    """Writes all of the store into a new zip at ``path``; ``progress`` hears of each row and each file of bytes.

    A :class:`TawaturError`, and no file, where one is there already, where it cannot be written, and where the store's
    own bytes are damaged.
    """
    if path.exists():
        raise InputError(f"{path} is there already", "name another file, or remove that one first")
    part = path.with_name(path.name + ".part")
    tick = progress or (lambda _: None)
    try:
        with part.open("wb") as file:
            with reading(store.engine) as connection, zipfile.ZipFile(file, "w") as archive:
                dumped = _write(connection, archive, path, tick)
            file.flush()
            os.fsync(file.fileno())
        with opened(part):
            pass  # what could not be loaded again is no archive
        part.rename(path)
    except OSError as error:
        raise TawaturError(
            f"{path} cannot be written: {error.strerror}", "name a place with room that is yours"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return dumped


def _write(connection: Connection, archive: zipfile.ZipFile, path: Path, tick: Callable[[int], object]) -> Dumped:
    written = [table for table in tables.metadata.sorted_tables if table.name not in tables.DERIVED]
    told = {table.name: _write_table(connection, archive, table, tick) for table in written}
    blobs = 0
    kept = select(tables.blobs).where(tables.blobs.c.content.is_not(None)).order_by(tables.blobs.c.digest)
    for row in connection.execute(kept.execution_options(yield_per=10)):
        _write_blob(archive, row.digest, row.size, row.content)
        blobs += 1
        tick(1)
    end = connection.execute(select(tables.head.c.seq, tables.head.c.link)).one()
    whole = content_hash(connection)
    manifest = {
        "format": FORMAT,
        "revision": migrate.revision(connection),
        "content_hash": whole,
        "head": [end.seq, end.link],
        "blobs": blobs,
        "tables": told,
    }
    archive.writestr(_member(MANIFEST), json.dumps(manifest, indent=1, sort_keys=True))
    return Dumped(path, {name: one["rows"] for name, one in told.items()}, blobs, whole, (end.seq, end.link))


def _write_table(
    connection: Connection, archive: zipfile.ZipFile, table: Table, tick: Callable[[int], object]
) -> dict[str, Any]:
    """Writes one table and returns what the manifest says of it."""
    seen, size, count = hashlib.sha256(), 0, 0
    with archive.open(_member(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as member:
        for row in archive_rows.rows(connection, table):
            line = archive_rows.to_line(table, row)
            member.write(line)
            seen.update(line)
            size += len(line)
            count += 1
            tick(1)
    return {"rows": count, "bytes": size, "sha256": seen.hexdigest()}


def _write_blob(archive: zipfile.ZipFile, digest: str, size: int, packed: bytes) -> None:
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        raise TawaturError(
            f"blobs {digest}: its bytes are damaged ({error})", "tawatur verify tells what else is"
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise TawaturError(f"blobs {digest}: its bytes are not those", "tawatur verify tells what else is wrong")
    member = _member(f"blobs/{digest}")
    if len(packed) > _HARDLY_SMALLER * size:
        member.compress_type = zipfile.ZIP_STORED
    archive.writestr(member, content)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
