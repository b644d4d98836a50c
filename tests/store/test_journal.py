"""The chain: every row vouches for all before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, delete, select

from tawatur.errors import TawaturError
from tawatur.store import journal
from tawatur.store.tables import journal as rows
from tawatur.store.tables import metadata

AT = "2026-11-24T10:00:00.000000Z"


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        journal.begin(connection)
        yield connection
    engine.dispose()


def test_a_new_chain_is_empty(connection: Connection) -> None:
    assert journal.end(connection) == (0, "0" * 64)


def test_a_link_is_the_hash_of_the_one_before_and_of_its_row(connection: Connection) -> None:
    told = '["' + "0" * 64 + f'",1,"{AT}","capture","غ","d1"]'
    first = hashlib.sha256(told.encode()).hexdigest()
    assert journal.append(connection, [("capture", "غ", "d1")], AT) == (1, first)
    second = hashlib.sha256(f'["{first}",2,"{AT}","reading","s","d2"]'.encode()).hexdigest()
    assert journal.append(connection, [("reading", "s", "d2")], AT) == (2, second)
    assert journal.end(connection) == (2, second)


def test_entries_together_or_one_by_one_give_the_same_chain(connection: Connection) -> None:
    entries = [("capture", f"c{k}", f"d{k}") for k in range(5)]
    end = journal.append(connection, entries, AT)
    kept = connection.execute(select(rows.c.kind, rows.c.subject, rows.c.digest).order_by(rows.c.seq)).all()
    assert [tuple(row) for row in kept] == entries
    link = journal.GENESIS
    for k, entry in enumerate(entries, 1):
        link = journal.link(link, k, AT, *entry)
    assert end == (5, link)


def test_nothing_to_add_changes_nothing(connection: Connection) -> None:
    before = journal.append(connection, [("capture", "c", "d")], AT)
    assert journal.append(connection, [], AT) == before


def test_a_subject_that_no_column_can_hold_is_made_safe_before_it_is_hashed(connection: Connection) -> None:
    _, link = journal.append(connection, [("decision", "a\0\ud800", "d")], AT)
    (subject,) = connection.execute(select(rows.c.subject)).scalars()
    assert link == journal.link(journal.GENESIS, 1, AT, "decision", subject, "d")


def test_a_chain_that_was_cut_off_is_not_gone_on_with(connection: Connection) -> None:
    journal.append(connection, [("capture", "a", "1"), ("capture", "b", "2")], AT)
    connection.execute(delete(rows).where(rows.c.seq == 2))
    with pytest.raises(TawaturError, match="has 1 rows and its end says 2"):
        journal.append(connection, [("capture", "c", "3")], AT)


def test_a_store_without_an_end_says_so() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        with pytest.raises(TawaturError, match="the end of the journal is missing"):
            journal.end(connection)
    engine.dispose()
