"""Texts, pages and collections: told apart by content, read as they come, their bytes kept as found."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from pathlib import Path

import pytest

from tawatur.errors import InputError
from tawatur.model import Capture, Unread
from tawatur.sources.detect import captures
from tawatur.sources.options import Found, SourceOptions


def read(raw: bytes, documents: bool = False) -> list[Found]:
    return list(captures("-", SourceOptions("rows" if documents else ""), io.BytesIO(raw)))


def found(path: Path, options: SourceOptions = SourceOptions()) -> list[Found]:  # noqa: B008
    return list(captures(str(path), options))


def rows(items: list[Found]) -> list[Capture]:
    return [item for item in items if isinstance(item, Capture) and item.kind == "row"]


def test_kinds_are_told_apart_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("تقرير", encoding="utf-8")
    (tmp_path / "b.txt").write_text('{"text": "س"}\n\n{"text": "ص"}\n', encoding="utf-8")
    (tmp_path / "c").write_bytes(b"\n <!DOCTYPE html><p>x")
    a, *b = found(tmp_path / "a.json") + found(tmp_path / "b.txt") + found(tmp_path / "c")
    assert isinstance(a, Capture)
    assert (a.kind, a.content.decode()) == ("", "تقرير")
    assert [item.kind for item in b if isinstance(item, Capture)] == ["row", "row", "page"]
    assert [item.found_at for item in rows(b)] == [f"{tmp_path / 'b.txt'}:1", f"{tmp_path / 'b.txt'}:3"]


def test_a_row_is_kept_as_found_with_the_address_and_id_that_it_gives(tmp_path: Path) -> None:
    line = '{"id": 7,  "text": "س", "url": "https://a.example/7", "x": [1]}'
    (tmp_path / "reports.jsonl").write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n")
    (row,) = found(tmp_path / "reports.jsonl", SourceOptions(published="2023-12-09", outlet="Y", title="T"))
    assert row == Capture(
        line.encode(), "https://a.example/7", kind="row", collection="reports.jsonl", item="7", published="2023-12-09",
        outlet="Y", found_at=f"{tmp_path / 'reports.jsonl'}:1",
    )  # fmt: skip
    (row,) = rows(found(tmp_path / "reports.jsonl", SourceOptions(collection="theirs")))
    assert row.collection == "theirs"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_collections_in_each_unicode_encoding(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    items = rows(read(mark + '{"text": "س"}\n{"text": "ਊص਀"}'.encode(encoding)))
    texts = [json.loads(item.content.decode(item.charset or "utf-8"))["text"] for item in items]
    assert texts == ["س", "ਊص਀"]  # U+0A0A and U+0A00 have the byte of a line end in them


def test_a_bad_line_is_told_with_its_bytes_and_the_rest_goes_on() -> None:
    items = read(b'{"text": "a"}\n{broken\n[1]\n{"text": 5}\n{"text": "\xff"}\n{"text": "b"}\n')
    assert [(type(item).__name__, item.found_at) for item in items] == [
        ("Capture", "-:1"), ("Unread", "-:2"), ("Unread", "-:3"), ("Unread", "-:4"), ("Unread", "-:5"), ("Capture", "-:6"),
    ]  # fmt: skip
    unread = [item for item in items if isinstance(item, Unread)]
    assert all(item.hint for item in unread)
    assert [item.content for item in unread] == [b"{broken", b"[1]", b'{"text": 5}', b'{"text": "\xff"}']


def test_a_line_without_end_is_passed_over_in_bounded_memory() -> None:
    class Endless(io.RawIOBase):
        left = 400

        def read(self, size: int = -1, /) -> bytes:
            self.left -= 1
            return b'{"text": "' + b"a" * 65526 if self.left > 0 else b'\n{"text": "b"}' if self.left == 0 else b""

    too_long, row = captures("-", SourceOptions("rows"), Endless())  # type: ignore[arg-type]
    assert isinstance(too_long, Unread)
    assert (too_long.found_at, too_long.content) == ("-:1", None)
    assert isinstance(row, Capture)
    assert (row.content, row.found_at) == (b'{"text": "b"}', "-:2")


def test_documents_says_that_it_is_a_collection() -> None:
    assert isinstance(read("تقرير".encode())[0], Capture)
    assert isinstance(read("تقرير".encode(), documents=True)[0], Unread)


def test_a_text_that_begins_with_a_brace_is_a_text() -> None:
    (item,) = read(b'{see note} three rockets fell\n{"a": 1}')
    assert isinstance(item, Capture)
    assert item.kind == ""


def test_a_collection_is_read_as_it_comes() -> None:
    class Counting(io.BytesIO):
        taken = 0

        def read1(self, size: int | None = -1, /) -> bytes:
            line = super().read1(size)
            self.taken += len(line)
            return line

    stream = Counting(b'{"text": "%s"}\n' % (b"a" * 1000) * 5000)
    first = next(captures("-", SourceOptions(), stream))
    assert isinstance(first, Capture)
    assert 0 < stream.taken < 200_000


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_read_through(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    raw = b'{"text": "a", "id": "1"}\n{"text": "b", "id": "2"}\n'
    (tmp_path / "reports.jsonl.gz").write_bytes(pack(raw))
    items = rows(found(tmp_path / "reports.jsonl.gz"))
    assert [(item.collection, item.item) for item in items] == [("reports.jsonl", "1"), ("reports.jsonl", "2")]
    (text,) = read(pack("تقرير".encode()))
    assert isinstance(text, Capture)
    assert text.content.decode() == "تقرير"


def test_a_packed_file_that_is_cut_off_gives_what_it_holds_and_tells() -> None:
    lines = b"".join(b'{"text": "%d"}\n' % number**40 for number in range(9000))
    packed = gzip.compress(lines, 0)
    *before, last = read(packed[: len(packed) // 2])
    assert isinstance(last, Unread)
    assert "cut off" in last.message
    assert 4000 < len(rows(before)) < 5000


def test_a_packed_bomb_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawatur.sources.streams._FREE", 1 << 20)
    packed = gzip.compress(gzip.compress(b'{"text": "a"}\n' + b"a" * (9 << 20)))
    row, bomb = read(packed)
    assert isinstance(row, Capture)
    assert isinstance(bomb, Unread)
    assert "expands" in bomb.message


@pytest.mark.parametrize(
    ("raw", "what"),
    [(b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04xx", "zip"), (b"\x89PNG\r\n", "picture"), (bytes(range(256)) * 9, "no text")],
)
def test_what_is_no_text_is_told_with_what_helps(raw: bytes, what: str) -> None:
    (item,) = read(raw)
    assert isinstance(item, Unread)
    assert what in item.message
    assert item.hint


def test_utf16_without_a_mark_is_a_text() -> None:
    assert isinstance(read("سقطت ثلاثة صواريخ قرب القاعدة".encode("utf-16-le"))[0], Capture)


@pytest.mark.parametrize("name", ["missing.txt", "", "empty.txt", "blank.txt", "http://a.example/"])
def test_what_cannot_be_read_is_an_error_with_a_hint(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n \n")
    with pytest.raises(InputError) as caught:
        list(captures(name if "://" in name or not name else str(tmp_path / name), SourceOptions()))
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_an_address_is_handed_to_whoever_fetches() -> None:
    page = Capture(b"x", "http://a.example/")
    assert list(captures("http://a.example/", SourceOptions(fetch=lambda address: iter([page])))) == [page]


def test_a_file_address_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "نص واحد.txt"
    path.write_bytes(b"x y")
    assert [item.found_at for item in captures(path.as_uri(), SourceOptions())] == [str(path)]


@pytest.mark.parametrize(
    "content", ['[{"text": "قصف"}]', '{\n "name": "x",\n "value": [1]\n}', '{"id":', '\ufeff[ {"a": 1}, 2]']
)
def test_json_that_is_no_collection_is_refused_and_not_read_as_a_text(content: str) -> None:
    (found,) = captures("-", SourceOptions(), io.BytesIO(content.encode()))
    assert isinstance(found, Unread)
    assert "JSON" in found.message


def test_rows_under_another_name_than_text_are_told_line_by_line() -> None:
    raw = '{"id": 1, "body": "قصف على حلب"}\n{"id": 2, "body": "قصف على حمص"}\n'.encode()
    found = list(captures("-", SourceOptions(), io.BytesIO(raw)))
    assert [(type(f), f.found_at) for f in found] == [(Unread, "-:1"), (Unread, "-:2")]
