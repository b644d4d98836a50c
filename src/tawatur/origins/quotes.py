"""Which words of a text stand in quotation marks: two reporters who heard one statement share those."""

from __future__ import annotations

import re

_PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ("‹", "›"))
_SIGNS = re.compile('["“”«»„‹›]')
LONGEST = 1500
"""Code points: a quotation mark with no partner in that reach opens nothing."""


def quoted(text: str) -> list[tuple[int, int]]:
    """The stretches ``[start, end)`` between quotation marks, marks outside; of nested ones the outer."""
    out: list[tuple[int, int]] = []
    closes = dict(_PAIRS)
    at = 0
    while True:
        opened = _SIGNS.search(text, at)
        if opened is None:
            return out
        mark = opened.group()
        closing = '"' if mark == '"' else closes.get(mark, "")
        end = text.find(closing, opened.end(), opened.end() + LONGEST) if closing else -1
        if mark == "“" and end < 0:
            end = text.find("“", opened.end(), opened.end() + LONGEST)
        if end < 0:
            at = opened.end()
            continue
        if end > opened.end():
            out.append((opened.end(), end))
        at = end + 1
