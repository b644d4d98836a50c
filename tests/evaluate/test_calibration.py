"""Calibration figures: cases worked out by hand, and confidences that are right by construction."""

from __future__ import annotations

import random

import pytest

from tawatur.errors import InputError
from tawatur.evaluate.calibration import Pair, brier, ece, equal_mass, equal_width, judged, perfect
from tests.evaluate.made import gold, predicted, strike

FOUR: list[Pair] = [(0.1, False), (0.3, True), (0.7, True), (0.9, True)]


def test_bins_of_equal_mass() -> None:
    low, high = equal_mass(FOUR, bins=2)
    assert (low.low, low.high, low.n, low.share) == (0.1, 0.3, 2, 0.5)
    assert (high.n, high.share) == (2, 1.0)
    assert low.confidence == pytest.approx(0.2)
    assert high.confidence == pytest.approx(0.8)
    assert ece([low, high]) == pytest.approx((2 * 0.3 + 2 * 0.2) / 4)


def test_bins_of_equal_width_leave_out_empty_ones_and_hold_both_ends() -> None:
    bins = equal_width([*FOUR, (0.0, False), (1.0, True)], bins=4)
    assert [(b.low, b.high, b.n) for b in bins] == [(0.0, 0.1, 2), (0.3, 0.3, 1), (0.7, 0.7, 1), (0.9, 1.0, 2)]


def test_equal_confidences_share_a_bin() -> None:
    bins = equal_mass([(0.5, n % 2 == 0) for n in range(30)] + [(0.9, True)], bins=10)
    assert [(b.n, b.share) for b in bins] == [(30, 0.5), (1, 1.0)]
    assert sum(b.n for b in equal_mass([(n / 97, True) for n in range(97)])) == 97
    assert len(equal_mass([(n / 97, True) for n in range(97)])) == 10


def test_brier() -> None:
    assert brier(FOUR) == pytest.approx((0.01 + 0.49 + 0.09 + 0.01) / 4)
    assert brier([]) == ece([]) == 0.0


def test_perfect_confidences_show_about_what_chance_leaves() -> None:
    rng = random.Random(5)
    confidences = [rng.random() for _ in range(400)]
    chance = perfect(confidences)
    shown = ece(equal_mass([(c, rng.random() < c) for c in confidences]))
    too_sure = ece(equal_mass([(c, rng.random() < 0.6 * c) for c in confidences]))
    assert 0.01 < chance < 0.07
    assert abs(shown - chance) < 0.04
    assert too_sure == pytest.approx(0.2, abs=0.05)  # the mean of 0.4 c
    assert perfect([]) == 0.0


def test_a_record_is_judged_by_whether_the_gold_has_it() -> None:
    truth = gold([strike("Nahr"), strike("Tell", anchor="hit", type="strike.air")])
    rows = predicted(
        [
            strike("Nahr", confidence=0.9),
            strike("Nahr", confidence=0.6, date=None),  # a second telling of what is there once
            strike("Tell", anchor="hit", type="strike.air", status="possible", confidence=0.5),
        ]
    )
    assert [(r.doc, r.kind, r.confidence, r.found, r.exact) for r in judged(truth, rows)] == [
        ("d0", "event", 0.9, True, True),
        ("d0", "event", 0.6, False, False),
        ("d0", "event", 0.5, True, False),
    ]


@pytest.mark.parametrize("confidence", [None, "0.5", 1.5, True, float("nan")])
def test_a_record_without_a_confidence_is_an_error(confidence: object) -> None:
    with pytest.raises(InputError, match="d0: record 1"):
        judged(gold([]), predicted([strike("Nahr", confidence=confidence)]))
