"""Folders: everything in them, in the order of names, and nothing that harms the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tawatur.model import NO_REPORT, Capture, Unread
from tawatur.sources.detect import captures
from tawatur.sources.options import Found, SourceOptions


def read(folder: Path) -> list[Found]:
    return list(captures(str(folder), SourceOptions()))


def fill(folder: Path, *names: str, content: bytes = b"three rockets fell") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(folder: Path, found: list[Found]) -> list[str]:
    return [item.found_at.removeprefix(f"{folder}/") for item in found if isinstance(item, Capture)]


def test_all_that_is_in_it_by_name_whatever_kind(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "c")
    fill(tmp_path, "d.jsonl", content=b'{"text": "x"}\n{"text": "y"}\n')
    fill(tmp_path, "e.csv", content=b"id,text\n1,x\n")
    assert names(tmp_path, read(tmp_path)) == [
        "a/b/c.txt",
        "a/z.txt",
        "b.txt",
        "c",
        "d.jsonl:1",
        "d.jsonl:2",
        "e.csv:2",
    ]


def test_hidden_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".hidden", ".git/x", "~$r.docx", ".~lock.r.odt#", "r.txt~", "page.html.part", "Thumbs.db", "r.txt")
    assert names(tmp_path, read(tmp_path)) == ["r.txt"]
    assert len(read(tmp_path)) == 1


def test_the_folder_of_a_saved_page_belongs_to_the_page(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><body><p>three rockets fell near the base</p></body></html>"
    fill(tmp_path, "page.html", "page_files/frame.html", "other_files/note.html", content=page)
    assert names(tmp_path, read(tmp_path)) == ["other_files/note.html", "page.html"]


def test_links_in_a_ring_end(tmp_path: Path) -> None:
    fill(tmp_path, "a/r.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "c").symlink_to(tmp_path / "nowhere")
    found = read(tmp_path)
    assert names(tmp_path, found) == ["a/r.txt"]
    unread = [item for item in found if isinstance(item, Unread)]
    assert [item.code for item in unread] == [NO_REPORT, NO_REPORT, "unread"]
    assert "nowhere" in unread[2].message


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.txt", "locked.txt", "z.txt")
    fill(tmp_path, "b.pdf", content=b"%PDF-1.7")
    fill(tmp_path, "c.csv", content=b"name,age\nx,1\n")
    fill(tmp_path, "d.jpg", content=b"\xff\xd8\xff\xe0")
    fill(tmp_path, "empty.txt", content=b"")
    os.mkfifo(tmp_path / "pipe")
    opened = Path.open

    def guarded(path: Path, *args: object, **more: object) -> object:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    found = read(tmp_path)
    assert names(tmp_path, found) == ["a.txt", "z.txt"]
    told = {Path(item.found_at).name: item for item in found if isinstance(item, Unread)}
    assert sorted(told) == ["b.pdf", "c.csv", "d.jpg", "empty.txt", "locked.txt", "pipe"]
    assert "pdftotext" in told["b.pdf"].hint
    assert "Permission denied" in told["locked.txt"].message


def test_what_is_about_the_folder_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Reports\n\n84 attacks are told here.", encoding="utf-8")
    (tmp_path / "report.txt").write_text("سقطت قذيفة على البلدة.", encoding="utf-8")
    found = list(captures(str(tmp_path), SourceOptions()))
    assert [type(f) for f in found] == [Unread, Capture]
    assert isinstance(found[0], Unread)
    assert found[0].code == NO_REPORT
