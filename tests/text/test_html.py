from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tawatur.errors import InputError
from tawatur.model import Capture
from tawatur.text.documents import document_of
from tawatur.text.html import looks_like_html, read_html

PAGE = Path(__file__).parent / "pages" / "news.html"


def test_a_page_as_outlets_print_it() -> None:
    document = document_of(Capture(PAGE.read_bytes()))
    told = [(p.kind, document.text[p.start : p.end].split()[0]) for p in document.parts]
    assert told == [
        ("title", "مصادر:"), ("caption", "دخان"), ("body", "قالت"), ("body", "وأضافت"), ("post", "سقوط"),
        ("heading", "بيان"), ("body", "وفي"), ("body", "وذكر"),
    ]  # fmt: skip
    assert (document.outlet, document.url, document.language) == ("وكالة الندى", "https://nada.example/news/311", "ar")
    for word in ("الرئيسية", "فيسبوك", "ارتفاع", "أحمد", "انفجار", "الحقوق", "الارتباط", "الزراعة"):
        assert word not in document.text
    assert len([i for i in document.issues if i.code == "furniture"]) >= 5


def test_the_hour_and_the_offset_of_publication_stay() -> None:
    published = document_of(Capture(PAGE.read_bytes())).published
    assert (published.text, published.value, published.basis) == (
        "2023-12-08T23:40:00+02:00", date(2023, 12, 8), "metadata",
    )  # fmt: skip


def test_an_embedded_post_keeps_author_day_address_and_links() -> None:
    document = document_of(Capture(PAGE.read_bytes()))
    (post,) = (p for p in document.parts if p.kind == "post")
    assert (post.author, post.date) == ("سالم الراوي (@salem_rawi)", date(2023, 12, 8))
    assert post.address == "https://twitter.com/salem_rawi/status/17331"
    assert "https://t.co/AbCd123" in post.links


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_the_bytes_may_be_in_another_encoding_than_the_page_says(encoding: str) -> None:
    raw = PAGE.read_text(encoding="utf-8").encode(encoding, "xmlcharrefreplace")
    assert document_of(Capture(raw)).title.startswith("مصادر: ثلاثة صواريخ")


@pytest.mark.parametrize(
    ("embed", "author", "day", "address"),
    [
        (
            '<blockquote cite="https://www.facebook.com/p/posts/1" class="fb-xfbml-parse-ignore"><p>سقوط صواريخ</p>Posted by '
            '<a href="https://www.facebook.com/p">Rawi Page</a> on <a href="#">Friday, December 8, 2023</a></blockquote>',
            "Rawi Page", date(2023, 12, 8), "https://www.facebook.com/p/posts/1",
        ),
        (
            '<div class="tgme_widget_message js-x" data-post="rawi/12"><a class="tgme_widget_message_owner_name">قناة الراوي</a>'
            '<div class="tgme_widget_message_text">سقوط صواريخ<br>قرب القاعدة</div><time datetime="2023-12-08T20:00:00+00:00"></time></div>',
            "قناة الراوي", date(2023, 12, 8), "https://t.me/rawi/12",
        ),
    ],
)  # fmt: skip
def test_posts_of_other_networks(embed: str, author: str, day: date, address: str) -> None:
    paragraphs = "<p>قالت مصادر محلية إن ثلاثة صواريخ سقطت مساء الجمعة قرب القاعدة في الريف الشرقي.</p>" * 1
    more = "<p>وأضافت المصادر أن القوات المتمركزة في القاعدة ردت بالمدفعية وأن طائرات حلقت في المنطقة.</p>"
    page = read_html(f"<html><body><article><h1>عنوان التقرير</h1>{paragraphs}{embed}{more}</article></body></html>")
    (post,) = (b for b in page.blocks if b.kind == "post")
    assert (post.author, post.date, post.address) == (author, day, address)


def test_a_post_without_words_is_an_issue() -> None:
    script = '<script async src="x" data-telegram-post="rawi/12"></script>'
    page = read_html(f"<html><body><p>{'نص التقرير الطويل. ' * 20}</p>{script}</body></html>")
    assert [i.message[-18:] for i in page.issues if i.code == "embed"] == ["https://t.me/rawi/12"[-18:]]


def test_deep_nesting_ends_in_the_report() -> None:
    page = read_html("<html><body>" + "<div>" * 30_000 + "<p>سقطت ثلاثة صواريخ قرب القاعدة في الريف الشرقي.</p>")
    assert [b.text for b in page.blocks] == ["سقطت ثلاثة صواريخ قرب القاعدة في الريف الشرقي."]


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(InputError):
        read_html("<html><body><script>x()</script></body></html>")


def test_what_looks_like_a_page() -> None:
    assert looks_like_html("\ufeff <!doctype html><html>")
    assert not looks_like_html("سقط <p> في النص")
    assert not looks_like_html("x < y and <p>")
