"""The web at its worst: what is good comes in, everything else is refused or recorded, and the store stays sound."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import tawatur as library
from tests.cli.program import Program
from tests.end_to_end.test_sources import page
from tests.sources import server as web
from tests.sources.server import Answer, Server

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

RAW = {
    "/cut": web.cut_off,
    "/hang-up": web.hang_up,
    "/endless": web.endless,
    "/drip": web.drip_body,
    "/broken-chunks": web.broken_chunks,
    "/bad-length": web.bad_length,
    "/huge-head": web.huge_head,
    "/no-http": web.no_http,
}
STATUS = {"/gone": 410, "/broken": 500, "/forbidden": 403}


def hostile(server: Server) -> list[str]:
    """Puts the worst on the server, and gives its paths."""
    for path, wire in RAW.items():
        server.raw(path, wire)
    for path, status in STATUS.items():
        server.page(path, "<p>error</p>", status=status)
    bomb = gzip.compress(b"<p>" + b"\0" * (20 << 20))
    server.handle("/bomb", lambda _: Answer(bomb, 200, {"Content-Type": web.HTML, "Content-Encoding": "gzip"}))
    server.redirect("/loop", "/loop2")
    server.redirect("/loop2", "/loop")
    server.redirect("/to-a-file", "file:///etc/passwd")
    server.page("/secret/1", page("لا يقرأ"))
    server.page("/report.pdf", b"%PDF-1.4 \x00\x01", media_type="application/pdf")
    server.robots("User-agent: *\nDisallow: /secret/\n")
    others = ["/missing", "/bomb", "/loop", "/to-a-file", "/secret/1", "/report.pdf"]
    return [*RAW, *STATUS, *others]


def test_everything_hostile_is_recorded_and_the_rest_comes_in(tawatur: Program) -> None:
    with Server() as server:
        bad = [server.address(path) for path in hostile(server)]
        good = [server.address(f"/news/{n}") for n in (1, 2, 3)]
        for n in (1, 2, 3):
            server.page(f"/news/{n}", page(f"سقوط صواريخ {n}"), etag=f"v{n}")
        server.redirect("/moved", "/news/3", 301)
        first, last, moved = good[0], good[1], server.address("/moved")

        done = tawatur("add", first, *bad, last, moved, "--allow-private")
        assert done.code == 4
        seen, added, same, failed = done.sums()
        assert (added, same) == (3, 0)
        assert seen == added + failed
        assert {report["url"] for report in tawatur.listed()} == set(good)
        recorded = {issue["found_at"] for issue in tawatur.issues()}
        assert set(bad) - recorded == set()
        # a line for each on standard error, none of them a trace
        told = [line for line in done.err.splitlines() if line.startswith("error: ")]
        assert len(told) == failed == len(bad)
        assert not server.asked("/secret/1")
        with library.open(tawatur.store) as opened:
            unvisited = [a for a in bad if opened.store.last_visit(a) is None]
            statuses = {path: opened.store.last_visit(server.address(path)) for path in STATUS}
        assert unvisited == []
        assert {path: visit and visit.status for path, visit in statuses.items()} == STATUS
        tawatur.well("verify")

        before = len(server.asked())
        again = tawatur("add", first, last, moved, server.address("/missing"), "--allow-private")
        assert again.code == 4
        assert again.sums() == (4, 0, 3, 1)
        asked = {a.path: a for a in server.asked()[before:]}
        assert all(asked[f"/news/{n}"].headers["if-none-match"] == f'"v{n}"' for n in (1, 2, 3))
        assert len(tawatur.listed()) == 3
        tawatur.well("verify")


def test_without_leave_no_private_address_is_touched(tawatur: Program) -> None:
    with Server() as server:
        server.page("/1", page("سقوط صواريخ"))
        named = [server.address("/1"), "http://localhost:1/", "http://[::1]/", "http://169.254.169.254/latest", "http://2130706433/"]  # fmt: skip
        done = tawatur("add", *named)
        assert (done.code, done.sums()) == (3, (5, 0, 0, 5))
        assert server.asked() == []
        assert server.asked("/robots.txt") == []
    assert len({issue["found_at"] for issue in tawatur.issues()}) == 5
    with library.open(tawatur.store) as opened:
        visit = opened.store.last_visit(server.address("/1"))
    assert visit is not None
    assert (visit.status, visit.digest) == (0, "")
    assert "not on the public internet" in visit.note
    assert tawatur.listed() == []


def test_an_archive_that_expands_without_end_is_a_failure_like_others(tawatur: Program, tmp_path: Path) -> None:
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b"\0" * (30 << 20)))
    (tmp_path / "good.txt").write_text("قتل ثلاثة في قصف على حلب أمس.", encoding="utf-8")
    done = tawatur("add", tmp_path / "bomb.jsonl.gz", tmp_path / "good.txt")
    assert done.code == 4
    assert len(tawatur.listed()) == 1
    assert "expand" in done.err
