"""What a report points to or shows: pictures, embedded posts, links in its body. Their bytes are a source's affair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin

import lxml.html

from tawatur.model import Attachment, Part
from tawatur.text.blocks import Block

MOST = 200
"""Of each kind, so many at most are kept."""
_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre td dd dt article section div figcaption".split())
_BODY = "//article//img | //main//img | //figure//img | //*[contains(@itemprop, 'articleBody')]//img | //p//img"
_LAZY = ("data-src", "data-lazy-src", "data-original", "src")
_SAVED = re.compile(r"(?:\./)?[^/:?#]+[_.]files/[^/?#]+")
_SPACES = re.compile(r"\s+")
_LEAST_PIXELS = 50
_KEY = 60


def base_of(tree: lxml.html.HtmlElement, url: str) -> str:
    """The address that relative ones of a page found at ``url`` are relative to."""
    return absolute(next((str(href) for href in tree.xpath("//base/@href")), ""), url) or url


def absolute(href: str, base: str) -> str:
    """The address that ``href`` means on a page at ``base``: of the web, of a file saved beside the page
    (``page_files/a.jpg``, ``cid:…``), or "" where it is neither."""
    href = href.strip()
    if _SAVED.fullmatch(href):
        return href.removeprefix("./")
    if href[:4].lower() == "cid:":
        return href
    try:
        found = urljoin(base, href)
    except ValueError:
        return ""
    return found[:2000] if found.startswith(("http://", "https://")) else ""


def pictures(tree: lxml.html.HtmlElement, base: str) -> list[Attachment]:
    """The pictures of the report on a page from which furniture was taken away."""
    out: dict[str, Attachment] = {}
    for image in tree.xpath(_BODY):
        if any(0 < _pixels(image.get(side)) < _LEAST_PIXELS for side in ("width", "height")):
            continue
        sources = (image.get(name, "") for name in _LAZY)
        address = next((found for source in sources if source and (found := absolute(source, base))), "")
        if address:
            out.setdefault(address, Attachment("picture", address))
        if len(out) == MOST:
            break
    return list(out.values())


def links(tree: lxml.html.HtmlElement, kept: Iterable[Block], base: str) -> list[Attachment]:
    """The addresses that the paragraphs ``kept`` of a page link to."""
    keys = {_key(block.text) for block in kept}
    out: dict[str, Attachment] = {}
    judged: dict[lxml.html.HtmlElement, bool] = {}
    for anchor in tree.iter("a"):
        address = absolute(anchor.get("href", ""), base).split("#")[0]
        if not address or address in out or address == base.split("#")[0]:
            continue
        above = next((e for e in anchor.iterancestors() if e.tag in _BLOCKS), None)
        if above is None:
            continue
        if above not in judged:
            judged[above] = _key(_beginning(above)) in keys
        if judged[above]:
            out[address] = Attachment("link", address)
            if len(out) == MOST:
                break
    return list(out.values())


def of_posts(posts: Sequence[Block] | Sequence[Part]) -> Iterator[Attachment]:
    """The embedded posts among the blocks or parts of a report: each with its address, then the links in it."""
    for post in posts:
        if post.kind == "post":
            if post.address:
                yield Attachment("post", post.address, post.author, post.date)
            yield from (Attachment("link", link) for link in post.links if link != post.address)


def each_once(found: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """``found`` without what was said before, up to the bound of each kind."""
    out: dict[tuple[str, str], Attachment] = {}
    count: dict[str, int] = {}
    for attachment in found:
        key = (attachment.kind, attachment.address)
        if key not in out and count.get(attachment.kind, 0) < MOST:
            out[key] = attachment
            count[attachment.kind] = count.get(attachment.kind, 0) + 1
    return tuple(out.values())


def _key(text: str) -> str:
    return _SPACES.sub("", text[: 4 * _KEY])[:_KEY]


def _beginning(element: lxml.html.HtmlElement) -> str:
    """The first words of ``element``: enough to know it by."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > 2 * _KEY:
            break
    return _SPACES.sub(" ", "".join(pieces))


def _pixels(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", value or "")
    return int(found.group(1)) if found else 0
