"""Choices by weights: what wins, how sure it is, and that a choice can give its reasons."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from tawatur.lexicon import weights as w

TABLE = {"near": 2.0, "far": -1.0, "zero": 0.0}


def test_the_score_is_the_sum_of_the_weights_that_are_listed() -> None:
    assert w.score(TABLE, ["near", "near", "far", "never seen"]) == 3.0


def test_the_best_candidate_and_its_share() -> None:
    index, share = w.best(TABLE, [["far"], ["near"], []])
    assert index == 1
    assert share == pytest.approx(1 / (1 + 2.718281828**-3 + 2.718281828**-2))


def test_of_equal_candidates_the_first_stands() -> None:
    assert w.best(TABLE, [["near"], ["near"]]) == (0, 0.5)


@pytest.mark.parametrize(("value", "expected"), [(0.0, 0.5), (1000.0, 1.0), (-1000.0, 0.0)])
def test_a_probability_never_overflows(value: float, expected: float) -> None:
    assert w.probability(value) == pytest.approx(expected, abs=1e-9)


def test_reasons_are_the_features_that_weighed_heaviest_first() -> None:
    assert w.reasons(TABLE, ["far", "zero", "unknown", "near"]) == [("near", 2.0), ("far", -1.0)]


def test_a_choice_without_tables_picks_nothing() -> None:
    assert w.Classes("no such choice").pick(["near"]) == ""


def test_classes_read_the_tables_of_their_choice_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"kind:event": {"one": 1.0}, "kind:aggregate": {"many": 1.5}, "type:bomb": {"one": 9.0}}
    monkeypatch.setattr(w, "_all", lambda: tables)
    kind = w.Classes("kind")
    assert kind.names == ("event", "aggregate")
    assert kind.pick(["one", "many"]) == "aggregate"
    assert kind.pick(["one"]) == "event"


def test_the_tables_that_the_package_carries_are_numbers_by_feature() -> None:
    tables = json.loads((files("tawatur") / "data" / "weights.json").read_text(encoding="utf-8"))
    assert {"actor", "place", "time", "source", "keep", "gate"} <= tables.keys()
    assert all(isinstance(v, float | int) for table in tables.values() for v in table.values())
