"""The sample reports against what a careful reader takes from them (written down before the program ran on them)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tawatur.model import Capture, Document, Record
from tawatur.pipeline import extract
from tawatur.records.pairs import same_name
from tawatur.sources.detect import captures
from tawatur.sources.options import SourceOptions
from tawatur.text.documents import document_of

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = Path(__file__).with_name("test_samples_expected.csv")
# How many of the expected rows hold at the least. Raise it when more do; what fails is printed.
HOLD = 15

Wanted = dict[str, str]


def documents() -> Iterator[tuple[str, Document]]:
    """Each sample under the name that the table of expectations gives it."""
    files = sorted(p for p in (ROOT / "samples").iterdir() if p.name[0].isdigit())
    for path in [*files, ROOT / "samples" / "samples.jsonl"]:
        for item in captures(str(path), SourceOptions()):
            assert isinstance(item, Capture)
            document = document_of(item)
            yield f"{path.name}#{document.id}" if item.kind == "row" else path.name, document


@cache
def records() -> dict[str, tuple[Record, ...]]:
    return {name: extract(document).records for name, document in documents()}


def wanted() -> list[Wanted]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(record: Record) -> str:
    t = record.time
    if t is None or t.first is None:
        return ""
    return str(t.first) if t.last in (t.first, None) else f"{t.first}/{t.last}"


def holds(row: Wanted, record: Record) -> bool:
    """Whether a record tells what a row expects; an empty cell of a place, day or source expects nothing there.
    A statement is of no place, and its day counts only where one is expected."""
    if (record.kind, record.type, record.standing) != (row["kind"], row["type"], row["standing"]):
        return False
    place = record.place.span.text if record.place else ""
    origin = record.source[-1].span.text if record.source else ""
    return (
        (same_name(place, row["place"]) if row["place"] else not place)
        and (days(record) == row["date"] if row["date"] else row["kind"] == "statement" or not days(record))
        and (same_name(origin, row["origin"]) if row["origin"] else not origin)
    )


def missed() -> list[Wanted]:
    """The expected rows that no record holds; a record holds one row at most."""
    left = {name: list(found) for name, found in records().items()}
    out = []
    for row in wanted():
        found = next((r for r in left[row["sample"]] if holds(row, r)), None)
        if found is None:
            out.append(row)
        else:
            left[row["sample"]].remove(found)
    return out


def test_every_sample_is_named_in_the_table_or_tells_nothing() -> None:
    assert {row["sample"] for row in wanted()} == records().keys() - {"samples.jsonl#sample-15"}


def test_football_tells_nothing() -> None:
    assert records()["samples.jsonl#sample-15"] == ()


def test_what_a_careful_reader_takes_from_the_samples() -> None:
    rows, failed = wanted(), missed()
    for row in failed:
        print("not held:", *[value or "-" for value in row.values()], sep=" | ")
    assert len(rows) - len(failed) >= HOLD, f"{len(rows) - len(failed)} of {len(rows)} rows hold"


def test_no_more_is_told_than_twice_what_is_there() -> None:
    assert sum(map(len, records().values())) <= 2 * len(wanted())


@pytest.mark.parametrize("name", ["02-wire-story.txt", "03-outlet-copy.html", "11-round-up.txt"])
def test_no_claim_is_told_in_the_publishers_own_voice(name: str) -> None:
    assert [r.anchor.text for r in records()[name] if r.standing == "own_voice"] == []
