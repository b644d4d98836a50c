"""Words of a text as numbers: shingles, the fingerprints that find shared passages, and a signature for near-copies.

A shingle is a run of five folded words. Fingerprints are the shingles that winnowing keeps (Schleimer, Wilkerson and
Aiken 2003, "Winnowing: local algorithms for document fingerprinting"): every passage of ten words or more that two
texts share gives them a fingerprint in common. The signature is a MinHash of all shingles, for texts that so many
share that their fingerprints tell nothing. All numbers depend on the words only: not on a process, order or machine.
"""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rensa import RMinHash  # type: ignore[import-untyped]

from tawatur.text.tokens import tokenize

SHINGLE = 5
"""Words in a shingle."""
WINDOW = 6
"""Shingles of which at least one is kept: passages of SHINGLE + WINDOW - 1 words are never missed."""
PERMUTATIONS = 64
BANDS = 16
"""Bands of the signature: texts whose Jaccard index is about 0.5 or more share one (1 - (1 - 0.5^4)^16 = 0.64; at
0.7 it is 0.99)."""
_SEED = 20231208
_MASK = (1 << 64) - 1
_FACTOR = 0x9E3779B97F4A7C15
_VERSION = b"L1"


class Words(NamedTuple):
    """The words of a text without its marks: folded, and where each stands."""

    norms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Signature(NamedTuple):
    """What the index keeps of a text: number of words, fingerprints (sorted), bands of the MinHash."""

    words: int
    prints: tuple[int, ...]
    bands: tuple[int, ...]

    def to_bytes(self) -> bytes:
        """A form to keep: eight bytes a fingerprint."""
        numbers = array("Q", (*self.bands, *self.prints))
        if struct.pack("=H", 1) != struct.pack("<H", 1):
            numbers.byteswap()
        return _VERSION + struct.pack("<II", self.words, len(self.bands)) + numbers.tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Signature:
        """The signature that ``to_bytes`` gave; ``ValueError`` for anything else."""
        if kept[:2] != _VERSION or len(kept) < 10 or (len(kept) - 10) % 8:
            raise ValueError("not a signature of this version")
        words, bands = struct.unpack("<II", kept[2:10])
        numbers = array("Q")
        numbers.frombytes(kept[10:])
        if struct.pack("=H", 1) != struct.pack("<H", 1):
            numbers.byteswap()
        return cls(words, tuple(numbers[bands:]), tuple(numbers[:bands]))


def words_of(text: str) -> Words:
    """The words of ``text``; marks, spaces and what folds to nothing are left out."""
    found = [t for t in tokenize(text) if t.script != "mark"]
    return Words(tuple(t.norm for t in found), tuple(t.start for t in found), tuple(t.end for t in found))


@lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def shingles(norms: Sequence[str], size: int = SHINGLE) -> list[int]:
    """A number (64 bits) for every run of ``size`` words, in order; a shorter text is one shingle."""
    numbers = [_number(w) for w in norms]
    if not numbers:
        return []
    out: list[int] = []
    for i in range(max(len(numbers) - size + 1, 1)):
        value = 0
        for n in numbers[i : i + size]:
            value = ((value ^ n) * _FACTOR) & _MASK
            value ^= value >> 29
        out.append(value)
    return out


def winnow(values: Sequence[int]) -> frozenset[int]:
    """The smallest number of every window of WINDOW neighbours."""
    if len(values) <= WINDOW:
        return frozenset((min(values),)) if values else frozenset()
    return frozenset(min(values[i : i + WINDOW]) for i in range(len(values) - WINDOW + 1))


def sign(norms: Sequence[str]) -> Signature:
    """The signature of a text's words."""
    values = shingles(norms)
    if not values:
        return Signature(0, (), ())
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update([f"{v:016x}" for v in sorted(set(values))])
    digest = minhash.digest()
    rows = PERMUTATIONS // BANDS
    bands = tuple(
        int.from_bytes(
            hashlib.blake2b(struct.pack(f"<I{rows}I", b, *digest[b * rows : (b + 1) * rows]), digest_size=8).digest(),
            "little",
        )
        for b in range(BANDS)
    )
    return Signature(len(norms), tuple(sorted(winnow(values))), bands)
