"""The level of every comparison for many pairs of rows at once (:mod:`tawatur.events.levels` says what each means)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tawatur.events.blocks import NEAR_KM, kilometres
from tawatur.events.facets import DAY, INFERRED, NONE, SPOT, Rows, number, types
from tawatur.events.levels import COMPARISONS
from tawatur.meaning.actors_relations import same_party
from tawatur.meaning.actors_tables import tables

Levels = NDArray[np.int8]
Holds = NDArray[np.bool_]


def pick(name: str, cases: list[tuple[str, Holds]]) -> Levels:
    """The level of the first case that holds; one always must."""
    numbers = {level: i for i, (level, _) in enumerate(COMPARISONS[name])}
    out = np.full(len(cases[0][1]), numbers[cases[-1][0]], np.int8)
    for level, holds in reversed(cases[:-1]):
        out[holds] = numbers[level]
    return out


def place(a: Rows, b: Rows) -> Levels:
    mine, theirs = a["name"] != 0, b["name"] != 0
    same = (a["place"] == b["place"]) & (a["place"] != 0)
    alike = a["name"] == b["name"]
    # resolved to itself, not only to the area that it lies in
    itself = (a["precision"] == 1) & (b["precision"] == 1)
    own = (a["own"] == 1) & (b["own"] == 1) & (a["precision"] > 1) & (b["precision"] > 1)
    admin = (a["admin"] == b["admin"]) & (a["admin"] != 0)
    country = (a["country"] == b["country"]) & (a["country"] != 0)
    wide_a, wide_b = a["precision"] >= 2, b["precision"] >= 2
    no_admin = (wide_a & (a["admin"] == 0)) | (wide_b & (b["admin"] == 0))
    away = kilometres(a, b)
    fine = (a["precision"] < 3) & (b["precision"] < 3)
    return pick(
        "place",
        [
            ("neither", ~mine & ~theirs),
            ("one", ~mine | ~theirs),
            ("site", same & (a["kind"] == SPOT)),
            ("settlement", same & itself),
            ("area", same & own),
            ("name", alike & (~itself | (away <= NEAR_KM))),
            ("within", same),
            ("near", fine & (away <= NEAR_KM)),
            ("parent", (wide_a | wide_b) & (admin | (country & no_admin))),
            ("far", np.ones(len(a), bool)),
        ],
    )


def day(a: Rows, b: Rows) -> Levels:
    one, other = a["basis"], b["basis"]
    told, guessed = (one == DAY) & (other == DAY), (one == INFERRED) & (other == INFERRED)
    meet = (a["first"] <= b["last"]) & (b["first"] <= a["last"])
    neighbours = (a["first"] <= b["last"] + 1) & (b["first"] <= a["last"] + 1)
    same = (a["first"] == b["first"]) & (a["last"] == b["last"])
    between = np.abs(a["last"] - b["last"])
    # a told day and a day of publication: how long after the (last) day told the other was published
    lag = np.where(one == DAY, b["last"] - a["last"], a["last"] - b["last"])
    return pick(
        "day",
        [
            ("neither", (one == NONE) & (other == NONE)),
            ("one", (one == NONE) | (other == NONE)),
            ("apart", ~neighbours),
            ("same", told & same),
            ("overlap", told & meet),
            ("next", told),
            ("published_same", guessed & (between == 0)),
            ("published_next", guessed & (between == 1)),
            ("published_more", guessed),
            ("inferred_0", lag == 0),
            ("inferred_1", lag == 1),
            ("inferred_more", meet),
            ("inferred_next", np.ones(len(a), bool)),
        ],
    )


def calendar(a: Rows, b: Rows) -> Levels:
    known = (a["basis"] == DAY) & (b["basis"] == DAY)
    dates = (a["month_day"] != 0) & (b["month_day"] != 0)
    weekdays = (a["weekday"] >= 0) & (b["weekday"] >= 0)
    turn = (a["weekday"].astype(np.int16) - b["weekday"]) % 7
    return pick(
        "calendar",
        [
            ("known", known | (~dates & ~weekdays)),
            ("date", dates & (a["month_day"] == b["month_day"])),
            ("date_next", dates & (np.abs(a["month_day"] - b["month_day"]) == 1)),
            ("other", dates),
            ("weekday", turn == 0),
            ("weekday_next", (turn == 1) | (turn == 6)),
            ("other", np.ones(len(a), bool)),
        ],
    )


@cache
def _kinds() -> NDArray[np.int8]:
    """The level of each pair of types, by their place in the table (the last row and column: an unknown type)."""
    names = list(types())
    level = {name: i for i, (name, _) in enumerate(COMPARISONS["type"])}
    out = np.full((len(names) + 1, len(names) + 1), level["other"], np.int8)
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            out[i, j] = level[_kind(one, other)]
    return out


@cache
def one_deed(one: int, other: int) -> bool:
    """Whether a sentence may tell of one happening by two types (their places in the table): one is told less exactly or
    is the other's result, or men came, fought and fired."""
    level = COMPARISONS["type"][int(_kinds()[one, other])][0]
    names = [*types(), ""]
    return level in ("open", "result") or (one != other and {names[one], names[other]} <= _ON_FOOT)


def _kind(one: str, other: str) -> str:
    x, y = one.partition(".")[0], other.partition(".")[0]
    if one == other:
        return "same"
    if x == y == "strike":
        return "open" if {"strike.unspecified", "strike.mixed"} & {one, other} else "means"
    if {x, y} & {"harm", "damage", "interception"}:
        return "result" if {x, y} <= _DEEDS | {"harm", "damage", "interception"} else "other"
    return "means" if {x, y} <= _DEEDS else "other"


_ON_FOOT = {"raid", "clash", "shooting"}
_DEEDS = {"strike", "bomb", "shooting", "clash", "raid", "naval"}


def type_(a: Rows, b: Rows) -> Levels:
    return np.asarray(_kinds()[a["type"], b["type"]])


def weapon(a: Rows, b: Rows) -> Levels:
    both = (a["weapons"] != 0) & (b["weapons"] != 0)
    return pick("weapon", [("none", ~both), ("same", (a["weapons"] & b["weapons"]) != 0), ("other", both)])


@cache
def _parties() -> dict[int, str]:
    return {number(party): party for party in tables().entities}


@cache
def _relation(one: int, other: int) -> str:
    """``same``, ``umbrella``, ``opposed`` or ``other`` for parties of the catalogue, else ``names``."""
    known = _parties()
    if one not in known or other not in known:
        return "names"
    found = same_party(known[one], known[other])
    return "other" if found in ("no", "unknown") else found


def parties(name: str, a: Rows, b: Rows) -> Levels:
    """The level of ``actor`` or ``target``: each pair of parties is looked up once."""
    levels = {level: i for i, (level, _) in enumerate(COMPARISONS[name])}
    mine, theirs = a[name], b[name]
    out = np.where(mine == theirs, levels["name"], levels["names"]).astype(np.int8)
    both = np.flatnonzero((mine != 0) & (theirs != 0))
    pairs = np.stack([np.minimum(mine[both], theirs[both]), np.maximum(mine[both], theirs[both])], axis=1)
    unique, back = _unique_pairs(pairs)
    found = np.array(
        [
            levels["name" if x == y and x not in _parties() else _relation(x, y)]
            for x, y in ((int(x), int(y)) for x, y in unique)
        ],
        np.int8,
    )
    if len(both):
        out[both] = found[back]
    out[(mine == 0) != (theirs == 0)] = levels["one"]
    out[(mine == 0) & (theirs == 0)] = levels["neither"]
    return out


def _unique_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    ordered = pairs[order]
    new = np.ones(len(pairs), bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    back = np.empty(len(pairs), np.int64)
    back[order] = np.cumsum(new) - 1
    return ordered[new], back


def figure(name: str, a: Rows, b: Rows) -> Levels:
    (low, high), (low2, high2) = a[name].T, b[name].T
    mine, theirs = ~np.isnan(low), ~np.isnan(low2)
    return pick(
        name,
        [
            ("neither", ~mine & ~theirs),
            ("one", ~mine | ~theirs),
            ("equal", (low == low2) & (high == high2)),
            ("fits", (low <= high2) & (low2 <= high)),
            ("other", mine),
        ],
    )


def words(a: Rows, b: Rows) -> Levels:
    mine = np.bitwise_count(a["words"]).sum(axis=1, dtype=np.int32)
    theirs = np.bitwise_count(b["words"]).sum(axis=1, dtype=np.int32)
    shared = np.bitwise_count(a["words"] & b["words"]).sum(axis=1, dtype=np.int32)
    share = shared / np.maximum(1, np.minimum(mine, theirs))
    return pick(
        "words",
        [
            ("language", a["language"] != b["language"]),
            ("sentence", (a["sentence"] == b["sentence"]) & (a["sentence"] != 0)),
            ("most", share > 0.6),
            ("many", share > 0.4),
            ("some", share > 0.25),
            ("few", share > 0.1),
            ("none", np.ones(len(a), bool)),
        ],
    )


def rare(a: Rows, b: Rows) -> Levels:
    mine, theirs = a["rare"], b["rare"]
    shared = np.zeros(len(a), np.int16)
    for k in range(mine.shape[1]):
        one = mine[:, k : k + 1]
        if not one.any():  # filled from the left
            break
        shared += ((one == theirs) & (one != 0)).any(axis=1)
    return pick(
        "rare",
        [
            ("language", a["language"] != b["language"]),
            ("five", shared >= 5),
            ("three", shared >= 3),
            ("two", shared >= 2),
            ("one", shared >= 1),
            ("none", np.ones(len(a), bool)),
        ],
    )


def report(a: Rows, b: Rows) -> Levels:
    copied = (a["lineage"] == b["lineage"]) & (a["lineage"] != 0)
    return pick("report", [("same", a["doc"] == b["doc"]), ("copy", copied), ("other", np.ones(len(a), bool))])


def _of(function: Callable[[str, Rows, Rows], Levels], name: str) -> Callable[[Rows, Rows], Levels]:
    return lambda a, b: function(name, a, b)


FUNCTIONS: Mapping[str, Callable[[Rows, Rows], Levels]] = {
    "place": place, "day": day, "calendar": calendar, "type": type_, "weapon": weapon,
    "actor": _of(parties, "actor"), "target": _of(parties, "target"),
    "killed": _of(figure, "killed"), "injured": _of(figure, "injured"), "munitions": _of(figure, "munitions"),
    "words": words, "rare": rare, "report": report,
}  # fmt: skip
