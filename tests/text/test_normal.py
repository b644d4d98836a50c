from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tawatur.text.normal import DROPPED, fold, normalise

LETTERS = st.characters(min_codepoint=0x600, max_codepoint=0x6FF)
ANY = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), LETTERS, st.sampled_from("\u200f\u202b\ufefb\ufdfa١۲ـَ"))
)


@given(ANY)
def test_each_character_of_the_normal_form_points_at_where_it_came_from(text: str) -> None:
    normal = normalise(text)
    assert normal.text == fold(text)
    assert list(normal.origin) == sorted(normal.origin)
    for char, at in zip(normal.text, normal.origin, strict=True):
        assert char in fold(text[at])


@given(ANY, st.data())
def test_a_span_of_the_normal_form_maps_back_to_words_that_fold_to_it(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    a, b = normal.span(start, end)
    assert normal.text[start:end] in fold(text[a:b])


@given(ANY)
def test_folding_leaves_no_dropped_marks_and_no_arabic_digits(text: str) -> None:
    folded = fold(text)
    assert not any(ord(char) in DROPPED for char in folded)
    assert not any("\u0660" <= char <= "\u0669" or "\u06f0" <= char <= "\u06f9" for char in folded)


def test_what_the_tables_are_keyed_by() -> None:
    assert fold("إلى الأُمّـــة ١٢٫٥٪") == "الي الامه 12.5%"
    assert fold("ﻻ \u202bآل\u202c") == "لا ال"
