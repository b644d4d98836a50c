"""Whatever is changed in a store behind the program's back is found; what is sound is not complained of."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tawatur.errors import InputError, TawaturError
from tawatur.model import Generation
from tawatur.store import journal, keys
from tawatur.store import verify as module
from tawatur.store.packing import pack, squeeze
from tawatur.store.repository import Store
from tawatur.store.takedown import take_down
from tawatur.store.verify import Verified, verify
from tests.store.making import READER, capture, failed, filled, page, put

Tamper = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with something of everything."""
    path = tmp_path_factory.mktemp("whole") / "books.db"
    filled(path)
    return path


@pytest.fixture(scope="module")
def lacking(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with one report taken down."""
    path = tmp_path_factory.mktemp("lacking") / "books.db"
    shutil.copy(whole, path)
    with Store.open(path) as store:
        take_down(store, "https://news.example/1", who="Rana", why="a court")
    return path


def verified(path: Path, head: str = "") -> Verified:
    with Store.open(path, create=False) as store:
        return verify(store, head=head)


def tampered(path: Path, tmp_path: Path, tamper: Tamper, head: str = "") -> tuple[str, ...]:
    """What is found in a copy after somebody was at it."""
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        tamper(raw)
        raw.commit()
    return verified(copy, head).findings


def run(*statements: str) -> Tamper:
    def tamper(raw: sqlite3.Connection) -> None:
        for statement in statements:
            assert raw.execute(statement).rowcount == 1, statement

    return tamper


def test_a_store_that_nobody_touched_is_sound(whole: Path) -> None:
    told = verified(whole)
    assert told.findings == ()
    with Store.open(whole) as store:
        assert (told.content_hash, told.head, told.counts) == (store.content_hash(), store.head(), store.counts())
    assert told.counts["captures"] == 8


def test_an_empty_store_is_sound(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db") as store:
        assert verify(store).findings == ()
        assert verify(store, head=f"0:{journal.GENESIS}").findings == ()


def test_a_store_with_something_taken_down_is_sound(lacking: Path) -> None:
    assert verified(lacking).findings == ()


def test_a_store_that_may_only_be_read_can_be_verified(whole: Path) -> None:
    with Store.open(whole, readonly=True) as store:
        assert verify(store).findings == ()


CHANGED: dict[str, tuple[Tamper, str]] = {
    "a blob's digest": (run("UPDATE blobs SET digest = 'a' || substr(digest, 2) WHERE rowid = 1"), "blobs"),
    "a blob's size": (run("UPDATE blobs SET size = size + 1 WHERE rowid = 1"), "blobs"),
    "a blob emptied": (run("UPDATE blobs SET content = NULL WHERE rowid = 1"), "blobs"),
    "a blob that is no zlib": (run("UPDATE blobs SET content = x'00ff' WHERE rowid = 1"), "blobs"),
    "a blob put in": (run("INSERT INTO blobs VALUES ('%s', 0, x'789c030000000001')" % ("e3" * 32)), "blobs"),
    "a capture's outlet": (run("UPDATE captures SET outlet = 'other' WHERE seq = 1"), "captures"),
    "a capture's time": (run("UPDATE captures SET fetched = '2026-03-09T12:00:00.000000Z' WHERE seq = 1"), "captures"),
    "a capture's series": (run("UPDATE captures SET series = 'x' WHERE seq = 3"), "captures"),
    "a capture's place": (run("UPDATE captures SET found_at = 'list.jsonl:9' WHERE seq = 1"), "captures"),
    "a capture's id": (run("UPDATE captures SET id = 'ab' WHERE seq = 1"), "captures ab"),
    "a capture's bytes swapped": (
        run("UPDATE captures SET blob = (SELECT blob FROM captures WHERE seq = 3) WHERE seq = 1"),
        "captures",
    ),
    "a document's title": (run("UPDATE documents SET title = 'Calm' WHERE seq = 1"), "documents"),
    "a document's address": (run("UPDATE documents SET url = 'https://x.example' WHERE seq = 1"), "documents"),
    "a document's outlet": (run("UPDATE documents SET outlet = 'x' WHERE seq = 1"), "documents"),
    "a document's id": (run("UPDATE documents SET id = 'x' WHERE seq = 1"), "documents"),
    "a document's language": (run("UPDATE documents SET language = 'ar' WHERE seq = 1"), "readings"),
    "a document's series": (run("UPDATE documents SET series = 'x' WHERE seq = 1"), "readings"),
    "a document's digest": (run("UPDATE documents SET digest = 'ab' WHERE seq = 1"), "documents ab"),
    "a document emptied": (run("UPDATE documents SET content = NULL WHERE seq = 1"), "documents"),
    "a reading's digest": (run("UPDATE readings SET digest = 'ab' WHERE seq = 1"), "readings"),
    "a reading's day": (run("UPDATE readings SET published = '2026-03-02' WHERE seq = 1"), "readings"),
    "a reading's number": (run("UPDATE readings SET records = 9 WHERE seq = 1"), "readings"),
    "a reading's status": (run("UPDATE readings SET status = 'failed' WHERE seq = 1"), "readings"),
    "a reading that points on": (run("UPDATE readings SET status = 'same', content = NULL WHERE seq = 1"), "readings"),
    "a reading emptied": (run("UPDATE readings SET content = NULL WHERE seq = 1"), "readings"),
    "a reading of another document": (run("UPDATE readings SET document = 3 WHERE seq = 1"), "readings"),
    "a reading by another reader": (run("UPDATE readings SET generation = 2 WHERE seq = 2"), "readings"),
    "a failure made a reading": (run("UPDATE readings SET document = 1 WHERE status = 'failed'"), "readings"),
    "the day of one that points on": (
        run("UPDATE readings SET published = '2026-03-02' WHERE status = 'same'"),
        "readings",
    ),
    "a slim row's place": (run("UPDATE records SET place = 'place-2' WHERE seq = 1"), "records"),
    "a slim row's latitude": (run("UPDATE records SET lat = lat + 1e-9 WHERE seq = 1"), "records"),
    "a slim row's status": (run("UPDATE records SET status = 'denied' WHERE seq = 1"), "records"),
    "a slim row gone": (run("DELETE FROM records WHERE seq = 2"), "records"),
    "a slim row twice": (
        run(
            "INSERT INTO records SELECT 99, reading, position, id, kind, type, status, standing, first, last, place,"
            " country, lat, lon, actor, confidence FROM records WHERE seq = 1"
        ),
        "records",
    ),
    "an issue's message": (run("UPDATE issues SET message = 'fine' WHERE seq = 1"), "issues"),
    "an issue's span": (run("UPDATE issues SET start = 1 WHERE seq = 1"), "issues"),
    "an issue gone": (run("DELETE FROM issues WHERE seq = 1"), "issues"),
    "the reason of a failure": (
        run("UPDATE issues SET message = 'fine' WHERE code = 'empty'"),
        "issues",
    ),
    "a report on the older version": (
        run("UPDATE reports SET capture = 1, reading = 1, document = 1 WHERE series = 'https://news.example/1'"),
        "reports https://news.example/1",
    ),
    "a report gone": (run("DELETE FROM reports WHERE series = 'https://news.example/2'"), "reports"),
    "a report of nothing": (
        run("INSERT INTO reports SELECT 'x', capture, reading, document FROM reports LIMIT 1"),
        "reports",
    ),
    "a generation's version": (run("UPDATE generations SET version = '3' WHERE seq = 1"), "generations"),
    "a generation's digest": (run("UPDATE generations SET digest = 'abababababab' WHERE seq = 1"), "generations"),
    "a generation put in": (run("INSERT INTO generations VALUES (9, 'x/1+ab', 'x', '1', 'ab')"), "generations"),
    "an outside archive's address": (
        run("UPDATE attachments SET address = 'https://x.example' WHERE kind = 'archive'"),
        "attachments",
    ),
    "an outside archive gone": (run("DELETE FROM attachments WHERE kind = 'archive'"), "attachments"),
    "a picture gone": (run("DELETE FROM attachments WHERE kind = 'picture'"), "blobs"),
    "a decision's why": (run("UPDATE decisions SET why = 'other' WHERE seq = 1"), "decisions"),
    "a decision's who": (run("UPDATE decisions SET who = 'Sara' WHERE seq = 1"), "decisions"),
    "a decision's value": (run("UPDATE decisions SET value = '\"event-3\"' WHERE seq = 1"), "decisions"),
    "a decision's time": (
        run("UPDATE decisions SET at = '2020-03-01T12:00:00.000000Z' WHERE seq = 1"),
        "decisions",
    ),
    "a decision gone": (run("DELETE FROM decisions WHERE seq = 2"), "journal"),
    "an undo turned": (run("UPDATE decisions SET undoes = NULL WHERE seq = 2"), "decisions"),
    "a decision put in": (
        run("INSERT INTO decisions VALUES (9, 'ab', '2026-03-01T12:00:00.000000Z', 'x', 'x', 'x', '1', 'x', NULL)"),
        "decisions ab",
    ),
    "a link": (run("UPDATE journal SET link = 'ab' WHERE seq = 3"), "journal"),
    "a journal row's time": (run("UPDATE journal SET at = '2020-03-01T12:00:00.000000Z' WHERE seq = 3"), "journal 3"),
    "a journal row's digest": (run("UPDATE journal SET digest = 'ab' WHERE seq = 3"), "journal 3"),
    "a journal row gone": (run("DELETE FROM journal WHERE seq = 3"), "journal 4"),
    "the last journal row gone": (run("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"), "head"),
    "the end moved": (run("UPDATE head SET seq = seq - 1"), "head"),
    "the end gone": (run("DELETE FROM head"), "head"),
    "what waits gone": (run("DELETE FROM pending"), "captures"),
    "what was read waits": (run("INSERT INTO pending VALUES (1, 'me')"), "pending"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_is_found_and_its_place_named(whole: Path, tmp_path: Path, name: str) -> None:
    tamper, where = CHANGED[name]
    found = tampered(whole, tmp_path, tamper)
    assert [line for line in found if line.startswith(where) or f" {where} " in line or f"its {where}" in line], found
    assert all("\n" not in line for line in found)


def chained(raw: sqlite3.Connection) -> None:
    """Works out all links anew, as somebody would who knows the program."""
    link = journal.GENESIS
    rows = raw.execute("SELECT seq, at, kind, subject, digest FROM journal ORDER BY seq").fetchall()
    for number, (seq, at, kind, subject, digest) in enumerate(rows, start=1):
        link = journal.link(link, number, at, kind, subject, digest)
        raw.execute("UPDATE journal SET seq = ?, link = ? WHERE seq = ?", (number, link, seq))
    raw.execute("UPDATE head SET seq = ?, link = ?", (len(rows), link))


def test_a_chain_written_anew_is_found_by_an_end_noted_before(whole: Path, tmp_path: Path) -> None:
    def tamper(raw: sqlite3.Connection) -> None:
        raw.execute("DELETE FROM decisions WHERE seq = 2")
        raw.execute("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
        chained(raw)

    before = verified(whole).head
    assert tampered(whole, tmp_path, tamper) == ()  # what it cannot show, as docs/store.md says
    [found] = tampered(whole, tmp_path, tamper, head=f"{before[0]}:{before[1]}")
    assert found.startswith(f"head: {before[0]}:{before[1]}")


def test_an_end_noted_earlier_lies_in_the_chain_later(tmp_path: Path) -> None:
    with Store.open(tmp_path / "books.db") as store:
        put(store, capture(1))
        seq, link = store.head()
        put(store, capture(2))
        assert verify(store, head=f"{seq}:{link}").findings == ()
        assert len(verify(store, head=f"{seq + 1}:{link}").findings) == 1


@pytest.mark.parametrize("head", ["17", "x:y", "1:" + "g" * 64, "-1:" + "a" * 64, "1:" + "a" * 63])
def test_an_end_that_is_none_is_the_callers_mistake(whole: Path, head: str) -> None:
    with pytest.raises(InputError, match="no end of a journal"):
        verified(whole, head)


def swap(raw: sqlite3.Connection, table: str, key: str, value: object, content: bytes) -> None:
    raw.execute(f"UPDATE {table} SET content = ? WHERE {key} = ?", (squeeze(content), value))


def test_a_word_changed_inside_bytes_is_found(whole: Path, tmp_path: Path) -> None:
    def tamper(raw: sqlite3.Connection) -> None:
        digest = keys.digest(page(1))
        swap(raw, "blobs", "digest", digest, page(1).replace(b"3 were", b"0 were"))

    assert tampered(whole, tmp_path, tamper) == (
        f"blobs {keys.digest(page(1))}: its bytes are not those of its digest",
    )


def test_a_word_changed_inside_a_document_is_found(whole: Path, tmp_path: Path) -> None:
    def tamper(raw: sqlite3.Connection) -> None:
        (content,) = raw.execute("SELECT content FROM documents WHERE seq = 1").fetchone()
        swap(raw, "documents", "seq", 1, zlib.decompress(content).replace(b"3 were", b"0 were"))

    assert any(line.startswith("documents") for line in tampered(whole, tmp_path, tamper))


def test_a_span_that_does_not_say_what_its_text_says_is_found_even_where_all_hashes_fit(
    whole: Path, tmp_path: Path
) -> None:
    def tamper(raw: sqlite3.Connection) -> None:
        content, document, subject = raw.execute(
            "SELECT r.content, d.digest, c.id || ' ' || g.id FROM readings r JOIN documents d ON d.seq = r.document"
            " JOIN captures c ON c.seq = r.capture JOIN generations g ON g.seq = r.generation WHERE r.seq = 1"
        ).fetchone()
        said = json.loads(zlib.decompress(content))
        said["records"][0]["anchor"]["text"] = "Shilling"
        new = keys.canonical(said)
        swap(raw, "readings", "seq", 1, new)
        digest = keys.reading_digest(document, new)
        raw.execute("UPDATE readings SET digest = ? WHERE seq = 1", (digest,))
        raw.execute("UPDATE journal SET digest = ? WHERE kind = 'reading' AND subject = ?", (digest, subject))
        chained(raw)

    [found] = tampered(whole, tmp_path, tamper)
    assert "its span 0:8 does not say what its text says" in found


@pytest.mark.parametrize("table", ["documents", "readings"])
@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{}", b'{"id":1}', b"[" * 50_000, b"\xff"])
def test_contents_that_are_none_are_findings_not_errors(
    whole: Path, tmp_path: Path, table: str, content: bytes
) -> None:
    assert tampered(whole, tmp_path, lambda raw: swap(raw, table, "seq", 1, content)) != ()


def test_contents_that_fit_their_digest_and_are_none_are_findings_not_errors(whole: Path, tmp_path: Path) -> None:
    def tamper(raw: sqlite3.Connection) -> None:
        for number, content in enumerate((b"[]", b'{"id":7,"title":[]}', b"[" * 50_000), start=1):
            swap(raw, "documents", "seq", number, content)
            raw.execute("UPDATE documents SET digest = ? WHERE seq = ?", (keys.digest(content), number))

    found = tampered(whole, tmp_path, tamper)
    assert sum(line.startswith("documents") for line in found) == 3


def test_a_bomb_in_place_of_bytes_is_not_unpacked(whole: Path, tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    tracemalloc.start()
    found = tampered(whole, tmp_path, lambda raw: raw.execute("UPDATE blobs SET content = ? WHERE rowid = 1", (bomb,)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert most < 20_000_000


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blobs SET content = x'789c030000000001' WHERE content IS NULL AND rowid = 1",
        "UPDATE documents SET title = 'Shelling' WHERE seq = 1",
        "UPDATE readings SET content = x'00' WHERE seq = 1",
        "UPDATE captures SET title = 'Shelling' WHERE seq = 1",
        "INSERT INTO pending VALUES (1, 'me')",
        "UPDATE decisions SET why = 'none' WHERE kind = 'takedown'",
        "UPDATE decisions SET value = replace(value, '\"blobs\":[', '\"blobs\":[\"aa\",') WHERE kind = 'takedown'",
        "UPDATE blobs SET content = NULL WHERE rowid = 3",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    ],
)
def test_a_takedown_excuses_no_more_than_it_says(lacking: Path, tmp_path: Path, statement: str) -> None:
    assert tampered(lacking, tmp_path, run(statement)) != ()


def test_emptied_without_a_takedown_is_found(whole: Path, tmp_path: Path) -> None:
    def tamper(raw: sqlite3.Connection) -> None:
        raw.execute("UPDATE blobs SET content = NULL")
        raw.execute("UPDATE documents SET content = NULL, title = NULL")
        raw.execute("UPDATE readings SET content = NULL")
        raw.execute("DELETE FROM records")
        raw.execute("DELETE FROM reports")

    found = tampered(whole, tmp_path, tamper)
    with closing(sqlite3.connect(whole)) as raw:
        (blobs,) = raw.execute("SELECT count(*) FROM blobs").fetchone()
    assert sum("no takedown says so" in line and line.startswith("blobs") for line in found) == blobs


@pytest.mark.parametrize(
    "held",
    [b"Rana", b"two clashes", b"https://archive.example/2", b"place-1", READER.name.encode(), squeeze(page(3))],
)
def test_a_bit_flipped_in_what_the_file_holds_is_found(whole: Path, tmp_path: Path, held: bytes) -> None:
    copy = tmp_path / "flipped.db"
    content = bytearray(whole.read_bytes())
    content[content.index(held) + len(held) // 2] ^= 1
    copy.write_bytes(content)
    assert verified(copy).findings != ()


def test_a_bit_flipped_anywhere_is_never_a_crash(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "flipped.db"
    content = whole.read_bytes()
    told: list[str] = []
    for place in range(200, len(content), len(content) // 20):
        flipped = bytearray(content)
        flipped[place] ^= 0x10
        copy.write_bytes(flipped)
        try:
            told += verified(copy).findings
        except TawaturError as error:
            told.append(str(error))
    assert told
    assert [line for line in told if "\n" in line] == []


def test_of_very_many_findings_the_number_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    with Store.open(tmp_path / "books.db") as store:
        put(store, *(capture(number) for number in range(9)))
        with closing(sqlite3.connect(store.path)) as raw:
            raw.execute("UPDATE records SET status = 'denied'")
            raw.commit()
        found = verify(store).findings
    assert len(found) == 4
    assert found[-1] == "and 6 more"


def test_others_may_write_while_it_is_looked_at(tmp_path: Path) -> None:
    with Store.open(tmp_path / "books.db") as store, Store.open(tmp_path / "books.db") as other:
        put(store, capture(1), capture(2))
        steps: list[str] = []

        def meanwhile(name: str, number: int, of: int) -> None:
            steps.append(name)
            put(other, capture(10 + number))
            assert number == len(steps) <= of

        before = store.head()
        told = verify(store, progress=meanwhile)
        assert told.findings == ()
        assert told.head == before
        assert len(steps) > 5
        assert verify(store).findings == ()


def test_a_generation_of_many_captures_is_held_against_the_journal_a_few_at_a_time(tmp_path: Path) -> None:
    with Store.open(tmp_path / "books.db") as store:
        added = store.add_captures([capture(number) for number in range(300)], "me")
        store.add_readings([pack(failed(each.id)) for each in added], Generation("other", "1", "ab" * 32))
        assert verify(store).findings == ()
        with closing(sqlite3.connect(store.path)) as raw:
            raw.execute("DELETE FROM issues WHERE reading = 290")
            raw.execute("DELETE FROM readings WHERE seq = 290")
            raw.commit()
        found = verify(store).findings
        assert any("the reading" in line and "is not here" in line for line in found)
