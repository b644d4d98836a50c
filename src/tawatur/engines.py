"""Reading many captures: a function over a shard of them, run here or in processes. Whoever writes the store is one.

A shard is a few captures with their ids; what comes back are readings packed for the store. The function that reads a
shard is an argument, so that another engine (a cluster's) can run the same one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import Protocol

from tawatur.errors import TawaturError
from tawatur.model import Capture, Issue, Read
from tawatur.reader.protocol import BEST, ReaderChoice
from tawatur.store.packing import Packed, pack

One = tuple[str, Capture]
"""A capture with its id in the store."""
Shard = Sequence[One]
ReadShard = Callable[[Shard], list[Packed]]

AHEAD = 2
"""Shards that wait for each process beside the one it reads: enough that none is idle, few enough that memory is bounded."""
DIED = "reader-died"


def read_shard(shard: Shard, choice: ReaderChoice = BEST) -> list[Packed]:
    """The readings of a shard by the reader of a choice, which each process loads for itself; one for each capture, a
    failure where it cannot be read. Raises :class:`TawaturError` where the reader can read nothing more."""
    return [_read_one(key, capture, choice) for key, capture in shard]


def reads_with(choice: ReaderChoice) -> ReadShard:
    """What reads shards by the reader of a choice, here or in another process."""
    return partial(read_shard, choice=choice)


def _read_one(key: str, capture: Capture, choice: ReaderChoice) -> Packed:
    from tawatur.pipeline import read

    try:
        return pack(read(key, capture, choice))
    except TawaturError:
        raise
    except Exception as error:  # one that cannot be packed must not keep all others from being read
        return pack(Read(key, failure=Issue("unexpected", f"{type(error).__name__}: {error}")))


class Engine(Protocol):
    """Something that runs a function over shards."""

    def run(self, shards: Iterable[Shard]) -> Generator[list[Packed], None, None]:
        """The readings of ``shards``, a list each, in whatever order they are ready. Closed early, it stops reading."""
        ...


class InProcess:
    """Reads here, one shard after the other."""

    def __init__(self, read: ReadShard = read_shard) -> None:
        self._read = read

    def run(self, shards: Iterable[Shard]) -> Generator[list[Packed], None, None]:
        """See :class:`Engine`."""
        for shard in shards:
            yield self._read(shard)


class Processes:
    """Reads in ``workers`` processes of this machine, started afresh (no thread, lock or open file of ours is copied).

    They end with this process, also where it is killed. A document that kills its process (memory, a crash in a
    library) fails alone, with the code ``reader-died``: what was under way is read again one by one. ``read`` must be
    importable by name. In a program of your own, start under ``if __name__ == "__main__"``, as the standard library
    asks. Raises :class:`TawaturError` where processes cannot be started.
    """

    def __init__(self, workers: int, read: ReadShard = read_shard) -> None:
        self._workers = workers
        self._read = read

    def run(self, shards: Iterable[Shard]) -> Generator[list[Packed], None, None]:
        """See :class:`Engine`."""
        waiting = iter(shards)
        while True:
            broken: list[Shard] = []
            yield from self._until_broken(waiting, broken)
            if not broken:
                return
            yield from self._one_by_one(deque(one for shard in broken for one in shard))

    def _until_broken(self, shards: Iterator[Shard], broken: list[Shard]) -> Iterator[list[Packed]]:
        """Runs shards until none is left, or until a process dies: then ``broken`` holds those that were under way."""
        running: dict[Future[list[Packed]], Shard] = {}
        with _pool(self._workers) as pool:
            while True:
                while not broken and len(running) < self._workers * (1 + AHEAD):
                    shard = next(shards, None)
                    if shard is None:
                        break
                    try:
                        running[_submit(pool, self._read, shard)] = shard
                    except BrokenProcessPool:
                        broken.append(shard)
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    shard = running.pop(future)
                    try:
                        packed = future.result()
                    except BrokenProcessPool:
                        broken.append(shard)
                    else:
                        yield packed

    def _one_by_one(self, left: deque[One]) -> Iterator[list[Packed]]:
        """Reads in one process, made anew after each death. What kills a process that has read nothing else is to
        blame; after others it is tried again, for the memory may have been theirs."""
        while left:
            with _pool(1) as pool:
                fresh = True
                while left:
                    try:
                        packed = _submit(pool, self._read, [left[0]]).result()
                    except BrokenProcessPool:
                        if fresh:
                            key, _ = left.popleft()
                            yield [pack(Read(key, failure=Issue(DIED, "the process that read it died, twice")))]
                        break
                    left.popleft()
                    fresh = False
                    yield packed


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes do start: where they cannot, no document is to blame. After an error, or where the one who
    reads the results has gone, its processes end at once, in the middle of whatever they read."""
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(theirs,))
    try:
        try:
            _submit(pool, _started).result()
        except BrokenProcessPool:
            raise _not_started() from None
        yield pool
    except BaseException:
        ours.close()
        pool.shutdown(cancel_futures=True)
        raise
    else:
        pool.shutdown()
    finally:
        ours.close()
        theirs.close()


def _submit(pool: ProcessPoolExecutor, read: Callable[..., list[Packed]], *arguments: Shard) -> Future[list[Packed]]:
    try:
        return pool.submit(read, *arguments)
    except OSError as error:  # no more processes or memory for this user
        raise _not_started() from error


def _started() -> list[Packed]:
    return []


def _not_started() -> TawaturError:
    return TawaturError(
        "the processes that read cannot be started",
        'read with one worker; a program of your own must begin under if __name__ == "__main__"',
    )


def _begin(parent: Connection) -> None:
    """In a new process: Ctrl-C is for the parent to act on, and when the parent lets go of its end of the pipe, as it
    does when it is killed, this process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        try:
            parent.poll(None)
        finally:
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def usable_cores() -> int:
    """How many processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
