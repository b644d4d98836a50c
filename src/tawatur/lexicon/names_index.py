"""A read-only index of names on disk, mapped into memory: it opens in a millisecond and costs only the pages it touches.

The file is ``MAGIC``, the digest of what it was compiled from, three counts, then arrays of little-endian numbers:

* ``keys`` (u64, sorted): hashes of name keys;
* ``starts`` (u32, one more than keys): where the postings of each key begin;
* ``postings`` (u32): ``row << 4 | flags``; for a first-word key the one posting is the most words such a name has;
* ``offsets`` (u32, one more than rows): where each row's text begins, then the rows as UTF-8.

A hash of 64 bits stands for its key: among half a million keys a false hit is a matter of 1 in 10^13.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

MAGIC = b"TWNAMES1"
_HEAD = struct.Struct("<8s32sQQQ")
_NEAR = 2048


def key_hash(key: str) -> int:
    """The 64-bit hash of a key, the same on every machine and in every process."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class NamesIndex:
    """The mapped file. ``find`` gives the postings of a key, ``row`` the text of a row."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, digest, keys, postings, rows = _HEAD.unpack_from(self._map)
        if magic != MAGIC or sys.byteorder != "little":
            raise ValueError(f"{path} is no names index of this version")
        self.digest: bytes = digest
        self.rows: int = rows
        view = memoryview(self._map)
        at = _HEAD.size
        self._keys = view[at : at + 8 * keys].cast("Q")
        at += 8 * keys
        self._starts = view[at : at + 4 * (keys + 1)].cast("I")
        at += 4 * (keys + 1)
        self._postings = view[at : at + 4 * postings].cast("I")
        at += 4 * postings
        self._offsets = view[at : at + 4 * (rows + 1)].cast("I")
        self._text = at + 4 * (rows + 1)
        if len(view) != self._text + self._offsets[rows]:
            raise ValueError(f"{path} is cut off")

    def find(self, key: str) -> tuple[tuple[int, int], ...]:
        """The ``(row, flags)`` of a key, in the order they were written; empty where there is none."""
        wanted = key_hash(key)
        keys, count = self._keys, len(self._keys)
        # Hashes are spread evenly: a key lies close to where its size says that it does.
        middle = wanted * count >> 64
        low, high = max(middle - _NEAR, 0), min(middle + _NEAR, count)
        if (low and keys[low] > wanted) or (high < count and keys[high] < wanted):
            low, high = 0, count
        i = bisect_left(keys, wanted, low, high)
        if i == count or keys[i] != wanted:
            return ()
        return tuple([(p >> 4, p & 15) for p in self._postings[self._starts[i] : self._starts[i + 1]]])

    def row(self, number: int) -> str:
        """The text of row ``number``."""
        start, end = self._offsets[number], self._offsets[number + 1]
        return self._map[self._text + start : self._text + end].decode()


def digest_of(paths: Iterable[Path], version: str) -> bytes:
    """A digest of the files' bytes and of the version of the code that compiles them."""
    out = blake2b(version.encode(), digest_size=32)
    for path in paths:
        out.update(path.name.encode())
        out.update(path.read_bytes())
    return out.digest()


def digest_in(path: Path) -> bytes | None:
    """The digest that an index file says it was compiled from, or None where there is no such file."""
    try:
        with path.open("rb") as file:
            magic, digest, *_ = _HEAD.unpack(file.read(_HEAD.size))
    except (OSError, struct.error):
        return None
    return digest if magic == MAGIC else None


def write_index(path: Path, digest: bytes, keys: Mapping[str, Iterable[tuple[int, int]]], rows: Iterable[str]) -> None:
    """Write an index beside its final place and rename it there: a reader never meets half a file."""
    hashed = sorted((key_hash(key), key) for key in keys)
    starts, postings = array("I", [0]), array("I")
    for _, key in hashed:
        postings.extend(row << 4 | flags for row, flags in keys[key])
        starts.append(len(postings))
    offsets, text = array("I", [0]), bytearray()
    for row in rows:
        text += row.encode()
        offsets.append(len(text))
    head = _HEAD.pack(MAGIC, digest, len(hashed), len(postings), len(offsets) - 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            for block in (head, array("Q", [h for h, _ in hashed]), starts, postings, offsets, text):
                file.write(block)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
