"""Curves from scores to probabilities: monotone whatever is asked, and refused where they are no curves."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import TawaturError
from tawatur.reader.calibration import Curve, calibration, load

CURVE = Curve((-1.0, 0.0, 2.0), (0.1, 0.5, 0.9))
_SCORES = st.floats(-1e6, 1e6)
_SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("score", "probability"),
    [(-9.0, 0.1), (-1.0, 0.1), (-0.5, 0.3), (0.0, 0.5), (0.5, 0.6), (2.0, 0.9), (float("inf"), 0.9)],
)
def test_straight_between_knots_and_level_beyond_them(score: float, probability: float) -> None:
    assert CURVE(score) == pytest.approx(probability)


@given(st.dictionaries(_SCORES, _SHARES, min_size=1, max_size=12), st.lists(_SCORES, min_size=2))
def test_a_higher_score_is_never_less_probable(points: dict[float, float], asked: list[float]) -> None:
    curve = Curve(tuple(sorted(points)), tuple(sorted(points.values())))
    given_ = [curve(score) for score in sorted(asked)]
    assert all(a <= b + 1e-12 for a, b in pairwise(given_))
    assert all(0 <= p <= 1 for p in given_)


def test_a_kind_without_a_curve_has_that_of_all() -> None:
    curves = calibration({"all": [[0, 0.2], [1, 0.4]], "event": [[0, 0.5], [1, 1]]})
    assert curves.probability("event", 0.5) == pytest.approx(0.75)
    assert curves.probability("statement", 0.5) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([], "no curve 'all'"),
        ({"event": [[0, 0.5]]}, "no curve 'all'"),
        ({"all": []}, "not a calibration table"),
        ({"all": [[0, 0.5, 1]]}, "not a calibration table"),
        ({"all": [[0, "much"]]}, "not a calibration table"),
        ({"all": [[1, 0.1], [0, 0.5]]}, "scores of knots must rise"),
        ({"all": [[0, 0.1], [0, 0.5]]}, "scores of knots must rise"),
        ({"all": [[0, 0.6], [1, 0.5]]}, "must not fall"),
        ({"all": [[0, 0.6], [1, 1.5]]}, "from 0 to 1"),
        ({"all": [[0, 0.6], [1, float("nan")]]}, "from 0 to 1"),
    ],
)
def test_what_is_no_curve_is_refused(table: object, says: str) -> None:
    with pytest.raises(TawaturError, match=says) as raised:
        calibration(table)
    assert raised.value.hint


def test_a_table_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps({"all": [[0.0, 0.0], [1.0, 0.5]]}), encoding="utf-8")
    assert load(path).probability("event", 0.5) == 0.25
    path.write_text("{", encoding="utf-8")
    with pytest.raises(TawaturError, match=r"table\.json"):
        load(path)
    with pytest.raises(TawaturError, match=r"none\.json"):
        load(tmp_path / "none.json")
