"""Pages as browsers save them: address, files beside them, Chrome's single file."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture
from tawatur.sources.detect import captures
from tawatur.sources.options import SourceOptions
from tawatur.text.documents import document_of

PARAGRAPHS = (
    "<p>قالت مصادر محلية للوكالة إن ثلاثة صواريخ سقطت مساء الجمعة قرب القاعدة الواقعة في الريف الشرقي.</p>"
    "<p>وأضافت المصادر أن القوات المتمركزة في القاعدة ردت بالمدفعية على مصادر النيران.</p>"
)
ARTICLE = (
    "<html><head><title>سقوط صواريخ</title></head><body><article><h1>سقوط صواريخ</h1>"
    f'<img src="./خبر_files/photo.jpg">{PARAGRAPHS}</article></body></html>'
)
PHOTO = b"\xff\xd8\xff\xe0 a photo"


def one(path: Path, options: SourceOptions = SourceOptions()) -> Capture:  # noqa: B008
    (found,) = captures(str(path), options)
    assert isinstance(found, Capture)
    return found


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page as a browser saves it, with its folder."""
    page = tmp_path / "خبر.html"
    page.write_text(
        "<!DOCTYPE html>\n<!-- saved from url=(0025)https://nada.example/311 -->\n" + ARTICLE, encoding="utf-8"
    )
    beside = tmp_path / "خبر_files"
    beside.mkdir()
    for name, content in (("photo.jpg", PHOTO), ("style.css", b"x"), ("a.js.download", b"y"), ("ad.html", b"<p>z")):
        (beside / name).write_bytes(content)
    return page


def test_a_saved_page_keeps_its_address_and_pictures(saved: Path) -> None:
    capture = one(saved, SourceOptions(title="عنوان", published="2023-12-09", outlet="الندى"))
    assert (capture.kind, capture.address, capture.content) == ("page", "https://nada.example/311", saved.read_bytes())
    digest = hashlib.sha256(PHOTO).hexdigest()
    assert capture.attachments == (
        Attachment("picture", "خبر_files/photo.jpg", media_type="image/jpeg", digest=digest, content=PHOTO),
    )
    document = document_of(capture)
    assert (document.title, document.outlet, document.url) == ("عنوان", "الندى", "https://nada.example/311")
    assert document.published.basis == "option"
    # the page calls its picture as the file beside it is called
    assert [(a.kind, a.address) for a in document.attachments] == [("picture", "خبر_files/photo.jpg")]


def test_where_a_page_lies_is_no_part_of_what_it_is(saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.htm"
    other.write_bytes(saved.read_bytes())
    assert document_of(one(saved)).id == document_of(one(other)).id


def test_pictures_above_the_limit_are_known_by_their_digest(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawatur.sources.media.MAX_MEDIA", 4)
    (picture,) = one(saved).attachments
    assert (picture.content, picture.digest) == (None, hashlib.sha256(PHOTO).hexdigest())
    monkeypatch.setattr("tawatur.sources.media.MAX_MEDIA", 99)
    monkeypatch.setattr("tawatur.sources.media.MAX_MEDIA_OF_ONE", 4)
    assert one(saved).attachments == (picture,)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_page_in_one_file(charset: str, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://nada.example/312"
    message["Date"] = "Sat, 9 Dec 2023 10:00:00 +0200"
    html = ARTICLE.replace("./خبر_files/photo.jpg", "https://nada.example/i/photo.jpg")
    message.set_content(html, subtype="html", charset=charset, cte="quoted-printable")
    message.add_related(PHOTO, "image", "jpeg", headers=["Content-Location: https://nada.example/i/photo.jpg"])
    message.add_related(b"p{}", "text", "css", headers=["Content-Location: https://nada.example/s.css"])
    path = tmp_path / "page.mhtml"
    path.write_bytes(message.as_bytes())
    capture = one(path)
    assert (capture.kind, capture.address, capture.charset) == ("page", "https://nada.example/312", charset)
    assert capture.content.decode(charset).strip() == html
    assert capture.fetched == datetime(2023, 12, 9, 8, tzinfo=UTC)
    assert [(a.kind, a.address, a.content) for a in capture.attachments] == [
        ("picture", "https://nada.example/i/photo.jpg", PHOTO)
    ]
    assert [a.address for a in document_of(capture).attachments] == ["https://nada.example/i/photo.jpg"]


def test_a_file_of_parts_without_a_page_is_an_error(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("x")
    message.add_related(PHOTO, "image", "jpeg")
    (tmp_path / "a.mhtml").write_bytes(message.as_bytes())
    with pytest.raises(InputError, match="no page"):
        one(tmp_path / "a.mhtml")


def test_a_file_of_parts_within_parts_without_end_is_an_error(tmp_path: Path) -> None:
    nested = "".join(f"Content-Type: multipart/related; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    (tmp_path / "a.mhtml").write_text(nested)
    with pytest.raises(InputError, match="nested too deep"):
        one(tmp_path / "a.mhtml")
