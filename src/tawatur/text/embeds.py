"""Embedded posts and captions of a page: taken out of the tree, a mark left in their place.

The main-text finder would flatten them into paragraphs, their authors' lines with them. Read are the blockquotes that
X, Facebook and Instagram give to embed with, and messages of Telegram as its widget draws them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import lxml.etree
import lxml.html

from tawatur.text.blocks import Block
from tawatur.text.posts import address_in, day_in, links_in

_SPACES = re.compile(r"[^\S\n]+")
_SIGNED = re.compile(r"^[—–―-]{1,3}\s*(?P<name>.{0,120}?)\s*\(@(?P<handle>[\w.]{1,30})\)", re.S)
_SHARED_BY = re.compile(
    r"(?:A post shared by|Posted by|نشره|تم النشر بواسطة)\s+(?P<name>[^\n(]{1,100}?)\s*(?:\(@(?P<handle>[\w.]{1,30})\)|\bon\b|في\b|$)"
)
_MOST = 200
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Kind:
    """How one network's embeds are recognised and read: XPath, the attribute with the address, XPaths of its pieces."""

    xpath: str
    address: str = ""
    author: str = ""
    words: str = ""
    time: str = ""


def _has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


KINDS = (
    Kind(f"//blockquote[{_has('twitter-tweet')} or {_has('twitter-video')}]"),
    Kind(f"//blockquote[{_has('instagram-media')}]", "data-instgrm-permalink"),
    Kind(f"//blockquote[{_has('fb-xfbml-parse-ignore')}]", "cite"),
    Kind(f"//div[{_has('fb-post')}]", "data-href"),
    Kind(
        f"//div[{_has('tgme_widget_message')}]",
        "data-post",
        f".//*[{_has('tgme_widget_message_owner_name')} or {_has('tgme_widget_message_author')}]",
        f".//*[{_has('tgme_widget_message_text')}]",
        ".//time/@datetime",
    ),
    Kind("//blockquote[.//a[contains(@href, '/status/')] and contains(., '(@')]"),
)
_WORDLESS = (
    ("//script[@data-telegram-post]", "data-telegram-post", "https://t.me/"),
    (
        "//iframe[contains(@src, 'facebook.com/plugins/post') or contains(@src, 'platform.twitter.com/embed')]",
        "src",
        "",
    ),
)


def mark(number: int) -> str:
    """The words that stand in the tree for the block ``number`` until the main text is found."""
    return f"tawatur-embed-{number}-kept"


def take_posts(tree: lxml.html.HtmlElement, blocks: list[Block]) -> list[str]:
    """Take the embedded posts out of ``tree`` into ``blocks``. Returns the addresses of posts whose words the page
    does not hold (a script draws them)."""
    for kind in KINDS:
        for element in tree.xpath(kind.xpath)[:_MOST]:
            if element.getparent() is None or len(blocks) >= _MOST:
                continue
            block = _post(element, kind)
            if block is not None:
                _replace(element, blocks, block)
    wordless = []
    for xpath, attribute, prefix in _WORDLESS:
        wordless += [prefix + element.get(attribute, "")[:300] for element in tree.xpath(xpath)[:_MOST]]
    return wordless


def take_captions(tree: lxml.html.HtmlElement, blocks: list[Block]) -> None:
    """Take the captions of pictures out of ``tree`` into ``blocks``."""
    for element in tree.xpath("//figcaption | //*[contains(@class, 'wp-caption-text')]")[:_MOST]:
        words = _flat(element)
        if words and len(words) <= 600 and element.getparent() is not None:
            figure = next((a for a in element.iterancestors("figure")), None)
            if figure is not None and len(_flat(figure)) <= len(words) + 200:
                _replace(figure, blocks, Block("caption", words))
            else:
                _replace(element, blocks, Block("caption", words))


def _replace(element: lxml.html.HtmlElement, blocks: list[Block], block: Block) -> None:
    place = lxml.html.Element("p")
    place.text = mark(len(blocks))
    place.tail = element.tail
    element.tail = None
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, place)
        blocks.append(block)


def _post(element: lxml.html.HtmlElement, kind: Kind) -> Block | None:
    source = element
    if kind.words:
        found = element.xpath(kind.words)
        if not found:
            return None
        source = found[-1]
    text = "\n".join(_lines(source))[:_LONGEST]
    if not text:
        return None
    hrefs = [a.get("href", "") for a in element.iter("a")]
    links = tuple(dict.fromkeys((*(h for h in hrefs if h.startswith("http")), *links_in(text))))[:50]
    address = element.get(kind.address, "") if kind.address else ""
    if kind.address == "data-post" and address:
        address = "https://t.me/" + address
    times = element.xpath(kind.time) if kind.time else []
    return Block(
        "post",
        text,
        _author(text) if not kind.author else next((_flat(e) for e in element.xpath(kind.author)), ""),
        day_in(str(times[-1])) if times else day_in("\n".join(text.splitlines()[-2:])),
        address.split("?")[0] or address_in(links),
        links,
    )


def _author(text: str) -> str:
    for line in reversed(text.splitlines()):
        found = _SIGNED.match(line) or _SHARED_BY.search(line)
        if found:
            name, handle = (found["name"] or "").strip(), found["handle"]
            return f"{name} (@{handle})".strip() if handle else name
    return ""


def _lines(element: lxml.html.HtmlElement) -> list[str]:
    """The words of an element; paragraphs and line breaks end lines."""
    out: list[str] = []
    for event, node in lxml.etree.iterwalk(element, events=("start", "end")):
        block = node is not element and node.tag in ("p", "br", "div", "blockquote")
        if event == "start":
            out.append("\n" if block else "")
            out.append((node.text or "").replace("\n", " "))
        elif node is not element:
            out.append("\n" if block and node.tag != "br" else "")
            out.append((node.tail or "").replace("\n", " "))
    return [line for piece in "".join(out).split("\n") if (line := _SPACES.sub(" ", piece).strip())]


def _flat(element: lxml.html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
