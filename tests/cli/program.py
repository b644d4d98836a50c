"""The program as people use it: arguments in; exit code, standard output and standard error out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import tawatur.cli.store as of_the_store
from tawatur import config
from tawatur.cli.main import run
from tawatur.sources.fetching import FetchSettings


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def lines(self) -> list[Any]:
        """Lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    def sums(self) -> tuple[int, int, int, int]:
        """Seen, added, same, failed of the last line of ``tawatur add``."""
        words = self.out.strip().splitlines()[-1].replace(",", "").split()
        seen, added, same, failed = (
            int(words[words.index(name) + 1]) for name in ("seen", "added", "same", "failed")
        )  # fmt: skip
        return seen, added, same, failed


@dataclass(frozen=True)
class Program:
    """Runs commands on one store, the file ``store``."""

    store: Path
    captured: pytest.CaptureFixture[bytes]

    def __call__(self, *args: str | Path) -> Done:
        self.captured.readouterr()
        code = run([str(arg) for arg in args])
        out, err = self.captured.readouterr()
        return Done(code, out, err.decode("utf-8"))

    def well(self, *args: str | Path) -> Done:
        """A run that must end well."""
        done = self(*args)
        assert done.code == 0, done.err
        return done

    def listed(self, *args: str) -> list[Any]:
        """The reports of the store."""
        return self.well("list", "--format", "jsonl", *args).lines

    def issues(self, *args: str) -> list[Any]:
        """The issues of the store."""
        return self.well("issues", "--format", "jsonl", *args).lines


def clean_settings(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """No settings of the machine hold; the rules read, whether the package has a model or not."""
    for name in config.Settings.model_fields:
        patch.delenv(f"TAWATUR_{name.upper()}", raising=False)
    patch.setattr(config, "settings_file", lambda: folder / "settings.toml")
    patch.setattr(config, "user_data_path", lambda name: folder / "data" / name)
    patch.setattr(config, "user_cache_path", lambda name: folder / "cache" / name)
    patch.delenv("TAWATUR_LLM_KEY", raising=False)
    patch.setenv("TAWATUR_READER", "rules")
    config.settings.cache_clear()


@contextmanager
def program(
    folder: Path, captured: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch
) -> Iterator[Program]:  # fmt: skip
    """The program on a store in ``folder``, with no settings of the machine, fetching without pauses and small."""
    clean_settings(patch, folder / "home")
    patch.setenv("TAWATUR_STORE", str(folder / "store.sqlite"))
    patch.setattr(of_the_store, "fetch_settings", _hasty(of_the_store.fetch_settings))
    yield Program(folder / "store.sqlite", captured)
    config.settings.cache_clear()


def _hasty(given: Callable[[str, bool], FetchSettings]) -> Callable[[str, bool], FetchSettings]:
    def settings(contact: str, allow_private: bool) -> FetchSettings:
        return replace(
            given(contact, allow_private), pause=0.0, retries=1, max_seconds=2.0, max_bytes=200_000, max_wait=0.2
        )

    return settings
