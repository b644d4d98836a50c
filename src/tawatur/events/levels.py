"""The declared levels: every comparison of two records falls into exactly one of its levels, in plain words.

The order of a comparison's levels is the number that :mod:`tawatur.events.compare` gives. Weights are in
``data/event_weights.json``, made by ``python -m training.events``: thousandths of a log-likelihood ratio, whole numbers,
so that sums are exact whatever the order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

COMPARISONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "place": (
        ("neither", "neither names a place"),
        ("one", "one names no place"),
        ("site", "the same site: a base, a camp, a field, a quarter"),
        ("settlement", "the same town or village"),
        ("name", "the same name, of places near each other or known by the area only"),
        ("within", "spots in the same town or area, by other names"),
        ("area", "the same wide area"),
        ("near", "not over 5 km apart"),
        ("parent", "one lies in the area that the other names"),
        ("far", "two places"),
    ),
    "day": (
        ("same", "the same day told"),
        ("overlap", "days told that overlap"),
        ("next", "days told that are neighbours"),
        ("inferred_0", "a day told, the other published that day"),
        ("inferred_1", "a day told, the other published on the next"),
        ("inferred_more", "a day told, the other published two days later or more"),
        ("inferred_next", "a day told, the other published before or long after"),
        ("published_same", "no day told, published on one day"),
        ("published_next", "no day told, published on neighbouring days"),
        ("published_more", "no day told, published two days apart or more"),
        ("one", "the day of one is not known"),
        ("neither", "the day of neither is known"),
        ("apart", "days that do not meet"),
    ),
    "calendar": (
        ("known", "both days are known, or no weekday or date to hold against"),
        ("date", "the same day and month named"),
        ("weekday", "the same weekday named"),
        ("date_next", "neighbouring days of a month named"),
        ("weekday_next", "neighbouring weekdays named"),
        ("other", "another weekday or date named"),
    ),
    "type": (
        ("same", "the same kind of happening"),
        ("open", "an attack, its means told by one only"),
        ("means", "attacks of different means"),
        ("result", "a deed and its result"),
        ("other", "kinds that are seldom one"),
    ),
    "weapon": (
        ("none", "a weapon is named by one or none"),
        ("same", "the same kind of weapon"),
        ("other", "different kinds of weapons"),
    ),
    "actor": (
        ("neither", "neither says by whom"),
        ("one", "one does not say by whom"),
        ("same", "the same party, an arm or an organ of it"),
        ("umbrella", "an umbrella name and its member"),
        ("opposed", "parties that fight each other"),
        ("other", "two parties"),
        ("name", "the same name, in no catalogue"),
        ("names", "different names, at least one in no catalogue"),
    ),
    "target": (
        ("neither", "neither says whom it hit"),
        ("one", "one does not say whom it hit"),
        ("same", "the same party hit, an arm or an organ of it"),
        ("umbrella", "an umbrella name and its member hit"),
        ("opposed", "parties hit that fight each other"),
        ("other", "two parties hit"),
        ("name", "the same name hit, in no catalogue"),
        ("names", "different names hit, at least one in no catalogue"),
    ),
    "killed": (
        ("neither", "neither tells of dead"),
        ("one", "one tells of dead"),
        ("equal", "the same number of dead"),
        ("fits", "numbers of dead that fit each other"),
        ("other", "numbers of dead that differ"),
    ),
    "injured": (
        ("neither", "neither tells of injured"),
        ("one", "one tells of injured"),
        ("equal", "the same number of injured"),
        ("fits", "numbers of injured that fit each other"),
        ("other", "numbers of injured that differ"),
    ),
    "munitions": (
        ("neither", "neither counts shells, rockets or drones"),
        ("one", "one counts shells, rockets or drones"),
        ("equal", "the same number of shells, rockets or drones"),
        ("fits", "numbers of shells, rockets or drones that fit each other"),
        ("other", "numbers of shells, rockets or drones that differ"),
    ),
    "words": (
        ("language", "in another language"),
        ("sentence", "the same sentence"),
        ("most", "over 60 % of the words shared"),
        ("many", "over 40 % of the words shared"),
        ("some", "over 25 % of the words shared"),
        ("few", "over 10 % of the words shared"),
        ("none", "hardly a word shared"),
    ),
    "rare": (
        ("language", "in another language"),
        ("five", "five rare words or more shared"),
        ("three", "three or four rare words shared"),
        ("two", "two rare words shared"),
        ("one", "one rare word shared"),
        ("none", "no rare word shared"),
    ),
    "report": (
        ("other", "two reports"),
        ("copy", "two reports, one copied from the other or both from a third"),
        ("same", "one report, told apart there"),
    ),
}
PRIOR = "prior"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of all levels (thousandths), by comparison in the order of its levels; ``prior`` is added to each
    pair; a pair never scores below ``floor``, nor does one that shares no block; clusters join from ``threshold``."""

    levels: Mapping[str, NDArray[np.int64]]
    prior: int
    floor: int = -6000
    threshold: int = 0


@cache
def weights() -> Weights:
    """The weights that the package ships."""
    packed = (files("tawatur") / "data" / "event_weights.json").read_text(encoding="utf-8")
    return weights_of(json.loads(packed))


def weights_of(table: Mapping[str, int]) -> Weights:
    """Weights from rows ``comparison/level: thousandths`` (with ``prior``, ``floor`` and ``threshold``); levels that
    are not listed weigh nothing, and a row that names no level is an error."""
    known = {f"{name}/{level}" for name, levels in COMPARISONS.items() for level, _ in levels}
    strange = set(table) - known - {PRIOR, "floor", "threshold"}
    if strange:
        raise ValueError(f"no such level: {', '.join(sorted(strange))}")
    levels = {
        name: np.array([table.get(f"{name}/{level}", 0) for level, _ in listed], np.int64)
        for name, listed in COMPARISONS.items()
    }
    return Weights(levels, table.get(PRIOR, 0), table.get("floor", -6000), table.get("threshold", 0))
