"""What the tests of fetching share: visits kept in a list, a clock that is moved by hand, names that lead to 127.0.0.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tawatur.model import Visit
from tawatur.sources.fetching import Fetcher, FetchSettings
from tawatur.sources.turns import Clock

BEGIN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@dataclass
class Visits:
    """The rows that a store would keep."""

    rows: list[Visit] = field(default_factory=list)

    def last(self, address: str) -> Visit | None:
        return next((row for row in reversed(self.rows) if row.address == address), None)

    def to(self, path: str) -> list[Visit]:
        """The visits whose address ends in ``path``."""
        return [row for row in self.rows if row.address.endswith(path)]


@dataclass
class HandClock:
    """Stands still, except that sleeping moves it on; ``slept`` are the sleeps in seconds."""

    elapsed: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.elapsed += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: BEGIN + timedelta(seconds=self.elapsed), lambda: self.elapsed, self.sleep)


def to_here(host: str, port: int) -> Sequence[str]:
    """Every name is at 127.0.0.1."""
    return ["127.0.0.1"]


def fetcher(visits: Visits, *, settings: dict[str, Any] | None = None, **more: Any) -> Fetcher:
    """A fetcher that may reach this machine, without pauses, unless ``settings`` say otherwise."""
    given = {"allow_private": True, "pause": 0.0, "retries": 1, "max_seconds": 20.0} | (settings or {})
    return Fetcher(FetchSettings(**given), visits.rows.append, visits.last, **({"resolve": to_here} | more))
