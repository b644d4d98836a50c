"""``add`` may be killed at any moment and run again: nothing is lost, nothing is there twice, nothing half."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tawatur.collection import open_collection
from tawatur.errors import InputError
from tests.collection.killing import kill_until_done, outliving, running, state, undisturbed
from tests.collection.made import found_in, sources


@pytest.mark.parametrize(("workers", "kills", "longest", "delay"), [(0, 5, 0.6, 0.004), (2, 3, 2.5, 0.02)])
def test_killed_again_and_again(workers: int, kills: int, longest: float, delay: float, tmp_path: Path) -> None:
    given = sources(tmp_path / "given", 100)
    wanted = undisturbed(tmp_path / "once.sqlite", given)
    seed = random.randrange(1 << 30)
    store = tmp_path / "killed.sqlite"
    killed = kill_until_done(
        store, workers, given, delay=delay, most=kills, longest=longest, draw=random.Random(seed)
    )  # fmt: skip
    found = state(store)
    documents, failed = found_in(100)
    assert (found.documents, found.failed, found.pending, found.twice) == (documents, failed, 0, 0), seed
    assert found.content == wanted, seed
    assert found.findings == (), seed
    assert killed.orphans == 0, seed


def test_what_a_killed_run_captured_is_read_by_a_run_of_something_else(tmp_path: Path) -> None:
    given, other = sources(tmp_path / "given", 30), sources(tmp_path / "other", 4)
    store = tmp_path / "killed.sqlite"
    with running(store, 0, given, delay=0.2):
        assert until(lambda: captured(store) == sum(found_in(30)))
    left = state(store)
    assert left.pending > 0
    assert left.findings == ()
    with running(store, 0, other, delay=0.0) as process:
        assert process.stdout is not None
        seen, added, same, failed, resumed = map(int, process.stdout.read().split()[1:])
    assert (seen, failed) == (4, 0)
    assert added + same == 4
    assert added + resumed == left.pending + 2  # two files are new; two rows were in the first collection as well
    assert state(store).content == undisturbed(tmp_path / "once.sqlite", [*given, *other])


def test_workers_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    given = sources(tmp_path / "given", 80)
    with running(tmp_path / "killed.sqlite", 2, given, delay=0.2) as process:
        # two workers, and the process of multiprocessing that cleans up after them
        assert until(lambda: len(psutil.Process(process.pid).children()) == 3)
        children = psutil.Process(process.pid).children(recursive=True)
    # running() has killed it
    assert outliving(children) == 0


def captured(store: Path) -> int:
    try:
        with open_collection(store, create=False) as opened:
            return opened.store.counts()["captures"]
    except InputError:  # it is being made
        return 0


def until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether ``condition`` comes true within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
