"""Connections: what is written is written whole, and what goes wrong is told in plain words."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from tawatur.errors import InputError, TawaturError
from tawatur.store.database import NAME, connect, place, reading, writing
from tawatur.store.repository import Store
from tawatur.store.tables import blobs, issues, journal, metadata, pending


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "books.db"
    Store.open(path).close()
    return path


def keep(engine: Engine, *digests: str, size: int = 1) -> None:
    with writing(engine) as connection:
        connection.execute(insert(blobs), [{"digest": each, "size": size, "content": b"x" * size} for each in digests])


def kept(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [digest for (digest,) in raw.execute("SELECT digest FROM blobs ORDER BY digest")]


def test_the_tables_are_statements_for_both_databases() -> None:
    for name in ("postgresql+psycopg", "sqlite"):
        dialect = URL.create(name).get_dialect()()
        for table in metadata.sorted_tables:
            assert table.name in str(CreateTable(table).compile(dialect=dialect))
            for index in table.indexes:
                assert str(index.name) in str(CreateIndex(index).compile(dialect=dialect))


def test_every_connection_is_set_up_alike(path: Path) -> None:
    engine = connect(path, busy=7)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 7000}
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
    engine.dispose()


def test_the_folder_is_made_and_a_folder_gets_the_usual_file(tmp_path: Path) -> None:
    Store.open(tmp_path / "deep" / "er" / "a.db").close()
    assert (tmp_path / "deep" / "er" / "a.db").is_file()
    with Store.open(tmp_path / "deep") as store:
        assert store.path == place(tmp_path / "deep") == tmp_path / "deep" / NAME
    assert (tmp_path / "deep" / NAME).is_file()


@pytest.mark.parametrize("options", [{"create": False}, {"readonly": True}, {"create": True, "readonly": True}])
def test_a_missing_store_is_told_and_not_made(tmp_path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(InputError, match="there is no store"):
        Store.open(tmp_path / "no" / "store.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(TawaturError, match="cannot be made"):
        Store.open(tmp_path / "file" / "below" / "a.db")


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    engine = connect(path)

    def fail() -> None:
        with writing(engine) as connection:
            connection.execute(insert(blobs).values(digest="a", size=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(IntegrityError):
        keep(engine, "b", "b")
    engine.dispose()
    assert kept(path) == []


def test_foreign_keys_hold(path: Path) -> None:
    engine = connect(path)
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(pending).values(capture=7, owner="me"))
    engine.dispose()


def test_a_fault_names_no_words_of_a_report(path: Path) -> None:
    engine = connect(path)
    with pytest.raises(IntegrityError) as caught, writing(engine) as connection:
        connection.execute(insert(issues), [{"message": "what a witness said"}])
    engine.dispose()
    assert "issues.at" in str(caught.value)
    assert "witness" not in str(caught.value)


def test_what_was_not_finished_when_the_process_was_killed_is_not_there(path: Path) -> None:
    program = (
        "import os, pathlib, sys, signal; from sqlalchemy import insert; from tawatur.store import database, tables\n"
        "engine = database.connect(pathlib.Path(sys.argv[1]))\n"
        "def row(digest): return {'digest': digest, 'size': 1, 'content': b'x' * 3_000_000}\n"
        "with database.writing(engine) as c: c.execute(insert(tables.blobs), [row('done')])\n"
        "with database.writing(engine) as c:\n"
        "    c.execute(insert(tables.blobs), [row('half')])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, path], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert kept(path) == ["done"]


def test_writers_come_one_after_the_other(path: Path) -> None:
    def write(name: str) -> None:
        engine = connect(path)
        for k in range(15):
            with writing(engine) as connection:
                count = connection.execute(select(func.count()).select_from(blobs)).scalar_one()
                connection.execute(insert(blobs).values(digest=f"{count:03}", size=k))
        engine.dispose()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    # each counted what all before had written, else two would have had one key
    assert kept(path) == [f"{k:03}" for k in range(45)]


def test_a_reader_sees_the_store_as_it_was_and_does_not_hold_up_a_writer(path: Path) -> None:
    engine = connect(path, busy=0.1)
    with reading(engine) as connection:
        count = select(func.count()).select_from(blobs)
        assert connection.execute(count).scalar() == 0
        keep(engine, "a")
        assert connection.execute(count).scalar() == 0
    engine.dispose()
    assert kept(path) == ["a"]


def test_a_store_that_is_read_only_leaves_no_trace(path: Path) -> None:
    before = path.read_bytes()
    with Store.open(path, readonly=True) as store:
        assert store.counts()["captures"] == 0
        with pytest.raises(TawaturError, match=r"books\.db cannot be written"):
            keep(store.engine, "a")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_log_that_another_left_is_read_and_not_put_away(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO blobs VALUES ('a', 1, x'00')")
        raw.commit()
        # a copy as a killed process leaves it: the file, and its log
        copy = tmp_path / "copy"
        copy.mkdir()
        for end in ("", "-wal"):
            (copy / f"a.db{end}").write_bytes(path.with_name(path.name + end).read_bytes())
    before = (copy / "a.db").read_bytes(), (copy / "a.db-wal").read_bytes()
    engine = connect(copy / "a.db", readonly=True)
    with reading(engine) as connection:
        assert connection.execute(select(blobs.c.digest)).scalars().all() == ["a"]
    engine.dispose()
    assert ((copy / "a.db").read_bytes(), (copy / "a.db-wal").read_bytes()) == before


def test_a_file_where_nothing_may_be_written_is_read_as_it_lies(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    seen = []
    monkeypatch.setattr(sqlite3, "connect", lambda address, **options: seen.append(address))
    with pytest.raises(AttributeError):
        connect(path, readonly=True).connect()
    assert seen[0].endswith("?immutable=1")


def test_a_lock_that_is_held_too_long(path: Path) -> None:
    engine = connect(path, busy=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TawaturError, match=r"has been writing to .* for too long") as raised:
            keep(engine, "a")
        assert "\n" not in str(raised.value)
        assert raised.value.hint
        other.execute("ROLLBACK")
    keep(engine, "b")
    engine.dispose()
    assert kept(path) == ["b"]


def test_a_full_disk_leaves_the_store_as_it_was(path: Path) -> None:
    engine = connect(path)

    @event.listens_for(engine, "connect")
    def small(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA max_page_count = 150")

    keep(engine, "a")
    with pytest.raises(TawaturError, match=r"the disk is full: .*books\.db"):
        keep(engine, "b", size=2_000_000)
    keep(engine, "c")
    engine.dispose()
    assert kept(path) == ["a", "c"]


def test_a_file_that_may_not_be_written(path: Path) -> None:
    engine = connect(path)

    @event.listens_for(engine, "connect")
    def closed(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA query_only = ON")

    with pytest.raises(TawaturError, match="cannot be written") as raised:
        keep(engine, "a")
    assert "permissions" in raised.value.hint
    engine.dispose()


def test_a_damaged_store(path: Path) -> None:
    engine = connect(path)
    keep(engine, *(f"{k:05}" for k in range(3000)))
    engine.dispose()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (size - 8192))
    with pytest.raises(TawaturError, match="is damaged") as raised, Store.open(path) as store:
        keep(store.engine, "x")
    assert "tawatur verify" in raised.value.hint


@pytest.mark.parametrize("content", [b"some words, not a database " * 99, b"\xff" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(TawaturError, match=r"notes\.txt is not a store"):
        Store.open(path)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("options", [{}, {"create": False}, {"readonly": True}])
def test_the_database_of_another_program_is_refused_and_not_touched(tmp_path: Path, options: dict[str, bool]) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(TawaturError, match="is not a store of tawatur"):
        Store.open(path, **options)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store_only_where_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(TawaturError, match="is not a store"):
        Store.open(path, create=False)
    with Store.open(path) as store:
        assert store.head() == (0, "0" * 64)


def test_a_store_of_a_newer_program_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    for readonly in (False, True):
        with pytest.raises(TawaturError, match="newer tawatur"):
            Store.open(path, readonly=readonly)


def test_two_programs_make_one_store(tmp_path: Path) -> None:
    program = "import pathlib, sys; from tawatur.store.repository import Store; Store.open(pathlib.Path(sys.argv[1]))"
    path = tmp_path / "new" / "a.db"
    both = [subprocess.Popen([sys.executable, "-c", program, path], stderr=subprocess.PIPE) for _ in range(2)]
    assert [each.communicate()[1] for each in both] == [b"", b""]
    with Store.open(path, create=False) as store:
        assert store.head() == (0, "0" * 64)


def test_a_fault_of_our_own_stays_what_it_is(path: Path) -> None:
    engine = connect(path)
    with pytest.raises(OperationalError, match="no such table"), reading(engine) as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
    engine.dispose()


def test_the_journal_has_one_row_for_a_number(path: Path) -> None:
    engine = connect(path)
    row = {"seq": 1, "at": "", "kind": "", "subject": "", "digest": "", "link": ""}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(journal), [row, row])
    engine.dispose()
