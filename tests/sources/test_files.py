from __future__ import annotations

import io
from pathlib import Path

import pytest

from tawatur.errors import InputError
from tawatur.model import Capture
from tawatur.sources.files import Row, Unread, read_inputs


def read(raw: bytes, documents: bool = False) -> list[Capture | Row | Unread]:
    return list(read_inputs(["-"], documents=documents, stdin=io.BytesIO(raw)))


def test_kinds_are_told_apart_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("تقرير", encoding="utf-8")
    (tmp_path / "b.txt").write_text('{"text": "س"}\n\n{"text": "ص"}\n', encoding="utf-8")
    found = list(read_inputs([str(tmp_path / "a.json"), str(tmp_path / "b.txt")]))
    assert [type(item) for item in found] == [Capture, Row, Row]
    assert [item.line for item in found if isinstance(item, Row)] == [1, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_collections_in_each_unicode_encoding(encoding: str) -> None:
    found = read('{"text": "س"}\n{"text": "ص"}'.encode(encoding))
    assert [item.value["text"] for item in found if isinstance(item, Row)] == ["س", "ص"]


def test_a_bad_line_is_told_and_the_rest_goes_on() -> None:
    found = read(b'{"text": "a"}\n{broken\n[1]\n{"text": 5}\n{"text": "\xff"}\n{"text": "b"}\n')
    assert [(type(item).__name__, item.line) for item in found if not isinstance(item, Capture)] == [
        ("Row", 1), ("Unread", 2), ("Unread", 3), ("Unread", 4), ("Unread", 5), ("Row", 6),
    ]  # fmt: skip
    assert all(item.hint for item in found if isinstance(item, Unread))


def test_documents_says_that_it_is_a_collection() -> None:
    assert isinstance(read("تقرير".encode())[0], Capture)
    assert isinstance(read("تقرير".encode(), documents=True)[0], Unread)


def test_a_text_that_begins_with_a_brace_is_a_text() -> None:
    assert isinstance(read(b'{see note} three rockets fell\n{"a": 1}')[0], Capture)


def test_a_collection_is_read_as_it_comes() -> None:
    class Counting(io.BytesIO):
        taken = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.taken += len(line)
            return line

    stream = Counting(b'{"text": "%s"}\n' % (b"a" * 1000) * 5000)
    first = next(iter(read_inputs(["-"], stdin=stream)))
    assert isinstance(first, Row)
    assert stream.taken < 200_000


@pytest.mark.parametrize("name", ["missing.txt", "", "folder", "empty.txt", "blank.txt"])
def test_what_cannot_be_read_is_an_error_with_a_hint(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n \n")
    with pytest.raises(InputError) as caught:
        list(read_inputs([str(tmp_path / name)]))
    assert caught.value.hint
    assert "\n" not in str(caught.value)
