"""Reads cases on standard input with mahad and answers on standard output, one JSON line a case. Run by
:mod:`benchmarks.recognizers` in an environment of its own: mahad pins old versions of what tawatur uses."""

from __future__ import annotations

import json
import sys
import warnings
from datetime import datetime
from typing import Any

warnings.simplefilter("ignore")


def _day(now: datetime, value: Any) -> str | None:
    try:
        return str((now + value).date().isoformat())
    except (TypeError, ValueError, OverflowError):
        return None


def answer(case: dict[str, Any]) -> list[Any]:
    """The values of a case: numbers, or pairs of first and last day."""
    from maha.parsers.functions import parse_dimension  # type: ignore[import-not-found]

    if case["what"] != "time":
        factor = 100 if case["what"] == "percent" else 1
        return [d.value * factor for d in parse_dimension(case["text"], numeral=True)]
    now = datetime.fromisoformat(case["reference"])
    out: list[Any] = []
    for found in parse_dimension(case["text"], time=True):
        value = found.value
        first, last = getattr(value, "start", value), getattr(value, "end", value)
        out.append([_day(now, first), _day(now, last)])
    return out


if __name__ == "__main__":
    for line in sys.stdin:
        try:
            got = answer(json.loads(line))
        except Exception:  # a case that the library cannot take is a wrong answer, not the end of the run
            got = []
        print(json.dumps(got), flush=True)
