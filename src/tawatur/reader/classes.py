"""The closed lists that every reader picks from: what the record's own types and ``types.csv`` allow, in their order."""

from __future__ import annotations

from functools import cache
from typing import get_args

from tawatur.lexicon.tables import rows
from tawatur.model import NumberOf, Outcome, RecordKind, Status

KINDS: tuple[str, ...] = get_args(RecordKind)
STATUSES: tuple[str, ...] = get_args(Status)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
COUNTED: tuple[str, ...] = get_args(NumberOf)
FAMILY = {"event": "event", "aggregate": "event", "statement": "statement", "statistic": "statistic"}
"""Which types of ``types.csv`` a kind of record may have."""


@cache
def types_of(family: str) -> tuple[str, ...]:
    """The types of a family, in the order of the table."""
    return tuple(r["type"] for r in rows("types.csv") if r["family"] == family)
