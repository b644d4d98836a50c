"""Words that may name a place, as the finder gives them."""

from __future__ import annotations

from dataclasses import dataclass

WEAK = frozenset(["near", "area", "surroundings"])
"""Frames that say where, but not that the name is a settlement's."""
LEAST = 0.12
"""Mentions that are less likely a place than this are not given."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that may name a place: token range ``[i, j)``, offsets of the bare name, the feature word before it, how
    surely it is a place here (0 to 1), whether a capital or country stands for its government, and the key it is
    looked up by. ``side`` is a compass word that the name does not hold ("north of X"); ``held`` a preposition before the name or its feature
    word: what is named right before lies in or by it."""

    i: int
    j: int
    start: int
    end: int
    frame: str = ""
    weight: float = 0.0
    metonym: bool = False
    key: str = ""
    article: bool = False
    side: bool = False
    held: bool = False
