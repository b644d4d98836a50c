"""What is said of a source from outside, and what every source gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tawatur.model import Capture, Unread

Found = Capture | Unread
"""What a source yields, one after the other."""
SourceKind = Literal["", "rows", "table", "telegram", "warc", "mhtml", "page", "text"]


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read a source, where its content does not tell.

    ``kind`` names what it is whatever it looks like. ``columns`` maps fields of a row (id, text, title, published, url,
    outlet, language) to the headers of a table. ``title`` is for one page or text; ``published`` and ``outlet`` are
    given to every report (a row's own stand before them). ``collection`` is the name that rows or messages are kept
    under, instead of that of their file or channel. ``media`` asks whoever fetches to get the pictures of
    a page as well (those saved beside a report are always kept). ``fetch`` reads an address of the web.
    """

    kind: SourceKind = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    published: str = ""
    outlet: str = ""
    collection: str = ""
    media: bool = False
    fetch: Callable[[str], Iterator[Found]] | None = None
