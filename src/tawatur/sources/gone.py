"""Whether a page that was kept is still there, as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.model import Capture, Visit
from tawatur.sources.addresses import sent_to_front_page
from tawatur.sources.faults import Outcome
from tawatur.sources.fetching import Fetcher

State = Literal["unchanged", "changed", "there", "withdrawn", "unreachable", "refused"]
_STATES: dict[Outcome, State] = {
    "unchanged": "unchanged", "gone": "withdrawn", "refused": "refused", "unreachable": "unreachable",
    "unfit": "changed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of ``address`` ("there": something is, and nothing to compare it with): ``capture`` are the bytes that stand there now, where some do and they are other
    ones; ``note`` is one plain line."""

    address: str
    state: State
    note: str
    visit: Visit
    capture: Capture | None = None


def check_gone(address: str, fetcher: Fetcher, *, known: str = "") -> Finding:
    """Asks for ``address`` once more. Withdrawn: 404, 410, or a redirect to the front page of the site. Unchanged: the
    server says so (304), or the bytes have the digest ``known`` (SHA-256 of those kept). Changed says only that the
    bytes differ; whether the report does, its reading tells. Unreachable and refused say nothing about the page."""
    got = fetcher.fetch(address)
    visit = got.visit
    if got.capture is None:
        return Finding(address, _STATES[got.outcome], visit.note or "the server says that it is unchanged", visit)
    if sent_to_front_page(visit.address, visit.final_address or visit.address):
        return Finding(address, "withdrawn", f"it leads to the front page now ({visit.final_address})", visit)
    if known and visit.digest == known:
        return Finding(address, "unchanged", "the same bytes", visit)
    return Finding(address, "changed", "other bytes than those kept", visit, got.capture)
