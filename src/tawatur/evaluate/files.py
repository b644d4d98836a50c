"""Gold and predictions as files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tawatur.errors import InputError
from tawatur.evaluate.items import Row


def read_gold(path: Path) -> list[Row]:
    """The gold documents of a JSON file; :class:`InputError` where it is not of that shape."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a gold file ({error})") from error
    if not isinstance(content, list) or not all(
        isinstance(d, dict) and {"doc", "records"} <= d.keys() for d in content
    ):
        raise InputError(f"{path}: not a gold file", 'expected a list of {"doc": …, "records": […]}')
    return content


def read_predicted(lines: Iterable[str]) -> dict[str, list[Row]]:
    """Predicted rows by document id; lines that are no record are left out."""
    out: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and row.get("doc") is not None:
            out[str(row["doc"])].append(row)
    return dict(out)
