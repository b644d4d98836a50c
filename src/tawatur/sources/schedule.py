"""When each feed is due: on its own, later and later while it fails, one at a time of a host."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tawatur.sources.addresses import parse
from tawatur.sources.feed_list import FeedEntry

LONGEST_WAIT = 6 * 3600.0
"""Seconds between two tries of a feed that fails, at most."""
_FIRST_WAIT = 15 * 60.0
_LONGEST_ASKED = 24 * 3600.0
_SPREAD = 0.1


@dataclass(slots=True)
class Plan:
    """Where one feed stands: ``due`` in seconds of the clock, ``failures`` in a row, ``visited`` so far, ``last`` the
    end of the last visit."""

    entry: FeedEntry
    due: float
    host: str
    failures: int = 0
    visited: int = 0
    last: float | None = None


class Schedule:
    """The plans of all feeds. ``jitter`` gives numbers from 0 to 1, by which times are spread, so that feeds that
    began together do not stay together."""

    def __init__(self, entries: Iterable[FeedEntry], now: float, jitter: Callable[[], float]) -> None:
        self._jitter = jitter
        self._plans: dict[str, Plan] = {}
        self._away: dict[str, float] = {}
        self._busy: dict[str, str] = {}
        self.replace(entries, now)

    @property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(self._plans.values())

    def replace(self, entries: Iterable[FeedEntry], now: float) -> None:
        """The list is ``entries`` now: what is new is due, what stayed keeps its place, earlier where it is to be
        visited more often now; what is not in it is not visited again."""
        plans: dict[str, Plan] = {}
        for entry in entries:
            plan = self._plans.get(entry.address) or Plan(entry, now, parse(entry.address).host)
            if plan.last is not None and not plan.failures and entry.every != plan.entry.every:
                plan.due = plan.last + entry.every
            if entry.kind != plan.entry.kind:
                plan.due, plan.failures = now, 0
            plan.entry = entry
            plans[entry.address] = plan
        self._plans = plans

    def take(self, now: float, *, once: bool = False) -> FeedEntry | None:
        """The feed that has been due longest, of a host where none is under way; it is, then. With ``once``, none a
        second time, and each now, whatever its host asked for."""
        free = [p for p in self._plans.values() if p.host not in self._busy]
        ready = [p for p in free if (not p.visited if once else self._at(p) <= now)]
        if not ready:
            return None
        plan = min(ready, key=lambda p: p.due)  # the first of the list where several are due as long
        self._busy[plan.host] = plan.entry.address
        return plan.entry

    def wait(self, now: float) -> float | None:
        """Seconds until the next feed is due, of those whose host is free; None where there is none."""
        times = [self._at(p) for p in self._plans.values() if p.host not in self._busy]
        return max(0.0, min(times) - now) if times else None

    def left(self) -> int:
        """The feeds that were never visited."""
        return sum(not p.visited for p in self._plans.values())

    def succeeded(self, entry: FeedEntry, now: float) -> float:
        """A visit went well: seconds until the next."""
        return self._ended(entry, now, entry.every * self._spread(), failed=False)

    def failed(self, entry: FeedEntry, now: float, after: float | None = None) -> float:
        """A visit failed; ``after`` are the seconds that the server asked to wait, which hold for its whole host.
        Seconds until the next try."""
        asked = min(after or 0.0, _LONGEST_ASKED)
        if asked:
            self._away[parse(entry.address).host] = now + asked
        plan = self._plans.get(entry.address)
        # the exponent is bounded so that it stays a number: 2 ** 40 of anything is beyond the longest wait
        times = 2.0 ** min(plan.failures, 40) if plan else 1.0
        wait = min(min(entry.every, _FIRST_WAIT) * times * self._spread(), LONGEST_WAIT)
        return self._ended(entry, now, max(wait, asked), failed=True)

    def _spread(self) -> float:
        return 1 + _SPREAD * (2 * self._jitter() - 1)

    def _ended(self, entry: FeedEntry, now: float, wait: float, *, failed: bool) -> float:
        self._busy.pop(parse(entry.address).host, None)
        plan = self._plans.get(entry.address)
        if plan is None:  # taken from the list meanwhile
            return 0.0
        plan.visited += 1
        plan.last = now
        plan.failures = plan.failures + 1 if failed else 0
        plan.due = now + wait
        return self._at(plan) - now

    def _at(self, plan: Plan) -> float:
        return max(plan.due, self._away.get(plan.host, plan.due))
