"""The measures of events, on a few made-up records; and the made-up collection itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

pytest.importorskip("rensa", reason="one of the ways that events are held against")

from benchmarks.airwars_events import (
    alike_texts,
    b_cubed,
    best,
    day_of,
    grouped,
    harmonic,
    pair_scores,
    perfect,
    same_place_and_day,
)
from benchmarks.events_made import drawn, gazetteer, key, rows, tolds
from benchmarks.events_scale import growth, report
from tawatur.events.build import components
from tawatur.events.facets import DAY, INFERRED, NONE, facets
from tests.events.made import Sketch
from tests.training.made import side

PLACES = 500


def test_pairs_of_sources_in_one_event_are_right_where_an_incident_ties_both() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "", 0), wanted=(("a", "b"), ("a", "x")))
    assert pair_scores(made, [["r1", "r2", "r3"]]) == pytest.approx((1 / 3, 1 / 2, 0.4))
    assert pair_scores(made, [["r1"], ["r2"], ["r3"]]) == (0, 0, 0)
    assert harmonic(0, 0) == 0


def test_b_cubed_is_over_records_that_tell_of_an_incident() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i2", 0), ("r4", "d", "", 0))
    assert b_cubed(made, perfect(made)) == 1
    # one event: precision 2/3, 2/3, 1/3; recall 1; the record of no incident does not count
    assert b_cubed(made, [["r1", "r2", "r3", "r4"]]) == pytest.approx(harmonic(5 / 9, 1))
    # each alone: precision 1; recall 1/2, 1/2, 1
    assert b_cubed(made, []) == pytest.approx(harmonic(1, 2 / 3))


def test_perfect_puts_a_record_of_two_incidents_in_both_events() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i2", 0), ("r3", "c", "i1", 0))
    both = replace(made, tells={**made.tells, "r3": frozenset(("i1", "i2"))})
    assert sorted(map(sorted, perfect(both))) == [["r1", "r3"], ["r2", "r3"]]


def test_same_place_and_day_leaves_what_has_neither_alone() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i2", 5))
    unknown = [Sketch(k, k, place=None).told() for k in ("r4", "r5")]
    found = same_place_and_day(replace(made, tolds=[*made.tolds, *unknown]))
    assert sorted(map(sorted, found)) == [["r1", "r2"], ["r3"], ["r4"], ["r5"]]


def test_the_day_of_a_record_is_the_one_told_else_that_of_publication_else_of_the_address() -> None:
    told = Sketch("a", day=0, published=1).told()
    assert day_of(told) == "2023-12-08"
    assert day_of(replace(told, record=replace(told.record, time=None))) == "2023-12-09"
    silent = replace(told, record=replace(told.record, time=None), facts=replace(told.facts, published=None))
    assert day_of(silent) == ""
    assert (
        day_of(replace(silent, facts=replace(silent.facts, url="https://x.example/2021/03/04/story"))) == "2021-03-04"
    )


def test_texts_alike_come_together_and_others_do_not() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i2", 0))
    text = {"a": " ".join(f"word{n}" for n in range(60)), "c": " ".join(f"other{n}" for n in range(60))}
    text["b"] = text["a"] + " end"
    tolds = [replace(t, facts=replace(t.facts, text=text[t.facts.doc])) for t in made.tolds]
    assert sorted(map(sorted, alike_texts(replace(made, tolds=tolds), 0.5))) == [["r1", "r2"], ["r3"]]


def test_the_threshold_with_the_highest_f1_is_chosen() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i2", 0), wanted=(("a", "b"),))
    ways = {0.1: [["r1", "r2", "r3"]], 0.5: grouped({"r1": "x", "r2": "x", "r3": "y"}), 0.9: [["r1"], ["r2"], ["r3"]]}
    assert best(made, ways) == 0.5


def test_made_up_records_have_the_shares_that_are_said() -> None:
    made = drawn(20_000, PLACES)
    shares = Counter(made.basis.tolist())
    assert [shares[b] / 20_000 for b in (DAY, INFERRED, NONE)] == pytest.approx([0.6, 0.38, 0.02], abs=0.01)
    assert made.copy.mean() == pytest.approx(0.3, abs=0.02)
    assert (made.wide.mean(), made.without.mean()) == pytest.approx((0.08, 0.04), abs=0.01)
    assert set(Counter(made.doc.tolist()).values()) == {2}
    assert np.unique(made.event).size == int(20_000 / 3)


def test_skew_makes_one_place_be_struck_more() -> None:
    most = [max(Counter(drawn(5000, PLACES, skew).place.tolist()).values()) for skew in (0.0, 0.8)]
    assert most[1] > 5 * most[0]


def test_rows_made_as_columns_are_like_those_of_whole_records() -> None:
    made = drawn(300, len(gazetteer()))
    whole, columns = facets(t for chunk in tolds(made, 100) for t in chunk), rows(made)
    assert whole.ids == columns.ids == tuple(map(key, range(300)))
    for name in ("first", "last", "basis", "lat", "lon", "precision", "country", "type", "actor"):
        assert np.array_equal(whole.rows[name], columns.rows[name], equal_nan=name in ("lat", "lon")), name
    for name in ("lineage", "sentence"):  # numbers differ, who shares one does not
        shared = [(f.rows[name][:, None] == f.rows[name]) & (f.rows[name] != 0) for f in (whole, columns)]
        assert np.array_equal(*shared), name


def test_tellings_of_a_made_up_event_come_together() -> None:
    """A copy of a sentence at the same place and day is the same event, so that the collection has something to find."""
    made = drawn(300, len(gazetteer()))
    found = components(facets(t for chunk in tolds(made) for t in chunk))
    events = [m for c in found for m in c.events]
    assert 80 < len(events) < 200  # of 100 drawn
    mixed = sum(len({int(made.event[int(m, 16)]) for m in members}) > 1 for members in events)
    assert mixed < 5


def test_growth_is_of_the_time_for_a_record_against_the_mean_of_the_small() -> None:
    small = [{"records": 10.0, "facets": 1.0, "seconds": 1.0}, {"records": 10.0, "facets": 1.0, "seconds": 3.0}]
    large = {"records": 100.0, "facets": 10.0, "seconds": 40.0}
    assert growth(small, large, "facets", "seconds") == pytest.approx(5 / 3)
    assert growth(small, large, "facets") == pytest.approx(1)
    more = {"events": 3, "largest": 2, "place_ms": 1.0, "slowest_ms": 2.0, "worst_ms": 3.0, "memory_mb": 9.0}
    text = report([{**f, **more} for f in small], {**large, **more}, [(0.8, {**large, **more})])
    assert "1.67 times as long for each (facets 1.00, clusters 2.00)" in text


def test_the_made_up_year_has_its_days() -> None:
    for told in next(tolds(drawn(200, len(gazetteer())), 200)):
        if told.record.time is not None and told.record.time.first is not None:
            assert date(2023, 1, 1) <= told.record.time.first <= date(2023, 12, 31)
