"""The page on sources says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from tawatur.sources.files import MAX_FILE
from tawatur.sources.lines import MAX_LINE
from tawatur.sources.media import MAX_MEDIA, MAX_MEDIA_OF_ONE
from tawatur.sources.tables import HEADERS

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_header_that_is_known_is_named() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, flags=re.MULTILINE))
    assert {field: tuple(names.split(", ")) for field, names in rows.items()} == dict(HEADERS)


def test_the_limits_are_the_ones_of_the_code() -> None:
    for said in (
        f"at most {MAX_FILE >> 20} MB", f"a line {MAX_LINE >> 20} MB", f"above {MAX_MEDIA >> 20} MB",
        f"above {MAX_MEDIA_OF_ONE >> 20} MB for one report",
    ):  # fmt: skip
        assert said in PAGE
