"""Triggers that tell of one happening in one sentence are one cluster: "a raid that hit … and killed three"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tawatur.model import Issue, Span
from tawatur.reader.clauses import word_class
from tawatur.reader.scene import Scene
from tawatur.reader.triggers import Trigger

# No sentence and no stretch of a report that somebody wrote tells of more; what does is a list of words or an attack on the reader.
MOST_IN_SENTENCE = 24
MOST_IN_SCENE = 400
# Nouns that tell only by what means a deed was done, where its verb stands before them.
_MEANS = frozenset({"shells_noun", "fire_noun", "rocket_noun", "bullets", "plant_bomb"})
_VIOLENT = ("strike.", "bomb", "shooting", "clash", "naval")


@dataclass(slots=True)
class Cluster:
    """One telling of one happening: the trigger that anchors it, and those that only add to it."""

    head: Trigger
    sentence: int
    others: list[Trigger] = field(default_factory=list)
    left: int = 0
    right: int = 0

    @property
    def first(self) -> int:
        return min([self.head.i, *[t.i for t in self.others]])

    @property
    def last(self) -> int:
        return max([self.head.j, *[t.j for t in self.others]])

    @property
    def casualty(self) -> bool:
        return any("casualty" in t.sense.flags for t in (self.head, *self.others))


def violent(trigger: Trigger) -> bool:
    return trigger.sense.type.startswith(_VIOLENT) or trigger.sense.id == "massacre"


def _between(scene: Scene, a: Trigger, b: Trigger) -> tuple[set[str], int, bool]:
    """The classes of the small words between two triggers, the gap in words, and whether "and" joins them."""
    classes: set[str] = set()
    gap = 0
    joined = b.prefix[:1] == "و"
    for k in range(a.j, b.i):
        token = scene.tokens[k]
        if token.script == "mark":
            if token.norm in ".؛;":
                classes.add("stop")
            elif token.norm in "،,":
                classes.add("comma")
            continue
        gap += 1
        cls = word_class(token.norm)
        if cls:
            classes.add(cls)
            if cls in ("result", "cause", "break") and token.norm[:1] == "و" and word_class(token.norm[1:]) == cls:
                joined = joined or cls == "break"
    if b.prefix[:1] == "ب":
        classes.add("cause")
    if b.prefix[:2] == "لل" or b.prefix == "ل":
        classes.add("to")
    return classes, gap, joined


def _linked(scene: Scene, a: Trigger, b: Trigger) -> str:
    """How ``b`` belongs to ``a``: "" not at all, "adds" (a anchors), "carries" (b anchors)."""
    classes, gap, joined = _between(scene, a, b)
    if "stop" in classes or gap > 25:
        return ""
    if a.sense.type == b.sense.type == "figure" and gap <= 14 and "break" not in classes:
        return "carries" if a.sense.id == "total" and b.sense.id in ("rise", "drop", "reach") else "adds"
    hurt_a, hurt_b = "casualty" in a.sense.flags, "casualty" in b.sense.flags
    harm_b = hurt_b or b.sense.type == "damage"
    if violent(a) and harm_b and "break" not in classes:
        if "result" in classes or (gap <= 12 and not b.verb and "cause" not in classes):
            return "adds"
        if b.verb and not joined and gap <= 10:
            return "adds"
        if joined and gap <= 12:
            return "adds"
    harm_a = hurt_a or a.sense.type == "damage"
    caused = ("cause" in classes or "in" in classes or b.prefix[:1] == "ب") and gap <= 14
    if harm_a and violent(b) and not b.verb and not joined and "break" not in classes and caused:
        return "carries"
    if hurt_a and hurt_b and "break" not in classes and gap <= 8:
        return "adds"
    if violent(a) and violent(b) and not joined and "break" not in classes:
        noun_a = not a.verb
        if noun_a and b.verb and gap <= 8 and "comma" not in classes:
            return "adds"
        if noun_a and "weak" in a.sense.flags and gap <= 1 and not b.verb:
            return "carries"
        if a.verb and not b.verb and b.prefix.lstrip("وف")[:1] == "ب" and gap <= 20:
            return "adds"
        if b.sense.id in _MEANS and gap <= 20:
            return "adds"
    if a.sense.id == "undergo" and not b.verb and b.prefix.lstrip("وف")[:1] == "ل" and not joined and gap <= 10:
        # "the base underwent an attack": the attack is what happened, also where "its undergoing" is a noun.
        return "carries"
    if a.sense.id == "operation" and not b.verb and gap <= 1 and not joined:
        return "carries"
    if "weak" in a.sense.flags and a.sense.id == "operation" and b.verb and not joined and gap <= 4:
        return "carries"
    return ""


def clusters(scene: Scene, triggers: Sequence[Trigger]) -> list[Cluster]:
    """The clusters of a document in order of their heads, each with the tokens that it may look at.

    Those beyond ``MOST_IN_SENTENCE`` and ``MOST_IN_SCENE`` are left out, and ``scene.issues`` says so.
    """
    out: list[Cluster] = []
    for t in triggers:
        s = scene.sentence_at(t.i)
        last = out[-1] if out and out[-1].sentence == s else None
        if last is not None:
            tail = last.others[-1] if last.others else last.head
            how = _linked(scene, tail, t) or (_linked(scene, last.head, t) if tail is not last.head else "")
            if how == "adds":
                last.others.append(t)
                continue
            if how == "carries":
                last.others.append(last.head)
                last.head = t
                continue
        out.append(Cluster(t, s))
    out = _bounded(scene, out)
    for n, c in enumerate(out):
        sentence = scene.sentences[c.sentence]
        before = out[n - 1].last if n and out[n - 1].sentence == c.sentence else sentence.i
        after = out[n + 1].first if n + 1 < len(out) and out[n + 1].sentence == c.sentence else sentence.j
        c.left, c.right = before, after
    return out


def _bounded(scene: Scene, found: list[Cluster]) -> list[Cluster]:
    out: list[Cluster] = []
    left_out: list[Cluster] = []
    in_sentence, sentence = 0, -1
    for c in found:
        in_sentence = in_sentence + 1 if c.sentence == sentence else 1
        sentence = c.sentence
        full = in_sentence > MOST_IN_SENTENCE or len(out) >= MOST_IN_SCENE
        (left_out if full else out).append(c)
    scene.issues = [i for i in scene.issues if i.code != "crowded"]
    if left_out:
        first = left_out[0].head
        span = Span(first.start, first.end, scene.text[first.start : first.end])
        scene.issues.append(
            Issue("crowded", f"{len(left_out)} words of attack in too dense a text were not read", span)
        )
    return out
