from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import stamina

from tawatur.model import NO_REPORT, Capture, Unread
from tawatur.sources import sitemaps
from tawatur.sources.feed_items import Given, Tally
from tawatur.sources.sitemap_pages import LIMITS, SitemapLimits, sitemap_captures
from tawatur.sources.sitemaps import looks_like_sitemap, moment_of, read_sitemap
from tests.sources.server import Server
from tests.sources.visits import HandClock, Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SAMPLE = (Path(__file__).parent / "feeds" / "sitemap.xml").read_bytes()
AT = "https://sada.example/sitemap.xml"
REPORT = (
    "<html><body><article><h1>عنوان</h1><p>قتل ثلاثة أشخاص في غارة على البلدة صباح اليوم.</p></article></body></html>"
)


def urlset(*entries: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'.encode()


def index(*entries: str) -> bytes:
    return f"<sitemapindex>{''.join(entries)}</sitemapindex>".encode()


def url(address: str, changed: str = "", tag: str = "url") -> str:
    return f"<{tag}><loc>{address}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{tag}>"


def test_a_sitemap_with_news_and_pictures_the_latest_first() -> None:
    found, issues = read_sitemap(Capture(SAMPLE, address=AT))
    assert [entry.address for entry in found.entries] == [
        "https://sada.example/news/1?a=1&b=2",
        "https://sada.example/changed",
        "https://sada.example/old",
        "https://sada.example/undated",
    ]
    assert not found.is_index
    news, changed, *_ = found.entries
    assert (news.listed, news.title, news.changed) == ("2026-11-24T06:30:00+02:00", "قصف على السفح", None)
    assert changed.changed == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert [(i.found_at, i.code) for i in issues] == [(f"{AT}#6", "sitemap")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T10:00:00+02:00", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)),
        ("2026-02", datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-13", None),
        ("9999", None),
        ("أمس", None),
        ("", None),
    ],
)
def test_the_latest_moment_of_a_time(text: str, moment: datetime | None) -> None:
    assert moment_of(text) == moment


def test_what_is_a_sitemap() -> None:
    assert looks_like_sitemap(SAMPLE)
    assert looks_like_sitemap(gzip.compress(SAMPLE))
    assert looks_like_sitemap(index())
    assert not looks_like_sitemap(b"<rss version='2.0'/>")
    assert not looks_like_sitemap(b"https://sada.example/1\n")
    assert not looks_like_sitemap(gzip.compress(b"<html></html>"))
    assert not looks_like_sitemap(b"\x1f\x8b broken")


def test_a_list_in_plain_text() -> None:
    found, issues = read_sitemap(
        Capture(b"\xef\xbb\xbfhttps://sada.example/1\r\n\r\nhttps://sada.example/2\nno page\n", address=AT)
    )
    assert [entry.address for entry in found.entries[:2]] == ["https://sada.example/1", "https://sada.example/2"]
    found, issues = read_sitemap(Capture(b"https://sada.example/1\njavascript:x", address=AT))
    assert ([entry.address for entry in found.entries], len(issues)) == (["https://sada.example/1"], 1)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"words", b"\x1f\x8b broken", gzip.compress(SAMPLE)[:-20]])
def test_what_is_none_gives_a_row(content: bytes) -> None:
    found, issues = read_sitemap(Capture(content, address=AT))
    assert (found.entries, [(i.found_at, i.code) for i in issues]) == ((), [(AT, "sitemap")])


def test_a_damaged_sitemap_gives_what_stands_before() -> None:
    found, issues = read_sitemap(Capture(SAMPLE[: SAMPLE.index(b"<image:image>")], address=AT))
    assert [entry.address for entry in found.entries] == ["https://sada.example/old", "https://sada.example/undated"]
    assert "damaged after 2 entries" in issues[0].message


def test_entities_are_neither_grown_nor_read_from_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://sada.example/secret")
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{tmp_path}/secret"><!ENTITY e0 "a">{grow}]>'
    for name in ("x", "e9"):
        content = head.encode() + urlset(url("https://sada.example/1"), url(f"&{name};"))
        found, issues = read_sitemap(Capture(content, address=AT))
        assert [entry.address for entry in found.entries] == ["https://sada.example/1"]
        assert issues


def test_a_packed_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(urlset(url("https://sada.example/1")) + b" " * (4 << 20)) + packer.flush()
    assert len(bomb) < 10_000
    found, issues = read_sitemap(Capture(bomb, address=AT))
    assert (found.entries, len(issues)) == ((), 1)
    assert "larger than 1 MB" in issues[0].message


def test_pages_beyond_the_limit_are_left_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 3)
    for content in (urlset(*(url(f"https://sada.example/{n}") for n in range(5))), b"https://sada.example/1\n" * 5):
        found, issues = read_sitemap(Capture(content, address=AT))
        assert len(found.entries) in (1, 3)
        assert [i.message for i in issues] == ["the sitemap: it names more than 3 pages; those behind were not read"]


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        for number in range(6):
            running.page(f"/{number}", REPORT)
        yield running


class Site:
    """A sitemap read again and again."""

    def __init__(self, server: Server) -> None:
        self.server, self.visits, self.hand, self.tally = server, Visits(), HandClock(), Tally()

    def read(
        self, content: bytes, limits: SitemapLimits = LIMITS, given: Given | None = None
    ) -> list[Capture | Unread]:
        content = content.replace(b"HERE", self.server.address("").encode())
        self.tally = Tally()
        clock = self.hand.clock
        source = Capture(content, address=self.server.address("/sitemap.xml"))
        with fetcher(self.visits, clock=clock) as using:
            return list(sitemap_captures(source, using, given or Given(), limits, tally=self.tally, now=clock.now))

    def put(self, path: str, content: bytes) -> None:
        self.server.page(path, content.replace(b"HERE", self.server.address("").encode()), media_type="application/xml")

    @property
    def asked(self) -> list[str]:
        return [asked.path for asked in self.server.asked()]


@pytest.fixture
def site(server: Server) -> Site:
    return Site(server)


def test_pages_are_fetched_the_latest_first_with_what_is_said_of_them(site: Site) -> None:
    found = site.read(
        urlset(url("HERE/1", "2026-10-01"), url("HERE/2", "2026-10-30"), url("HERE/3")), given=Given("الصدى")
    )
    assert site.asked == ["/2", "/1", "/3"]
    assert [(c.outlet, c.collection) for c in found if isinstance(c, Capture)] == [("الصدى", "127.0.0.1")] * 3
    assert site.tally == Tally(listed=3, pages=3)


def test_only_what_changed_since_the_last_time_is_fetched_again(site: Site) -> None:
    site.read(urlset(url("HERE/1", "2026-10-01"), url("HERE/2", "2026-10-01"), url("HERE/3")))
    site.hand.elapsed = 86400.0
    found = site.read(urlset(url("HERE/1", "2026-11-02T06:00:00Z"), url("HERE/2", "2026-10-01"), url("HERE/3")))
    assert site.asked[3:] == ["/1"]
    assert len(found) == 1
    assert site.tally == Tally(listed=3, pages=1, known=2)


def test_more_pages_than_allowed_wait_for_the_next_time_and_come_then(site: Site) -> None:
    five = urlset(*(url(f"HERE/{n}") for n in range(5)))
    *pages, told = site.read(five, SitemapLimits(pages=3))
    assert (len(pages), site.tally.later) == (3, 2)
    assert isinstance(told, Unread)
    assert (told.code, told.message[:20]) == (NO_REPORT, "2 pages of the sitem")
    assert len(site.read(five, SitemapLimits(pages=3))) == 2
    assert (sorted(site.asked), site.tally.later) == ([f"/{n}" for n in range(5)], 0)


def test_since_leaves_out_what_is_older_but_not_what_tells_no_day(site: Site) -> None:
    site.put("/b.xml", urlset(url("HERE/4")))
    old, new, none = url("HERE/1", "2026-10-01"), url("HERE/2", "2026-10-02"), url("HERE/3")
    site.read(urlset(old, new, none), SitemapLimits(since=date(2026, 10, 2)))
    assert site.asked == ["/2", "/3"]
    site.read(index(url("HERE/b.xml", "2026-10-01", "sitemap")), SitemapLimits(since=date(2026, 10, 2)))
    assert site.asked == ["/2", "/3"]


def test_an_index_leads_to_its_sitemaps_each_read_once(site: Site) -> None:
    site.put("/a.xml", urlset(url("HERE/1"), url("HERE/2")))
    site.server.page("/b.xml.gz", gzip.compress(urlset(url(site.server.address("/2")), url(site.server.address("/3")))))
    site.put(
        "/c.xml",
        index(
            url("HERE/sitemap.xml", tag="sitemap"), url("HERE/a.xml", tag="sitemap"), url("HERE/c.xml", tag="sitemap")
        ),
    )
    names = ("a.xml", "b.xml.gz", "c.xml", "lost.xml")
    found = site.read(index(*(url(f"HERE/{name}", tag="sitemap") for name in names)))
    assert site.asked == ["/a.xml", "/1", "/2", "/b.xml.gz", "/3", "/c.xml", "/lost.xml"]
    rows = [each for each in found if isinstance(each, Unread)]
    assert [(row.found_at, row.code) for row in rows] == [(site.server.address("/lost.xml"), "sitemap")]


def test_sitemaps_too_deep_or_too_many_are_told(site: Site) -> None:
    for n in range(5):
        site.put(f"/{n}.xml", index(url(f"HERE/{n + 1}.xml", tag="sitemap")))
    (told,) = site.read(index(url("HERE/0.xml", tag="sitemap")), SitemapLimits(deep=3))
    assert isinstance(told, Unread)
    assert (site.asked, told.code) == (["/0.xml", "/1.xml"], NO_REPORT)
    (told,) = site.read(
        index(*(url(f"HERE/{n}.xml", tag="sitemap") for n in range(4))), SitemapLimits(sitemaps=2, deep=9)
    )
    assert isinstance(told, Unread)
    assert "3 more sitemaps than the 2 that are read" in told.message


def test_pages_of_other_sites_are_not_fetched(site: Site) -> None:
    (told,) = site.read(urlset(url("http://elsewhere.example/1"), url("http://10.0.0.1/2")))
    assert isinstance(told, Unread)
    assert (told.code, "2 pages of other sites" in told.message) == (NO_REPORT, True)
    assert site.visits.rows == []


def test_a_page_that_cannot_be_had_is_told(site: Site) -> None:
    (row,) = site.read(urlset(url("HERE/404")))
    assert isinstance(row, Unread)
    assert (row.found_at, row.code, site.tally.failed) == (site.server.address("/404"), "fetch", 1)
