"""Bytes to text: which encoding it really is, whatever was declared, and where it is damaged.

Tried in this order: a byte order mark, UTF-16 without one (every other byte nearly constant), strict UTF-8, UTF-8 with
damaged stretches, and the single-byte encodings of Arabic and Latin text, told apart by how well the letters
that follow each other fit Arabic. Every step is one pass in C over the bytes: 50 MB take seconds.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tawatur.errors import InputError
from tawatur.model import Issue, Span
from tawatur.signatures import signature

SAMPLE = 1 << 16
_MAX_STRETCHES = 20
_MAX_BY_LINE = 8 << 20

_BOMS: tuple[tuple[bytes, str, int], ...] = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
_SINGLE = ("windows-1256", "iso8859-6", "windows-1252")
_PAIRS = (
    "ال", "لا", "لم", "ية", "في", "من", "ان", "ات", "وا", "ها", "ار", "لي", "ين", "ون", "رة", "عل", "لى", "أن", "إل",
    "قا", "را", "يا", "ري", "يت", "لت", "بي", "ما", "مل", "لع", "لق", "سل", "اد", "دا", "مد", "تر", "هم", "نا",
)  # fmt: skip
_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06af]")
_MIXED = re.compile(r"[\u0621-\u064a][\u00c0-\u00ff]|[\u00c0-\u00ff][\u0621-\u064a]")
_LATIN_HIGH = re.compile(r"[a-zA-Z][\u00c0-\u00ff][a-zA-Z\s]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_VALID_MULTI = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BAD = re.compile("\ufffd+")
_MOJIBAKE = (("ط§ظ„", "windows-1256"), ("Ø§Ù„", "windows-1252"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that it turned out to be in, and what was odd about the bytes."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(content: bytes, declared: str = "") -> Decoded:
    """The text of ``content``; ``declared`` is the charset that somebody claims, which is believed only where the
    bytes do not speak against it. Raises :class:`InputError` where the bytes are no text."""
    _refuse_binary(content)
    issues: list[Issue] = []
    text, encoding = (
        _by_bom(content) or _by_utf16(content) or _by_utf8(content, issues) or _by_single(content, declared)
    )
    _refuse_noise(text)
    text = _undo_mojibake(text, issues)
    if declared and not _same(declared, encoding) and not content.isascii():
        issues.insert(0, Issue("charset", f"declared as {declared[:40]!r}, read as {encoding}"))
    issues.extend(_damage(text, content))
    return Decoded(text, encoding, tuple(issues))


def _refuse_binary(content: bytes) -> None:
    found = signature(content)
    if found:
        raise InputError(f"this is {found[0]}, not a text", found[1])


def _refuse_noise(text: str) -> None:
    """Text has next to no control characters; what was decoded from a picture or a program has many."""
    sample = text if len(text) <= 3 * SAMPLE else text[:SAMPLE] + text[len(text) // 2 :][:SAMPLE] + text[-SAMPLE:]
    odd = len(_CONTROL.findall(sample)) + 0.5 * sample.count("\ufffd")
    if odd > 2 and odd > 0.05 * len(sample):
        raise InputError("these bytes are no text", "give a text file (UTF-8 is best), an HTML page or JSONL")


def _by_bom(content: bytes) -> tuple[str, str] | None:
    for bom, encoding, length in _BOMS:
        if content.startswith(bom):
            return content[length:].decode(encoding, "replace"), encoding
    return None


def _by_utf16(content: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: of each pair one byte is the block (00, 06, FB to FE), the other varies."""
    sample = content[: min(SAMPLE, len(content) - len(content) % 2)]
    if len(sample) < 4 or (0 not in sample and 6 not in sample):
        return None
    half = len(sample) // 2
    odd, even = (sum(map(part.count, (b"\x00", b"\x06", b"\x20"))) for part in (sample[1::2], sample[::2]))
    for here, there, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if here >= 0.9 * half and there < 0.6 * half:
            return content.decode(encoding, "replace"), encoding
    return None


def _by_utf8(content: bytes, issues: list[Issue]) -> tuple[str, str] | None:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    sample = content[max(0, first - SAMPLE) : first + SAMPLE]
    good = len(_VALID_MULTI.findall(sample))
    bad = sample.decode("utf-8", "replace").count("\ufffd")
    if good >= 3 * bad or (bad <= 1 and first >= len(content) - 3 and good):
        return content.decode("utf-8", "replace"), "utf-8"
    if good >= 10 and len(content) <= _MAX_BY_LINE:
        issues.append(Issue("charset", "lines in different encodings: each was read in its own"))
        return "".join(map(_line, content.splitlines(keepends=True))), "utf-8"
    return None


def _line(line: bytes) -> str:
    """One line of a file that was pasted together from several encodings."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        if len(_VALID_MULTI.findall(line)) >= line.decode("utf-8", "replace").count("\ufffd"):
            return line.decode("utf-8", "replace")
        return _by_single(line, "")[0]


def _by_single(content: bytes, declared: str) -> tuple[str, str]:
    sample = _telling(content)
    scores = {encoding: _fit(sample.decode(encoding, "replace")) for encoding in _SINGLE}
    named = _codec(declared)
    if named and named not in ("utf-8", "ascii") and not named.startswith(("utf-16", "utf-32")):
        try:
            scores[named] = max(scores.get(named, -9.0), _fit(sample.decode(named, "replace"))) + 0.03
        except LookupError:
            named = ""
    best = max(scores, key=lambda name: scores[name])
    return content.decode(best, "replace"), best


def _telling(content: bytes) -> bytes:
    """A sample that holds the first bytes beyond ASCII: a page may open with 100,000 characters of script."""
    found = re.search(rb"[\x80-\xff]", content)
    start = max(0, found.start() - 64) if found else 0
    return content[start : start + SAMPLE]


def _fit(text: str) -> float:
    """How much ``text`` looks like Arabic (or accented Latin) rightly decoded, per character beyond ASCII."""
    high = sum(1 for c in text if ord(c) > 0x7F)
    if not high:
        return 0.0
    arabic = len(_ARABIC.findall(text))
    pairs = sum(map(text.count, _PAIRS))
    good = 0.3 * arabic + pairs + 0.8 * len(_LATIN_HIGH.findall(text))
    bad = text.count("\ufffd") + 2 * len(_CONTROL.findall(text)) + 0.7 * len(_MIXED.findall(text))
    return (good - bad) / high


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return ""


def _same(one: str, other: str) -> bool:
    first, second = _codec(one), _codec(other)
    return first == second or second.startswith(first + "-le") or second.startswith(first + "-be")


def _undo_mojibake(text: str, issues: list[Issue]) -> str:
    """UTF-8 that somebody read as a single-byte encoding and saved again as UTF-8."""
    for sign, encoding in _MOJIBAKE:
        if text.count(sign) >= 3 and text.count("ال") == 0:
            try:
                mended = text.encode(encoding).decode("utf-8")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            issues.append(Issue("mojibake", f"UTF-8 that had been read as {encoding} and saved again: undone"))
            return mended
    return text


def _damage(text: str, content: bytes) -> list[Issue]:
    """An issue for each undecodable stretch; a U+FFFD that the text itself holds is none."""
    if "\ufffd" not in text or text.count("\ufffd") == content.count(b"\xef\xbf\xbd"):
        return []
    out: list[Issue] = []
    more = 0
    for found in _BAD.finditer(text):
        if len(out) < _MAX_STRETCHES:
            span = Span(found.start(), found.end(), found.group())
            out.append(Issue("undecodable", f"{len(span.text)} byte(s) could not be decoded", span))
        else:
            more += 1
    if more:
        out.append(Issue("undecodable", f"{more} further stretches could not be decoded"))
    return out
