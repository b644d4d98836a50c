from __future__ import annotations

from datetime import date

import pytest

from tawatur.errors import InputError
from tawatur.model import Capture, Published
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
