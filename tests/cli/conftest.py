from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Program, program


@pytest.fixture
def tawatur(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    with program(tmp_path, capsysbinary, monkeypatch) as made:
        yield made
