"""A store goes into one file and comes out of it equal; a file that is cut off, altered or made to harm does not."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tawatur.errors import InputError, TawaturError
from tawatur.store import archive_zip, migrate
from tawatur.store.archive import dump, load
from tawatur.store.repository import Store
from tawatur.store.tables import DERIVED, metadata
from tawatur.store.takedown import take_down
from tawatur.store.verify import verify
from tests.store.making import LATER, capture, filled, page, picture, put

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with something of everything, one report of it taken down."""
    path = tmp_path_factory.mktemp("whole") / "books.db"
    filled(path)
    with Store.open(path) as store:
        put(store, capture(8), capture(9, attachments=(picture(9),)), capture(10, title='"\u2028\x01 \ud83d\ude00'))
        take_down(store, "https://news.example/8", who="Rana", why="a court")
    return path


@pytest.fixture(scope="module")
def archive(whole: Path) -> Path:
    """The archive of that store."""
    path = whole.with_name("books.zip")
    with Store.open(whole) as store:
        dump(store, path)
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "new" / "books.db"


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def parts(archive: Path) -> Parts:
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(path: Path, members: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def retold(members: Parts) -> Parts:
    """With a manifest that fits the tables as they are now: what somebody would write who knows the format."""
    manifest = json.loads(members["manifest.json"])
    for name, told in manifest["tables"].items():
        content = members[f"tables/{name}.jsonl"]
        told.update(rows=content.count(b"\n"), bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def told(members: Parts, **given: Any) -> Parts:
    return {**members, "manifest.json": json.dumps({**json.loads(members["manifest.json"]), **given}).encode()}


def refused(path: Path, into: Path, said: str = "cannot be loaded") -> None:
    """Loading says so in one line and leaves nothing."""
    into.parent.mkdir(exist_ok=True)
    with pytest.raises(InputError, match=said) as raised:
        load(path, into)
    assert "\n" not in str(raised.value)
    assert raised.value.hint
    assert only(into.parent) == []


def test_what_comes_out_is_equal(whole: Path, archive: Path, into: Path) -> None:
    into.parent.mkdir()
    load(archive, into)
    with Store.open(whole) as old, Store.open(into, create=False) as new:
        assert new.content_hash() == old.content_hash()
        assert new.head() == old.head()
        same = (
            "captures",
            "documents",
            "reports",
            "readings",
            "records",
            "issues",
            "pending",
            "failed",
            "bytes_original",
        )
        assert {name: new.counts()[name] for name in same} == {name: old.counts()[name] for name in same}
        assert list(new.documents()) == list(old.documents())
        for listed in old.documents():
            assert new.reading(listed.id) == old.reading(listed.id)
        assert verify(new, head="{}:{}".format(*old.head())).findings == ()
    assert only(into.parent) == ["books.db"]


def test_what_comes_out_works_on(archive: Path, into: Path) -> None:
    into.parent.mkdir()
    load(archive, into)
    with Store.open(into) as store:
        [waiting] = store.claim("me", lambda owner: bool(owner))
        assert store.capture(waiting).content == page(6)
        assert [each.state for each in store.add_captures([capture(8), capture(2), capture(6)], "me")] == [
            "taken_down",
            "read",
            "pending",
        ]
        put(store, capture(50))
        put(store, capture(51), generation=LATER)
        assert verify(store).findings == ()


def test_the_same_store_gives_the_same_archive_and_so_does_what_comes_out(
    archive: Path, whole: Path, into: Path
) -> None:
    into.parent.mkdir()
    load(archive, into)
    with Store.open(into) as store:
        dump(store, into.with_name("again.zip"))
    with Store.open(whole) as store:
        dump(store, into.with_name("twice.zip"))
    assert into.with_name("again.zip").read_bytes() == archive.read_bytes()
    assert into.with_name("twice.zip").read_bytes() == archive.read_bytes()


def test_the_archive_can_be_read_without_this_program(archive: Path) -> None:
    members = parts(archive)
    manifest = json.loads(members["manifest.json"])
    assert manifest["tables"].keys() == metadata.tables.keys() - DERIVED
    assert manifest["revision"] == migrate.HEAD
    rows = [json.loads(line) for line in members["tables/captures.jsonl"].splitlines()]
    assert len(rows) == manifest["tables"]["captures"]["rows"] == 11
    assert members[f"blobs/{rows[0]['blob']}"] == page(1)
    texts = [json.loads(line)["content"] for line in members["tables/documents.jsonl"].splitlines()]
    assert json.loads(texts[0])["text"] == page(1).decode()
    assert manifest["blobs"] == sum(name.startswith("blobs/") for name in members)


def test_what_was_taken_down_is_not_in_the_archive(archive: Path) -> None:
    assert [name for name, content in parts(archive).items() if b"quarter8x" in content or b"title 8 " in content] == []


def test_nobody_of_this_machine_is_named_as_reading(archive: Path) -> None:
    assert [json.loads(line)["owner"] for line in parts(archive)["tables/pending.jsonl"].splitlines()] == [""]


def test_others_may_write_while_it_is_dumped(tmp_path: Path, into: Path) -> None:
    into.parent.mkdir()
    with Store.open(tmp_path / "books.db") as store, Store.open(tmp_path / "books.db") as other:
        put(store, capture(1), capture(2))
        before = (store.content_hash(), store.head())
        given = iter(range(100, 1000))
        done = dump(store, tmp_path / "books.zip", progress=lambda _: put(other, capture(next(given))))
        assert (done.content_hash, done.head) == before
        assert store.head() != before[1]
    load(tmp_path / "books.zip", into)
    with Store.open(into) as new:
        assert (new.content_hash(), new.head()) == before


def test_an_empty_store_comes_out_empty(tmp_path: Path, into: Path) -> None:
    into.parent.mkdir()
    with Store.open(tmp_path / "books.db") as store:
        done = dump(store, tmp_path / "books.zip")
        assert sum(done.rows.values()) == 1
    load(tmp_path / "books.zip", into)
    with Store.open(into) as new:
        assert new.head() == done.head


def test_a_dump_takes_no_place_that_is_taken(archive: Path, whole: Path, tmp_path: Path) -> None:
    place = tmp_path / "mine.zip"
    place.write_text("mine", encoding="utf-8")
    with Store.open(whole) as store, pytest.raises(InputError, match="there already"):
        dump(store, place)
    assert place.read_text(encoding="utf-8") == "mine"


def test_a_dump_that_cannot_be_written_leaves_nothing(whole: Path, tmp_path: Path) -> None:
    with Store.open(whole) as store:
        with pytest.raises(TawaturError, match="cannot be written"):
            dump(store, tmp_path / "none" / "books.zip")

        def interrupt(*given: object) -> None:
            if "FROM records" in str(given[2]):
                raise KeyboardInterrupt

        event.listen(store.engine, "before_cursor_execute", interrupt)
        with pytest.raises(KeyboardInterrupt):
            dump(store, tmp_path / "books.zip")
    assert only(tmp_path) == []


def test_a_dump_on_a_full_disk_is_told_in_one_line(whole: Path, tmp_path: Path) -> None:
    # a limit on the size of files stands in for the disk
    program = (
        "import pathlib, resource, signal, sys; from tawatur.errors import TawaturError;"
        "from tawatur.store.archive import dump; from tawatur.store.repository import Store;"
        "store = Store.open(pathlib.Path(sys.argv[1]), readonly=True);"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try: dump(store, pathlib.Path(sys.argv[2]))\n"
        "except TawaturError as error: print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", program, whole, tmp_path / "b.zip"], capture_output=True, check=False)
    assert b"cannot be written: File too large" in ran.stdout, ran.stderr
    assert only(tmp_path) == []


def test_a_damaged_store_is_not_dumped(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "books.db"
    for statement in (
        "UPDATE blobs SET content = x'789c030000000001' WHERE rowid = 1",
        "UPDATE blobs SET content = x'00' WHERE rowid = 1",
        "UPDATE documents SET content = x'00' WHERE seq = 1",
    ):
        shutil.copy(whole, copy)
        with closing(sqlite3.connect(copy)) as raw:
            raw.execute(statement)
            raw.commit()
        with Store.open(copy) as store, pytest.raises(TawaturError) as raised:
            dump(store, tmp_path / "books.zip")
        assert "verify" in raised.value.hint
    assert only(tmp_path) == ["books.db"]


def test_what_could_not_be_loaded_is_not_dumped(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_zip, "ALWAYS_UNPACKED", 0)
    monkeypatch.setattr(archive_zip, "MOST_UNPACKED", 1)
    with Store.open(whole) as store, pytest.raises(InputError, match="would unpack to"):
        dump(store, tmp_path / "books.zip")
    assert only(tmp_path) == []


def test_load_makes_a_new_store_only(archive: Path, into: Path) -> None:
    into.parent.mkdir()
    into.write_bytes(b"something")
    with pytest.raises(InputError, match="there already") as raised:
        load(archive, into)
    assert "--store" in raised.value.hint
    assert into.read_bytes() == b"something"
    with pytest.raises(InputError, match="there already"):
        load(archive, into.parent)
    into.write_bytes(b"")
    load(archive, into)
    assert only(into.parent) == ["books.db"]


def test_the_log_of_another_store_is_not_taken_for_its_own(archive: Path, into: Path) -> None:
    into.parent.mkdir()
    into.with_name("books.db-wal").write_bytes(b"something")
    with pytest.raises(InputError, match="left of another"):
        load(archive, into)
    assert only(into.parent) == ["books.db-wal"]


def test_a_place_that_is_not_there_is_said(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(TawaturError):
        load(archive, tmp_path / "none" / "books.db")
    refused(tmp_path / "none.zip", tmp_path / "new" / "books.db", "No such file")


@pytest.mark.parametrize("part", [0, 1, 0.3, 0.6, 0.97])
def test_a_file_cut_off_is_refused(archive: Path, tmp_path: Path, into: Path, part: float) -> None:
    content = archive.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(content[: 0 if part == 0 else int(len(content) * part) - (part == 1)])
    refused(cut, into, "cannot be loaded")


def test_a_file_with_a_changed_byte_is_refused_or_equal(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(archive) as file:
        # in the midst of what a member holds: after its header of 30 bytes and its name
        places = [m.header_offset + 30 + len(m.filename) + m.compress_size // 2 for m in file.infolist()]
    for place in places[:: max(1, len(places) // 12)]:
        flipped = bytearray(content)
        flipped[place] ^= 0x20
        changed.write_bytes(flipped)
        refused(changed, tmp_path / "new" / "books.db", "cannot be loaded")


def line_changed(table: str, old: bytes, new: bytes) -> Callable[[Parts], Parts]:
    def change(members: Parts) -> Parts:
        name = f"tables/{table}.jsonl"
        assert old in members[name]
        return retold({**members, name: members[name].replace(old, new, 1)})

    return change


def without(*names: str) -> Callable[[Parts], Parts]:
    return lambda members: {name: content for name, content in members.items() if not name.startswith(names)}


def blob(members: Parts) -> str:
    return next(name for name in members if name.startswith("blobs/"))


ALTERED: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "a word of a decision": (line_changed("decisions", b"one clash", b"two raids"), "hold together"),
    "a word of a document": (line_changed("documents", b"3 were", b"0 were"), "hold together"),
    "an outlet": (line_changed("captures", b'"outlet":"news.example"', b'"outlet":"olds.example"'), "hold together"),
    "a slim row": (line_changed("records", b'"status":"happened"', b'"status":"denied"'), "hold together"),
    "a link": (line_changed("journal", b'"link":"', b'"link":"a'), "hold together"),
    "a table behind the manifest's back": (
        lambda m: {**m, "tables/issues.jsonl": m["tables/issues.jsonl"].replace(b"odd", b"all")},
        "not the table",
    ),
    "rows gone": (lambda m: retold({**m, "tables/decisions.jsonl": b""}), "hold together"),
    "the manifest's hash": (lambda m: told(m, content_hash="ab" * 32), "not what its manifest"),
    "the manifest's end": (lambda m: told(m, head=[1, "ab" * 32]), "not what its manifest"),
    "bytes": (lambda m: {**m, blob(m): m[blob(m)][:-1] + b"?"}, "other bytes than its name"),
    "bytes with more behind": (lambda m: {**m, blob(m): m[blob(m)] + b"?"}, "bytes, not"),
    "bytes gone": (lambda m: {name: c for name, c in m.items() if name != blob(m)}, "is missing"),
    "bytes of nothing": (lambda m: {**m, f"blobs/{'ab' * 32}": b"x"}, "files of bytes where its tables name"),
    "no manifest": (without("manifest"), "manifest.json is missing"),
    "no table": (without("tables/issues"), "other tables"),
    "no tables": (without("tables/"), "other tables"),
    "another file": (lambda m: {**m, "readme.txt": b"hello"}, "readme.txt"),
    "a path that leads out": (lambda m: {**m, "../../evil": b"x"}, "no part of an archive"),
    "a path from the root": (lambda m: {**m, "/etc/passwd": b"x"}, "no part of an archive"),
    "a name with a line's end": (lambda m: {**m, "blobs/\n": b"x"}, "no part of an archive"),
    "a manifest that is no JSON": (lambda m: {**m, "manifest.json": b"{"}, "Expecting"),
    "a manifest that is a list": (lambda m: {**m, "manifest.json": b"[]"}, "format"),
    "a manifest nested deeply": (lambda m: {**m, "manifest.json": b"[" * 100_000}, "nested"),
    "a later format": (lambda m: told(m, format=2), "format"),
    "a later revision": (lambda m: told(m, revision="9999"), "newer tawatur"),
    "a manifest without an end": (lambda m: told(m, head=None), "does not say"),
    "a manifest with numbers for words": (lambda m: told(m, tables={"issues": 7}), "does not say"),
    "a manifest too large": (lambda m: told(m, more="x" * 2**20), "too large"),
    "a row that is no object": (
        lambda m: retold({**m, "tables/issues.jsonl": b"[1]\n"}),
        "issues.jsonl:1: not one row",
    ),
    "a row nested deeply": (lambda m: retold({**m, "tables/issues.jsonl": b"[" * 100_000 + b"\n"}), "not one row"),
    "a row with a list in it": (line_changed("issues", b'"code":"odd"', b'"code":["odd"]'), "not one row"),
    "two rows in a line": (line_changed("issues", b"}\n{", b"}{"), "not one row"),
    "a row without an end": (lambda m: retold({**m, "tables/issues.jsonl": b"{}"}), "no end"),
    "a row with a column more": (line_changed("issues", b'"seq":1', b'"seq":1,"x":1'), "not the columns"),
    "a row with a word for a number": (line_changed("issues", b'"seq":1', b'"seq":"1"'), "no whole number"),
    "a row with a huge number": (line_changed("issues", b'"seq":1', b'"seq":' + b"9" * 30), "no whole number"),
    "a row with no number": (line_changed("records", b'"lat":33.5', b'"lat":NaN'), "no number"),
    "a row with NUL": (line_changed("issues", b"odd", b"\\u0000"), "no text"),
    "a row with half a character": (line_changed("issues", b"odd", b"\\ud800"), "no text"),
    "a row that lacks what it needs": (line_changed("issues", b'"code":"odd"', b'"code":null'), "is missing"),
    "a row twice": (line_changed("generations", b'"seq":2', b'"seq":1'), "UNIQUE"),
    "a row that points at nothing": (line_changed("records", b'"reading":1,', b'"reading":99,'), "points at nothing"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_archive_is_refused(archive: Path, tmp_path: Path, into: Path, name: str) -> None:
    alter, said = ALTERED[name]
    refused(packed(tmp_path / "altered.zip", alter(parts(archive))), into, said)


def test_parts_packed_anew_by_another_program_are_loaded(archive: Path, tmp_path: Path, into: Path) -> None:
    into.parent.mkdir()
    load(packed(tmp_path / "other.zip", retold(dict(reversed(parts(archive).items())))), into)
    assert only(into.parent) == ["books.db"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(archive: Path, tmp_path: Path, into: Path) -> None:
    double = tmp_path / "double.zip"
    shutil.copy(archive, double)
    with zipfile.ZipFile(double, "a") as file:
        file.writestr("tables/issues.jsonl", b"")
    refused(double, into, "twice")


def test_a_member_packed_in_another_way_is_refused(archive: Path, tmp_path: Path, into: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as file:
        for name, content in parts(archive).items():
            file.writestr(name, content)
    refused(other, into, "packed in a way")


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Tells when more than 10 MB were taken."""
    tracemalloc.start()
    yield
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.usefixtures("little_memory")
def test_a_bomb_is_not_unpacked(archive: Path, tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_zip, "ALWAYS_UNPACKED", 2**20)
    members = parts(archive)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            if name != blob(members):
                file.writestr(name, content)
        with file.open(blob(members), "w") as member:
            for _ in range(30):
                member.write(bytes(2**20))
    refused(bomb, into, "would unpack to")


@pytest.mark.usefixtures("little_memory")
def test_a_bomb_that_tells_a_small_size_is_not_unpacked(archive: Path, tmp_path: Path, into: Path) -> None:
    members = parts(archive)
    size = len(members[blob(members)])
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in members.items():
            file.writestr(name, bytes(30 * 2**20) if name == blob(members) else content)
        file.getinfo(blob(members)).file_size = size
    tracemalloc.reset_peak()
    refused(bomb, into, "CRC|other bytes")


def test_members_that_lie_over_each_other_are_refused(archive: Path, tmp_path: Path, into: Path) -> None:
    over = tmp_path / "over.zip"
    members = parts(archive)
    with zipfile.ZipFile(over, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
        largest = max(file.infolist(), key=lambda member: member.file_size)
        for info in file.infolist():
            info.header_offset, info.compress_size, info.file_size = (
                largest.header_offset,
                largest.compress_size,
                largest.file_size,
            )
    refused(over, into)


def test_a_load_that_is_ended_half_way_leaves_nothing(
    archive: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into.parent.mkdir()
    seen = 0

    def interrupt(count: int) -> None:
        nonlocal seen
        seen += count
        if seen > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(archive, into, interrupt)
    assert only(into.parent) == []


def test_what_an_earlier_load_left_when_it_was_killed_is_not_in_the_way(archive: Path, into: Path) -> None:
    into.parent.mkdir()
    into.with_name("books.db.part").write_bytes(b"half")
    into.with_name("books.db.part-wal").write_bytes(b"half")
    load(archive, into)
    assert only(into.parent) == ["books.db"]


def test_a_load_on_a_full_disk_is_told_in_one_line(archive: Path, into: Path) -> None:
    into.parent.mkdir()
    program = (
        "import pathlib, resource, signal, sys; from tawatur.errors import TawaturError;"
        "from tawatur.store.archive import load;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "try: load(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
        "except TawaturError as error: print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", program, archive, into], capture_output=True, check=False)
    assert ran.stdout.count(b"\n") == 1, ran.stderr
    assert b"full" in ran.stdout or b"written" in ran.stdout
    assert only(into.parent) == []


def test_an_archive_of_an_older_store_is_brought_forward(
    archive: Path, into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the archive is of today; a later migration is put beside today's, as if it came tomorrow
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "later.py").write_text(
        f"from alembic import op\nrevision = 'later'\ndown_revision = '{migrate.HEAD}'\n\n\n"
        "def upgrade():\n    op.create_index('ix_visits_status', 'visits', ['status'])\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrate.upgrade, "__defaults__", ((migrate.VERSIONS, folder), "head"))
    monkeypatch.setattr(migrate.known, "__defaults__", ((migrate.VERSIONS, folder),))
    monkeypatch.setattr(migrate, "HEAD", "later")
    into.parent.mkdir()
    load(archive, into)
    with closing(sqlite3.connect(into)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("later",)]
        assert raw.execute("SELECT name FROM sqlite_master WHERE name = 'ix_visits_status'").fetchall()
