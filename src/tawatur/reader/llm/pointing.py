"""What a model told, to marks and links: each value is found among the words that the model was shown, or is dropped
with an issue. Nothing is repaired by guess."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol, cast

from tawatur.model import Issue, MarkRole, Span
from tawatur.reader.llm.answer import Told, short
from tawatur.reader.llm.locate import Ground, nearest
from tawatur.reader.llm.pieces import Piece, Range
from tawatur.reader.marks import Marks
from tawatur.reader.scene import Scene

ABSENT, NO_FIGURE = "not-in-text", "no-figure"
CONFIDENCE = 0.5
"""A model's own word on how sure it is measures nothing; this says that nothing is known."""


class _Found(Protocol):
    """Something that was found in the text before: a number, a time, a weapon."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Pointer:
    """Points at the words of records, in one piece of a scene. ``issues`` gathers what was dropped."""

    def __init__(self, scene: Scene, piece: Piece, out: Marks) -> None:
        self._scene = scene
        self._own = Ground(scene.text, piece.ranges)
        self._shown = Ground(scene.text, (*piece.ranges, *piece.headline))
        self._out = out
        self.issues: list[Issue] = []

    def point(self, told: Told) -> None:
        """Marks a record and its values; nothing where its anchor is not in the text."""
        at = self._anchor(told)
        if at is None:
            return
        out, scene = self._out, self._scene
        anchor = out.anchor(*at, f"{told.kind}/{told.type}/{told.status}/{told.outcome}", CONFIDENCE)
        for role, words in told.values.items():
            hit = self._value(role, words, at)
            if hit is not None:
                out.link(anchor, cast(MarkRole, role), *(_meant(hit, scene.times) or hit if role == "time" else hit))
        for words in told.weapons:
            hit = self._value("weapon", words, at)
            if hit is not None:
                out.link(anchor, "weapon", *(_meant(hit, scene.weapons) or hit))
        for of, words in told.numbers:
            self._number(anchor, of, words, at)
        order = 0
        for words in told.source:
            hit = self._value("source", words, at)
            if hit is not None:
                out.link(anchor, "source", *hit, order=order)
                order += 1

    def _anchor(self, told: Told) -> Range | None:
        """Where the anchor stands: in its sentence or nearest to it. Without the sentence it must stand in one place
        only, for which of several is meant would be a guess."""
        sentences = self._own.find(told.sentence)
        hits = self._own.find(told.anchor)
        if not hits:
            self._drop(ABSENT, f"{told.kind} {told.type} left out: its anchor {short(told.anchor)} is not in the text")
            return None
        if sentences:
            return min((nearest(hits, s) or hits[0] for s in sentences), key=lambda hit: _away(hit, sentences))
        if told.sentence:
            self._drop(ABSENT, f"the sentence {short(told.sentence)} is not in the text", hits[0])
        if len(hits) == 1:
            return hits[0]
        self._drop(
            ABSENT,
            f"{told.kind} {told.type} left out: its anchor {short(told.anchor)} stands in {len(hits)} places, and no"
            " sentence of the text says which is meant",
        )
        return None

    def _value(self, role: str, words: str, anchor: Range) -> Range | None:
        """Where the words of a value stand: in the anchor's sentence, else anywhere; nearest to the anchor."""
        hits = self._shown.find(words)
        start, end = self._sentence(anchor)
        hit = nearest([h for h in hits if start <= h[0] and h[1] <= end] or hits, anchor)
        if hit is None:
            self._drop(ABSENT, f"{role} {short(words)} is not in the text", anchor)
        return hit

    def _sentence(self, anchor: Range) -> Range:
        sentences = self._scene.sentences
        at = bisect_right(sentences, anchor[0], key=lambda s: s.start) - 1
        return (sentences[at].start, sentences[at].end) if at >= 0 else anchor

    def _number(self, anchor: int, of: str, words: str, at: Range) -> None:
        hit = self._value("number", words, at)
        if hit is None:
            return
        figure = _meant(hit, self._scene.numbers)
        if figure is None:
            self._drop(NO_FIGURE, f"number {short(words)} is no figure", hit)
        else:
            self._out.link(anchor, "number", *figure, label=of)

    def _drop(self, code: str, message: str, at: Range | None = None) -> None:
        span = Span(*at, self._scene.text[slice(*at)]) if at is not None else None
        self.issues.append(Issue(code, message, span))


def _away(hit: Range, sentences: Sequence[Range]) -> tuple[int, int]:
    return min((max(0, hit[0] - end, start - hit[1]), hit[0]) for start, end in sentences)


def _meant(hit: Range, found: Sequence[_Found]) -> Range | None:
    """The words of a mention that the hit shares most with, so that it means what the mention means; None where there
    is no mention."""
    shared = [(min(hit[1], f.end) - max(hit[0], f.start), -f.start, f.end) for f in found]
    best = max((s for s in shared if s[0] > 0), default=None)
    return None if best is None else (-best[1], best[2])
