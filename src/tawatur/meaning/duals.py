"""Nouns that say "two" by their ending: صاروخين, قاعدتي, شهيدان. Only nouns of ``data/numerals/dual_nouns.csv``: for
nouns whose plural ends in the same letters (فلسطينيين), only the nominative or a written vowel tells the two apart."""

from __future__ import annotations

from functools import cache

from tawatur.meaning.numerals import rows
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, stems

_FATHA, _SUKUN = "\u064e", "\u0652"


@cache
def _forms() -> dict[str, bool]:
    """Dual forms, folded, and whether only a vowel sign tells them from the plural."""
    out: dict[str, bool] = {}
    for row in rows("numerals/dual_nouns.csv"):
        noun, plural = fold(row["noun"]), bool(row["sound_plural"])
        if noun.endswith("ه"):
            base = noun[:-1] + "ت"
            out.update({base + "ين": False, base + "ان": False, base + "ي": False, base + "ا": False})
        elif row["noun"].endswith("ى"):
            out.update({noun + "ين": False, noun + "ان": False})
        else:
            out.setdefault(noun + "ان", False)
            out[noun + "ين"] = plural
    return out


_SEEN: dict[str, tuple[int, bool] | None] = {}


def dual_noun(text: str, token: Token) -> int | None:
    """The letters of clitics before a dual noun, or None where ``token`` is none."""
    norm = token.norm
    try:
        hit = _SEEN[norm]
    except KeyError:
        hit = None
        if norm.endswith(("ين", "ان", "تي", "تا")) and len(norm) > 4:
            forms = _forms()
            for rest, letters in stems(norm):
                if rest in forms:
                    # the article belongs to the words
                    kept = (
                        letters - 2
                        if norm[:letters].endswith("ال")
                        else 0
                        if norm[:letters].endswith("لل")
                        else letters
                    )
                    if norm[kept:letters] == "ال" and rest.endswith(("تي", "تا")):
                        continue
                    hit = kept, forms[rest]
                    break
        if len(_SEEN) < 200_000:
            _SEEN[norm] = hit
    if hit is None:
        return None
    letters, needs_vowel = hit
    if needs_vowel:
        word = text[token.start : token.end]
        before_yeh = word.rfind("ي")
        if before_yeh < 1 or not (word[before_yeh - 1] == _FATHA or word[before_yeh + 1 : before_yeh + 2] == _SUKUN):
            return None
    return letters
