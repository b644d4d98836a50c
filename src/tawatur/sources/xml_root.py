"""The first element of an XML document, found without a parser: enough to tell a feed from a sitemap and a page."""

from __future__ import annotations

import codecs
import re

_HEAD = 1 << 16
_NAME = re.compile(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,40})")
_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: "utf-8"}


def head_of(content: bytes) -> str:
    """The beginning of ``content`` as characters; only its ASCII can be relied on."""
    head = content[:_HEAD]
    mark = next((bom for bom in _BOMS if head.startswith(bom)), b"")
    return head[len(mark) :].decode(_BOMS.get(mark, "latin-1"), "replace")


def root_of(content: bytes) -> str:
    """The local name of the root element in lower case; "" where ``content`` does not begin as XML does: with white
    space, declarations, comments and a document type at most."""
    head = head_of(content)
    at = 0
    while True:
        while at < len(head) and (head[at].isspace() or head[at] == "\x00"):
            at += 1
        if head.startswith("<?", at):
            end = _after(head, "?>", at)
        elif head.startswith("<!--", at):
            end = _after(head, "-->", at)
        elif head[at : at + 9].upper() == "<!DOCTYPE":
            end = _after_doctype(head, at)
        else:
            found = _NAME.match(head, at)
            return found[1].lower() if found else ""
        if end < 0:
            return ""
        at = end


def _after(head: str, mark: str, at: int) -> int:
    found = head.find(mark, at)
    return found + len(mark) if found >= 0 else -1


def _after_doctype(head: str, at: int) -> int:
    end, inner = head.find(">", at), head.find("[", at)
    if 0 <= inner < end:
        end = head.find(">", head.find("]", inner)) if "]" in head[inner:] else -1
    return end + 1 if end >= 0 else -1
