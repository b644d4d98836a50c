"""Tables: columns by header or by name, encodings, delimiters, cells of several lines, rows that are not right."""

from __future__ import annotations

import io
import json

import pytest

from tawatur.errors import InputError
from tawatur.model import Capture, Unread
from tawatur.sources.detect import captures
from tawatur.sources.options import Found, SourceOptions
from tawatur.text.documents import document_of

ARABIC = "سقطت ثلاثة صواريخ قرب القاعدة في الريف الشرقي، وقالت مصادر محلية إن الأضرار اقتصرت على السور"


def read(raw: bytes | str, **columns: str) -> list[Found]:
    content = raw if isinstance(raw, bytes) else raw.encode()
    return list(captures("-", SourceOptions("table", columns), io.BytesIO(content)))


def values(found: list[Found]) -> list[dict[str, str]]:
    return [json.loads(item.content) for item in found if isinstance(item, Capture)]


def test_columns_are_known_by_their_headers() -> None:
    raw = "ID,Headline,Body,Pub Date,Link,Publisher,Lang,Region\n7,ع,سقط صاروخ,2023-12-09,https://a.example/7,س,ar,north\n"
    (item,) = read(raw.replace("Pub Date", "Publication Date"))
    assert isinstance(item, Capture)
    assert (item.kind, item.item, item.address, item.found_at) == ("row", "7", "https://a.example/7", "-:2")
    assert json.loads(item.content) == {
        "id": "7", "text": "سقط صاروخ", "title": "ع", "published": "2023-12-09", "url": "https://a.example/7",
        "outlet": "س", "language": "ar", "Region": "north",
    }  # fmt: skip
    document = document_of(item)
    assert (document.id, document.title, document.text) == ("7", "ع", "ع\nسقط صاروخ")


def test_arabic_headers_and_other_delimiters() -> None:
    for delimiter in ";\t|,":
        raw = f"المعرف{delimiter}العنوان{delimiter}النص{delimiter}المصدر\n1{delimiter}ع{delimiter}س{delimiter}و\n"
        assert values(read(raw)) == [{"id": "1", "title": "ع", "text": "س", "outlet": "و"}]


def test_columns_that_are_named_stand_before_what_headers_say() -> None:
    (value,) = values(read("Text,Summary,Story\nshort,s,long\n", text="story", title="SUMMARY"))
    assert value == {"text": "long", "title": "s", "Text": "short"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_encodings(encoding: str) -> None:
    raw = f"id,text\n1,{ARABIC}\n2,{ARABIC}\n".encode(encoding)
    assert [value["text"] for value in values(read(raw))] == [ARABIC, ARABIC]


def test_cells_of_several_lines_and_empty_lines() -> None:
    found = read('id,text\n1,"سطر\nثان ""مقتبس"""\n\n2,b\n')
    assert [value["text"] for value in values(found)] == ['سطر\nثان "مقتبس"', "b"]
    assert [item.found_at for item in found] == ["-:2", "-:5"]


def test_rows_that_are_not_right_are_told_with_their_bytes() -> None:
    found = read("id,text,url\n1,صاروخ,\n".encode() + b"2,b\n3,c,d,e\n4,\xff\xfe,\n5, ,\n6,f,,\n")
    assert [(type(item).__name__, item.found_at) for item in found] == [
        ("Capture", "-:2"), ("Unread", "-:3"), ("Unread", "-:4"), ("Unread", "-:5"), ("Unread", "-:6"), ("Capture", "-:7"),
    ]  # fmt: skip
    contents = [item.content for item in found if isinstance(item, Unread)]
    assert contents == [b"2,b", b"3,c,d,e", b"4,\xff\xfe,", b"5, ,"]


def test_a_quote_that_is_never_closed_loses_nothing() -> None:
    good, bad = read('id,text\n1,a\n2,"b\n3,c\n4,d\n')
    assert isinstance(good, Capture)
    assert isinstance(bad, Capture | Unread)
    assert b"3,c" in (bad.content or b"").replace(b"\\n", b"\n")


def test_a_long_cell_is_a_text() -> None:
    (value,) = values(read(f"text\n{'a' * 400_000}\n"))
    assert len(value["text"]) == 400_000


@pytest.mark.parametrize(
    ("raw", "columns", "said"),
    [("id,name\n1,x\n", {}, "no column for the text"), ("id,text\n", {"text": "Body"}, "no column 'Body'"),
     ("id,text\n", {"words": "text"}, "no field 'words'")],
)  # fmt: skip
def test_a_table_without_the_column_is_an_error_that_lists_the_columns(
    raw: str, columns: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(raw, **columns)
    assert "id" in caught.value.hint
