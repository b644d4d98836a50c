"""Gold and predictions as files: what is not of the right shape is named, with where it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tawatur.errors import InputError
from tawatur.evaluate import notes, parse_predicted, read_gold, read_predicted
from tests.evaluate.made import gold, strike


def test_gold_is_read_with_numbers_as_ids_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([{"doc": 7, "records": [strike("Nahr")]}]), encoding="utf-8-sig")
    assert [(entry["doc"], entry["records"][0]["place"]) for entry in read_gold(path)] == [(7, "Nahr")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not a gold file"),
        ('{"doc": 1, "records": []}', "no list"),
        ('[{"doc": "a"}]', "document 1 has no list of records"),
        ('[{"doc": "a", "records": []}, {"records": []}]', "document 2 has no id"),
        ('[{"doc": "a", "records": []}, {"doc": "a", "records": []}]', "'a' stands there twice"),
        ('[{"doc": "a", "records": [{"kind": "events"}]}]', r"document 1 \(a\), record 1 has no known kind"),
        ('[{"doc": "a", "records": [[]]}]', "record 1 has no known kind"),
        (
            '[{"doc": "a", "records": [{"kind": "event"}, {"kind": "event", "date": "2024-03-03", "source": "x"}]}]',
            "record 2 is out of shape: date, source",
        ),
    ],
)
def test_a_bad_gold_file_is_one_plain_error(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says) as raised:
        read_gold(path)
    assert str(path) in str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize("read", [read_gold, read_predicted])
def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path, read: Any) -> None:
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "nothing")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no UTF-8 at byte 0"):
        read(tmp_path / "bytes")


def test_predictions_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    # a line separator inside of a text ends no line of JSON
    lines = ['{"doc": 7, "kind": "event", "anchor": "a\u2028b"}', "", '{"doc": "7", "kind": "statement"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [row["kind"] for row in read_predicted(path)["7"]] == ["event", "statement"]


@pytest.mark.parametrize(
    ("line", "says"),
    [("not json", ":2 is no JSON"), ("[]", ":2 is no record"), ('{"kind": "event"}', ":2 is no record")],
)
def test_a_line_that_is_no_record_is_named_by_its_number(line: str, says: str) -> None:
    with pytest.raises(InputError, match=f"mine{says}"):
        parse_predicted(['{"doc": 1}', line], "mine")


def test_what_does_not_count_is_told() -> None:
    truth = gold([strike("Nahr")])
    rows = {"d0": [strike("Nahr", date="Sunday", numbers=[{"low": "two"}])], "x": [strike("Tell"), strike("Wadi")]}
    foreign, faults = notes(truth, rows, "mine")
    assert foreign.endswith("documents (1): records 2")
    assert faults.endswith("date 1, numbers 1")
    assert notes(truth, {"d0": [strike("Nahr")]}, "mine") == []
    assert notes(truth, {}, "mine") == []


def test_predictions_on_other_documents_only_are_refused() -> None:
    with pytest.raises(InputError, match="none of its documents"):
        notes(gold([strike("Nahr")]), {"x": [strike("Nahr")]}, "mine")
