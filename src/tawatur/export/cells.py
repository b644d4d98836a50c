"""Words in two directions in the cells of a table."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.containers import Lines
from rich.text import Text as RichText

from tawatur.records.gloss_tables import FSI, PDI


class Text(RichText):
    """Text whose bidi isolates hold on every line that it is folded into: one that was opened above and is closed below
    would turn round what stands in the other cells of the line."""

    def wrap(self, console: Console, width: int, **how: Any) -> Lines:
        """The lines of the text, each with as many isolates opened as closed; the marks take no room."""
        out = Lines()
        depth = 0
        for line in super().wrap(console, width, **how):
            before = depth
            line.rstrip()  # what a column pads it with stands outside
            for mark in line.plain:
                depth = depth + 1 if mark == FSI else max(depth - 1, 0) if mark == PDI else depth
            whole = RichText(FSI * before, end="").append_text(line).append(PDI * depth)
            whole.justify, whole.overflow, whole.end = line.justify, line.overflow, line.end
            out.append(whole)
        return out
