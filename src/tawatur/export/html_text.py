"""The report as HTML: a block for each part in its own direction, every marked stretch an element of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from tawatur.export.segments import Segment, segments
from tawatur.model import Document, Part, Record

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Marks that reorder the text around them are shown, not obeyed; other controls are not allowed in HTML at all.
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ORDER = ("anchor", "cue", "number", "weapon", "time", "place", "actor", "target", "source", "content", "reason")
_TAGS = {"title": "h1", "heading": "h2", "caption": "p", "body": "p", "post": "p", "furniture": "p"}


def inline(text: str) -> str:
    """Text of a report, escaped, its steering marks made visible and harmless."""
    safe = escape(_CONTROL.sub("\ufffd", text))
    return _TURNS.sub(lambda m: f'<span class="ctl" title="U+{ord(m.group()):04X}">\u25cc</span>', safe)


def isolated(text: str) -> str:
    """A sentence of our own: its isolates are kept as elements, since marks in the text would be shown."""
    out = []
    for i, piece in enumerate(text.split("\u2068")):
        inside, mark, rest = piece.partition("\u2069")
        out.append(f"<bdi>{inline(inside)}</bdi>{inline(rest)}" if i and mark else inline(piece))
    return "".join(out)


def attribute(text: str) -> str:
    """Text of a report for an attribute: escaped, without steering marks."""
    return escape(_TURNS.sub("", _CONTROL.sub("\ufffd", text)), quote=True)


def direction(text: str) -> str:
    """The ``dir`` and ``lang`` attributes of a stretch, by the script that most of its letters have."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return 'dir="rtl" lang="ar"' if arabic > latin else 'dir="ltr" lang="en"' if latin else 'dir="auto"'


def report(document: Document, records: Sequence[Record], prefix: str) -> str:
    """The whole text of ``document``, part by part; ids begin with ``prefix``."""
    pieces = segments(records, 0, len(document.text))
    anchors: dict[int, list[int]] = {r.anchor.end: [] for r in records}
    for i, record in enumerate(records):
        anchors[record.anchor.end].append(i)
    blocks = [_block(document, part, _slice(pieces, part), anchors, prefix) for part in _whole(document)]
    return "\n".join(block for block in blocks if block)


def _whole(document: Document) -> Iterator[Part]:
    """The parts in order, with whatever lies between them as body, so that no word of the text is left out."""
    at = 0
    for part in sorted(document.parts, key=lambda p: (p.start, p.end)):
        if part.end <= at:
            continue
        if document.text[at : part.start].strip():
            yield Part("body", at, part.start)
        yield part if part.start >= at else Part(part.kind, at, part.end)
        at = part.end
    if document.text[at:].strip():
        yield Part("body", at, len(document.text))


def _slice(pieces: Sequence[Segment], part: Part) -> list[Segment]:
    return [
        Segment(max(s.start, part.start), min(s.end, part.end), s.plays)
        for s in pieces
        if s.start < part.end and part.start < s.end
    ]


def _block(
    document: Document, part: Part, pieces: Sequence[Segment], anchors: dict[int, list[int]], prefix: str
) -> str:
    text = document.text[part.start : part.end]
    if not text.strip():
        return ""
    way = direction(text)
    body = "".join(_piece(document.text, s, anchors, prefix) for s in pieces)
    block = f'<{_TAGS[part.kind]} class="part {part.kind}" {way}>{body}</{_TAGS[part.kind]}>'
    if part.kind == "post":
        return f'<blockquote class="embedded" {way}>{block}{_post(part)}</blockquote>'
    if part.kind == "furniture":
        why = inline(part.reason or "page furniture")
        return f'<details class="furniture"><summary>Left out: {why}</summary>{block}</details>'
    return block


def _post(part: Part) -> str:
    known = [part.author, part.date.isoformat() if part.date else ""]
    told = " · ".join(f"<bdi>{inline(k)}</bdi>" for k in known if k)
    address = part.address if part.address.startswith(("https://", "http://")) else ""
    link = f' · <a href="{attribute(address)}" rel="noreferrer noopener">address</a>' if address else ""
    return f'<footer dir="ltr">Embedded post{": " if told else ""}{told}{link}</footer>'


def _piece(text: str, segment: Segment, anchors: dict[int, list[int]], prefix: str) -> str:
    words = inline(text[segment.start : segment.end])
    if segment.plays:
        roles = {role for _, role in segment.plays}
        shown = next((r for r in _ORDER if r in roles), "evidence")
        plays = " ".join(f"{i}:{role}" for i, role in segment.plays)
        mine = " ".join(dict.fromkeys(str(i) for i, _ in segment.plays))
        words = f'<span class="m {shown}" id="{prefix}-s{segment.start}" data-r="{mine}" data-plays="{plays}">{words}</span>'
    ending = [i for i in anchors.get(segment.end, ()) if (i, "anchor") in segment.plays]
    refs = "".join(
        f'<a class="ref" href="#{prefix}-r{i}" data-i="{i}" aria-label="Record {i + 1}" data-n="{i + 1}"></a>'
        for i in ending
    )
    return words + refs
