"""The paragraphs that a page is taken apart into, before they become parts of a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tawatur.model import PartKind


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a page, its words without the white space at the edges; ``author`` to ``links`` for posts."""

    kind: PartKind
    text: str
    author: str = ""
    date: date | None = None
    address: str = ""
    links: tuple[str, ...] = ()
