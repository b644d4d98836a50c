"""The closed lists that the network answers from, in its order; a model file lists them too and is refused when they differ."""

from __future__ import annotations

from tawatur.reader import classes

KINDS = classes.KINDS
OF_KIND = {kind: classes.types_of(classes.FAMILY[kind]) for kind in KINDS}
TYPES = tuple(t for family in dict.fromkeys(classes.FAMILY.values()) for t in classes.types_of(family))
STATUSES = classes.STATUSES
OUTCOMES = ("", *classes.OUTCOMES)
ENDS = ("anchor", "actor", "target", "place", "source", "cue")
"""What the network finds the last word of by itself; times, weapons and figures end where their mention ends."""
END_OF = {"actor": "actor", "target": "target", "place": "place", "origin": "source", "outer": "source", "cue": "cue"}
WIDEST = 16
"""Words in a span at most."""
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)
"""Borders of the steps in which the network sees the words between an anchor and another word, on either side."""
FAR = 4
"""Sentences further than this are all as far."""
