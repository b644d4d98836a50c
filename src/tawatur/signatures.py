"""The first bytes of files that are no text: what they are, and what helps.

Sources ask it to leave pictures in a folder alone, texts to refuse what somebody gives as one.
"""

from __future__ import annotations

_TABLE: tuple[tuple[bytes, int, str, str], ...] = (
    (b"%PDF-", 0, "a PDF", "take its text out first, for example with pdftotext"),
    (b"PK\x03\x04", 0, "a zip archive or an Office file", "unpack it, or save the report as text or HTML"),
    (b"\xd0\xcf\x11\xe0", 0, "an old Office file", "save the report as text or HTML"),
    (b"\x1f\x8b", 0, "gzip data", "unpack it first, for example with gunzip"),
    (b"BZh", 0, "bzip2 data", "unpack it first, for example with bunzip2"),
    (b"\xfd7zXZ", 0, "xz data", "unpack it first, for example with unxz"),
    (b"\x28\xb5\x2f\xfd", 0, "zstd data", "unpack it first, for example with unzstd"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", 0, "a rar archive", "unpack it first"),
    (b"ustar", 257, "a tar archive", "unpack it, and give the folder"),
    (b"\x89PNG", 0, "a picture (PNG)", "tawatur reads text, not pictures"),
    (b"\xff\xd8\xff", 0, "a picture (JPEG)", "tawatur reads text, not pictures"),
    (b"GIF8", 0, "a picture (GIF)", "tawatur reads text, not pictures"),
    (b"WEBP", 8, "a picture (WebP)", "tawatur reads text, not pictures"),
    (b"ftyp", 4, "a video or a picture", "tawatur reads text, not pictures or sound"),
    (b"\x1aE\xdf\xa3", 0, "a video", "tawatur reads text, not pictures or sound"),
    (b"ID3", 0, "a sound file", "tawatur reads text, not sound"),
    (b"OggS", 0, "a sound file", "tawatur reads text, not sound"),
    (b"\x7fELF", 0, "a program", "give the report itself"),
    (b"SQLite format 3\x00", 0, "an SQLite database", "export the texts as JSONL first"),
)


def signature(content: bytes) -> tuple[str, str] | None:
    """What ``content`` is by its first bytes ("a PDF"), and a hint; None where it may be a text."""
    for magic, at, what, hint in _TABLE:
        if content.startswith(magic, at):
            return what, hint
    return None
