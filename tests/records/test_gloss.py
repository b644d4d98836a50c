"""The sentence of a record: grammar of both languages, the chain first, and loaded words only in quotation marks."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from itertools import product
from typing import Any, get_args

import pytest

from tawatur.model import (
    Label,
    Number,
    NumberOf,
    Outcome,
    Party,
    Place,
    Record,
    Span,
    Status,
    Weapon,
    WeaponCategory,
    When,
)
from tawatur.records.gloss import gloss
from tawatur.records.gloss_counts import arabic, arabic_figure, english, english_figure
from tawatur.records.gloss_days import arabic_days, english_days
from tawatur.records.gloss_tables import Bounds, clean


def words(text: str) -> Span:
    return Span(0, len(text), text)


def party(text: str, en: str = "", ar: str = "", kind: Any = "other", **more: Any) -> Party:
    return Party(words(text), (en or ar) or None, Label(en, ar), kind, **more)


def number(of: NumberOf, low: float | None, high: float | None, text: str = "رقم") -> Number:
    return Number(words(text), of, low, high)


def record(**fields: Any) -> Record:
    base: dict[str, Any] = {
        "doc": "d", "kind": "event", "type": "strike.rocket", "status": "happened",
        "anchor": words("استهدفت"), "evidence": words("استهدفت القاعدة"),
    }  # fmt: skip
    return Record(**(base | fields))


GROUP = party("المقاومة الإسلامية", "Islamic Resistance in Iraq", "المقاومة الإسلامية في العراق", "armed_group")
US = party("قوات الاحتلال الأميركي", "US forces", "القوات الأميركية", "state_force")
AGENCY = party("فرانس برس", "AFP", "وكالة فرانس برس", "agency")
PENTAGON = party("البنتاغون", "Pentagon", "البنتاغون", "government")
OFFICIAL = party("مسؤول عسكري", kind="unnamed")
BASE = Place(words("عين الأسد"), "p1", Label("Ain al-Asad", "عين الأسد"), 33.8, 42.4, "IQ", "", 1, "base")
ERBIL = Place(words("أربيل"), "p2", Label("Erbil", "أربيل"), 36.2, 44.0, "IQ", "", 1, "settlement")
DAY = When(words("أمس"), date(2023, 12, 8), date(2023, 12, 8), 1)
ROCKETS = Weapon(words("صواريخ"), "rocket")
DRONES = Weapon(words("مسيّرات"), "drone")


def types(family: str) -> list[str]:
    text = (files("tawatur") / "data" / "types.csv").read_text(encoding="utf-8")
    return [row["type"] for row in csv.DictReader(text.splitlines()) if row["family"] == family]


ARABIC_COUNTS = [
    ("strike.unspecified", 1, "nom", "هجوم"),
    ("strike.unspecified", 1, "acc", "هجومًا"),
    ("strike.unspecified", 2, "nom", "هجومان"),
    ("strike.unspecified", 2, "acc", "هجومين"),
    ("strike.unspecified", 2, "gen", "هجومين"),
    ("strike.unspecified", 3, "acc", "3 هجمات"),
    ("strike.unspecified", 10, "nom", "10 هجمات"),
    ("strike.unspecified", 11, "nom", "11 هجومًا"),
    ("strike.unspecified", 12, "gen", "12 هجومًا"),
    ("strike.unspecified", 66, "nom", "66 هجومًا"),
    ("strike.unspecified", 99, "acc", "99 هجومًا"),
    ("strike.unspecified", 100, "nom", "100 هجوم"),
    ("strike.unspecified", 102, "acc", "102 هجوم"),
    ("strike.unspecified", 105, "nom", "105 هجمات"),
    ("strike.unspecified", 111, "nom", "111 هجومًا"),
    ("strike.unspecified", 200, "gen", "200 هجوم"),
    ("strike.unspecified", 1000, "nom", "1,000 هجوم"),
    ("strike.rocket", 11, "acc", "11 هجومًا صاروخيًّا"),
    ("strike.rocket", 4, "acc", "4 هجمات صاروخية"),
    ("strike.air", 1, "acc", "غارة جوية"),
    ("strike.air", 2, "nom", "غارتان جويتان"),
    ("strike.air", 2, "gen", "غارتين جويتين"),
    ("strike.air", 7, "gen", "7 غارات جوية"),
    ("strike.air", 15, "gen", "15 غارة جوية"),
    ("weapon.rocket", 1, "gen", "صاروخ"),
    ("weapon.rocket", 2, "gen", "صاروخين"),
    ("weapon.rocket", 3, "gen", "3 صواريخ"),
    ("weapon.rocket", 15, "gen", "15 صاروخًا"),
    ("weapon.rocket", 100, "gen", "100 صاروخ"),
    ("weapon.drone", 2, "gen", "طائرتين مسيّرتين"),
    ("weapon.drone", 5, "gen", "5 طائرات مسيّرة"),
    ("weapon.drone", 20, "gen", "20 طائرة مسيّرة"),
    ("weapon.mortar", 7, "gen", "7 قذائف هاون"),
    ("weapon.mortar", 2, "nom", "قذيفتا هاون"),
    ("person", 1, "gen", "شخص"),
    ("person", 2, "gen", "شخصين"),
    ("person", 6, "gen", "6 أشخاص"),
    ("person", 13, "gen", "13 شخصًا"),
    ("person", 300, "gen", "300 شخص"),
    ("site", 4, "gen", "4 مواقع"),
    ("raid", 2, "nom", "عمليتا دهم أو تفتيش"),
    ("raid", 30, "acc", "30 عملية دهم أو تفتيش"),
]


@pytest.mark.parametrize(("key", "count", "case", "expected"), ARABIC_COUNTS)
def test_arabic_nouns_follow_their_number(key: str, count: int, case: Any, expected: str) -> None:
    assert arabic(key, Bounds(count, count), case)[0] == expected


@pytest.mark.parametrize(
    ("key", "low", "high", "expected"),
    [
        ("strike.air", 8, None, "8 غارات جوية على الأقل"),
        ("strike.air", 1, None, "غارة جوية على الأقل"),
        ("strike.air", 52, None, "52 غارة جوية على الأقل"),
        ("strike.air", None, 5, "ما يصل إلى 5 غارات جوية"),
        ("weapon.rocket", 3, 5, "بين 3 و5 صواريخ"),
        ("weapon.rocket", 10, 12, "بين 10 و12 صاروخًا"),
        ("weapon.rocket", 20, 99, "عشرات الصواريخ (بين 20 و99)"),
        ("person", 200, 999, "مئات الأشخاص (بين 200 و999)"),
    ],
)
def test_arabic_bounds_are_said(key: str, low: float | None, high: float | None, expected: str) -> None:
    assert arabic(key, Bounds(low, high), "gen")[0] == expected


@pytest.mark.parametrize(
    ("key", "low", "high", "expected"),
    [
        ("strike.rocket", 1, 1, "a rocket attack"),
        ("strike.rocket", 2, 2, "2 rocket attacks"),
        ("strike.rocket", 11, 11, "11 rocket attacks"),
        ("strike.rocket", 8, None, "at least 8 rocket attacks"),
        ("strike.rocket", 1, None, "at least 1 rocket attack"),
        ("strike.rocket", None, 5, "up to 5 rocket attacks"),
        ("strike.rocket", 3, 5, "between 3 and 5 rocket attacks"),
        ("strike.rocket", 20, 99, "dozens of rocket attacks (20–99)"),
        ("strike.rocket", 200, 999, "hundreds of rocket attacks (200–999)"),
        ("strike.air", 1, 1, "an air strike"),
        ("person", 1, 1, "1 person"),
        ("person", 2, 2, "2 people"),
        ("person", 1200, 1200, "1,200 people"),
        ("weapon.drone", 4, 4, "4 drones"),
    ],
)
def test_english_bounds_are_said(key: str, low: float | None, high: float | None, expected: str) -> None:
    assert english(key, Bounds(low, high)) == expected


def test_figures_alone() -> None:
    assert english_figure(Bounds(45, 45)) == "45"
    assert english_figure(Bounds(4.5, 4.5)) == "4.5"
    assert arabic_figure(Bounds(45, None)) == "45 على الأقل"
    assert arabic_figure(Bounds(None, 45)) == "45 على الأكثر"


@pytest.mark.parametrize(
    ("first", "last", "en", "ar"),
    [
        (date(2023, 12, 8), date(2023, 12, 8), "on 8 December 2023", "في 8 كانون الأول/ديسمبر 2023"),
        (date(2024, 1, 3), date(2024, 1, 3), "on 3 January 2024", "في 3 كانون الثاني/يناير 2024"),
        (date(2024, 4, 1), date(2024, 4, 30), "in April 2024", "في شهر نيسان/أبريل 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "in February 2024", "في شهر شباط/فبراير 2024"),
        (date(2023, 12, 1), date(2023, 12, 31), "in December 2023", "في شهر كانون الأول/ديسمبر 2023"),
        (date(2022, 1, 1), date(2022, 12, 31), "in 2022", "في عام 2022"),
        (date(2023, 10, 17), None, "from 17 October 2023 on", "منذ 17 تشرين الأول/أكتوبر 2023"),
        (None, date(2023, 7, 9), "until 9 July 2023", "حتى 9 تموز/يوليو 2023"),
        (
            date(2023, 10, 17), date(2023, 12, 9),
            "between 17 October 2023 and 9 December 2023",
            "بين 17 تشرين الأول/أكتوبر 2023 و9 كانون الأول/ديسمبر 2023",
        ),
        (
            date(2023, 2, 1), date(2023, 2, 27),
            "between 1 February 2023 and 27 February 2023", "بين 1 شباط/فبراير 2023 و27 شباط/فبراير 2023",
        ),
    ],
)  # fmt: skip
def test_days_in_words(first: date | None, last: date | None, en: str, ar: str) -> None:
    assert english_days(first, last) == en
    assert arabic_days(first, last) == ar


SENTENCES = [
    (
        record(actor=GROUP, target=US, place=BASE, time=DAY, weapons=(ROCKETS,), source=(GROUP,), standing="claimed"),
        "The Islamic Resistance in Iraq says it carried out a rocket attack on US forces at Ain al-Asad on 8 December 2023"
        " (its own claim).",
        "تقول المقاومة الإسلامية في العراق إنها نفّذت هجومًا صاروخيًّا على القوات الأميركية في عين الأسد"
        " في 8 كانون الأول/ديسمبر 2023 (رواية الطرف الفاعل نفسه).",
    ),
    (
        record(place=BASE, numbers=(number("munitions", 3, 3),), weapons=(ROCKETS,), source=(AGENCY, OFFICIAL)),
        "AFP quotes “\u2068مسؤول عسكري\u2069”: there was a rocket attack at Ain al-Asad, with 3 rockets.",
        "تنقل وكالة فرانس برس عن «مسؤول عسكري»: وقع هجوم صاروخي في عين الأسد باستخدام 3 صواريخ.",
    ),
    (
        record(place=ERBIL, source=(AGENCY, PENTAGON, OFFICIAL), type="strike.drone", weapons=(DRONES,)),
        "AFP quotes the Pentagon, citing “\u2068مسؤول عسكري\u2069”: there was a drone attack in Erbil.",
        "تنقل وكالة فرانس برس عن البنتاغون نقلًا عن «مسؤول عسكري»: وقع هجوم بالطائرات المسيّرة في أربيل.",
    ),
    (
        record(kind="aggregate", actor=GROUP, source=(AGENCY, GROUP), numbers=(number("attacks", 11, 11),)),
        "AFP quotes the Islamic Resistance in Iraq, which says it carried out 11 rocket attacks.",
        "تنقل وكالة فرانس برس عن المقاومة الإسلامية في العراق قولها إنها نفّذت 11 هجومًا صاروخيًّا.",
    ),
    (
        record(status="denied", type="strike.unspecified", place=BASE, source=(PENTAGON,)),
        "The Pentagon says that there was no attack at Ain al-Asad.",
        "يقول البنتاغون: لم يقع أيّ هجوم في عين الأسد.",
    ),
    (
        record(status="denied", actor=GROUP, source=(GROUP,), type="strike.air"),
        "The Islamic Resistance in Iraq says it did not carry out any air strike.",
        "تقول المقاومة الإسلامية في العراق إنها لم تنفّذ أيّ غارة جوية.",
    ),
    (
        record(status="possible", type="strike.air", place=ERBIL),
        "The report itself says that there may have been an air strike in Erbil.",
        "يقول التقرير نفسه: ربما وقعت غارة جوية في أربيل.",
    ),
    (
        record(status="planned", type="raid", actor=PENTAGON, place=ERBIL),
        "The report itself says that the Pentagon is planning to carry out a raid or search in Erbil.",
        "يقول التقرير نفسه: يعتزم البنتاغون تنفيذ عملية دهم أو تفتيش في أربيل.",
    ),
    (
        record(status="threatened", type="strike.rocket", actor=GROUP, source=(AGENCY,)),
        "AFP says that the Islamic Resistance in Iraq is threatening to carry out a rocket attack.",
        "تقول وكالة فرانس برس: تهدّد المقاومة الإسلامية في العراق بتنفيذ هجوم صاروخي.",
    ),
    (
        record(type="clash", actor=US, target=GROUP, place=ERBIL, source=(US,), standing="claimed"),
        "US forces say they fought an armed clash with the Islamic Resistance in Iraq in Erbil (their own claim).",
        "تقول القوات الأميركية إنها خاضت اشتباكًا مسلّحًا مع المقاومة الإسلامية في العراق في أربيل"
        " (رواية الطرف الفاعل نفسه).",
    ),
    (
        record(
            kind="statement", type="pledge", actor=party("أبو علي", kind="official"),
            source=(AGENCY, party("أبو علي", kind="official")), content=words("سنستمر"), mode="quoted",
        ),
        "AFP says that “\u2068أبو علي\u2069” gave a pledge: “\u2068سنستمر\u2069”.",
        "تقول وكالة فرانس برس: قدّم «أبو علي» تعهّدًا: «سنستمر».",
    ),
    (
        record(kind="statement", type="condemnation", actor=PENTAGON, target=GROUP, source=(PENTAGON,)),
        "The Pentagon issued a condemnation of the Islamic Resistance in Iraq.",
        "أصدر البنتاغون إدانة للمقاومة الإسلامية في العراق.",
    ),
    (
        record(kind="statement", type="threat", actor=GROUP, target=US),
        "The report itself says that the Islamic Resistance in Iraq made a threat concerning US forces.",
        "يقول التقرير نفسه: وجّهت المقاومة الإسلامية في العراق تهديدًا بشأن القوات الأميركية.",
    ),
    (
        record(
            kind="statistic", type="rate_change", anchor=words("ارتفعت"), target=US, source=(PENTAGON,),
            numbers=(number("percent", 45, 45),),
        ),
        "The Pentagon says that the rate concerning US forces changed (“\u2068ارتفعت\u2069”) by 45%.",
        "يقول البنتاغون: تغيّر المعدّل بشأن القوات الأميركية («ارتفعت») بنسبة 45 في المئة.",
    ),
    (
        record(kind="statistic", type="total_attacks", actor=GROUP, target=US, numbers=(number("attacks", 66, None),)),
        "The report itself says that the total of attacks by the Islamic Resistance in Iraq on US forces is at least 66.",
        "يقول التقرير نفسه: مجموع الهجمات من جانب المقاومة الإسلامية في العراق على القوات الأميركية 66 على الأقل.",
    ),
    (
        record(
            kind="statistic", type="total_casualties", place=ERBIL,
            numbers=(number("killed", 8, None), number("injured", 2, 2)),
        ),
        "The report itself says that the total of casualties in Erbil is at least 8 people killed and 2 people injured.",
        "يقول التقرير نفسه: مجموع الضحايا في أربيل: مقتل 8 أشخاص على الأقل وإصابة شخصين.",
    ),
    (
        record(type="harm", place=ERBIL, numbers=(number("killed", 1, 1), number("injured", 3, 3)), outcome="hit"),
        "The report itself says that there was a case of killing or injury in Erbil, with 1 person killed and"
        " 3 people injured; the target was hit.",
        "يقول التقرير نفسه: وقعت حالة قتل أو إصابة في أربيل، مع مقتل شخص وإصابة 3 أشخاص، مع إصابة الهدف.",
    ),
    (
        record(type="capture", anchor=words("انسحبت"), actor=US, place=ERBIL),
        "The report itself says that US forces brought about a change of control of ground (“\u2068انسحبت\u2069”) in Erbil.",
        "يقول التقرير نفسه: أحدثت القوات الأميركية تغييرًا في السيطرة على الأرض («انسحبت») في أربيل.",
    ),
    (
        record(type="interception", actor=US, target=party("مسيّرة"), outcome="intercepted"),
        "The report itself says that US forces carried out an interception of “\u2068مسيّرة\u2069”.",
        "يقول التقرير نفسه: نفّذت القوات الأميركية عملية اعتراض لـ«مسيّرة».",
    ),
    (
        record(type="strike.unspecified", anchor=words("targeted"), source=(party("a local source", kind="unnamed"),)),
        "“a local source” says that there was an attack.",
        "يقول «\u2068a local source\u2069»: وقع هجوم.",
    ),
    (
        record(
            kind="aggregate", type="strike.mixed", weapons=(ROCKETS, DRONES), numbers=(number("munitions", 20, 99),),
            extent="most",
        ),
        "The report itself says that there were attacks with several kinds of weapon, with dozens of munitions (20–99)"
        " — rockets, drones; most of it got through.",
        "يقول التقرير نفسه: وقعت هجمات بأسلحة مختلفة باستخدام عشرات المقذوفات (بين 20 و99) — صواريخ، طائرات مسيّرة"
        "، وبلغ المعظم هدفه.",
    ),
    (
        record(kind="aggregate", numbers=(number("attacks", 2, 2), number("sites", 4, 4)), reason=words("ردّاً على الحرب")),
        "The report itself says that there were 2 rocket attacks, at 4 sites; stated motive: “\u2068ردّاً على الحرب\u2069”.",
        "يقول التقرير نفسه: وقع هجومان صاروخيان في 4 مواقع؛ والدافع المعلن: «ردّاً على الحرب».",
    ),
    (
        record(time=When(words("في الآونة الأخيرة"))),
        "The report itself says that there was a rocket attack, at a time given as “\u2068في الآونة الأخيرة\u2069”.",
        "يقول التقرير نفسه: وقع هجوم صاروخي في وقت ذُكر بأنه «في الآونة الأخيرة».",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "en", "ar"), SENTENCES)
def test_sentences(given: Record, en: str, ar: str) -> None:
    assert gloss(given) == Label(en, ar)


@pytest.mark.parametrize(
    ("name", "kind", "verb"),
    [
        ("مصادر أمنية", "unnamed", "تقول"),
        ("مصدر أمني", "unnamed", "يقول"),
        ("شهود عيان", "unnamed", "يقول"),
        ("وسائل إعلام إسرائيلية", "outlet", "تقول"),
        ("القوات المسلحة اليمنية", "state_force", "تقول"),
        ("وزارة الدفاع", "government", "تقول"),
        ("الجيش الإسرائيلي", "state_force", "يقول"),
        ("كتائب القسام", "armed_group", "تقول"),
        ("حزب الله", "armed_group", "يقول"),
        ("حماس", "armed_group", "تقول"),
        ("سوريا", "government", "تقول"),
        ("رويترز", "agency", "تقول"),
        ("أسامة حمدان", "official", "يقول"),
        ("المتحدث باسم البنتاغون", "official", "يقول"),
        ("الولايات المتحدة", "government", "تقول"),
    ],
)
def test_arabic_verbs_agree_with_who_speaks(name: str, kind: Any, verb: str) -> None:
    assert gloss(record(source=(party(name, kind=kind),))).ar.startswith(f"{verb} «{name}»:")


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("Houthi forces", "Houthi forces say"),
        ("Popular Mobilization Forces", "The Popular Mobilization Forces say"),
        ("United States", "The United States says"),
        ("Iraqi Ministry of Defence", "The Iraqi Ministry of Defence says"),
        ("Hamas", "Hamas says"),
        ("US military", "The US military says"),
        ("Israeli media", "Israeli media say"),
        ("security source", "A security source says"),
        ("eyewitnesses", "Eyewitnesses say"),
        ("unnamed official", "An unnamed official says"),
    ],
)
def test_english_articles_and_number(name: str, opening: str) -> None:
    assert gloss(record(source=(party("x", name, "س"),))).en.startswith(f"{opening} that ")


EVERY = [
    *product(("event", "aggregate"), types("event"), get_args(Status), (None, *get_args(Outcome))),
    *product(("statement",), types("statement"), get_args(Status), (None,)),
    *product(("statistic",), types("statistic"), get_args(Status), (None,)),
]
STATUS_WORDS = {
    "denied": ("no ", "not "), "possible": ("may ",), "planned": ("plan",), "threatened": ("threat",),
}  # fmt: skip


@pytest.mark.parametrize("source", [(), (GROUP,), (AGENCY, OFFICIAL), (AGENCY, GROUP)])
def test_every_type_status_and_outcome_has_a_whole_sentence(source: tuple[Party, ...]) -> None:
    for (kind, type_, status, outcome), actor in product(EVERY, (None, GROUP, OFFICIAL)):
        said = gloss(
            record(
                kind=kind,
                type=type_,
                status=status,
                outcome=outcome,
                source=source,
                actor=actor,
                target=US,
                place=BASE,
                time=DAY,
                weapons=(ROCKETS, Weapon(words("كاتيوشا"))),
                numbers=(number("killed", 2, 2),),
            )
        )
        for text in (said.en, said.ar):
            assert text.endswith(".")
            assert "  " not in text
            assert " ." not in text
            assert " ," not in text
            assert "None" not in text
            assert text.count("\u2068") == text.count("\u2069")
            assert text.count("“") == text.count("”")
            assert text.count("«") == text.count("»")
        assert not re.search(r"[a-z]", said.ar)
        assert said.en[0].isupper() or said.en[0] == "“"
        if kind in ("event", "aggregate") and status in STATUS_WORDS:
            assert any(word in said.en for word in STATUS_WORDS[status]), said.en
        if kind in ("event", "aggregate") and status == "denied":
            assert "لم " in said.ar


@pytest.mark.parametrize("category", get_args(WeaponCategory))
def test_every_weapon_has_its_word(category: WeaponCategory) -> None:
    said = gloss(record(type="strike.unspecified", weapons=(Weapon(words("سلاح"), category),)))
    assert ", with " in said.en
    assert " باستخدام " in said.ar


def test_loaded_words_stand_only_in_quotation_marks() -> None:
    loaded = "قوات الاحتلال الغاشم"
    named = gloss(record(target=replace(US, span=words(loaded))))
    assert loaded not in named.en + named.ar
    unnamed = gloss(record(target=party(loaded)))
    assert f"“\u2068{loaded}\u2069”" in unnamed.en
    assert f"«{loaded}»" in unnamed.ar


def test_a_claim_by_a_spokesman_is_one_of_the_actors_side() -> None:
    said = gloss(record(actor=GROUP, source=(party("أبو علي", kind="official"),), standing="claimed"))
    assert "(a claim by the actor's own side)" in said.en
    assert "(رواية من جانب الطرف الفاعل)" in said.ar


def test_whom_a_person_speaks_for_is_told() -> None:
    speaker = party("أبو علي", kind="official", affiliation=Span(50, 60, "الكتائب"))
    said = gloss(record(source=(speaker,)))
    assert said.en.startswith("“\u2068أبو علي\u2069” (“\u2068الكتائب\u2069”) says that ")
    assert said.ar.startswith("يقول «أبو علي» («الكتائب»):")


def test_marks_that_turn_a_line_around_are_taken_out_of_quotes() -> None:
    assert clean("قاعدة\u202e عين\n الأسد\u2069") == "قاعدة عين الأسد"
    said = gloss(record(target=party("مقر\u202eالقيادة")))
    assert "\u202e" not in said.en + said.ar


def test_a_very_long_quote_is_cut_at_a_word() -> None:
    said = gloss(record(kind="statement", type="threat", actor=GROUP, content=words("كلمة " * 500)))
    assert "كلمة …" in said.ar
    assert len(said.ar) < 500


def test_other_figures_are_quoted() -> None:
    said = gloss(record(numbers=(number("other", 3, 3, "3 أطفال"),)))
    assert "figures told: “\u20683 أطفال\u2069”" in said.en
    assert "وذُكرت أرقام: «3 أطفال»" in said.ar


def test_a_figure_told_twice_is_said_once() -> None:
    said = gloss(record(weapons=(ROCKETS,), numbers=(number("munitions", 2, 2), number("munitions", 2, 2))))
    assert said.en.endswith(", with 2 rockets.")
    assert said.ar.endswith(" باستخدام صاروخين.")
