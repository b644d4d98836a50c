"""Words that tell of a happening, in their inflected forms; sentences of our own."""

from __future__ import annotations

import pytest

from tawatur.reader.triggers import Trigger, find_triggers
from tawatur.text.tokens import tokenize


def found(text: str) -> list[Trigger]:
    return find_triggers(text, tokenize(text))


@pytest.mark.parametrize(
    ("text", "row", "shape", "words"),
    [
        ("استهدفت المجموعة الجسر", "target", "perfect", "استهدفت"),
        ("إنهم استهدفوا الجسر", "target", "perfect", "استهدفوا"),
        ("وتستهدف الغارات الجسر", "target", "imperfect", "تستهدف"),
        ("بعد استهدافهم للجسر", "target", "masdar", "استهدافهم"),
        ("واستهدفها المقاتلون", "target", "perfect", "استهدفها"),
        ("وقع انفجاران في الحي", "bomb_explode", "noun", "انفجاران"),
        ("سُمعت الانفجارات ليلا", "bomb_explode", "noun", "انفجارات"),
        ("غارتان على الميناء", "raid_air", "noun", "غارتان"),
        ("أُصيبوا بجروح طفيفة", "wound", "perfect", "أُصيبوا"),
        ("an air strike on the port", "strike_en", "noun_en", "air strike"),
    ],
)
def test_a_form_is_found_with_its_row_and_without_its_clitics(text: str, row: str, shape: str, words: str) -> None:
    hits = [t for t in found(text) if text[t.start : t.end] == words]
    assert [(t.sense.id, t.sense.shape) for t in hits] == [(row, shape)]


@pytest.mark.parametrize("text", ["", "اجتمع المجلس صباحا", "افتتح الوزير معرض الكتاب", "the committee met at noon"])
def test_ordinary_words_tell_of_nothing(text: str) -> None:
    assert found(text) == []


def test_number_and_pronoun_of_a_form() -> None:
    (pair,) = found("غارتان على الميناء")
    (own,) = found("بعد استهدافهم للجسر")
    assert pair.sense.count == "two"
    assert own.sense.pronoun == "هم"


def test_an_article_or_preposition_makes_a_noun_of_a_word_that_could_be_a_verb() -> None:
    (noun,) = found("بعد القصف")
    (after_b,) = found("بقصف عنيف")
    assert noun.definite
    assert noun.sense.shape == "masdar"
    assert (after_b.prefix, after_b.sense.shape) == ("ب", "masdar")
