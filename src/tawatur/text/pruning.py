"""The elements of a page that are furniture by their tag, class or id, cut out of the tree and counted by reason."""

from __future__ import annotations

import re
from collections import Counter

import lxml.etree
import lxml.html

from tawatur.text.furniture import markers

_TAGS = {
    "script": "", "style": "", "noscript": "", "template": "", "svg": "", "iframe": "", "object": "", "canvas": "",
    "nav": "navigation of the site", "footer": "foot of the page", "form": "forms", "button": "buttons",
    "select": "forms", "input": "", "aside": "boxes beside the report", "dialog": "cookie notices and pop-ups",
}  # fmt: skip
_WHOLE = frozenset(("html", "body", "main", "head", "article"))
_WORD = re.compile(r"[a-z\u0600-\u06ff]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_SHARE = 0.4
_MOST_MEASURED = 1000
_FEW = 200


def prune(tree: lxml.html.HtmlElement) -> dict[str, int]:
    """Cut the furniture out of ``tree``; how many stretches were cut for which reason. An element that holds a large
    share of the page's paragraphs stays, whatever it is called."""
    total = _paragraphs(tree)
    doomed: list[tuple[lxml.html.HtmlElement, str]] = []
    measured = 0
    walk = lxml.etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or element.tag in _WHOLE:
            continue
        reason = _TAGS.get(element.tag)
        if reason is None:
            reason = _by_name(element)
            if not reason:
                continue
        if reason and element.tag not in ("button", "select"):
            measured += 1
            if measured > _MOST_MEASURED or _holds_report(element, total):
                continue
        doomed.append((element, reason))
        walk.skip_subtree()
    counts: Counter[str] = Counter()
    for element, reason in doomed:
        if reason and any(word.strip() for word in element.itertext()):
            counts[reason] += 1
        if element.getparent() is not None:
            element.drop_tree()
    return dict(counts)


def _by_name(element: lxml.html.HtmlElement) -> str:
    """The reason that an element's class or id gives, "" for none."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if not name or len(name) > 600:
        return ""
    if element.get("role") in ("navigation", "search", "dialog", "alertdialog"):
        return "navigation of the site"
    flat = " " + "-".join(_WORD.findall(_CAMEL.sub("-", name).lower())) + " "
    flat = flat.replace(" ", "-")
    for pattern, reason in markers().element:
        if pattern.search(flat):
            return reason
    return ""


def _paragraphs(element: lxml.html.HtmlElement) -> int:
    """How many characters stand in the paragraphs of an element."""
    return sum(len(p.text or "") + sum(len(c.tail or "") for c in p) for p in element.iter("p"))


def _holds_report(element: lxml.html.HtmlElement, total: int) -> bool:
    """Whether an element holds the headline or a large share of the paragraphs (of a page without paragraphs: any
    longer text)."""
    if element.tag in ("nav", "footer"):
        return False
    if total < _FEW:
        return sum(len(words.strip()) for words in element.itertext()) >= _FEW
    return _paragraphs(element) > _MOST_SHARE * total or any(True for _ in element.iter("h1"))
