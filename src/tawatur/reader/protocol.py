"""What every reader is: it is given a scene and points at words of it. Which one is chosen is a small value that
travels to the processes that read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from tawatur.model import Reading
from tawatur.reader.scene import Scene

RULES, LEARNED, LLM = "rules", "learned", "llm"
NAMES = (RULES, LEARNED, LLM)
"""The readers that there are."""


class Reader(Protocol):
    """A reader: it may only point at words, link them and pick classes from closed lists. Used by several threads."""

    @property
    def name(self) -> str:
        """What it is called in a record's ``reader`` and on the command line."""
        ...

    @property
    def digest(self) -> str:
        """A hash of what it reads with beyond the program's code and tables (a model file; a model's name, its
        endpoint and the prompt); "" where there is nothing."""
        ...

    @property
    def floors(self) -> Mapping[str, float] | None:
        """By kind of record the confidence (0 to 1) below which a record is left out once its tellings are merged, 0
        where a kind is not named. None: the floors that were fitted for the rules reader."""
        ...

    def confidence(self, kind: str, score: float) -> float:
        """How probable it is (0 to 1) that a record of this kind is right, by the score that it has once its tellings
        are merged; the score itself where that was never measured."""
        ...

    def read(self, scene: Scene) -> Reading:
        """The marks and links of a document, or of a stretch of a long one. Raises
        :class:`tawatur.errors.TawaturError` where it cannot be read, and
        :class:`tawatur.errors.StoppedError` where nothing more can be."""
        ...


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """What the reader that asks a model is told by its user. ``endpoint`` is the address of an OpenAI-compatible server
    (``http://127.0.0.1:8080/v1``); without one nothing is sent anywhere. ``max_tokens`` bounds one answer, ``seconds``
    one request, ``budget`` the tokens of a whole run (None: no bound); ``cached`` keeps answers on disk."""

    endpoint: str = ""
    model: str = ""
    max_tokens: int = 4096
    seconds: float = 120.0
    budget: int | None = None
    cached: bool = True


@dataclass(frozen=True, slots=True)
class ReaderChoice:
    """Which reader is to read. ``name`` is one of :data:`NAMES`, or "" for the best that is at hand."""

    name: str = ""
    llm: LlmOptions = LlmOptions()

    def shared_by(self, workers: int) -> ReaderChoice:
        """The choice for each of several processes: they share what may be spent."""
        if workers < 2 or self.llm.budget is None:
            return self
        return replace(self, llm=replace(self.llm, budget=self.llm.budget // workers))


BEST = ReaderChoice()
"""The choice of one who chooses nothing."""
