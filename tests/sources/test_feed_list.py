from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tawatur.errors import InputError
from tawatur.sources.feed_list import FeedEntry, FeedFile, duration, parse_feed_list, read_feed_list

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "feeds.toml"
ONE = '[[feed]]\naddress = "https://a.example/rss"\n'


def mistakes(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_feed_list(text, "F")
    assert caught.value.hint
    return str(caught.value).split("\n")


def test_the_sample_of_the_docs() -> None:
    assert read_feed_list(SAMPLE) == (
        FeedEntry("https://news.example/rss.xml", 900.0, outlet="News Example"),
        FeedEntry("https://agency.example/ar/feed", 300.0, outlet="وكالة المثال", language="ar", media=True),
        FeedEntry("https://daily.example/sitemap.xml", 21600.0, "sitemap", max_pages=500, since=date(2026, 1, 1)),
        FeedEntry("https://ministry.example/statement", 86400.0, "page"),
    )


def test_defaults_hold_where_a_feed_does_not_say_otherwise() -> None:
    text = f'[defaults]\nevery = "2h"\noutlet = "A"\n{ONE}{ONE.replace("rss", "2")}outlet = "B"\n'
    assert [(e.every, e.outlet) for e in parse_feed_list(text)] == [(7200.0, "A"), (7200.0, "B")]


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("15m", 900), ("1h30m", 5400), ("2d", 172800)])
def test_durations(text: str, seconds: int) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize(
    ("more", "mistake"),
    [
        ('adress = "x"', 'feed 1 (line 1): "adress" is unknown; did you mean "address"?'),
        ("zzz = 1", 'feed 1 (line 1): "zzz" is unknown'),
        ('every = "15 minutes"', 'feed 1 (line 1): every = "15 minutes": a time is written "15m", "1h30m" or "1d"'),
        ('every = "-5m"', 'feed 1 (line 1): every = "-5m": a time is written "15m", "1h30m" or "1d"'),
        ("every = 15", 'feed 1 (line 1): every = 15: a time is written "15m", "1h30m" or "1d"'),
        ('every = "5s"', 'feed 1 (line 1): every = "5s": it is from one minute to 31 days'),
        ('every = "40d"', 'feed 1 (line 1): every = "40d": it is from one minute to 31 days'),
        ('kind = "feeds"', 'feed 1 (line 1): kind = "feeds": did you mean "feed"?'),
        ('kind = "x"', 'feed 1 (line 1): kind = "x": it is "feed", "sitemap" or "page"'),
        ('kind = ["feed"]', "feed 1 (line 1): kind = ['feed']: did you mean \"feed\"?"),
        ('media = "yes"', 'feed 1 (line 1): media = "yes": it is true or false, without quotes'),
        ("media = 1", "feed 1 (line 1): media = 1: it is true or false, without quotes"),
        ('language = "Arabic"', 'feed 1 (line 1): language = "Arabic": a language is a code like "ar" or "en"'),
        ("outlet = 5", "feed 1 (line 1): outlet = 5: an outlet is a name in quotes"),
        ("max_pages = true", "feed 1 (line 1): max_pages = true: it is a number from 1 to 100000"),
        ('since = "soon"', 'feed 1 (line 1): since = "soon": a day is written 2026-11-01'),
        ("since = 2026-11-01T10:00:00", "feed 1 (line 1): since = 2026-11-01 10:00:00: a day is written 2026-11-01"),
    ],
)
def test_each_mistake_is_one_line_that_says_where(more: str, mistake: str) -> None:
    assert mistakes(ONE + more) == [f"F: {mistake}"]


@pytest.mark.parametrize(
    "address", ["news.example/rss", "ftp://a.example/", "javascript:x", "https://", "https://user@a.example/"]
)
def test_an_address_that_is_none(address: str) -> None:
    (mistake,) = mistakes(f'[[feed]]\naddress = "{address}"')
    assert mistake.startswith(f'F: feed 1 (line 1): address = "{address}": ')


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    text = f'# a list\n\n{ONE}\n[[feed]]\nevery = "1h"\n\n{ONE.replace("a.example", "A.EXAMPLE:443")}'
    assert mistakes(f'{text}\n[default]\nevery = "x"\n') == [
        'F: "default" is unknown; did you mean "defaults"?',
        "F: feed 2 (line 6): it has no address",
        "F: feed 3 (line 9): https://a.example/rss is in the list already",
    ]
    assert mistakes('[defaults]\nevery = "x"\naddress = "https://a.example"\n' + ONE) == [
        'F: [defaults]: "address" is unknown',
        'F: [defaults]: every = "x": a time is written "15m", "1h30m" or "1d"',
    ]


def test_feeds_written_in_another_way_are_called_by_number() -> None:
    assert mistakes('feed = [{address = "https://a.example/1"}, {adress = "b"}]')[0].startswith("F: feed 2: ")


@pytest.mark.parametrize("text", ["", "# nothing", "[defaults]\n", "feed = []"])
def test_a_list_of_nothing(text: str) -> None:
    assert mistakes(text) == ["F: it names no feed"]


@pytest.mark.parametrize("text", ["[feed]\naddress = 'https://a.example'", "feed = 1", "feed = ['https://a.example']"])
def test_feeds_that_are_no_list(text: str) -> None:
    assert mistakes(text) == ['F: "feed" is no list of tables']
    assert mistakes("defaults = 1\n" + ONE) == ['F: "defaults" is no table']


def test_what_is_no_toml_is_told_with_its_line() -> None:
    (mistake,) = mistakes(ONE + "every = 15m\n")
    assert mistake.startswith("F is no TOML: ")
    assert "line 3" in mistake
    assert mistakes("a = " + "[" * 50_000)[0].startswith("F is no TOML")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(ONE.encode() + b"# \xff")
    for name, words in (("none", "there is no file"), ("latin", "is not UTF-8"), (".", "cannot be opened")):
        with pytest.raises(InputError, match=words):
            read_feed_list(tmp_path / name)


def write(path: Path, text: str, at: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


def test_a_list_that_changes_on_disk_is_read_anew_and_a_bad_one_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    write(path, "\ufeff" + ONE, 1)
    kept = FeedFile(path)
    assert kept.changed() is None
    write(path, ONE.replace("rss", "new"), 2)
    assert [e.address for e in kept.changed() or ()] == ["https://a.example/new"]
    assert kept.changed() is None
    write(path, "broken", 3)
    with pytest.raises(InputError, match="is no TOML"):
        kept.changed()
    assert kept.changed() is None
    assert [e.address for e in kept.entries] == ["https://a.example/new"]
    path.unlink()
    with pytest.raises(InputError, match="there is no file"):
        kept.changed()
    assert kept.changed() is None
    write(path, ONE, 4)
    assert [e.address for e in kept.changed() or ()] == ["https://a.example/rss"]
