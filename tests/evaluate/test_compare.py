"""Two readers on the same gold: worked cases whose answer needs no chance, and one that only the pairing decides."""

from __future__ import annotations

import pytest

from tawatur.evaluate import differences, evaluate
from tests.evaluate.made import Row, gold, predicted, strike

TOWNS = [f"Town{n}" for n in range(20)]
TRUTH = gold(*[[strike(town), strike(f"Old {town}", anchor="hit")] for town in TOWNS])
ALL = predicted(*[entry["records"] for entry in TRUTH])


def test_a_reader_against_itself_differs_by_nothing() -> None:
    for one in differences(TRUTH, ALL, ALL, draws=50).values():
        assert (one.difference, one.low, one.high, one.not_better) == (0.0, 0.0, 0.0, 1.0)


def test_always_better_by_the_same_is_sure() -> None:
    half = predicted(*[entry["records"][:1] for entry in TRUTH])  # F1 of one of two: 2/3, in every document and draw
    found = differences(TRUTH, ALL, half, draws=200)["found"]
    assert found.f1 == 1.0
    assert found.other == pytest.approx(2 / 3)
    assert found.low == found.high == pytest.approx(1 / 3)
    assert found.not_better == 0.0
    back = differences(TRUTH, half, ALL, draws=200)["found"]
    assert back.low == pytest.approx(-1 / 3)
    assert back.not_better == 1.0


def test_better_in_one_document_of_twenty_is_not_sure() -> None:
    one_less: list[list[Row]] = [entry["records"] for entry in TRUTH[1:]]
    found = differences(TRUTH, ALL, predicted([], *one_less), draws=2000)["found"]
    # the document is in no draw with probability (19/20)^20 = 0.358
    assert found.not_better == pytest.approx(0.358, abs=0.04)
    assert found.low == 0.0 < found.difference < found.high


def test_the_pairing_sees_what_intervals_of_each_do_not() -> None:
    """Documents differ much from one another, readers little and always the same way."""
    easy = [entry["records"] for entry in TRUTH[:10]]
    weak = predicted(*easy, *[[strike("elsewhere", anchor="x", date=None, type="bomb", actor="?")]] * 10)
    weaker = {doc: rows[:1] if len(rows) > 1 else rows for doc, rows in weak.items()}
    a, b = (evaluate(TRUTH, rows)["records"]["all"]["found"] for rows in (weak, weaker))
    assert a["f1"] - a["±"] < b["f1"] + b["±"]
    assert differences(TRUTH, weak, weaker)["found"].low > 0


def test_the_same_seed_gives_the_same_figures_and_no_document_none() -> None:
    half = predicted(*[entry["records"][: n % 3] for n, entry in enumerate(TRUTH)])
    assert differences(TRUTH, ALL, half, draws=100) == differences(TRUTH, ALL, half, draws=100)
    assert differences(TRUTH, ALL, half, draws=100) != differences(TRUTH, ALL, half, draws=100, seed=1)
    assert differences([], {}, {}) == {}


def test_an_interval_by_kind_is_given_where_asked_for() -> None:
    half = predicted(*[entry["records"][: 1 + n % 2] for n, entry in enumerate(TRUTH)])
    plain, by_kind = evaluate(TRUTH, half)["records"], evaluate(TRUTH, half, by_kind=True)["records"]
    assert "±" not in plain["event"]["found"]
    assert by_kind["event"]["found"]["±"] == plain["all"]["found"]["±"] > 0
