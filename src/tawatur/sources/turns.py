"""One request at a time to a host, with a pause between two, across threads; and the time that a fetch may take."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tawatur.sources.faults import Fault


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is (UTC), seconds that only grow, and waiting; tests give their own."""

    now: Callable[[], datetime] = _now
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


CLOCK = Clock()


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """Hands out turns at hosts."""

    def __init__(self, clock: Clock, longest: float) -> None:
        self._clock = clock
        self._longest = longest
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """The turn at ``host``; the next one comes ``pause`` seconds after its end. Raises :class:`Fault` where the
        wait is longer than the longest that we wait, which only a server that asked for it brings about."""
        place = self._host(host)
        with place.lock:
            wait = place.free_at - self._clock.seconds()
            if wait > self._longest:
                raise Fault(f"{host} asked us to stay away for another {wait:.0f} s", after=wait)
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                place.free_at = max(place.free_at, self._clock.seconds() + pause)

    def stay_away(self, host: str, seconds: float) -> None:
        """No turn at ``host`` for so many seconds."""
        place = self._host(host)
        place.free_at = max(place.free_at, self._clock.seconds() + seconds)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())


class Budget:
    """The seconds that one fetch may be at work, over all redirects and retries; waiting for turns is not counted."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._left = seconds
        self._clock = clock
        self._since: float | None = None

    def left(self) -> float:
        running = 0.0 if self._since is None else self._clock.seconds() - self._since
        return self._left - running

    def check(self) -> None:
        if self.left() <= 0:
            raise Fault("the time of the fetch is over")

    @contextmanager
    def running(self) -> Iterator[None]:
        self._since = self._clock.seconds()
        try:
            yield
        finally:
            self._left = self.left()
            self._since = None
