"""Messages of channels to documents: what the capture gives, what the message says, what is odd about either."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture, Forward
from tawatur.text.documents import document_of

WORDS = "سقطت ثلاثة صواريخ قرب القاعدة مساء اليوم."


def capture(value: Any, **more: Any) -> Capture:
    given = {"address": "https://t.me/c/5/7", "kind": "message", "collection": "قناة", "item": "5/7"} | more
    return Capture(json.dumps(value).encode(), **given)


def test_what_the_capture_gives_stands_before_what_the_message_says() -> None:
    value = {"text": WORDS, "date": "2023-12-09T10:00:00", "from": "سالم"}
    document = document_of(capture(value, published="2023-12-01", outlet="الندى"))
    assert (document.published.value, document.published.basis, document.outlet) == (
        date(2023, 12, 1),
        "option",
        "الندى",
    )
    document = document_of(capture(value, listed="2023-12-02"))
    assert (document.published.value, document.published.basis, document.outlet) == (date(2023, 12, 9), "input", "سالم")


def test_a_silent_message_takes_the_channel_and_the_day_of_the_list() -> None:
    document = document_of(capture({"text": WORDS}, listed="2023-12-02"))
    assert (document.published.value, document.published.basis, document.outlet) == (
        date(2023, 12, 2),
        "listed",
        "قناة",
    )


def test_a_message_without_an_id_has_that_of_its_words() -> None:
    one, other = document_of(capture({"text": WORDS}, item="")), document_of(capture({"text": WORDS + " "}, item=""))
    assert one.id != other.id
    assert document_of(capture({"text": WORDS, "from": "x"}, item="")).id == one.id


def test_an_answer_points_to_the_message_also_in_another_channel() -> None:
    here = document_of(capture({"text": WORDS, "reply_to_message_id": 3}))
    assert here.attachments == (Attachment("link", "https://t.me/c/5/3"),)
    there = document_of(capture({"text": WORDS, "reply_to_message_id": 3, "reply_to_peer_id": "channel9"}))
    assert there.attachments == (Attachment("link", "https://t.me/c/9/3"),)
    nowhere = document_of(capture({"text": WORDS, "reply_to_message_id": 3, "reply_to_peer_id": "user9"}))
    assert nowhere.attachments == ()


def test_a_person_that_a_message_was_forwarded_from_has_no_address() -> None:
    value = {"text": WORDS, "forwarded_from": " سالم  ص ", "forwarded_from_id": "user4"}
    assert document_of(capture(value)).forwards == (Forward("سالم ص"),)


@pytest.mark.parametrize("value", [{}, {"text": " "}, {"text": [{"type": "bold"}]}, {"text": 5}, {"text": {"a": 1}}])
def test_a_message_without_words_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match="no words"):
        document_of(capture(value))


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff", b'"a"'])
@pytest.mark.parametrize("kind", ["message", "row"])
def test_bytes_that_are_no_object_are_refused(content: bytes, kind: Any) -> None:
    with pytest.raises(InputError, match="no JSON object"):
        document_of(Capture(content, kind=kind))


@pytest.mark.parametrize("moment", ["99999999999999999999", "-5", "²", "", "soon"])
def test_a_time_that_is_none_leaves_the_day_unknown(moment: str) -> None:
    document = document_of(capture({"text": WORDS, "date_unixtime": moment}))
    assert document.published.value is None
