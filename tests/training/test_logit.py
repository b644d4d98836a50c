"""Fitting on a few made-up choices whose answer is known."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy", reason="scipy fits the weights; the program itself does not need it")

from training.logit import fit_binary, fit_choice, fit_classes


def test_a_choice_learns_what_the_right_candidates_have_in_common() -> None:
    groups = [([["near", "blue"], ["far", "blue"]], [0])] * 10 + [([["far", "red"], ["near", "red"]], [1])] * 10
    table = fit_choice(groups)
    assert table["near"] > 0.5
    assert table["far"] < -0.5
    assert abs(table.get("blue", 0.0)) < 0.05


def test_several_right_candidates_share_the_credit() -> None:
    groups = [([["a"], ["b"], ["c"]], [0, 1])] * 12
    table = fit_choice(groups)
    assert table["a"] == pytest.approx(table["b"], abs=0.01)
    assert table["a"] > table["c"]


def test_a_rare_feature_gets_no_weight() -> None:
    groups = [([["near"], ["far"]], [0])] * 10 + [([["near", "once"], ["far"]], [0])]
    assert "once" not in fit_choice(groups)


def test_classes_are_told_apart_by_their_features() -> None:
    rows = [["bang", "day"]] * 8 + [["crash", "day"]] * 8 + [["hum", "day"]] * 8
    tables = fit_classes(rows, ["bomb"] * 8 + ["road"] * 8 + ["quiet"] * 8)
    assert set(tables) == {"bomb", "road", "quiet"}
    assert max(tables, key=lambda c: tables[c].get("crash", 0.0)) == "road"


def test_yes_or_no_needs_its_bias_in_the_rows() -> None:
    rows = [["bias", "smoke"]] * 9 + [["bias"]] * 9
    table = fit_binary(rows, [True] * 9 + [False] * 9)
    assert table["bias"] < 0 < table["bias"] + table["smoke"]
