"""The page: whole text, every record, nothing that a hostile report could run, and nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.export.html import page
from tawatur.export.html_text import report
from tawatur.export.segments import segments, spans_of
from tawatur.model import Document, Part, Record, Span


class Reader(HTMLParser):
    """The text inside ``.part`` blocks, all ids, links to ids, and tags left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.refs: list[str] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self._inside: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        known = dict(attrs)
        if "id" in known:
            self.ids.append(known["id"])
        if (known.get("href") or "").startswith("#"):
            self.refs.append(known["href"][1:])
        if tag in ("meta", "img", "br"):
            return
        self.open.append(tag)
        inside = bool(self._inside and self._inside[-1]) or "part" in (known.get("class") or "").split()
        self._inside.append(inside)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1]:
            self.text.append(data)


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_page_holds_the_whole_text_and_every_record(extraction: Any) -> None:
    html = page([extraction])
    read = Reader(html)
    assert not read.open
    assert bare("".join(read.text)) == bare(extraction.document.text)
    for i, record in enumerate(extraction.records):
        assert f'id="d0-r{i}"' in html
        assert record.standing.replace("_", " ") in html
    assert set(read.refs) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_the_chain_runs_from_the_origin_to_the_publisher(extraction: Any) -> None:
    chains = re.findall(r'<ol class="chain".*?</ol>', page([extraction]))
    names = [re.findall(r"<bdi>(.*?)</bdi><small>(.*?)</small>", c) for c in chains]
    assert names[1] == [("مسؤول عسكري", "origin"), ("Rafid Agency", "passes on"), ("قناة الضفتين", "publisher")]
    assert names[2] == [("قناة الضفتين", "says it in its own voice")]


def test_parts_have_their_own_direction(extraction: Any) -> None:
    html = page([extraction])
    assert '<h1 class="part title" dir="rtl" lang="ar">' in html
    assert '<p class="part body" dir="ltr" lang="en">' in html
    assert '<blockquote class="embedded" dir="rtl" lang="ar">' in html


def test_nothing_is_fetched_and_only_our_own_style_and_script_may_run(extraction: Any) -> None:
    html = page([extraction])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"<(link|img|iframe|object|form)\b|\ssrc=|\sstyle=|\son\w+=|@import|url\(", html)


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \u202eقلب\u2066 \x00 \ufeff"


def test_a_hostile_report_is_only_text(extraction: Any) -> None:
    text = HOSTILE
    record = Record("d", "event", "clash", "happened", Span(3, 9, text[3:9]), Span(0, len(text), text), reader=HOSTILE)
    document = Document(HOSTILE, text, HOSTILE, url="javascript:alert(3)", outlet=HOSTILE, parts=(
        Part("post", 0, len(text), author=HOSTILE, address="javascript:alert(4)"),
    ))  # fmt: skip
    extraction.document, extraction.records = document, (replace(record, gloss=extraction.records[0].gloss),)
    html = page([extraction])
    assert html.count("<script") == 1
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", html)
    assert "U+202E" in html
    assert not Reader(html).open


def test_overlapping_and_nested_spans_are_all_shown(extraction: Any) -> None:
    first = extraction.records[0]
    pieces = segments(extraction.records, 0, len(extraction.document.text))
    for role, span in spans_of(first):
        mine = [s for s in pieces if (0, role) in s.plays and span.start <= s.start < span.end]
        assert "".join(extraction.document.text[s.start : s.end] for s in mine) == span.text
    field = next(s for s in pieces if (0, "place") in s.plays)
    assert {role for _, role in field.plays} >= {"place", "target", "content", "evidence"}


SPANS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40), st.integers(0, 39), st.integers(1, 40)), max_size=6)


@given(SPANS, st.text(min_size=40, max_size=40, alphabet="ab<&>\"'\n قلب"))
@settings(max_examples=150, deadline=None)
def test_segments_cover_the_text_once_whatever_the_spans(edges: list[tuple[int, int, int, int]], text: str) -> None:
    records = []
    for a, b, c, d in edges:
        one, two = sorted((a, b)), sorted((c, d))
        one[1] += one[0] == one[1]
        two[1] += two[0] == two[1]
        spans = [Span(x, y, text[x:y]) for x, y in (one, two)]
        records.append(Record("d", "event", "clash", "happened", spans[0], spans[1]))
    pieces = segments(records, 0, 40)
    assert "".join(text[s.start : s.end] for s in pieces) == text
    for piece in pieces:
        for i, record in enumerate(records):
            for role, span in spans_of(record):
                if (i, role) in piece.plays:
                    continue
                assert not (span.start <= piece.start and piece.end <= span.end)
    html = report(Document("d", text, parts=(Part("body", 0, 7), Part("furniture", 9, 20))), records, "d0")
    assert bare("".join(Reader(html).text)) == bare(text)


def test_several_reports_stand_on_one_page(extraction: Any) -> None:
    read = Reader(page([extraction, extraction]))
    assert len(read.ids) == len(set(read.ids))
    assert "d1-r2" in read.ids
