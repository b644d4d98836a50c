"""Days inside an embedded post are counted from the post's own day."""

from __future__ import annotations

from datetime import date

from tawatur.meaning.document_times import document_times, post_conflicts
from tawatur.model import Document, Part, Published
from tawatur.text.tokens import tokenize

TEXT = "زار الوزير المدينة اليوم.\nقصفت الطائرات القرية أمس.\nوعاد أمس إلى العاصمة."


def document(post: date | None) -> Document:
    lines = TEXT.split("\n")
    a = len(lines[0])
    b = a + 1 + len(lines[1])
    parts = (
        Part("body", 0, a),
        Part("post", a + 1, b, author="someone", date=post),
        Part("body", b + 1, len(TEXT)),
    )
    return Document("d", TEXT, published=Published(date(2023, 12, 20), "input"), parts=parts)


def test_yesterday_in_a_post_is_the_day_before_the_post() -> None:
    found = document_times(document(date(2023, 12, 2)), tokenize(TEXT))
    assert [t.first for t in found] == [date(2023, 12, 20), date(2023, 12, 1), date(2023, 12, 19)]
    for t in found:
        assert TEXT[t.start : t.end] in ("اليوم", "أمس")


def test_a_post_without_a_day_is_of_the_day_of_its_page() -> None:
    found = document_times(document(None), tokenize(TEXT))
    assert [t.first for t in found] == [date(2023, 12, 20), date(2023, 12, 19), date(2023, 12, 19)]


def test_a_post_that_cannot_be_of_its_page_is_told() -> None:
    assert post_conflicts(document(date(2023, 12, 18))) == []
    assert [i.code for i in post_conflicts(document(date(2022, 12, 18)))] == ["post-day"]
    assert [i.code for i in post_conflicts(document(date(2024, 1, 5)))] == ["post-day"]
