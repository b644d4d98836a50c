"""The tables that sentences are made from, read once from ``data/gloss_*.csv``, and the words that both languages share."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from io import StringIO
from typing import Literal

from tawatur.model import Number, Party, Record, Span
from tawatur.text.normal import fold

FSI, PDI = "\u2068", "\u2069"
LONGEST_QUOTE = 280
Gender = Literal["m", "f", "p"]
Language = Literal["en", "ar"]

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Characters that would change how the rest of a line is drawn, or that draw nothing.
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``."""
    text = resources.files("tawatur.data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text, newline="")))


@lru_cache(maxsize=32)
def keyed(name: str, column: str) -> dict[str, dict[str, str]]:
    """The rows of ``data/<name>.csv`` by the value of ``column``."""
    return {row[column]: row for row in rows(name)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A figure as it is said: inclusive ends, None where open, and the noun for a known round range."""

    low: float | None
    high: float | None

    @property
    def round_word(self) -> dict[str, str] | None:
        """The row of the word ("dozens", "hundreds") that stands for exactly this range."""
        for row in rows("gloss_bounds"):
            if (self.low, self.high) == (float(row["low"]), float(row["high"])):
                return row
        return None


def bounds(number: Number) -> Bounds:
    return Bounds(number.low, number.high)


def digits(value: float) -> str:
    """A figure in digits: no point where it is whole, thousands grouped."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"


def clean(text: str) -> str:
    """``text`` on one line, without characters that steer the direction of the line."""
    return _SPACE.sub(" ", _UNSAFE.sub("", text)).strip()


def isolate(text: str, language: Language) -> str:
    """``text`` in first-strong isolates where its script is not the one of the sentence."""
    foreign = _ARABIC if language == "en" else _LATIN
    return f"{FSI}{text}{PDI}" if foreign.search(text) else text


def quote(span: Span, language: Language) -> str:
    """The words of the report, in quotation marks and in their own language, cut at a word when very long."""
    words = clean(span.text).strip("\"“”«»„'‘’ .،؛,;:") or clean(span.text)
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    left, right = ("“", "”") if language == "en" else ("«", "»")
    return f"{left}{isolate(words, language)}{right}"


def label(party: Party, language: Language) -> str:
    """The neutral name of a party: of the catalogue, or composed ("an Iraqi military official"); empty where it has
    none in this language."""
    if party.entity is None and not (party.label.en and party.label.ar):
        return ""
    return clean(party.label.en if language == "en" else party.label.ar)


def same_party(a: Party | None, b: Party | None) -> bool:
    """Whether two mentions are one party: the same entity, or without one the same words."""
    if a is None or b is None:
        return False
    if a.entity or b.entity:
        return a.entity == b.entity
    return fold(clean(a.span.text)) == fold(clean(b.span.text))


PERSONS = frozenset({"official", "civilian", "account", "unnamed"})


def gender_of(party: Party) -> Gender:
    """How an Arabic verb agrees with the party: masculine, feminine, or several people."""
    words = fold(label(party, "ar") or clean(party.span.text)).split()
    first = words[0] if words else ""
    bare = first[2:] if first.startswith("ال") and len(first) > 4 else first
    known = _genders()
    for word in (bare, first):
        if word in known:
            return known[word]
    if bare.endswith(("ه", "ات", "يا")):
        return "f"
    return "f" if party.kind in ("agency", "outlet") else "m"


@lru_cache(maxsize=1)
def _genders() -> dict[str, Gender]:
    out: dict[str, Gender] = {}
    for row in rows("gloss_gender"):
        out[fold(row["word"])] = "f" if row["gender"] == "f" else "p" if row["gender"] == "p" else "m"
    return out


def is_other(record: Record, number: Number) -> bool:
    """Figures that no template of this record says in words of its own."""
    if number.of == "other":
        return True
    if number.of == "percent":
        return record.type != "rate_change"
    if number.of == "attacks":
        return record.kind == "statistic" and record.type != "total_attacks"
    if number.of == "sites":
        return record.kind == "statistic"
    if number.of == "munitions":
        return record.kind == "statement" or record.type in ("total_casualties", "rate_change")
    return False
