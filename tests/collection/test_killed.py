"""``add`` may be killed at any moment and run again: nothing is lost, nothing is there twice, nothing half."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import psutil
import pytest

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
    with running(store, 0, given, delay=0.2) as process, pytest.raises(subprocess.TimeoutExpired):
        process.wait(1.2)
    left = state(store)
    assert left.pending > 0
    assert left.findings == ()
    with running(store, 0, other, delay=0.0) as process:
        assert process.stdout is not None
        _, seen, added, _, failed, resumed = process.stdout.read().split()
    assert int(seen) == int(added) + int(failed) + 3  # the three rows that both have are the same
    assert int(resumed) == left.pending
    assert state(store).content == undisturbed(tmp_path / "once.sqlite", [*given, *other])


def test_workers_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    given = sources(tmp_path / "given", 80)
    with running(tmp_path / "killed.sqlite", 2, given, delay=0.2) as process:
        until = time.monotonic() + 30
        while (
            len(children := psutil.Process(process.pid).children(recursive=True)) < 3
            or not (tmp_path / "killed.sqlite").exists()
        ) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
    # running() has killed it: two workers, and the process of multiprocessing that cleans up after them
    assert len(children) == 3
    assert outliving(children) == 0
