"""The parts of a plain text: title, headings, paragraphs, embedded posts, captions, and the furniture around them."""

from __future__ import annotations

import re
from dataclasses import replace

from tawatur.model import Part
from tawatur.text.furniture import is_body, is_caption, judge, markers
from tawatur.text.posts import embedded_posts, links_in
from tawatur.text.saved import Stretch, saved_post

_LONGEST_TITLE = 200
_LONGEST_HEADING = 90
_MOST_HEADING_WORDS = 12
_BULLET = re.compile(r"^\s*(?:[-–—•*▪◾🔹🔸📌✅]|\(?[\d٠-٩]{1,3}\s?[-–.)/])")
_NO_HEADING = tuple(".،؛:,;…")
_POST_END = re.compile(r"pic\.(?:twitter|x)\.com/\w+\W*\Z")
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*")
_BRAND = re.compile(r"\s[-–|]\s")
_SPACES = re.compile(r"\s+")


def parts_of(text: str, title: str = "") -> tuple[Part, ...]:
    """The parts of ``text`` in order, without overlap; what lies between them is white space. ``title`` is the
    title that ``text`` begins with, where the input gave one; else a headline on the first line is found."""
    title_end = len(title) if title and text.startswith(title) else 0
    out: list[Part] = []
    if title.strip() and title_end:
        out.append(_trim(text, Part("title", 0, title_end)))
    edge = title_end
    stretches = saved_post(text) if not title_end else []
    for stretch in stretches:
        out.extend(_lines(text, edge, stretch.start, saved=True))
        out.extend(_of_stretch(text, stretch))
        edge = stretch.end
    out.extend(_lines(text, edge, len(text), saved=bool(stretches), title_end=title_end))
    return tuple(_without_inline(text, [part for part in out if part.start < part.end]))


def _of_stretch(text: str, stretch: Stretch) -> list[Part]:
    body = text[stretch.start : stretch.end]
    if stretch.reason:
        return [_trim(text, Part("furniture", stretch.start, stretch.end, reason=stretch.reason))]
    post = Part("post", stretch.start, stretch.end, stretch.author, stretch.date, links=links_in(body))
    return [_trim(text, post)]


def _line_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The non-blank lines between two offsets, without the white space at their edges."""
    out = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = text[start:stop]
        inner = line.strip()
        if inner:
            left = start + len(line) - len(line.lstrip())
            out.append((left, left + len(inner)))
        start = stop + 1
    return out


def _lines(text: str, start: int, end: int, *, saved: bool, title_end: int = 0) -> list[Part]:
    """The parts of a stretch that no network's layout tells: by its lines."""
    spans = _line_spans(text, start, end)
    if not spans:
        return []
    lines = [text[a:b] for a, b in spans]
    posts = [] if saved else embedded_posts(text, spans, title_end)
    of_post: dict[int, int] = {}
    for n, post in enumerate(posts):
        for i, (a, b) in enumerate(spans):
            if a < post.end and b > post.start:
                of_post[i] = n
    keep = set(of_post)
    copies = {line: posts[n].author for i, n in of_post.items() if len(line := lines[i]) >= 30}
    unsigned = {i: copies.get(lines[i], "") for i in range(len(lines)) if i not in keep and _unsigned(lines[i], copies)}
    keep |= set(unsigned)
    page = "\n\n" in text[start:end] and len(lines) > 3
    reasons = judge(lines, page=page, keep=frozenset(keep))
    for i in _cut_copies(lines):
        reasons[i] = reasons[i] or "a cut copy of words below"
    title = -1 if title_end or saved else _title_line(lines, reasons, keep)
    out: list[Part] = []
    done = -1
    for i, (a, b) in enumerate(spans):
        if i in of_post:
            n = of_post[i]
            post = posts[n]
            if a < post.start:
                out.append(_trim(text, Part("body", a, post.start)))
            if n > done:
                done = n
                out.append(Part("post", post.start, post.end, post.author, post.date, post.address, post.links))
            if b > post.end and text[post.end : b].strip():
                out.append(_trim(text, Part("body", post.end, b)))
        elif i in unsigned:
            out.append(Part("post", a, b, unsigned[i], links=links_in(lines[i])))
        elif reasons[i]:
            out.append(Part("furniture", a, b, reason=reasons[i]))
        elif i == title:
            out.append(Part("title", a, b))
        elif is_caption(lines[i]):
            out.append(Part("caption", a, b))
        else:
            out.append(Part("heading" if _is_heading(lines, reasons, i) else "body", a, b))
    return out


def _unsigned(line: str, copies: dict[str, str]) -> bool:
    """A post whose signature was lost: a copy of a signed one, or a line that ends with a post's picture."""
    return line in copies or ("pic." in line and _POST_END.search(line) is not None)


def _title_line(lines: list[str], reasons: list[str], keep: set[int]) -> int:
    """The line that is the headline: the first of the report, short, no sentence, with a paragraph somewhere below."""
    for i, line in enumerate(lines):
        if reasons[i] or is_caption(line):
            continue
        short = len(line) <= _LONGEST_TITLE and not line.endswith(_NO_HEADING) and not line.startswith("#")
        if i in keep or not short or len(line.split()) < 3:
            return -1
        below = (lines[n] for n in range(i + 1, len(lines)) if not reasons[n])
        return i if any(is_body(other) or len(other) > len(line) + 40 for other in below) else -1
    return -1


def _is_heading(lines: list[str], reasons: list[str], i: int) -> bool:
    """A short line without a full stop that stands between two paragraphs."""
    line = lines[i]
    if len(line) > _LONGEST_HEADING or line.endswith(_NO_HEADING) or len(line.split()) > _MOST_HEADING_WORDS:
        return False
    if i == 0 or i + 1 >= len(lines) or "#" in line or _BULLET.match(line):
        return False
    before = next((lines[n] for n in range(i - 1, -1, -1) if not reasons[n]), "")
    after = next((lines[n] for n in range(i + 1, len(lines)) if not reasons[n]), "")
    return is_body(before) and is_body(after)


def _cut_copies(lines: list[str]) -> list[int]:
    """The first lines where they are the beginning of the text below, cut off with "..." (the title of a saved page)."""
    for count in range(1, min(4, len(lines) - 1) + 1):
        if not (lines[count - 1].endswith(("...", "…")) or "... - " in lines[count - 1]):
            continue
        head = _CUT.split(" ".join(lines[:count]))[0]
        rest = _squeeze(" ".join(lines[count : count + 12]))
        for piece in (head, *(_BRAND.split(head, maxsplit=1)[1:])):
            core = _squeeze(piece)
            if len(core) >= 15 and core in rest:
                return list(range(count))
    return []


def _squeeze(text: str) -> str:
    return _SPACES.sub("", text)


def _trim(text: str, part: Part) -> Part:
    """``part`` without the white space at its edges."""
    piece = text[part.start : part.end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece) - len(piece.rstrip())
    if left == 0 and right == 0:
        return part
    return replace(part, start=part.start + left, end=max(part.start + left, part.end - right))


def _without_inline(text: str, parts: list[Part]) -> list[Part]:
    """``parts``, cut where a button's words stand inside a line."""
    triggers = [row for row in markers().inline if row[0] in text]
    for _, pattern, reason in triggers:
        out: list[Part] = []
        for part in parts:
            if part.kind == "furniture":
                out.append(part)
                continue
            edge = part.start
            for found in pattern.finditer(text, part.start, part.end):
                if found.end() == found.start():
                    continue
                out.append(_trim(text, replace(part, start=edge, end=found.start())))
                out.append(_trim(text, Part("furniture", found.start(), found.end(), reason=reason)))
                edge = found.end()
            out.append(_trim(text, replace(part, start=edge)))
        parts = [part for part in out if part.start < part.end]
    return parts
