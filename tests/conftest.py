"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tawatur import config


@pytest.fixture(autouse=True)
def _rules_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands read by the rules, whether the package has a model or not; tests of who reads choose for themselves."""
    monkeypatch.setenv("TAWATUR_READER", "rules")
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()
