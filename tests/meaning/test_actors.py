"""Party phrases in sentences: extents, persons with their roles, words that only the document explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.meaning.actors import Catalogue, PartyMention, context_of, resolve_short
from tawatur.model import Document, Span
from tawatur.text.tokens import tokenize

CATALOGUE = Catalogue.load()


def mentions(text: str) -> list[PartyMention]:
    return CATALOGUE.find(text, tokenize(text))


def resolved(text: str, words: str) -> str | None:
    found = mentions(text)
    at = text.rindex(words)
    span = Span(at, at + len(words), words)
    return CATALOGUE.party(text, span, context_of(Document("d", text), found)).entity


EXTENTS = [
    ("نقل عن مسؤول عسكري عراقي قوله", "مسؤول عسكري عراقي", "unnamed", None),
    ("قالت وسائل إعلام إسرائيلية إن الهجوم فشل", "وسائل إعلام إسرائيلية", "outlet", "il.media"),
    ("أفادت مصادر محلية بوقوع انفجار", "مصادر محلية", "unnamed", None),
    ("قال شهود عيان إنهم رأوا الدخان", "شهود عيان", "unnamed", None),
    ("أعلنت وزارة الخارجية الإيرانية رفضها", "وزارة الخارجية الإيرانية", "government", "ir.mfa"),
    ("أعلنت وزارة الداخلية العراقية القبض على خلية", "وزارة الداخلية العراقية", "government", "iq.moi"),
    ("دخلت القوات العراقية البلدة", "القوات العراقية", "state_force", "iq.forces"),
    ("أغارت الطائرات الروسية على البلدة", "الطائرات الروسية", "state_force", "ru.airforce"),
    ("اعتقل مسلحو قسد ثلاثة", "مسلحو قسد", "armed_group", "sdf"),
    ("قتل جنديان تركيان", "جنديان تركيان", "state_force", "tr.forces"),
    ("قصف تركي على القرية", "تركي", "government", "tr"),
    ("اقتحم مستوطنون البلدة", "مستوطنون", "civilian", "settlers"),
    ("أكدت الحكومة اللبنانية التزامها", "الحكومة اللبنانية", "government", "lb.gov"),
    ('ذكرت صحيفة "معاريف" الإسرائيلية أن', 'صحيفة "معاريف" الإسرائيلية', "outlet", "maariv"),
    ("Witnesses said Israeli troops fired", "Israeli troops", "state_force", "idf"),
    ("A US official denied it", "US official", "unnamed", None),
]


@pytest.mark.parametrize(("text", "words", "kind", "party"), EXTENTS)
def test_extent_kind_and_party(text: str, words: str, kind: str, party: str | None) -> None:
    found = {text[m.start : m.end]: (m.kind, m.entity) for m in mentions(text)}
    assert found.get(words) == (kind, party)


PERSONS = [
    ("قال المتحدث باسم الخارجية الإيرانية ناصر كنعاني إن", "ناصر كنعاني", "المتحدث باسم الخارجية الإيرانية"),
    ("وأكد وزير الخارجية الإيراني، حسين أمير عبد اللهيان، أن", "حسين أمير عبد اللهيان", "وزير الخارجية الإيراني"),
    ("أعلن القيادي في حركة حماس سامي الخطيب أن", "سامي الخطيب", "القيادي في حركة حماس"),
    ("Pentagon spokesman Brig. Gen. Pat Ryder said", "Pat Ryder", "Pentagon spokesman Brig. Gen."),
]


@pytest.mark.parametrize(("text", "person", "role"), PERSONS)
def test_a_person_with_the_role(text: str, person: str, role: str) -> None:
    m = next(m for m in mentions(text) if m.person is not None)
    assert m.person is not None
    assert m.role is not None
    assert text[slice(*m.person)] == person
    assert text[slice(*m.role)] == role


def test_a_person_speaks_for_the_affiliation() -> None:
    text = "قال القيادي في كتائب حزب الله العراق، أبو علي العسكري، إن الرد قريب"
    m = next(m for m in mentions(text) if m.person is not None)
    assert m.affiliation is not None
    assert text[slice(*m.affiliation)] == "كتائب حزب الله العراق"


CONTEXT = [
    ("أعلنت المقاومة الإسلامية في العراق قصف القاعدة. وقالت المقاومة إنها مستمرة", "المقاومة", "iri"),
    ("أعلنت المقاومة الإسلامية في لبنان قصف الموقع. وقالت المقاومة إنها مستمرة", "المقاومة", "irl"),
    ("نشر المرصد السوري لحقوق الإنسان حصيلة. وقال المرصد إنها ترتفع", "المرصد", "sohr"),
    ("أعلنت وزارة الدفاع الروسية ذلك. وأضافت الوزارة", "الوزارة", "ru.mod"),
    ("نفت حركة حماس ذلك. وأكدت الحركة", "الحركة", "hamas"),
    ("نفت حركة الجهاد الإسلامي ذلك. وأكدت الحركة", "الحركة", "pij"),
    ("أعلنت القوات المسلحة اليمنية العملية. وقالت القوات المسلحة", "القوات المسلحة", "ye-saf"),
    ("تقدم الجيش السوداني في المدينة. وقال الجيش", "الجيش", "saf-sd"),
    ("تقدم الجيش الصومالي في المدينة. وقال الجيش", "الجيش", "so.forces"),
    ("قصف الاحتلال المخيم", "الاحتلال", "il"),
    ("قوات الاحتلال التركي قرب القرية. وقصف الاحتلال القرية", "الاحتلال", "tr.forces"),
]


@pytest.mark.parametrize(("text", "words", "party"), CONTEXT)
def test_short_words_are_explained_by_the_document(text: str, words: str, party: str) -> None:
    assert resolved(text, words) == party


def test_a_surname_alone_is_the_person_told_before() -> None:
    text = "قال المتحدث باسم الحكومة سعيد الكرخي إنها تتابع. وأضاف الكرخي أن التحقيق بدأ"
    assert any(text[m.start : m.end] == "الكرخي" and m.head == "person" for m in mentions(text))


def test_resolve_short_gives_a_role_its_holder() -> None:
    text = "وصل وزير الدفاع الإيراني محمد رضا آشتياني. وقال الوزير"
    last = resolve_short(mentions(text), text)[-1]
    assert text[last.start : last.end] == "الوزير"
    assert last.entity == "p.ashtiani"


@pytest.mark.parametrize("text", ["", "هطلت أمطار غزيرة على الطريق", "The weather was fine", '" " «»'])
def test_nothing_named(text: str) -> None:
    assert mentions(text) == []


@given(st.text(alphabet="القواتجيش الأميركيةو\"«»،.-#_ قسدabcIDF'0123ـ\u200f\u064b", max_size=120))
def test_spans_are_proven_and_in_order(text: str) -> None:
    for m in mentions(text):
        assert 0 <= m.start < m.end <= len(text)
        assert m.i < m.j
        for part in (m.person, m.role, m.affiliation):
            assert part is None or 0 <= part[0] < part[1] <= len(text)
