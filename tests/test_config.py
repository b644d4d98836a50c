"""Settings: the environment stands before the file, and what is wrong in either is one line that names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur import config
from tawatur.errors import TawaturError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A settings file that is not there yet, and no setting in the environment."""
    path = tmp_path / "settings.toml"
    monkeypatch.setattr(config, "settings_file", lambda: path)
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"TAWATUR_{name.upper()}", raising=False)
    config.settings.cache_clear()
    yield path
    config.settings.cache_clear()


def test_the_environment_stands_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('store = "/a/file.sqlite"\ncontact = "desk@example.org"\nworkers = 3\n', encoding="utf-8")
    monkeypatch.setenv("TAWATUR_STORE", "/b/environment.sqlite")
    found = config.settings()
    assert (found.store, found.contact, found.workers) == (Path("/b/environment.sqlite"), "desk@example.org", 3)
    assert config.store_path() == (Path("/b/environment.sqlite"), False)


def test_without_any_setting_the_store_is_the_default_one(file: Path) -> None:
    path, default = config.store_path()
    assert default
    assert path.name == config.STORE_NAME
    assert path.is_absolute()


def test_decisions_are_signed_by_the_setting_else_by_the_account(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "account")
    assert config.user() == "account"
    config.settings.cache_clear()
    monkeypatch.setenv("TAWATUR_USER", "Layla")
    assert config.user() == "Layla"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('stroe = "x"', "stroe"),
        ('workers = "many"', "workers"),
        ("workers = 0", "workers"),
        ("contact = [1]", "contact"),
        ("allow_private = 7", "allow_private"),
        ("store = ", "settings.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_one_line_that_names_it(file: Path, written: str, said: str) -> None:
    file.write_text(written, encoding="utf-8")
    with pytest.raises(TawaturError) as caught:
        config.settings()
    assert said in str(caught.value)
    assert caught.value.hint
    assert "\n" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize(("name", "value"), [("WORKERS", "-1"), ("WORKERS", "x"), ("ALLOW_PRIVATE", "maybe")])
def test_what_is_wrong_in_the_environment_names_the_variable(
    file: Path, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"TAWATUR_{name}", value)
    with pytest.raises(TawaturError) as caught:
        config.settings()
    assert f"TAWATUR_{name}" in caught.value.hint


def test_a_file_that_is_no_text_is_told(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00store")
    with pytest.raises(TawaturError, match="cannot be read"):
        config.settings()
