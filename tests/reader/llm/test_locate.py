"""Words that a model gives are found where they stand, or not at all."""

from __future__ import annotations

import pytest

from tawatur.reader.llm.locate import Ground, nearest

TEXT = (
    "قصفت المقاومةُ قاعدةَ عين الأسد بصواريخ،\n"
    "ثم قصفت عين  الأسد ثانيةً، فأصيب ١٢ شخصاً و1.5 طن. وزار وفد الأردن غزّة.\n"
    "Rockets hit al-Asad; the US-led force said 1,500 rockets rained."
)


def found(quote: str, text: str = TEXT) -> list[str]:
    ground = Ground(text, [(0, len(text))])
    return [text[start:end] for start, end in ground.find(quote)]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("عين الأسد", ["عين الأسد"]),  # as it stands; the other has two spaces
        ("قصفت", ["قصفت", "قصفت"]),
        ("صواريخ", ["صواريخ"]),  # without the letter written together with it
        (" hit ", ["hit"]),
        ("Rockets hit al-Asad", ["Rockets hit al-Asad"]),
        ("1,500", ["1,500"]),
    ],
)
def test_words_that_stand_there_are_found(quote: str, words: list[str]) -> None:
    assert found(quote) == words


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("المقاومة", ["المقاومةُ"[:-1]]),
        ("المقاومه قاعده عين الاسد", ["المقاومةُ قاعدةَ عين الأسد"]),
        ("12 شخصا", ["١٢ شخصاً"[:-1]]),
        ("عين الأسد ثانية", ["عين  الأسد ثانيةً"[:-1]]),
        ("غزة", ["غزّة"]),
        ("rockets HIT", ["Rockets hit"]),
    ],
)
def test_other_forms_of_the_same_letters_are_found_by_the_normal_form(quote: str, words: list[str]) -> None:
    assert found(quote) == words


@pytest.mark.parametrize(
    "quote",
    [
        "رد",  # inside الأردن
        "الأسد بصاروخ",
        "rain",  # the beginning of rained
        "ain",
        "5",  # of 1.5
        "1",  # of 1.5 and of 1,500
        "500",
        "Rockets missed al-Asad",
        "ُ",  # folds to nothing
        "",
        "   ",
    ],
)
def test_what_does_not_stand_there_as_words_is_not_found(quote: str) -> None:
    assert found(quote) == []


def test_only_the_stretches_given_are_looked_at_and_offsets_are_of_the_whole_text() -> None:
    second = TEXT.index("ثم")
    ground = Ground(TEXT, [(second, len(TEXT))])
    hits = ground.find("قصفت")
    assert hits == [(TEXT.index("قصفت", second), TEXT.index("قصفت", second) + 4)]
    (folded,) = ground.find("عين الاسد")
    assert TEXT[slice(*folded)] == "عين  الأسد"


def test_the_nearest_of_several_is_taken_and_the_earlier_of_equals() -> None:
    hits = [(0, 4), (20, 24), (40, 44)]
    assert nearest(hits, (21, 30)) == (20, 24)
    assert nearest(hits, (30, 34)) == (20, 24)
    assert nearest(hits, (36, 39)) == (40, 44)
    assert nearest([], (0, 1)) is None
