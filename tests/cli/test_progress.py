"""Bars for who looks on: how much there is, once that is known."""

from __future__ import annotations

import io

import pytest

from tawatur.cli.progress import Shown


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def looking_on(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """From here on (pytest puts its own back between a fixture and its test)."""
    made = Terminal()
    monkeypatch.setattr("sys.stderr", made)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("TERM", "xterm")
    return made


def test_totals_are_told_once_they_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looking_on(monkeypatch)
    with Shown() as progress:
        progress.captured(200, 9)
        progress.captured(104, 9)
        progress.reading(300)
        progress.read(45)
    last = terminal.getvalue()
    assert "304/304" in last
    assert " 45/300" in last


def test_what_fails_is_told_above_the_bars_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looking_on(monkeypatch)
    with Shown() as progress:
        progress.captured(1, 1)
        progress.told("rows[3].jsonl: no text", "look at [it]")
    assert "error: rows[3].jsonl: no text  hint: look at [it]" in terminal.getvalue()
