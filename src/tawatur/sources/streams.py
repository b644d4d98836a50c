"""Files and standard input opened for reading: unpacked on the way (gzip, bzip2, xz), within limits, with a look at
the first bytes before anything is taken."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from tawatur.errors import InputError

HEAD = 1 << 16
_STEP = 1 << 18
_FREE = 256 << 20
_MOST_TIMES = 250
_LAYERS = 2


class DamagedError(InputError):
    """A source that ends or breaks in the middle: what came before it was read."""


class Readable(Protocol):
    """What is needed of a stream."""

    def read(self, size: int = -1, /) -> bytes: ...


class Source:
    """Bytes of one file, read forward. ``head`` is its beginning, which :meth:`read` gives again; ``name`` is how
    messages call it; ``path`` where it lies, None for standard input."""

    def __init__(self, raw: Readable, name: str, path: Path | None = None) -> None:
        self.name, self.path = name, path
        self._raw = _unpacked(_Peeked(raw, name), name)
        self.head = self._raw.peek()
        self.position = 0

    @property
    def called(self) -> str:
        """The name for people."""
        return "standard input" if self.name == "-" else self.name

    @property
    def file(self) -> str:
        """The name of the file without its folder, and without the ending of a packed one."""
        base = Path(self.name).name or self.name
        return base.removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes (fewer where a pipe has no more by now), b"" only at the end. Raises :class:`DamagedError` for a packed file that is damaged, cut
        off or expands beyond reason, and for a disk that cannot be read."""
        out = self._raw.read(size if size >= 0 else _STEP)
        if size < 0:
            pieces = [out]
            while out:
                out = self._raw.read(_STEP)
                pieces.append(out)
            out = b"".join(pieces)
        self.position += len(out)
        return out

    def whole(self, most: int) -> bytes | None:
        """All of it, or None where it has more than ``most`` bytes."""
        pieces, size = [], 0
        while piece := self.read(_STEP):
            size += len(piece)
            if size > most:
                return None
            pieces.append(piece)
        return b"".join(pieces)


class _Peeked:
    """A stream whose first bytes can be looked at; ``packed`` is the one that it is unpacked from."""

    def __init__(self, raw: Readable, name: str, packed: _Peeked | None = None) -> None:
        # read1 gives what a pipe has by now, and does not wait for more
        self._read: Callable[[int], bytes] = getattr(raw, "read1", raw.read)
        self._name, self._packed = name, packed
        self._held, self.taken = b"", 0
        self._fault: DamagedError | None = None

    def peek(self) -> bytes:
        """The first bytes: enough for a judgement also where a pipe gives them in small pieces. What goes wrong is
        raised when the reading comes to it."""
        try:
            while len(self._held) < HEAD and (more := self._more(HEAD - len(self._held))):
                self._held += more
        except DamagedError as error:
            self._fault = error
        return self._held[:HEAD]

    def read(self, size: int = -1, /) -> bytes:
        if self._held:
            out, self._held = self._held[:size], self._held[size:]
            return out
        return self._more(size)

    def _more(self, size: int) -> bytes:
        if self._fault is not None:
            raise self._fault
        try:
            out = self._read(size)
        except EOFError:
            raise DamagedError(f"{self._name} is cut off", "what it held until there was read; get it again") from None
        except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
            raise DamagedError(f"{self._name} is damaged: {str(error)[:120]}", "get the file again") from None
        self.taken += len(out)
        if self._packed is not None and self.taken > max(_FREE, _MOST_TIMES * self._packed.taken):
            raise DamagedError(
                f"{self._name} expands to over {_MOST_TIMES} times its size", "unpack it, if it is no trap"
            )
        return out


# The unpackers only ever call read.
_PACKERS: tuple[tuple[bytes, Callable[[BinaryIO], Readable]], ...] = (
    (b"\x1f\x8b\x08", lambda raw: gzip.GzipFile(fileobj=raw, mode="rb")),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)


def _unpacked(raw: _Peeked, name: str) -> _Peeked:
    for _ in range(_LAYERS):
        head = raw.peek()
        opener = next((opener for magic, opener in _PACKERS if head.startswith(magic)), None)
        if opener is None:
            return raw
        raw = _Peeked(opener(cast("BinaryIO", raw)), name, raw)
    return raw


def open_file(name: str) -> BinaryIO:
    """The file ``name`` opened. Raises :class:`InputError` with a hint."""
    try:
        return Path(name).open("rb")
    except FileNotFoundError:
        raise InputError(f"there is no file {name}", "check the path, or give - to read standard input") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name} cannot be opened: {reason}", "check the path and its permissions") from None
