from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
import stamina

from tawatur.model import NO_REPORT, Capture, Unread, Visit
from tawatur.sources.feed_items import GIVEN, Given, Tally, feed_captures
from tawatur.sources.fetching import Fetcher
from tawatur.sources.revisits import is_due, is_open
from tawatur.text.documents import document_of
from tests.sources.server import Answer, Server
from tests.sources.visits import BEGIN, HandClock, Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
REPORT = "<html><body><article><h1>عنوان الصفحة</h1><p>قتل ثلاثة أشخاص في غارة على البلدة صباح اليوم.</p></article></body></html>"
OWN = "<p>سقطت ثلاث قذائف على بلدة السفح صباح اليوم.</p><p>لم تقع إصابات بين السكان.</p>"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.page("/1", REPORT, etag="v1")
        running.page("/2", REPORT)
        yield running


@dataclass
class Desk:
    """One feed read again and again: the same books, a clock moved by hand."""

    server: Server
    visits: Visits = field(default_factory=Visits)
    hand: HandClock = field(default_factory=HandClock)
    tally: Tally = field(default_factory=Tally)

    @property
    def fetcher(self) -> Fetcher:
        return fetcher(self.visits, clock=self.hand.clock)

    def read(self, items: str, given: Given = GIVEN, *, full: bool = True) -> list[Capture | Unread]:
        content = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>صدى</title>{items}</channel></rss>'
        source = Capture(content.encode(), address=self.server.address("/feed"), fetched=BEGIN)
        self.tally = Tally()
        found = feed_captures(
            source, self.fetcher, given, full=full, tally=self.tally, now=self.hand.clock.now
        )  # fmt: skip
        return list(found)


@pytest.fixture
def desk(server: Server) -> Desk:
    return Desk(server)


def item(link: str = "", title: str = "", text: str = "", guid: str = "", more: str = "") -> str:
    own = f"<description><![CDATA[{text}]]></description>" if text else ""
    return f"<item><link>{link}</link><title>{title}</title><guid isPermaLink='false'>{guid}</guid>{own}{more}</item>"


def captures(found: list[Capture | Unread]) -> list[Capture]:
    return [each for each in found if isinstance(each, Capture)]


def test_each_page_comes_with_what_the_feed_says_of_it(desk: Desk) -> None:
    (page,) = captures(
        desk.read(item("/1", "عنوان", OWN, "g1", "<pubDate>24 تشرين الثاني 2026</pubDate>"), Given("الصدى"))
    )
    assert (page.content, page.address) == (REPORT.encode(), desk.server.address("/1"))
    assert (page.collection, page.item, page.outlet, page.listed) == ("صدى", "", "الصدى", "24 تشرين الثاني 2026")
    assert page.title == ""  # the page's own headline counts
    assert page.found_at == desk.server.address("/feed") + "#g1"
    assert document_of(page).published.value == date(2026, 11, 24)
    assert desk.tally == Tally(listed=1, pages=1)


def test_a_page_is_fetched_once_however_often_the_feed_is_read(desk: Desk) -> None:
    desk.read(item("/1") + item("/2"))
    desk.hand.elapsed = 30 * 86400.0
    assert desk.read(item("/1") + item("/2")) == []
    assert desk.tally == Tally(listed=2, known=2)
    assert [asked.path for asked in desk.server.asked()] == ["/1", "/2"]


def test_a_page_that_changed_is_asked_for_again_but_not_within_the_hour(desk: Desk) -> None:
    changed = "<atom:updated>2026-11-01T12:20:00Z</atom:updated>"  # twenty minutes after the first visit
    desk.read(item("/2"))
    desk.hand.elapsed = 30 * 60.0
    assert desk.read(item("/2", more=changed)) == []
    assert (desk.tally.known, desk.tally.later) == (1, 1)
    desk.hand.elapsed = 61 * 60.0
    assert len(captures(desk.read(item("/2", more=changed)))) == 1
    desk.hand.elapsed = 200 * 60.0
    assert desk.read(item("/2", more=changed)) == []
    assert (desk.tally.known, desk.tally.later) == (1, 0)


def test_a_page_that_is_gone_leaves_the_words_of_the_feed(desk: Desk) -> None:
    own, why = desk.read(item("/404", "عنوان الخبر", OWN, "g", "<pubDate>Tue, 24 Nov 2026 09:00:00 +0200</pubDate>"))
    assert isinstance(own, Capture)
    assert (own.kind, own.media_type, own.address) == ("page", "text/html", desk.server.address("/404"))
    document = document_of(own)
    assert (document.title, document.published.value) == ("عنوان الخبر", date(2026, 11, 24))
    assert "سقطت ثلاث قذائف على بلدة السفح صباح اليوم." in document.text
    assert "لم تقع إصابات بين السكان." in document.text
    assert isinstance(why, Unread)
    assert (why.code, "404" in why.message) == (NO_REPORT, True)
    assert desk.tally == Tally(listed=1, own=1)


def test_a_page_that_failed_for_now_is_asked_for_again_and_takes_the_same_address(desk: Desk) -> None:
    desk.server.handle("/slow", lambda asked: Answer(b"", 503))
    own = captures(desk.read(item("/slow", "t", OWN)))[0]
    assert desk.tally.later == 1
    desk.hand.elapsed = 1800.0
    assert desk.read(item("/slow", "t", OWN)) == []
    assert (desk.tally.known, desk.tally.later) == (1, 1)
    desk.server.page("/slow", REPORT)
    desk.hand.elapsed = 3700.0
    page = captures(desk.read(item("/slow", "t", OWN)))[0]
    assert (page.address, page.item, page.content) == (own.address, own.item, REPORT.encode())
    assert desk.tally == Tally(listed=1, pages=1)


def test_a_page_that_is_gone_is_not_asked_for_again_the_same_day(desk: Desk) -> None:
    desk.read(item("/404", "t", OWN))
    desk.hand.elapsed = 23 * 3600.0
    assert desk.read(item("/404", "t", OWN)) == []
    assert desk.tally == Tally(listed=1, known=1)
    desk.hand.elapsed = 25 * 3600.0
    desk.read(item("/404", "t", OWN))
    assert len(desk.server.asked("/404")) == 2


def test_a_text_without_a_page_is_a_row(desk: Desk) -> None:
    (own,) = captures(desk.read(item("", "بيان", "أعلن المجلس وقف العمل غدا.", "urn:7"), Given(language="ar")))
    assert json.loads(own.content) == {"title": "بيان", "text": "أعلن المجلس وقف العمل غدا.", "language": "ar"}
    assert (own.kind, own.address, own.item) == ("row", desk.server.address("/feed"), "urn:7")
    assert document_of(own).text == "بيان\nأعلن المجلس وقف العمل غدا."


def test_a_headline_alone_is_the_text(desk: Desk) -> None:
    (own,) = captures(desk.read(item("", "مقتل ثلاثة في غارة على السفح", guid="g")))
    assert document_of(own).text == "مقتل ثلاثة في غارة على السفح"


def test_an_item_with_nothing_is_told(desk: Desk) -> None:
    (row,) = desk.read(item(guid="g9"))
    assert isinstance(row, Unread)
    assert (row.found_at, row.code) == (desk.server.address("/feed") + "#g9", "feed")
    (row,) = desk.read(item("/404"))
    assert isinstance(row, Unread)
    assert (row.code, desk.tally.failed) == ("fetch", 1)


def test_posts_of_one_long_page_keep_their_own_words(desk: Desk) -> None:
    posts = item("/1#p1", "أول", "<p>خبر أول</p>", "p1") + item("/1#p2", "ثان", "<p>خبر ثان</p>", "p2")
    page, post = captures(desk.read(posts))
    assert (page.content, page.item) == (REPORT.encode(), "")
    assert (post.item, post.title) == ("p2", "ثان")
    assert "خبر ثان".encode() in post.content


def test_without_pages_only_the_feed_is_read(desk: Desk) -> None:
    found = captures(desk.read(item("/1", "أ", OWN) + item("/2", "ب", OWN), full=False))
    assert [each.address for each in found] == [desk.server.address("/1"), desk.server.address("/2")]
    assert desk.server.asked() == []


def test_a_page_on_a_private_network_is_refused_and_the_words_stay(server: Server) -> None:
    closed = fetcher(Visits(), settings={"allow_private": False})
    content = f'<rss version="2.0"><channel>{item("http://10.0.0.1/x", "t", OWN)}</channel></rss>'
    own, why = feed_captures(Capture(content.encode(), address=server.address("/feed")), closed)
    assert isinstance(own, Capture)
    assert isinstance(why, Unread)
    assert own.kind == "page"


def test_media_brings_the_bytes_of_what_is_attached_once(desk: Desk) -> None:
    desk.server.page("/a.png", b"\x89PNG a", media_type="image/png")
    files = '<enclosure url="/a.png" type="image/png"/><enclosure url="/lost.mp4" type="video/mp4"/>'
    page, lost = desk.read(item("/1", more=files), Given(media=True))
    assert isinstance(page, Capture)
    assert isinstance(lost, Unread)
    assert [(a.kind, a.content) for a in page.attachments] == [("picture", b"\x89PNG a"), ("video", None)]
    assert (lost.code, "lost.mp4" in lost.message) == ("picture", True)


def test_without_media_what_is_attached_is_only_named(desk: Desk) -> None:
    (page,) = captures(desk.read(item("/1", more='<enclosure url="/a.png" type="image/png"/>')))
    assert [(a.address, a.content) for a in page.attachments] == [(desk.server.address("/a.png"), None)]
    assert desk.server.asked("/a.png") == []


def test_it_ends_between_two_items_when_asked(desk: Desk) -> None:
    content = f'<rss version="2.0"><channel>{item("/1")}{item("/2")}</channel></rss>'
    source = Capture(content.encode(), address=desk.server.address("/feed"))
    tally = Tally()
    stop = False
    found = feed_captures(source, desk.fetcher, tally=tally, stop=lambda: stop)
    next(found)
    stop = True
    assert list(found) == []
    assert (tally.pages, tally.later) == (1, 1)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "changed", "waited", "due", "still_open"),
    [
        (None, None, 0, True, True),
        (Visit("a", BEGIN, 200, digest="d"), None, 9999, False, False),
        (Visit("a", BEGIN, 200, digest="d"), BEGIN, 9999, False, False),
        (Visit("a", BEGIN, 200, digest="d"), BEGIN + HOUR, 0.5, False, True),
        (Visit("a", BEGIN, 200, digest="d"), BEGIN + HOUR, 2, True, True),
        (Visit("a", BEGIN, 503), None, 0.5, False, True),
        (Visit("a", BEGIN, 503), None, 1, True, True),
        (Visit("a", BEGIN, 0), None, 1, True, True),
        (Visit("a", BEGIN, 403), None, 23, False, False),
        (Visit("a", BEGIN, 403), None, 24, True, False),
    ],
)
def test_when_a_page_is_asked_for_again(
    before: Visit | None, changed: datetime | None, waited: float, due: bool, still_open: bool
) -> None:
    assert is_due(before, changed, BEGIN + waited * HOUR) is due
    assert is_open(before, changed) is still_open
