from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import stamina

from tawatur.model import Capture
from tawatur.sources.pictures import PictureLimits, pictures, with_pictures
from tests.sources.server import Server
from tests.sources.visits import Visits, fetcher

BASE = "https://example.org/news/1"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="a.jpg"><img src="/b.jpg"><img src="a.jpg">', ["/news/a.jpg", "/b.jpg"]),
        ('<p><img src="a.jpg"><meta property="og:image" content="/og.jpg">', ["/og.jpg", "/news/a.jpg"]),
        ('<meta name="twitter:image" content="/og.jpg"><meta property="og:image" content="/og.jpg">', ["/og.jpg"]),
        ('<img srcset="s.jpg 320w, l.jpg 1024w, m.jpg 640w" src="s.jpg">', ["/news/l.jpg"]),
        ('<img srcset="one.jpg 1x, two.jpg 2x">', ["/news/two.jpg"]),
        ('<img srcset="a,b.jpg 1.5x,c.jpg 1x">', ["/news/a,b.jpg"]),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="real.jpg">', ["/news/real.jpg"]),
        ('<img src="data:image/gif;base64,R0lGOD">', []),
        ('<img src="pixel.gif" width="1" height="1"><img src="icon.png" width="32"><img src="x.jpg" width="640">', ["/news/x.jpg"]),
        ('<base href="/pics/"><img src="a.jpg">', ["/pics/a.jpg"]),
        ('<base href="file:///etc/"><img src="a.jpg">', ["/news/a.jpg"]),
        ('<img src="javascript:x()"><img src="file:///etc/passwd"><img src="http://u:p@h/x.jpg"><img src=""><img>', []),
        ("<!-- <img src='no.jpg'> --><script>'<img src=no.jpg>'</script>", []),
    ],
)  # fmt: skip
def test_which_pictures_a_page_names(markup: str, expected: list[str]) -> None:
    assert pictures(markup.encode(), BASE) == [f"https://example.org{path}" for path in expected]


def test_arabic_names_in_the_charset_of_the_page() -> None:
    expected = ["https://example.org/%D8%B5%D9%88%D8%B1%D8%A9.jpg"]
    for charset in ("utf-8", "windows-1256"):
        assert pictures('<img src="/صورة.jpg">'.encode(charset), BASE, charset) == expected
    assert pictures(b'<img src="/a.jpg">', BASE, "no-such-charset") == ["https://example.org/a.jpg"]


@pytest.mark.parametrize(
    "page",
    [b"<div>" * 100_000, b"<p>x <b>y</b>" * 500_000, b'<img srcset="' + b"a " * 500_000 + b'">', b"", b"\x00\xff<img", b"<" * 100_000],
    ids=["deep", "long", "srcset", "empty", "binary", "open"],
)  # fmt: skip
def test_hostile_markup_costs_little(page: bytes) -> None:
    began = time.process_time()  # not the clock: the machine may be busy with other things
    pictures(page, BASE)
    assert time.process_time() - began < 3


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_limits_and_what_they_leave_out() -> None:
    with Server() as server:
        for number in range(6):
            server.page(f"/{number}.jpg", b"x" * 1000, media_type="image/jpeg")
        server.page("/1.jpg", b"x" * 3000, media_type="image/jpeg")
        markup = "".join(f'<img src="/{number}.jpg">' for number in range(6)).encode()
        capture = Capture(markup, address=server.address("/page"), found_at="here")
        limits = PictureLimits(number=5, bytes_each=2000, bytes_all=2500)
        kept, lost = with_pictures(capture, server.address("/page"), fetcher(Visits()), limits)
        assert [a.address for a in kept.attachments] == [server.address("/0.jpg"), server.address("/2.jpg")]
        # 1 is too large; 3 and 4 go beyond what is left for all; 5 is one too many
        assert [row.code for row in lost] == ["picture"] * 4
        assert "names 1 more" in lost[-1].message
        assert kept.content == capture.content
