"""Disks, permissions, locks, damage and Ctrl-C: one clear line, the right exit code, and a store that is sound."""

from __future__ import annotations

import ctypes
import multiprocessing
import multiprocessing.spawn
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tawatur.cli.add import SOME_FAILED
from tawatur.cli.keeping import NOT_WHOLE
from tawatur.cli.main import run
from tawatur.collection import open_collection
from tawatur.collection.sharding import FEW
from tawatur.errors import TawaturError
from tawatur.store import database
from tawatur.store.repository import Store
from tests.collection.killing import ROOT, outliving, state, undisturbed
from tests.collection.made import collection, found_in, sources

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
LINUX = sys.platform == "linux"
Told = tuple[int, list[str]]
"""An exit code, and the lines on standard error."""


class Command:
    """The command line, in this process or in one of its own that is prepared first."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Told:
        self._capsys.readouterr()
        code = run([*map(str, arguments)])
        return code, self._capsys.readouterr().err.splitlines()

    def add(self, store: Path, *given: Path) -> Told:
        return self("add", *given, "--store", store, "--workers", 1)

    def apart(self, prepare: Callable[[], None], *arguments: object) -> Told:
        command = [sys.executable, "-m", "tawatur", *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, preexec_fn=prepare, cwd=ROOT
        )
        return done.returncode, done.stderr.splitlines()


@pytest.fixture
def tawatur(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with ten reports."""
    path = tmp_path / "books" / "store.sqlite"
    undisturbed(path, [collection(tmp_path / "first.jsonl", range(10))])
    return path


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """Sixty reports, ten of which are in the store."""
    return collection(tmp_path / "first.jsonl", range(60))


def whole(store: Path, count: int) -> None:
    found = state(store)
    assert found.findings == ()
    assert found.documents == count


def limited() -> None:
    # a write beyond the limit is an error like that of a full disk, instead of a signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def test_no_room_on_the_disk(store: Path, more: Path, tawatur: Command) -> None:
    code, (line,) = tawatur.apart(limited, "add", more, "--store", store, "--workers", 1)
    assert code == 1
    assert line.startswith(f"error: {store} could not be read or written")
    assert "full" in line
    assert state(store).findings == ()
    assert tawatur.add(store, more)[0] == 0
    whole(store, 60)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_database_may_not_grow(store: Path, more: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up = database._set_up

    def small(connection: sqlite3.Connection, *, readonly: bool, busy: float) -> None:
        set_up(connection, readonly=readonly, busy=busy)
        connection.execute("PRAGMA max_page_count = 90")

    with monkeypatch.context() as patch:
        patch.setattr(database, "_set_up", small)
        with open_collection(store) as opened, pytest.raises(TawaturError, match="the disk is full") as told:
            opened.add([str(more)], workers=workers)
    assert "make room" in told.value.hint
    assert state(store).findings == ()
    with open_collection(store) as opened:
        summary = opened.add([str(more)], workers=1)
    assert summary.adds_up
    whole(store, 60)


@pytest.mark.skipif(not IS_ROOT or not LINUX, reason="needs a disk of its own")
def test_a_small_disk(tmp_path: Path, more: Path, tawatur: Command) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        store = disk / "store.sqlite"
        code, (line,) = tawatur.add(store, more)
        assert code == 1
        assert "the disk is full" in line
        assert "hint: make room" in line
        subprocess.run(["mount", "-o", "remount,size=40m", disk], check=True)
        assert tawatur.add(store, more)[0] == 0
        whole(store, 60)
    finally:
        subprocess.run(["umount", disk], check=True)


def without_the_rights_of_root() -> None:
    if IS_ROOT:
        drop_from_bounding_set, override, read_search = 24, 1, 2
        for right in (override, read_search):
            if ctypes.CDLL(None).prctl(drop_from_bounding_set, right, 0, 0, 0):
                raise OSError("the rights of root cannot be given up")


@pytest.mark.skipif(not LINUX, reason="permissions and rights are Linux's")
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_not_be_written(
    there: bool, tmp_path: Path, store: Path, more: Path, tawatur: Command
) -> None:
    if not there:
        store = store.with_name("other.sqlite")
    folder = store.parent
    before = sorted(path.name for path in folder.iterdir())
    (store if there else folder).chmod(0o444 if there else 0o555)
    folder.chmod(0o555)
    try:
        code, lines = tawatur.apart(without_the_rights_of_root, "add", more, "--store", store, "--workers", 1)
        assert (code, len(lines)) == (1, 1)
        assert lines[0].startswith(f"error: {store} cannot be {'written' if there else 'opened'}  hint: look")
        assert sorted(path.name for path in folder.iterdir()) == before
        if there:
            assert tawatur.apart(without_the_rights_of_root, "list", "--store", store) == (0, [])
    finally:
        folder.chmod(0o755)
    if there:
        store.chmod(0o644)
        whole(store, 10)


def test_a_store_that_another_program_holds(
    store: Path, more: Path, tawatur: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = Store.open.__func__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(defaults, "busy", 0.3)
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, (line,) = tawatur.add(store, more)
        other.execute("ROLLBACK")
    assert code == 1
    assert line.startswith(f"error: another program has been writing to {store} for too long  hint: wait")
    assert tawatur.add(store, more)[0] == 0
    whole(store, 60)


def test_a_writer_waits_for_another(store: Path, more: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        later = threading.Timer(1.0, lambda: other.execute("ROLLBACK"))
        later.start()
        with open_collection(store) as opened:
            assert opened.add([str(more)], workers=1).added == 50
        later.join()


def flipped(path: Path, at: int, count: int) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + count] = bytes(each ^ 0x5A for each in content[at : at + count])
    path.write_bytes(content)


def test_a_damaged_header(store: Path, more: Path, tawatur: Command) -> None:
    flipped(store, 0, 32)
    before = store.read_bytes()
    for command in (["add", more], ["list"], ["verify"]):
        code, (line,) = tawatur(*command, "--store", store)
        assert code != 0
        assert line.startswith(f"error: {store} is not a store of tawatur")
    assert store.read_bytes() == before


def test_damage_in_the_middle_is_found(store: Path, more: Path, tawatur: Command) -> None:
    # the page that holds a row of captures, and the beginning of the next one
    flipped(store, store.read_bytes().index(b"first.jsonl:7") // 4096 * 4096, 5000)
    code, lines = tawatur("verify", "--store", store)
    assert code == NOT_WHOLE
    assert not any("error" in line for line in lines)
    code, lines = tawatur.add(store, more)
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(f"error: {store} is damaged  hint: run `tawatur verify`, or restore")


@pytest.mark.parametrize("command", ["add", "list", "verify"])
def test_a_text_file_is_no_store(command: str, tmp_path: Path, more: Path, tawatur: Command) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are notes\n" * 100)
    code, lines = tawatur(command, *([more] if command == "add" else []), "--store", path)
    assert code in (1, 3)
    assert lines == [f"error: {path} is not a store of tawatur  hint: name another file with --store"]
    assert path.read_text() == "these are notes\n" * 100


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_leaves_a_sound_store_and_no_process(workers: int, tmp_path: Path, tawatur: Command) -> None:
    count = 120
    given = sources(tmp_path / "given", count)
    store = tmp_path / "store.sqlite"
    command = [sys.executable, "-m", "tawatur", "add", *given, "--store", store, "--workers", workers]
    with subprocess.Popen(
        [*map(str, command)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        until = time.monotonic() + 30
        while time.monotonic() < until and not read_in(store):
            time.sleep(0.01)
        children = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.splitlines()[-1] == "error: stopped"
    assert "Traceback" not in told
    assert outliving(children) == 0
    left = state(store)
    assert left.findings == ()
    assert 0 < left.documents < count
    assert tawatur("add", *given, "--store", store, "--workers", 1)[0] == SOME_FAILED  # the damaged lines
    found = state(store)
    assert (found.documents, found.failed, found.pending) == (*found_in(count), 0)
    assert found.content == undisturbed(tmp_path / "once.sqlite", given)


def read_in(store: Path) -> int:
    """How many readings a store has that somebody else is making."""
    if not store.exists():
        return 0
    with closing(sqlite3.connect(store)) as raw:
        try:
            return int(raw.execute("SELECT count(*) FROM readings").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def test_processes_that_cannot_start_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = collection(tmp_path / "reports.jsonl", range(FEW))
    store = tmp_path / "store.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(multiprocessing.spawn, "get_executable", lambda: b"/bin/false")
        assert run(["add", str(given), "--store", str(store), "--workers", "2"]) == 1
    left = state(store)
    assert (left.pending, left.documents, left.failed, left.findings) == (FEW, 0, 0, ())
    assert run(["add", str(given), "--store", str(store), "--workers", "1"]) == 0
    whole(store, FEW)
