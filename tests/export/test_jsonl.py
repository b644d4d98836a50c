"""Lines of records and documents: the contract, checked with the schema that the program itself publishes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tawatur.export.documents import document_line
from tawatur.export.jsonl import record_line
from tawatur.export.schema import document_schema, record_schema, schema
from tawatur.model import Record, Span


def test_lines_satisfy_the_schema(extraction: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    both = jsonschema.Draft202012Validator(schema())
    for record in extraction.records:
        line = json.loads(json.dumps(record_line(record)))
        jsonschema.Draft202012Validator(record_schema()).validate(line)
        both.validate(line)
    line = json.loads(json.dumps(document_line(extraction.document, extraction.issues)))
    jsonschema.Draft202012Validator(document_schema()).validate(line)
    both.validate(line)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "strike.unknown"),
        ("standing", "true"),
        ("date", ["8.12.2023", None]),
        ("confidence", 1.5),
        ("extra", 1),
    ],
)
def test_the_schema_refuses_what_is_no_record(extraction: Any, field: str, value: Any) -> None:
    line = record_line(extraction.records[0]) | {field: value}
    assert not jsonschema.Draft202012Validator(record_schema()).is_valid(line)


def test_every_span_is_the_words_of_the_text(extraction: Any) -> None:
    text = extraction.document.text

    def walk(value: Any) -> int:
        if isinstance(value, list):
            return sum(map(walk, value))
        if not isinstance(value, dict):
            return 0
        found = 0
        if isinstance(value.get("start"), int):
            assert text[value["start"] : value["end"]] == value["text"]
            found = 1
        return found + sum(map(walk, value.values()))

    assert sum(walk(record_line(r)) for r in extraction.records) == 22


def test_a_record_line_holds_what_the_contract_names(extraction: Any) -> None:
    line = record_line(extraction.records[0])
    assert line["schema"] == 1
    assert line["date"] == ["2023-12-08", "2023-12-08"]
    assert line["time"]["precision"] == 1
    assert line["actor"]["label"] == {"en": "Nahr Brigades", "ar": "كتائب النهر"}
    assert line["target"]["entity"] is None
    assert (line["place"]["lat"], line["place"]["country"]) == (35.1, "SY")
    number = line["numbers"][0]
    assert (number["of"], number["low"], number["high"], number["text"]) == ("munitions", 3, 3, "ثلاثة")
    assert line["weapons"][0]["category"] == "rocket"
    assert line["content"]["mode"] == "reported"
    assert [s["text"] for s in record_line(extraction.records[1])["source"]] == ["وكالة الرافد", "مسؤول عسكري"]


def test_whole_numbers_are_integers_and_open_days_null(extraction: Any) -> None:
    line = record_line(extraction.records[2])
    assert json.dumps(line["numbers"][0]["low"]) == "45"
    assert line["date"] == ["2023-10-01", None]


def test_what_is_not_told_is_null_or_empty() -> None:
    line = record_line(Record("d", "event", "clash", "happened", Span(0, 1, "a"), Span(0, 1, "a")))
    for field in ("actor", "target", "place", "time", "date", "outcome", "cue", "content", "reason", "extent"):
        assert line[field] is None
    assert line["source"] == line["weapons"] == line["numbers"] == []
    jsonschema.Draft202012Validator(record_schema()).validate(line)


def test_a_document_line_tells_the_day_its_basis_and_the_post(extraction: Any) -> None:
    line = document_line(extraction.document, extraction.issues)
    assert line["published"]["value"] == "2023-12-09"
    assert line["published"]["basis"] == "dateline"
    assert line["published"]["span"]["text"] == "الجمعة"
    post = next(p for p in line["parts"] if p["kind"] == "post")
    assert (post["author"], post["date"], post["address"]) == ("@omar", "2023-12-08", "https://social.example/1")
    assert len(line["issues"]) == 1
