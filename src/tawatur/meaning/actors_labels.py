"""Neutral names for a party in both languages: the catalogue's; for words that it does not know, the words themselves."""

from __future__ import annotations

from tawatur.meaning.actors_tables import Entity
from tawatur.model import Label


def label_of(words: str, known: Entity | None) -> Label:
    """The label of a resolved party; where none is known, the words of the report in the language that they are in."""
    if known is not None:
        return known.label
    return Label(en=words) if words.isascii() else Label(ar=words)
