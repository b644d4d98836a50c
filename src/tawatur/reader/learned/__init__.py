"""The learned reader: a small network that points at words and links them. ``make model`` trains it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tawatur.reader.protocol import Reader

FOLDER = Path(__file__).resolve().parents[2] / "data" / "learned"
"""Where the model lies."""


def available() -> bool:
    """Whether the model is there."""
    return (FOLDER / "meta.json").is_file()


def load() -> Reader:
    """The learned reader, ready to read; :class:`tawatur.errors.TawaturError` where its model is damaged."""
    # Only who reads with the model pays for loading what runs it.
    from tawatur.reader.learned.reader import LearnedReader

    return LearnedReader(FOLDER)
