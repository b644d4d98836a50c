"""What a site's robots.txt allows (RFC 9309): asked once for a site and a run, at most a day old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

from tawatur.sources.addresses import Address
from tawatur.sources.faults import Outcome

MAX_BYTES = 500 << 10
"""Bytes of a robots.txt that are looked at (RFC 9309, section 2.5)."""
_KEPT = 24 * 3600.0
_KEPT_UNREACHABLE = 300.0


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """How the fetch of a robots.txt ended: status (0: nothing came), outcome, a note, and its bytes."""

    status: int
    outcome: Outcome
    note: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows us: ``refusal`` is "" or why nothing is; ``pause`` its Crawl-delay in seconds."""

    parsed: Protego | None = None
    refusal: str = ""
    pause: float = 0.0
    outcome: Outcome = "refused"


@dataclass(slots=True)
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules = Rules()
    until: float | None = None


class Robots:
    """The rules of all sites met. ``token`` is our product token, ``get`` fetches an address, ``seconds`` a clock that
    only grows."""

    def __init__(self, token: str, get: Callable[[str], RobotsAnswer], seconds: Callable[[], float]) -> None:
        self._token = token
        self._get = get
        self._seconds = seconds
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def rules(self, address: Address) -> Rules:
        """The rules of the site of ``address``, fetched where they are not known."""
        with self._lock:
            site = self._sites.setdefault(address.origin, _Site())
        with site.lock:
            if site.until is None or self._seconds() >= site.until:
                site.rules = self._read(address)
                kept = _KEPT_UNREACHABLE if site.rules.refusal else _KEPT
                site.until = self._seconds() + kept
            return site.rules

    def refusal(self, address: Address) -> tuple[str, Outcome]:
        """Why ``address`` may not be fetched and what that makes of the attempt; ("", "page") where it may."""
        rules = self.rules(address)
        if rules.refusal:
            return rules.refusal, rules.outcome
        if rules.parsed is not None and not rules.parsed.can_fetch(str(address), self._token):
            return "its site asks in robots.txt not to fetch it", "refused"
        return "", "page"

    def _read(self, address: Address) -> Rules:
        found = self._get(f"{address.origin}/robots.txt")
        if found.outcome == "refused" and found.status == 0:
            return Rules(refusal=found.note)
        if found.status in (200, 203) and found.outcome in ("page", "unfit"):
            parsed = Protego.parse(found.body.decode("utf-8-sig", "replace"))
            return Rules(parsed, pause=float(parsed.crawl_delay(self._token) or 0.0))
        # section 2.3.1.3: not there means that all may be fetched; 429 is a plea for less, so it is no such answer
        if 200 <= found.status < 500 and found.status != 429:
            return Rules()
        return Rules(refusal=f"{found.note} (asking for the site's robots.txt)", outcome="unreachable")
