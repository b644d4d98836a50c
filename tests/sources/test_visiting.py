from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest
import stamina

from tawatur.errors import TawaturError
from tawatur.model import Capture
from tawatur.sources.feed_items import GIVEN, Tally
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.visiting import listed_captures, visit
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
    found = list(visit(entry, fetcher(visits), tally=tally))
    assert [(c.address, c.outlet) for c in found if isinstance(c, Capture)] == [
        (server.address("/1"), "الصدى"), (server.address("/2"), "الصدى")
    ]  # fmt: skip
    assert tally == Tally(listed=2, pages=2)
    assert list(visit(entry, fetcher(visits))) == []
    assert [visit.status for visit in visits.to("/rss")] == [200, 304]
    assert len(server.asked("/1")) == 1


def test_a_feed_whose_bytes_are_not_held_is_read_again_as_a_whole(server: Server) -> None:
    visits = Visits()
    entry = FeedEntry(server.address("/rss"))
    lost: set[str] = set()
    for _ in range(2):
        list(visit(entry, fetcher(visits, holds=lambda digest: digest not in lost)))
        lost.add(visits.to("/rss")[0].digest)
    assert [visit.status for visit in visits.to("/rss")] == [200, 200]
    assert len(server.asked("/1")) == 1


def test_a_sitemap_with_its_limits(server: Server) -> None:
    entry = FeedEntry(server.address("/map"), kind="sitemap", max_pages=1, since=date(2026, 1, 1), outlet="الصدى")
    (page,) = visit(entry, fetcher(Visits()))
    assert isinstance(page, Capture)
    assert (page.address, page.outlet) == (server.address("/1"), "الصدى")


def test_a_page_comes_again_when_it_changes(server: Server) -> None:
    visits, entry = Visits(), FeedEntry(server.address("/page"), kind="page", outlet="الصدى")
    tally = Tally()
    server.page("/page", REPORT, etag="v1")
    assert len(list(visit(entry, fetcher(visits)))) == 1
    assert list(visit(entry, fetcher(visits), tally=tally)) == []
    assert tally == Tally(listed=1, known=1)
    server.page("/page", REPORT.replace("ثلاثة", "أربعة"), etag="v2")
    (page,) = visit(entry, fetcher(visits))
    assert isinstance(page, Capture)
    assert "أربعة".encode() in page.content


@pytest.mark.parametrize("kind", ["feed", "sitemap", "page"])
def test_what_cannot_be_had_is_to_be_tried_later(server: Server, kind: str) -> None:
    with pytest.raises(TryLaterError, match="404"):
        list(visit(FeedEntry(server.address("/lost"), kind=kind), fetcher(Visits())))  # type: ignore[arg-type]


def test_the_time_that_a_server_asks_for_is_passed_on(server: Server) -> None:
    server.handle("/busy", lambda asked: Answer(b"", 429, {"Retry-After": "7200"}))
    with pytest.raises(TryLaterError) as caught:
        list(visit(FeedEntry(server.address("/busy")), fetcher(Visits(), clock=HandClock().clock)))
    assert caught.value.after == 7200.0


def test_a_page_given_for_a_feed_is_told_with_the_feed_that_it_names(server: Server) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">'
    server.page("/front", f"<html><head><link rel='icon' href='/i'>{link}</head></html>")
    hints = {}
    for path in ("/front", "/1", "/map"):
        with pytest.raises(TawaturError, match="is no feed") as caught:
            list(visit(FeedEntry(server.address(path)), fetcher(Visits())))
        hints[path] = caught.value.hint
    assert hints["/front"] == f"the page there names this one: {server.address('/rss?a=1&b=2')}"
    assert 'kind = "page"' in hints["/1"]
    assert 'kind = "sitemap"' in hints["/map"]


def test_what_was_fetched_is_told_apart(server: Server) -> None:
    using = fetcher(Visits())
    counts = {}
    for path in ("/rss", "/map", "/1"):
        capture = using.fetch(server.address(path)).capture
        assert capture is not None
        found = listed_captures(capture, fetcher(Visits()), GIVEN)
        counts[path] = None if found is None else len(list(found))
    assert counts == {"/rss": 2, "/map": 1, "/1": None}


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
        for found in visit(entry, using):
            with lock:
                if isinstance(found, Capture):
                    kept[found.address] = found.content
                    new += 1
        return new

    assert watch(entries, read, threading.Event(), told.append, once=True) == Watched(4, 2, 2)
    assert sorted(kept) == [server.address("/1"), server.address("/2")]
    assert [t.feed for t in told if t.what == "visited"] == [server.address("/bomb"), server.address("/rss")]
