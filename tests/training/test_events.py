"""Fitting the weights of events: what is judged, what is counted, what is learned from a few made-up pairs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason="scipy fits the weights; the program itself does not need it")

from tawatur.events.levels import COMPARISONS, weights_of
from tests.training.made import side
from training import events as fitting


def test_two_records_are_judged_only_where_the_codings_can_judge() -> None:
    made = side(
        ("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i2", 0), ("r4", "d", "", 0), ("r5", "e", "", 0),
        ("r6", "a", "i1", 0), ("r7", "b", "", 0),
    )  # fmt: skip
    data = fitting.compare(made)
    ids = data.facets.ids
    truth = {(ids[i], ids[j]): int(t) for (i, j), t in zip(data.pairs.tolist(), data.truth, strict=True)}
    assert truth["r1", "r2"] == 1
    assert truth["r1", "r3"] == 0
    assert truth["r1", "r4"] == 0  # one tells of an incident that the other's source is not tied to
    assert truth["r4", "r5"] == -1  # neither tells of an incident
    assert truth["r1", "r6"] == -1  # one source
    assert truth["r1", "r7"] == -1  # sources of one incident, of which one record tells of something else


def test_each_pair_has_one_level_of_each_comparison_and_the_prior() -> None:
    found = np.array([[0] * len(COMPARISONS), [1] * len(COMPARISONS)], np.int8)
    rows = fitting.design(found).toarray()
    assert rows.sum(axis=1).tolist() == [len(COMPARISONS) + 1] * 2
    assert [fitting.LEVELS[k] for k in np.flatnonzero(rows[1][:-1])] == [
        f"{c}/{v[1][0]}" for c, v in COMPARISONS.items()
    ]
    assert rows[:, -1].tolist() == [1, 1]


def test_every_expected_weight_is_of_a_level_that_there_is() -> None:
    assert set(fitting.EXPECTED) <= {*fitting.LEVELS, "prior"}


def days_apart() -> fitting.Compared:
    """Sources that tell of one incident tell the same day; of two, neighbouring days."""
    told = []
    for n in range(12):
        told += [(f"a{n:02}", f"s{n}", f"i{n % 2}", n % 2), (f"b{n:02}", f"t{n}", f"i{n % 2}", n % 2)]
    return fitting.compare(side(*told, wanted=()))


@pytest.mark.parametrize("way", [fitting.logistic, fitting.ratios])
def test_what_tells_incidents_apart_gets_the_weight(way: object) -> None:
    fitted = fitting.table(way(days_apart()), -2500, 0)  # type: ignore[operator]
    assert fitted["day/same"] > fitted["day/next"] + 1000
    weights_of(fitted)


def test_a_level_that_is_never_seen_keeps_the_weight_that_people_give_it() -> None:
    fitted = fitting.table(fitting.logistic(days_apart()), -2500, 0)
    assert fitted["place/far"] == round(1000 * fitting.EXPECTED["place/far"])
    assert (fitted["floor"], fitted["threshold"]) == (-2500, 0)


def test_pairs_of_sources_are_counted() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i2", 0), wanted=(("a", "b"), ("a", "d")))
    assert fitting.measure(made, [{"a", "b", "c"}]) == (1, 3, 1, 2)
    assert fitting.shown([(1, 2, 1, 2), (1, 2, 1, 2)]) == "P 0.500 R 0.500 F 0.500"


def test_perfect_is_the_sources_that_have_a_record_of_the_incident() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "b", "", 0), ("r4", "c", "", 0))
    assert fitting.perfect(made) == [{"a", "b"}]


def test_a_side_is_cut_to_some_of_its_sources() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "b", "i1", 0), ("r3", "c", "i1", 0), wanted=(("a", "b"), ("b", "c")))
    cut = fitting.only(made, {"a", "b"})
    assert (set(cut.sources), set(cut.tells), cut.wanted) == ({"a", "b"}, {"r1", "r2"}, frozenset({("a", "b")}))


def test_stretches_follow_time_and_hold_every_source_once() -> None:
    made = side(*((f"r{n}", f"s{n}", f"i{n}", n) for n in range(8)))
    assert fitting.stretches(made, 4) == [{"s0", "s1"}, {"s2", "s3"}, {"s4", "s5"}, {"s6", "s7"}]


def test_the_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "OUT", tmp_path / "weights.json")
    made = days_apart().side
    assert fitting.main([], lambda: (made, made)) == 0
    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert set(written) == {*fitting.LEVELS, "prior", "floor", "threshold"}
    assert weights_of(written).threshold == fitting.THRESHOLD
