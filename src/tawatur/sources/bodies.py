"""Bodies of answers: unpacked piece by piece and counted as they are, so that a small body that unpacks to gigabytes is
met before it fills the memory.

Only gzip and deflate are asked for and taken. The client library's own decoders are not used: they pass over
encodings that they do not know, over members of gzip after the first, and over a packed body that was cut off."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

from tawatur.sources.faults import Fault

ACCEPTED = "gzip, deflate"
_STEP = 1 << 18
_MOST_LAYERS = 2


def read_body(
    pieces: Iterable[bytes], encoding: str, most: int, *, cut: bool = False, check: Callable[[], None] = lambda: None
) -> bytes:
    """The body whose raw bytes come in ``pieces``, unpacked from ``encoding`` (a Content-Encoding header). More than
    ``most`` bytes, raw or unpacked, raise :class:`Fault`, or with ``cut`` end it there. ``check`` is called for every
    piece and may raise."""
    layers = [name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in ("", "identity")]
    if len(layers) > _MOST_LAYERS or any(name not in _WINDOWS for name in layers):
        raise Fault(f"the answer is packed in a way that was not asked for ({encoding[:60]})", "unfit")
    stream: Iterator[bytes] = _counted(pieces, most, cut, check)
    for name in reversed(layers):
        stream = _counted(_unpacked(stream, name), most, cut, check)
    return b"".join(stream)


def _counted(pieces: Iterable[bytes], most: int, cut: bool, check: Callable[[], None]) -> Iterator[bytes]:
    left = most
    for piece in pieces:
        check()
        if len(piece) > left:
            if not cut:
                raise Fault(f"the answer is larger than {most / 2**20:.3g} MB", "unfit")
            yield piece[:left]
            return
        left -= len(piece)
        yield piece


# window bits as zlib takes them; deflate is told below, for half of the servers send it without its wrapper
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def _unpacked(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    machine = None
    held, members, ended = b"", 0, False
    for piece in pieces:
        held += piece
        while held and not ended:
            if machine is None:
                # a stream of gzip may go on with another one; anything else behind it (zeros, mostly) is left
                ended = members > 0 and (name == "deflate" or held[0] != 0x1F)
                if ended or len(held) < 2:
                    break
                machine = zlib.decompressobj(_window(name, held))
            yield from _steps(machine, held, name)
            held = machine.unused_data
            if machine.eof:
                machine, members = None, members + 1
        if ended:  # read to its end all the same, so that the connection can serve again
            held = b""
    if machine is not None or held:
        raise Fault("the answer was cut off", retry=True)


def _steps(machine: zlib._Decompress, held: bytes, name: str) -> Iterator[bytes]:
    """What ``held`` unpacks to, a bounded step at a time, to the end of it or of the packed stream."""
    try:
        while True:
            out = machine.decompress(held, _STEP)
            held = machine.unconsumed_tail
            if out:
                yield out
            if machine.eof or (not held and len(out) < _STEP):
                return
    except zlib.error:
        raise Fault(f"the answer cannot be unpacked ({name})", retry=True) from None


def _window(name: str, held: bytes) -> int:
    wrapped = held[0] & 0x0F == 8 and (held[0] << 8 | held[1]) % 31 == 0
    return -15 if name == "deflate" and not wrapped else _WINDOWS[name]
