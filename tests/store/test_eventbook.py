"""The tables of events answer by keys, and what is taken out leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from tawatur.store import derived, descents, event_finding, eventbook
from tawatur.store.database import writing
from tawatur.store.event_finding import Sought
from tawatur.store.eventbook import AWAITS, LIES, Block, Kept, KeptEvent, signed
from tawatur.store.repository import Store

HIGH = (1 << 64) - 5
"""A number that a column holds only with its sign turned."""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with Store.open(tmp_path / "s.sqlite") as store, writing(store.engine) as opened:
        yield opened


def kept(record: str, document: str = "d", component: str = "c", event: str = "e") -> Kept:
    return Kept(record, document, component, event, b"row of " + record.encode(), b"told")


def test_numbers_keep_their_order_around_zero_and_come_back() -> None:
    assert [signed(n) for n in (0, 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)] == [0, 1, 2**63 - 1, -(2**63), -1]


def test_records_are_found_by_block_way_and_days(connection: Connection) -> None:
    blocks = [
        Block(LIES, HIGH, "early", 100, 103),
        Block(LIES, HIGH, "late", 110, 110),
        Block(AWAITS, HIGH, "waits", 100, 100),
        Block(LIES, 7, "elsewhere", 100, 103),
    ]
    eventbook.put(connection, [], blocks)
    assert eventbook.near(connection, LIES, [HIGH], 103, 109) == {"early"}
    assert eventbook.near(connection, LIES, [HIGH], 104, 109) == set()
    assert eventbook.near(connection, LIES, [HIGH, 7], 99, 110) == {"early", "late", "elsewhere"}
    assert eventbook.near(connection, AWAITS, [HIGH], 1, 200) == {"waits"}


def test_what_is_taken_out_takes_its_blocks_along_and_no_others(connection: Connection) -> None:
    mine = [Block(LIES, n, "a", 1, 2) for n in range(300)]
    eventbook.put(connection, [kept("a"), kept("b", "other")], [*mine, Block(LIES, 5, "b", 1, 2)])
    eventbook.take(connection, ["d"], mine)
    assert [row.record for row in eventbook.by_document(connection, ["d", "other"])] == ["b"]
    assert connection.execute(select(derived.blocks.c.record)).scalars().all() == ["b"]


def test_more_keys_than_a_statement_holds(connection: Connection) -> None:
    eventbook.put(connection, [kept(f"r{n:04}") for n in range(2500)], [])
    found = eventbook.by_record(connection, (f"r{n:04}" for n in range(0, 2600, 2)))
    assert len(found) == 1250
    eventbook.settle(connection, {f"r{n:04}": ("other", "f") for n in range(1200)})
    assert len(eventbook.by_component(connection, ["other"])) == 1200
    assert len(eventbook.by_event(connection, ["e"])) == 1300


def test_verdicts_stand_once_and_are_found_from_both_sides(connection: Connection) -> None:
    eventbook.put_verdicts(connection, [("same", "a", "b"), ("other", "b", "c")])
    eventbook.put_verdicts(connection, [("same", "a", "b")])
    assert eventbook.verdicts_on(connection, ["b"]) == {("same", "a", "b"), ("other", "b", "c")}
    assert eventbook.verdicts_on(connection, ["c"]) == {("other", "b", "c")}
    eventbook.put_verdicts(connection, [("same", "a", "b"), ("same", "x", "y")], in_force=False)
    assert eventbook.verdicts_on(connection) == {("other", "b", "c")}


def test_an_event_is_put_in_place_of_the_former_with_its_names(connection: Connection) -> None:
    eventbook.put_events(connection, [KeptEvent("e1", "2024-01-02", "2024-01-03", "1", frozenset({("type", "raid")}))])
    eventbook.put_events(connection, [KeptEvent("e1", None, None, "2", frozenset({("type", "harm")}))])
    assert event_finding.contents(connection) == ["2"]
    assert event_finding.values(connection, "type") == ["harm"]
    eventbook.put_events(connection, [], ["e1"])
    assert connection.execute(select(func.count()).select_from(derived.names)).scalar() == 0


def test_events_are_found_by_days_and_names(connection: Connection) -> None:
    given = [
        KeptEvent("e1", "2024-01-02", "2024-01-03", "1", frozenset({("type", "strike.air"), ("place name", "100% town")})),
        KeptEvent("e2", "2024-01-03", "2024-01-05", "2", frozenset({("type", "strike"), ("place name", "100 towns")})),
        KeptEvent("e0", None, None, "0", frozenset({("type", "strikes"), ("place", "100% town")})),
    ]  # fmt: skip
    eventbook.put_events(connection, given)
    assert event_finding.ids(connection) == ["e1", "e2", "e0"]
    assert event_finding.ids(connection, "2024-01-04") == ["e2"]
    assert event_finding.ids(connection, None, "2024-01-02") == ["e1"]
    family = [Sought("type", "strike"), Sought("type", "strike.", "head")]
    assert event_finding.ids(connection, sought=[family]) == ["e1", "e2"]
    assert event_finding.ids(connection, sought=[[Sought("place name", "0% t", "part")]]) == ["e1"]
    assert event_finding.ids(connection, sought=[family, [Sought("place name", "100 ", "part")]]) == ["e2"]
    assert event_finding.begun(connection, "e") == ["e0", "e1"]
    assert event_finding.contents(connection, ["e2", "none"]) == ["2"]


def test_keys_of_documents_are_counted_paged_and_dropped(connection: Connection) -> None:
    descents.add_keys(connection, (((0, HIGH), f"d{n}") for n in range(5)))
    descents.add_keys(connection, [((2, 9), "d1"), ((2, 9), "d7")])
    assert descents.counts(connection, 0, [HIGH, 1]) == {HIGH: 5}
    assert descents.holders_after(connection, 0, HIGH, "d1", 2) == ["d2", "d3"]
    assert descents.holders_of_both(connection, 0, [HIGH], 2, [9]) == {"d1"}
    descents.drop_keys(connection, "d1", [(0, HIGH)])
    assert sorted(descents.holders(connection, 0, [HIGH])[HIGH]) == ["d0", "d2", "d3", "d4"]
    assert descents.holders(connection, 2, [9]) == {9: ["d1", "d7"]}


def test_emptying_leaves_what_is_not_worked_out(connection: Connection) -> None:
    eventbook.put(connection, [kept("a")], [Block(LIES, 1, "a", 1, 1)])
    descents.note_state(connection, "basis", 3)
    assert descents.state(connection) == ("basis", 3)
    eventbook.clear(connection)
    assert descents.state(connection) == ("", -1)
    assert all(
        connection.execute(select(func.count()).select_from(table)).scalar() == 0 for table in derived.tables()
    )  # fmt: skip
