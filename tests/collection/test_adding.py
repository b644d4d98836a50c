"""What adding says of itself is true: every document seen is accounted for, and none is read for nothing."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tawatur.collection import Collection, Progress, Summary, open_collection, sharding
from tawatur.collection.adding import Adder
from tawatur.collection.owners import this_process
from tawatur.engines import Engine, InProcess, Processes, Shard
from tawatur.errors import InputError
from tawatur.model import NO_REPORT, Capture, Unread
from tawatur.pipeline import generation
from tawatur.store.packing import Packed
from tests.collection.made import text


class Counting(InProcess):
    """An engine that notes what it was given to read."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[bytes] = []

    def run(self, shards: Iterable[Shard]) -> Generator[list[Packed], None, None]:
        def noted() -> Iterator[Shard]:
            for shard in shards:
                self.given += [capture.content for _, capture in shard]
                yield shard

        return super().run(noted())


class Noted(Progress):
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.counts = {"captured": 0, "total": 0, "read": 0}
        self.lines: list[str] = []

    def captured(self, count: int, size: int) -> None:
        self.counts["captured"] += count

    def reading(self, total: int) -> None:
        self.counts["total"] += total

    def read(self, count: int) -> None:
        self.counts["read"] += count

    def told(self, message: str, hint: str = "") -> None:
        self.lines.append(message)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with open_collection(tmp_path / "s.sqlite") as opened:
        yield opened


@pytest.fixture
def mixed(tmp_path: Path) -> list[str]:
    """Three good reports, one of them twice, a row without text, a damaged one, an empty file, and one that is not
    there."""
    rows = [json.dumps({"id": str(n), "text": text(n)}) for n in range(3)]
    (tmp_path / "rows.jsonl").write_text(
        "\n".join([*rows, rows[1], '{"id": "x"}', '{"id": "y", "te']) + "\n", encoding="utf-8"
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    return [str(tmp_path / name) for name in ("rows.jsonl", "empty.txt", "nothing.txt")]


def figures(summary: Summary) -> tuple[int, int, int, int, int]:
    assert summary.adds_up
    return (summary.seen, summary.added, summary.same, summary.failed, summary.resumed)


def test_every_document_is_accounted_for_and_a_second_run_reads_nothing(
    collection: Collection, mixed: list[str]
) -> None:
    progress, engine = Noted(), Counting()
    first = collection.add(mixed, engine=engine, progress=progress)
    # the empty file and the one that is not there are sources that cannot be opened, no documents
    assert figures(first) == (6, 3, 1, 2, 0)
    assert first.codes == [InputError.code, InputError.code]
    assert progress.counts["captured"] == 6
    assert progress.counts["read"] == progress.counts["total"] == len(engine.given) == 5
    assert len(progress.lines) == 4
    again, told = Counting(), Noted()
    second = collection.add(mixed, engine=again, progress=told)
    assert figures(second) == (6, 0, 4, 2, 0)
    assert again.given == []
    assert sorted(told.lines) == sorted(progress.lines)  # what failed is told again, with the same reasons


def test_what_an_earlier_run_left_is_read_and_counted_apart(collection: Collection) -> None:
    host = this_process().split(":")[0]
    running, ended = "another-host:1:1.00", f"{host}:1:0.00"  # process 1 did not begin in 1970: its owner is gone
    collection.store.add_captures([Capture(text(1).encode(), kind="text")], running)
    collection.store.add_captures([Capture(text(2).encode(), kind="text")], ended)
    assert figures(collection.add_captures([Capture(text(3).encode(), kind="text")])) == (1, 1, 0, 0, 1)
    assert collection.store.counts()["pending"] == 1


def test_what_is_no_report_is_noted_and_no_failure(collection: Collection) -> None:
    found: list[Capture | Unread] = [
        Unread("chat#1", "a pinned message", "", NO_REPORT),
        Capture(text(4).encode(), kind="text"),
    ]
    summary = Adder(collection.store, generation(), workers=1).add([lambda: iter(found)])
    assert figures(summary) == (1, 1, 0, 0, 0)
    assert summary.notes == 1
    assert [row.found_at for row in collection.issues(code=NO_REPORT)] == ["chat#1"]


def test_a_source_that_breaks_off_keeps_what_came_before(collection: Collection) -> None:
    def breaks() -> Iterator[Capture]:
        yield Capture(text(5).encode(), kind="text")
        raise InputError("it breaks off here")

    def whole(number: int) -> Iterator[Capture]:
        yield Capture(text(number).encode(), kind="text")

    progress = Noted()
    adder = Adder(collection.store, generation(), workers=1, progress=progress)
    summary = adder.add([breaks, partial(whole, 6)])
    assert figures(summary) == (2, 2, 0, 0, 0)
    assert summary.codes == [InputError.code]
    assert progress.lines == ["it breaks off here"]


def test_a_line_names_its_place_once(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "empty.txt").write_bytes(b"")
    (tmp_path / "given" / "rows.jsonl").write_text('{"id": "y", "te\n' + json.dumps({"text": text(8)}) + "\n")
    progress = Noted()
    assert collection.add([str(tmp_path / "given")], progress=progress).failed == 2
    places = [str(tmp_path / "given" / "empty.txt"), str(tmp_path / "given" / "rows.jsonl:1")]
    assert [line.count(place) for line, place in zip(progress.lines, places, strict=True)] == [1, 1]
    assert all(line.startswith(place) for line, place in zip(progress.lines, places, strict=True))


def test_an_outside_archive_is_noted_with_what_is_added(collection: Collection, tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(text(7), encoding="utf-8")
    collection.add([str(report)], archived="https://archive.example/1")
    (listed,) = collection.documents()
    shown = collection.show(listed.id)
    assert [(a.kind, a.address) for a in shown.attachments] == [("archive", "https://archive.example/1")]


@pytest.mark.parametrize(
    ("documents", "workers", "cores", "wanted"),
    [
        (1, None, 8, InProcess),
        (sharding.FEW - 1, None, 8, InProcess),
        (sharding.FEW, None, 8, Processes),
        (sharding.FEW, None, 1, InProcess),
        (10_000, 1, 8, InProcess),
        (2, 2, 1, Processes),
    ],
)
def test_processes_are_started_where_there_is_enough_to_read(
    documents: int, workers: int | None, cores: int, wanted: type[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharding, "usable_cores", lambda: cores)
    assert type(sharding.engine_for(documents, workers)) is wanted
