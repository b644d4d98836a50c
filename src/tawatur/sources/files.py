"""One text: the bytes of a file, or of standard input."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture, CaptureKind
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.streams import Source

MAX_FILE = 64 << 20
"""Bytes of one page or text; a collection may have any size."""


def text_of(source: Source, options: SourceOptions, kind: CaptureKind = "") -> Iterator[Found]:
    """The one capture that the whole file is."""
    yield capture_of(whole(source), source, options, kind)


def whole(source: Source) -> bytes:
    """All bytes of one report. Raises :class:`InputError` where there are too many."""
    content = source.whole(MAX_FILE)
    if content is None:
        raise InputError(
            f"{source.called} is larger than {MAX_FILE >> 20} MB, too large for one report",
            "for a collection, give one JSON object a line and --documents",
        )
    return content


def capture_of(
    content: bytes,
    source: Source,
    options: SourceOptions,
    kind: CaptureKind = "",
    *,
    address: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Capture:
    """The capture of one page or text: nothing of where its file lies belongs to what it is."""
    return Capture(
        content,
        address=address,
        kind=kind,
        title=options.title,
        published=options.published,
        outlet=options.outlet,
        found_at=source.name,
        attachments=attachments,
    )
