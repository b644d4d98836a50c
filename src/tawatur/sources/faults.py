"""What goes wrong on the way to a page, as one exception that says how the attempt ended."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["page", "unchanged", "gone", "refused", "unreachable", "unfit"]
"""How an attempt ended: bytes came; they are as before (304); the page is not there (404, 410); we may not (our own
guard, robots.txt, or the server: 401, 403, 451); nothing usable came; something came that is no page, or too large."""


class Fault(Exception):
    """An attempt that brought nothing: ``note`` is one plain line; ``retry`` says that another try may help, and
    ``after`` how many seconds the server asked to wait until then; ``status`` is the server's, where it answered."""

    def __init__(
        self,
        note: str,
        outcome: Outcome = "unreachable",
        *,
        retry: bool = False,
        after: float | None = None,
        status: int = 0,
    ) -> None:
        super().__init__(note)
        self.note = note
        self.outcome: Outcome = outcome
        self.retry = retry
        self.after = after
        self.status = status
