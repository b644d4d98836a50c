"""What a report points to or shows: pictures, posts and links of its body, not those of the page around it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import lxml.html
import pytest

from tawatur.model import Attachment, Capture
from tawatur.text.attachments import MOST, absolute, base_of, pictures
from tawatur.text.documents import document_of, from_text
from tawatur.text.html import read_html

PAGE = Path(__file__).parent / "pages" / "news.html"
FIRST = "قالت مصادر محلية للوكالة إن ثلاثة صواريخ سقطت مساء الجمعة قرب القاعدة الواقعة في الريف الشرقي"
SECOND = "وأضافت المصادر أن القوات المتمركزة في القاعدة ردت بالمدفعية على مصادر النيران حتى الفجر."


def page(first: str, more: str = "") -> str:
    return (
        f"<html><body><nav><p><a href='/all'>الرئيسية</a></p></nav><article><h1>سقوط صواريخ</h1><p>{first}</p><p>{SECOND}</p>"
        f"{more}</article><footer><p>جميع الحقوق محفوظة <a href='/about'>من نحن</a></p></footer></body></html>"
    )


def test_a_page_as_outlets_print_it() -> None:
    found = document_of(Capture(PAGE.read_bytes())).attachments
    assert found[0] == Attachment("picture", "https://nada.example/news/a.jpg")
    assert (
        Attachment(
            "post", "https://twitter.com/salem_rawi/status/17331", "سالم الراوي (@salem_rawi)", date(2023, 12, 8)
        )
        in found
    )
    addresses = {a.address for a in found if a.kind == "link"}
    assert "https://t.co/AbCd123" in addresses
    assert not addresses & {"https://nada.example/1", "https://nada.example/2", "https://nada.example/"}


def test_links_of_the_body_are_made_absolute_and_kept_once() -> None:
    first = f"{FIRST}، <a href='../n/2?x=1#c'>بحسب بيان</a> و<a href='https://b.example/3'>تقرير</a> و<a href='/n/2?x=1'>البيان</a>."
    links = [a for a in read_html(page(first), "https://a.example/d/1").attachments if a.kind == "link"]
    assert [a.address for a in links] == ["https://a.example/n/2?x=1", "https://b.example/3"]


def test_no_more_than_the_bound_is_kept() -> None:
    first = FIRST + " ".join(f"<a href='/{n}'>{n}</a>" for n in range(MOST + 50))
    document = document_of(Capture(page(first).encode(), "https://a.example/1", kind="page"))
    assert len([a for a in document.attachments if a.kind == "link"]) == MOST


def test_small_pictures_are_signs_and_lazy_ones_have_their_address_elsewhere() -> None:
    more = (
        "<p><img src='i.png' width='16'><img src='data:image/gif;base64,R0' data-src='/big.jpg' width='800'>"
        "<img src='data:image/gif;base64,R0'></p>"
    )
    found = read_html(page(FIRST, more), "https://a.example/d/1").attachments
    assert [a.address for a in found if a.kind == "picture"] == ["https://a.example/big.jpg"]


@pytest.mark.parametrize(
    ("href", "found"),
    [("b", "https://a.example/d/b"), ("//c.example/x", "https://c.example/x"), ("javascript:x()", ""), ("mailto:a@b", ""),
     ("http://[", ""), ("./خبر_files/a.jpg", "خبر_files/a.jpg"), ("page.files/a.jpg", "page.files/a.jpg"),
     ("cid:1@mhtml", "cid:1@mhtml"), ("/wp_files/a.jpg", "https://a.example/wp_files/a.jpg")],
)  # fmt: skip
def test_addresses(href: str, found: str) -> None:
    assert absolute(href, "https://a.example/d/1") == found


def test_a_page_may_say_what_its_addresses_are_relative_to() -> None:
    tree = lxml.html.document_fromstring(
        "<html><head><base href='/x/'></head><body><p><img src='a.jpg'></p></body></html>"
    )
    base = base_of(tree, "https://a.example/d/1")
    assert pictures(tree, base) == [Attachment("picture", "https://a.example/x/a.jpg")]


def test_the_posts_in_a_plain_text() -> None:
    text = (
        "سقوط صواريخ قرب القاعدة في الريف الشرقي مساء اليوم، بحسب مصادر محلية.\n"
        "سقوط صواريخ #عاجل https://t.co/AbCd12\n— سالم (@salem_x) December 8, 2023\n"
    )
    assert from_text(text).attachments == (Attachment("link", "https://t.co/AbCd12"),)
