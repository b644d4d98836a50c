"""The error table: every miss, invention and wrong field stands where it belongs, and is counted once."""

from __future__ import annotations

from typing import Any

import pytest

from tawatur.evaluate import aligned, error_table
from tawatur.evaluate.errors import FIELDS, WAYS
from tests.evaluate.made import Row, gold, predicted, strike, threat


def fields(wanted: Row, given: Row) -> dict[str, str]:
    """Which way each field of one pair went; fields that neither gives are left out."""
    table = error_table(aligned(gold([wanted]), predicted([given])))
    assert table.missed["kind"] == {wanted["kind"]: (0, 1)}  # the two are a pair
    return {f: way for f, ways in table.fields.items() for way in WAYS if ways[way]}


def test_what_is_missed_and_made_up_is_grouped() -> None:
    chain = ["the agency", "a newspaper", "a witness"]
    truth = gold(
        [strike("Nahr"), strike("Tell", anchor="hit", type="strike.air", date=None, source=chain)],
        [threat("the minister"), strike("Wadi", status="denied", source=[])],
    )
    rows = predicted(
        [strike("Nahr")], [threat("the minister"), strike("Qasr", type="bomb", anchor="exploded", date=None)]
    )
    table = error_table(aligned(truth, rows))
    assert table.missed == {
        "kind": {"event": (2, 3), "statement": (0, 1)},
        "family": {"strike": (2, 3), "threat": (0, 1)},
        "status": {"denied": (1, 1), "happened": (1, 3)},
        "chain": {"0": (1, 1), "3+": (1, 1), "1": (0, 1), "2": (0, 1)},
    }
    assert table.made_up == {
        "kind": {"event": (1, 2), "statement": (0, 1)},
        "type": {"bomb": (1, 1), "strike.rocket": (0, 1), "threat": (0, 1)},
    }
    assert table.confused == []


def test_a_pair_that_agrees_is_right_in_every_field_that_it_gives() -> None:
    assert fields(strike("Nahr"), strike("Nahr")) == dict.fromkeys(
        ("type", "status", "actor", "place", "date", "time", "chain", "standing", "cue"), "right"
    )
    assert "place" not in fields(threat("the minister"), threat("the minister", place="Nahr"))


@pytest.mark.parametrize(
    ("field", "wanted", "given", "way"),
    [
        ("actor", "the brigade", None, "empty"),
        ("actor", None, "the brigade", "made up"),
        ("actor", "the brigade", "the army", "other"),
        ("date", ["2024-03-03", "2024-03-03"], None, "empty"),
        ("date", ["2024-03-03", "2024-03-03"], [None, None], "empty"),
        ("date", None, ["2024-03-03", "2024-03-03"], "made up"),
        ("date", ["2024-03-03", "2024-03-03"], ["2024-03-04", "2024-03-04"], "other"),
        ("weapons", ["rockets", "drones"], ["drones"], "other"),  # in part
        ("numbers", [{"of": "killed", "low": 2, "high": 2}], [], "empty"),
        ("outcome", None, "hit", "made up"),
        ("outcome", "hit", "intercepted", "other"),
        ("chain", ["the agency", "a witness"], ["a witness"], "other"),
        ("chain", ["a witness"], [], "empty"),
        ("chain", [], ["a witness"], "made up"),
        ("type", "strike.rocket", "strike.air", "other"),
    ],
)
def test_a_field_fails_in_one_way(field: str, wanted: Any, given: Any, way: str) -> None:
    key = "source" if field == "chain" else field
    assert fields(strike("Nahr", **{key: wanted}), strike("Nahr", **{key: given}))[field] == way


def test_confusions_are_counted_the_most_frequent_first() -> None:
    truth = gold([strike("Nahr")], [strike("Tell")], [strike("Wadi", type="bomb")])
    rows = predicted([strike("Nahr", type="clash")], [strike("Tell", type="clash")], [strike("Wadi", type="raid")])
    table = error_table(aligned(truth, rows))
    assert table.confused == [("strike.rocket", "clash", 2), ("bomb", "raid", 1)]
    assert table.as_json()["confused"][0] == {"gold": "strike.rocket", "read": "clash", "times": 2}


def test_every_pair_that_gives_a_field_is_counted_once() -> None:
    truth = gold(*[[strike(f"Town{n}")] for n in range(5)])
    rows = predicted(*[[strike(f"Town{n}", actor=None if n % 2 else "the army", cue=None)] for n in range(5)])
    table = error_table(aligned(truth, rows))
    assert set(table.fields) == set(FIELDS)
    assert table.fields["actor"] == {"right": 0, "empty": 2, "made up": 0, "other": 3}
    assert table.as_json()["fields"]["cue"] == {"right": 0, "empty": 5, "made_up": 0, "other": 0}
