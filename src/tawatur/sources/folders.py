"""Folders: every file in them, deep down, in the order of their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tawatur.errors import InputError
from tawatur.model import NO_REPORT, Unread
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.pages import page_beside

_MOST_DEEP = 60
_LOCKS = (".lock", ".tmp", ".part", ".crdownload", ".swp")
_SYSTEM = ("thumbs.db", "desktop.ini")
_ABOUT = frozenset(("readme", "license", "licence", "notice", "changelog", "contributing"))
"""Names, without their endings, of files that speak of a folder and report nothing."""


def folder_of(
    folder: Path, options: SourceOptions, read: Callable[[str, SourceOptions], Iterator[Found]]
) -> Iterator[Found]:
    """What the files under ``folder`` hold, each read by ``read``. What cannot be read is told, and the rest goes on.
    Hidden files, lock files and half downloads are passed over, a README is told and not read; folders that a browser
    saved belong to their page."""
    yield from _walk(folder, options, read, frozenset(), set())


def _walk(
    folder: Path,
    options: SourceOptions,
    read: Callable[[str, SourceOptions], Iterator[Found]],
    above: frozenset[tuple[int, int]],
    seen: set[tuple[int, int]],
) -> Iterator[Found]:
    try:
        state = folder.stat()
        here = (state.st_dev, state.st_ino)
        if here in above or len(above) > _MOST_DEEP:
            yield Unread(str(folder), "this folder leads back to one above it", "", NO_REPORT)
            return
        if here in seen:
            yield Unread(str(folder), "this folder was read before, under another name", "", NO_REPORT)
            return
        seen.add(here)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Unread(str(folder), f"this folder cannot be read: {error.strerror}", "check its permissions")
        return
    for entry in entries:
        path = Path(entry.path)
        if _passed_over(entry.name):
            continue
        if path.stem.lower() in _ABOUT and not entry.is_dir():
            yield Unread(str(path), "this file is about the folder and no report", "name it by itself", NO_REPORT)
        elif entry.is_dir():
            if not page_beside(path):
                yield from _walk(path, options, read, above | {here}, seen)
        else:
            yield from _file(path, options, read)


def _file(path: Path, options: SourceOptions, read: Callable[[str, SourceOptions], Iterator[Found]]) -> Iterator[Found]:
    try:
        if not path.is_file():  # a pipe or a device would be waited for without end
            what = "leads nowhere" if path.is_symlink() and not path.exists() else "is no file"
            yield Unread(str(path), f"this {what}", "")
            return
        yield from read(str(path), options)
    except InputError as error:
        yield Unread(str(path), str(error), error.hint)
    except OSError as error:
        yield Unread(str(path), f"it cannot be read: {error.strerror}", "check its permissions")


def _passed_over(name: str) -> bool:
    low = name.lower()
    return low.startswith((".", "~$")) or low.endswith(("~", *_LOCKS)) or low in _SYSTEM
