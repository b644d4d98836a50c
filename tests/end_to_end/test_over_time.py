"""What changes on the web after it was kept, and feeds that are watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.end_to_end.test_sources import page
from tests.sources.server import Server, drip_body

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


def test_gone_tells_what_was_changed_and_withdrawn(tawatur: Program) -> None:
    with Server() as server:
        names = ("same", "same-bytes", "other-frame", "changed", "withdrawn", "front", "broken", "wall")
        for name in names:
            server.page(f"/news/{name}", page(f"سقوط صواريخ {name}"), etag="v1" if name == "same" else "")
        added = tawatur.well("add", *(server.address(f"/news/{n}") for n in names), "--allow-private")
        assert added.sums() == (8, 8, 0, 0)

        server.page("/news/other-frame", page("سقوط صواريخ other-frame").replace("<body>", "<body><!-- 17 -->"))
        server.page("/news/changed", page("سقوط صواريخ changed", "وقتل في القصف أربعة جنود بحسب المصدر نفسه."))
        server.page("/news/withdrawn", "<p>gone</p>", status=410)
        server.page("/", page("الصفحة الأولى"))
        server.redirect("/news/front", "/")
        server.page("/news/broken", "", status=503)
        server.page("/news/wall", "<html><body><script>load()</script></body></html>")
        done = tawatur("gone", "--allow-private", "--format", "jsonl")
        states = {line["address"].rpartition("/")[2]: line["state"] for line in done.lines}
        assert states == {
            "same": "unchanged", "same-bytes": "unchanged", "other-frame": "unchanged", "changed": "changed",
            "withdrawn": "withdrawn", "front": "withdrawn", "broken": "unreachable",
            "wall": "changed",
        }  # fmt: skip
        assert done.code == 4  # one could not be asked
        assert "2 changed, 3 unchanged, 1 unreachable, 2 withdrawn" in done.err

        address = server.address("/news/changed")
        shown = tawatur.well("show", address).out
        assert "version 2" in shown
        assert "أربعة جنود" in tawatur.well("show", address, "--format", "text").out
        assert "أربعة جنود" not in tawatur.well("show", address, "--format", "text", "--version", "1").out
        # what was withdrawn is still here, and what stands in front of a page does not hide it
        assert "سقوط صواريخ" in tawatur.well("show", server.address("/news/wall"), "--format", "text").out
        assert "سقوط صواريخ" in tawatur.well("show", server.address("/news/withdrawn"), "--format", "text").out
        (one,) = tawatur("gone", server.address("/news/withdrawn"), "--allow-private").out.splitlines()
        assert one.startswith("withdrawn")
    tawatur.well("verify")


def test_a_row_is_asked_for_and_not_compared(tawatur: Program, tmp_path: Path) -> None:
    with Server() as server:
        server.page("/1", page("سقوط صواريخ"))
        rows = tmp_path / "rows.jsonl"
        rows.write_text(f'{{"id": "a", "text": "سقطت صواريخ قرب المطار أمس.", "url": "{server.address("/1")}"}}\n')
        tawatur.well("add", rows)
        (found,) = tawatur.well("gone", "--allow-private", "--format", "jsonl").lines
        assert (found["doc"], found["state"]) == ("a", "there")
    (report,) = tawatur.listed()
    assert report["versions"] == 1


def feeds(path: Path, *addresses: str) -> Path:
    path.write_text("".join(f'[[feed]]\naddress = "{address}"\n\n' for address in addresses))
    return path


def test_watching_once_reads_what_it_can(tawatur: Program, tmp_path: Path) -> None:
    with Server() as server:
        for n in (1, 2, 3):
            server.page(f"/{n}", page(f"سقوط صواريخ {n}"))
        server.feed("/good", {"/1": "أول", "/2": "ثان"})
        server.feed("/other", {"/3": "ثالث"})
        server.page("/down", "", status=503)
        listed = feeds(tmp_path / "feeds.toml", *map(server.address, ("/good", "/down", "/other")))
        done = tawatur("watch", listed, "--once", "--allow-private")
        assert done.code == 4
        assert done.out == "3 visits, 1 failed, 3 new reports\n"
        errors = [line for line in done.err.splitlines() if line.startswith("error: ")]
        assert len(errors) == 1
        assert server.address("/down") in errors[0]
        assert {report["url"] for report in tawatur.listed()} == {server.address(f"/{n}") for n in (1, 2, 3)}
        only_bad = feeds(tmp_path / "bad.toml", server.address("/down"))
        assert tawatur("watch", only_bad, "--once", "--allow-private").code == 3
    tawatur.well("verify")


def test_signals_are_as_they_were_after_watching(tawatur: Program, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with Server() as server:
        server.feed("/good", {})
        tawatur.well("watch", feeds(tmp_path / "f.toml", server.address("/good")), "--once", "--allow-private")
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_watching_soon_and_leaves_a_sound_store(
    tawatur: Program, tmp_path: Path, number: signal.Signals
) -> None:
    with Server() as server:
        server.page("/1", page("سقوط صواريخ"))
        server.feed("/good", {"/1": "أول"})
        server.raw("/slow", drip_body)
        listed = feeds(tmp_path / "feeds.toml", server.address("/good"), server.address("/slow"))
        command = [sys.executable, "-m", "tawatur", "watch", str(listed), "--allow-private"]
        running = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            until = time.monotonic() + 20
            while not (server.asked("/1") and server.asked("/slow")) and time.monotonic() < until:
                time.sleep(0.05)
            assert server.asked("/slow")
            began = time.monotonic()
            running.send_signal(number)
            out, err = running.communicate(timeout=20)
            took = time.monotonic() - began
        finally:
            running.kill()
    assert running.returncode == 0, err
    assert took < 8  # a second or two where the machine has nothing else to do
    assert "left while under way" in out.decode()
    tawatur.well("verify")
