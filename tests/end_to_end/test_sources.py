"""Every kind of source through the program into a store, and out of it again."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.cli.program import Program
from tests.sources.server import Server

here = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
PHOTO = b"\xff\xd8\xff\xe0 a photo"


def page(title: str, *more: str) -> str:
    words = (
        f"قال مصدر أمني لوكالة الندى إن ثلاثة صواريخ سقطت مساء الجمعة قرب قاعدة عين الأسد: {title}.",
        "وأضاف المصدر أن القوات المتمركزة في القاعدة ردت بالمدفعية على مصادر النيران من دون أن تقع إصابات.",
        *more,
    )
    body = "".join(f"<p>{each}</p>" for each in words)
    head = f'<meta charset="utf-8"><title>{title}</title><meta property="article:published_time" content="2023-12-09">'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"


def telegram(folder: Path, *messages: dict[str, Any]) -> Path:
    """An export of Telegram Desktop with a photo beside it."""
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    (folder / "photos" / "1.jpg").write_bytes(PHOTO)
    common = {"type": "message", "date": "2023-12-09T12:00:00", "date_unixtime": "1702112400", "from": "قناة الندى"}
    chat = {"name": "قناة الندى", "type": "public_channel", "id": 1500, "messages": [common | m for m in messages]}
    path = folder / "result.json"
    path.write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")
    return path


def warc(path: Path, pages: dict[str, str]) -> Path:
    """A web archive, with a picture in it that is no report."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        picture = ("https://nada.example/a.jpg", PHOTO, "image/jpeg")
        for address, body, kind in [*((a, p.encode(), "text/html") for a, p in pages.items()), picture]:
            http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    address, "response", payload=io.BytesIO(body), http_headers=http,
                    warc_headers_dict={"WARC-Date": "2023-12-09T01:02:03Z"},
                )
            )  # fmt: skip
    return path


def test_a_telegram_export(tawatur: Program, tmp_path: Path) -> None:
    words = "سقطت ثلاثة صواريخ قرب قاعدة عين الأسد مساء اليوم."
    path = telegram(
        tmp_path / "export",
        {"id": 7, "text": words, "forwarded_from": "غرفة العمليات", "photo": "photos/1.jpg"},
        {"id": 8, "text": "", "type": "service", "action": "pin_message"},
        {"id": 9, "text": "قصفت المدفعية محيط المطار أمس."},
    )
    done = tawatur.well("add", path)
    assert done.sums() == (2, 2, 0, 0)
    assert "no reports: 1" in done.out
    assert [issue["code"] for issue in tawatur.issues("--code", "no-report")] == ["no-report"]
    assert {report["id"] for report in tawatur.listed()} == {"1500/7", "1500/9"}
    (document,) = tawatur.well("show", "1500/7", "--format", "documents").lines
    assert [hop["name"] for hop in document["forwards"]] == ["غرفة العمليات"]
    assert [(a["kind"], bool(a["sha256"])) for a in document["attachments"]] == [("picture", True)]
    table = tawatur.well("show", "1500/7").out
    assert "forwarded from ⁨غرفة العمليات⁩" in table
    assert "(kept)" in table
    # a message has no title: its first words stand for one
    assert "قصفت المدفعية" in tawatur.well("list").out
    assert tawatur.well("show", "1500/9", "--format", "text").out == "قصفت المدفعية محيط المطار أمس.\n"
    assert tawatur.well("add", path).sums() == (2, 0, 2, 0)
    tawatur.well("verify")


def test_an_edited_message_is_a_version(tawatur: Program, tmp_path: Path) -> None:
    tawatur.well("add", telegram(tmp_path / "a", {"id": 7, "text": "قتل ثلاثة في قصف على حلب."}))
    edited = {"id": 7, "text": "قتل أربعة في قصف على حلب.", "edited_unixtime": "1702113000"}
    assert tawatur.well("add", telegram(tmp_path / "b", edited)).sums() == (1, 1, 0, 0)
    (report,) = tawatur.listed()
    assert report["versions"] == 2
    assert "أربعة" in tawatur.well("show", "1500/7", "--format", "text").out
    assert "ثلاثة" in tawatur.well("show", "1500/7", "--format", "text", "--version", "1").out


def test_a_web_archive(tawatur: Program, tmp_path: Path) -> None:
    pages = {f"https://nada.example/{n}": page(f"سقوط صواريخ {n}") for n in (1, 2)}
    done = tawatur.well("add", warc(tmp_path / "a.warc.gz", pages), "--outlet", "الندى")
    assert done.sums() == (2, 2, 0, 0)
    assert {report["url"] for report in tawatur.listed("--outlet", "الندى")} == set(pages)
    for address, body in pages.items():
        assert tawatur.well("show", address, "--format", "raw").raw == body.encode()
    tawatur.well("verify")


def test_a_folder_of_saved_pages_with_pictures_beside(tawatur: Program, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    (saved / "خبر 1_files").mkdir(parents=True)
    (saved / "خبر 1_files" / "صورة.jpg").write_bytes(PHOTO)
    (saved / "خبر 1_files" / "style.css").write_text("p {}")
    image = '<img src="%D8%AE%D8%A8%D8%B1%201_files/%D8%B5%D9%88%D8%B1%D8%A9.jpg">'
    (saved / "خبر 1.html").write_text(page("سقوط صواريخ", image), encoding="utf-8")
    (saved / "b.html").write_text(page("قصف بالمدفعية"), encoding="utf-8")
    assert tawatur.well("add", saved).sums() == (2, 2, 0, 0)
    (with_picture,) = (r for r in tawatur.listed() if r["title"] == "سقوط صواريخ")
    (document,) = tawatur.well("show", with_picture["id"], "--format", "documents").lines
    # the picture that the page names is the one that lies beside it, told once
    assert [(a["kind"], a["address"]) for a in document["attachments"]] == [("picture", "خبر 1_files/صورة.jpg")]
    assert document["attachments"][0]["sha256"]
    tawatur.well("verify")


class TestOfTheWeb:
    pytestmark = here

    def test_a_feed(self, tawatur: Program) -> None:
        with Server() as server:
            for n in (1, 2):
                server.page(f"/{n}", page(f"سقوط صواريخ {n}"), etag=f"v{n}")
            server.feed("/rss", {"/1": "عنوان أول", "/2": "عنوان ثان"}, etag="f1")
            args = ("add", server.address("/rss"), "--allow-private")
            assert tawatur.well(*args).sums() == (2, 2, 0, 0)
            assert {report["url"] for report in tawatur.listed()} == {server.address("/1"), server.address("/2")}
            tawatur.well("verify")
            asked = len(server.asked())
            assert tawatur.well(*args).sums()[1] == 0
            assert all("if-none-match" in a.headers for a in server.asked()[asked:] if a.path != "/rss")
            assert len(tawatur.listed()) == 2

    def test_a_sitemap_and_its_pictures(self, tawatur: Program) -> None:
        with Server() as server:
            server.page("/a.jpg", PHOTO, media_type="image/jpeg")
            for n in (1, 2):
                server.page(f"/news/{n}", page(f"سقوط صواريخ {n}", '<img src="/a.jpg">'))
            urls = "".join(f"<url><loc>{server.address(f'/news/{n}')}</loc></url>" for n in (1, 2))
            space = "http://www.sitemaps.org/schemas/sitemap/0.9"
            server.page("/sitemap.xml", f'<urlset xmlns="{space}">{urls}</urlset>', media_type="application/xml")
            done = tawatur.well("add", server.address("/sitemap.xml"), "--allow-private", "--media")
            assert done.sums() == (2, 2, 0, 0)
            (document,) = tawatur.well("show", server.address("/news/1"), "--format", "documents").lines
            kept = [(a["kind"], a["address"], bool(a["sha256"])) for a in document["attachments"]]
            assert kept == [("picture", server.address("/a.jpg"), True)]
            tawatur.well("verify")
