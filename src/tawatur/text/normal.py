"""Normal forms of Arabic and Latin text, always with a map back to the original offsets.

``fold`` gives the form that every table of tawatur is keyed by: no harakat, tatweel, zero-width or bidi
marks; one alef, one yeh, teh marbuta as heh, hamza seats as their letter; Arabic-Indic and Persian digits
as ASCII; presentation forms as letters; lower case.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass

DROPPED = frozenset(
    [
        *(0x0640, 0x0670, 0xFEFF, 0x00AD, 0x061C),
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0660),
        *range(0x06D6, 0x06DD),
        *range(0x06DF, 0x06E9),
        *range(0x06EA, 0x06EE),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ے": "ي", "ې": "ي", "ێ": "ي",
    "ؤ": "و", "ۆ": "و", "ة": "ه", "ۃ": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ك": "ك", "ک": "ك", "گ": "ك",
    "٪": "%", "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "’": "'", "‘": "'", "`": "'",
}  # fmt: skip
_TABLE: dict[int, str | None] = {ord(k): v for k, v in _LETTERS.items()}
_TABLE.update(dict.fromkeys(DROPPED))
for _base in (0x0660, 0x06F0):
    _TABLE.update({_base + d: str(d) for d in range(10)})


def _one(char: str) -> str:
    """The folded form of one character: none, one or several characters."""
    code = ord(char)
    if code in _TABLE:
        return _TABLE[code] or ""
    if code < 0x80:
        return char.lower()
    out = unicodedata.normalize("NFKC", char).lower()
    if out == char:
        return char
    return "".join((_TABLE[ord(c)] or "") if ord(c) in _TABLE else c for c in out)


class _Folder(dict[int, str]):
    """A translation table that fills itself: each character is folded once in a process."""

    def __missing__(self, code: int) -> str:
        self[code] = out = _one(chr(code))
        return out


FOLDER = _Folder()
"""The folded form of each character by its code point."""


def fold(text: str) -> str:
    """The normal form of ``text``; without offsets, quick (``str.translate``)."""
    return text.translate(FOLDER)


@dataclass(frozen=True, slots=True)
class Normal:
    """A folded text and where each of its characters stood: ``origin[i]`` is an offset in the original."""

    text: str
    origin: array[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` of the normal form as offsets of the original; marks that were
        dropped inside stay inside, marks at the edges stay out."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} outside a text of {len(self.text)}")
        return self.origin[start], self.origin[end - 1] + 1


def normalise(text: str) -> Normal:
    """``text`` folded, with the map back."""
    out: list[str] = []
    origin = array("l")
    for i, char in enumerate(text):
        folded = FOLDER[ord(char)]
        out.append(folded)
        for _ in folded:
            origin.append(i)
    return Normal("".join(out), origin, len(text))
