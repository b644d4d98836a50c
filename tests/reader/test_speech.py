"""Who says so: speakers, chains, what was said and what it vouches for, on sentences written for the purpose."""

from __future__ import annotations

from datetime import date

import pytest

from tawatur.model import Document, Published
from tawatur.pipeline import see
from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech import Speech, read_speech, vouching
from tawatur.reader.speech_cues import find_cues, forms
from tawatur.reader.speech_types import statements
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize


def scene(text: str, outlet: str = "Al Mayadeen") -> Scene:
    return see(Document("d", text, "", Published(date(2023, 12, 9), "input"), outlet=outlet))


def said(s: Scene, w: Words | None) -> str:
    return s.text[w.start : w.end] if w else ""


def chain_at(text: str, word: str, outlet: str = "Al Mayadeen") -> list[str]:
    """The chain that vouches for the first token that holds ``word``."""
    s = scene(text, outlet)
    at = text.index(word)
    token = next(k for k, t in enumerate(s.tokens) if t.start <= at < t.end)
    speech = vouching(read_speech(s), s)(token)
    return [said(s, w) for w in speech.chain] if speech else []


def kept(text: str, anchors: tuple[int, ...] = ()) -> tuple[Scene, list[Speech]]:
    s = scene(text)
    return s, statements(s, read_speech(s), anchors)


@pytest.mark.parametrize("word", ["قال", "قالت", "أكّدوا", "مشيراً", "مشيرةً", "يؤكد", "تدين", "نفت", "قولهم", "أعلنه"])
def test_forms_of_a_verb_are_cues(word: str) -> None:
    assert fold(word) in forms()


def test_a_conjunction_is_no_part_of_the_cue() -> None:
    tokens = tokenize("وقالت الوزارة إنّ الطريق مغلق")
    cue = next(c for c in find_cues(tokens) if c.form.lemma.name == "قال")
    assert (cue.i, cue.letters) == (0, 1)


@pytest.mark.parametrize(
    ("text", "word", "chain"),
    [
        ("أفاد مصدر أمني لوكالة رويترز بأنّ صاروخاً سقط قرب القاعدة.", "سقط", ["وكالة رويترز", "مصدر أمني"]),
        ("نقلت القناة 12 عن مسؤول عسكري أنّ القاعدة قُصفت صباحاً.", "قُصفت", ["القناة 12", "مسؤول عسكري"]),
        ("سقط صاروخان في محيط المطار، بحسب مصدر أمني.", "سقط", ["مصدر أمني"]),
        ("وفق مصدر محلي، سقط صاروخان في محيط المطار.", "سقط", ["مصدر محلي"]),
        ("أفاد مراسل الميادين بأنّ صاروخاً سقط قرب القاعدة.", "سقط", []),
        ("أفادت مصادر الميادين بأنّ صاروخاً سقط قرب القاعدة.", "سقط", ["مصادر الميادين"]),
        ("سقط صاروخ قرب القاعدة ليل الخميس.", "سقط", []),
    ],
)  # fmt: skip
def test_chain(text: str, word: str, chain: list[str]) -> None:
    got = [c.removeprefix("وكالة ") for c in chain_at(text, word)]
    assert got == [c.removeprefix("وكالة ") for c in chain]


def test_what_the_publisher_says_after_the_quotation_is_its_own() -> None:
    text = "قال الناطق إنّ القوات قصفت الموقع.\nوسقط صاروخ في البلدة ليلاً."
    assert chain_at(text, "قصفت") == ["الناطق"]
    assert chain_at(text, "وسقط") == []


def test_a_verb_that_names_nobody_goes_on_with_the_last_speaker() -> None:
    text = "قالت الوزارة إنّ القصف مستمر.\nوأضافت أنّ غارة استهدفت مدرسة."
    assert chain_at(text, "غارة") == ["الوزارة"]


def test_a_participle_belongs_to_the_speaker_of_its_sentence() -> None:
    text = "أكد الناطق أنّ الهجوم فشل، مشيراً إلى أنّ جندياً أُصيب."
    s = scene(text)
    speech = next(x for x in read_speech(s) if x.shape == "participle")
    assert said(s, speech.speaker) == "الناطق"
    assert fold(said(s, speech.cue)) == fold("مشيراً")


def test_a_headline_names_the_speaker_before_the_verb() -> None:
    s = scene("الخارجية الإيرانية تدين قصف المستشفى")
    speech = next(x for x in read_speech(s) if x.lemma == "دان")
    assert said(s, speech.speaker) == "الخارجية الإيرانية"


def test_content_is_what_follows_the_complementizer() -> None:
    s = scene("قال الناطق في بيان إنّ الرد قادم.")
    speech = read_speech(s)[0]
    assert speech.content_span is not None
    a, b = speech.content_span
    assert s.text[a:b].startswith("إنّ الرد قادم")
    assert speech.mode == "reported"


def test_a_quotation_is_quoted() -> None:
    s = scene('قال الناطق: "سنرد على العدوان بكل قوة وفي الوقت المناسب".')
    assert read_speech(s)[0].mode == "quoted"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("دانت الحركة بأشد العبارات المجزرة التي ارتكبها الاحتلال بحق المدنيين.", "condemnation"),
        ("نفى الناطق باسم الجيش صحة التقارير بشأن استخدام أسلحة محرمة.", "denial"),
        ("طالبت المنظمة المجتمع الدولي بالضغط على الاحتلال من أجل وقف العدوان على غزة.", "demand"),
        ("أشادت الحركة بصمود المقاومة وبعملياتها البطولية ضد الاحتلال.", "praise"),
        ("اتهمت الحركة الاحتلال بارتكاب جرائم حرب بحق المدنيين.", "accusation"),
    ],
)
def test_types_of_speech(text: str, kind: str) -> None:
    _, found = kept(text)
    assert [x.type for x in found] == [kind]


def test_the_publishers_correspondent_makes_no_statement() -> None:
    _, found = kept("أكد مراسلنا أنّ الوضع في المدينة متوتر.")
    assert found == []


def test_headline_and_body_are_one_statement() -> None:
    body = "دانت الحركة المجزرة التي ارتكبها الاحتلال بحق المدنيين في المدرسة."
    _, one = kept(body)
    s = see(
        Document(
            "d", f"الحركة تدين المجزرة التي ارتكبها الاحتلال بحق المدنيين في المدرسة\n{body}",
            "الحركة تدين المجزرة التي ارتكبها الاحتلال بحق المدنيين في المدرسة",
        )
    )  # fmt: skip
    both = statements(s, read_speech(s), ())
    assert len(one) == 1
    assert [said(s, x.cue) for x in both] == ["دانت"]


@pytest.mark.parametrize(
    ("text", "word", "chain"),
    [
        ("The spokesman said that a rocket hit the base.", "rocket", ["spokesman"]),
        ("A rocket hit the base, according to local sources.", "rocket", ["local sources"]),
        ("A rocket hit the base on Friday.", "rocket", []),
    ],
)
def test_english_chain(text: str, word: str, chain: list[str]) -> None:
    assert chain_at(text, word, "Wire") == chain
