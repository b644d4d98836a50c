"""Neutral names for a party in both languages: the catalogue's; for a phrase of plain words ("مسؤول عسكري عراقي") one
composed from the nouns of ``party_nouns.csv``, the adjectives of ``party_adjectives.csv`` and those of the states; for
anything else the words themselves, in their own language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_arabic import phrase
from tawatur.meaning.actors_mentions import mention
from tawatur.meaning.actors_tables import Entity, demonym_of, entity, tables
from tawatur.model import Label
from tawatur.text.normal import DROPPED, fold
from tawatur.text.tokens import Token, tokenize

_VEIL = re.compile("\u0640[.*]+\u0640|[" + "".join(map(chr, sorted(DROPPED))) + "]")
_SPACED = re.compile(r"[\s_#\"“”«»]+")
_TIES = {"في": "in", "من": "from", "لدي": "with", "داخل": "inside", "باسم": "for"}


class Noun(NamedTuple):
    """A noun of the table: as printed, in English, ``s``/``p``/``m`` (singular, plural, mass), how adjectives agree
    (``m``, ``f``, ``p`` people)."""

    form: str
    en: str
    number: str
    agree: str


@cache
def _nouns() -> dict[str, Noun]:
    return {fold(r["form"]): Noun(r["form"], r["en"], r["number"], r["agree"]) for r in rows("party_nouns.csv")}


@cache
def _english() -> dict[str, Noun]:
    out: dict[str, Noun] = {}
    for noun in _nouns().values():
        out.setdefault(noun.en, noun)
    return out


@cache
def _adjectives() -> dict[str, str]:
    return {fold(r["word"]): r["en"] for r in rows("party_adjectives.csv") if r["en"]}


@cache
def _arabic() -> dict[str, list[str]]:
    """English adjectives and their Arabic forms in the order of the table: masculine, feminine, plural."""
    out: dict[str, list[str]] = {}
    for r in rows("party_adjectives.csv"):
        out.setdefault(r["en"], []).append(r["word"])
    return out


def label_of(words: str, known: Entity | None) -> Label:
    """The label of a resolved party; where none is known, a composed one, or else the words in their own language."""
    return known.label if known is not None else _composed(words)


def joined(labels: Sequence[Label]) -> Label:
    """One label for parties told as one: "X and Y"; a language that one of them lacks stays empty."""
    en, ar = [x.en for x in labels], [x.ar for x in labels]
    return Label(
        f"{', '.join(en[:-1])} and {en[-1]}" if all(en) else "",
        " و".join(ar) if all(ar) else "",
    )


@lru_cache(maxsize=4096)
def _composed(words: str) -> Label:
    plain = _SPACED.sub(" ", _VEIL.sub("", words)).strip()
    tokens = [t for t in tokenize(words) if t.script != "mark"]
    if not tokens or all(t.script != "arabic" for t in tokens):
        return Label(en=plain, ar=_from_english(tokens))
    return Label(en=_from_arabic(words, tokens), ar=plain)


def _from_arabic(text: str, tokens: Sequence[Token]) -> str:
    """The phrase in English, empty unless every word of it is in a table."""
    nouns = _nouns()
    first = tokens[0].norm
    definite = first.startswith("ال") and first not in nouns
    head = first.removeprefix("ال") if definite else first
    k = 1
    noun = nouns.get(head)
    if len(tokens) > 1:
        second = tokens[1].norm
        two = nouns.get(f"{head} {second}") or nouns.get(f"{head} {second.removeprefix('ال')}")
        if two is not None:
            noun, k, definite = two, 2, definite or second.startswith("ال")
    if noun is None:
        return ""
    qualities: list[str] = []
    tail = ""
    while k < len(tokens):
        norm = tokens[k].norm
        base = norm.removeprefix("ال")
        country = tables().demonyms.get(base, "")
        quality = demonym_of(country, False)[1] if country else _adjectives().get(base, "")
        if not quality:
            tail = _tail(text, tokens, k)
            if not tail:
                return ""
            break
        qualities.insert(0, quality)
        k += 1
    name = " ".join([*qualities, noun.en])
    if definite or (tail.startswith("of ") and noun.number != "s"):
        name = f"the {name}"
    elif noun.number == "s":
        name = f"{'an' if name[0].lower() in 'aeio' or name[:2] == 'un' else 'a'} {name}"
    return f"{name} {tail}".strip()


def _tail(text: str, tokens: Sequence[Token], k: int) -> str:
    """A party of the catalogue behind the noun, with the word that ties it: "in the Russian defence ministry"."""
    tie = _TIES.get(tokens[k].norm)
    k += tie is not None
    if k >= len(tokens):
        return ""
    plain = _from_arabic(text, tokens[k:]) if tie else ""
    if plain:
        return f"{tie} {plain}"
    inner = phrase(tokens, k)
    if inner is None or inner.j < len(tokens) or inner.person is not None:
        return ""
    party = mention(text, tokens, inner).entity
    known = entity(party) if party else None
    if known is None or (inner.cut and tie is None and tokens[k].norm[:1] != "ل"):
        return ""
    article = (
        "the "
        if re.search(r"\b(?:ministry|forces|army|government|police|coalition|administration|media)$", known.label.en)
        else ""
    )
    return f"{tie or 'of'} {article}{known.label.en}"


def _from_english(tokens: Sequence[Token]) -> str:
    """The phrase in Arabic, empty unless every word of it is in a table: "US official" is "مسؤول أميركي"."""
    norms = [t.norm.removesuffix("'s") for t in tokens]
    noun = _english().get(norms[-1]) if norms else None
    if noun is None:
        return ""
    out = [noun.form]
    for norm in reversed(norms[:-1]):
        country = tables().demonyms.get(norm, "")
        at = "mfp".index(noun.agree)
        forms = _state_forms(country) if country else _arabic().get(norm, [])
        if not forms:
            return ""
        out.append(forms[min(at, len(forms) - 1)])
    return " ".join(out)


@cache
def _state_forms(country: str) -> list[str]:
    """Adjectives of a state: masculine, feminine, people."""
    for r in rows("countries.csv"):
        if r["iso2"].lower() == country:
            return [a for a in r["adjectives_ar"].split("|") if a]
    return []
