"""Engines: every shard is read once, the dead harm only the document that killed them, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tawatur.engines import DIED, Engine, InProcess, One, Processes, Shard, read_shard
from tawatur.errors import TawaturError
from tawatur.model import Capture
from tawatur.reader.protocol import ReaderChoice
from tawatur.store.packing import Packed
from tests.collection.made import DEADLY, DEADLY_AFTER_OTHERS, deadly, hungry, row

NUMBERS = range(12)


def one(number: int, words: str = "") -> One:
    return f"k{number}", Capture(row(number, words).encode(), kind="row")


def shards(size: int = 3, words: dict[int, str] | None = None) -> Iterator[Shard]:
    ones = [one(number, (words or {}).get(number, "")) for number in NUMBERS]
    for at in range(0, len(ones), size):
        yield ones[at : at + size]


def read_with(engine: Engine, given: Iterator[Shard]) -> dict[str, str]:
    """The failure of each reading ("" for none) by id; each id comes once."""
    packed = [one for shard in engine.run(given) for one in shard]
    found = {each.capture: each.issues[0]["code"] if each.document is None else "" for each in packed}
    assert len(found) == len(packed)
    return found


def test_all_engines_read_the_same() -> None:
    def digests(engine: Engine) -> list[tuple[str, str]]:
        return sorted((p.capture, p.digest) for packed in engine.run(shards()) for p in packed)

    here = digests(InProcess())
    assert [key for key, _ in here] == sorted(f"k{number}" for number in NUMBERS)
    assert len({digest for _, digest in here}) == len(NUMBERS)
    assert digests(Processes(2)) == here


def test_a_document_that_kills_its_process_fails_alone() -> None:
    found = read_with(Processes(2, deadly), shards(words={4: DEADLY, 11: DEADLY}))
    assert found == {f"k{number}": DIED if number in (4, 11) else "" for number in NUMBERS}


def test_a_death_that_is_not_the_documents_fault_is_no_failure() -> None:
    found = read_with(Processes(1, deadly), shards(words={4: DEADLY_AFTER_OTHERS, 5: DEADLY_AFTER_OTHERS}))
    assert found == {f"k{number}": "" for number in NUMBERS}


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is limited there only")
def test_a_document_that_takes_all_memory_fails_alone() -> None:
    found = read_with(Processes(1, hungry), shards(words={7: DEADLY}))
    assert found == {f"k{number}": "unexpected" if number == 7 else "" for number in NUMBERS}


def test_processes_that_cannot_start_are_one_error_and_no_document_is_to_blame(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(multiprocessing.spawn, "get_executable", lambda: b"/bin/false")
    with pytest.raises(TawaturError, match="cannot be started") as told:
        read_with(Processes(2), shards())
    assert "one worker" in told.value.hint


def test_no_room_for_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*arguments: object, **more: object) -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.util, "spawnv_passfds", no_room)
    with pytest.raises(TawaturError, match="cannot be started"):
        read_with(Processes(2), shards())


def test_a_program_without_a_guard_is_told_how_to_begin(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from tawatur.engines import Processes\n"
        "from tawatur.errors import TawaturError\n"
        "try:\n"
        "    list(Processes(2).run([]))\n"
        "except TawaturError as error:\n"
        "    print(error.hint)\n"
    )
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=False)
    assert 'if __name__ == "__main__"' in done.stdout


def asleep(shard: Shard) -> list[Packed]:
    """Reads the first document and hangs at all others."""
    if shard[0][0] != "k0":
        time.sleep(600)
    return read_shard(shard)


def test_reading_that_is_given_up_ends_at_once_with_its_processes() -> None:
    before = set(psutil.Process().children(recursive=True))
    readings = Processes(2, asleep).run(shards(size=1))
    assert next(readings)[0].capture == "k0"
    workers = [
        each for each in set(psutil.Process().children(recursive=True)) - before if "tracker_fd" in str(each.cmdline())
    ]
    assert len(workers) == 2
    began = time.monotonic()
    readings.close()
    assert time.monotonic() - began < 30
    assert not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in workers)


def test_an_error_where_shards_come_from_is_told_as_it_is() -> None:
    def broken() -> Iterator[Shard]:
        yield [one(0)]
        raise OSError(5, "the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(Processes(2).run(broken()))


def test_what_cannot_be_packed_is_a_failure_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from tawatur import pipeline

    def odd(key: str, capture: Capture, choice: ReaderChoice) -> object:
        return object() if key == "k5" else real(key, capture, choice)

    real = pipeline.read
    monkeypatch.setattr(pipeline, "read", odd)
    found = read_with(InProcess(), shards())
    assert found == {f"k{number}": "unexpected" if number == 5 else "" for number in NUMBERS}


def test_no_shards_are_no_mistake() -> None:
    assert list(InProcess().run([])) == list(Processes(2).run([])) == []
