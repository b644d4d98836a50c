from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur import config
from tests.cli.program import Program, program


@pytest.fixture(autouse=True)
def _rules_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rules read, whether the package has a model or not: here it is the commands that are tested."""
    monkeypatch.setenv("TAWATUR_READER", "rules")
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


@pytest.fixture
def tawatur(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    with program(tmp_path, capsysbinary, monkeypatch) as made:
        yield made
