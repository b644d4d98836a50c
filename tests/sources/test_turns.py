from __future__ import annotations

import pytest

from tawatur.sources.faults import Fault
from tawatur.sources.turns import Budget, Turns
from tests.sources.visits import HandClock


def test_the_pause_counts_from_the_end_of_a_turn() -> None:
    hand = HandClock()
    turns = Turns(hand.clock, 30)
    with turns.turn("a", 2):
        hand.elapsed += 10
    hand.elapsed += 0.5
    with turns.turn("b", 2):
        assert hand.slept == []
    with turns.turn("a", 2):
        assert hand.slept == [1.5]


def test_a_turn_that_fails_is_followed_by_its_pause_too() -> None:
    hand = HandClock()
    turns = Turns(hand.clock, 30)
    with pytest.raises(RuntimeError), turns.turn("a", 2):
        raise RuntimeError
    with turns.turn("a", 2):
        assert hand.slept == [2]


def test_a_host_that_asks_for_long_is_not_waited_for() -> None:
    hand = HandClock()
    turns = Turns(hand.clock, 30)
    turns.stay_away("a", 100)
    with pytest.raises(Fault, match="another 100 s"), turns.turn("a", 1):
        pass
    hand.elapsed += 75
    with turns.turn("a", 1):
        assert hand.slept == [25]


def test_the_time_of_a_fetch_leaves_out_waiting() -> None:
    hand = HandClock()
    budget = Budget(10, hand.clock)
    with budget.running():
        hand.elapsed += 4
        assert budget.left() == 6
    hand.elapsed += 100
    assert budget.left() == 6
    with budget.running():
        hand.elapsed += 6
        with pytest.raises(Fault):
            budget.check()
    assert budget.left() == 0
