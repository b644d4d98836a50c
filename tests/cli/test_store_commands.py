"""Commands on a store: add, list, show, issues, reread, dump, load, verify, takedown; good, empty and bad."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest

import tawatur as library
from tawatur import config
from tawatur.model import Read, Record
from tawatur.pipeline import generation, read
from tawatur.reader.protocol import ReaderChoice
from tests.cli.program import Program

WORDS = "أعلنت المقاومة الإسلامية في العراق أمس استهداف قاعدة عين الأسد بصاروخين."
ROWS = [
    {"id": "one", "title": "قصف في أربيل", "text": WORDS, "published": "2023-12-09", "outlet": "الرافد"},
    {"id": "two", "title": "Quiet day", "text": "Nothing was reported in the town today, officials said.",
     "published": "2023-12-11", "outlet": "Gulf Wire"},
    {"id": "three", "text": "قتل ثلاثة جنود في قصف على حلب.", "published": "2023-12-10"},
]  # fmt: skip


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def filled(tawatur: Program, rows: Path) -> Program:
    tawatur.well("add", rows)
    return tawatur


def ids(reports: list[Any]) -> list[str]:
    return [report["id"] for report in reports]


def test_the_summary_adds_up_and_codes_tell_how_it_went(tawatur: Program, rows: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "no words"}\n')
    assert tawatur.well("add", rows).sums() == (3, 3, 0, 0)
    assert tawatur.well("add", rows).sums() == (3, 0, 3, 0)
    some = tawatur("add", rows, bad, tmp_path / "missing")
    assert (some.code, some.sums()) == (4, (4, 0, 3, 1))
    assert len(some.err.splitlines()) == 2
    none = tawatur("add", tmp_path / "missing")
    assert (none.code, none.sums()) == (3, (0, 0, 0, 0))
    assert tawatur("add", bad).code == 3


def test_an_empty_folder_is_told(tawatur: Program, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = tawatur("add", tmp_path / "empty")
    assert done.sums() == (0, 0, 0, 0)
    assert "nothing new" in done.out or done.err.startswith("error: ")


def test_what_the_command_line_says_is_kept(tawatur: Program, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(WORDS, encoding="utf-8")
    given = ("--published", "2023-12-09", "--outlet", "وكالة", "--title", "عنوان", "--archived", "https://a.example/1")
    tawatur.well("add", report, *given)
    (one,) = tawatur.listed()
    assert (one["published"], one["outlet"], one["title"]) == ("2023-12-09", "وكالة", "عنوان")
    assert "archive: https://a.example/1" in tawatur.well("show", one["id"]).out


def test_columns_of_a_table_are_named(tawatur: Program, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"Number,Body,Day\n7,{WORDS},2023-12-09\n", encoding="utf-8")
    tawatur.well("add", table, "--columns", "id=Number,text=Body,published=Day", "--collection", "جدول")
    (one,) = tawatur.listed()
    assert one["published"] == "2023-12-09"
    assert "جدول" in one["series"]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ((), ["two", "three", "one"]),
        (("--limit", "1"), ["two"]),
        (("--since", "2023-12-10"), ["two", "three"]),
        (("--until", "2023-12-10"), ["three", "one"]),
        (("--since", "2023-12-10", "--until", "2023-12-10"), ["three"]),
        (("--outlet", "الرافد"), ["one"]),
        (("--language", "en"), ["two"]),
        (("--text", "عين الأسد"), ["one"]),
        (("--text", "QUIET"), ["two"]),
        (("--text", "لا شيء كهذا"), []),
    ],
)
def test_lists_are_filtered(filled: Program, args: tuple[str, ...], found: list[str]) -> None:
    assert ids(filled.listed(*args)) == found
    table = filled.well("list", *args).out
    assert table.endswith(f"{len(found)} report\n" if len(found) == 1 else f"{len(found)} reports\n")
    assert all(key in table for key in found)


def test_an_output_file_is_written(filled: Program, tmp_path: Path) -> None:
    assert filled.well("list", "--format", "jsonl", "--output", tmp_path / "out").out == ""
    assert len((tmp_path / "out").read_text(encoding="utf-8").splitlines()) == 3


def test_a_report_comes_out_in_every_form(filled: Program, rows: Path) -> None:
    assert "قصف في أربيل" in filled.well("show", "one").out
    assert filled.well("show", "one", "--format", "text").out == f"قصف في أربيل\n{WORDS}\n"
    line = rows.read_bytes().splitlines()[0]
    assert filled.well("show", "one", "--format", "raw").raw == line
    assert filled.well("show", "one", "--format", "html").out.startswith("<!doctype html>")
    (document,) = filled.well("show", "one", "--format", "documents").lines
    assert document["outlet"] == "الرافد"
    records = filled.well("show", "one", "--format", "jsonl").lines
    assert records
    # by the id of a record, and by the beginning of the id of its capture
    assert filled.well("show", records[0]["id"], "--format", "jsonl").lines == records
    (capture,) = (r["capture"] for r in filled.listed() if r["id"] == "one")
    assert filled.well("show", capture[:8], "--format", "jsonl").lines == records


def test_versions_and_the_captures_that_they_are(filled: Program, rows: Path) -> None:
    (first,) = (r["capture"] for r in filled.listed() if r["id"] == "one")
    changed = [ROWS[0] | {"text": WORDS.replace("بصاروخين", "بثلاثة صواريخ")}]
    rows.write_text("".join(json.dumps(row) + "\n" for row in changed), encoding="utf-8")
    filled.well("add", rows)
    assert "بثلاثة صواريخ" in filled.well("show", "one", "--format", "text").out
    for args in (("one", "--version", "1"), (first,)):
        assert "بصاروخين" in filled.well("show", *args, "--format", "text").out
        assert "بصاروخين" in json.loads(filled.well("show", *args, "--format", "raw").raw)["text"]
    assert "version 1" in filled.well("show", "one").out
    beyond = filled("show", "one", "--version", "3")
    assert (beyond.code, beyond.err.count("\n")) == (3, 1)
    assert "2" in beyond.err


def test_the_bytes_of_what_could_not_be_read_come_out_again(tawatur: Program, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "1"\n{"id": "2", "text": "قتل ثلاثة في قصف على حلب."}\n', encoding="utf-8")
    tawatur("add", bad)
    (issue,) = (i for i in tawatur.issues() if i["doc"] is None)
    assert issue["found_at"].endswith("bad.jsonl:1")
    assert tawatur.well("show", issue["capture"], "--format", "raw").raw == b'{"id": "1"'
    shown = tawatur("show", issue["capture"])
    assert shown.code == 3
    assert "--format raw" in shown.err
    assert len(tawatur.issues("--document", issue["capture"])) == 1


def test_issues_are_filtered_and_counted(
    tawatur: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    undated = [{"id": key, "text": "قصف الجيش المطار أمس."} for key in ("a", "b")] + [{"id": "c"}]
    path = tmp_path / "undated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in undated))
    assert tawatur("add", path).code == 4
    codes = [issue["code"] for issue in tawatur.issues()]
    assert codes.count("published-unknown") == 2
    assert codes.count("unreadable") == 1
    assert {issue["doc"] for issue in tawatur.issues("--code", "published-unknown")} == {"a", "b"}
    assert {issue["doc"] for issue in tawatur.issues("--document", "a")} == {"a"}
    assert len(tawatur.issues("--limit", "1")) == 1
    assert tawatur.well("issues", "--code", "none-such").out == "0 issues\n"
    table = tawatur.well("issues").out.splitlines()
    assert table[-1].startswith(f"{len(codes)} issues: ")
    assert "published-unknown 2" in table[-1]
    monkeypatch.setenv("COLUMNS", "160")
    assert any("undated.jsonl:3" in line for line in tawatur.well("issues").out.splitlines())


def other_reader(patch: pytest.MonkeyPatch) -> str:
    """Another generation of the reader, which finds nothing in one report and is surer of another's records."""
    newer = replace(generation(), version="99", digest="ab" * 32)

    def reading(key: str, capture: Any, choice: ReaderChoice) -> Read:
        found = read(key, capture, choice)
        assert found.document is not None
        if found.document.id == "three":
            return replace(found, records=())
        return replace(found, records=tuple(_otherwise(r) for r in found.records))

    patch.setattr("tawatur.collection.generation", lambda *_: newer)
    patch.setattr("tawatur.pipeline.read", reading)
    return newer.id


def _otherwise(record: Record) -> Record:
    return replace(record, outcome="missed", id=record.id[::-1])


def test_reading_again_shows_what_is_read_otherwise(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    before = filled.well("show", "one", "--format", "jsonl").lines
    count = len(filled.well("show", "three", "--format", "jsonl").lines)
    assert count > 0
    old = filled.listed()[0]["generation"]
    assert "nothing to read again" in filled.well("reread").err
    newer = other_reader(monkeypatch)
    done = filled.well("reread", "--format", "jsonl", "--workers", "1")
    changes = {line["doc"]: line for line in done.lines}
    assert "read 3 again" in done.err
    assert [r["id"] for r in changes["one"]["changed"][0:1] for r in [r["before"]]] == [before[0]["id"]]
    assert {tuple(c["fields"]) for c in changes["one"]["changed"]} == {("outcome",)}
    assert (len(changes["three"]["gone"]), changes["three"]["added"]) == (count, [])
    # the older reading stays
    assert filled.well("show", "one", "--format", "jsonl", "--generation", old).lines == before
    assert {r["outcome"] for r in filled.well("show", "one", "--format", "jsonl").lines} == {"missed"}
    # a record that only the older one has leads to it
    assert filled.well("show", before[0]["id"], "--format", "jsonl").lines == before
    table = filled.well("show", "one").out
    assert f"read by {newer}" in table
    assert f"also read by {old}" in table
    unknown = filled("show", "one", "--generation", "none/1")
    assert (unknown.code, unknown.err.count("\n")) == (3, 1)
    assert "nothing to read again" in filled.well("reread").err
    filled.well("verify")


def test_reading_some_again_in_words(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    other_reader(monkeypatch)
    done = filled.well("reread", "three")
    assert "read 1 again; 1 are read otherwise" in done.err
    assert done.out.startswith("three\n  - ")
    assert filled("reread", "none-such").code == 3


def test_a_dump_loads_as_the_same_store(filled: Program, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    filled.well("dump", tmp_path / "d.zip")
    loaded = filled.well("load", tmp_path / "d.zip", "--store", other)
    verified = filled.well("verify").out.splitlines()
    assert loaded.out.splitlines() == verified[:2]
    assert filled.well("verify", "--store", other).out.splitlines() == verified
    assert filled.well("list", "--store", other).out == filled.well("list").out
    for again in (("dump", tmp_path / "d.zip"), ("load", tmp_path / "d.zip", "--store", other)):
        done = filled(*again)
        assert (done.code, done.err.count("\n")) == (3, 1)
        assert "there already" in done.err


def test_verify_finds_what_was_altered(filled: Program) -> None:
    head = filled.well("verify").out.splitlines()[1].removeprefix("head ")
    filled.well("verify", "--head", head)
    with sqlite3.connect(filled.store) as raw:
        raw.execute("update captures set outlet = 'X' where seq = 1")
    done = filled("verify")
    assert done.code == 5
    assert done.out.splitlines()[-1].endswith("findings")
    assert filled("verify", "--head", "nonsense").code == 3
    assert filled("verify", "--head", f"9999:{head.partition(':')[2]}").code == 5


def test_a_takedown_asks_and_leaves_a_sound_store(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    unasked = filled("takedown", "one", "--why", "a court")
    assert (unasked.code, unasked.err.count("\n")) == (2, 1)
    assert "--yes" in unasked.err
    assert len(filled.listed()) == 3

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked: list[str] = []

    def no(question: str, **_: object) -> bool:
        asked.append(question)
        raise click.Abort

    monkeypatch.setattr("click.confirm", no)
    refused = filled("takedown", "one", "--why", "a court")
    assert refused.code == 130
    assert "قصف في أربيل" in refused.err  # what is asked about is shown
    assert len(asked) == 1
    assert len(filled.listed()) == 3

    done = filled.well("takedown", "one", "--why", "a court", "--yes", "--who", "me")
    assert "captures 1" in done.out
    assert ids(filled.listed()) == ["two", "three"]
    for form in ("table", "raw", "text"):
        shown = filled("show", "one", "--format", form)
        assert (shown.code, shown.out) == (3, "")
        assert "taken down" in shown.err
    filled.well("verify")
    assert "عين الأسد".encode() not in filled.store.read_bytes()
    assert filled("takedown", "none-such", "--why", "x", "--yes").code == 3
    assert filled("takedown", "two", "--yes").code == 2


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["add"], 2, "no source"),
        (["add", "a", "b", "--title", "t"], 2, "--title"),
        (["add", "a", "--published", "soon"], 2, "soon"),
        (["add", "a", "--columns", "text"], 2, "text=Body"),
        (["add", "a", "--workers", "0"], 2, "workers"),
        (["add", "a", "--kind", "pdf"], 2, "pdf"),
        (["add", "a", "--contact", "مكتب"], 3, "contact"),
        (["list", "--since", "soon"], 2, "2023-12-09"),
        (["list", "--limit", "0"], 2, "limit"),
        (["show"], 2, "ID"),
        (["show", "one", "--version", "0"], 2, "version"),
        (["show", "zz"], 3, "6 characters"),
        (["show", "no-such-thing"], 3, "no-such-thing"),
        (["show", "https://nowhere.example/1"], 3, "nowhere.example"),
        (["issues", "--document", "no-such-thing"], 3, "no-such-thing"),
        (["gone", "no-such-thing"], 3, "no-such-thing"),
        (["load", "no-such-file", "--store", "other.sqlite"], 3, "no-such-file"),
        (["dump"], 2, "FILE"),
        (["watch", "no-such-file"], 3, "no-such-file"),
        (["takedown", "one"], 2, "--why"),
        (["list", "--store", "/proc/none/x.sqlite"], 3, "no store"),
        (["add", "-", "--store", "/proc/none/x.sqlite"], 1, "cannot"),
    ],
)
def test_mistakes_are_one_line_with_a_hint(filled: Program, args: list[str], code: int, said: str) -> None:
    done = filled(*args)
    assert done.code == code, done.err
    assert done.err.startswith("error: ")
    assert "  hint: " in done.err
    assert done.err.count("\n") == 1
    assert said in done.err
    assert done.out == "" or args[0] == "add"


@pytest.mark.parametrize("command", ["list", "issues", "verify", "reread", "gone", "dump", "takedown"])
def test_where_there_is_no_store_none_is_made(tawatur: Program, tmp_path: Path, command: str) -> None:
    given: dict[str, list[str]] = {
        "dump": [str(tmp_path / "x.zip")],
        "takedown": ["one", "--why", "x", "--yes"],
    }
    more = given.get(command, [])
    done = tawatur(command, *more)
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert "tawatur add" in done.err
    assert not tawatur.store.exists()
    assert not (tmp_path / "x.zip").exists()


def test_another_file_is_no_store_and_stays_as_it_is(tawatur: Program, rows: Path) -> None:
    content = rows.read_bytes()
    for args in (("list",), ("add", rows), ("verify",), ("reread",)):
        done = tawatur(*args, "--store", rows)
        assert (done.code != 0, done.err.count("\n")) == (True, 1)
        assert "not a store" in done.err
    assert rows.read_bytes() == content


def test_the_store_is_the_option_then_the_environment_then_the_file_then_the_default(
    tawatur: Program, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(*args: str | Path) -> str:
        config.settings.cache_clear()
        done = tawatur("add", rows, *args)
        assert done.code == 0
        return done.err

    chosen("--store", tmp_path / "option.sqlite")
    assert (tmp_path / "option.sqlite").exists()
    assert not tawatur.store.exists()
    assert chosen() == ""
    assert tawatur.store.exists()  # TAWATUR_STORE
    monkeypatch.delenv("TAWATUR_STORE")
    config.settings_file().parent.mkdir(parents=True)
    config.settings_file().write_text(f'store = "{tmp_path / "file.sqlite"}"\n')
    assert chosen() == ""
    assert (tmp_path / "file.sqlite").exists()
    config.settings_file().unlink()
    said = chosen()
    default, _ = config.store_path()
    assert said == f"store: {default}\n"
    assert default.exists()
    config.settings_file().write_text('stroe = "x"\n')
    config.settings.cache_clear()
    wrong = tawatur("list")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)
    assert "stroe" in wrong.err


def test_a_folder_holds_its_store(tawatur: Program, rows: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    tawatur.well("add", rows, "--store", tmp_path / "folder")
    assert len(tawatur.well("list", "--format", "jsonl", "--store", tmp_path / "folder").lines) == 3
    assert (tmp_path / "folder" / config.STORE_NAME).exists()


def older(store: Path) -> None:
    """Makes of a store one that the first version of the tables has."""
    from sqlalchemy import create_engine

    from tawatur.store import migrate, tables

    store.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{store}")
    with engine.begin() as connection:
        migrate.upgrade(connection, to="0001")
        connection.execute(tables.head.insert().values(id=1, seq=0, link="0" * 64))
    engine.dispose()


def test_bringing_an_older_store_forward_is_told(tawatur: Program, rows: Path) -> None:
    older(tawatur.store)
    looked = tawatur("list")
    assert (looked.code, looked.err.count("\n")) == (1, 1)
    assert "older" in looked.err
    done = tawatur.well("add", rows)
    kept = next(tawatur.store.parent.glob("store.sqlite.before-*"))
    assert str(kept) in done.err
    assert "0001" in done.err
    assert tawatur.well("add", rows).err == ""
    # a takedown names the copy, which may hold the words still
    assert str(kept) in tawatur.well("takedown", "one", "--why", "x", "--yes").out


def test_progress_is_shown_on_a_terminal_alone(
    tawatur: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(WORDS, encoding="utf-8")
    assert tawatur.well("add", path).err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    path.write_text(WORDS + " وأصيب جندي.", encoding="utf-8")
    done = tawatur.well("add", path)
    assert "captured" in done.err
    assert "captured" not in done.out


def test_the_library_opens_what_the_program_made(filled: Program, tmp_path: Path) -> None:
    shutil.copy(filled.store, tmp_path / "copy.sqlite")
    with library.open(tmp_path / "copy.sqlite", create=False) as collection:
        assert [report.id for report in collection.documents()] == ["two", "three", "one"]
        assert collection.show("one").document.outlet == "الرافد"
        assert collection.verify().findings == ()
