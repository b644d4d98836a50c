"""Choosing a reader on the command line, and leaving out what is unsure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tawatur import config
from tawatur.reader import choosing
from tests.cli.program import Program
from tests.silent import Silent

SAMPLE = Path(__file__).parents[2] / "samples" / "02-wire-story.txt"


@pytest.fixture
def model(tawatur: Program, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The learned reader, which no setting keeps from being the default; its model is there as long as ``there``."""
    monkeypatch.delenv("TAWATUR_READER")
    config.settings.cache_clear()
    found = SimpleNamespace(there=True, load=Silent)
    found.available = lambda: found.there
    monkeypatch.setattr(choosing, "find_spec", lambda name: object())
    monkeypatch.setattr(choosing, "import_module", lambda name: found)
    choosing.reader_of.cache_clear()
    yield found
    choosing.reader_of.cache_clear()


def records(tawatur: Program, *args: str) -> list[str]:
    return [line["reader"].split("/")[0] for line in tawatur.well("extract", SAMPLE, "--format", "jsonl", *args).lines]


def test_the_option_stands_before_the_environment_and_that_before_the_default(
    tawatur: Program, model: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(records(tawatur)) == {"rules"}
    assert records(tawatur, "--reader", "learned") == []
    monkeypatch.setenv("TAWATUR_READER", "learned")
    config.settings.cache_clear()
    assert records(tawatur) == []
    assert set(records(tawatur, "--reader", "rules")) == {"rules"}


def test_a_reader_that_is_none_is_refused_wherever_it_is_named(
    tawatur: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tawatur("extract", SAMPLE, "--reader", "oracle").code == 2
    monkeypatch.setenv("TAWATUR_READER", "oracle")
    config.settings.cache_clear()
    done = tawatur("extract", SAMPLE)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "TAWATUR_READER" in done.err


def test_the_rules_that_take_over_say_so_in_one_line(tawatur: Program, model: SimpleNamespace) -> None:
    model.there = False
    args = ("--reader", "learned")
    done = tawatur.well("extract", SAMPLE, "--format", "jsonl", *args)
    assert done.err.count("\n") == 1
    assert "rules reader" in done.err
    assert {line["reader"].split("/")[0] for line in done.lines} == {"rules"}
    assert "rules reader" in tawatur.well("add", SAMPLE, *args).err
    assert tawatur.well("extract", SAMPLE, "--reader", "rules").err == ""


def test_a_store_keeps_the_readings_of_two_readers_side_by_side(tawatur: Program, model: SimpleNamespace) -> None:
    tawatur.well("add", SAMPLE, "--reader", "rules")
    (before,) = tawatur.listed()
    assert before["generation"].startswith("rules/")
    kept = tawatur.well("show", before["id"], "--format", "jsonl").lines
    assert kept
    assert "read 1 again; 1 are read otherwise" in tawatur.well("reread", "--reader", "learned").err
    assert tawatur.listed()[0]["generation"].startswith("learned/")
    assert tawatur.well("show", before["id"], "--format", "jsonl").lines == []
    both = tawatur.well("show", before["id"], "--format", "jsonl", "--generation", before["generation"])
    assert both.lines == kept
    assert "nothing to read again" in tawatur.well("reread", "--reader", "rules").err


def test_what_is_less_sure_than_asked_is_left_out_and_counted(tawatur: Program) -> None:
    everything = tawatur.well("extract", SAMPLE, "--format", "jsonl", "--reader", "rules").lines
    sure = sorted({line["confidence"] for line in everything})
    assert len(sure) > 1
    done = tawatur.well("extract", SAMPLE, "--format", "jsonl", "--reader", "rules", "--min-confidence", str(sure[1]))
    assert done.lines == [line for line in everything if line["confidence"] >= sure[1]]
    left_out = len(everything) - len(done.lines)
    assert left_out > 0
    assert f"left out {left_out} records below a confidence of {sure[1]:g}" in done.err


def test_a_confidence_is_between_nothing_and_one(tawatur: Program) -> None:
    done = tawatur("extract", SAMPLE, "--min-confidence", "1.5")
    assert (done.code, "--min-confidence" in done.err) == (2, True)


def test_a_model_is_asked_only_at_an_endpoint_that_was_named(tawatur: Program) -> None:
    done = tawatur("extract", SAMPLE, "--reader", "llm", "--format", "jsonl")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "hint: " in done.err
