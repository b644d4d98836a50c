"""How fetching behaves: by what name, how long, how much, how often."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from tawatur.errors import InputError

PRODUCT = "tawatur"
"""Our product token, by which a robots.txt names us."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch. ``contact`` (an address or mailbox of whoever runs this) is told to servers in the name we go by.
    ``max_bytes`` are unpacked; ``max_seconds`` hold for one fetch with its redirects and retries, waiting for turns
    left out; ``pause`` is the least time between two requests to a host; ``max_wait`` the longest that a Crawl-delay,
    a Retry-After or a pause between retries may be (in seconds, all of them)."""

    contact: str = ""
    allow_private: bool = False
    obey_robots: bool = True
    max_bytes: int = 32 << 20
    max_seconds: float = 60.0
    connect_seconds: float = 10.0
    max_redirects: int = 8
    retries: int = 3
    pause: float = 1.0
    max_wait: float = 30.0

    def __post_init__(self) -> None:
        if not (self.contact.isascii() and self.contact.isprintable()):
            raise InputError("the contact has characters that a header cannot hold", "use plain Latin letters")
        numbers = (self.max_bytes, self.max_seconds, self.connect_seconds, self.max_wait)
        if min(numbers) <= 0 or min(self.max_redirects, self.retries, self.pause) < 0:
            raise InputError("a limit of fetching is negative or nothing", "give limits above 0")

    @property
    def agent(self) -> str:
        """``tawatur/0.1.0 (+contact)``."""
        return f"{PRODUCT}/{version('tawatur')}" + (f" (+{self.contact})" if self.contact else "")
