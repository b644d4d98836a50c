"""Pictures that a page shows: found in its markup, fetched under the same guards as the page, and kept with it.

Attachments are no part of what a capture is: a picture that could not be had leaves a row and the page stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture, Unread
from tawatur.sources.addresses import canonical
from tawatur.sources.fetching import Fetcher

_META = frozenset({"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"})
_SOURCES = ("data-original", "data-lazy-src", "data-src", "src")
_SETS = ("data-srcset", "srcset")
_LEAST_SIDE = 65
"""Pixels: what is declared smaller is an icon or a counter."""
_NOT_PICTURES = re.compile(r"^(data|blob|javascript|about):", re.IGNORECASE)
_CANDIDATE = re.compile(r"(\S*[^,\s])(?:\s+([0-9.]+)([wx]))?\s*(?:,|$)")
_LONGEST_SET = 20_000


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """For one page: how many pictures, bytes of one, and bytes of all together."""

    number: int = 12
    bytes_each: int = 8 << 20
    bytes_all: int = 32 << 20


LIMITS = PictureLimits()


def pictures(page: bytes, base: str, charset: str = "") -> list[str]:
    """The addresses of the pictures that ``page`` names, the one it shows to other sites (og:image) first, then in the
    order of the page, each once; of a ``srcset`` the largest. Icons, and pictures inside the address, are left out."""
    found = _Pictures()
    try:
        parser = etree.HTMLParser(target=found, encoding=charset or None, huge_tree=True)
    except LookupError:  # a charset that nobody knows: addresses are ASCII in all that matter
        parser = etree.HTMLParser(target=found, huge_tree=True)
    try:
        parser.feed(page)
        parser.close()
    except (etree.LxmlError, ValueError):
        pass  # what was found before the markup became too strange is what there is
    addresses = []
    for text in (*found.shown, *found.inside):
        try:
            addresses.append(canonical(text, _base(base, found.base)))
        except InputError:
            continue
    return list(dict.fromkeys(addresses))


def with_pictures(
    capture: Capture, base: str, fetcher: Fetcher, limits: PictureLimits = LIMITS
) -> tuple[Capture, tuple[Unread, ...]]:
    """``capture`` with the pictures of its page as attachments, and a row for each that could not be had. ``base`` is
    the address at which the page was found in the end."""
    named = pictures(capture.content, base, capture.charset)
    kept: list[Attachment] = []
    lost: list[Unread] = []
    left = limits.bytes_all
    for address in named[: limits.number]:
        if left <= 0:
            lost.append(_lost(capture, address, f"the pictures of the page have more than {limits.bytes_all >> 20} MB"))
            continue
        got = fetcher.fetch(address, conditional=False, accept=("image/",), max_bytes=min(limits.bytes_each, left))
        if got.capture is None:
            lost.append(_lost(capture, address, got.visit.note))
            continue
        content = got.capture.content
        left -= len(content)
        kept.append(
            Attachment("picture", address, media_type=got.capture.media_type, digest=got.visit.digest, content=content)
        )
    if len(named) > limits.number:
        more = len(named) - limits.number
        lost.append(_lost(capture, "", f"the page names {more} more pictures than the {limits.number} that are kept"))
    return replace(capture, attachments=capture.attachments + tuple(kept)), tuple(lost)


def _lost(capture: Capture, address: str, why: str) -> Unread:
    message = f"the picture {address} was not kept: {why}" if address else why
    return Unread(capture.found_at or capture.address, message, "the page itself is kept", "picture")


def _base(address: str, href: str) -> str:
    try:
        return canonical(href, address) if href else address
    except InputError:
        return address


class _Pictures:
    """Takes the tags of a page one by one, so that no tree of a deep or endless page is built."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.inside: list[str] = []
        self.base = ""

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        attributes = {str(name): str(value) for name, value in attrib.items()}
        if tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            if name in _META:
                _add(self.shown, attributes.get("content", ""))
        elif tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        elif tag == "img" and not _is_small(attributes):
            _add(self.inside, _best(attributes))

    def end(self, tag: str | bytes) -> None:
        """Nothing hangs on where a tag ends, on text or comments."""

    def data(self, data: str | bytes) -> None:
        """See :meth:`end`."""

    def comment(self, text: str | bytes) -> None:
        """See :meth:`end`."""

    def close(self) -> None:
        """All is in the lists already."""


def _add(to: list[str], address: str) -> None:
    if address.strip() and not _NOT_PICTURES.match(address.strip()):
        to.append(address.strip())


def _best(attributes: Mapping[str, str]) -> str:
    candidates: list[tuple[float, str]] = [
        (float(size), address)
        for name in _SETS
        for address, size, _ in _CANDIDATE.findall(attributes.get(name, "")[:_LONGEST_SET])
        if size.count(".") <= 1 and size.strip(".") and not _NOT_PICTURES.match(address)
    ]
    if candidates:
        return max(candidates, key=lambda candidate: candidate[0])[1]
    named = (attributes.get(name, "") for name in _SOURCES)
    return next((address for address in named if address and not _NOT_PICTURES.match(address.strip())), "")


def _is_small(attributes: Mapping[str, str]) -> bool:
    sides = (attributes.get("width", ""), attributes.get("height", ""))
    return any(side.isdecimal() and len(side) < 6 and int(side) < _LEAST_SIDE for side in sides)
