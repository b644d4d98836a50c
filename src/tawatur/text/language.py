"""The language of a text: letters first, and the language model of py3langid only where letters do not tell."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import import_module
from typing import Any

SAMPLE = 3000
LANGUAGES = ("ar", "fa", "ur", "en", "fr", "de", "es", "tr", "ru", "he")
_FOREIGN = frozenset("پچژگکیےٹڈڑںہھۀەێۆڵڕڤۇېځڅښ")
_ENGLISH = re.compile(r"\b(?:the|of|and|in|to|a|is|was|that|by|for|on|said)\b")
_WORDS = re.compile(r"[a-z]+")


def language(text: str) -> str:
    """The ISO 639-1 code of the language that most of ``text`` is in, "" where there are no letters to tell by."""
    sample = text[:SAMPLE]
    arabic = latin = other = foreign = 0
    for char, count in Counter(sample).items():
        code = ord(char)
        if 0x0620 <= code <= 0x06FF or 0xFB50 <= code <= 0xFEFC:
            if char.isalpha():
                arabic += count
                foreign += count if char in _FOREIGN else 0
        elif code < 0x250:
            latin += count if char.isalpha() else 0
        elif char.isalpha():
            other += count
    letters = arabic + latin + other
    if not letters:
        return ""
    if arabic >= 0.5 * letters:
        return "ar" if foreign < 0.01 * arabic else _model(_only_arabic(sample))
    if latin >= 0.5 * letters:
        low = sample.lower()
        words = len(_WORDS.findall(low))
        if words >= 8 and len(_ENGLISH.findall(low)) >= 0.15 * words:
            return "en"
    return _model(sample)


def _only_arabic(text: str) -> str:
    return re.sub(r"[a-zA-Z0-9@#_/:.]+", " ", text)


@cache
def _identifier() -> Any:
    langid: Any = import_module("py3langid.langid")  # untyped; loaded only where letters do not tell
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def _model(text: str) -> str:
    return str(_identifier().classify(text)[0])
