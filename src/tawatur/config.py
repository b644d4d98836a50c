"""Settings from the environment (``TAWATUR_…``) and from the settings file; nothing else in the program reads either."""

from __future__ import annotations

import getpass
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from tawatur.errors import TawaturError

STORE_NAME = "tawatur.sqlite"


def settings_file() -> Path:
    """Where the settings file is looked for; it need not be there."""
    return user_config_path("tawatur") / "settings.toml"


class Settings(BaseSettings):
    """What a user can set once for all commands. ``store`` is the file of the store (``~`` is the home folder), ``user``
    the name that decisions are signed with; ``contact`` (an address or mailbox) is told to servers that pages are
    fetched from, ``allow_private`` fetches from private networks as well, ``workers`` are processes that read,
    ``reader`` is what reads ("": the best at hand), ``llm_endpoint`` and ``llm_model`` where the reader that asks a
    model asks, and whom. Its key is no setting: see :func:`llm_key`."""

    model_config = SettingsConfigDict(env_prefix="TAWATUR_", env_ignore_empty=True, extra="ignore", frozen=True)

    store: Path | None = None
    user: str = ""
    contact: str = ""
    allow_private: bool = False
    workers: int | None = Field(None, ge=1, le=256)
    reader: Literal["", "rules", "learned", "llm"] = ""
    llm_endpoint: str = ""
    llm_model: str = ""

    @field_validator("store")
    @classmethod
    def _at_home(cls, store: Path | None) -> Path | None:
        try:
            return store.expanduser() if store is not None else None
        except RuntimeError as error:
            raise ValueError(f"{store} names a home folder that is not there") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands before the file, whose values are given as arguments."""
        return env_settings, init_settings


@cache
def settings() -> Settings:
    """The settings of this process. :class:`TawaturError` (one line) for a value or a name that is not right."""
    given = _file()
    unknown = sorted(set(given) - set(Settings.model_fields))
    if unknown:
        raise TawaturError(
            f"{settings_file()} sets {unknown[0]!r}, which is no setting",
            f"there are {', '.join(Settings.model_fields)}",
        )
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise TawaturError(
            f"the setting {name} is not right: {first['msg']}", f"see TAWATUR_{name.upper()} and {settings_file()}"
        ) from None


def _file() -> dict[str, Any]:
    path = settings_file()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TawaturError(f"{path} cannot be read: {error}", "mend the file, or move it away") from None


def store_path() -> tuple[Path, bool]:
    """The store to use where no option names one, and whether it is the default in the user's data folder."""
    given = settings().store
    return (given, False) if given is not None else (user_data_path("tawatur") / STORE_NAME, True)


def user() -> str:
    """Who signs decisions: the setting, else the name of the account."""
    try:
        return settings().user or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def llm_key() -> str:
    """The key of the model's endpoint, "" where there is none: from ``TAWATUR_LLM_KEY`` alone, so that it stands in no
    file and on no command line."""
    return os.environ.get("TAWATUR_LLM_KEY", "").strip()


def cache_path() -> Path:
    """The folder of what can be had again, in the user's cache folder."""
    return user_cache_path("tawatur")
