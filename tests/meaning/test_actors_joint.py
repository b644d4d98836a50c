"""Parties told as one, whose a loaded word is, and what kind of mention words make."""

from __future__ import annotations

import time

import pytest

from tawatur.meaning.actors import Catalogue, PartyMention, context_of
from tawatur.model import Document, Label, Span
from tawatur.text.tokens import tokenize

CATALOGUE = Catalogue.load()


def mentions(text: str) -> dict[str, PartyMention]:
    return {text[m.start : m.end]: m for m in reversed(CATALOGUE.find(text, tokenize(text)))}


def label(text: str, words: str) -> Label:
    found = CATALOGUE.find(text, tokenize(text))
    at = text.index(words)
    return CATALOGUE.party(text, Span(at, at + len(words), words), context_of(Document("d", text), found)).label


JOINT = [
    ("قصفت قوات النظام وروسيا البلدة", "قوات النظام وروسيا", ("ru",)),
    ("داهمت قسد والتحالف الدولي منزلا", "قسد والتحالف الدولي", ("cjtf",)),
    ("داهمت قسد بدعم جوي من التحالف الدولي منزلا", "قسد بدعم جوي من التحالف الدولي", ("cjtf",)),
    ("القصف السوري الروسي على القرية", "السوري الروسي", ("ru",)),
    ("أعلنت الولايات المتحدة وبريطانيا والسعودية ذلك", "الولايات المتحدة وبريطانيا والسعودية", ("gb", "sa")),
    ('ميليـ.ـشيا " قسد " بمساندة التحـ.ـالف الدولي', 'ميليـ.ـشيا " قسد " بمساندة التحـ.ـالف الدولي', ("cjtf",)),
]


@pytest.mark.parametrize(("text", "words", "further"), JOINT)
def test_parties_of_one_act_are_one_mention(text: str, words: str, further: tuple[str, ...]) -> None:
    m = mentions(text)[words]
    assert m.head == "joint"
    assert m.also == further


@pytest.mark.parametrize(
    "text",
    [
        "اشتباكات بين الجيش السوداني وقوات الدعم السريع",
        "اتفاق بين روسيا وتركيا",
        "قواعد في العراق وسوريا",
        "أعلنت حركة حماس وإسرائيل هدنة",
        "قصفت قوات النظام، وروسيا تنفي",
        "اتفاق بين روسيا والنظام من جهة وتركيا وفصائل المعارضة من جهة أخرى",
    ],
)
def test_parties_on_two_sides_and_places_are_not_joint(text: str) -> None:
    assert all(m.head != "joint" for m in mentions(text).values())


def test_a_joint_label_names_each_party() -> None:
    said = label("قصفت قوات النظام وروسيا البلدة", "قوات النظام وروسيا")
    assert said == Label("Assad regime and Russia", "نظام الأسد وروسيا")


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("يواصل جيش الاحتلال التركي القصف. وقال إن جيش الاحتلال باق", "جيش الاحتلال", "tr.forces"),
        ("اقتحم جيش الاحتلال المخيم", "جيش الاحتلال", "idf"),
        (
            "القوات التركية في الشمال. اقتحم الجيش الإسرائيلي غزة وقصف الجيش الإسرائيلي رفح، وقوات الاحتلال هناك",
            "قوات الاحتلال",
            "idf",
        ),
        ("أعلنت حركة طالبان في أفغانستان ذلك", "حركة طالبان في أفغانستان", "taliban"),
        ("أصيب طالبان في المدرسة", "طالبان", None),
    ],
)
def test_what_the_document_names_says_whose(text: str, words: str, party: str | None) -> None:
    found = CATALOGUE.find(text, tokenize(text))
    at = text.rindex(words)
    said = CATALOGUE.party(text, Span(at, at + len(words), words), context_of(Document("d", text), found))
    assert said.entity == party


def test_a_supporter_is_offered_alone_too() -> None:
    assert mentions("داهمت قسد بمساندة التحالف الدولي منزلا")["التحالف الدولي"].entity == "cjtf"


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("قصف الاحتلال الروسي البلدة", "الاحتلال الروسي", "ru.forces"),
        ("قصف طيران الاحتلال الروسي البلدة", "طيران الاحتلال الروسي", "ru.forces"),
        ("قصف الاحتلال الإسرائيلي البلدة", "الاحتلال الإسرائيلي", "il"),
        ("قصف الاحتلال التركي البلدة", "الاحتلال التركي", "tr.forces"),
        ("فصائل المعارضة المدعومة من تركيا", "فصائل المعارضة المدعومة من تركيا", "syrian-opposition"),
        ("قصفت طائرة مسيّرة تركية سيارة", "طائرة مسيّرة تركية", "tr.airforce"),
        ('داهمت ميليشيا "ب ي د" منزلا', 'ميليشيا "ب ي د"', "pyd"),
        ("انفجار مسيّرة يُرجّح أنها إيرانية قرب القرية", "مسيّرة يُرجّح أنها إيرانية", "ir.airforce"),
        ("طيران يعتقد أنه تابع للتحالف الدولي", "طيران يعتقد أنه تابع للتحالف الدولي", "cjtf"),
        ("عناصر تنظيم PKK/YPG", "عناصر تنظيم PKK/YPG", "pkk-ypg"),
    ],
)
def test_the_adjective_or_the_name_says_whose(text: str, words: str, party: str) -> None:
    assert mentions(text)[words].entity == party


def test_the_adjective_of_an_aircraft_is_offered_alone() -> None:
    assert mentions("قصفت طائرة تركية مسيّرة سيارة")["تركية"].head == "demonym"


@pytest.mark.parametrize(
    ("text", "words", "head"),
    [
        ("وصل الوفد إلى سوريا", "سوريا", "country"),
        ("غارات سورية على القرية", "سورية", "demonym"),
        ("في سورية", "سورية", "country"),
        ("اتفاق مع روسيا", "روسيا", "country"),
        ("قتل 120 مسلحا", "مسلحا", "counted"),
        ("قتل مسلحون شرطيا", "مسلحون", "pattern"),
    ],
)
def test_how_a_mention_was_found(text: str, words: str, head: str) -> None:
    assert mentions(text)[words].head == head


@pytest.mark.parametrize("text", ["قصف مصدره غير معلوم", "منطقة آمنة", "في محافظة بعيدة", "نظر إليه"])
def test_words_that_only_look_like_a_noun_with_a_pronoun(text: str) -> None:
    assert mentions(text) == {}


LABELS = [
    ("مسؤول عسكري عراقي", "an Iraqi military official", "مسؤول عسكري عراقي"),
    ("المصادر المحلية", "the local sources", "المصادر المحلية"),
    ("شهود عيان", "witnesses", "شهود عيان"),
    ("مجموعات مسلّحة مجهولة", "unknown armed groups", "مجموعات مسلحة مجهولة"),
    ("المتحدث باسم الجيش", "the spokesperson for the army", "المتحدث باسم الجيش"),
    ("قوى #الأمن_الداخلي", "", "قوى الأمن الداخلي"),
    ("US officials", "US officials", "مسؤولون أميركيون"),
]


@pytest.mark.parametrize(("words", "en", "ar"), LABELS)
def test_a_plain_phrase_has_a_label_in_both_languages(words: str, en: str, ar: str) -> None:
    assert label(words, words) == Label(en, ar)


@pytest.mark.parametrize("unit", ["قسد ", "قسد وروسيا ", "روسي ", "قوات ", 'قوات " ', "فصائل مدعومة من ", "خنفشار "])
def test_a_flood_of_one_word_takes_linear_time(unit: str) -> None:
    seconds = []
    for n in (2000, 16000):
        tokens = tokenize(unit * n)
        began = time.process_time()
        CATALOGUE.find(unit * n, tokens)
        seconds.append(time.process_time() - began)
    # eight times the words: room for noise, none for the 64 times of a quadratic scan
    assert seconds[1] < 24 * seconds[0] + 0.2
