"""Pictures, videos and files that were saved beside a report."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tawatur.model import Attachment, AttachmentKind

MAX_MEDIA = 16 << 20
"""Bytes of one picture or file that are kept; of a larger one only the digest."""
MAX_MEDIA_OF_ONE = 64 << 20
"""Bytes of all pictures and files of one report that are kept."""
_STEP = 1 << 20
_KINDS: dict[str, AttachmentKind] = {"image": "picture", "video": "video"}
_FRAME = ("text/css", "javascript", "ecmascript", "font", "text/html", "application/json", "application/octet-stream")


def kind_of(media_type: str) -> AttachmentKind:
    """What an attachment of this media type is."""
    return _KINDS.get(media_type.split("/")[0], "file")


def media_type_of(name: str) -> str:
    """The media type that the name of a file tells, "" where it tells none."""
    return mimetypes.guess_type(name, strict=False)[0] or ""


def belongs_to_the_frame(media_type: str) -> bool:
    """Whether it is what a browser draws a page with (style, scripts, fonts, frames of advertisements), and nothing
    that the report shows."""
    return not media_type or any(mark in media_type.lower() for mark in _FRAME)


def saved_file(path: Path, address: str, kind: AttachmentKind | None = None) -> Attachment | None:
    """The file at ``path`` as the attachment that its report calls ``address``; None where it cannot be read."""
    digest, pieces, size = hashlib.sha256(), [], 0
    media_type = media_type_of(path.name)
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            while piece := stream.read(_STEP):
                digest.update(piece)
                size += len(piece)
                if size <= MAX_MEDIA:
                    pieces.append(piece)
    except (OSError, ValueError):
        return None
    content = b"".join(pieces) if size <= MAX_MEDIA else None
    return Attachment(
        kind or kind_of(media_type), address, media_type=media_type, digest=digest.hexdigest(), content=content
    )


def within_limits(found: Iterator[Attachment]) -> tuple[Attachment, ...]:
    """``found``, with bytes only as far as one report may have them."""
    out, left = [], MAX_MEDIA_OF_ONE
    for attachment in found:
        size = len(attachment.content or b"")
        if size > left:
            attachment = replace(attachment, content=None)
        else:
            left -= size
        out.append(attachment)
    return tuple(out)
