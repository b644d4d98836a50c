"""Reading many captures: a function over a shard of them, run here or in processes. Whoever writes the store is one.

A shard is a few captures with their ids; what comes back are readings packed for the store. The function that reads a
shard is an argument, so that another engine (a cluster's) can run the same one.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from typing import Protocol

from tawatur.errors import TawaturError
from tawatur.model import Capture, Issue, Read
from tawatur.store.packing import Packed, pack

Shard = Sequence[tuple[str, Capture]]
"""Captures with their ids in the store."""
ReadShard = Callable[[Shard], list[Packed]]

AHEAD = 2
"""Shards that wait for each process beside the one it reads: enough that none is idle, few enough that memory is bounded."""
DIED = "reader-died"


def read_shard(shard: Shard) -> list[Packed]:
    """The readings of a shard by the reader of this program; one for each capture, a failure where it cannot be read."""
    from tawatur.pipeline import read

    return [pack(read(key, capture)) for key, capture in shard]


class Engine(Protocol):
    """Something that runs a function over shards."""

    def run(self, shards: Iterable[Shard]) -> Iterator[list[Packed]]:
        """The readings of ``shards``, a list each, in whatever order they are ready."""
        ...


class InProcess:
    """Reads here, one shard after the other."""

    def __init__(self, read: ReadShard = read_shard) -> None:
        self._read = read

    def run(self, shards: Iterable[Shard]) -> Iterator[list[Packed]]:
        """See :class:`Engine`."""
        for shard in shards:
            yield self._read(shard)


class Processes:
    """Reads in ``workers`` processes of this machine, started afresh (no thread, lock or open file of ours is copied).

    They end with this process, also where it is killed. A document that kills its process (memory, a crash in a
    library) fails alone, with the code ``reader-died``: its shard is read again one by one. ``read`` must be importable
    by name. In a program of your own, start under ``if __name__ == "__main__"``, as the standard library asks.
    """

    def __init__(self, workers: int, read: ReadShard = read_shard) -> None:
        self._workers = workers
        self._read = read

    def run(self, shards: Iterable[Shard]) -> Iterator[list[Packed]]:
        """See :class:`Engine`."""
        waiting = iter(shards)
        broken: list[Shard] = []
        while True:
            yield from self._until_broken(waiting, broken)
            if not broken:
                return
            for shard in broken:
                for one in shard:
                    yield [self._alone(one)]
            broken.clear()

    def _until_broken(self, shards: Iterator[Shard], broken: list[Shard]) -> Iterator[list[Packed]]:
        """Runs shards until none is left, or until a process dies: then ``broken`` holds those that were under way."""
        running: dict[Future[list[Packed]], Shard] = {}
        with self._pool(self._workers) as pool:
            try:
                while True:
                    while not broken and len(running) < self._workers * (1 + AHEAD):
                        shard = next(shards, None)
                        if shard is None:
                            break
                        try:
                            running[pool.submit(self._read, shard)] = shard
                        except BrokenProcessPool:
                            broken.append(shard)
                    if not running:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        shard = running.pop(future)
                        try:
                            yield future.result()
                        except BrokenProcessPool:
                            broken.append(shard)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _alone(self, one: tuple[str, Capture]) -> Packed:
        with self._pool(1) as pool:
            try:
                return pool.submit(self._read, [one]).result()[0]
            except BrokenProcessPool:
                return pack(Read(one[0], failure=Issue(DIED, "the process that read it died; it was tried twice")))

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        """A pool whose processes do start: where they cannot, no document is to blame."""
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)
        try:
            pool.submit(_started).result()
        except BrokenProcessPool:
            pool.shutdown(wait=False)
            raise TawaturError(
                "the processes that read cannot be started",
                'read with one worker; a program of your own must begin under if __name__ == "__main__"',
            ) from None
        return pool


def _started() -> bool:
    return True


def _end_with_parent() -> None:
    """Ends this process when its parent is gone: a killed parent cannot tell its workers to stop."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait_for([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def usable_cores() -> int:
    """How many processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
