"""The benchmark of the books: what it measures is what it says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from benchmarks import books
from benchmarks.books import Archive, Way, archives, faster
from benchmarks.books_growth import fill
from benchmarks.books_stress import sound
from tawatur.errors import TawaturError
from tests.collection.killing import State
from tests.collection.made import collection, found_in


def test_pieces_are_summed() -> None:
    way = Way()
    for seconds in (1.0, 2.0):
        way.take({"seconds": seconds, "own": 0.5, "others": 0.25, "seen": 4, "added": 3, "failed": 1})
    assert way == Way(3.0, 1.0, 0.5, 8, 6, 2)


@pytest.mark.parametrize(
    ("own", "others", "times"),
    [
        (0.0, 100.0, 2.0),  # all of the work is shared by two
        (20.0, 100.0, 100 / 60),  # what the writer does is on the same two cores
        (200.0, 20.0, 0.5),  # the writer alone is what takes so long
    ],
)
def test_two_workers_are_as_fast_as_two_cores_allow(own: float, others: float, times: float) -> None:
    archive = Archive("a", "", [], one=Way(own=100.0), two=Way(own=own, others=others))
    assert faster(archive) == pytest.approx(times)


def test_an_archive_is_cut_into_pieces_that_are_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "almayadeen").mkdir(parents=True)
    (tmp_path / "data" / "airwars-syria").mkdir()
    collection(tmp_path / "data" / "almayadeen" / "2.jsonl", range(20, 33))
    collection(tmp_path / "data" / "almayadeen" / "1.jsonl", range(20))
    collection(tmp_path / "data" / "airwars-syria" / "sources.jsonl", range(3))
    monkeypatch.setenv("TAWATUR_SHARED", str(tmp_path))
    (tmp_path / "pieces").mkdir()
    large, small = archives(tmp_path / "pieces", 0)
    whole = "".join((tmp_path / "data" / "almayadeen" / name).read_text() for name in ("1.jsonl", "2.jsonl"))
    assert "".join(piece.read_text() for piece in large.pieces) == whole
    assert [len(each.pieces) for each in (large, small)] == list(books.PIECES.values())
    limited, _ = archives(tmp_path / "pieces", 10)
    assert sum(piece.read_text().count("\n") for piece in limited.pieces) == 10


def test_a_large_store_is_made_with_as_many_records_as_asked_for(tmp_path: Path) -> None:
    held = fill(tmp_path / "large.sqlite", 500)
    assert held["records"] >= 500
    assert held["records"] / held["readings"] >= 2
    assert (held["failed"], held["pending"], held["reports"]) == (0, 0, held["captures"])


def test_a_store_that_is_not_what_it_should_be_fails_the_measurement() -> None:
    good = State("hash", *found_in(10), 0, 0, ())
    sound(good, "hash", 10, "run")
    for change in (
        {"content": "other"},
        {"documents": 9},
        {"failed": 0},
        {"pending": 1},
        {"twice": 1},
        {"findings": ("x",)},
    ):
        with pytest.raises(TawaturError, match="run"):
            sound(dataclasses.replace(good, **change), "hash", 10, "run")
