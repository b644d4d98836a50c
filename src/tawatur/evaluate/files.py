"""Gold and predictions as files. What is not of the right shape is an error that says where, never a quiet nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from tawatur.errors import InputError
from tawatur.evaluate.items import Row, item
from tawatur.model import RecordKind

KINDS: tuple[str, ...] = get_args(RecordKind)
_GOLD = 'a gold file is a list of {"doc": ID, "records": [...]}'
_PREDICTED = "predictions are lines as tawatur extract --format jsonl writes them"


def read_gold(path: Path) -> list[Row]:
    """The gold documents of a JSON file. :class:`InputError` where it is not of that shape, names a document twice or
    has a field that could not be compared."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not a gold file: {_reason(error)}", _GOLD) from error
    if not isinstance(content, list):
        raise InputError(f"{path} is not a gold file: it is no list", _GOLD)
    seen: set[str] = set()
    for number, entry in enumerate(content, 1):
        doc = _checked(entry, f"{path}: document {number}")
        if doc in seen:
            raise InputError(f"{path}: the document {doc!r} stands there twice", "put its records into one entry")
        seen.add(doc)
    return content


def _checked(entry: Any, where: str) -> str:
    """The id of a gold document that is in shape."""
    if not isinstance(entry, dict) or not isinstance(entry.get("records"), list):
        raise InputError(f"{where} has no list of records", _GOLD)
    doc = _id(entry)
    if doc is None:
        raise InputError(f"{where} has no id", _GOLD)
    for number, row in enumerate(entry["records"], 1):
        at = f"{where} ({doc}), record {number}"
        if not isinstance(row, dict) or row.get("kind") not in KINDS:
            raise InputError(f"{at} has no known kind", f"kinds are {', '.join(KINDS)}")
        faults = item(row, doc).faults
        if faults:
            raise InputError(f"{at} is out of shape: {', '.join(faults)}", "docs/record.md tells the shape of a field")
    return doc


def read_predicted(path: Path) -> dict[str, list[Row]]:
    """The predicted rows of a JSONL file by document id. :class:`InputError` for a line that is no record."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {_reason(error)}", _PREDICTED) from error
    return parse_predicted(text.split("\n"), str(path))


def parse_predicted(lines: Iterable[str], name: str) -> dict[str, list[Row]]:
    """Predicted rows by document id; ``name`` says in errors where the lines come from. Empty lines are skipped."""
    out: dict[str, list[Row]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{name}:{number} is no JSON: {_reason(error)}", _PREDICTED) from error
        doc = _id(row) if isinstance(row, dict) else None
        if doc is None:
            raise InputError(f'{name}:{number} is no record: it has no "doc"', _PREDICTED)
        out.setdefault(doc, []).append(row)
    return out


def notes(gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]], name: str) -> list[str]:
    """Plain lines on what of ``predicted`` does not count: fields out of shape, documents that are not in the gold.
    :class:`InputError` where none of its documents is: then the ids are not the same, and any figure would mislead."""
    known = {str(entry["doc"]) for entry in gold}
    foreign = {doc: rows for doc, rows in predicted.items() if doc not in known}
    if foreign and len(foreign) == len(predicted):
        raise InputError(f"{name}: none of its documents is in the gold", 'their "doc" must be the same id in both')
    out = []
    if foreign:
        n = sum(map(len, foreign.values()))
        out.append(f"{name}: left out, as the gold does not have their documents ({len(foreign)}): records {n}")
    faults = Counter(f for doc in known for row in predicted.get(doc, ()) for f in item(row, doc).faults)
    if faults:
        told = ", ".join(f"{field} {n}" for field, n in sorted(faults.items()))
        out.append(f"{name}: fields out of shape, counted as empty: {told}")
    return out


def _id(row: Mapping[str, Any]) -> str | None:
    """The id of a document as text; a number is one too."""
    doc = row.get("doc")
    return str(doc) if isinstance(doc, str | int) and not isinstance(doc, bool) and doc != "" else None


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, UnicodeDecodeError):
        return f"it is no UTF-8 at byte {error.start}"
    return str(error)
