"""The reader that asks a model, from the command line and into a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur import config
from tawatur.collection import sharding
from tawatur.reader import choosing
from tests.cli.program import Program
from tests.reader.llm.stub import Reply, Stub, record, records

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-0123456789"
TEXT = "A drone hit a depot in Erbil on {}, wounding two guards.\n"
DRONE = record(sentence="", anchor="hit", type="strike.drone", place="Erbil", weapons=["drone"])


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    choosing.reader_of.cache_clear()
    yield
    choosing.reader_of.cache_clear()


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    out = []
    for day in ("Friday", "Saturday", "Sunday"):
        out.append(tmp_path / f"{day}.txt")
        out[-1].write_text(TEXT.format(day), encoding="utf-8")
    return out


def asks(stub: Stub, *more: str) -> tuple[str, ...]:
    return ("--reader", "llm", "--llm-endpoint", stub.endpoint, "--llm-model", "stub-1", *more)


def test_a_report_is_read_by_the_model_and_what_it_cost_is_told(tawatur: Program, reports: list[Path]) -> None:
    with Stub(records(DRONE)) as stub:
        done = tawatur.well("extract", reports[0], "--format", "jsonl", *asks(stub))
        (line,) = done.lines
        assert line["reader"].startswith("llm/")
        assert line["place"]["country"] == "IQ"
        assert "asked 1 times for 100 tokens; 0 answers were kept" in done.err
        choosing.reader_of.cache_clear()
        again = tawatur.well("extract", reports[0], "--format", "jsonl", *asks(stub))
        assert again.lines == done.lines
        assert "asked 0 times for 0 tokens; 1 answers were kept" in again.err
        tawatur.well("extract", reports[0], *asks(stub, "--no-llm-cache"))
        assert len(stub.asked) == 2


def test_endpoint_and_model_are_settings_and_the_key_is_one_of_the_environment_alone(
    tawatur: Program, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Stub(records(DRONE)) as stub:
        for name, value in {"READER": "llm", "LLM_ENDPOINT": stub.endpoint, "LLM_MODEL": "m-7", "LLM_KEY": KEY}.items():
            monkeypatch.setenv(f"TAWATUR_{name}", value)
        config.settings.cache_clear()
        done = tawatur.well("extract", reports[0], "--format", "jsonl")
        (asked,) = stub.asked
    assert (asked.headers["authorization"], asked.body["model"]) == (f"Bearer {KEY}", "m-7")
    assert KEY not in done.out + done.err
    config.settings_file().parent.mkdir(parents=True, exist_ok=True)
    config.settings_file().write_text(f'llm_key = "{KEY}"\n', encoding="utf-8")
    config.settings.cache_clear()
    refused = tawatur("extract", reports[0])
    assert (refused.code, KEY in refused.err) == (1, False)


@pytest.mark.parametrize("command", ["extract", "add"])
def test_without_an_endpoint_there_is_one_line_and_no_request(
    tawatur: Program, reports: list[Path], command: str
) -> None:
    with Stub(records(DRONE)) as stub:
        done = tawatur(command, reports[0], "--reader", "llm", "--llm-model", "m")
        assert stub.asked == []
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "hint: " in done.err
    assert "--llm-endpoint" in done.err


def test_a_report_without_an_answer_fails_alone(tawatur: Program, reports: list[Path]) -> None:
    with Stub(Reply(status=422), records(DRONE)) as stub:
        done = tawatur("extract", *reports, "--format", "jsonl", *asks(stub))
    assert done.code == 4
    assert len(done.lines) == 2
    assert "Friday.txt" in done.err
    assert "422" in done.err


def test_what_could_not_be_asked_waits_and_is_read_by_the_next_run(
    tawatur: Program, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharding, "SHARD", 1)
    with Stub(records(DRONE), Reply(status=401)) as stub:
        done = tawatur("add", *reports, "--workers", "1", *asks(stub))
        assert (done.code, len(stub.asked)) == (1, 2)
        assert "401" in done.err
        assert len(tawatur.listed()) == 1
        stub.replies = [records(DRONE)]
        choosing.reader_of.cache_clear()
        again = tawatur.well("add", *reports, "--workers", "1", *asks(stub))
        assert len(stub.asked) == 4
    assert again.sums() == (3, 2, 1, 0)
    listed = tawatur.listed()
    assert len(listed) == 3
    assert all(one["generation"].startswith("llm/") for one in listed)
    assert tawatur.issues("--code", "unreadable") == []
    tawatur.well("verify")


def test_a_budget_ends_a_run_and_a_larger_one_goes_on(tawatur: Program, reports: list[Path]) -> None:
    with Stub(records(DRONE)) as stub:
        small = ("--llm-budget", "7000", "--llm-max-tokens", "10")
        done = tawatur("extract", *reports * 20, "--format", "jsonl", *asks(stub, *small, "--no-llm-cache"))
        assert done.code == 1
        assert 0 < len(done.lines) < 60
        assert "--llm-budget" in done.err


def test_processes_ask_as_well(tawatur: Program, reports: list[Path]) -> None:
    with Stub(records(DRONE)) as stub:
        done = tawatur.well("add", *reports, "--workers", "2", *asks(stub))
        assert done.sums() == (3, 3, 0, 0)
        assert len(stub.asked) == 3
    assert all(one["generation"].startswith("llm/") for one in tawatur.listed())
