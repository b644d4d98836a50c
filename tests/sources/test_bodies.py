from __future__ import annotations

import gzip
import itertools
import tracemalloc
import zlib
from collections.abc import Iterator
from functools import cache

import pytest

from tawatur.sources.bodies import read_body
from tawatur.sources.faults import Fault

TEXT = "قال مصدر طبي إن ثلاثة قتلوا. ".encode() * 3000
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()


def pieces(raw: bytes, size: int) -> Iterator[bytes]:
    return (raw[at : at + size] for at in range(0, len(raw), size))


@cache
def packed_zeros(megabytes: int) -> bytes:
    machine = zlib.compressobj(9, wbits=31)
    zeros = bytes(1 << 20)
    return b"".join([machine.compress(zeros) for _ in range(megabytes)] + [machine.flush()])


@pytest.mark.parametrize("size", [1, 7, 65536])
@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZIP"),
        (zlib.compress(TEXT), "deflate"),
        (RAW_DEFLATE, "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
        (gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip"),
        (gzip.compress(TEXT) + bytes(20), "gzip"),
    ],
    ids=["plain", "identity", "gzip", "x-gzip", "zlib", "raw", "both", "members", "padded"],
)
def test_what_was_packed_comes_out(raw: bytes, encoding: str, size: int) -> None:
    assert read_body(pieces(raw, size), encoding, 1 << 20) == TEXT


def test_an_empty_body_is_empty_however_it_is_called() -> None:
    assert read_body([], "gzip", 10) == b""


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
def test_a_bomb_is_met_before_it_fills_the_memory(encoding: str) -> None:
    bomb = packed_zeros(1024)
    if encoding != "gzip":
        bomb = gzip.compress(bomb)
    assert len(bomb) < 2 << 20
    tracemalloc.start()
    try:
        with pytest.raises(Fault, match="larger than 4 MB"):
            read_body(pieces(bomb, 65536), encoding, 4 << 20)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_raw_bytes_count_too() -> None:
    """A gzip header whose file name never ends unpacks to nothing."""
    wire = itertools.chain([b"\x1f\x8b\x08\x08" + bytes(6)], itertools.repeat(b"x" * 1000))
    with pytest.raises(Fault, match="larger"):
        read_body(wire, "gzip", 50_000)


def test_cut_ends_at_the_limit() -> None:
    assert read_body(pieces(TEXT, 100), "", 250, cut=True) == TEXT[:250]
    assert read_body(pieces(gzip.compress(TEXT), 100), "gzip", 250, cut=True) == TEXT[:250]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_body_that_was_cut_off_is_a_fault_to_retry(encoding: str) -> None:
    raw = gzip.compress(TEXT) if encoding == "gzip" else zlib.compress(TEXT)
    with pytest.raises(Fault, match="cut off") as caught:
        read_body(pieces(raw[:-5], 64), encoding, 1 << 20)
    assert caught.value.retry


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "compress", "gzip, gzip, gzip"])
def test_what_was_not_asked_for_is_not_guessed_at(encoding: str) -> None:
    with pytest.raises(Fault, match="not asked for"):
        read_body([TEXT], encoding, 1 << 20)


def test_nonsense_is_a_fault() -> None:
    with pytest.raises(Fault, match="cannot be unpacked"):
        read_body([b"this was never packed"], "gzip", 1 << 20)
