"""Words that run together where a page lost the space around a link."""

from __future__ import annotations

import pytest

from tawatur.text.glued import cut_at, separated
from tawatur.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("أعلنت أنها استهدفتقاعدة عسكرية", ["أعلنت", "أنها", "استهدفت", "قاعدة", "عسكرية"]),
        ("قالت مراسلةالميادين في بيروت", ["قالت", "مراسلة", "الميادين", "في", "بيروت"]),
        ("وأفاد بوقوعقصف على البلدة", ["وأفاد", "بوقوع", "قصف", "على", "البلدة"]),
    ],
)
def test_two_words_are_two(text: str, words: list[str]) -> None:
    assert [text[t.start : t.end] for t in separated(text, tokenize(text))] == words


@pytest.mark.parametrize(
    "word", ["استهدافها", "والمقاومة", "عبدالله", "بالصواريخ", "مسؤولون", "قواتهم", "فلسطينيين", "زغردة"]
)
def test_one_word_stays_one(word: str) -> None:
    assert len(separated(word, tokenize(word))) == 1


def test_a_word_that_newspapers_print_is_never_cut() -> None:
    assert cut_at("الميادين") == 0
    assert cut_at("") == 0
