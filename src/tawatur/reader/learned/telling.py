"""What the network tells at one anchor."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawatur.reader.learned.picking import Pick
from tawatur.reader.scene import Words


@dataclass(slots=True)
class Telling:
    """What is told at one anchor, as the network links it."""

    anchor: Words
    kind: str
    type: str
    status: str
    outcome: str
    chance: float
    actors: list[Pick] = field(default_factory=list)
    targets: list[Pick] = field(default_factory=list)
    places: list[Pick] = field(default_factory=list)
    times: list[Pick] = field(default_factory=list)
    weapons: list[Pick] = field(default_factory=list)
    numbers: list[tuple[str, Pick]] = field(default_factory=list)
    chain: list[Pick] = field(default_factory=list)
    cue: list[Pick] = field(default_factory=list)
