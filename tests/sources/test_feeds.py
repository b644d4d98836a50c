from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.model import NO_REPORT, Capture
from tawatur.sources import feeds
from tawatur.sources.feed_parts import MAX_ITEMS, Feed, page_of
from tawatur.sources.feeds import MAX_BYTES, looks_like_feed, read_feed
from tawatur.text.moments import day_of

FEEDS = Path(__file__).parent / "feeds"
AT = "https://sada.example/feeds/rss.xml"


def given(name: str, address: str = AT) -> Capture:
    return Capture((FEEDS / name).read_bytes(), address=address, media_type="application/xml")


def rss(inside: str | bytes, address: str = AT) -> Capture:
    content = inside.encode() if isinstance(inside, str) else inside
    return Capture(b'<rss version="2.0"><channel><title>t</title>' + content + b"</channel></rss>", address=address)


@pytest.fixture
def sada() -> Feed:
    return read_feed(given("rss20.xml"))[0]


@pytest.mark.parametrize("name", ["rss20.xml", "rss10.rdf", "rss091.xml", "atom.xml", "feed.json"])
def test_every_format_is_known_by_its_content(name: str) -> None:
    assert looks_like_feed((FEEDS / name).read_bytes())


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"<!DOCTYPE html><html><head><title>RSS</title></head><body>feed</body></html>", "application/rss+xml"),
        (b"<html><body><rss></body></html>", "application/rss+xml"),
        ((FEEDS / "sitemap.xml").read_bytes(), "application/xml"),
        (b'{"id": "1", "text": "about jsonfeed.org/version/1"}', "application/json"),
        (b'<feed xmlns="https://other.example/ns"><entry/></feed>', "application/xml"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a/></rdf:RDF>', "application/rdf+xml"),
        ("تقرير عن <rss>".encode(), "text/plain"),
        (b"", "application/rss+xml"),
        (b"<!-- " * 1000, "application/rss+xml"),
    ],
)
def test_what_is_no_feed(content: bytes, media_type: str) -> None:
    assert not looks_like_feed(content, media_type)


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\n\n  ",
        b"<!-- made by hand --><?xml-stylesheet href='a'?>",
        b'<!DOCTYPE rss [<!ENTITY a "<b>">]>',
    ],
)
def test_what_may_stand_before_a_feed(before: bytes) -> None:
    assert looks_like_feed(before + b'<rss version="2.0"/>')
    assert looks_like_feed(b"<?xml version='1.0'?><rss version='2.0'/>".decode().encode("utf-16"))


def test_a_warning_before_a_feed_is_passed_over_where_the_server_calls_it_one() -> None:
    content = b"Warning: line 3<br>\n<?xml version='1.0'?><rss version='2.0'/>"
    assert looks_like_feed(content, "application/rss+xml")
    assert not looks_like_feed(content, "text/html")


def test_rss_with_what_newsrooms_put_into_it(sada: Feed) -> None:
    first = sada.items[0]
    assert sada.title == "صدى الوادي | عاجل"
    assert (first.id, first.title) == ("sada-101", 'قصف على بلدة "السفح" عاجل')
    assert first.address == "https://sada.example/news/101?utm_source=rss&id=101"
    assert first.content == "<p>سقطت ثلاث قذائف على بلدة السفح صباح اليوم.</p><p>لم تقع إصابات.</p>"
    assert first.is_html
    assert [(a.kind, a.address) for a in first.attachments] == [
        ("picture", "https://sada.example/pictures/101.jpg"),
        ("video", "https://films.example/101.mp4"),
        ("picture", "https://sada.example/pictures/101-small.png"),
    ]


def test_an_arabic_time_is_kept_as_written_and_can_be_read_later(sada: Feed) -> None:
    assert sada.items[0].listed == "الثلاثاء، 24 تشرين الثاني 2026 - 09:15"
    assert day_of(sada.items[0].listed) == datetime(2026, 11, 24).date()


def test_an_item_told_twice_is_one(sada: Feed) -> None:
    assert [item.id for item in sada.items] == [
        "sada-101",
        "sada-102",
        "رابط لا يقود إلى صفحة",
        "https://sada.example/news/103",
    ]


def test_a_text_without_tags_is_no_html(sada: Feed) -> None:
    assert (sada.items[1].address, sada.items[1].is_html) == ("", False)
    assert sada.items[1].content == "أعلن المجلس المحلي «وقف العمل» غدا."


def test_a_link_that_leads_to_no_page_is_told_and_the_text_stays() -> None:
    feed, issues = read_feed(given("rss20.xml"))
    assert (feed.items[2].address, feed.items[2].content) == ("", "اندلعت اشتباكات قرب الجسر.")
    assert [(i.code, i.found_at) for i in issues] == [(NO_REPORT, f"{AT}#4")]
    assert "javascript" in issues[0].message


def test_a_guid_that_is_a_link_leads_to_the_page(sada: Feed) -> None:
    assert (sada.items[3].address, sada.items[3].content) == ("https://sada.example/news/103", "")


def test_rss_10_in_an_old_arabic_charset() -> None:
    feed, issues = read_feed(given("rss10.rdf", "https://nahr.example/rdf"))
    assert (feed.title, issues) == ("وكالة النهر", ())
    assert [(i.title, i.address, i.listed) for i in feed.items] == [
        ("انفجار في المرفأ", "https://nahr.example/1", "2026-11-23T08:00:00+03:00")
    ]


def test_rss_091_with_its_document_type_fetches_nothing() -> None:  # sockets are off in these tests
    feed, issues = read_feed(given("rss091.xml"))
    assert (feed.title, [i.address for i in feed.items], issues) == (
        "Harbour Post",
        ["https://harbour.example/mill"],
        (),
    )


def test_atom_with_bases_and_two_kinds_of_text() -> None:
    feed, issues = read_feed(given("atom.xml", "https://hilltop.example/feed"))
    first, second = feed.items
    assert (feed.title, issues) == ("Hilltop Monitor", ())
    assert first.address == "https://hilltop.example/reports/2026/1.html"
    assert first.listed == "2026-11-23T07:00:00Z"
    assert first.updated == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert (first.content, first.is_html) == ("<p>A drone was <b>shot down</b>.</p>", True)
    assert (second.content, second.is_html) == ("Fighters with < 20 men & no guns left.", False)
    assert second.listed == "2026-11-22T10:00:00Z"


def test_json_feed() -> None:
    feed, issues = read_feed(given("feed.json", "https://tide.example/feed.json"))
    assert feed.title == "Tide Watch"
    assert [(i.id, i.address, i.content, i.is_html) for i in feed.items] == [
        ("7", "https://tide.example/7", "<p>A boat was stopped.</p>", True),
        ("8", "", "Two men were held at the pier.", False),
    ]
    assert feed.items[0].updated == datetime.fromisoformat("2026-11-24T07:30:00+00:00")
    assert [(a.kind, a.address) for a in feed.items[0].attachments] == [
        ("picture", "https://tide.example/7.png"),
        ("file", "https://tide.example/7.mp3"),
    ]
    assert [i.message for i in issues] == ["an item of the feed is no object"]


@pytest.mark.parametrize(
    "content",
    [
        b'{"version": "https://jsonfeed.org/version/1", "items": [',
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": {"a": 1}}',
        b'{"version": "https://jsonfeed.org/version/1", "title": "\xff"}',
        b"<html><body>no feed</body></html>",
        b"",
        b"\x00" * 1000,
    ],
)
def test_what_cannot_be_read_gives_a_row_and_no_item(content: bytes) -> None:
    feed, issues = read_feed(Capture(content, address=AT))
    assert feed.items == ()
    assert [(i.code, i.found_at) for i in issues] == [("feed", AT)]


@pytest.mark.parametrize(
    ("tail", "titles"),
    [
        ("<item><title>b & c</title><link>/2</link></item>", ["a", "b & c"]),
        ("<item><title>b</title><link>/2</link></itm>", ["a", "b"]),
        ("<item><title>b</title><link>/2", ["a", "b"]),
        ("<item><title>b</title><link>/2</link></item><item", ["a", "b"]),
    ],
)
def test_a_damaged_feed_gives_what_can_be_read(tail: str, titles: list[str]) -> None:
    content = f'<rss version="2.0"><channel><item><title>a</title><link>/1</link></item>{tail}'
    feed, issues = read_feed(Capture(content.encode(), address=AT))
    assert [item.title for item in feed.items] == titles
    assert len(issues) == 1
    assert "damaged" in issues[0].message


def test_characters_that_no_store_holds_are_replaced() -> None:
    feed, _ = read_feed(rss("<item><guid>g</guid><title>a&#xD800;b&#0;c&#x110000;d & e</title></item>"))
    assert feed.items[0].title == "a\ufffdb\ufffdc\ufffdd & e"


def test_entities_that_grow_are_not_expanded() -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 8))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "lol">{grow}]><rss version="2.0"><channel><item><title>&e7;</title><link>/1</link></item></channel></rss>'
    feed, _ = read_feed(Capture(bomb.encode(), address=AT))
    assert sum(len(i.title) + len(i.content) for i in feed.items) < 1000


def test_entities_from_outside_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    content = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss version="2.0"><channel><title>&x;</title><item><title>&x;</title><link>/1</link></item></channel></rss>'
    feed, _ = read_feed(Capture(content.encode(), address=AT))
    assert [item.address for item in feed.items] == ["https://sada.example/1"]
    assert "secret words" not in repr(feed)


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes((FEEDS / "rss20.xml").read_bytes())
    assert read_feed(Capture(str(path).encode(), address=AT))[0].items == ()


def test_items_beyond_the_limit_are_left_and_told() -> None:
    more = "".join(f"<item><link>/{n}</link></item>" for n in range(MAX_ITEMS + 10))
    feed, issues = read_feed(rss(more))
    assert [feed.items[0].address, feed.items[-1].address] == [f"https://sada.example/{n}" for n in (0, MAX_ITEMS - 1)]
    assert [i.message for i in issues] == ["the feed: it has more than 5,000 items; those behind were not read"]


@pytest.mark.parametrize("tag", [b"<a/>", b"<a>", b'<a href="'], ids=["many", "deep", "quotes"])
def test_a_feed_of_endless_tags_is_cut_off_and_told(tag: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_MAX_TAGS", 500)
    feed, issues = read_feed(
        rss(b"<item><title>a</title><link>/1</link></item>" + tag * 2000 + b"<item><title>z</title></item>")
    )
    assert [item.title for item in feed.items] == ["a"]
    assert issues[0].message == "the feed: it has more than 500 tags; what stands behind was not read"


def test_a_feed_that_is_too_large_is_cut_off_and_told() -> None:
    feed, issues = read_feed(rss(b"<item><title>a</title><link>/1</link></item>" + b" " * MAX_BYTES))
    assert [item.title for item in feed.items] == ["a"]
    assert "larger than 8 MB" in issues[0].message


def test_tracking_is_left_out_only_to_compare() -> None:
    assert page_of("https://a.example/x?utm_source=rss&id=1&fbclid=2") == "https://a.example/x?id=1"
    assert page_of("https://a.example/x?utm_source=rss") == "https://a.example/x"
    assert page_of("https://a.example/x?gclider=1") == "https://a.example/x?gclider=1"


def test_a_long_id_is_shortened_and_still_tells_items_apart() -> None:
    feed, _ = read_feed(rss("".join(f"<item><guid>urn:{'a' * 900}{n}</guid><title>t</title></item>" for n in (1, 2))))
    assert len({item.id for item in feed.items}) == 2
    assert all(len(item.id) <= 500 for item in feed.items)
