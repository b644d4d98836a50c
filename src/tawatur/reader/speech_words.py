"""Small questions about single words around a speech cue; answers are kept, as words repeat."""

from __future__ import annotations

from functools import lru_cache

from tawatur.reader.speech_cues import classes


@lru_cache(maxsize=1 << 14)
def governed(norm: str, governs: frozenset[str]) -> bool:
    """Whether the word is a preposition of the verb, or carries its ب."""
    if norm in governs and norm != "obj" and norm != "ب":
        return True
    return "ب" in governs and (norm == "ب" or (norm[:1] == "ب" and len(norm) > 3 and norm not in classes()["not_b"]))


@lru_cache(maxsize=1 << 14)
def deed(norm: str) -> bool:
    """A noun of what was done ("مقتل", "استهدافها"), with or without a pronoun."""
    deeds = classes()["deed"]
    if norm in deeds or (norm.endswith("ا") and norm[:-1] in deeds):
        return True
    for tail in ("ها", "هم", "ه"):
        if norm.endswith(tail):
            base = norm.removesuffix(tail)
            return base in deeds or (base.endswith("ت") and base[:-1] + "ه" in deeds)
    return False


@lru_cache(maxsize=1 << 14)
def occasion(noun: str) -> bool:
    """A noun that after "in" tells where somebody spoke ("في بيانه"), with or without a pronoun."""
    nouns = classes()["adjunct_noun"]
    if noun in nouns:
        return True
    for tail in ("ها", "هم", "ه"):
        if noun.endswith(tail):
            base = noun.removesuffix(tail)
            return base in nouns or (base.endswith("ت") and base[:-1] + "ه" in nouns)
    return False


def nisba(norm: str) -> bool:
    """Whether a word ends as adjectives of origin do."""
    return norm.endswith(("ي", "يه", "يين", "يون", "يتين", "يان", "يتان"))
