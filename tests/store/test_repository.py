"""What comes in is kept once, whole, and found again, in whatever order and however often it comes."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, event, select, update

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture, Forward, Generation, Issue, Visit
from tawatur.store import reports as counting_now
from tawatur.store import tables
from tawatur.store.captures import Added
from tawatur.store.database import reading, writing
from tawatur.store.finding import Found
from tawatur.store.keys import capture_id, capture_row_id
from tawatur.store.packing import Packed
from tawatur.store.repository import Store
from tests.store.made import NEW, OLD, add, document, failed, on, page, read, record

BIG = {"blobs", "captures", "documents", "readings", "records", "reports", "attachments", "issues", "visits", "journal"}


DECISION = {"id": "1", "at": "t", "who": "w", "kind": "k", "subject": "s", "value": "{}", "why": "y"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "books.db", busy=5) as store:
        yield store


def rows(store: Store, table: str) -> list[dict[str, Any]]:
    with reading(store.engine) as connection:
        held = tables.metadata.tables[table]
        return [dict(row) for row in connection.execute(select(held).order_by(*held.primary_key)).mappings()]


def states(added: list[Added]) -> list[str]:
    return [each.state for each in added]


def shown(store: Store) -> list[tuple[str, str]]:
    """Id and title of the reports that count."""
    return sorted((each.id, each.title) for each in store.documents())


# --- captures


def test_a_capture_comes_back_as_it_was(store: Store) -> None:
    capture = Capture(
        b"\xe3\x00\xff",
        "https://a.org/1",
        "text/html",
        "windows-1256",
        datetime(2026, 11, 1, 12, 30, tzinfo=UTC),
        "page",
        "feed.xml",
        "7",
        "خبر",
        "1 Nov",
        "A",
        "Sun",
        "feed.xml:7",
        (
            Attachment("link", "https://b.org"),
            Attachment("archive", "https://archive.org/1", "B", date(2026, 11, 2), digest="ab"),
        ),
    )
    (added,) = store.add_captures([capture], "me")
    assert added == Added(capture_id(capture), "new")
    assert store.capture(added.id) == capture
    (row,) = rows(store, "captures")
    assert capture_row_id(row) == added.id


def test_the_bytes_of_a_picture_are_kept_and_its_digest_comes_back(store: Store) -> None:
    picture = Attachment("picture", "https://a.org/a.jpg", content=b"bytes")
    (added,) = store.add_captures([replace(page("x"), attachments=(picture, picture))], "me")
    (back,) = store.capture(added.id).attachments
    assert back.content is None
    assert {row["digest"]: row["size"] for row in rows(store, "blobs")}[back.digest] == 5


def test_an_archive_that_comes_later_is_kept_with_the_capture_and_goes_into_the_journal_once(store: Store) -> None:
    archive = Attachment("archive", "https://archive.org/1", date=date(2026, 11, 2), digest="ab")
    (added,) = store.add_captures([page("x")], "me")
    before = store.content_hash()
    for _ in range(2):
        store.add_captures([replace(page("x"), attachments=(archive,))], "me")
    assert store.capture(added.id).attachments == (archive,)
    assert [(row["kind"], row["subject"]) for row in rows(store, "journal")] == [
        ("capture", added.id),
        ("archive", added.id),
    ]
    assert store.content_hash() != before


def test_a_capture_that_does_not_say_when_counts_from_now(store: Store) -> None:
    before = datetime.now(UTC)
    (added,) = store.add_captures([Capture(b"x")], "me")
    fetched = store.capture(added.id).fetched
    assert fetched is not None
    assert before <= fetched <= datetime.now(UTC)


def test_text_that_no_column_can_hold(store: Store) -> None:
    capture = replace(page("x"), title="a\0b\ud800", found_at="\udfff")
    (added,) = store.add_captures([capture], "me")
    back = store.capture(added.id)
    assert (back.title, back.found_at) == ("a\ufffdb\ufffd", "\ufffd")
    assert capture_id(back) == added.id
    assert states(store.add_captures([capture], "me")) == ["pending"]


def test_a_capture_given_twice_is_kept_once(store: Store) -> None:
    one = page("one")
    added = store.add_captures([one, page("two"), replace(one, found_at="elsewhere")], "me")
    assert states(added) == ["new", "new", "pending"]
    assert added[0].id == added[2].id
    assert states(store.add_captures([one], "you")) == ["pending"]
    assert len(rows(store, "captures")) == 2
    assert [row["owner"] for row in rows(store, "pending")] == ["me", "me"]
    assert store.head()[0] == 2


def test_the_same_bytes_under_two_addresses_are_kept_once(store: Store) -> None:
    assert states(store.add_captures([page("x"), page("x", "https://b.org")], "me")) == ["new", "new"]
    assert len(rows(store, "blobs")) == 1


def test_no_captures_and_no_readings_are_no_mistake(store: Store) -> None:
    assert store.add_captures([], "me") == []
    assert store.add_readings([], OLD) == []


def test_a_capture_says_how_it_stands(store: Store) -> None:
    given = [page("a", "https://a.org/1"), page("b", "https://a.org/2"), page("c", "https://a.org/3"), page("d", "d")]
    one, two, three, _ = (each.id for each in store.add_captures(given, "me"))
    text = document("words of a report", url="https://a.org")
    store.add_readings([read(one, text), read(two, text), failed(three, "too\nlong")], OLD)
    told = store.add_captures(given, "you")
    assert states(told) == ["read", "same", "failed", "pending"]
    assert [each.message for each in told] == ["", "", "too\nlong", ""]
    store.add_readings([read(three, document("other words", "8"))], NEW)
    assert states(store.add_captures(given[2:3], "you")) == ["read"]


def test_what_was_taken_down_does_not_come_back(store: Store) -> None:
    capture = page("secret")
    key = add(store, capture, document("secret words"), record(document("secret words")))
    with writing(store.engine) as connection:
        connection.execute(update(tables.blobs).values(content=None))
        connection.execute(update(tables.documents).values(content=None, title=None))
        connection.execute(update(tables.readings).values(content=None))
        for table in (tables.records, tables.reports):
            connection.execute(delete(table))
    again = store.add_captures([capture, page("secret", "https://other.org")], "me")
    assert states(again) == ["taken_down", "taken_down"]
    assert rows(store, "pending") == []
    for call in (lambda: store.capture(key), lambda: store.reading("7")):
        with pytest.raises(InputError, match="was taken down"):
            call()
    # nor as the same document in other bytes, read by another reader
    (other,) = store.add_captures([page("secret <br>", "https://other.org")], "me")
    secret = document("secret words")
    issue = Issue("x", "secret")
    assert store.add_readings([read(other.id, secret, record(secret), issues=(issue,))], NEW) == ["same"]
    assert [row["content"] for row in rows(store, "documents") + rows(store, "readings")] == [None] * 3
    assert rows(store, "records") == rows(store, "issues") == rows(store, "reports") == []
    assert list(store.unread_by(NEW)) == []


def test_two_processes_that_add_the_same_at_once(store: Store) -> None:
    program = (
        "import pathlib, sys; from tests.store.made import *\n"
        "with Store.open(pathlib.Path(sys.argv[1])) as store:\n"
        "    for k in range(60):\n"
        "        text = document(f'words {k}', str(k))\n"
        "        add(store, page(f'{k}', f'https://a.org/{k}'), text, record(text))\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, store.path], stderr=subprocess.PIPE) for _ in range(2)]
    assert [each.communicate()[1] for each in both] == [b"", b""]
    counts = store.counts()
    assert {counts[name] for name in ("captures", "documents", "readings", "records", "reports")} == {60}
    assert counts["pending"] == 0
    assert store.head()[0] == 60 + 60 + 1


# --- claims


def test_what_a_killed_run_left_is_taken_over_and_what_a_living_one_reads_is_not(store: Store) -> None:
    ours, dead, living = ([page(f"{name}{k}") for k in range(3)] for name in ("a", "b", "c"))
    for owner, given in (("living", living), ("dead", dead), ("me", ours)):
        store.add_captures(given, owner)
    asked: list[str] = []

    def alive(owner: str) -> bool:
        asked.append(owner)
        return owner == "living"

    claimed = store.claim("me", alive, limit=4)
    assert claimed == [capture_id(each) for each in [*dead, ours[0]]]
    assert sorted(asked) == ["dead", "living"]
    assert [row["owner"] for row in rows(store, "pending")] == ["living"] * 3 + ["me"] * 6
    assert store.claim("me", alive) == [capture_id(each) for each in [*dead, *ours]]


def test_nothing_to_claim(store: Store) -> None:
    assert store.claim("me", lambda _: False) == []


# --- readings


def test_a_reading_comes_back_as_it_was(store: Store) -> None:
    text = replace(
        on(document("غارة على صنعاء 😀", url="https://a.org/7"), "2026-10-31"),
        forwards=(Forward("قناة", date=date(2026, 10, 30)),),
        attachments=(Attachment("link", "https://b.org"),),
    )
    issues = (Issue("published", "two days", text.span(0, 4)), Issue("charset", "guessed"))
    (added,) = store.add_captures([page("x")], "me")
    told = read(added.id, text, record(text), record(text, 5), issues=issues)
    assert store.add_readings([told], OLD) == ["added"]
    found = store.reading("7")
    assert found.document == text
    assert found.records == (record(text), record(text, 5))
    assert found.issues == issues
    assert (found.generation, found.version.capture, found.series) == (OLD.id, added.id, "https://a.org/1")
    (row, other) = store.issue_rows(document="7")
    assert (row.code, row.start, other.code, other.start, other.end) == ("charset", None, "published", 0, 4)
    assert rows(store, "pending") == []


def test_a_reading_that_is_there_already_changes_nothing(store: Store) -> None:
    text = document("words of it")
    key = add(store, page("x"), text, record(text))
    before = {table: rows(store, table) for table in tables.metadata.tables}
    other = document("quite other words")
    assert store.add_readings([read(key, other), read(key, text, record(text)), failed(key)], OLD) == ["added"] * 3
    assert {table: rows(store, table) for table in tables.metadata.tables} == before


def test_one_capture_twice_in_a_batch_is_read_once(store: Store) -> None:
    (added,) = store.add_captures([page("x")], "me")
    text = document("words of it")
    assert store.add_readings([read(added.id, text), read(added.id, text)], OLD) == ["added", "added"]
    assert len(rows(store, "readings")) == 1


def test_a_reading_of_an_unknown_capture_is_refused_with_all_of_its_batch(store: Store) -> None:
    (added,) = store.add_captures([page("x")], "me")
    with pytest.raises(InputError, match="no capture 0123"):
        store.add_readings([read(added.id, document("words")), read("0123", document("words"))], OLD)
    assert rows(store, "readings") == rows(store, "generations") == []
    assert len(rows(store, "pending")) == 1


def test_a_failure_is_kept_with_its_message(store: Store) -> None:
    (added,) = store.add_captures([page("x")], "me")
    assert store.add_readings([failed(added.id, "no\0text")], OLD) == ["failed"]
    (row,) = store.issue_rows(code="unread")
    assert (row.message, row.document) == ("no\ufffdtext", "")
    assert store.counts() | {"failed": 1, "readings": 1, "documents": 0, "pending": 0} == store.counts()
    store.add_readings([read(added.id, document("words"))], NEW)
    assert store.counts()["failed"] == 0


def test_a_page_that_differs_only_in_its_furniture_is_the_same(store: Store) -> None:
    text = document("words of it")
    add(store, page("x", day=1), text, record(text))
    (later,) = store.add_captures([page("x <br>", day=2)], "me")
    picture = Attachment("picture", "https://a.org/new.jpg", content=b"new")
    more = replace(text, attachments=(picture,))
    assert store.add_readings([read(later.id, more, record(text))], OLD) == ["same"]
    assert len(rows(store, "records")) == len(rows(store, "documents")) == 1
    assert [row["content"] is None for row in rows(store, "readings")] == [False, True]
    found = store.reading("7")
    assert found.version == found.versions[1]
    assert found.version.capture == later.id
    assert found.records == (record(text),)
    assert [each.address for each in found.attachments] == ["https://a.org/new.jpg"]
    (listed,) = store.documents()
    assert (listed.versions, listed.fetched.day, listed.records) == (2, 2, 1)


def test_a_page_under_a_second_address_is_one_report(store: Store) -> None:
    text = document("words of it", url="https://a.org/1")
    add(store, page("x", "https://a.org/1", day=1), text, record(text))
    add(store, page("x", "https://a.org/1?from=feed", day=2), text, record(text))
    assert shown(store) == [("7", "words")]
    assert next(store.documents()).fetched.day == 1


def test_the_same_text_seen_otherwise_is_no_same_reading(store: Store) -> None:
    text = document("words of it")
    add(store, page("x", day=1), text, record(text))
    (later,) = store.add_captures([page("x <br>", day=2)], "me")
    assert store.add_readings([read(later.id, text, record(text), record(text, 5))], OLD) == ["added"]
    assert len(store.reading("7").records) == 2
    assert len(store.reading("7", version=1).records) == 1


def test_documents_of_two_reports_with_one_id_stay_apart(store: Store) -> None:
    first, second, third = document("first words"), document("second words"), document("third words")
    add(store, page("1", "https://a.org/1", day=1), first, record(first))
    add(store, page("2", "https://b.org/2", day=1), second, record(second))
    kept = next(each.id for each in store.documents() if each.id != "7")
    digest = next(row["digest"] for row in rows(store, "documents") if row["id"] == kept)
    assert kept == f"7~{digest[:8]}"
    found = store.reading(kept)
    assert found.document == replace(second, id=kept)
    assert found.records == (replace(record(second), doc=kept, id=f"7-000000~{digest[:8]}"),)
    assert [issue.code for issue in found.issues] == ["same-id"]
    assert [row.code for row in store.issue_rows()] == ["same-id"]
    assert store.reading("7").document == first
    assert [row["id"] for row in rows(store, "records")] == ["7-000000", f"7-000000~{digest[:8]}"]
    # a later version keeps the id that the first of its series got
    add(store, page("3", "https://b.org/2", day=2), third, record(third))
    assert shown(store) == [("7", "first"), (kept, "third")]
    assert store.reading(kept, version=1).document.text == "second words"
    assert len({row["id"] for row in rows(store, "records")}) == 2
    # and so does a later version of the first
    add(store, page("4", "https://a.org/1", day=2), document("fourth words"))
    assert shown(store) == [("7", "fourth"), (kept, "third")]


def test_ids_stay_apart_within_a_batch(store: Store) -> None:
    given = store.add_captures([page(f"{k}", f"https://a.org/{k}") for k in range(3)], "me")
    store.add_readings([read(each.id, document(f"words {k}")) for k, each in enumerate(given)], OLD)
    ids = [each.id for each in store.documents()]
    assert len(set(ids)) == 3
    assert sorted(len(each) for each in ids) == [1, 10, 10]
    assert [issue.code for issue in store.issue_rows()] == ["same-id"] * 2


def test_a_report_that_was_first_the_same_as_another_and_then_changed(store: Store) -> None:
    text = document("words of it")
    add(store, page("x", "https://a.org/1", day=1), text)
    add(store, page("x", "https://b.org/1", day=1), text)
    add(store, page("y", "https://b.org/1", day=2), document("own words"))
    assert len(shown(store)) == 2
    assert len({key for key, _ in shown(store)}) == 2
    # and back: its own words are no longer what it says
    add(store, page("z", "https://b.org/1", day=3), text)
    assert shown(store) == [("7", "words")]


# --- versions and generations


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_the_version_fetched_last_counts_in_whatever_order_they_come(store: Store, order: tuple[int, ...]) -> None:
    for day in order:
        text = document(f"day{day} words", f"id{day}")
        add(store, page(f"{day}", day=day), text, record(text))
    assert shown(store) == [("id3", "day3")]
    assert next(store.documents()).versions == 3
    found = store.reading("id3")
    assert [(each.number, each.document, each.fetched.day) for each in found.versions] == [
        (1, "id1", 1),
        (2, "id2", 2),
        (3, "id3", 3),
    ]
    assert store.reading("id1").document.text == "day1 words"
    assert store.reading("id3", version=2).document.text == "day2 words"


def test_a_version_that_could_not_be_read_does_not_displace_one_that_could(store: Store) -> None:
    add(store, page("x", day=1), document("good words"))
    (later,) = store.add_captures([page("y", day=2)], "me")
    store.add_readings([failed(later.id)], OLD)
    assert shown(store) == [("7", "good")]
    found = store.reading("7")
    assert [each.document for each in found.versions] == ["7", ""]
    with pytest.raises(InputError, match="version 2 of 7 has no reading"):
        store.reading("7", version=2)
    with pytest.raises(InputError, match="no version 3 of 7"):
        store.reading("7", version=3)


def test_a_new_reader_stands_beside_the_old_one(store: Store) -> None:
    text = document("words of it")
    keys = [add(store, page(f"{k}", f"https://a.org/{k}"), replace(text, id=str(k)), record(text)) for k in range(3)]
    assert list(store.unread_by(OLD)) == []
    assert list(store.unread_by(NEW)) == keys
    read_again = replace(text, id="0", language="ar")
    assert store.add_readings([read(keys[0], read_again, record(text), record(text, 5))], NEW) == ["added"]
    assert list(store.unread_by(NEW.id)) == keys[1:]
    assert len(rows(store, "documents")) == 3
    new, old = store.reading("0"), store.reading("0", generation=OLD.id)
    assert (new.generation, len(new.records), new.document.language) == (NEW.id, 2, "ar")
    assert (old.generation, len(old.records), old.document.language) == (OLD.id, 1, "en")
    assert new.generations == (OLD.id, NEW.id)
    assert store.reading("0", generation="rules/0.1").generation == OLD.id
    with pytest.raises(InputError, match="rules/9 has not read"):
        store.reading("0", generation="rules/9")


def test_a_new_reader_that_finds_another_text(store: Store) -> None:
    first, second = document("old words", "id1"), document("new words", "id2")
    key = add(store, page("x"), first, record(first))
    store.add_readings([read(key, second, record(second))], NEW)
    assert shown(store) == [("id2", "new")]
    assert store.reading("id2").document == second
    # a citation of the old one still leads to its words
    assert store.reading("id1").document == first
    assert store.reading("id1").records == (record(first),)
    assert store.reading("id1", generation=NEW.id).document == second
    assert store.find(key) == Found("capture", key, "id2")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_page_under_two_addresses_keeps_its_id_in_whatever_order_it_is_read_again(
    store: Store, order: tuple[int, int]
) -> None:
    text, better = document("words of it"), document("better words of it")
    keys = [add(store, page("x", f"https://a.org/{k}", day=k + 1), text) for k in range(2)]
    for k in order:
        store.add_readings([read(keys[k], better, record(better))], NEW)
    assert [(each.id, each.title, each.series) for each in store.documents()] == [("7", "better", "https://a.org/0")]
    assert list(store.issue_rows()) == []


def test_a_new_reader_that_fails_does_not_displace_the_old_one(store: Store) -> None:
    key = add(store, page("x"), document("good words"))
    store.add_readings([failed(key)], NEW)
    assert store.reading("7").generation == OLD.id


def test_more_captures_than_a_page_are_all_told(store: Store) -> None:
    added = store.add_captures([page(f"{k}") for k in range(1203)], "me")
    assert list(store.unread_by(OLD)) == [each.id for each in added]


def test_reports_can_be_made_anew_from_the_others(store: Store) -> None:
    rng = random.Random(7)
    for _ in range(60):
        text = document(f"{rng.randrange(9)} words", str(rng.randrange(4)))
        add(
            store,
            page(str(rng.random()), f"https://a.org/{rng.randrange(6)}", day=1 + rng.randrange(20)),
            text,
            record(text),
            by=rng.choice([OLD, NEW]),
        )
    before = rows(store, "reports")
    assert len(before) > 3
    with writing(store.engine) as connection:
        connection.execute(delete(tables.reports))
        series = connection.execute(select(tables.captures.c.series).distinct()).scalars().all()
        counting_now.refresh(connection, series)
    assert rows(store, "reports") == before


# --- what there is


def test_reports_are_listed_by_day_outlet_language_and_words(store: Store) -> None:
    for k, (day, outlet, language) in enumerate(
        [("2026-10-01", "A", "en"), ("2026-10-03", "B", "ar"), ("2026-10-02", "A", "ar")]
    ):
        text = on(document(f"Title{k} and Words{k % 2}", str(k), outlet=outlet, language=language), day)
        add(store, page(f"{k}", f"https://a.org/{k}"), text, record(text))
    add(store, page("undated", "https://a.org/9"), document("No day", "9"))

    def ids(**given: Any) -> str:
        return "".join(each.id for each in store.documents(**given))

    assert ids() == "1209"
    assert ids(limit=2) == "12"
    assert ids(since=date(2026, 10, 2)) == "12"
    assert ids(until=date(2026, 10, 2)) == "20"
    assert ids(outlet="A", language="ar") == "2"
    assert ids(text="WORDS0") == "20"
    assert ids(text="words0", limit=1) == "2"
    assert ids(text="title1") == "1"
    assert ids(text="nowhere") == ids(limit=0) == ids(text="title", limit=0) == ""
    first = next(store.documents())
    assert (first.published, first.title, first.series) == (date(2026, 10, 3), "Title1", "https://a.org/1")


def test_others_write_while_the_list_is_gone_through(store: Store) -> None:
    for k in range(3):
        add(store, page(f"{k}", f"https://a.org/{k}"), document("words", str(k)))
    seen = []
    for each in store.documents():
        seen.append(each.id)
        add(store, page(f"{each.id}!", f"https://b.org/{each.id}"), document("more", f"{each.id}!"))
    assert seen == ["2", "1", "0"]
    assert len(shown(store)) == 6


def test_ids_are_found_whole_and_by_their_beginning(store: Store) -> None:
    text = document("words of it", "report-17")
    key = add(store, page("x"), text, record(text, key="abcdef0123"), record(text, 5, key="abcdee0123"))
    (waiting,) = store.add_captures([page("y", "https://b.org")], "me")
    for given, found in [
        ("report-17", Found("document", "report-17", "report-17")),
        (" report- ", Found("document", "report-17", "report-17")),
        ("abcdef0123", Found("record", "abcdef0123", "report-17")),
        ("abcdef", Found("record", "abcdef0123", "report-17")),
        (key, Found("capture", key, "report-17")),
        (key[:8], Found("capture", key, "report-17")),
        (waiting.id, Found("capture", waiting.id, "")),
    ]:
        assert store.find(given) == found


def test_a_report_is_found_by_its_address(store: Store) -> None:
    text = document("words of it", "report-17")
    add(store, page("x", "https://a.org/1", day=1), text)
    add(store, page("x", "https://a.org/1?from=feed", day=2), text)
    (later,) = store.add_captures([page("y", "https://a.org/1", day=3)], "me")
    store.add_readings([failed(later.id)], OLD)
    for address in ("https://a.org/1", "https://a.org/1?from=feed"):
        assert store.find(address) == Found("document", "report-17", "report-17")
    with pytest.raises(InputError, match=r"no report from https://a\.org/2"):
        store.find("https://a.org/2")


@pytest.mark.parametrize(
    ("given", "said", "hint"),
    [
        ("abcde", "no document, record or capture", "first 6 characters"),
        ("abcdefx", "no document, record or capture", "tawatur list"),
        ("", "no document, record or capture", "first 6 characters"),
        ("abcdef", r"2 ids begin with 'abcdef': abcdef1 \(record\), abcdef2 \(record\)", "more of the id"),
        ("many-of", "5 ids and more begin", "more of the id"),
    ],
)
def test_ids_that_name_nothing_or_several(store: Store, given: str, said: str, hint: str) -> None:
    text = document("words of it", "first")
    many = [record(text, key=f"many-of-{k}") for k in range(7)]
    add(store, page("x"), text, record(text, key="abcdef1"), record(text, key="abcdef2"), *many)
    with pytest.raises(InputError, match=said) as raised:
        store.find(given)
    assert hint in raised.value.hint


def test_a_record_that_two_versions_have_is_found_in_the_one_that_counts(store: Store) -> None:
    for day in (2, 1):
        text = document(f"day{day} words", f"id{day}")
        add(store, page(f"{day}", day=day), text, record(text, key="shared-id"))
    assert store.find("shared-id") == Found("record", "shared-id", "id2")


@pytest.mark.parametrize("call", [lambda s: s.reading("nothing"), lambda s: s.capture("nothing")])
def test_what_is_not_there_is_told_with_a_hint(store: Store, call: Callable[[Store], object]) -> None:
    with pytest.raises(InputError, match="nothing") as raised:
        call(store)
    assert raised.value.hint


def test_issues_without_a_document_are_kept_once_for_each_place(store: Store) -> None:
    for place in ("a.jsonl:1", "a.jsonl:1", "a.jsonl:2"):
        store.note_issue(Issue("unread", "no JSON"), place)
    store.note_issue(Issue("unread", "cut off"), "a.jsonl:2")
    found = [(row.message, row.found_at) for row in store.issue_rows(code="unread")]
    assert found == [("cut off", "a.jsonl:2"), ("no JSON", "a.jsonl:2"), ("no JSON", "a.jsonl:1")]
    assert [row.message for row in store.issue_rows(limit=1)] == ["cut off"]
    assert list(store.issue_rows(code="other")) == []


def test_the_last_visit_that_the_server_answered_is_told_else_the_last(store: Store) -> None:
    assert store.last_visit("https://a.org") is None
    refused = Visit("https://a.org", datetime(2026, 11, 1, tzinfo=UTC), 503, note="overloaded")
    unanswered = replace(refused, at=datetime(2026, 11, 2, tzinfo=UTC), status=0, note="no answer")
    first = Visit("https://a.org", datetime(2026, 11, 3, tzinfo=UTC), 200, "https://a.org/", '"e1"', "Sun", "ab", "")
    unchanged = replace(first, at=datetime(2026, 11, 4, tzinfo=UTC), status=304)
    for visit, told in [
        (refused, refused),
        (unanswered, unanswered),
        (first, first),
        (replace(first, address="https://b.org", etag="other"), first),
        (unchanged, unchanged),
        (replace(unanswered, at=datetime(2026, 11, 5, tzinfo=UTC)), unchanged),
    ]:
        store.note_visit(visit)
        assert store.last_visit("https://a.org") == told
    assert len(rows(store, "visits")) == 6


def test_counts(store: Store) -> None:
    text = document("words of it")
    add(store, page("x" * 1000), text, record(text), record(text, 5))
    store.add_captures([page("y", "https://b.org")], "me")
    store.note_issue(Issue("unread", "no"), "here")
    counts = store.counts()
    stored = counts.pop("bytes_stored")
    assert 0 < stored < 100
    assert counts == {
        "captures": 2,
        "documents": 1,
        "reports": 1,
        "readings": 1,
        "records": 2,
        "issues": 1,
        "pending": 1,
        "failed": 0,
        "bytes_original": 1001,
    }


# --- the content hash


def fill(store: Store, order: list[int], batch: int = 1) -> None:
    """The same things in some order: pages that are the same document, versions, a failure, an archive."""
    archive = Attachment("archive", "https://archive.org/1", date=date(2026, 11, 2), digest="ab")
    things: list[tuple[Capture, Callable[[str], Packed]]] = []
    for k in range(6):
        text = document(f"words {k % 4}", str(k % 3))
        given = replace(page(f"page {k}", f"https://a.org/{k % 5}", day=k + 1), attachments=(archive,) * (k == 2))
        things.append((given, lambda key, text=text: read(key, text, record(text))))  # type: ignore[misc]
    things.append((page("broken", "https://a.org/9"), failed))
    for start in range(0, len(order), batch):
        some = [things[k] for k in order[start : start + batch]]
        added = store.add_captures([replace(capture, found_at=str(start)) for capture, _ in some], f"p{start}")
        store.add_readings([make(each.id) for each, (_, make) in zip(added, some, strict=True)], OLD)


def test_the_same_things_in_any_order_give_the_same_content_hash(tmp_path: Path) -> None:
    rng = random.Random(4)
    hashes = set()
    for k, batch in enumerate((1, 2, 7)):
        order = rng.sample(range(7), 7)
        with Store.open(tmp_path / f"{k}.db") as store:
            fill(store, order, batch)
            fill(store, order[::-1], 3)
            hashes.add(store.content_hash())
    assert len(hashes) == 1


@pytest.mark.parametrize("readers", [(OLD, NEW), (NEW, OLD)])
def test_the_order_of_readers_is_no_part_of_the_content_hash(
    store: Store, readers: tuple[Generation, Generation], tmp_path: Path
) -> None:
    text = document("words of it")
    with Store.open(tmp_path / "other.db") as other:
        for each, order in ((store, readers), (other, (OLD, NEW))):
            for reader in order:
                add(each, page("x"), text, *[record(text)] * (reader == NEW), by=reader)
        assert store.content_hash() == other.content_hash()
        (first, second) = rows(store, "readings")
        assert first["digest"] != second["digest"]


def _change(column: Any, value: object) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(
        update(column.table).where(column.table.c.seq == 1).values({column: value})
    )


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (_change(tables.captures.c.id, "0"), True),
        (_change(tables.readings.c.digest, "0"), True),
        (_change(tables.documents.c.digest, "0"), True),
        (_change(tables.generations.c.id, "0"), True),
        (_change(tables.attachments.c.address, "0"), True),
        (lambda c: c.execute(tables.decisions.insert().values(DECISION)), True),
        (_change(tables.captures.c.fetched, "0"), False),
        (_change(tables.captures.c.found_at, "0"), False),
        (_change(tables.readings.c.at, "0"), False),
    ],
)
def test_what_the_content_hash_depends_on(store: Store, change: Callable[[Connection], object], differs: bool) -> None:
    fill(store, list(range(7)))
    before = store.content_hash()
    with writing(store.engine) as connection:
        change(connection)
    assert (store.content_hash() != before) is differs


@pytest.mark.parametrize("column", ["who", "kind", "subject", "value", "why", "at", "id"])
def test_decisions_count_by_what_and_who_and_not_by_when(store: Store, column: str, tmp_path: Path) -> None:
    hashes = []
    for k, row in enumerate([DECISION, DECISION | {column: "other"}]):
        with Store.open(tmp_path / f"{k}.db") as other, writing(other.engine) as connection:
            connection.execute(tables.decisions.insert().values(row))
        with Store.open(tmp_path / f"{k}.db") as other:
            hashes.append(other.content_hash())
    assert (hashes[0] == hashes[1]) is (column in ("at", "id"))


# --- at a million records


def test_no_statement_of_adding_goes_through_a_whole_table(store: Store) -> None:
    seen: dict[str, Any] = {}

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        if statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
            seen[statement] = parameters[0] if many else parameters

    fill(store, list(range(7)), 3)
    fill(store, list(range(7)), 3)
    store.note_issue(Issue("unread", "no"), "here")
    store.last_visit("https://a.org")
    key = capture_id(page("page 0", "https://a.org/0"))
    store.capture(key)
    store.reading("0")
    store.find(key[:9])
    with store.engine.connect() as connection:
        plans = {
            statement: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in list(seen.items())
        }
    assert len(plans) > 15
    slow = [(line, told) for told, lines in plans.items() for line in lines if line.split()[0] == "SCAN"]
    assert [(line, told) for line, told in slow if line.split()[1] in BIG] == []
