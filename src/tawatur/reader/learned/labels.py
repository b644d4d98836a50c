"""The closed lists that the network answers from, in its order; a model file lists them too and is refused when they differ."""

from __future__ import annotations

KINDS = ("event", "aggregate", "statement", "statistic")
DEEDS = (
    "strike.rocket", "strike.drone", "strike.air", "strike.artillery", "strike.mixed", "strike.unspecified", "bomb",
    "clash", "shooting", "naval", "interception", "raid", "abduction", "capture", "deployment", "protest", "harm",
    "damage",
)  # fmt: skip
SPEECH = (
    "threat", "pledge", "accusation", "condemnation", "demand", "denial", "praise", "assessment", "announcement",
)  # fmt: skip
FIGURES = ("total_attacks", "total_casualties", "rate_change", "other")
TYPES = DEEDS + SPEECH + FIGURES
OF_KIND = {"event": DEEDS, "aggregate": DEEDS, "statement": SPEECH, "statistic": FIGURES}
STATUSES = ("happened", "denied", "threatened", "planned", "possible")
OUTCOMES = ("", "hit", "intercepted", "missed", "no_damage")
ENDS = ("anchor", "actor", "target", "place", "source", "cue")
"""What the network finds the last word of by itself; times, weapons and figures end where their mention ends."""
END_OF = {"actor": "actor", "target": "target", "place": "place", "origin": "source", "outer": "source", "cue": "cue"}
WIDEST = 16
"""Words in a span at most."""
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)
"""Borders of the steps in which the network sees the words between an anchor and another word, on either side."""
FAR = 4
"""Sentences further than this are all as far."""
