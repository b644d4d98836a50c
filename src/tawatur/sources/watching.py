"""Watching feeds: each on its own schedule, several hosts at a time, until asked to stop."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tawatur.errors import TawaturError
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.schedule import Schedule

THREADS = 4
_LOOK = 0.25
_REREAD = 5.0


class TryLaterError(TawaturError):
    """A visit that brought nothing; ``after`` are the seconds that the server asked to wait, where it did."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


@dataclass(frozen=True, slots=True)
class Told:
    """What happened: a feed was ``visited`` (``new`` reports) or ``failed`` (``message``, ``hint``), with ``wait``
    seconds until the next time; the ``list`` was read anew, or is ``bad`` and the old one stays."""

    what: Literal["visited", "failed", "list", "bad"]
    feed: str = ""
    new: int = 0
    message: str = ""
    hint: str = ""
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Watched:
    """How watching ended: numbers of visits, of those that failed, of new reports, and the feeds whose visits were
    still under way when it left."""

    visits: int = 0
    failures: int = 0
    new: int = 0
    left: tuple[str, ...] = ()


Run = Callable[[Callable[[], None]], None]


def in_thread(job: Callable[[], None]) -> None:
    """Runs ``job`` in a thread of its own, which does not hold the process when it ends."""
    threading.Thread(target=job, daemon=True, name="tawatur-watch").start()


def watch(
    entries: Sequence[FeedEntry], visit: Callable[[FeedEntry], int], stop: threading.Event,
    tell: Callable[[Told], None], *, once: bool = False, threads: int = THREADS,
    changed: Callable[[], Sequence[FeedEntry] | None] = lambda: None, books: threading.Lock | None = None,
    patience: float = 1.0, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] | None = None,
    jitter: Callable[[], float] = random.random, run: Run = in_thread,
) -> Watched:  # fmt: skip
    """Visits ``entries`` until ``stop`` is set, or with ``once`` each a single time.

    ``visit`` reads one feed, in a thread, and gives the number of new reports; whatever it raises is told and puts
    this feed off, no other. ``tell`` is called in the thread of the caller. ``changed`` gives a new list now and then
    (:meth:`tawatur.sources.feed_list.FeedFile.changed`).

    After ``stop``, visits under way have ``patience`` seconds to end, which they do where ``visit`` looks at ``stop``
    between two reports. Of those that hang on a slow server the threads are left; so that none of them is in the
    middle of a transaction when the process ends, ``books``, which ``visit`` must hold whenever it writes, is taken
    before leaving and not given back."""
    return _Watch(entries, visit, stop, tell, once, threads, changed, clock, sleep or stop.wait, jitter, run).all(
        books, patience
    )


class _Watch:
    def __init__(
        self, entries: Sequence[FeedEntry], visit: Callable[[FeedEntry], int], stop: threading.Event,
        tell: Callable[[Told], None], once: bool, threads: int, changed: Callable[[], Sequence[FeedEntry] | None],
        clock: Callable[[], float], sleep: Callable[[float], object], jitter: Callable[[], float], run: Run,
    ) -> None:  # fmt: skip
        self._schedule = Schedule(entries, clock(), jitter)
        self._visit, self._tell, self._run = visit, tell, run
        self._stop, self._sleep, self._clock = stop, sleep, clock
        self._changed, self._look_at = changed, clock() + _REREAD
        self._once, self._threads = once, threads
        self._ended: queue.SimpleQueue[tuple[FeedEntry, int | BaseException]] = queue.SimpleQueue()
        self._running: dict[str, FeedEntry] = {}
        self._visits = self._failures = self._new = 0

    def all(self, books: threading.Lock | None, patience: float) -> Watched:
        try:
            while not self._stop.is_set():
                self._reread()
                self._begin()
                if self._collect():
                    continue
                if self._once and not self._running and not self._schedule.left():
                    break
                self._sleep(self._pause())
        finally:
            left = self._end(books, patience)
        return Watched(self._visits, self._failures, self._new, left)

    def _begin(self) -> None:
        while len(self._running) < self._threads and not self._stop.is_set():
            entry = self._schedule.take(self._clock(), once=self._once)
            if entry is None:
                return
            self._running[entry.address] = entry
            try:
                self._run(partial(self._job, entry))
            except RuntimeError as error:  # the machine gives no more threads
                self._ended.put((entry, error))

    def _job(self, entry: FeedEntry) -> None:
        try:
            self._ended.put((entry, self._visit(entry)))
        except BaseException as error:  # also what ends a program elsewhere: a feed must not end the others
            self._ended.put((entry, error))

    def _collect(self) -> bool:
        """Takes in the visits that ended; whether there were any."""
        found = False
        while True:
            try:
                entry, result = self._ended.get_nowait()
            except queue.Empty:
                return found
            found = True
            self._take_in(entry, result)

    def _take_in(self, entry: FeedEntry, result: int | BaseException) -> None:
        self._running.pop(entry.address, None)
        self._visits += 1
        if not isinstance(result, BaseException):
            self._new += result
            wait = self._schedule.succeeded(entry, self._clock())
            self._tell(Told("visited", entry.address, new=result, wait=wait))
            return
        self._failures += 1
        after = result.after if isinstance(result, TryLaterError) else None
        wait = self._schedule.failed(entry, self._clock(), after)
        hint = result.hint if isinstance(result, TawaturError) else ""
        self._tell(Told("failed", entry.address, message=_said(result), hint=hint, wait=wait))

    def _reread(self) -> None:
        if self._once or self._clock() < self._look_at:
            return
        self._look_at = self._clock() + _REREAD
        try:
            entries = self._changed()
        except TawaturError as error:
            self._tell(Told("bad", message=str(error), hint=error.hint))
            return
        if entries is not None:
            self._schedule.replace(entries, self._clock())
            self._tell(Told("list", message=f"{len(entries)} feeds"))

    def _pause(self) -> float:
        """Seconds to wait: a moment while visits are under way, else until something is due."""
        wait = self._schedule.wait(self._clock())
        most = _LOOK if self._running else _REREAD
        return most if wait is None else min(most, max(wait, 0.01))

    def _end(self, books: threading.Lock | None, patience: float) -> tuple[str, ...]:
        until = time.monotonic() + patience
        while self._running and (left := until - time.monotonic()) > 0:
            try:
                entry, result = self._ended.get(timeout=left)
            except queue.Empty:
                break
            self._take_in(entry, result)
        if self._running and books is not None:
            books.acquire()
        return tuple(self._running)


def _said(error: BaseException) -> str:
    """One plain line: what an error of ours says; of others also their kind, for they are not made to be read."""
    words = " ".join(str(error).split())[:300]
    if isinstance(error, TawaturError):
        return words
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
