"""Figures and counted nouns in words: English plurals, and the Arabic forms after 1, 2, 3–10, 11–99 and 100."""

from __future__ import annotations

from typing import Literal

from tawatur.records.gloss_tables import Bounds, digits, keyed

Case = Literal["nom", "acc", "gen"]


def english(key: str, value: Bounds) -> str:
    """A counted noun of ``gloss_nouns.csv``: "at least 8 rocket attacks", "dozens of rockets (20–99)"."""
    noun = keyed("gloss_nouns", "key")[key]
    word = value.round_word
    if word:
        return f"{word['en']} of {noun['en_many']} ({english_figure(value)})"
    if value.low == value.high == 1 and noun["en_one"].startswith("a"):
        return noun["en_one"]
    last = value.high if value.high is not None else value.low
    return f"{english_figure(value)} {noun['en_bare'] if last == 1 else noun['en_many']}"


def english_figure(value: Bounds) -> str:
    """A figure with its bounds: "11", "at least 8", "up to 5", "between 3 and 5", "20–99" for a round word."""
    low, high = value.low, value.high
    if low is None or high is None:
        if low is None and high is None:
            return "an untold number of"
        return f"at least {digits(low)}" if low is not None else f"up to {digits(high or 0)}"
    if low == high:
        return digits(low)
    return f"{digits(low)}–{digits(high)}" if value.round_word else f"between {digits(low)} and {digits(high)}"


def form(key: str, value: float, case: Case) -> tuple[str, bool]:
    """The noun of ``gloss_nouns.csv`` as the number before it wants it, and whether it takes a feminine verb."""
    noun = keyed("gloss_nouns", "key")[key]
    feminine = noun["gender"] == "f"
    rest = int(value) % 100
    if not float(value).is_integer():
        return noun["ar_one"], feminine
    if value == 1:
        return noun["ar_acc" if case == "acc" else "ar_one"], feminine
    if value == 2:
        return noun["ar_dual_nom" if case == "nom" else "ar_dual_obl"], feminine
    if 3 <= rest <= 10:
        return noun["ar_many"], True
    return noun["ar_acc" if rest >= 11 else "ar_one"], feminine


def arabic(key: str, value: Bounds, case: Case) -> tuple[str, bool]:
    """A counted noun, and whether it takes a feminine verb: "3 هجمات على الأقل", "عشرات الصواريخ (بين 20 و99)"."""
    noun = keyed("gloss_nouns", "key")[key]
    low, high = value.low, value.high
    word = value.round_word
    if word:
        return f"{word['ar']} {noun['ar_the_many']} ({arabic_figure(value)})", True
    if low is None and high is None:
        return f"عدد غير معلوم من {noun['ar_the_many']}", False
    last = high if high is not None else low or 0
    said, feminine = form(key, last, case)
    if low == high or high is None:
        text = said if last in (1, 2) else f"{digits(last)} {said}"
        return (f"{text} على الأقل" if high is None else text), feminine
    said, feminine = form(key, last, "acc" if case == "acc" else "gen")
    if low is None:
        return (f"ما يصل إلى {said if last in (1, 2) else f'{digits(last)} {said}'}"), False
    # After a pair of figures the noun follows the second one, which is always written in digits.
    plural = noun["ar_many"] if last == 2 else said
    return f"بين {digits(low)} و{digits(last)} {plural}", feminine or last == 2


def arabic_figure(value: Bounds) -> str:
    """A figure without a noun: "11", "8 على الأقل", "5 على الأكثر", "بين 3 و5"."""
    low, high = value.low, value.high
    if low is None and high is None:
        return "غير معلوم"
    if high is None:
        return f"{digits(low or 0)} على الأقل"
    if low is None:
        return f"{digits(high)} على الأكثر"
    return digits(low) if low == high else f"بين {digits(low)} و{digits(high)}"
