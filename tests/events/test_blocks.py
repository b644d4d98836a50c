"""Blocks: who lies in what another asks, and which of the neighbouring cells need not be asked."""

from __future__ import annotations

import numpy as np
import pytest

from tawatur.events.blocks import KINDS, asks, lies_in, mix, nearby
from tawatur.events.facets import ROW, Rows, facets
from tests.events.made import Sketch


def at(*spots: tuple[float, float]) -> Rows:
    """Rows of one day at these places."""
    rows = facets([Sketch(f"{n:03}").told() for n in range(len(spots))]).rows.copy()
    rows["lat"], rows["lon"] = np.array(spots, np.float32).T
    return rows


@pytest.mark.parametrize("where", [(33.0, 44.0), (0.0, 0.0), (-0.01, 179.99), (10.0, -180.0), (89.9, 12.0)])
def test_half_of_the_cells_about_a_place_find_each_neighbour_once(where: tuple[float, float]) -> None:
    """Also where longitudes begin again."""
    lat, lon = where
    around = [(lat + 0.12 * n, (lon + 0.12 * e + 180) % 360 - 180) for n in (-1, 0, 1) for e in (-1, 0, 1)]
    rows = at(where, *around)
    (lying,) = lies_in(rows, {"cell"})
    found: dict[frozenset[int], int] = {}
    every: set[frozenset[int]] = set()
    for entries in asks(rows):
        if entries.kind == "cell":
            for row, block in zip(entries.rows.tolist(), entries.blocks.tolist(), strict=True):
                for other in lying.rows[lying.blocks == block].tolist():
                    if other != row:
                        every.add(frozenset((row, other)))
                        if entries.found == "once":
                            found[frozenset((row, other))] = found.get(frozenset((row, other)), 0) + 1
    own = dict(zip(lying.rows.tolist(), lying.blocks.tolist(), strict=True))
    assert found == {pair: 1 for pair in every if len({own[r] for r in pair}) == 2}
    assert any(0 in pair for pair in found)


def test_only_the_kinds_asked_for_are_made() -> None:
    rows = facets([Sketch("a", actor="us", lineage="l").told()]).rows
    assert {e.kind for e in lies_in(rows)} == KINDS
    assert {e.kind for e in lies_in(rows, {"name", "deed"})} == {"name", "deed"}


def test_places_over_five_kilometres_apart_are_not_near_unless_one_is_an_area() -> None:
    rows = at((33.0, 44.0), (33.04, 44.0), (33.06, 44.0), (33.06, 44.0))
    rows["precision"] = (1, 1, 1, 2)
    assert nearby(rows[[0, 0, 0]], rows[[1, 2, 3]]).tolist() == [True, False, True]


def test_a_block_is_a_number_and_never_none() -> None:
    none = np.zeros(1, ROW)
    assert mix(0, none["place"])[0] > 0
    assert mix(1, np.array([5]), np.array([6]))[0] != mix(1, np.array([6]), np.array([5]))[0]
