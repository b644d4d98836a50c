"""What a figure counts: attacks, munitions, killed, injured, per cent, sites or something else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tawatur.lexicon.tables import rows
from tawatur.model import NumberOf
from tawatur.reader.clauses import word_class
from tawatur.reader.scene import Scene
from tawatur.reader.triggers import Trigger
from tawatur.text.normal import fold
from tawatur.text.tokens import stems

_KILLING = frozenset({"kill", "martyr", "ascend", "die", "fall_dead", "martyr_noun", "execute", "assassinate", "massacre", "recover_bodies"})
_HURTING = frozenset({"wound"})


@cache
def _units() -> dict[str, NumberOf]:
    return {fold(r["word"]): r["of"] for r in rows("units.csv")}  # type: ignore[misc]


@cache
def _persons() -> frozenset[str]:
    return frozenset(fold(r["word"]) for r in rows("persons.csv"))


@cache
def unit(norm: str) -> NumberOf | None:
    """What a counted noun stands for by ``data/units.csv``, with or without its article; None where it is not there."""
    units = _units()
    return next((units[s] for s, _ in stems(norm) if s in units), None)


@cache
def person(norm: str) -> bool:
    """Whether a word names a person or persons by ``data/persons.csv``."""
    return any(s in _persons() for s, _ in stems(norm))


def counted(scene: Scene, index: int, triggers: Sequence[Trigger]) -> NumberOf:
    """What the figure ``scene.numbers[index]`` counts, by its noun, else by the verb of killing or hurting around it.

    ``triggers`` are those of its cluster, in order."""
    q = scene.numbers[index]
    if q.kind == "percent":
        return "percent"
    tokens = scene.tokens
    if q.kind == "dual":
        own = unit(tokens[q.i].norm)
        if own is not None:
            return own
        if not person(tokens[q.i].norm):
            return "other"
    else:
        for k in range(q.j, min(q.j + 3, len(tokens))):
            if tokens[k].script == "mark" and tokens[k].norm not in '"«':
                break
            own = unit(tokens[k].norm)
            if own is not None:
                return own
            if person(tokens[k].norm):
                break
        near = tokens[q.j].norm if q.j < len(tokens) else ""
        if near and not person(near) and tokens[q.j].script == "arabic" and not _bare(scene, q.j):
            return "other"
    return _by_verb(q.i, q.j, triggers)


def _bare(scene: Scene, k: int) -> bool:
    """Whether what follows a figure is no noun that it could count (a preposition, "على الأقل", "وأصيب")."""
    norm = scene.tokens[k].norm
    return bool(word_class(norm)) or norm[:1] == "و" or norm in ("علي", "اخرين", "اخرون")


def _by_verb(i: int, j: int, triggers: Sequence[Trigger]) -> NumberOf:
    before = [t for t in triggers if t.i < i and "casualty" in t.sense.flags]
    after = [t for t in triggers if t.i >= j and "casualty" in t.sense.flags]
    for t in [*reversed(before), *after]:
        if t.sense.id in _KILLING:
            return "killed"
        if t.sense.id in _HURTING:
            return "injured"
        if t.sense.id == "kill_en":
            return "killed"
        if t.sense.id == "toll":
            return "killed"
    return "other"
