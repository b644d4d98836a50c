"""The small words that hold a clause together: prepositions, breaks, results, support verbs."""

from __future__ import annotations

from functools import cache

from tawatur.lexicon.tables import rows
from tawatur.text.normal import fold
from tawatur.text.tokens import stems


@cache
def _table() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in rows("clause_words.csv"):
        out.setdefault(fold(row["word"]), row["class"])
    return out


def word_class(norm: str) -> str:
    """The class of a folded word in ``data/clause_words.csv`` (a leading و or ف aside), or an empty string."""
    table = _table()
    found = table.get(norm)
    if found is None:
        found = table.get(norm[1:], "") if norm[:1] in ("و", "ف") else ""
    return found


def preposition(norm: str) -> str:
    """A one-letter preposition that the word begins with ("ب", "ل", "ك") where a stem remains, else empty."""
    for stem, n in stems(norm)[1:]:
        prefix = norm[:n].lstrip("وف")
        if prefix[:1] in ("ب", "ل", "ك") and len(stem) > 2:
            return prefix[0]
    return ""
