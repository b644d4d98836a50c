from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.text.parts import parts_of

LEAD = "قالت مصادر محلية إن ثلاثة صواريخ سقطت مساء الجمعة قرب القاعدة في الريف الشرقي من دون إصابات."
SECOND = "وأضافت المصادر أن القوات المتمركزة في القاعدة ردت بالمدفعية، وأن طائرات حلقت في المنطقة حتى الفجر."
POST = "سقوط صواريخ قرب القاعدة قبل قليل #عاجل pic.twitter.com/abcdEF12"


def kinds(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end]) for p in parts_of(text, title)]


def test_title_heading_and_paragraphs_without_any_mark() -> None:
    text = f"صواريخ تسقط قرب قاعدة في الريف\n{LEAD}\nبيان لاحق من الجماعة\n{SECOND}"
    assert kinds(text) == [
        ("title", "صواريخ تسقط قرب قاعدة في الريف"),
        ("body", LEAD),
        ("heading", "بيان لاحق من الجماعة"),
        ("body", SECOND),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("December 9, 2023", date(2023, 12, 9)),
        ("9 ديسمبر، 2023", date(2023, 12, 9)),
        ("٩ كانون الأول ٢٠٢٣", date(2023, 12, 9)),
        ("9 ديسمبر/كانون الأول 2023", date(2023, 12, 9)),
        ("2023-12-09", date(2023, 12, 9)),
    ],
)
def test_a_post_with_its_signature_is_one_part(day: str, expected: date) -> None:
    text = f"{LEAD}\n{POST}\n— سالم الراوي 🇸🇾 (@salem_x) {day}\n{SECOND}"
    body, post, after = parts_of(text)
    assert (body.kind, after.kind) == ("body", "body")
    assert text[post.start : post.end] == f"{POST}\n— سالم الراوي 🇸🇾 (@salem_x) {day}"
    assert (post.kind, post.author, post.date) == ("post", "سالم الراوي 🇸🇾 (@salem_x)", expected)
    assert post.links == ("pic.twitter.com/abcdEF12",)


def test_a_post_of_several_lines_between_blank_lines() -> None:
    text = f"{LEAD}\n\nالسطر الأول\nالسطر الثاني\n— سالم (@salem_x) May 1, 2024\n\n{SECOND}"
    assert [text[p.start : p.end].splitlines()[0] for p in parts_of(text) if p.kind == "post"] == ["السطر الأول"]


def test_a_handle_inside_a_sentence_signs_nothing() -> None:
    assert [k for k, _ in kinds(f"{LEAD}\nوكتب الحساب (@salem_x) أن القصف مستمر على القاعدة.\n{SECOND}")] == [
        "body"
    ] * 3


@pytest.mark.parametrize(
    "line",
    ["مشاركة", "إعجاب", "1,027 زيارة", "شارك على فيس بوك", "Log in", "هذا الموقع يستخدم ملفات تعريف الارتباط",
     "اقرأ أيضاً: وزير الزراعة يفتتح معرضاً", "See more of Some Page on Facebook", "12 Retweets"],
)  # fmt: skip
def test_lines_that_are_furniture_wherever_they_stand(line: str) -> None:
    text = f"{LEAD}\n{line}\n{SECOND}"
    middle = parts_of(text)[1]
    assert (middle.kind, bool(middle.reason)) == ("furniture", True)
    assert [p.kind for p in parts_of(text)] == ["body", "furniture", "body"]


@pytest.mark.parametrize(
    "line",
    ["انضم عشرات المقاتلين إلى الفصيل في البلدة.", "وقال في تعليق إن المشاركة مستمرة في القتال.",
     "وشارك في الهجوم عشرون مقاتلا من الجماعة."],
)  # fmt: skip
def test_sentences_with_the_words_of_buttons_stay(line: str) -> None:
    assert ("body", line) in kinds(f"{LEAD}\n{line}\n{SECOND}")


def test_other_headlines_and_comments_below_the_report() -> None:
    text = "\n\n".join(
        ["صواريخ تسقط قرب قاعدة", LEAD, SECOND, "مقالات ذات صلة", "ارتفاع أسعار الخبز في العاصمة",
         "منتخب الشباب يتعادل في البطولة", "اترك تعليقاً", "أحمد: الله يحمي الجميع"]
    )  # fmt: skip
    assert [k for k, _ in kinds(text)] == ["title", "body", "body", *["furniture"] * 5]


def test_a_list_of_names_below_the_report_stays() -> None:
    text = "\n\n".join([LEAD, SECOND + " والضحايا هم:", "سالم أحمد الراوي", "خالد يوسف المر", "سمير علي الحسن"])
    assert "furniture" not in [k for k, _ in kinds(text)]


def test_a_short_last_sentence_stays_though_other_headlines_follow() -> None:
    text = "\n\n".join([LEAD, "ولم تقع إصابات بين الجنود.", "أسعار الخبز ترتفع", "فوز المنتخب", "معرض الزهور يفتح"])
    assert ("body", "ولم تقع إصابات بين الجنود.") in kinds(text)
    assert [k for k, _ in kinds(text)][-3:] == ["furniture"] * 3


def test_a_saved_facebook_post_is_a_post_with_its_author_and_day() -> None:
    text = (
        f"سالم - قالت مصادر...\nFacebook‎سالم‎'s Post\n\nسالمDecember 8, 2023 · Shared with Public{LEAD}"
        "All reactions:1203 comments4 sharesLikeCommentMost relevantأحمدتم1w"
    )
    head, post, tail = parts_of(text)
    assert (head.kind, tail.kind) == ("furniture", "furniture")
    assert (text[post.start : post.end], post.kind) == (LEAD, "post")
    assert (post.author, post.date) == ("سالم", date(2023, 12, 8))


def test_a_saved_post_of_x_ends_at_its_time_stamp() -> None:
    text = f"Post\n\nPost\n\nسالم@salem_x{LEAD}9:36 PM · Dec 19, 20252.7KViews4641\n\nأحمد@ahmad1Dec 19, 2025تم7"
    posts = [p for p in parts_of(text) if p.kind == "post"]
    assert [text[p.start : p.end] for p in posts] == [LEAD]
    assert (posts[0].author, posts[0].date) == ("سالم (@salem_x)", date(2025, 12, 19))


PIECES = st.sampled_from(
    [LEAD, SECOND, POST, "— س (@abc) May 1, 2024", "\n", "\n\n", " ", "مشاركة", "التعليقات", "مقالات ذات صلة", "LikeComment",
     "All reactions:12", "Facebook‎س‎'s Post\n", "· Shared with Public", "Post\n\nPost\n\n", "9:36 PM · Dec 19, 2025", "@a1",
     "...", "عنوان قصير هنا", "\r\n", "\u200f", "\u2028", "AI content"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=14).map("".join), st.booleans())
def test_parts_cover_the_text_in_order_without_overlap(text: str, titled: bool) -> None:
    edge = 0
    for part in parts_of(text, text[:9] if titled else ""):
        assert edge <= part.start < part.end
        assert not text[edge : part.start].strip()
        assert (part.kind == "furniture") == bool(part.reason)
        edge = part.end
    assert not text[edge:].strip()
