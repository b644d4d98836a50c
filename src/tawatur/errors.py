"""The one root error: a plain line, a hint, and the exit code that the command line ends with."""

from __future__ import annotations


class TawaturError(Exception):
    """Something that a person can mend. ``hint`` says how; ``code`` is the process's exit code."""

    code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(TawaturError):
    """An input that cannot be read as a report (exit code 3)."""

    code = 3


class StoppedError(TawaturError):
    """Reading cannot go on, and no document is to blame: the run ends, and what was not read waits for the next."""


def placed(where: str, message: str) -> str:
    """A message with the place that it speaks of before it, unless it names that place first itself."""
    return message if not where or message.startswith(where) else f"{where}: {message}"
