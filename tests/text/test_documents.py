from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tawatur.errors import InputError
from tawatur.model import Capture, CaptureKind, Published
from tawatur.text.documents import document_of, from_row, from_text
from tawatur.text.given import MAX_CHARACTERS, content_id


def test_a_row_is_kept_as_given() -> None:
    row = {
        "id": 7,
        "title": "عنوان ",
        "text": " نص \n",
        "published": "2023-12-09T01:00:00+03:00",
        "outlet": "س",
        "x": 1,
    }
    document = from_row(row)
    assert (document.id, document.text, document.title) == ("7", "عنوان \n نص \n", "عنوان ")
    assert document.published == Published(date(2023, 12, 9), "input", "2023-12-09T01:00:00+03:00")
    assert [(p.kind, p.start, p.end) for p in document.parts] == [("title", 0, 5), ("body", 8, 10)]


@pytest.mark.parametrize(
    ("given", "day"),
    [("2023-12-09", 9), ("2023-12-09T23:30:00-05:00", 9), ("2023-12-09T00:30+0200", 9), ("٢٠٢٣-١٢-٠٩", 9),
     ("Sat, 09 Dec 2023 10:00:00 +0200", 9), ("9 ديسمبر 2023", 9), ("2023-12-09 10:00:00", 9)],
)  # fmt: skip
def test_the_day_is_the_one_at_the_offset_given(given: str, day: int) -> None:
    assert from_text("نص", published=given).published.value == date(2023, 12, day)


@pytest.mark.parametrize("given", ["tomorrow", "2023-13-45", "2023-02-30T10:00:00Z", "9999"])
def test_a_day_that_cannot_be_read_is_an_issue_and_unknown(given: str) -> None:
    document = from_text("نص", published=given)
    assert (document.published.value, document.published.basis, document.published.text) == (None, "unknown", given)
    assert [issue.code for issue in document.issues] == ["published"]


def test_ids_are_hashes_of_the_text() -> None:
    assert from_text("نص").id == document_of(Capture("نص".encode("windows-1256"))).id == content_id("نص")
    assert len(content_id("نص")) == 24


def test_a_title_option_becomes_the_first_line_once() -> None:
    assert from_text("نص", title="عنوان").text == "عنوان\nنص"
    assert from_text("عنوان\nنص", title="عنوان").text == "عنوان\nنص"


@pytest.mark.parametrize("text", ["", " \n ", "a" * (MAX_CHARACTERS + 1)])
def test_texts_that_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        from_text(text)


def test_what_is_given_of_a_row_is_taken_where_the_row_is_silent() -> None:
    capture = Capture('{"text": "نص"}'.encode(), kind="row", published="2023-12-09", outlet="س", listed="2023-12-01")
    document = document_of(capture)
    assert (document.outlet, document.published) == ("س", Published(date(2023, 12, 9), "option", "2023-12-09"))
    own = '{"text": "نص", "published": "2023-12-05", "outlet": "و"}'.encode()
    document = document_of(replace(capture, content=own))
    assert (document.outlet, document.published) == ("و", Published(date(2023, 12, 5), "input", "2023-12-05"))


def test_a_row_in_another_encoding_is_read_in_it() -> None:
    raw = '{"text": "نص"}'.encode("utf-16-le")
    assert document_of(Capture(raw, kind="row", charset="utf-16-le")).text == "نص"


@pytest.mark.parametrize(("kind", "text"), [("text", "<html><p>x</p></html>"), ("", "three rockets fell")])
def test_a_text_is_a_text_where_its_kind_or_its_look_says_so(kind: CaptureKind, text: str) -> None:
    assert document_of(Capture(text.encode(), kind=kind)).text == text


PAGE = """<html><head>{head}</head><body><article><h1>سقوط صواريخ</h1>
<p>قالت مصادر محلية للوكالة إن ثلاثة صواريخ سقطت مساء الجمعة قرب القاعدة الواقعة في الريف الشرقي.</p></article></body></html>"""


def page(address: str = "", head: str = "", *, listed: str = "", published: str = "") -> Capture:
    raw = PAGE.format(head=head).encode()
    return Capture(raw, address, kind="page", listed=listed, published=published)


def test_copies_at_two_addresses_are_two_documents() -> None:
    one, other = document_of(page("https://a.example/1")), document_of(page("https://b.example/1"))
    assert one.text == other.text
    assert one.id != other.id
    assert document_of(page()).id == content_id(one.text)


def test_a_page_is_known_by_the_address_that_it_gives_of_itself() -> None:
    head = '<link rel="canonical" href="https://a.example/1">'
    one, other = document_of(page("https://a.example/1?ref=x", head)), document_of(page("https://a.example/1"))
    assert (one.url, one.id) == (other.url, other.id)
    assert document_of(page("folder/page.html")).url == ""


def test_the_list_that_led_to_a_page_gives_the_day_where_the_page_is_silent() -> None:
    listed = document_of(page(listed="Sat, 09 Dec 2023 10:00:00 +0200")).published
    assert (listed.value, listed.basis) == (date(2023, 12, 9), "listed")
    head = '<meta property="article:published_time" content="2023-12-08T23:40:00+02:00">'
    assert document_of(page(head=head, listed="2023-12-01")).published.basis == "metadata"
    assert document_of(page(head=head, published="2023-12-01")).published.value == date(2023, 12, 1)
    assert document_of(Capture(b"three rockets fell", listed="2023-12-01")).published.basis == "listed"
