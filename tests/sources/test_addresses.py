from __future__ import annotations

import pytest

from tawatur.errors import InputError
from tawatur.sources.addresses import canonical, is_front_page, is_web, sent_to_front_page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  HTTP://Example.ORG:80/a?b=1#part ", "http://example.org/a?b=1"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org.:8443/%d8%a7", "https://example.org:8443/%D8%A7"),
        ("https://example.org/ا ب", "https://example.org/%D8%A7%20%D8%A8"),
        ("http://مثال.إختبار/", "http://xn--mgbh0fb.xn--kgbechtv/"),
        ("http://[2606:4700:0:0::1]/", "http://[2606:4700::1]/"),
        ("http://93.184.216.34/a", "http://93.184.216.34/a"),
    ],
)
def test_one_form(text: str, expected: str) -> None:
    assert canonical(text) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://1.2.3.999/",
        "http://example.0x10/", "http://①②⑦.⓪.⓪.①/", "http://user:pass@example.org/", "http://good.org\\@evil.org/",
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "//example.org/",
        "http:///path", "http://example.org:22/", "http://example.org:0/", "http://example.org:99999/",
        "http://a b/", "http://a..b/", "http://1.1.1.1%2f/", "http://[::1%25eth0]/", "http://[::1/", "http://a/\x00",
        "http://example.org/\r\nHost: x", "http://" + "a" * 64 + ".org/", "http://example.org/" + "a" * 8000, "",
    ],
)  # fmt: skip
def test_odd_forms_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        canonical(text)


def test_relative_ones_are_joined() -> None:
    assert canonical("../b?c", "https://example.org/x/y/z") == "https://example.org/x/b?c"
    assert canonical("//other.org/", "https://example.org/x") == "https://other.org/"


def test_web_addresses_are_told_from_paths() -> None:
    assert [is_web(name) for name in ("HTTPS://x.org", "http.txt", "/a/http://x", "file:///x")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("path", ["/", "/ar", "/ar/", "/en-us/", "/index.html", "/ar/home", "/default.aspx"])
def test_front_pages(path: str) -> None:
    assert is_front_page(f"https://example.org{path}")
    assert sent_to_front_page("https://example.org/news/1", f"https://example.org{path}")


@pytest.mark.parametrize("path", ["/news", "/ar/news", "/?p=12", "/index/1", "/2026"])
def test_other_pages(path: str) -> None:
    assert not is_front_page(f"https://example.org{path}")
    assert not sent_to_front_page("https://example.org/news/1", f"https://example.org{path}")


def test_a_front_page_asked_for_is_not_sent_there() -> None:
    assert not sent_to_front_page("http://example.org/", "https://example.org/ar")
