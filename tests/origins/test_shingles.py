"""Signatures depend on words only; fingerprints never miss a passage of their length."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.origins.shingles import SHINGLE, WINDOW, Signature, shingles, sign, winnow, words_of

WORDS = st.lists(st.sampled_from([f"w{i}" for i in range(400)]), min_size=0, max_size=60)


def test_marks_harakat_and_case_change_nothing() -> None:
    assert words_of("قُصِفَت القاعدةُ، فجراً!").norms == words_of("قصفت القاعده فجرا").norms
    assert words_of("The BASE was hit").norms == ("the", "base", "was", "hit")


def test_words_know_where_they_stand() -> None:
    text = "«ضربة» on Al-Asad."
    words = words_of(text)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == ["ضربة", "on", "Al-Asad"]


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, st.integers(0, 2**16))
def test_a_shared_passage_is_never_missed(left: list[str], right: list[str], seed: int) -> None:
    chance = random.Random(seed)
    passage = [f"p{chance.randrange(10**6)}" for _ in range(SHINGLE + WINDOW - 1)]
    one = winnow(shingles([*left, *passage, *right]))
    two = winnow(shingles([*right, *passage]))
    assert one & two


@settings(max_examples=30, deadline=None)
@given(WORDS)
def test_signature_survives_its_bytes(words: list[str]) -> None:
    made = sign(words)
    assert Signature.from_bytes(made.to_bytes()) == made


@pytest.mark.parametrize("kept", [b"", b"L1", b"XX" + b"\0" * 8, b"L1" + b"\0" * 11])
def test_other_bytes_are_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match="not a signature"):
        Signature.from_bytes(kept)


def test_signature_is_the_same_in_another_process() -> None:
    text = "rockets fell near the gas field east of the river after midnight and nobody was hurt"
    code = f"from tawatur.origins.shingles import *; print(sign(words_of({text!r}).norms).to_bytes().hex())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sign(words_of(text).norms).to_bytes().hex()


def test_near_copies_share_a_band_and_strangers_do_not() -> None:
    base = [f"a{i}" for i in range(120)]
    near = [*base[:110], *(f"b{i}" for i in range(10))]
    other = [f"c{i}" for i in range(120)]
    assert set(sign(base).bands) & set(sign(near).bands)
    assert not set(sign(base).bands) & set(sign(other).bands)
