"""What a fetch asks for, how far it has got, and what its answer comes to: a visit, and a capture where bytes came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tawatur.model import Capture, Visit
from tawatur.sources.addresses import Address
from tawatur.sources.faults import Outcome
from tawatur.sources.wire import Reply


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a fetch ended: its last attempt, and the bytes where some came (``outcome`` "page"). ``after`` are the
    seconds that the server asked to wait, where it did."""

    visit: Visit
    outcome: Outcome
    capture: Capture | None = None
    after: float | None = None

    @property
    def unchanged(self) -> bool:
        """The server said that nothing has changed since the visit before (304)."""
        return self.outcome == "unchanged"


@dataclass(slots=True)
class Trip:
    """Where an attempt has got to: ``kept`` is the address that the bytes are to be known by."""

    at: Address
    kept: Address
    status: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: see :meth:`Fetcher.fetch`."""

    address: str
    accept: tuple[str, ...]
    most: int
    cut: bool = False
    ask_robots: bool = True
    before: Visit | None = None


def conditions(wish: Wish, at: Address) -> dict[str, str]:
    """The headers that ask only for what is newer than the visit before, at the address where that one ended."""
    before = wish.before
    if before is None or str(at) != (before.final_address or before.address):
        return {}
    found = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in found.items() if value}


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds of a Retry-After header (a number, or a date); None where there is none that can be read."""
    value = value.strip()
    if value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    then = then.replace(tzinfo=UTC) if then.tzinfo is None else then
    return max(0.0, (then - now).total_seconds())


def final_address(wish: Wish, trip: Trip) -> str:
    """Where the way ended, "" where it never left the address asked for."""
    return "" if str(trip.at) == wish.address else str(trip.at)


def brought(wish: Wish, trip: Trip, reply: Reply, at: datetime) -> Fetched:
    """The visit, and the capture where bytes came, of an answer that is no fault."""
    visit = Visit(
        wish.address,
        at,
        reply.status,
        final_address(wish, trip),
        _header(reply, "etag"),
        _header(reply, "last-modified"),
        note="; ".join(trip.notes),
    )
    if reply.status == 304 and wish.before is not None:
        # what a 304 leaves out stands as it was; the digest is that of the bytes which the server says are current
        return Fetched(
            replace(
                visit,
                etag=visit.etag or wish.before.etag,
                last_modified=visit.last_modified or wish.before.last_modified,
                digest=wish.before.digest,
            ),
            "unchanged",
        )
    if not reply.body:
        return Fetched(replace(visit, note="; ".join((*trip.notes, "the answer is empty"))), "unfit")
    visit = replace(visit, digest=hashlib.sha256(reply.body).hexdigest())
    address = str(trip.kept)
    return Fetched(
        visit,
        "page",
        Capture(
            reply.body,
            address=address,
            media_type=reply.media_type,
            charset=reply.charset,
            fetched=at,
            found_at=wish.address,
        ),
    )


def _header(reply: Reply, name: str) -> str:
    """A header to be sent back one day: kept only where it is short and plain."""
    value = reply.headers.get(name, "")
    return value if len(value) <= 1000 and value.isascii() and value.isprintable() else ""
