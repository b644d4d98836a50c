"""The publication day inferred from posts, datelines and weekdays, and kept unknown where they are at odds."""

from __future__ import annotations

from datetime import date

import pytest

from tawatur.meaning.published import infer_published
from tawatur.model import Document, Part, Published
from tawatur.text.tokens import tokenize


def _infer(text: str, *, post: str = "", on: date | None = None, known: date | None = None) -> Document:
    parts: tuple[Part, ...] = ()
    if post:
        start = text.index(post)
        parts = (Part("post", start, start + len(post), date=on),)
    return infer_published(Document("d", text, parts=parts, published=Published(known)), tokenize(text))


def test_a_post_and_a_weekday_that_agree() -> None:
    text = "بيان\nأعلنت الجماعة، اليوم السبت، تنفيذ هجمات.\nنص منشور أول — حساب December 9, 2023\nوأضافت"
    out = _infer(text, post="نص منشور أول — حساب December 9, 2023", on=date(2023, 12, 9))
    assert out.published.value == date(2023, 12, 9)
    assert out.published.basis == "post"
    assert out.published.span is not None
    assert out.published.span.text == "December 9, 2023"
    assert out.issues == ()


def test_a_post_of_the_day_before() -> None:
    out = _infer("قال اليوم الأحد إنه\nمنشور هنا", post="منشور هنا", on=date(2023, 12, 9))
    assert out.published.value == date(2023, 12, 10)
    assert out.published.basis == "post"


def test_two_weekdays_for_today_stay_unknown() -> None:
    out = _infer("قال اليوم الأحد. وقال اليوم الثلاثاء.\nمنشور", post="منشور", on=date(2023, 12, 9))
    assert out.published.value is None
    assert [i.code for i in out.issues][:1] == ["published-conflict"]


def test_weekdays_inside_the_post_do_not_count() -> None:
    out = _infer("قال اليوم السبت\nمنشور: اليوم الجمعة", post="منشور: اليوم الجمعة", on=date(2023, 12, 8))
    assert out.published.value == date(2023, 12, 9)


def test_an_english_dateline() -> None:
    out = _infer("Title\nBAGHDAD, Dec. 9, 2023 (Agency) - Rockets hit a base.")
    assert out.published.value == date(2023, 12, 9)
    assert out.published.basis == "dateline"
    assert out.published.span is not None
    assert out.published.span.text == "Dec. 9, 2023"


def test_an_arabic_dateline() -> None:
    out = _infer("عنوان\nبغداد - 9 كانون الأول 2023 - سقطت صواريخ على القاعدة")
    assert (out.published.value, out.published.basis) == (date(2023, 12, 9), "dateline")


def test_a_weekday_beside_a_whole_date() -> None:
    out = _infer("وقع الهجوم، كما قالت المصادر، في اليوم السبت 9 كانون الأول 2023 قرب البلدة")
    assert (out.published.value, out.published.basis) == (date(2023, 12, 9), "weekday")


def test_nothing_to_go_by() -> None:
    out = _infer("سقطت صواريخ أمس على القاعدة")
    assert out.published.value is None
    assert out.published.basis == "unknown"
    assert [i.code for i in out.issues] == ["published-unknown"]


def test_a_known_day_is_left_alone() -> None:
    out = _infer("اليوم الأحد", known=date(2023, 12, 9))
    assert out.published.value == date(2023, 12, 9)
    assert out.issues == ()


@pytest.mark.parametrize(
    "text",
    [
        "عنوان الخبر\nشبكة النهر - الجمعة 8/12/2023\nسقطت قذائف ظهر اليوم.",
        "عنوان الخبر\nبغداد، 8 كانون الأول 2023\nتدين الوزارة ما جرى فجر اليوم.",
        "A headline\nBy the Ledger staff, December 8, 2023\nThey met on Monday.",
    ],
)
def test_a_byline_that_ends_in_a_day(text: str) -> None:
    out = _infer(text)
    assert (out.published.value, out.published.basis) == (date(2023, 12, 8), "dateline")


@pytest.mark.parametrize(
    "text",
    [
        # the day of what is told, not of the report
        "هجوم على القاعدة في 8 كانون الأول 2023\nسقطت قذائف على السور.",
        # far down the text
        "عنوان\nسطر أول\nسطر ثان\nسطر ثالث\nتوقيع، 8 كانون الأول 2023\n",
    ],
)
def test_a_day_inside_the_text_is_no_dateline(text: str) -> None:
    assert _infer(text).published.value is None
