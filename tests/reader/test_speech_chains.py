"""Chains of several hands, speakers that are hard to find, and bounds; sentences written for the purpose."""

from __future__ import annotations

import time
from datetime import date

import pytest

from tawatur.model import Document, Published
from tawatur.pipeline import see
from tawatur.reader.scene import Scene
from tawatur.reader.speech import Speech, read_speech


def scene(text: str) -> Scene:
    return see(Document("d", text, "", Published(date(2024, 3, 9), "input"), outlet="Al Mayadeen"))


def chain_of(text: str, cue: str) -> list[str]:
    """The chain of the speech whose cue is the first that holds ``cue``, without quotation marks and outlet nouns."""
    s = scene(text)
    speech = speech_at(s, cue)
    words = (s.text[w.start : w.end].replace('"', "") for w in speech.chain)
    return [w.removeprefix("وكالة ").removeprefix("صحيفة ") for w in words]


def speech_at(s: Scene, cue: str) -> Speech:
    return next(x for x in read_speech(s) if cue in s.text[x.cue.start : x.cue.end])


@pytest.mark.parametrize(
    ("text", "cue", "chain"),
    [
        # the outlet of the occasion stands before the verb
        ("وفي مقابلة مع وكالة رويترز، قال حسن منصور إنّ الحرب لن تتوقف.", "قال", ["رويترز", "حسن منصور"]),
        # the outlet is whom somebody tells
        ("سقط صاروخ على الثكنة، وفق ما أفاد به ضابط وكالة رويترز.", "أفاد", ["رويترز", "ضابط"]),
        # the outlet quotes
        ("سقط صاروخ على الثكنة، بحسب ما نقلت رويترز عن ضابط كبير.", "نقلت", ["رويترز", "ضابط كبير"]),
        ("ذكرت رويترز، نقلاً عن ضابط كبير، أنّ الثكنة أُخليت.", "ذكرت", ["رويترز", "ضابط كبير"]),
        ("وكشفت رويترز، عن مصادر مطلعة، أنّ الثكنة أُخليت.", "كشفت", ["رويترز", "مصادر مطلعة"]),
        # who goes on without a name keeps the whole chain
        ("قال حسن منصور لوكالة رويترز إنّ الحرب طويلة.\nوأضاف أنّ الرد قادم.", "أضاف", ["رويترز", "حسن منصور"]),
        # a verb in the plural has its subject before it
        (
            "ولفتت رويترز إلى أنّ المزارعين يخافون القصف، ويقولون إنّ الموسم ضاع.",
            "يقولون",
            ["رويترز", "المزارعين"],
        ),
        # a person of the same paragraph, quoted by the outlet that told the sentence before
        (
            "أشارت رويترز إلى أنّ الوضع صعب. وقال حسن منصور إنّ الجنود متعبون.",
            "قال",
            ["رويترز", "حسن منصور"],
        ),
        # … but not one to whom the text turns
        ("أشارت رويترز إلى أنّ الوضع صعب. من جهته، قال حسن منصور إنّ الجنود متعبون.", "قال", ["حسن منصور"]),
    ],
)
def test_chains(text: str, cue: str, chain: list[str]) -> None:
    assert chain_of(text, cue) == chain


@pytest.mark.parametrize(
    ("text", "cue", "chain"),
    [
        # "and" with another name begins a headline of its own
        ("موسكو تحذر من حرب واسعة وطهران تؤكد أنها سترد على القصف", "تؤكد", ["طهران"]),
        # "and" with another verb goes on with the same name
        ("موسكو تؤكد أنها سترد وتتهم كييف بقصف المدنيين", "تتهم", ["موسكو"]),
        # what was said by "as X told" comes before the participle
        ("وفق ما أعربت عنه رويترز، مؤكدةً أنّ الحرب طويلة.", "مؤكدة", ["رويترز"]),
        # reporters are no outlet
        ("قال حسن منصور للصحافيين إنّ الحرب طويلة.", "قال", ["حسن منصور"]),
        # the role of an agency of states
        ("قال المدير العام للوكالة الدولية للطاقة الذرية، حسن منصور، إنّ الموقع آمن.", "قال", ["حسن منصور"]),
        # a second role between commas, and a name that begins with a hamza
        ('قال عضو اللجنة، من حزب "الوفاق"، ألبير منصور، إنّ الحرب طويلة.', "قال", ["ألبير منصور"]),
    ],
)
def test_speakers(text: str, cue: str, chain: list[str]) -> None:
    assert chain_of(text, cue) == chain


@pytest.mark.parametrize(
    ("text", "cue", "chain"),
    [
        ("“We will answer,” said John Miller, the spokesman.", "said", ["John Miller"]),
        ("Peter Hall said:\nThe ministry has done all it could to end the war.", "said", ["Peter Hall"]),
        ("The Coalition will continue to strike the camps.", "continue", ["Coalition"]),
        ("John Miller told reporters that the base was hit.", "told", ["John Miller"]),
    ],
)
def test_english(text: str, cue: str, chain: list[str]) -> None:
    assert chain_of(text, cue) == chain


def test_the_paragraph_after_a_colon_is_what_was_said() -> None:
    s = scene("Peter Hall said:\nThe ministry has done all it could.\nRain fell.")
    span = speech_at(s, "said").content_span
    assert span is not None
    assert s.text[span[0] : span[1]] == "The ministry has done all it could."


@pytest.mark.parametrize("word", ["قال ", '" ', "قال الوزير إنّ ", "said ", "وفق ", "قال: "])
def test_a_run_of_one_word_takes_time_in_step_with_its_length(word: str) -> None:
    def spent(times: int) -> float:
        s = scene(word * times)
        began = time.process_time()
        read_speech(s)
        return time.process_time() - began

    spent(100)
    short = max(spent(2_000), 0.01)
    assert spent(16_000) < 40 * short
