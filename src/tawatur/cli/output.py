"""Where results go: standard output, or a file that appears whole or not at all. Always UTF-8."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from tawatur.errors import TawaturError


class ReaderGoneError(Exception):
    """Whoever read standard output has stopped. (click would end the process on a ``BrokenPipeError`` itself.)"""


class Output:
    """A place to write to. With a path, a file beside it is written and put in its place when all went well; the old
    one stays when not. Raises :class:`TawaturError` where it cannot be written."""

    def __init__(self, path: str | None) -> None:
        self._path = Path(path) if path else None
        self._temporary: Path | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Output:
        if self._path is None:
            self._stream = sys.stdout.buffer
            return self
        try:
            if self._path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
        except OSError as error:
            raise self._failed(error) from None
        self._temporary, self._stream = Path(name), os.fdopen(handle, "wb")
        return self

    def write(self, text: str) -> None:
        """Write ``text``; half of a surrogate pair, which no UTF-8 can hold, becomes a question mark."""
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, content: bytes) -> None:
        """Write ``content`` as it is."""
        assert self._stream is not None
        try:
            self._stream.write(content)
        except BrokenPipeError:
            raise ReaderGoneError from None
        except OSError as error:
            raise self._failed(error) from None

    def flush(self) -> None:
        """What was written so far to standard output is seen now; a file appears at the end, whole."""
        if self._path is not None or self._stream is None:
            return
        try:
            self._stream.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._stream is not None
        if self._path is None or self._temporary is None:
            try:
                self._stream.flush()
            except BrokenPipeError:
                raise ReaderGoneError from None
            return
        try:
            self._stream.close()
            if kind is None:
                mask = os.umask(0)
                os.umask(mask)
                self._temporary.chmod(0o666 & ~mask)
                self._temporary.replace(self._path)
        except OSError as failure:
            raise self._failed(failure) from None
        finally:
            with contextlib.suppress(OSError):
                self._temporary.unlink(missing_ok=True)

    def _failed(self, error: OSError) -> TawaturError:
        where = str(self._path) if self._path else "standard output"
        return TawaturError(f"{where} cannot be written: {error.strerror or error}", "check the folder and its space")
