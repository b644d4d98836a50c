"""What a thing is decides its id, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Attachment, Capture, Generation
from tawatur.store import keys

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PAGE = Capture(
    "نص".encode(),
    address="https://example.org/1",
    media_type="text/html",
    charset="utf-8",
    fetched=datetime(2026, 1, 2, tzinfo=UTC),
    kind="page",
    collection="feed",
    item="7",
    title="عنوان",
    published="2026-01-01",
    outlet="The Outlet",
    listed="yesterday",
    found_at="list:1",
)


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"other"},
        {"address": "https://example.org/2"},
        {"media_type": "text/plain"},
        {"charset": "windows-1256"},
        {"kind": "text"},
        {"collection": "other"},
        {"item": "8"},
        {"title": ""},
        {"published": "2026-01-02"},
        {"outlet": "Another"},
    ],
)
def test_what_was_captured_and_said_of_it_decides_the_id(change: dict[str, Any]) -> None:
    assert keys.capture_id(replace(PAGE, **change)) != keys.capture_id(PAGE)


@pytest.mark.parametrize(
    "change",
    [
        {"fetched": None},
        {"found_at": "list:2"},
        {"listed": ""},
        {"attachments": (Attachment("picture", "https://example.org/a.jpg", content=b"x"),)},
    ],
)
def test_when_and_where_it_was_found_does_not(change: dict[str, Any]) -> None:
    assert keys.capture_id(replace(PAGE, **change)) == keys.capture_id(PAGE)


def test_words_do_not_move_from_one_field_into_the_next() -> None:
    assert keys.capture_id(Capture(b"", title="a", published="bc")) != keys.capture_id(
        Capture(b"", title="ab", published="c")
    )


def test_an_id_has_32_hex_digits() -> None:
    assert len(keys.capture_id(PAGE)) == 32
    assert int(keys.capture_id(PAGE), 16) >= 0


@given(ANY_TEXT)
def test_safe_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    kept = keys.safe(text)
    assert "\0" not in kept
    kept.encode("utf-8")
    assert keys.safe(kept) == kept
    assert len(kept) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))


@given(ANY_TEXT)
def test_canonical_json_keeps_every_character(text: str) -> None:
    import json

    assert json.loads(keys.canonical([text]).decode("utf-8", "surrogatepass")) == [text]


def test_canonical_json_does_not_depend_on_the_order_of_keys() -> None:
    assert keys.canonical({"b": 1, "a": 2}) == keys.canonical({"a": 2, "b": 1}) == b'{"a":2,"b":1}'


@pytest.mark.parametrize(
    ("capture", "series"),
    [
        (Capture(b"x", address="https://a.org/1"), "https://a.org/1"),
        (Capture(b"x", address="https://t.me/s/a", item="5"), "https://t.me/s/a#5"),
        (Capture(b"x", collection="reports.jsonl", item="5"), "reports.jsonl#5"),
        # sha256sum of the one letter x
        (Capture(b"x"), "content:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"),
        (Capture(b"x", collection="notes"), "content:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"),
    ],
)
def test_versions_of_a_report_share_a_series(capture: Capture, series: str) -> None:
    assert keys.series_of(capture) == series


def test_a_series_fits_an_index_and_long_addresses_stay_apart() -> None:
    long = "https://a.org/?q=" + "ب" * 5000
    one, two = keys.series_of(Capture(b"", address=long + "1")), keys.series_of(Capture(b"", address=long + "2"))
    assert one != two
    assert max(len(one.encode()), len(two.encode())) < 2700


def test_moments_are_in_utc_and_sort_as_text() -> None:
    beirut = timezone(timedelta(hours=3))
    assert keys.moment(datetime(2026, 5, 1, 1, 30, tzinfo=beirut)) == "2026-04-30T22:30:00.000000Z"
    assert keys.moment(datetime(2026, 5, 1)) == "2026-05-01T00:00:00.000000Z"
    times = [datetime(2026, 5, 1, tzinfo=UTC) + timedelta(microseconds=k) for k in (0, 1, 999_999, 1_000_000)]
    assert sorted(map(keys.moment, times)) == [keys.moment(t) for t in times]


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5))]), min_value=datetime(1000, 1, 2)))
def test_a_moment_comes_back(time: datetime) -> None:
    assert keys.time_of(keys.moment(time)) == time


def test_no_moment_is_none() -> None:
    assert keys.time_of("") is None


def test_a_document_that_gives_way_has_an_id_from_which_its_own_can_be_told() -> None:
    kept = keys.kept_as("7", "0123456789abcdef")
    assert kept == "7~01234567"
    assert keys.suffix_of("7", kept) == "~01234567"
    assert keys.suffix_of("7", "7") == ""


def test_generations_differ_by_each_of_their_fields() -> None:
    first = Generation("rules", "1", "ab")
    others = [replace(first, name="x"), replace(first, version="2"), replace(first, digest="cd")]
    assert len({keys.generation_digest(each) for each in [first, *others]}) == 4
