"""A saved HTML page to its report: canonical blocks, metadata, and what was left out and why.

trafilatura finds the main text; embedded posts and captions, which it would flatten, are taken out before and put
back by their places; metadata are read from the page itself, so that the hour and the UTC offset stay. A page too
large or too deep for it is read by a plain linear rule.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

import lxml.etree
import lxml.html

from tawatur.errors import InputError
from tawatur.model import Attachment, Issue
from tawatur.text.attachments import base_of, links, pictures
from tawatur.text.blocks import Block
from tawatur.text.embeds import mark, take_captions, take_posts
from tawatur.text.furniture import is_sentence, judge
from tawatur.text.metadata import Metadata, metadata_of
from tawatur.text.pruning import prune

MAX_PAGE = 6_000_000
_MAX_EXTRACTED = 2_000_000
_MAX_ELEMENTS = 60_000
_DEEP = 200
_MOST_SCRIPTS = 300
_SPACES = re.compile(r"\s+")
_PLACE = re.compile(r"tawatur-embed-(\d+)-kept")
_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre td figcaption dd dt article section div".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.I | re.S)
_SNIFF = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|script|table)\b", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its blocks in order (title first), what is known about it, what was left out."""

    blocks: tuple[Block, ...]
    metadata: Metadata
    issues: tuple[Issue, ...] = field(default=())
    attachments: tuple[Attachment, ...] = ()


def looks_like_html(text: str) -> bool:
    """Whether a text is a page or a piece of one: it opens with a tag, and has the tags of pages near its top."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and _SNIFF.search(head) is not None


def read_html(content: str, address: str = "") -> Page:
    """The report on the page ``content`` found at ``address``. :class:`InputError` where it holds no text."""
    issues: list[Issue] = []
    if len(content) > MAX_PAGE:
        issues.append(Issue("too-long", f"only the first {MAX_PAGE:,} characters of the page were read"))
        content = content[:MAX_PAGE]
    tree = _parse(content)
    if tree is None:
        raise InputError("the page holds no text", "save the page again once it is loaded, or give its text")
    meta = metadata_of(tree, address)
    issues.extend(meta.issues)
    embeds: list[Block] = []
    wordless = take_posts(tree, embeds)
    issues.extend(Issue("embed", f"a post whose words the page does not hold: {at}") for at in wordless)
    left = Counter(prune(tree))
    base = base_of(tree, meta.url)
    shown = [*pictures(tree, base), *(Attachment("post", at) for at in wordless if at.startswith("http"))]
    take_captions(tree, embeds)
    order = _SPACES.sub(" ", " ".join(tree.itertext()))
    lines = _extract(tree, len(content))
    if not lines and content.count("<") > _DEEP:
        lines = _without_tags(content)
    blocks = _blocks(lines, embeds, meta.title)
    blocks = _without_furniture(_with_lost(blocks, embeds, order), left)
    issues.extend(Issue("furniture", f"left out: {reason} ({count}×)") for reason, count in left.items())
    title = [Block("title", meta.title)] if meta.title else []
    if not blocks and not title:
        raise InputError("the page holds no report", "it may be a log-in wall or be filled by scripts: save its text")
    return Page(tuple(title + blocks), meta, tuple(issues), (*shown, *links(tree, blocks, base)))


def _parse(content: str) -> lxml.html.HtmlElement | None:
    """The tree, whatever the page is like; libxml2 closes what is nested too deep."""
    parser = lxml.html.HTMLParser(recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    raw = _NO_XML.sub(" ", content).encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(raw, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, lxml.html.HtmlElement) else None


def _extract(tree: lxml.html.HtmlElement, size: int) -> list[tuple[str, str]]:
    """Tag and words of each paragraph of the main text."""
    small = size <= _MAX_EXTRACTED and sum(1 for _ in tree.iter()) <= _MAX_ELEMENTS
    if small and _depth(tree) <= 200:
        found = _with_trafilatura(tree)
        if found:
            return found
    return _linear(tree)


def _without_tags(content: str) -> list[tuple[str, str]]:
    """The sentences of a page whose nesting libxml2 gives up on, by taking its tags away."""
    if len(re.findall(r"<(?:script|style)", content, re.I)) > _MOST_SCRIPTS:
        return []
    bare = unescape(_TAG.sub("\n", _SCRIPT.sub("\n", content)))
    return [("p", line) for piece in bare.split("\n") if is_sentence(line := _SPACES.sub(" ", piece).strip())]


def _depth(tree: lxml.html.HtmlElement) -> int:
    """The deepest nesting, without recursion."""
    deepest = now = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


def _with_trafilatura(tree: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    import trafilatura

    raw = lxml.html.tostring(tree, encoding="unicode")
    document = trafilatura.bare_extraction(raw, include_comments=False, include_tables=True, deduplicate=False)
    body = getattr(document, "body", None)
    if body is None:
        return []
    out: list[tuple[str, str]] = []
    for element in body.iter("p", "head", "item", "quote", "code", "cell"):
        if any(child.tag in ("p", "item", "quote", "cell") for child in element):
            words = element.text or ""
        else:
            words = " ".join(element.itertext())
        for line in _split(words):
            out.append(("h2" if element.tag == "head" else "p", line))
    return out


def _linear(tree: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """The words of each block that is not itself made of blocks, in order; runs of links are left out."""
    out: list[tuple[str, str]] = []
    for element in tree.iter():
        if element.tag not in _BLOCKS:
            continue
        words = [element.text or ""]
        linked = 0
        for child in element:
            if child.tag not in _BLOCKS and isinstance(child.tag, str):
                piece = _text_of(child)
                linked += len(piece) if child.tag == "a" else 0
                words.append(piece)
            words.append(child.tail or "")
        joined = "".join(words)
        if joined.strip() and linked < 0.5 * len(joined):
            for line in _split(joined):
                out.append(("h2" if element.tag in _HEADINGS else "p", line))
    return out


def _text_of(element: lxml.html.HtmlElement) -> str:
    return "".join(element.itertext())


def _split(words: str) -> list[str]:
    return [line for piece in words.split("\n\n") if (line := _SPACES.sub(" ", piece).strip())]


def _blocks(lines: list[tuple[str, str]], embeds: list[Block], title: str) -> list[Block]:
    """Paragraphs with the embedded posts and captions back in their places; the title is not said twice."""
    out: list[Block] = []
    seen: set[int] = set()
    folded = _SPACES.sub(" ", title)
    for tag, line in lines:
        edge = 0
        for found in _PLACE.finditer(line):
            _add(out, tag, line[edge : found.start()], folded)
            number = int(found.group(1))
            if number < len(embeds) and number not in seen:
                seen.add(number)
                out.append(embeds[number])
            edge = found.end()
        _add(out, tag, line[edge:], folded)
    return out


def _with_lost(blocks: list[Block], embeds: list[Block], order: str) -> list[Block]:
    """Posts and captions that the main-text finder dropped, put back before the paragraph that follows them on the
    page; what stands after the last paragraph belongs to something else."""
    lost = [(at, n) for n, e in enumerate(embeds) if e not in blocks and (at := order.find(mark(n))) >= 0]
    if not lost or not blocks:
        return blocks
    edge = 0
    out: list[Block] = []
    for block in blocks:
        at = order.find(block.text[:40], edge) if block.kind in ("body", "heading") else -1
        if at >= 0:
            out += [embeds[n] for place, n in lost if edge <= place < at]
            edge = at
        out.append(block)
    return out


def _without_furniture(blocks: list[Block], left: Counter[str]) -> list[Block]:
    """What the main-text finder let through: lines of other headlines and buttons, by the rules for plain text."""
    keep = frozenset(i for i, block in enumerate(blocks) if block.kind not in ("body", "heading"))
    reasons = judge([block.text for block in blocks], page=False, keep=keep)
    left.update(reason for reason in reasons if reason)
    return [block for block, reason in zip(blocks, reasons, strict=True) if not reason]


def _add(out: list[Block], tag: str, line: str, title: str) -> None:
    line = line.strip()
    if not line or (line == title and len(out) < 3):
        return
    if out and out[-1].text == line:
        return
    out.append(Block("heading" if tag == "h2" else "body", line))
