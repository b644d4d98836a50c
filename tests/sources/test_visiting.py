from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import date

import pytest
import stamina

from tawatur.errors import TawaturError
from tawatur.model import Capture, Unread
from tawatur.sources.feed_items import Tally
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.visiting import reports_at, visit
from tawatur.sources.watching import Told, TryLaterError, Watched, watch
from tests.sources.server import Answer, Server
from tests.sources.visits import HandClock, Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
REPORT = (
    "<html><body><article><h1>عنوان</h1><p>قتل ثلاثة أشخاص في غارة على البلدة صباح اليوم.</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.page("/1", REPORT)
        running.page("/2", REPORT)
        running.feed("/rss", {"/1": "أ", "/2": "ب"}, etag="v1")
        running.page("/map", f"<urlset><url><loc>{running.address('/1')}</loc></url></urlset>", media_type="text/xml")
        yield running


def test_a_feed_gives_its_pages_and_then_nothing_while_its_server_calls_it_unchanged(server: Server) -> None:
    visits, tally = Visits(), Tally()
    entry = FeedEntry(server.address("/rss"), outlet="الصدى")
    found = list(visit(entry, fetcher(visits), tally=tally).reports)
    assert [(c.address, c.outlet) for c in found if isinstance(c, Capture)] == [
        (server.address("/1"), "الصدى"), (server.address("/2"), "الصدى")
    ]  # fmt: skip
    assert tally == Tally(listed=2, pages=2)
    assert list(visit(entry, fetcher(visits)).reports) == []
    assert [visit.status for visit in visits.to("/rss")] == [200, 304]
    assert len(server.asked("/1")) == 1


def test_a_feed_whose_bytes_are_not_held_is_read_again_as_a_whole(server: Server) -> None:
    visits = Visits()
    entry = FeedEntry(server.address("/rss"))
    lost: set[str] = set()
    for _ in range(2):
        list(visit(entry, fetcher(visits, holds=lambda digest: digest not in lost)).reports)
        lost.add(visits.to("/rss")[0].digest)
    assert [visit.status for visit in visits.to("/rss")] == [200, 200]
    assert len(server.asked("/1")) == 1


def test_a_sitemap_with_its_limits(server: Server) -> None:
    entry = FeedEntry(server.address("/map"), kind="sitemap", max_pages=1, since=date(2026, 1, 1), outlet="الصدى")
    (page,) = visit(entry, fetcher(Visits())).reports
    assert isinstance(page, Capture)
    assert (page.address, page.outlet) == (server.address("/1"), "الصدى")


def test_a_page_comes_again_when_it_changes(server: Server) -> None:
    visits, entry = Visits(), FeedEntry(server.address("/page"), kind="page", outlet="الصدى")
    tally = Tally()
    server.page("/page", REPORT, etag="v1")
    assert len(list(visit(entry, fetcher(visits)).reports)) == 1
    assert list(visit(entry, fetcher(visits), tally=tally).reports) == []
    assert tally == Tally()
    server.page("/page", REPORT.replace("ثلاثة", "أربعة"), etag="v2")
    (page,) = visit(entry, fetcher(visits)).reports
    assert isinstance(page, Capture)
    assert "أربعة".encode() in page.content


@pytest.mark.parametrize("kind", ["feed", "sitemap", "page"])
def test_what_cannot_be_had_is_to_be_tried_later(server: Server, kind: str) -> None:
    with pytest.raises(TryLaterError, match="404"):
        visit(FeedEntry(server.address("/lost"), kind=kind), fetcher(Visits()))  # type: ignore[arg-type]


def test_the_time_that_a_server_asks_for_is_passed_on(server: Server) -> None:
    server.handle("/busy", lambda asked: Answer(b"", 429, {"Retry-After": "7200"}))
    with pytest.raises(TryLaterError) as caught:
        visit(FeedEntry(server.address("/busy")), fetcher(Visits(), clock=HandClock().clock))
    assert caught.value.after == 7200.0


def test_a_page_given_for_a_feed_is_told_with_the_feed_that_it_names(server: Server) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">'
    server.page("/front", f"<html><head><link rel='icon' href='/i'>{link}</head></html>")
    hints = {}
    for path in ("/front", "/1", "/map"):
        with pytest.raises(TawaturError, match="is no feed") as caught:
            visit(FeedEntry(server.address(path)), fetcher(Visits()))
        hints[path] = caught.value.hint
    assert hints["/front"] == f"the page there names this one: {server.address('/rss?a=1&b=2')}"
    assert 'kind = "page"' in hints["/1"]
    assert 'kind = "sitemap"' in hints["/map"]


def test_an_address_alone_tells_what_stands_there(server: Server) -> None:
    server.page(
        "/packed",
        gzip.compress(server.address("/2").encode().join([b"<urlset><url><loc>", b"</loc></url></urlset>"])),
        media_type="application/gzip",
    )
    found = {
        path: list(reports_at(server.address(path), fetcher(Visits())))
        for path in ("/rss", "/map", "/packed", "/1", "/lost")
    }
    assert {path: [getattr(each, "address", "none") for each in got] for path, got in found.items()} == {
        "/rss": [server.address("/1"), server.address("/2")],
        "/map": [server.address("/1")],
        "/packed": [server.address("/2")],
        "/1": [server.address("/1")],
        "/lost": ["none"],
    }


def test_a_page_that_leads_to_the_front_page_now_is_no_report(server: Server) -> None:
    server.page("/", "<p>front")
    server.redirect("/news/9", "/")
    tally = Tally()
    (row,) = visit(FeedEntry(server.address("/news/9"), kind="page"), fetcher(Visits()), tally=tally).reports
    assert isinstance(row, Unread)
    assert (row.code, tally) == ("fetch", Tally(failed=1))


def test_feeds_are_watched_end_to_end_and_a_broken_one_harms_no_other(server: Server) -> None:
    server.page(
        "/bomb", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel>' + b"<a>" * 1000, media_type="text/xml"
    )
    server.raw("/hang-up", lambda: ())
    entries = [FeedEntry(server.address(path)) for path in ("/hang-up", "/bomb", "/rss", "/lost")]
    visits, kept, lock, told = Visits(), dict[str, bytes](), threading.Lock(), list[Told]()
    using = fetcher(visits)

    def read(entry: FeedEntry) -> int:
        new = 0
        for found in visit(entry, using).reports:
            with lock:
                if isinstance(found, Capture):
                    kept[found.address] = found.content
                    new += 1
        return new

    assert watch(entries, read, threading.Event(), told.append, once=True) == Watched(4, 2, 2)
    assert sorted(kept) == [server.address("/1"), server.address("/2")]
    assert [t.feed for t in told if t.what == "visited"] == [server.address("/bomb"), server.address("/rss")]
