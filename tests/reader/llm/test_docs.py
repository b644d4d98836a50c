"""docs/llm.md tells of every issue that the reader gives, and the bounds that it names are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from tawatur.reader.llm import answer, endpoint, pieces, pointing, reader

PAGE = (Path(__file__).parents[3] / "docs" / "llm.md").read_text(encoding="utf-8")


def test_every_issue_is_told() -> None:
    told = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, flags=re.MULTILINE))
    codes = {
        answer.BROKEN, answer.CUT, answer.UNKNOWN, pointing.ABSENT, pointing.NO_FIGURE, reader.NO_ANSWER, reader.REFUSED,
    }  # fmt: skip
    assert told == codes


def test_the_bounds_are_those_of_the_code() -> None:
    assert f"{pieces.MOST:,} characters" in PAGE
    assert (endpoint.TRIES, reader.PATIENCE) == (4, 3)
    assert "tried four times" in PAGE
    assert "After three questions" in PAGE
    assert f"is {pointing.CONFIDENCE} for a record" in PAGE
