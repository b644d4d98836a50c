from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import InputError
from tawatur.text.decode import decode

TEXT = "أعلنت جماعة مسلحة، اليوم السبت، أنها قصفت القاعدة بثلاثة صواريخ في الريف الشرقي"


@pytest.mark.parametrize("declared", ["", "utf-8", "windows-1256", "no-such-charset"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso8859-6"]
)
def test_the_encoding_is_found_whatever_is_declared(encoding: str, declared: str) -> None:
    assert decode(TEXT.encode(encoding), declared).text == TEXT


def test_a_wrong_charset_is_an_issue() -> None:
    assert [i.code for i in decode(TEXT.encode("windows-1256"), "utf-8").issues] == ["charset"]
    assert decode(TEXT.encode("utf-8"), "UTF-8").issues == ()


def test_undecodable_stretches_are_issues_that_point_at_them() -> None:

    found = decode(TEXT[:20].encode() + b"\xff\xfe\xff" + TEXT[20:].encode())
    assert found.encoding == "utf-8"
    spans = [i.span for i in found.issues if i.code == "undecodable"]
    assert [found.text[s.start : s.end] for s in spans if s] == ["\ufffd\ufffd\ufffd"]


def test_a_replacement_character_of_the_text_itself_is_no_damage() -> None:
    assert decode((TEXT + "\ufffd").encode()).issues == ()


def test_lines_in_different_encodings_are_each_read_in_their_own() -> None:
    raw = f"{TEXT}\n".encode() * 3 + f"{TEXT}\n".encode("windows-1256") * 3
    assert decode(raw).text == f"{TEXT}\n" * 6


def test_utf8_saved_twice_is_undone() -> None:
    twice = TEXT.encode("utf-8").decode("windows-1252", "ignore")
    plain = "في العالم الجديد الكبير المال"
    broken = plain.encode("utf-8").decode("windows-1256")
    assert decode(broken.encode("utf-8")).text == plain
    assert twice != TEXT


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04abc", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", bytes(range(256)) * 20]
)
def test_what_is_no_text_is_refused_with_a_hint(raw: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(raw)
    assert caught.value.hint


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_round_trip(text: str) -> None:
    if text.startswith("\ufeff") or "ط§ظ„" in text or "Ø§Ù„" in text:
        return
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text
