"""All samples together give the known events once each (written down in ``samples_expected.csv`` before any was made)."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from tawatur.events.build import events
from tawatur.events.facets import is_event
from tawatur.events.told import Facts, Told
from tawatur.model import Record
from tawatur.pipeline import extract
from tawatur.records.pairs import same_name
from tests.test_samples import documents

EXPECTED = Path(__file__).with_name("samples_expected.csv")
NOT_READ = {
    ("03-outlet-copy.html", "embassy"),  # the wire's story, copied: the reader gives no record of the shells
    ("04-military-spokesman.txt", "al-asad"),  # "one service member was hurt"
    ("10-english-outlet.txt", "kharab-al-jir"),  # all three of a sentence that compares
    ("10-english-outlet.txt", "shaddadi"),
    ("10-english-outlet.txt", "shaddadi-tuesday"),
}
"""Rows of the table (sample, event) of which the reader gives no record; all others must be there."""


@cache
def told() -> dict[str, tuple[str, Told]]:
    """The samples' happenings: the sample and what it tells, by record id."""
    out = {}
    for name, document in documents():
        read = extract(document)
        d = read.document
        facts = Facts(d.id, d.published.value, d.outlet, d.url, d.title, d.language, d.forwards, d.text)
        out.update({r.id: (name, Told(facts, r)) for r in read.records if is_event(r)})
    return out


@cache
def known() -> dict[str, str]:
    """The event of the table that each record tells, by record id; records of no row are left out."""
    out: dict[str, str] = {}
    for row in table():
        for key, (name, t) in told().items():
            if name == row["sample"] and key not in out and _holds(row, t.record):
                out[key] = row["event"]
                break
    return out


def table() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _holds(row: dict[str, str], record: Record) -> bool:
    """Whether a record is what a row tells: kind, place by one of its names, and a day that is not another. (A denial's
    day may be the one on which it was made.)"""
    place = record.place.span.text if record.place else ""
    when = record.time
    day = "/".join(sorted({str(d) for d in (when.first, when.last) if d})) if when else ""
    kind = record.type.partition(".")[0] == row["type"]
    return (
        kind
        and any(same_name(place, n) for n in row["place"].split("|"))
        and (day in ("", row["day"]) or record.status == "denied")
    )


def test_every_row_is_read_but_those_named() -> None:
    held = {(told()[key][0], event) for key, event in known().items()}
    assert {(row["sample"], row["event"]) for row in table()} - held <= NOT_READ


def test_what_a_group_denies_stands_with_what_others_tell() -> None:
    (denial,) = (key for key, (name, t) in told().items() if name.startswith("12-") and t.record.status == "denied")
    assert known()[denial] == "embassy"


def test_each_known_event_is_one_event_and_no_two_are_the_same() -> None:
    made = {m: e.id for e in events(t for _, t in told().values()) for m in e.members}
    by_event = defaultdict(set)
    for key, event in known().items():
        by_event[event].add(made[key])
    assert {k: len(v) for k, v in by_event.items() if len(v) != 1} == {}
    ids = [v for (v,) in by_event.values()]
    assert len(set(ids)) == len(ids)
