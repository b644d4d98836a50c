"""Who says so: the speech acts of a document, their speakers, chains and what each vouches for.

``read_speech`` finds them in order of the text; ``vouching`` answers for the anchor of an event whose word it is
(codebook rules 15, 16, 24, 25). Which speech acts are records of their own is decided in speech_types.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech_cues import classes
from tawatur.reader.speech_grounds import Range

Mode = Literal["quoted", "reported"]


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech act. Ranges are token ranges, half open, ``content_span`` offsets.

    ``chain`` runs from nearest the publisher to the origin; empty: the publisher itself. ``scope`` is what the act
    vouches for. ``score`` says how sure it is that the act is a record of its own, ``strong`` that it is one even
    where an event is told inside; ``link`` tells how a chain of several came about; ``claim`` that it only announces the speaker's own deed (codebook rule 1).
    """

    cue: Words
    speaker: Words | None
    chain: tuple[Words, ...]
    content: Range | None
    content_span: Range | None
    mode: Mode
    scope: Range
    lemma: str
    role: str
    shape: str
    kind: str = ""
    target: Words | None = None
    time: int | None = None
    type: str = "assessment"
    score: float = 0.0
    strong: bool = False
    claim: bool = False
    person: str = "?"
    told: bool = True
    nested: bool = False
    link: str = ""
    weights: tuple[float, ...] = ()


def read_speech(scene: Scene) -> list[Speech]:
    """The speech acts of ``scene`` in order of the text, typed."""
    from tawatur.reader.speech_reader import SpeechReader
    from tawatur.reader.speech_types import typed

    return typed(scene, SpeechReader(scene).read())


def _goes_on(scene: Scene, n: int) -> bool:
    """Whether a sentence opens with "also", "as well" (codebook rule 25)."""
    s = scene.sentences[n]
    carry = classes()["carry"]
    return any(scene.tokens[k].norm.removeprefix("و") in carry for k in range(s.i, min(s.j, s.i + 2)))


def vouching(speeches: list[Speech], scene: Scene) -> Callable[[int], Speech | None]:
    """A function from the token of an anchor to the innermost speech that vouches for it; None: the publisher."""
    ranked = sorted(speeches, key=lambda s: (s.scope[0], -s.scope[1]))

    def ask(token: int) -> Speech | None:
        best: Speech | None = None
        size = 0
        for s in ranked:
            if s.scope[0] > token:
                break
            if token < s.scope[1] and (best is None or s.scope[1] - s.scope[0] <= size):
                best, size = s, s.scope[1] - s.scope[0]
        return best

    def carried(token: int) -> Speech | None:
        found = ask(token)
        if found is not None or not ranked:
            return found
        n = scene.sentence_at(token)
        if n == 0 or not _goes_on(scene, n):
            return None
        here, before = scene.sentences[n], scene.sentences[n - 1]
        speech = ask(before.j - 1) or ask(before.j - 2)
        return speech if here.paragraph == before.paragraph else None

    return carried
