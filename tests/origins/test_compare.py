"""Passages that two texts share: found, measured against both texts, quotations and standing phrases apart."""

from __future__ import annotations

from tawatur.origins.compare import compare, prepare
from tawatur.origins.quotes import quoted
from tawatur.origins.shingles import shingles, words_of

STORY = (
    "Two drones came down on farmland at the edge of the town before sunrise and nobody was hurt. "
    "The mayor said schools would stay open."
)


def test_a_text_shares_all_with_itself() -> None:
    found = compare(prepare(STORY), prepare(STORY))
    assert (found.copy_share, found.original_share, found.own_share) == (1.0, 1.0, 1.0)
    assert found.runs[0].copy.text == STORY.rstrip(".")


def test_other_words_for_the_same_share_nothing() -> None:
    other = "Before dawn a pair of unmanned aircraft crashed into fields outside the town, harming no one."
    assert compare(prepare(STORY), prepare(other)).runs == ()


def test_a_changed_word_does_not_break_a_passage() -> None:
    edited = STORY.replace("farmland", "fields").replace("nobody was hurt", "nobody was injured")
    found = compare(prepare(edited), prepare(STORY))
    assert len(found.runs) == 1
    assert found.copy_share > 0.85


def test_runs_are_the_texts_own_words() -> None:
    before = "By our staff. " + STORY
    for run in compare(prepare(before), prepare(STORY)).runs:
        assert before[run.copy.start : run.copy.end] == run.copy.text
        assert STORY[run.original.start : run.original.end] == run.original.text


def test_moved_paragraphs_are_two_passages() -> None:
    first, second = STORY.split(". ")
    found = compare(prepare(f"{second} {first}."), prepare(STORY))
    assert len(found.runs) == 2
    assert found.original_share == 1.0


def test_words_of_a_quotation_are_not_the_reporters_own() -> None:
    said = '"The fire was not accurate and none of our people was hurt in any way"'
    found = compare(prepare(f"An officer: {said}."), prepare(f"{said}, the army wrote to us."))
    assert sum(r.words for r in found.runs) == len(said.split())
    assert found.own == 0


def test_standing_phrases_are_left_out() -> None:
    stock = "All rights reserved, this story may be shared with a link to our page."
    values = set(shingles(words_of(stock).norms))
    one = prepare(f"A bus burned. {stock}", values.__contains__)
    two = prepare(f"Rain fell in the hills. {stock}", values.__contains__)
    assert compare(one, two).runs == ()
    assert one.length == 3


def test_quotation_marks_of_all_kinds() -> None:
    text = 'قال: «نؤكد الهجوم» ثم "لا إصابات" and “all is well” but "never closed'
    assert [text[a:b] for a, b in quoted(text)] == ["نؤكد الهجوم", "لا إصابات", "all is well"]
