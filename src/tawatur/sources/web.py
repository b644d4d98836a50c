"""Reports from the web: a page an address, with its pictures where they are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tawatur.model import Capture, Unread
from tawatur.sources.addresses import sent_to_front_page
from tawatur.sources.faults import Outcome
from tawatur.sources.fetching import Fetched, Fetcher
from tawatur.sources.pictures import with_pictures

PAGES = ("text/", "application/xhtml+xml", "application/xml")
"""Media types, by their beginnings, that a report can come in."""
_OTHER_THINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "an archive or office file"), (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"\x1f\x8b", "a packed file"), (b"\x7fELF", "a program"),
)  # fmt: skip
_HINTS: dict[Outcome, str] = {
    "gone": "look for the page in an archive, or save it by hand and give the file",
    "refused": "open the page in a browser, save it, and give the file",
    "unreachable": "try again later",
    "unfit": "give the address of a page of text",
}


def web_captures(addresses: Iterable[str], fetcher: Fetcher, *, media: bool = False) -> Iterator[Capture | Unread]:
    """The page at each of ``addresses``, or a row that says why there is none. A page that its server calls unchanged
    since it was last kept gives nothing, for it is in the books. ``media`` also fetches the pictures it shows; each
    that cannot be had gives a row beside the page. A page that is no longer there and whose address now leads to the
    site's front page is not taken for a report, but its bytes are given with the row."""
    for address in addresses:
        yield from page_captures(address, fetcher.fetch(address, accept=PAGES), fetcher, media=media)


def page_captures(address: str, got: Fetched, fetcher: Fetcher, *, media: bool = False) -> Iterator[Capture | Unread]:
    """What came of fetching the page at ``address``; see :func:`web_captures`."""
    if got.unchanged:
        return
    capture = got.capture
    why = _no_report(got)
    if capture is None or why:
        hint = _HINTS.get("unfit" if capture else got.outcome, "")
        yield Unread(address, why or got.visit.note, hint, "fetch", capture.content if capture else None)
        return
    lost: tuple[Unread, ...] = ()
    if media:
        capture, lost = with_pictures(capture, got.visit.final_address or got.visit.address, fetcher)
    yield capture
    yield from lost


def _no_report(got: Fetched) -> str:
    """Why bytes that came are no report; "" where they may be one."""
    if got.capture is None:
        return ""
    if sent_to_front_page(got.visit.address, got.visit.final_address or got.visit.address):
        return f"the address leads to the front page of its site now ({got.visit.final_address})"
    named = next((name for head, name in _OTHER_THINGS if got.capture.content.startswith(head)), "")
    return f"it is {named}, not a page" if named else ""
