from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tawatur.text.normal import fold
from tawatur.text.tokens import cut, stems, tokenize

LETTERS = st.characters(min_codepoint=0x600, max_codepoint=0x6FF)
ANY = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), LETTERS, st.sampled_from("\u200f\u202b\ufefb\ufdfa١۲ـَ ."))
)


@given(ANY)
def test_tokens_are_in_order_and_their_words_fold_to_their_norms(text: str) -> None:
    edge = 0
    for token in tokenize(text):
        assert edge <= token.start < token.end <= len(text)
        word = text[token.start : token.end]
        assert fold(word).replace(".", "").replace("*", "") == token.norm.replace(".", "").replace("*", "")
        assert word.strip() == word
        edge = token.end


@given(ANY)
def test_no_letter_or_digit_is_outside_of_every_token(text: str) -> None:
    inside = {i for token in tokenize(text) for i in range(token.start, token.end)}
    left = [c for i, c in enumerate(text) if i not in inside and (c.isalpha() or c.isdecimal()) and fold(c).strip()]
    assert not [c for c in left if "\u0620" <= c <= "\u064a" or c.isascii()]


@given(ANY)
def test_cutting_clitics_leaves_an_offset_inside_the_token(text: str) -> None:
    for token in tokenize(text):
        for rest, letters in stems(token.norm):
            at = cut(text, token, letters)
            assert token.start <= at <= token.end
            assert token.norm.endswith(rest)


def test_clitics_are_separable_and_the_span_leaves_them_off() -> None:
    text = "وبالصَّواريخ"
    token = tokenize(text)[0]
    letters = dict(stems(token.norm))["صواريخ"]
    assert text[cut(text, token, letters) : token.end] == "صَّواريخ"


def test_a_flood_is_cut_into_tokens_of_bounded_length() -> None:
    for flood in ("a" * 5000, "ا" * 5000, "1" * 50_000):
        assert max(t.end - t.start for t in tokenize(flood)) <= 2000
