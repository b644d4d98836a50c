"""The zip of an archive as it came from outside: measured and checked before anything in it is believed.

What is bounded: the members' names (known ones only, each once), their declared sizes (those of the manifest and of the
table of blobs; all of them together in proportion to the file), their real sizes (reading ends at the declared one and the
check sum then fails), and the length of a line.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tawatur.errors import InputError

FORMAT = 1
MANIFEST = "manifest.json"

LARGEST_MANIFEST = 2**20
LONGEST_LINE = 2**30
"""Bytes of the longest line that is read: SQLite holds no longer value."""

MOST_UNPACKED = 200
"""How many times its own size an archive may unpack to, beyond ``ALWAYS_UNPACKED``: text packs to a tenth, seldom less."""
ALWAYS_UNPACKED = 64 * 2**20

_MEMBER = re.compile(r"manifest\.json|tables/([a-z]+)\.jsonl|blobs/([0-9a-f]{64})")
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
    OSError,
)
_HINT = "dump the store again, or take another copy of the file"


class Archive:
    """An archive whose directory and manifest are sound; what its members hold is checked as it is read."""

    def __init__(self, file: zipfile.ZipFile, size: int) -> None:
        self._file = file
        self._members = _members(file, size)
        self.manifest = self._manifest()

    @property
    def blobs(self) -> int:
        """How many files of bytes it has."""
        return sum(name.startswith("blobs/") for name in self._members)

    def lines(self, table: str) -> Iterator[tuple[str, bytes]]:
        """The lines of a table with where each stands; the digest of the whole is checked after the last."""
        name = f"tables/{table}.jsonl"
        told = self.manifest["tables"][table]
        seen, count = hashlib.sha256(), 0
        with self._file.open(self._members[name]) as member:
            while line := member.readline(LONGEST_LINE):
                count += 1
                if not line.endswith(b"\n"):
                    raise InputError(f"{name}:{count}: the line has no end within {LONGEST_LINE} bytes")
                seen.update(line)
                yield f"{name}:{count}", line
        if count != told["rows"] or seen.hexdigest() != told["sha256"]:
            raise InputError(f"{name} is not the table that the manifest tells of")

    def blob(self, digest: str, size: int) -> bytes:
        """The bytes with this digest, which are ``size`` many."""
        member = self._members.get(f"blobs/{digest}")
        if member is None:
            raise InputError(f"blobs/{digest} is missing")
        if member.file_size != size:
            raise InputError(f"blobs/{digest} has {member.file_size} bytes, not {size}")
        content = self._read(member)
        if len(content) != size or hashlib.sha256(content).hexdigest() != digest:
            raise InputError(f"blobs/{digest} holds other bytes than its name says")
        return content

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        # asked for all there is, zipfile would unpack it whole before it looks at the declared size
        with self._file.open(member) as file:
            return file.read(member.file_size + 1)

    def _manifest(self) -> dict[str, Any]:
        member = self._members.get(MANIFEST)
        if member is None or member.file_size > LARGEST_MANIFEST:
            raise InputError(f"{MANIFEST} is missing or too large")
        found = json.loads(self._read(member))
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise InputError(
                f"its format is {str(found.get('format') if isinstance(found, dict) else found)[:20]!r}, not {FORMAT}"
            )
        if not _is_manifest(found):
            raise InputError(f"{MANIFEST} does not say what it must")
        if sum(name.startswith("tables/") for name in self._members) != len(found["tables"]):
            raise InputError("it holds other tables than the manifest tells of")
        for table, told in found["tables"].items():
            member = self._members.get(f"tables/{table}.jsonl")
            if member is None:
                raise InputError(f"tables/{table}.jsonl is missing")
            if member.file_size != told["bytes"]:
                raise InputError(f"tables/{table}.jsonl has {member.file_size} bytes, not {told['bytes']}")
        return found


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at ``path``; whatever is wrong with it, also later while it is read, is one :class:`InputError`."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Archive(file, path.stat().st_size)
    except InputError as error:
        raise InputError(f"{path} cannot be loaded: {error}", error.hint or _HINT) from error
    except RecursionError as error:
        raise InputError(f"{path} cannot be loaded: nested too deeply", _HINT) from error
    except _FAULTS as error:
        told = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{path} cannot be loaded: {told}", _HINT) from error


def _members(file: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for member in file.infolist():
        matched = _MEMBER.fullmatch(member.filename)
        if not matched:
            raise InputError(f"it holds {member.filename[:60]!a}, which is no part of an archive")
        if member.filename in members:
            raise InputError(f"it holds {member.filename} twice")
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{member.filename} is packed in a way that archives are not")
        members[member.filename] = member
    packed = sum(member.compress_size for member in members.values())
    unpacked = sum(member.file_size for member in members.values())
    if packed > size or unpacked > ALWAYS_UNPACKED + MOST_UNPACKED * size:
        raise InputError(f"it would unpack to {unpacked} bytes, too many for a file of {size}")
    return members


def _is_manifest(found: dict[str, Any]) -> bool:
    told, head = found.get("tables"), found.get("head")
    return (
        all(isinstance(found.get(name), str) for name in ("revision", "content_hash"))
        and isinstance(head, list)
        and [type(part) for part in head] == [int, str]
        and isinstance(told, dict)
        and all(
            isinstance(one, dict)
            and isinstance(one.get("rows"), int)
            and isinstance(one.get("bytes"), int)
            and isinstance(one.get("sha256"), str)
            for one in told.values()
        )
    )
