"""What a figure counts: attacks, munitions, killed, injured, per cent, sites or something else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from tawatur.lexicon.tables import rows
from tawatur.meaning.numbers import Quantity
from tawatur.model import NumberOf
from tawatur.reader.candidates import Around, ruling
from tawatur.reader.clauses import word_class
from tawatur.reader.scene import Scene
from tawatur.reader.triggers import Trigger
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut, stems

_KILLING = frozenset(
    {
        "kill",
        "lost_life",
        "martyr",
        "ascend",
        "die",
        "fall_dead",
        "martyr_noun",
        "execute",
        "assassinate",
        "massacre",
        "recover_bodies",
    }
)
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


@cache
def _single(norm: str) -> int:
    """How many folded letters to take off a word that names one person (an indefinite singular), else -1."""
    for stem, letters in stems(norm):
        if stem in _singulars():
            prefix = norm[:letters]
            return -1 if prefix.endswith(("ال", "لل")) else letters
    return -1


@cache
def _singulars() -> frozenset[str]:
    return frozenset(fold(r["word"]) for r in rows("persons.csv") if r["one"])


def singles(text: str, tokens: Sequence[Token], taken: Sequence[Quantity]) -> list[Quantity]:
    """Persons told as one by an indefinite singular ("a civilian", "شهيد"): 1-1 by codebook rule 18. What becomes
    of them is chosen later, as for every figure."""
    busy = {k for q in taken for k in range(q.i, q.j + 1)}
    out = []
    for k, t in enumerate(tokens):
        if t.script != "arabic" or k in busy:
            continue
        letters = _single(t.norm)
        if letters >= 0:
            out.append(Quantity(k, k + 1, cut(text, t, letters) if letters else t.start, t.end, 1, 1, "single"))
    return out


def settled(scene: Scene, index: int, of: str) -> NumberOf:
    """A chosen class made exact: counted places are sites, whatever class of figure they were taken for."""
    q = scene.numbers[index]
    k = q.i if q.kind == "dual" else q.j
    noun = unit(scene.tokens[k].norm) if k < len(scene.tokens) else None
    if noun == "sites" and of in ("attacks", "other"):
        return "sites"
    if noun == "attacks" and of == "other":
        return "attacks"
    if noun == "munitions" and of in ("killed", "injured"):
        return "munitions"
    if of in ("killed", "injured") and scene.tokens[q.i].script != "arabic":
        of = _told_harm(scene, q.j) or of
    return cast(NumberOf, of)


_KILLED = frozenset(("killed", "dead", "died", "killing", "deaths"))
_HURT = frozenset(("wounded", "injured", "hurt", "wounding", "injuring", "injuries"))
_HARM_WITHIN = 7
"""Words behind an English figure in which the verb says what became of those counted ("two contractors were hurt")."""


def _told_harm(scene: Scene, j: int) -> str:
    for token in scene.tokens[j : j + _HARM_WITHIN]:
        if token.norm in _KILLED:
            return "killed"
        if token.norm in _HURT:
            return "injured"
        if token.norm in (".", ",", ";", "and"):
            break
    return ""


def number_candidates(around: Around) -> list[tuple[int, list[str]]]:
    """The figures of the cluster's sentence, each with the features by which it is chosen what it counts, if
    anything, for this cluster."""
    scene, cluster = around.scene, around.cluster
    mine = sorted([cluster.head, *cluster.others], key=lambda t: t.i)
    hurt = [t for t in mine if "casualty" in t.sense.flags]
    out = []
    for n, q in enumerate(scene.numbers):
        if q.i >= around.high:
            break
        if q.i < around.low or q.kind == "ordinal":
            continue
        if q.kind == "dual" and (any(t.verb and t.i == q.i for t in mine) or (n and scene.numbers[n - 1].j == q.i)):
            # The dual of a verb ("both hit") or of an adjective ("two unmanned craft") counts nothing of its own.
            continue
        if q.kind == "single" and not hurt and cluster.head.sense.type not in ("harm", "shooting", "bomb"):
            continue
        of = counted(scene, n, mine)
        nearest = min(mine, key=lambda t: abs(t.i - q.i))
        side = "R" if q.i >= nearest.j else "L" if q.j <= nearest.i else "I"
        gap = q.i - nearest.j if side == "R" else nearest.i - q.j
        region = "own" if cluster.left <= q.i < cluster.right else "alien"
        near = "0" if gap <= 0 else "1" if gap == 1 else "3" if gap <= 3 else "8" if gap <= 8 else "+"
        noun = scene.tokens[q.j].norm if q.j < around.high and q.kind != "dual" else scene.tokens[q.i].norm
        prep = ruling(scene, q.i, q.start, around.low)
        size = (
            "1"
            if q.high == 1
            else "2"
            if q.high == 2
            else "9"
            if (q.low or 0) < 10
            else "99"
            if (q.low or 0) < 100
            else "999"
            if (q.low or 0) < 1000
            else "+"
        )
        a, b = (nearest.j, q.i) if side == "R" else (q.j, nearest.i)
        crossed = [h for h in around.heads if a <= h < b]
        apart = any(a <= k < b for k in around.breaks)
        rival = min((abs(h - q.i) for h in around.heads), default=99)
        mine_nearest = "mine" if abs(nearest.i - q.i) <= rival else "theirs"
        owner = min(around.hurts, key=lambda h: (abs(h[0] - q.i), h[0]), default=None)
        owned = "none" if owner is None else "mine" if owner[1] else "other"
        among = any(
            scene.tokens[k].norm in ("بينهم", "بينها", "منهم", "بينهن", "including", "among")
            for k in range(max(around.low, q.i - 3), q.i)
        )
        out.append(
            (
                n,
                [
                    "bias", f"of.{of}", f"{of}.{q.kind}", f"{of}.{side}.{near}", f"{of}.{region}", f"{of}.{nearest.sense.id}", f"{of}.{nearest.sense.id}.{side}",
                    f"noun.{noun}", f"prep.{prep}", f"{of}.{prep}", f"size{size}", f"{of}.size{size}", f"{q.kind}.{side}.{near}",
                    f"head.{cluster.head.sense.id}.{of}", f"{region}.{side}.{near}", *([f"among.{of}", "among"] if among else []),
                    f"owner.{owned}.{of}", f"owner.{owned}.{of}.{side}", f"alone.{not around.heads}.{of}", f"owner.{owned}.{region}",
                    f"{of}.{mine_nearest}", f"{mine_nearest}.{region}", f"crossed{min(len(crossed), 2)}.{side}", f"type.{cluster.head.sense.type}.{of}",
                    *([f"apart.{side}", f"apart.{of}"] if apart else []),
                    *([f"hurt.{hurt[0].sense.id}.{of}.{len(hurt)}"] if hurt else [f"nohurt.{of}"]),
                ],
            )
        )  # fmt: skip
    return out
