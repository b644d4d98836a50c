from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.text.parts import parts_of
from tawatur.text.sentences import LONGEST, sentences
from tawatur.text.tokens import tokenize


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, tokenize(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقط صاروخ. ثم ردت المدفعية؟ نعم!", ["سقط صاروخ.", "ثم ردت المدفعية؟", "نعم!"]),
        ("انتهت العملية.وجاءت النتائج لاحقا", ["انتهت العملية.", "وجاءت النتائج لاحقا"]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("بلغت النسبة 3.5 بالمئة. انتهى", ["بلغت النسبة 3.5 بالمئة.", "انتهى"]),
        ("قال د. سالم ذلك. انتهى", ["قال د. سالم ذلك.", "انتهى"]),
        ("The U.S. Army and Gen. Lee left. It ended.", ["The U.S. Army and Gen. Lee left.", "It ended."]),
        ('وقال "سنرد. ولن ننسى" أمس. انتهى', ['وقال "سنرد. ولن ننسى" أمس.', "انتهى"]),
        ('علامة " لا تغلق. جملة أخرى', ['علامة " لا تغلق.', "جملة أخرى"]),
        ('"We will." He left', ['"We will."', "He left"]),
        ("قصـ.ـف المدينة مستمر", ["قصـ.ـف المدينة مستمر"]),
        ("وجاء الإسرا..ئيلي أيضا. نعم", ["وجاء الإسرا..ئيلي أيضا.", "نعم"]),
        ("1. البند الأول\n2. البند الثاني", ["1. البند الأول", "2. البند الثاني"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_paragraphs_and_parts_are_counted() -> None:
    text = "عنوان قصير للخبر هنا\nجملة أولى. جملة ثانية.\n\nفقرة أخرى."
    found = sentences(text, tokenize(text), parts_of(text, "عنوان قصير للخبر هنا"))
    assert [(s.paragraph, s.part) for s in found] == [(0, 0), (1, 1), (1, 1), (2, 2)]


@given(st.text(st.sampled_from('اب جـ.؟!…؛"«»“”\n1aA،:()د@—\u200f'), max_size=120))
def test_each_token_is_in_exactly_one_sentence(text: str) -> None:
    tokens = tokenize(text)
    found = sentences(text, tokens, parts_of(text))
    assert [k for s in found for k in range(s.i, s.j)] == list(range(len(tokens)))
    for s in found:
        assert (s.start, s.end) == (tokens[s.i].start, tokens[s.j - 1].end)
        assert "\n" not in text[s.start : s.end]


def test_an_endless_sentence_is_cut_at_its_last_comma() -> None:
    text = "كلام " * 200 + "هنا، " + "كلام " * 200
    first, second = split(text.strip())
    assert first.endswith("هنا،")
    assert second == ("كلام " * 200).strip()


def test_an_endless_sentence_without_commas_is_cut_between_words() -> None:
    text = "كلام " * (2 * LONGEST + 5)
    assert [s.j - s.i for s in sentences(text, tokenize(text))] == [LONGEST, LONGEST, 5]
