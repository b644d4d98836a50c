"""The gate itself: what it refuses, and what it keeps when a floor is lowered on purpose."""

from __future__ import annotations

import pytest

from benchmarks import gate
from tawatur.errors import TawaturError

FLOOR = {"corpus": "abc", "figures": {"found": 0.7, "quiet": 0.9}, "lowered": []}


def test_figures_at_or_above_their_floors_pass() -> None:
    assert list(gate.faults("dev", FLOOR, "abc", {"found": 0.7, "quiet": 0.95})) == []


@pytest.mark.parametrize("now", [{"found": 0.69, "quiet": 0.9}, {"found": 0.7}])
def test_a_figure_below_its_floor_or_missing_is_named(now: dict[str, float]) -> None:
    (line,) = gate.faults("dev", FLOOR, "abc", now)
    assert ("found" if "quiet" in now else "quiet") in line


def test_another_corpus_fails_whatever_the_figures() -> None:
    (line,) = gate.faults("dev", FLOOR, "xyz", {"found": 1.0, "quiet": 1.0})
    assert "abc" in line
    assert "xyz" in line


def test_pinning_raises_floors_freely() -> None:
    new = gate.pinned("dev", {"dev": FLOOR}, "abc", {"found": 0.8, "quiet": 0.9}, "")
    assert new == {"corpus": "abc", "figures": {"found": 0.8, "quiet": 0.9}, "lowered": []}


def test_pinning_lowers_only_for_a_reason_that_is_kept() -> None:
    now = {"found": 0.6, "quiet": 0.9}
    with pytest.raises(TawaturError, match="found"):
        gate.pinned("dev", {"dev": FLOOR}, "abc", now, "")
    new = gate.pinned("dev", {"dev": FLOOR}, "abc", now, "fewer but safer records")
    assert new["figures"] == now
    assert new["lowered"] == [{"reason": "fewer but safer records", "from": {"found": 0.7}}]
