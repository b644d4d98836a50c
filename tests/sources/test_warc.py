"""Web archives written by another program: pages with address, time and charset; whatever is no page is counted."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tawatur.model import NO_REPORT, Capture, Unread
from tawatur.sources.detect import captures
from tawatur.sources.options import Found, SourceOptions
from tawatur.text.documents import document_of

PAGE = (
    "<html><head><title>سقوط صواريخ قرب القاعدة</title></head><body><article><h1>سقوط صواريخ قرب القاعدة</h1>"
    "<p>قالت مصادر محلية للوكالة إن ثلاثة صواريخ سقطت مساء الجمعة قرب القاعدة الواقعة في الريف الشرقي.</p>"
    "<p>وأضافت المصادر أن القوات المتمركزة في القاعدة ردت بالمدفعية على مصادر النيران.</p></article></body></html>"
)


class Archive:
    """A WARC as warcio writes it."""

    def __init__(self, packed: bool = False) -> None:
        self.stream = io.BytesIO()
        self.writer = WARCWriter(self.stream, gzip=packed)

    def add(
        self,
        body: bytes,
        address: str = "https://nada.example/311",
        *,
        status: str = "200 OK",
        kind: str = "text/html",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Archive:
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=http,
            warc_headers_dict={"WARC-Date": "2023-12-09T01:02:03Z"},
        )  # fmt: skip
        self.digest = record.rec_headers.get_header("WARC-Payload-Digest")
        self.writer.write_record(record)
        self.digest = record.rec_headers.get_header("WARC-Payload-Digest")
        return self

    def again(self, digest: str, address: str = "https://nada.example/311") -> Archive:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = self.writer.create_revisit_record(
            address, digest, "https://nada.example/311", "2023-12-09T01:02:03Z", http_headers=http,
            warc_headers_dict={"WARC-Date": "2023-12-10T01:02:03Z"},
        )  # fmt: skip
        self.writer.write_record(record)
        return self

    @property
    def raw(self) -> bytes:
        return self.stream.getvalue()


def read(raw: bytes) -> list[Found]:
    return list(captures("-", SourceOptions(), io.BytesIO(raw)))


def pages(found: list[Found]) -> list[Capture]:
    return [item for item in found if isinstance(item, Capture)]


def unread(found: list[Found]) -> list[Unread]:
    return [item for item in found if isinstance(item, Unread)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_with_address_time_and_charset(packed: bool, tmp_path: Path) -> None:
    body = PAGE.encode("windows-1256")
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(Archive(packed).add(body, kind="text/html; charset=windows-1256").raw)
    (page,) = captures(str(path), SourceOptions())
    assert isinstance(page, Capture)
    assert (page.content, page.address, page.kind) == (body, "https://nada.example/311", "page")
    assert (page.media_type, page.charset) == ("text/html", "windows-1256")
    assert page.fetched == datetime(2023, 12, 9, 1, 2, 3, tzinfo=UTC)
    document = document_of(page)
    assert (document.title, document.url) == ("سقوط صواريخ قرب القاعدة", "https://nada.example/311")


def test_packed_and_chunked_answers_are_unpacked() -> None:
    packed = gzip.compress(PAGE.encode())
    chunked = b"".join(
        b"%x\r\n%s\r\n" % (len(packed[i : i + 99]), packed[i : i + 99]) for i in range(0, len(packed), 99)
    )
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    both = Archive().add(chunked + b"0\r\n\r\n", headers=headers).add(packed, headers=headers).raw
    assert [page.content.decode() for page in pages(read(both))] == [PAGE, PAGE]


def test_what_is_no_page_is_counted_and_told() -> None:
    archive = Archive().add(b"\xff\xd8\xff", kind="image/jpeg").add(PAGE.encode(), status="404 Not Found")
    archive.writer.write_record(archive.writer.create_warcinfo_record("a.warc", {"software": "x"}))
    found = read(archive.add(PAGE.encode()).raw)
    assert len(pages(found)) == 1
    (note,) = unread(found)
    assert note.code == NO_REPORT
    for what in ("1 answers of type image/jpeg", "1 answers with status 404", "1 warcinfo records"):
        assert what in note.message


def test_an_unchanged_page_is_resolved_where_its_first_visit_is_in_the_file() -> None:
    archive = Archive().add(PAGE.encode())
    first, again, moved = read(archive.again(archive.digest).again(archive.digest, "https://nada.example/m/311").raw)
    assert isinstance(first, Capture)
    assert isinstance(again, Capture)
    assert isinstance(moved, Capture)
    assert (again.content, again.address) == (first.content, first.address)
    assert again.fetched == datetime(2023, 12, 10, 1, 2, 3, tzinfo=UTC)
    assert (moved.content, moved.address) == (first.content, "https://nada.example/m/311")
    (lost,) = unread(read(Archive().again("sha1:AAAA").raw))
    assert "not in this file" in lost.message
    assert lost.code != NO_REPORT


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_is_cut_off_anywhere_gives_what_it_holds_and_tells(packed: bool) -> None:
    whole = Archive(packed).add(PAGE.encode()).raw
    raw = whole + Archive(packed).add(PAGE.encode() * 3, "https://nada.example/2").raw
    for end in range(len(whole) + 1, len(raw) - 4, 97):
        found = read(raw[:end])
        assert [page.address for page in pages(found)][:1] == ["https://nada.example/311"], end
        told = " ".join(item.message for item in unread(found))
        assert "cut off" in told or "damaged" in told, end
    assert unread(read(raw)) == []


def test_a_body_that_cannot_be_unpacked_is_told_with_its_bytes() -> None:
    found = read(Archive().add(gzip.compress(PAGE.encode())[:-40], headers=(("Content-Encoding", "gzip"),)).raw)
    (lost,) = unread(found)
    assert "nada.example/311" in lost.message
    assert lost.content is not None


def test_a_bomb_in_an_archive_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawatur.sources.warc.MAX_PAGE", 1 << 20)
    bomb = gzip.compress(b" " * (8 << 20))
    found = read(Archive().add(bomb, headers=(("Content-Encoding", "gzip"),)).add(PAGE.encode()).raw)
    assert [item.content.decode() for item in pages(found)] == [PAGE]
    assert "larger than" in unread(found)[0].message


def test_garbage_behind_a_record_is_told() -> None:
    found = read(Archive().add(PAGE.encode()).raw + b"\x00garbage\r\n" * 50)
    assert len(pages(found)) == 1
    assert unread(found)
