"""The command line: formats, exit codes, one-line errors, files written whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tawatur.cli.main import run
from tawatur.cli.output import Output
from tawatur.errors import TawaturError
from tawatur.export.schema import document_schema, record_schema

REPORT = "قصف في أربيل\nأعلنت المقاومة الإسلامية في العراق أمس استهداف قاعدة عين الأسد بصاروخين.\n"
SAMPLE = Path(__file__).parents[2] / "samples" / "07-post.txt"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return str(path)


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def process(*args: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tawatur", *args], capture_output=True, timeout=120, check=False, **more
    )


def test_jsonl_lines_satisfy_the_schema(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", report, "--published", "2023-12-09", "--format", "jsonl"]) == 0
    found = lines(capsys.readouterr().out)
    assert found
    for line in found:
        jsonschema.Draft202012Validator(record_schema()).validate(line)


def test_documents_take_what_the_command_line_says(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    args = [
        "extract",
        report,
        "--published",
        "2023-12-09",
        "--outlet",
        "الرافد",
        "--title",
        "عنوان",
        "--format",
        "documents",
    ]
    assert run([*args, "--reader", "rules"]) == 0
    (line,) = lines(capsys.readouterr().out)
    jsonschema.Draft202012Validator(document_schema()).validate(line)
    assert (line["title"], line["outlet"]) == ("عنوان", "الرافد")
    assert (line["published"]["value"], line["published"]["basis"]) == ("2023-12-09", "option")


def test_a_row_keeps_its_own_day_and_outlet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows"
    rows = [{"id": "a", "text": REPORT, "published": "2023-12-01", "outlet": "X"}, {"id": "b", "text": REPORT}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    args = ["extract", "--documents", str(path), "--published", "2023-12-09", "--outlet", "Y", "--format", "documents"]
    assert run(args) == 0
    a, b = lines(capsys.readouterr().out)
    assert (a["published"]["value"], a["published"]["basis"], a["outlet"]) == ("2023-12-01", "input", "X")
    assert (b["published"]["value"], b["published"]["basis"], b["outlet"]) == ("2023-12-09", "option", "Y")


def test_table_is_the_default_and_html_is_a_page(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")  # narrower, the columns are stacked
    assert run(["extract", str(SAMPLE), "--ascii"]) == 0
    assert "Who says so" in capsys.readouterr().out
    out = tmp_path / "page.html"
    assert run(["extract", report, "--format", "html", "--output", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["extract"], 2, "no input"),
        (["extract", "x", "--format", "xml"], 2, "xml"),
        (["extract", "x", "--published", "soon"], 2, "soon"),
        (["extract", "x", "y", "--title", "t"], 2, "--title"),
        (["nothing"], 2, "nothing"),
        (["extract", "/no/such/file"], 3, "no file"),
    ],
)
def test_errors_are_one_line_with_a_hint(
    args: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert "  hint: " in captured.err
    assert captured.err.count("\n") == 1
    assert said in captured.err


def test_some_failures_are_told_and_the_rest_is_read(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "/no/such/file", report, "--format", "documents"]) == 4
    captured = capsys.readouterr()
    assert len(lines(captured.out)) == 1
    assert captured.err.count("\n") == 1


def test_a_failing_document_does_not_end_the_run(
    report: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("tawatur.cli.reading.extract", broken)
    assert run(["extract", report]) == 1
    assert "a fault" in capsys.readouterr().err


def test_an_output_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old", encoding="utf-8")

    def stopped() -> None:
        with Output(str(path)) as out:
            out.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    assert path.read_text(encoding="utf-8") == "old"
    with Output(str(path)) as out:
        out.write("سطر")
    assert path.read_bytes() == "سطر".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_output_that_cannot_be_written_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(TawaturError, match="cannot be written"), Output(str(tmp_path / "no" / "out")):
        pass


def test_schema_is_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_output_is_utf8_whatever_the_locale_and_plain_in_a_pipe(report: str) -> None:
    done = process("extract", report, env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "المقاومة" in done.stdout.decode("utf-8")
    assert b"\x1b[" not in done.stdout
    assert done.stderr == b""


def test_standard_input_is_read() -> None:
    done = process("extract", "-", "--format", "documents", input=REPORT.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["language"] == "ar"


def test_a_reader_that_stops_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": REPORT * 40}) for _ in range(200)), encoding="utf-8")
    command = f'"{sys.executable}" -m tawatur extract "{path}" --format jsonl 2>"{tmp_path}/err" | head -n 1 >/dev/null'
    assert subprocess.run(["bash", "-o", "pipefail", "-c", command], timeout=120, check=False).returncode == 0
    assert (tmp_path / "err").read_text() == ""


def test_help_and_version_come_quickly() -> None:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        assert process("--help").returncode == 0
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.3
    assert process("--version").stdout.startswith(b"tawatur")
