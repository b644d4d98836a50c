"""The rows of ``data/``, read as the package ships them."""

from __future__ import annotations

import csv
import io
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``data/<name>`` (CSV with a header), every value a stripped string."""
    text = (files("tawatur") / "data" / name).read_text(encoding="utf-8")
    return [{k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]


def several(value: str) -> list[str]:
    """The parts of a cell that holds several values, split at ``;``."""
    return [part.strip() for part in value.split(";") if part.strip()]
