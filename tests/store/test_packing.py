"""What a reader made of a capture comes back from the store as it was."""

from __future__ import annotations

import pickle
import types
import typing
import zlib
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur.model import (
    Attachment,
    Document,
    Forward,
    Issue,
    Number,
    Part,
    Party,
    Place,
    Published,
    Read,
    Record,
    Span,
    When,
)
from tawatur.store.encoding import noun, plain
from tawatur.store.keys import document_digest, reading_digest, safe
from tawatur.store.packing import Packed, Unpacked, pack, unpack

ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\0\ud83d\ude00😀ﷲ\u202bب")), max_size=5
)
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
TEXT = "غارة على صنعاء"
DOCUMENT = Document(
    "7",
    TEXT,
    title="خبر",
    published=Published(date(2026, 1, 2), "option", "2 Jan 2026"),
    url="https://a.org/7",
    outlet="A",
    language="ar",
    parts=(Part("title", 0, 4),),
    forwards=(Forward("channel"),),
)
RECORD = Record("7", "event", "airstrike", "happened", Span(0, 4, "غارة"), Span(0, 14, TEXT), id="0a1b")


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the model, whether or not they make sense."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(anything, inner))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=2).map(tuple)
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return st.builds(typing.cast(Any, hint), **{f.name: anything(hints[f.name]) for f in fields(hint)})
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: ANY_TEXT,
        int: st.integers(),
        float: st.one_of(st.floats(allow_nan=False), st.integers()),
        date: st.dates(),
        bytes: st.binary(max_size=4),
        types.NoneType: st.none(),
    }
    return simple[hint]


def opened(packed: Packed, kept: str = "") -> Unpacked:
    return unpack(packed.document.content if packed.document else None, packed.content, kept)


def packed_of(document: Document, *records: Record) -> Packed:
    return pack(Read("c", document, records), AT)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(anything(Document), st.lists(anything(Record), max_size=2), anything(tuple[Issue, ...]))
def test_a_reading_comes_back_equal(document: Document, records: list[Record], issues: tuple[Issue, ...]) -> None:
    packed = pack(Read("c", document, tuple(records), issues), AT)
    found = opened(packed)
    assert found == Unpacked(replace(document, attachments=()), tuple(records), issues, None)
    assert found.document is not None
    # equality of spans passes over their words
    assert repr(found.document) == repr(replace(document, attachments=()))
    assert repr(found.records) == repr(tuple(records))
    assert packed.document is not None
    key = document_digest(zlib.decompress(packed.document.content))
    assert key == packed.document.digest
    assert reading_digest(key, zlib.decompress(packed.content)) == packed.digest


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(anything(Document), anything(Record), anything(Issue))
def test_every_text_of_a_row_can_be_stored(document: Document, record: Record, issue: Issue) -> None:
    record = replace(record, actor=None, place=None)
    packed = pack(Read("c", document, (record,), (issue,)), AT)
    assert packed.document is not None
    rows = [*packed.records, *packed.issues, *packed.attachments]
    texts = [value for row in rows for value in row.values() if isinstance(value, str)]
    told = packed.document
    for text in [*texts, told.id, told.title, told.url, told.outlet, told.language]:
        assert safe(text) == text


@pytest.mark.parametrize("failed", [Issue("unread", "no text in it"), Issue("crash", "half\ud83d", Span(1, 2, "x"))])
def test_a_failure_comes_back(failed: Issue) -> None:
    other = Issue("charset", "guessed")
    packed = pack(Read("c", failure=failed, issues=(other,)), AT)
    assert packed.document is None
    assert opened(packed) == Unpacked(None, (), (other,), failed)
    assert [row["code"] for row in packed.issues] == [failed.code, "charset"]
    assert reading_digest("", zlib.decompress(packed.content)) == packed.digest


@pytest.mark.parametrize(
    "change",
    [
        {"id": "8"},
        {"text": TEXT + "."},
        {"title": ""},
        {"published": Published(date(2026, 1, 2), "option", "02/01/2026")},
        {"url": "https://a.org/8"},
        {"outlet": "B"},
        {"forwards": ()},
    ],
)
def test_a_document_is_what_its_source_gave(change: dict[str, Any]) -> None:
    one, two = packed_of(DOCUMENT).document, packed_of(replace(DOCUMENT, **change)).document
    assert one is not None
    assert two is not None
    assert one.digest != two.digest


@pytest.mark.parametrize(
    "change",
    [
        {"published": Published(date(2026, 1, 3), "dateline", "2 Jan 2026", Span(0, 4, "غارة"))},
        {"language": "fa"},
        {"parts": ()},
        {"issues": (Issue("published", "?"),)},
    ],
)
def test_what_a_reader_made_of_it_belongs_to_the_reading(change: dict[str, Any]) -> None:
    one, two = packed_of(DOCUMENT), packed_of(replace(DOCUMENT, **change))
    assert one.document is not None
    assert two.document is not None
    assert one.document.digest == two.document.digest
    assert one.digest != two.digest
    assert opened(two).document == replace(DOCUMENT, **change)


def test_records_and_issues_decide_the_digest_of_a_reading_and_time_and_capture_do_not() -> None:
    first = packed_of(DOCUMENT, RECORD)
    issues = pack(Read("c", DOCUMENT, (RECORD,), (Issue("x", "y"),)), AT)
    assert len({first.digest, packed_of(DOCUMENT).digest, issues.digest}) == 3
    later = pack(Read("d", DOCUMENT, (RECORD,)), AT.replace(year=2027))
    assert later.digest == first.digest
    assert later.at != first.at


def test_attachments_are_rows_and_their_bytes_are_kept_once() -> None:
    picture = Attachment("picture", "https://a.org/a.jpg", content=b"bytes", digest="said to be this")
    again = replace(picture, address="https://a.org/b.jpg")
    archive = Attachment("archive", "https://archive.org/7", date=date(2026, 1, 3), digest="ab" * 32)
    packed = packed_of(replace(DOCUMENT, attachments=(picture, again, archive)))
    assert packed.digest == packed_of(DOCUMENT).digest
    # sha256sum of the word bytes
    own = "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    assert [row["blob"] for row in packed.attachments] == [own, own, "ab" * 32]
    assert [row["date"] for row in packed.attachments] == [None, None, "2026-01-03"]
    assert [(blob.digest, blob.size, zlib.decompress(blob.content)) for blob in packed.blobs] == [(own, 5, b"bytes")]


def test_a_record_can_be_found_by_day_place_and_actor() -> None:
    place = Place(Span(8, 14, "صنعاء"), "geo:71137", lat=15.35, lon=44.2, country="YE")
    full = replace(
        RECORD,
        actor=Party(Span(0, 4, "غارة"), "actor:1"),
        place=place,
        time=When(None, date(2026, 1, 1), date(2026, 1, 2)),
        numbers=(Number(Span(0, 4, "غارة"), "killed", 3, None),),
    )
    rows = packed_of(DOCUMENT, RECORD, full).records
    columns = ("position", "first", "last", "place", "country", "lat", "lon", "actor")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        (0, None, None, None, None, None, None, None),
        (1, "2026-01-01", "2026-01-02", "geo:71137", "YE", 15.35, 44.2, "actor:1"),
    ]


def test_a_document_under_another_id_and_its_records() -> None:
    found = opened(packed_of(DOCUMENT, RECORD), "7~01234567")
    assert found.document == replace(DOCUMENT, id="7~01234567")
    assert found.records == (replace(RECORD, doc="7~01234567", id="0a1b~01234567"),)


def test_packed_readings_go_from_process_to_process() -> None:
    packed = packed_of(DOCUMENT, RECORD)
    assert pickle.loads(pickle.dumps(packed)) == packed


def test_what_an_older_program_wrote_is_read_with_the_fields_that_it_had() -> None:
    told = plain(RECORD)
    del told["confidence"]
    assert noun(Record, {**told, "mood": "a field of another time"}) == replace(RECORD, confidence=0.5)


def test_only_what_is_empty_and_would_be_so_anyway_is_left_out() -> None:
    assert plain(Part("body", 0, 0)) == {"kind": "body", "start": 0, "end": 0}
    assert plain(Published()) == {"basis": "unknown"}
    assert plain(Place(Span(0, 1, ""))) == {"span": {"start": 0, "end": 1, "text": ""}}
