"""One plain sentence for a record, in English and in Arabic, made from its fields by templates.

The chain of who says so comes first; a claim is called one; what is denied, possible, planned or threatened is worded so.
Parties of the catalogue are named neutrally; all other words of the report stand in quotation marks, in their own language.
The forms are rows of ``data/gloss_*.csv``.
"""

from __future__ import annotations

from tawatur.model import Label, Record
from tawatur.records import gloss_ar, gloss_en


def gloss(record: Record) -> Label:
    """The sentence of ``record`` in both languages. ``KeyError`` for a type that the codebook does not have."""
    return Label(gloss_en.sentence(record), gloss_ar.sentence(record))
