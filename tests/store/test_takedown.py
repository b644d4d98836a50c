"""What is taken down is gone from every table and from the file, and only that; it cannot come back."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, select

from tawatur.errors import InputError, TawaturError
from tawatur.model import Issue
from tawatur.store import tables, takedown
from tawatur.store.decisions import decisions, in_force, undo
from tawatur.store.packing import pack, squeeze
from tawatur.store.repository import Store
from tawatur.store.takedown import gone, take_down
from tawatur.store.verify import verify
from tests.store.making import LATER, READER, capture, failed, fill, page, picture, put, read


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "books.db") as store:
        yield store


def down(store: Store, name: str) -> takedown.Takedown:
    return take_down(store, name, who="Rana", why="order 17 of a court")


def raw_bytes(store: Store) -> bytes:
    """All that lies on disk of a store that is open: the file and its log."""
    log = store.path.with_name(store.path.name + "-wal")
    return store.path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def packed_contents(store: Store, series: str) -> list[bytes]:
    """The compressed bytes, documents and readings of a series, as they lie in the file."""
    with closing(sqlite3.connect(store.path)) as raw:
        found = raw.execute(
            "SELECT b.content FROM captures c JOIN blobs b ON b.digest = c.blob WHERE c.series = :s UNION ALL "
            "SELECT r.content FROM captures c JOIN readings r ON r.capture = c.seq WHERE c.series = :s UNION ALL "
            "SELECT d.content FROM captures c JOIN readings r ON r.capture = c.seq JOIN documents d ON d.seq = r.document"
            " WHERE c.series = :s UNION ALL "
            "SELECT b.content FROM captures c JOIN attachments a ON a.capture = c.seq JOIN blobs b ON b.digest = a.blob"
            " WHERE c.series = :s",
            {"s": series},
        ).fetchall()
    return [content for (content,) in found if content]


@pytest.mark.parametrize("name", ["document", "capture", "series", "first digits"])
def test_all_versions_go_and_nothing_of_the_others(store: Store, name: str) -> None:
    ids = fill(store)
    series = "https://news.example/1"
    before = {each.id: each for each in store.documents()}
    done = down(store, {"document": "1", "capture": ids[1], "series": series, "first digits": ids[0][:6]}[name])
    assert done.series == (series,)
    assert done.captures == tuple(sorted(ids[:2]))
    assert done.documents == ("1", "1")
    assert done.records == 3 + 3 + 2
    assert (done.shared, done.left) == ((), "")
    del before["1"]
    assert {each.id: each for each in store.documents()} == before
    for each in ids[:2]:
        with pytest.raises(InputError, match="taken down"):
            store.capture(each)
    assert store.capture(ids[2]).content == page(2)
    assert verify(store).findings == ()


def test_the_words_are_gone_from_the_file_and_its_log(store: Store) -> None:
    # some builds of SQLite overwrite what they free by themselves; the others leave it when a page is split
    store.close()
    event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA secure_delete = OFF"))
    put(store, *(capture(number, version) for number in range(1, 60) for version in (1, 2)))
    put(store, capture(70, attachments=(picture(70),)))
    for target in (1, 4, 6, 30, 70):
        words = [f"quarter{target}x1word".encode(), f"given title {target} قصف".encode()]
        if target == 70:
            words.append(b"author70")
        else:
            words.append(f"quarter{target}x2word".encode())
        pieces = packed_contents(store, f"https://news.example/{target}")
        assert len(pieces) >= 4
        there = raw_bytes(store)
        assert [word for word in words if word not in there] == []
        # a page of the file holds the short ones whole
        assert [piece for piece in pieces if len(piece) < 300 and piece not in there] == []
        assert down(store, f"https://news.example/{target}").left == ""
        there = raw_bytes(store)
        assert [word for word in words if word in there] == []
        assert [piece for piece in pieces if piece in there or piece[-12:] in there] == []
    assert b"quarter31x1word" in raw_bytes(store)
    assert verify(store).findings == ()


def test_what_stays_is_digests_addresses_and_the_reason(store: Store) -> None:
    ids = put(store, capture(1), capture(2))
    head = store.head()
    done = down(store, ids[0])
    assert decisions(store) == in_force(store, "takedown", "https://news.example/1") == (done.decision,)
    assert (done.decision.who, done.decision.why) == ("Rana", "order 17 of a court")
    assert json.loads(done.decision.value)["captures"] == [ids[0]]
    with store.engine.connect() as connection:
        row = connection.execute(select(tables.captures).where(tables.captures.c.id == ids[0])).one()
        assert (row.address, row.title) == ("https://news.example/1", "")
        assert (
            connection.execute(select(tables.blobs.c.content).where(tables.blobs.c.digest == row.blob)).scalar() is None
        )
    assert store.head()[0] == head[0] + 1
    assert verify(store, head=f"{head[0]}:{head[1]}").findings == ()


def test_a_takedown_cannot_be_undone(store: Store) -> None:
    put(store, capture(1))
    done = down(store, "1")
    with pytest.raises(InputError, match="cannot be taken back"):
        undo(store, done.decision.id, who="Omar", why="regret")


def test_adding_the_same_again_does_not_bring_it_back(store: Store) -> None:
    given = capture(1, attachments=(picture(1),))
    put(store, given)
    down(store, "1")
    before = raw_bytes(store)
    assert [each.state for each in store.add_captures([given], "me")] == ["taken_down"]
    assert store.claim("me", lambda _: False) == []
    assert list(store.unread_by(LATER)) == []
    assert squeeze(page(1)) not in raw_bytes(store)
    assert b"picture of 1" not in before
    assert list(store.documents()) == []
    assert verify(store).findings == ()


def test_a_reader_that_is_at_it_meanwhile_does_not_bring_it_back(store: Store) -> None:
    [added] = store.add_captures([capture(1, attachments=(picture(1),))], "me")
    packed = pack(read(store, added.id))
    down(store, added.id)
    store.add_readings([packed], READER)
    assert list(store.documents()) == []
    assert zlib.compress(packed.content) not in raw_bytes(store)
    assert b"quarter1x1word" not in raw_bytes(store)
    assert verify(store).findings == ()
    assert store.counts()["records"] == store.counts()["documents"] == 0


def test_what_waits_to_be_read_and_what_failed_go_too(store: Store) -> None:
    waiting, lost = (each.id for each in store.add_captures([capture(1), capture(2)], "me"))
    store.add_readings([pack(failed(lost))], READER)
    down(store, waiting)
    down(store, lost)
    assert store.counts()["pending"] == 0
    assert [row.message for row in store.issue_rows()] == [""]
    assert verify(store).findings == ()


def test_bytes_that_another_report_has_too_stay_with_it_and_are_told(store: Store) -> None:
    one, two = put(store, capture(1, content=page(9), item="a"), capture(2, content=page(9), item="b"))
    done = down(store, one)
    digest = done.shared[0][0]
    assert done.shared == ((digest, (two,)),)
    assert store.capture(two).content == page(9)
    with pytest.raises(InputError, match="taken down"):
        store.capture(one)
    assert [each.state for each in store.add_captures([capture(1, content=page(9), item="a")], "me")] == ["taken_down"]
    assert list(store.unread_by(LATER)) == [two]
    assert verify(store).findings == ()
    after = down(store, two)
    assert after.shared == ()
    assert squeeze(page(9)) not in raw_bytes(store)
    assert verify(store).findings == ()


def test_a_document_that_two_captures_gave_goes_with_both(store: Store) -> None:
    # one text without an address, in two files
    given = [capture(1, address="", charset=charset, content=page(1) + end) for charset, end in (("", b""), ("x", b""))]
    ids = put(store, *given)
    done = down(store, ids[1])
    assert done.captures == tuple(sorted(ids))
    assert verify(store).findings == ()


def test_a_later_version_can_be_taken_down_after_the_first(store: Store) -> None:
    put(store, capture(1))
    first = down(store, "1")
    put(store, capture(1, 2))
    assert len(list(store.documents())) == 1
    second = down(store, "1")
    assert second.decision.id != first.decision.id
    assert list(store.documents()) == []
    assert b"quarter1x2word" not in raw_bytes(store)
    assert verify(store).findings == ()


def test_taking_down_twice_is_one_decision(store: Store) -> None:
    put(store, capture(1))
    first = down(store, "1")
    again = down(store, "1")
    assert again.decision == first.decision
    assert again.records == 0
    assert decisions(store) == (first.decision,)


def test_an_issue_at_its_place_loses_its_words(store: Store) -> None:
    put(store, capture(1), capture(2))
    store.note_issue(Issue("unread", "odd words"), "list.jsonl:1")
    store.note_issue(Issue("unread", "other words"), "list.jsonl:2")
    down(store, "1")
    assert {row.found_at: row.message for row in store.issue_rows(code="unread")} == {
        "list.jsonl:1": "",
        "list.jsonl:2": "other words",
    }


@pytest.mark.parametrize("at", ["UPDATE documents", "UPDATE blobs", "DELETE FROM reports", "INSERT INTO journal"])
def test_interrupted_half_way_nothing_happened(store: Store, at: str) -> None:
    ids = fill(store)
    before = (store.content_hash(), store.head(), store.counts())

    def interrupt(*given: object) -> None:
        if str(given[2]).startswith(at):
            raise KeyboardInterrupt

    event.listen(store.engine, "before_cursor_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        down(store, ids[0])
    event.remove(store.engine, "before_cursor_execute", interrupt)
    assert (store.content_hash(), store.head(), store.counts()) == before
    assert store.capture(ids[0]).content == page(1)
    assert verify(store).findings == ()


def test_readers_that_hold_the_log_are_told_and_the_second_time_wipes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takedown, "BUSY", 0.05)
    put(store, capture(1))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM captures").fetchall()
        assert "still" in down(store, "1").left
        assert list(store.documents()) == []
    assert down(store, "1").left == ""
    assert b"quarter1x1word" not in raw_bytes(store)


@pytest.mark.parametrize(
    ("name", "said"), [("nothing", "nothing in this store"), ("", "nothing in this store"), ("1%", "nothing in this")]
)
def test_what_is_not_there_is_said(store: Store, name: str, said: str) -> None:
    put(store, capture(1))
    with pytest.raises(InputError, match=said):
        down(store, name)
    assert decisions(store) == ()


def test_the_beginning_of_several_ids_is_not_enough(store: Store) -> None:
    put(store, capture(1, item="abcdefg-1"), capture(2, item="abcdefg-2"))
    with pytest.raises(InputError, match="several"):
        down(store, "abcdefg")
    assert down(store, "abcdefg-2").documents == ("abcdefg-2",)


def test_a_name_of_two_reports_is_not_enough(store: Store) -> None:
    one, two = put(store, capture(1, item="https://news.example/2"), capture(2))
    with pytest.raises(InputError, match="several reports go by"):
        down(store, "https://news.example/2")
    assert down(store, two).captures == (two,)
    assert down(store, one).captures == (one,)


def test_copies_from_before_the_tables_changed_are_told_of(store: Store) -> None:
    put(store, capture(1))
    copy = store.path.with_name("books.db.before-0000")
    copy.write_bytes(b"")
    store.path.with_name("other.db.before-0000").write_bytes(b"")
    assert down(store, "1").copies == (copy,)


@pytest.mark.parametrize(("who", "why"), [("", "a court"), ("Rana", " ")])
def test_who_and_why_are_needed(store: Store, who: str, why: str) -> None:
    put(store, capture(1))
    with pytest.raises(InputError, match="needs its wh"):
        take_down(store, "1", who=who, why=why)
    assert len(list(store.documents())) == 1


def test_a_store_that_may_only_be_read_is_left_alone(store: Store) -> None:
    put(store, capture(1))
    with Store.open(store.path, readonly=True) as other, pytest.raises(TawaturError):
        down(other, "1")
    assert len(list(store.documents())) == 1


def test_what_went_is_known_afterwards(store: Store) -> None:
    ids = fill(store)
    done = down(store, ids[0])
    with store.engine.connect() as connection:
        found = gone(connection)
    assert found.captures == set(ids[:2])
    assert len(found.documents) == 2
    assert len(found.blobs) == 2
    assert done.decision.kind == "takedown"
