"""Which pairs are compared at all: two records whose days meet (give or take one) and that share a block.

A block is a number. A record *lies in* some blocks and *asks* some; a pair is compared where one asks a block that the
other lies in. This is the definition, not a short cut: a pair outside blocks counts as two happenings, in the oracle too.

=============  ==========================================  ==================================================
block          lies in it                                  asks it
=============  ==========================================  ==================================================
cell           a place finer than a region, in its cell    the same, its cell and the eight around (see nearby)
name           any place, by its words                     a place not known, or known by the area it lies in
wide           a region, by its id                         the same
rare           any place, by cell (without one by name)    a record without a window
               and each of its first rare words
area, country  any place, by area (country) and actor      a region with an area (without one)
deed           any with a day told and an actor, by both    a record without a place, with a day told
               (and the type)
sentence       any, by the words of its sentence           the same
copies         any with a lineage, by lineage and type     the same
=============  ==========================================  ==================================================

A record without a window meets every day, but only by rare words, sentence and lineage: one place has many records
over the years.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from tawatur.events.facets import DAY, NONE, Rows

CELL = 0.12
"""Degrees of latitude and longitude of a cell: over 10 km up to latitude 41, so that neighbours hold all that is near."""
NEAR_KM = 5.0
"""Kilometres between places that may be one place told in two ways."""
RARE_KEYS = 4
"""Rare words, those of the smallest numbers, by which a record without a window is looked for."""
Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Bools = NDArray[np.bool_]
SOME_DAY = (1, 3_652_059)
"""The window of a record without one: every day of the calendar."""


Kind = Literal["cell", "name", "wide", "rare", "area", "country", "deed", "sentence", "copies"]
Found = Literal["once", "both", "again"]
KINDS: frozenset[str] = frozenset(get_args(Kind))


@dataclass(frozen=True, slots=True)
class Entries:
    """Blocks by row: ``rows[k]`` has block ``blocks[k]``, which only others of the same ``kind`` equal. ``mutual`` is
    true of blocks asked where whoever lies in them asks, for its part, a block that the asker lies in. ``found`` says
    how often all rows, when they ask these, find a pair: once, from both sides, or again, since other entries find it.
    Two in one cell (or neighbours) are compared where they are also :func:`nearby`."""

    kind: Kind
    rows: Places
    blocks: Numbers
    mutual: bool = True
    found: Found = "once"


def mix(salt: int, *values: NDArray[np.generic]) -> Numbers:
    """One number of several columns (splitmix64 over their running sum); 0 is never given."""
    with np.errstate(over="ignore"):
        out = np.full(len(values[0]), salt * 0x9E3779B97F4A7C15 & (1 << 64) - 1, np.uint64)
        for value in values:
            out = (out ^ value.astype(np.int64, copy=False).view(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
            out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            out ^= out >> np.uint64(31)
    return np.maximum(out, np.uint64(1))


def windows(rows: Rows) -> tuple[Places, Places]:
    """The first and last day of each row for meeting others."""
    none = rows["basis"] == NONE
    first = np.where(none, SOME_DAY[0], rows["first"]).astype(np.int64)
    last = np.where(none, SOME_DAY[1], rows["last"]).astype(np.int64)
    return first, last


def meets(first: Places, last: Places, first2: Places, last2: Places) -> Bools:
    """Whether windows meet or are neighbours."""
    return (first <= last2 + 1) & (first2 <= last + 1)


def lies_in(rows: Rows, kinds: Container[str] = KINDS) -> Iterator[Entries]:
    """The blocks that rows lie in, a kind at a time; with ``kinds`` only these."""
    dated = rows["basis"] != NONE
    acted = dated & (rows["actor"] != 0)
    if "cell" in kinds:
        yield _entries("cell", dated & _located(rows), _cell(rows, 0, 0))
    if "name" in kinds:
        yield _entries("name", dated & (rows["name"] != 0), mix(2, rows["name"]))
    if "wide" in kinds:
        yield _entries("wide", dated & _wide(rows), mix(3, rows["place"]))
    if "area" in kinds:
        yield _entries("area", acted & (rows["admin"] != 0), mix(4, rows["admin"], rows["actor"]))
    if "country" in kinds:
        yield _entries("country", acted & (rows["country"] != 0), mix(6, rows["country"], rows["actor"]))
    if "deed" in kinds:
        yield _entries("deed", acted & (rows["basis"] == DAY), mix(7, rows["type"], rows["actor"]))
    if "rare" in kinds:
        yield from _rare(rows, np.ones(len(rows), bool), True)
    yield from _mutual(rows, kinds)


def asks(rows: Rows) -> Iterator[Entries]:
    """The blocks that rows ask, a kind at a time; one block may be asked twice."""
    dated = rows["basis"] != NONE
    located = dated & _located(rows)
    for north in (-1, 0, 1):
        for east in (-1, 0, 1):
            found: Found = "both" if north == east == 0 else "once" if (north, east) > (0, 0) else "again"
            yield _entries("cell", located, _cell(rows, north, east), found=found)
    wide = dated & _wide(rows)
    alias = (rows["name"] != 0) & (rows["precision"] != 1) & ~(wide & (rows["own"] == 1))
    yield _entries("name", dated & alias, mix(2, rows["name"]), False)
    yield _entries("wide", wide, mix(3, rows["place"]), found="both")
    acted = wide & (rows["actor"] != 0)
    yield _entries("area", acted & (rows["admin"] != 0), mix(4, rows["admin"], rows["actor"]), False)
    broad = acted & (rows["admin"] == 0) & (rows["country"] != 0)
    yield _entries("country", broad, mix(6, rows["country"], rows["actor"]), False)
    lost = (rows["basis"] == DAY) & (rows["name"] == 0) & (rows["actor"] != 0)
    yield _entries("deed", lost, mix(7, rows["type"], rows["actor"]), False)
    yield from _rare(rows, ~dated, False)
    yield from _mutual(rows, KINDS)


def _rare(rows: Rows, chosen: Bools, mutual: bool) -> Iterator[Entries]:
    located = _located(rows)
    spot = np.where(located, _cell(rows, 0, 0), rows["name"])
    for k in range(RARE_KEYS):
        word = rows["rare"][:, k]
        yield _entries("rare", chosen & (located | (rows["name"] != 0)) & (word != 0), mix(10, spot, word), mutual)


def _mutual(rows: Rows, kinds: Container[str]) -> Iterator[Entries]:
    if "sentence" in kinds:
        yield _entries("sentence", rows["sentence"] != 0, mix(8, rows["sentence"]), found="both")
    if "copies" in kinds:
        yield _entries("copies", rows["lineage"] != 0, mix(9, rows["lineage"], rows["type"]), found="both")


def nearby(a: Rows, b: Rows) -> Bools:
    """Whether places of rows are not over :data:`NEAR_KM` apart, or one is an area, whose middle says little."""
    return np.asarray((kilometres(a, b) <= NEAR_KM) | (a["precision"] == 2) | (b["precision"] == 2))


def kilometres(a: Rows, b: Rows) -> NDArray[np.float64]:
    """Distances by the haversine, NaN without coordinates."""
    lat, lon, lat2, lon2 = (np.radians(x.astype(np.float64)) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    return np.asarray(12742 * np.arcsin(np.sqrt(np.minimum(1.0, half))))


def _entries(kind: Kind, kept: Bools, blocks: Numbers, mutual: bool = True, found: Found = "once") -> Entries:
    rows = np.flatnonzero(kept)
    return Entries(kind, rows, blocks[rows], mutual, found)


def _located(rows: Rows) -> Bools:
    return np.asarray(~np.isnan(rows["lat"]) & (rows["precision"] < 3))


def _wide(rows: Rows) -> Bools:
    return np.asarray((rows["place"] != 0) & ((rows["precision"] >= 3) | np.isnan(rows["lat"])))


def _cell(rows: Rows, north: int, east: int) -> Numbers:
    lat = np.floor(np.nan_to_num(rows["lat"]) / CELL).astype(np.int64) + north
    around = round(360 / CELL)
    lon = (np.floor(np.nan_to_num(rows["lon"]) / CELL).astype(np.int64) + east) % around
    return mix(1, lat, lon)
