"""Readers side by side, on a made set of two documents: what is measured, pooled, compared and left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import readers
from benchmarks.common import DataMissing, Row, Run
from benchmarks.errors import tables
from tawatur.errors import InputError
from tawatur.evaluate import aligned, error_table
from tests.evaluate.made import gold, predicted, strike

TRUTH = gold([strike("Nahr"), strike("Tell", anchor="hit", type="strike.air")], [])


def cells(table: str) -> list[list[str]]:
    """The body of a Markdown table."""
    return [[c.strip() for c in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Shared data with two small sets, ``dev`` and ``natural-dev``, that have the ids in common."""
    (tmp_path / "gold").mkdir()
    for name in ("dev", "natural-dev"):
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(TRUTH), encoding="utf-8")
        documents = [{"id": "d0", "text": "قصف الجيش بلدة السكرية بالصواريخ أمس."}, {"id": "d1", "text": "طقس معتدل."}]
        (tmp_path / "gold" / f"{name}.documents.jsonl").write_text("\n".join(map(json.dumps, documents)))
    monkeypatch.setenv("TAWATUR_SHARED", str(tmp_path))
    return tmp_path


def test_a_reader_of_the_package_and_one_known_by_its_records(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "crf.jsonl").write_text(json.dumps({"doc": "d0", **strike("Nahr")}) + "\n", encoding="utf-8")
    files = readers.files_of([f"crf={folder / 'crf.jsonl'}"])
    measured = readers.measure(["rules", "none-such"], ["dev", "natural-dev", "chains-dev"], files)
    assert [(one.name, list(one.runs)) for one in measured] == [
        ("dev", ["rules", "crf"]),
        ("natural-dev", ["rules", "crf"]),
        ("all Arabic", ["rules", "crf"]),
    ]
    err = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1].strip() for line in err] == ["chains-dev", "none-such"]
    rows = {(r[0], r[1]): r for r in cells(readers.scores(measured))}
    assert rows["dev", "crf"][2:4] == ["2", "1"]
    assert rows["dev", "crf"][4].startswith("0.667")  # one of two found, none made up
    assert rows["dev", "crf"][8:] == ["0 in 1", "–"]
    assert rows["all Arabic", "crf"][2:4] == ["4", "2"]  # the same ids in two sets are two documents
    assert rows["dev", "rules"][9] not in ("–", "0")
    (difference, *_) = [r for r in cells(readers.against(measured)) if r[0] == "all Arabic"]
    assert difference[1] == "crf − rules"
    assert "error" not in capsys.readouterr().err
    printed = readers.sections(measured, "")
    assert "What the reader `rules` gets wrong, on all Arabic" in printed


def test_a_reader_without_records_on_a_set_is_left_out_not_scored_as_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "crf.jsonl").write_text(json.dumps({"doc": "elsewhere", **strike("Nahr")}) + "\n", encoding="utf-8")
    (one,) = readers.measure([], ["dev"], readers.files_of([f"crf={folder / 'crf.jsonl'}"]))
    assert one.runs == {}
    assert "crf: no records on dev" in capsys.readouterr().err


def test_without_any_set_the_data_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWATUR_SHARED", str(tmp_path))
    with pytest.raises(DataMissing):
        readers.measure(["rules"], ["dev"], {})


@pytest.mark.parametrize("argument", ["crf", "=x.jsonl", "crf="])
def test_an_argument_that_names_no_file_is_refused(argument: str) -> None:
    with pytest.raises(InputError, match="--predicted"):
        readers.files_of([argument])


def test_differences_are_those_of_every_pair() -> None:
    half = Run(predicted([TRUTH[0]["records"][0]]))
    whole = Run(predicted(TRUTH[0]["records"]))
    rows = cells(readers.against([readers.Measured("dev", TRUTH[:1], {"a": half, "b": whole, "c": whole})]))
    assert [r[1] for r in rows] == ["b − a", "c − a", "c − b"]
    assert rows[0][2:4] == ["+0.333 (+0.333 to +0.333)", "0.0 %"]
    assert rows[2][2:4] == ["+0.000 (+0.000 to +0.000)", "100.0 %"]
    assert readers.against([readers.Measured("dev", TRUTH, {"a": half})]) == ""


def test_the_error_table_sums_up_what_is_rare() -> None:
    records: list[Row] = [strike(f"Town{n}", type=f"kind{n}", anchor=f"w{n}") for n in range(13)]
    found = error_table(aligned(gold(records), {}))
    missed, *_ = tables(found, top=10)
    rows = [r for r in cells(missed) if r[0] == "family"]
    assert len(rows) == 11
    assert rows[-1][1:] == ["3 others", "3", "3"]
    assert sum(int(r[2]) for r in rows) == 13
