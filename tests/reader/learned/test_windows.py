"""Windows: whole sentences, every word answered for once, nothing longer than the network reads."""

from __future__ import annotations

from collections import Counter

import pytest

from tawatur import pipeline
from tawatur.reader.learned.windows import CORE, LONGEST, windows
from tawatur.reader.scene import Scene
from tawatur.text.documents import from_text
from tests.reader.learned.made import WordPieces


def scene_of(sentences: int, words: int) -> Scene:
    line = " ".join(f"word{n}" for n in range(words))
    return pipeline.see(from_text("\n".join(f"{line} {k}." for k in range(sentences))))


@pytest.mark.parametrize(("sentences", "words"), [(1, 3), (3, 40), (30, 12), (2, 700), (5, 290), (60, 37)])
def test_every_token_is_in_the_core_of_one_window(sentences: int, words: int) -> None:
    scene = scene_of(sentences, words)
    found = windows(scene, WordPieces())
    core = Counter(k for w in found for k, own in zip(w.words, w.core, strict=True) if own)
    assert set(core) == set(range(len(scene.tokens)))
    assert set(core.values()) == {1}


@pytest.mark.parametrize(("sentences", "words"), [(1, 3), (30, 12), (2, 700), (60, 37)])
def test_no_window_is_too_long_and_each_word_points_at_a_piece_of_it(sentences: int, words: int) -> None:
    for w in windows(scene_of(sentences, words), WordPieces()):
        assert len(w.ids) <= LONGEST
        assert all(0 < at < len(w.ids) - 1 for at in w.at)
        assert sum(w.core) <= CORE or len(w.words) == sum(w.core)


def test_a_later_window_sees_the_headline_and_what_stands_before_it() -> None:
    scene = scene_of(60, 20)
    second = windows(scene, WordPieces())[1]
    around = [k for k, own in zip(second.words, second.core, strict=True) if not own]
    assert 0 in around
    assert next(k for k, own in zip(second.words, second.core, strict=True) if own) - 1 in around
