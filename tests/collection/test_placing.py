"""What is placed a document at a time is what working out everything anew gives, whatever came, changed or went."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tawatur.collection import placing
from tawatur.collection.deciding import GRADE, OTHER, SAME, decided
from tawatur.collection.placing import Placed, rebuild, refresh
from tawatur.model import Decision
from tawatur.store import derived
from tawatur.store.archive import dump, load
from tawatur.store.database import reading
from tawatur.store.decisions import decide, undo
from tawatur.store.repository import Store
from tawatur.store.takedown import take_down
from tawatur.store.verify import verify
from tests.collection.placed_reports import SECOND, Report, add


def held(store: Store) -> dict[str, set[tuple[object, ...]]]:
    """All that the tables of events hold."""
    with reading(store.engine) as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in derived.tables()
            if table is not derived.placings
        }


def anew(store: Store) -> dict[str, set[tuple[object, ...]]]:
    """What they hold once everything was worked out anew."""
    rebuild(store)
    return held(store)


def records(store: Store) -> list[str]:
    with reading(store.engine) as connection:
        return sorted(connection.execute(select(derived.facets.c.record)).scalars())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.sqlite") as opened:
        yield opened


WIRE = Report(1, 1, (0, 1), 0, 0)
COPY = Report(2, 1, (0, 1), 1, 1)
OTHER_PLACE = Report(3, 1, (4,), 0, 2)

reports = st.builds(
    Report,
    st.integers(0, 6),
    st.just(0),
    st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True).map(tuple),
    st.sampled_from((None, 0, 0, 1, 2, 6, 9, 20)),
    st.integers(0, 3),
    st.sampled_from((None, None, 1, 2)),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(reports, min_size=1, max_size=3)),
        st.tuples(st.sampled_from((SAME, OTHER)), st.tuples(st.integers(0, 99), st.integers(0, 99))),
        st.tuples(st.just("undo"), st.integers(0, 99)),
        st.tuples(st.just("reread"), st.just(0)),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None)
@given(steps)
def test_one_by_one_is_the_same_as_all_at_once(taken: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.sqlite") as store:
        refresh(store)
        latest: dict[int, Report] = {}
        version = 0
        made: list[Decision] = []
        for what, how in taken:
            if what == "add":
                assert isinstance(how, list)
                for each in how:
                    version += 1
                    latest[each.number] = report = Report(
                        each.number, version, each.sentences, each.day, each.outlet, each.forwards
                    )
                    add(store, [report])
            elif what == "reread":
                add(store, list(latest.values()), SECOND)
            elif what == "undo":
                if made:
                    undo(store, made.pop(int(str(how)) % len(made)).id, who="a", why="b")
            elif len(known := records(store)) > 1:
                assert isinstance(how, tuple)
                one, two = known[how[0] % len(known)], known[how[1] % len(known)]
                if one != two:
                    done = decide(store, what, one, json.dumps(two), who="a", why="b")
                    if done.id not in {d.id for d in made}:
                        made.append(done)
            assert not refresh(store, most=1000).at_once
        one_by_one = held(store)
        assert one_by_one == anew(store)
        assert len(one_by_one["placed"]) == len(latest)


def test_nothing_new_is_nothing_done(store: Store) -> None:
    add(store, [WIRE, COPY])
    assert refresh(store).at_once
    before = held(store)
    assert len(before["events"]) == 2
    assert refresh(store) == Placed()
    assert held(store) == before


def test_a_copy_joins_the_descent_of_its_original_and_leaves_it(store: Store) -> None:
    add(store, [WIRE, OTHER_PLACE])
    refresh(store)
    assert held(store)["lineages"] == set()
    add(store, [COPY])
    assert refresh(store) == Placed(1)
    assert {row[:2] for row in held(store)["lineages"]} == {("r2", "r1")}
    assert {row[0]: row[3] for row in held(store)["placed"]} == {"r1": "r1", "r2": "r1", "r3": ""}
    add(store, [Report(1, 2, (6,), 0, 0)])
    assert refresh(store) == Placed(1)
    assert held(store)["lineages"] == set()
    assert {row[3] for row in held(store)["placed"]} == {""}


def test_undoing_gives_back_the_former_state(store: Store) -> None:
    add(store, [WIRE, COPY, OTHER_PLACE])
    refresh(store)
    before = held(store)
    one, two = "r1.0.0.1.0", "r2.0.0.1.1"
    found = decide(store, OTHER, one, json.dumps(two), who="Sara", why="two smithies")
    refresh(store)
    apart = {row[0]: row[3] for row in held(store)["facets"]}
    assert apart[one] != apart[two]
    undo(store, found.id, who="Sara", why="one smithy")
    refresh(store)
    assert held(store) == before


def test_a_decision_goes_with_its_record_when_it_is_read_anew(store: Store) -> None:
    add(store, [WIRE, COPY])
    decide(store, OTHER, "r1.0.0.1.0", json.dumps("r2.0.0.1.1"), who="Sara", why="two smithies")
    decide(store, GRADE, "r1.0.0.1.0", json.dumps("fair"), who="Sara", why="seen by both")
    refresh(store)
    add(store, [WIRE, COPY], SECOND)
    refresh(store)
    home = {row[0]: row[3] for row in held(store)["facets"]}
    assert "r1.0.0.1.0" not in home
    assert home["r1.0.0.2.0"] != home["r2.0.0.2.1"]
    with reading(store.engine) as connection:
        assert [(d.kind, d.subject, d.value) for d in decided(store, connection)] == [
            (OTHER, "r1.0.0.2.0", '"r2.0.0.2.1"'),
            (GRADE, "r1.0.0.2.0", '"fair"'),
        ]


def test_a_decision_on_what_is_seen_no_more_waits(store: Store) -> None:
    add(store, [WIRE, COPY])
    decide(store, OTHER, "r1.0.0.1.0", json.dumps("r2.0.0.1.1"), who="Sara", why="two smithies")
    add(store, [Report(1, 2, (2,), 0, 0)])
    refresh(store)
    with reading(store.engine) as connection:
        assert [d.subject for d in decided(store, connection)] == ["r1.0.0.1.0"]
    add(store, [Report(1, 4, (0, 1), 0, 0)])
    refresh(store)
    home = {row[0]: row[3] for row in held(store)["facets"]}
    assert home["r1.0.0.1.0"] != home["r2.0.0.1.1"]


def test_who_is_killed_on_the_way_is_followed_by_who_comes_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, [OTHER_PLACE])
    refresh(store)
    add(store, [Report(n, 1, (n % 5, (n + 1) % 5), n % 3, n % 3) for n in range(10, 16)])
    place, done = placing.Placing.place, []

    def killed(self: placing.Placing, doc: str, wanted: int | None) -> None:
        place(self, doc, wanted)
        done.append(doc)
        if len(done) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(placing, "TOGETHER", 3)
    monkeypatch.setattr(placing.Placing, "place", killed)
    with pytest.raises(KeyboardInterrupt):
        refresh(store)
    monkeypatch.undo()
    assert len(held(store)["placed"]) == 1 + 3
    assert refresh(store) == Placed(3)
    assert held(store) == anew(store)


def test_what_another_program_worked_out_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, [WIRE])
    refresh(store)
    monkeypatch.setattr(placing, "basis", lambda: "another program")
    assert refresh(store) == Placed(1, True)


def test_many_are_worked_out_at_once(store: Store) -> None:
    add(store, [WIRE])
    refresh(store)
    add(store, [COPY, OTHER_PLACE])
    assert refresh(store, most=1) == Placed(3, True)
    assert refresh(store, most=1) == Placed()


def test_a_takedown_leaves_no_words_behind(store: Store) -> None:
    add(store, [WIRE, OTHER_PLACE])
    refresh(store)
    assert "Thre" in str(held(store)["events"])  # the name of the place, from the report that goes
    take_down(store, "r1", who="a court", why="an order")
    assert not any(held(store).values())
    refresh(store)
    assert {row[0] for row in held(store)["placed"]} == {"r3"}
    assert "Thre" not in str(held(store)["events"])
    assert verify(store).findings == ()


def test_events_take_no_part_in_what_the_store_is(store: Store, tmp_path: Path) -> None:
    add(store, [WIRE, COPY])
    before = store.content_hash(), store.head()
    refresh(store)
    assert (store.content_hash(), store.head()) == before
    assert verify(store).findings == ()
    dump(store, tmp_path / "s.zip")
    load(tmp_path / "s.zip", tmp_path / "t.sqlite")
    with Store.open(tmp_path / "t.sqlite") as other:
        assert not any(held(other).values())
        refresh(other)
        assert {row[0] for row in held(other)["facets"]} == {row[0] for row in held(store)["facets"]}
