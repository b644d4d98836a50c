"""From a choice to the reader: each is loaded when it is first asked for, and once in a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from tawatur.errors import TawaturError
from tawatur.reader import rules
from tawatur.reader.protocol import LEARNED, LLM, NAMES, RULES, Reader, ReaderChoice

_LEARNED = "tawatur.reader.learned"


def name_of(choice: ReaderChoice) -> str:
    """The name of the reader that a choice comes down to: where nothing is chosen, the rules
    (docs/decisions/0011-the-learned-reader.md says why not the learned one yet), and these, too, where the learned one is
    asked for and has no model here. :class:`TawaturError` for a name that is no reader's."""
    if choice.name and choice.name not in NAMES:
        raise TawaturError(f"there is no reader {choice.name!r}", f"there are {', '.join(NAMES)}")
    if choice.name == LEARNED and not _has_model():
        return RULES
    return choice.name or RULES


def took_over(choice: ReaderChoice) -> bool:
    """Whether the rules reader reads in place of the learned one, for want of its model file."""
    return choice.name == LEARNED and name_of(choice) == RULES


def _has_model() -> bool:
    available = _available()
    return available is not None and available()


def _available() -> Callable[[], bool] | None:
    """What tells whether the learned reader has its model; None where the program comes without that reader."""
    if find_spec(_LEARNED) is None:
        return None
    told: Callable[[], bool] | None = getattr(import_module(_LEARNED), "available", None)
    return told


@cache
def reader_of(choice: ReaderChoice) -> Reader:
    """The reader of a choice, loaded. :class:`TawaturError` where it lacks something that the user must give."""
    name = name_of(choice)
    if name == LEARNED:
        learned: Reader = import_module(_LEARNED).load()
        return learned
    if name == LLM:
        from tawatur.reader import llm

        return llm.load(choice.llm)
    return rules.RULES_READER
