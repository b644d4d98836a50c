"""Events read from the books: the same as worked out in memory, and no more is read than is asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tawatur.collection import happenings, shelf
from tawatur.collection.deciding import GRADE, OTHER
from tawatur.collection.filters import Wanted
from tawatur.collection.happenings import Happenings
from tawatur.collection.placing import Placed, refresh
from tawatur.errors import InputError
from tawatur.store.current import Current, current
from tawatur.store.decisions import decide
from tawatur.store.repository import Store
from tests.collection.placed_reports import DAY, Report, add

REPORTS = (
    Report(1, 1, (0, 1), 0, 0),
    Report(2, 1, (0, 1), 1, 1),
    Report(3, 1, (4, 2), 0, 2),
    Report(4, 1, (5,), 1, 1),
    Report(5, 1, (3, 6), 30, 0),
    Report(6, 1, (2,), None, 3, 1),
)
WANTED = (
    Wanted(),
    Wanted(DAY, DAY),
    Wanted(until=DAY + timedelta(3)),
    Wanted(since=DAY + timedelta(20)),
    Wanted(place="thre"),
    Wanted(place="sy"),
    Wanted(place="made:east"),
    Wanted(party="army"),
    Wanted(type="strike"),
    Wanted(type="denial"),
    Wanted(grade="unattributed"),
    Wanted(since=DAY, place="SY", type="strike.air"),
    Wanted(place="nowhere"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "s.sqlite") as store:
        add(store, REPORTS)
    return tmp_path / "s.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def test_what_cannot_be_written_is_worked_out_in_memory_and_is_the_same(path: Path) -> None:
    with Store.open(path, create=False, readonly=True) as closed:
        loose = Happenings(closed)
        told = loose.events, dict(loose.views), dict(loose.lineages), dict(loose.facts)
        asked = [list(loose.asked(w)) for w in WANTED]
    with Store.open(path) as store:
        kept = Happenings(store)
        assert (kept.events, dict(kept.views), dict(kept.lineages), dict(kept.facts)) == told
        assert [list(kept.asked(w)) for w in WANTED] == asked
    assert len(told[0]) > 3
    assert told[2]


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_asking_gives_those_that_hold(store: Store, wanted: Wanted) -> None:
    every = Happenings(store).views.values()
    assert list(Happenings(store).asked(wanted)) == [v for v in every if wanted.holds(v)]


def test_some_of_what_is_asked_for_is_there(store: Store) -> None:
    found = Happenings(store)
    assert [bool(list(found.asked(w))) for w in WANTED] == [True] * 12 + [False]


class Readings:
    """Which reports are read."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def __call__(self, connection: Connection, ids: Collection[str] | None = None) -> Iterator[Current]:
        for report in current(connection, ids):
            self.ids.append(report.document.id)
            yield report


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Readings:
    found = Readings()
    monkeypatch.setattr(shelf, "current", found)
    return found


def test_one_event_reads_its_reports_and_those_that_they_come_from(store: Store, readings: Readings) -> None:
    found = Happenings(store)
    (event,) = [e for e in found.events if "r5.0.3.1.30" in e.members]
    assert readings.ids == []
    view = found.view(event.id)
    told = {t.facts.doc for t in view.tolds}
    assert told <= set(readings.ids)
    assert len(readings.ids) == len(set(readings.ids)) < len(REPORTS)


def test_all_events_read_each_report_once(store: Store, readings: Readings) -> None:
    found = Happenings(store)
    assert len(found.views) == len(list(found.views.values()))
    assert found.tellings
    assert sorted(readings.ids) == sorted(r.id for r in REPORTS)


def test_an_event_is_named_by_its_id_a_part_of_it_or_a_record(store: Store) -> None:
    found = Happenings(store)
    event = found.events[0]
    for key in (event.id, event.id[:6], event.members[0]):
        assert found.view(key).event == event


@pytest.mark.parametrize("key", ["", "5", "nothing at all"])
def test_what_names_no_event_is_told(store: Store, key: str) -> None:
    with pytest.raises(InputError, match="there is no event"):
        Happenings(store).view(key)


def test_a_grade_that_somebody_decided_stands(store: Store) -> None:
    event = Happenings(store).events[0]
    decide(store, GRADE, event.members[0], json.dumps("contested"), who="Sara", why="two stories")
    assert Happenings(store).view(event.id).grade.grade == "contested"


def test_two_records_that_are_said_to_be_two_happenings_are(store: Store) -> None:
    found = Happenings(store)
    one, two = "r1.0.0.1.0", "r2.0.0.1.1"
    assert found.event_of[one] == found.event_of[two]
    decide(store, OTHER, one, json.dumps(two), who="Sara", why="two smithies")
    again = Happenings(store)
    assert again.event_of[one] != again.event_of[two]


def test_the_second_time_nothing_is_placed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Happenings(store)
    done: list[Placed] = []
    monkeypatch.setattr(happenings, "refresh", lambda s: done.append(refresh(s)))
    Happenings(store)
    assert done == [Placed()]
