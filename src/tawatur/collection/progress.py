"""What an adder tells whoever looks on. All of it may be ignored."""

from __future__ import annotations


class Progress:
    """Told of every step; this one does nothing. Counts are of documents."""

    def captured(self, count: int, size: int) -> None:
        """``count`` more were seen, of ``size`` bytes together."""

    def reading(self, total: int) -> None:
        """Reading begins, of ``total`` documents."""

    def read(self, count: int) -> None:
        """``count`` more were read and kept."""

    def told(self, message: str, hint: str = "") -> None:
        """Something to tell a person: what failed, and what helps."""


SILENT = Progress()
