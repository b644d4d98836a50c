"""``tawatur eval``: the figures of the scorer in a table or as JSON, on gold of one's own."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tawatur.evaluate import evaluate
from tests.cli.program import Program
from tests.evaluate.made import Row, gold, strike, threat

TRUTH = gold([strike("Nahr"), strike("Tell", anchor="hit", type="strike.air")], [threat("the minister")], [])


def written(folder: Path, name: str, rows: dict[str, list[Row]]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps({"doc": d, **row}) + "\n" for d, many in rows.items() for row in many))
    return path


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(TRUTH), encoding="utf-8")
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    rows = {"d0": [strike("Nahr")], "d1": [threat("the minister", source=[])], "d2": [strike("Wadi")]}
    return written(tmp_path, "mine.jsonl", rows)


def test_the_table_has_every_kind_and_what_was_predicted_on_quiet_documents(
    tawatur: Program, truth: Path, mine: Path
) -> None:
    out = tawatur.well("eval", truth, mine).out
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    # 2 strikes, 1 found of 2 predicted; 1 threat, found, its chain missed
    assert rows["event"][:5] == ["2", "2", "0.50", "0.50", "0.50"]
    assert rows["statement"][:4] == ["1", "1", "1.00", "1.00"]
    assert rows["all"][:5] == ["3", "3", "0.67", "0.67", "0.67"]
    assert rows["standing"] == ["0.50", "2"]
    assert "documents without records: 1; records predicted on them: 1" in out
    assert {"actor", "chain", "origin", "hops2"} <= rows.keys()


def test_json_holds_the_figures_of_the_scorer(tawatur: Program, truth: Path, mine: Path) -> None:
    (figures,) = tawatur.well("eval", truth, mine, "--json").lines
    rows = {"d0": [strike("Nahr")], "d1": [threat("the minister", source=[])], "d2": [strike("Wadi")]}
    assert figures == {"documents": 3, **evaluate(TRUTH, rows, by_kind=True)}


def test_against_another_reader(tawatur: Program, truth: Path, mine: Path, tmp_path: Path) -> None:
    other = written(tmp_path, "other.jsonl", {"d1": [threat("the minister")]})
    (figures,) = tawatur.well("eval", truth, mine, "--against", other, "--json").lines
    found, sourced = figures["against"]["found"], figures["against"]["sourced"]
    assert (found["f1"], found["other"], found["difference"]) == (0.667, 0.5, 0.167)
    assert sourced["f1"] == 0.333  # the chain of the threat is missed, which the other one has
    assert 0 < sourced["not_better"] <= 1
    out = tawatur.well("eval", truth, mine, "--against", other).out
    assert f"{mine} against {other}" in out
    assert "+0.167" in out


def test_errors_as_numbers(tawatur: Program, truth: Path, mine: Path) -> None:
    (figures,) = tawatur.well("eval", truth, mine, "--errors", "--json").lines
    assert figures["errors"]["missed"]["family"]["strike"] == {"n": 1, "of": 2}
    assert figures["errors"]["made_up"]["type"]["strike.rocket"] == {"n": 1, "of": 2}
    assert figures["errors"]["fields"]["chain"] == {"right": 1, "empty": 1, "made_up": 0, "other": 0}
    out = tawatur.well("eval", truth, mine, "--errors").out
    assert all(f"{title}, by kind" in out for title in ("missed", "made up"))


def test_what_extract_writes_is_scored(tawatur: Program, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    text = "قالت وكالة الرافد إن الجيش قصف بلدة السكرية بالصواريخ أمس."
    rows.write_text(json.dumps({"id": "r1", "text": text, "published": "2024-03-04"}) + "\n", encoding="utf-8")
    records = tawatur.well("extract", "--documents", rows, "--format", "jsonl", "-o", tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert records.code == 0
    assert len(lines) > 0
    own = tmp_path / "own.json"
    own.write_text(json.dumps([{"doc": "r1", "records": [json.loads(line) for line in lines]}]), encoding="utf-8")
    (figures,) = tawatur.well("eval", own, tmp_path / "out.jsonl", "--json").lines
    assert figures["records"]["all"]["sourced"]["f1"] == 1.0


def test_standard_input_is_read_once(
    tawatur: Program, truth: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mine.read_bytes())))
    assert tawatur.well("eval", truth, "-", "--json").lines == tawatur.well("eval", truth, mine, "--json").lines
    done = tawatur("eval", truth, "-", "--against", "-")
    assert (done.code, "once only" in done.err) == (2, True)


def test_what_does_not_count_is_told_and_bad_files_are_one_line(
    tawatur: Program, truth: Path, mine: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text(mine.read_text() + '{"doc": "elsewhere", "kind": "event"}\n')
    assert "the gold does not have their documents (1): records 1" in tawatur.well("eval", truth, more).err
    for args in ((mine, mine), (truth, truth), (truth, tmp_path), (truth, mine, "--against", tmp_path / "nothing")):
        done = tawatur("eval", *args)
        assert done.code == 3
        assert done.err.startswith("error: ")
        assert done.err.count("\n") == 1
        assert "  hint: " in done.err
        assert done.out == ""
