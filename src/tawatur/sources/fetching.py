"""Fetching over HTTP and HTTPS: polite, guarded, bounded, and with a row for every attempt.

Proxies and certificates named in the environment are not used, deliberately: what is fetched must not depend on who
runs it, and a proxy would connect where the guard cannot look."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable
from types import TracebackType

import stamina

from tawatur.errors import InputError
from tawatur.model import Visit
from tawatur.sources.addresses import parse, printable
from tawatur.sources.faults import Fault, Outcome
from tawatur.sources.fetch_settings import PRODUCT, FetchSettings
from tawatur.sources.fetched import Fetched, Trip, Wish, brought, conditions, final_address, retry_after
from tawatur.sources.guard import Resolve, resolve
from tawatur.sources.robots import MAX_BYTES as ROBOTS_BYTES
from tawatur.sources.robots import Robots, RobotsAnswer
from tawatur.sources.turns import CLOCK, Budget, Clock, Turns
from tawatur.sources.wire import WITH_BODY, Reply, Wire

__all__ = ["FetchSettings", "Fetched", "Fetcher"]

_STAY_AWAY = 3600.0
_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_RETRIED = (429, 502, 503, 504)
_OUTCOMES: dict[int, Outcome] = {
    204: "unfit", 205: "unfit", 404: "gone", 410: "gone", 401: "refused", 403: "refused", 451: "refused",
}  # fmt: skip

# the retry library reports each retry as a warning on a logger of its own; every attempt is a visit here already
logging.getLogger("stamina").addHandler(logging.NullHandler())


class _Again(Exception):
    """An attempt that is worth another one."""

    def __init__(self, fetched: Fetched, after: float | None) -> None:
        super().__init__(fetched.visit.note)
        self.fetched = fetched
        self.after = after


class Fetcher:
    """Fetches pages for one run; safe to use from several threads.

    ``remember`` is told of every attempt; ``last`` gives the last one for an address, from which a conditional request
    is made where ``holds`` says that the bytes it brought (by digest) are kept: else a page whose bytes were lost
    between two transactions would never come again. Both are called by one thread at a time.

    A page is known by the address asked for, not by where it was found, for a redirect can be another one tomorrow;
    but permanent redirects (301, 308), as far as they come first, give it a new name.
    """

    def __init__(
        self, settings: FetchSettings, remember: Callable[[Visit], None], last: Callable[[str], Visit | None], *,
        holds: Callable[[str], bool] = lambda digest: True, clock: Clock = CLOCK, resolve: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self._remember = remember
        self._last = last
        self._holds = holds
        self._clock = clock
        self._books = threading.Lock()
        self._turns = Turns(clock, settings.max_wait)
        self._robots = Robots(PRODUCT, self._robots_txt, clock.seconds)
        self._wire = Wire(
            settings.agent,
            resolve,
            allow_private=settings.allow_private,
            connect_seconds=settings.connect_seconds,
            trust=trust,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connections go."""
        self._wire.close()

    def fetch(
        self, address: str, *, conditional: bool = True, accept: tuple[str, ...] = (), max_bytes: int | None = None
    ) -> Fetched:
        """What stands at ``address`` now; never raises for what an address or a server does. ``accept`` names media
        types (their beginnings: "text/", "image/") whose bytes are wanted, empty for all; an answer that names none is
        taken."""
        before = None
        try:
            address = str(parse(address))
        except InputError as error:
            return self._refused(printable(address.strip()), str(error))
        if conditional:
            before = self.before(address)
            if before is not None and not before.digest:
                before = None
        return self._get(Wish(address, accept, max_bytes or self.settings.max_bytes, before=before))

    def before(self, address: str) -> Visit | None:
        """The last visit to ``address``, in its canonical form; None where there was none, or where the bytes that it
        brought are not kept, so that the page is to be fetched as if for the first time."""
        with self._books:
            before = self._last(address)
            return before if before is None or not before.digest or self._holds(before.digest) else None

    def _refused(self, address: str, note: str) -> Fetched:
        visit = Visit(address, self._clock.now(), note=note)
        with self._books:
            self._remember(visit)
        return Fetched(visit, "refused")

    def _robots_txt(self, address: str) -> RobotsAnswer:
        got = self._get(Wish(address, (), ROBOTS_BYTES, cut=True, ask_robots=False))
        return RobotsAnswer(got.visit.status, got.outcome, got.visit.note, got.capture.content if got.capture else b"")

    def _get(self, wish: Wish) -> Fetched:
        budget = Budget(self.settings.max_seconds, self._clock)
        attempts = stamina.retry_context(
            on=_another_try,
            attempts=self.settings.retries + 1,
            timeout=None,
            wait_initial=min(1.0, self.settings.max_wait),
            wait_max=self.settings.max_wait,
            wait_jitter=1.0,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return self._attempt(wish, budget)
        except _Again as error:
            return error.fetched
        raise AssertionError("the retries ended without an answer")

    def _attempt(self, wish: Wish, budget: Budget) -> Fetched:
        start = parse(wish.address)
        trip = Trip(start, start)
        at = self._clock.now()
        try:
            reply = self._travel(wish, trip, budget)
            fetched = brought(wish, trip, reply, at)
            fault = None
        except Fault as error:
            fault = error
            visit = Visit(
                wish.address,
                at,
                error.status or trip.status,
                final_address(wish, trip),
                note="; ".join((*trip.notes, error.note)),
            )
            fetched = Fetched(visit, error.outcome, after=error.after)
        with self._books:
            self._remember(fetched.visit)
        if fault and fault.retry and budget.left() > 0:
            if fault.after is None or fault.after <= self.settings.max_wait:
                raise _Again(fetched, fault.after)
            self._turns.stay_away(trip.at.host, min(fault.after, _STAY_AWAY))
        return fetched

    def _travel(self, wish: Wish, trip: Trip, budget: Budget) -> Reply:
        """The last answer of the way that begins at ``trip.at``, through its redirects; keeps ``trip`` up to date."""
        been = {str(trip.at)}
        permanent = True
        for _ in range(self.settings.max_redirects + 1):
            reply = self._ask(wish, trip, budget)
            if reply.status not in _REDIRECTS:
                return reply
            try:
                to = parse(reply.headers.get("location", ""), str(trip.at))
            except InputError as error:
                raise Fault(f"the server sends us on to somewhere we do not go: {error}", "refused") from None
            if str(to) in been:
                raise Fault("the server sends us round in a circle")
            been.add(str(to))
            if trip.at.scheme == "https" and to.scheme == "http":
                trip.notes = (*trip.notes, "a redirect left https for http")
            permanent = permanent and reply.status in _PERMANENT
            trip.at = to
            trip.kept = to if permanent else trip.kept
        raise Fault(f"the server sends us on more than {self.settings.max_redirects} times")

    def _ask(self, wish: Wish, trip: Trip, budget: Budget) -> Reply:
        pause = self.settings.pause
        if wish.ask_robots and self.settings.obey_robots:
            why, outcome = self._robots.refusal(trip.at)
            if why:
                trip.status = 0
                raise Fault(why, outcome)
            pause = max(pause, min(self._robots.rules(trip.at).pause, self.settings.max_wait))
        with self._turns.turn(trip.at.host, pause):
            budget.check()
            trip.status = 0
            headers = conditions(wish, trip.at)
            reply = self._wire.get(trip.at, headers, budget, most=wish.most, cut=wish.cut, accept=wish.accept)
        trip.status = reply.status
        if reply.status in _REDIRECTS or reply.status in WITH_BODY or (reply.status == 304 and headers):
            return reply
        outcome = _OUTCOMES.get(reply.status, "unreachable")
        after = retry_after(reply.headers.get("retry-after", ""), self._clock.now())
        raise Fault(f"the server answers {reply.status}", outcome, retry=reply.status in _RETRIED, after=after)


def _another_try(error: Exception) -> bool | float:
    """What the retry library asks of an error: whether to try again, or after how many seconds."""
    if not isinstance(error, _Again):
        return False
    return True if error.after is None else error.after
