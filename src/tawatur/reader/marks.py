"""Marks and links in the making, for whichever reader makes them."""

from __future__ import annotations

from tawatur.model import Link, Mark, MarkRole, Span


class Marks:
    """What a reader points at; the same words in the same role are one mark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[Mark] = []
        self.links: list[Link] = []
        self._known: dict[tuple[str, int, int, str], int] = {}

    def anchor(self, start: int, end: int, label: str, score: float) -> int:
        """A new anchor with its class (``kind/type/status/outcome``); gives its id, which links name."""
        mark = Mark(len(self.marks), "anchor", Span(start, end, self.text[start:end]), label, score)
        self.marks.append(mark)
        return mark.id

    def link(self, anchor: int, role: MarkRole, start: int, end: int, label: str = "", order: int = 0) -> None:
        """Words that play a role for an anchor; no words, no link."""
        if end <= start:
            return
        key = (role, start, end, label)
        at = self._known.get(key)
        if at is None:
            at = self._known[key] = len(self.marks)
            self.marks.append(Mark(at, role, Span(start, end, self.text[start:end]), label))
        self.links.append(Link(anchor, at, order))
