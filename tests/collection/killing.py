"""Kills runs at random moments inside their work and starts them again until all is read."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tawatur.collection import open_collection
from tawatur.engines import InProcess
from tests.collection.made import DELAY

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of it: kills inside the work, and processes that outlived the ones that were killed."""

    kills: int
    orphans: int


@contextmanager
def running(store: Path, workers: int, sources: Sequence[Path], delay: float) -> Iterator[subprocess.Popen[str]]:
    """A run that has begun to work; it is killed when the block is left."""
    command = [sys.executable, "-m", "tests.collection.runner", str(store), str(workers), *map(str, sources)]
    # who cleans up behind a killed run says so, which is no news here
    environment = {**os.environ, DELAY: str(delay), "PYTHONWARNINGS": "ignore::UserWarning"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            if process.stdout.readline() != "working\n":
                raise RuntimeError("the run did not begin to work")
            yield process
        finally:
            process.kill()


def kill_until_done(
    store: Path, workers: int, sources: Sequence[Path], *, delay: float, most: int, longest: float, draw: random.Random
) -> Killed:
    """Starts a run, kills it after up to ``longest`` seconds of its work, and so on until one comes to its end; after
    ``most`` kills it is left alone."""
    kills = 0
    children: list[psutil.Process] = []
    while True:
        with running(store, workers, sources, delay) as process:
            try:
                code = process.wait(draw.uniform(0, longest) if kills < most else None)
            except subprocess.TimeoutExpired:
                children += psutil.Process(process.pid).children(recursive=True)
                process.send_signal(signal.SIGKILL)
                kills += 1
                continue
            if code:
                raise RuntimeError(f"a run ended with {code}")
            return Killed(kills, outliving(children))


def outliving(children: Iterable[psutil.Process], seconds: float = 20.0) -> int:
    """How many of ``children`` still run after so many seconds (one that was just starting sees that its parent is gone
    when it has started); those are ended."""
    _, alive = psutil.wait_procs(list(children), timeout=seconds)
    for child in alive:
        child.kill()
    return len(alive)


def undisturbed(store: Path, sources: Sequence[Path]) -> str:
    """The content hash of a store that one run, left alone, makes of the sources."""
    with open_collection(store) as opened:
        opened.add(map(str, sources), engine=InProcess())
        return opened.store.content_hash()


@dataclass(frozen=True, slots=True)
class State:
    """What a store holds when all is over."""

    content: str
    documents: int
    failed: int
    pending: int
    twice: int
    findings: tuple[str, ...]


def state(store: Path) -> State:
    """Looks at a store, which is verified."""
    with open_collection(store, create=False) as opened:
        found = opened.verify()
        ids = [report.id for report in opened.documents()]
        return State(
            found.content_hash,
            found.counts["documents"],
            found.counts["failed"],
            found.counts["pending"],
            len(ids) - len(set(ids)),
            found.findings,
        )
