"""Damaged inputs end in a document or in a plain error; what holds of every document holds of theirs."""

from __future__ import annotations

import time

import pytest

from benchmarks.fuzz import MUTATIONS, giants, mutants, run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_two_thousand_mutants_end_well_and_soon() -> None:
    begin = time.perf_counter()
    ends = [run(content) for _, content in mutants(2000)]
    assert set(ends) == {"document", "error"}
    assert ends.count("document") >= 1000
    assert time.perf_counter() - begin < 60


def test_mutants_are_of_every_kind_and_the_same_each_time() -> None:
    first, second = list(mutants(40, seed=3)), list(mutants(40, seed=3))
    assert first == second
    assert {name for name, _ in first} == set(MUTATIONS)


@pytest.mark.parametrize("name", ["50 MB of one word", "2 million signatures", "100,000 nested elements"])
def test_what_is_hostile_by_its_size_ends_soon(name: str) -> None:
    content = dict(giants())[name]
    begin = time.perf_counter()
    assert run(content) in ("document", "error")
    assert time.perf_counter() - begin < 20
