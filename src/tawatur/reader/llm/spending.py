"""What asking costs: tokens of a run, counted as servers tell them, and bounded where the user set a bound."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.errors import StoppedError
from tawatur.reader.llm.prompt import Message

_TOKEN = 2
"""Code points of a token, for estimates: English has about four, Arabic two to three."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Requests sent, tokens that they cost (estimated where the server did not say), and answers that were kept from an
    earlier time and cost nothing."""

    requests: int = 0
    tokens: int = 0
    kept: int = 0


class Spending:
    """Counts for one run, of several threads. ``budget`` None: no bound."""

    def __init__(self, budget: int | None) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._costs = Costs()
        self._held = 0

    @property
    def costs(self) -> Costs:
        """What was spent so far."""
        return self._costs

    def hold(self, most: int) -> None:
        """Sets aside what a request may cost at most. :class:`StoppedError` where that is not left."""
        with self._lock:
            spent = self._costs.tokens + self._held
            if self._budget is not None and spent + most > self._budget:
                raise StoppedError(
                    f"the budget of {self._budget:,} tokens does not reach for another question: {spent:,} are spent,"
                    f" and it may cost {most:,}",
                    "run it again with a larger --llm-budget: what was answered is kept and costs nothing",
                )
            self._held += most

    def spend(self, held: int, tokens: int) -> None:
        """A request for which ``held`` was set aside cost so many tokens."""
        with self._lock:
            self._held -= held
            self._costs = Costs(self._costs.requests + 1, self._costs.tokens + tokens, self._costs.kept)

    def kept(self) -> None:
        """A question needed no request."""
        with self._lock:
            self._costs = Costs(self._costs.requests, self._costs.tokens, self._costs.kept + 1)


def estimate(messages: Sequence[Message]) -> int:
    """About how many tokens a conversation has."""
    return sum(len(m["content"]) for m in messages) // _TOKEN
