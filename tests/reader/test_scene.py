"""Quotations, and the stretches that a very long document is read in."""

from __future__ import annotations

import pytest

from tawatur.pipeline import see
from tawatur.reader.scene import STRETCH, Scene, stretches
from tawatur.text.documents import from_row


def scene_of(text: str) -> Scene:
    return see(from_row({"text": text}))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("قال «سنرد قريبا» وانصرف", ["سنرد قريبا"]),
        ('he said "we will answer" and left', ["we will answer"]),
        ('"one two" and "three four"', ["one two", "three four"]),
        ("قال «وصفهم بـ“الجبناء” أمس» وانصرف", ["وصفهم بـ“الجبناء” أمس", "الجبناء"]),
        # never closed: up to the end of its paragraph, where it is long enough for speech
        ("قال «سنرد على كل من يهاجم المدينة\nوانصرف", ["سنرد على كل من يهاجم المدينة"]),
        ("علامة «قصيرة هنا\nوانصرف", []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, inside: list[str]) -> None:
    scene = scene_of(text)
    words = [scene.words(i, j) for i, j in scene.quotes]
    assert [text[w.start : w.end] for w in words] == inside


def test_a_report_is_one_stretch() -> None:
    scene = scene_of("قصف الجسر يوم الجمعة.\n" * 50)
    assert stretches(scene) == [scene]


def test_stretches_cover_every_word_once_and_end_between_paragraphs() -> None:
    text = "قصف الجيش مدينة الموصل بثلاثة صواريخ يوم 8 كانون الأول 2023.\n" * 600
    scene = scene_of(text)
    found = stretches(scene)
    assert len(found) > 1
    assert [t for s in found for t in s.tokens] == list(scene.tokens)
    assert all(text[s.tokens[-1].end] == "\n" for s in found)
    assert all(len(s.tokens) <= STRETCH * 5 // 4 for s in found)


def test_mentions_of_a_stretch_are_counted_from_its_first_token() -> None:
    scene = scene_of("قصف الجيش مدينة الموصل بثلاثة صواريخ يوم 8 كانون الأول 2023.\n" * 600)
    last = stretches(scene)[-1]
    for mentions in (last.numbers, last.times, last.places, last.weapons):
        assert len(mentions) > 0
        for m in mentions:
            assert last.tokens[m.j - 1].end == m.end
    for s in last.sentences:
        assert (last.tokens[s.i].start, last.tokens[s.j - 1].end) == (s.start, s.end)


def test_one_endless_paragraph_is_cut_too() -> None:
    assert len(stretches(scene_of("كلام " * (3 * STRETCH)))) >= 3
