from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator

import pytest
import stamina

from tawatur.errors import InputError
from tawatur.model import Capture, Unread
from tawatur.sources.web import web_captures
from tawatur.text.documents import document_of
from tests.sources import server as wires
from tests.sources.server import Server
from tests.sources.visits import Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
REPORT = "<html><body><article><h1>عنوان الخبر</h1>{}<p>قتل ثلاثة أشخاص في غارة على البلدة صباح اليوم.</p></article></body></html>"
PICTURE = b"\x89PNG picture"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.page("/ar/news/1", REPORT.format(""), etag="v1")
        running.page("/", "<p>front")
        running.page("/a.png", PICTURE, media_type="image/png")
        yield running


def found(server: Server, *paths: str, media: bool = False) -> list[Capture | Unread]:
    return list(web_captures([server.address(path) for path in paths], fetcher(Visits()), media=media))


def test_pages_come_and_what_does_not_leaves_a_row(server: Server) -> None:
    server.raw("/cut", wires.cut_off)
    items = found(server, "/ar/news/1", "/missing", "/cut", "/ar/news/1")
    assert [type(item) for item in items] == [Capture, Unread, Unread]
    page, missing, cut = items
    assert isinstance(page, Capture)
    assert isinstance(missing, Unread)
    assert isinstance(cut, Unread)
    assert document_of(page).title == "عنوان الخبر"
    assert (missing.found_at, missing.code) == (server.address("/missing"), "fetch")
    assert "404" in missing.message
    assert missing.hint != cut.hint


def test_an_address_that_is_none_leaves_a_row() -> None:
    (row,) = web_captures(["http://0x7f.1/"], fetcher(Visits()))
    assert isinstance(row, Unread)
    assert "disguise" in row.message


@pytest.mark.parametrize(
    ("body", "media_type", "what"),
    [
        (b"%PDF-1.7", "application/pdf", "application/pdf"),
        (b"%PDF-1.7", "text/html", "a PDF"),
        (b"\x89PNG", "", "a picture"),
    ],
)
def test_what_is_no_page_is_said_to_be_none(server: Server, body: bytes, media_type: str, what: str) -> None:
    server.page("/x", body, media_type=media_type)
    (row,) = found(server, "/x")
    assert isinstance(row, Unread)
    assert what in row.message


def test_a_report_that_leads_to_the_front_page_is_gone(server: Server) -> None:
    server.redirect("/ar/news/2", "/", 301)
    (row,) = found(server, "/ar/news/2")
    assert isinstance(row, Unread)
    assert "front page" in row.message
    assert row.content == b"<p>front"
    assert isinstance(found(server, "/")[0], Capture)


def test_pictures_are_kept_with_their_page(server: Server) -> None:
    server.page("/ar/news/3", REPORT.format('<img src="/a.png"><img src="/b.png"><img src="/ar/news/1">'))
    server.redirect("/b.png", "http://10.0.0.1/b.png")
    page, *rows = found(server, "/ar/news/3", media=True)
    assert isinstance(page, Capture)
    (kept,) = page.attachments
    assert (kept.kind, kept.address, kept.media_type, kept.content) == (
        "picture",
        server.address("/a.png"),
        "image/png",
        PICTURE,
    )
    assert kept.digest == hashlib.sha256(PICTURE).hexdigest()
    assert [(type(row), row.found_at) for row in rows if isinstance(row, Unread)] == [
        (Unread, server.address("/ar/news/3"))
    ] * 2
    assert len(rows) == 2


def test_pictures_are_left_alone_unless_asked_for(server: Server) -> None:
    server.page("/ar/news/3", REPORT.format('<img src="/a.png">'))
    (page,) = found(server, "/ar/news/3")
    assert isinstance(page, Capture)
    assert page.attachments == ()
    assert server.asked("/a.png") == []


def test_pictures_are_found_from_where_the_page_ended(server: Server) -> None:
    server.page("/deep/er/page", REPORT.format('<img src="a.png">'))
    server.page("/deep/er/a.png", PICTURE, media_type="image/png")
    server.redirect("/short", "/deep/er/page", 302)
    (page,) = found(server, "/short", media=True)
    assert isinstance(page, Capture)
    assert [a.address for a in page.attachments] == [server.address("/deep/er/a.png")]


def test_a_deep_page_comes_whole_and_is_read(server: Server) -> None:
    deep = "<div>" * 100_000 + REPORT.format("")
    server.page("/deep", deep)
    (page,) = found(server, "/deep")
    assert isinstance(page, Capture)
    assert page.content == deep.encode()
    assert document_of(page).text.strip()


def test_a_page_of_30_mb_comes_whole_and_is_refused_as_a_report(server: Server) -> None:
    large = ("<p>" + "نص طويل جدا " * 1_500_000).encode()
    assert len(large) > 30_000_000
    server.page("/large", gzip.compress(large, 1), headers={"Content-Encoding": "gzip"})
    (page,) = found(server, "/large")
    assert isinstance(page, Capture)
    assert page.content == large
    with pytest.raises(InputError):
        document_of(page)
