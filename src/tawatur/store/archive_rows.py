"""Rows of the store as lines of an archive, and back: one JSON object a line, in the order of the columns.

What a table keeps compressed stands in its line as the JSON text that it is, so that an archive can be read without
this program. Bytes of ``blobs`` stand beside the tables, one file each; their line says only whether they are there.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Float, Integer, LargeBinary, Table, Text, select

from tawatur.errors import InputError, TawaturError
from tawatur.store.keys import safe
from tawatur.store.packing import squeeze

BLOBS = "blobs"

_LARGEST_INTEGER = 2**63

_FLAT = re.compile(rb'\{(?:"[^"\\]*+":(?:"(?:[^"\\]++|\\.)*+"|[\w.+-]++),?+)*+\}\n')
"""A line that holds words and numbers by name and nothing inside them: it takes no more memory than it is long."""


def rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """All rows of a table, ordered by its primary key, a few at a time."""
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=200)
    for row in connection.execute(query):
        yield row._asdict()


def to_line(table: Table, row: Mapping[str, Any]) -> bytes:
    """One row as a line with its end; :class:`TawaturError` where the store's own bytes are damaged."""
    told = {column.name: _told(table, column, row) for column in table.columns}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def from_line(table: Table, line: bytes, where: str) -> dict[str, Any]:
    """The row that a line holds, ready to be inserted; :class:`InputError` where it is not one of this table's rows.

    ``content`` of a blob comes back as True or None: whether its bytes are in the archive.
    """
    if not _FLAT.fullmatch(line):
        raise InputError(f"{where}: not one row")
    try:
        found = json.loads(line)
        if found.keys() != set(table.columns.keys()):
            raise ValueError(f"not the columns of {table.name}")
        return {column.name: _taken(table, column, found[column.name]) for column in table.columns}
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error


def _told(table: Table, column: Column[Any], row: Mapping[str, Any]) -> object:
    value = row[column.name]
    if table.name == "pending" and column.name == "owner":
        return ""  # a process of this machine; nobody means to read what was loaded elsewhere
    if value is None or not isinstance(column.type, LargeBinary):
        return value
    if table.name == BLOBS:
        return True
    try:
        return zlib.decompress(value).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise TawaturError(
            f"{table.name} {row['seq']}: its {column.name} is damaged ({error})", "tawatur verify tells what else is"
        ) from error


def _taken(table: Table, column: Column[Any], value: object) -> object:
    if value is None:
        if not column.nullable:
            raise ValueError(f"{column.name} is missing")
        return None
    if isinstance(column.type, LargeBinary):
        if table.name == BLOBS:
            if value is not True:
                raise ValueError(f"{column.name} is neither true nor null")
            return True
        if not isinstance(value, str):
            raise ValueError(f"{column.name} is no text")
        return squeeze(value.encode("utf-8", "surrogatepass"))
    if isinstance(column.type, Float):
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value != value
            or abs(value) == float("inf")
        ):
            raise ValueError(f"{column.name} is no number")
        return float(value)
    if isinstance(column.type, Integer | BigInteger):
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _LARGEST_INTEGER:
            raise ValueError(f"{column.name} is no whole number")
        return value
    if isinstance(column.type, Text):
        return _text(column, value)
    raise ValueError(f"{column.name} is of no known type")


def _text(column: Column[Any], value: object) -> str:
    if not isinstance(value, str) or safe(value) != value:
        raise ValueError(f"{column.name} is no text")
    return value
