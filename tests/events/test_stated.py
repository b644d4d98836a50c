"""Counts and figures as parties state them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tawatur.events.stated import Claim, Telling, change_direction, claims, is_first_time
from tawatur.model import Party, Record
from tawatur.pipeline import extract
from tawatur.text.documents import from_text

TAIL = "\nوكانت غارة جوية استهدفت، الخميس، بلدة عيتا الشعب جنوبي لبنان، ما أدى إلى مقتل مدنيين اثنين، بحسب مصدر طبي."


def records(text: str) -> tuple[Record, ...]:
    return extract(from_text(text + TAIL, published="2031-03-31")).records


def test_the_same_count_in_two_reports_is_one_claim() -> None:
    text = "أعلن البنتاغون، اليوم الإثنين، أن القوات الأميركية في العراق وسوريا تعرضت لـ27 هجوماً منذ 2 آذار/مارس."
    told = [
        Telling(r, "party:us", "United States", date(2031, 3, 31)) for t in (text, "عاجل.\n" + text) for r in records(t)
    ]
    (found,) = (c for c in claims(told) if c.of == "attacks" and c.low == 27)
    assert len({t.record.doc for t in found.tellings}) == 2
    assert (found.scope.first, found.scope.last) == (date(2031, 3, 2), date(2031, 3, 31))
    assert found.scope.targets == {"us.forces"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("استهدفت المقاومة الإسلامية في العراق للمرة الأولى قاعدة التنف جنوب شرقي سوريا بطائرة مسيّرة.", True),
        ("استهدفت المقاومة الإسلامية في العراق قاعدة التنف جنوب شرقي سوريا بطائرة مسيّرة، واعترفت واشنطن بذلك بعد أيام لأول مرة.", False),
        ("استهدفت المقاومة الإسلامية في العراق قاعدة التنف جنوب شرقي سوريا بطائرة مسيّرة.", False),
    ],
)  # fmt: skip
def test_for_the_first_time_belongs_to_what_stands_beside_it(sentence: str, expected: bool) -> None:
    found = [r for r in records(sentence) if r.place and r.place.span.text == "التنف"]
    assert found
    assert any(map(is_first_time, found)) is expected


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("قال المتحدث باسم البنتاغون إن الهجمات على القوات الأميركية في العراق وسوريا ارتفعت بنسبة 45% خلال الأسبوعين الأخيرين.", 1),
        ("قال المتحدث باسم البنتاغون إن الهجمات على القوات الأميركية في العراق وسوريا انخفضت بنسبة 45% خلال الأسبوعين الأخيرين.", -1),
    ],
)  # fmt: skip
def test_a_rise_is_no_fall(sentence: str, direction: int) -> None:
    found = [r for r in records(sentence) if r.type == "rate_change"]
    assert [change_direction(r) for r in found] == [direction]


def stated(text: str, published: str = "2031-03-31", origin: str = "party:us", doc: str = "") -> list[Telling]:
    day = date.fromisoformat(published)
    found = extract(from_text(doc + text + TAIL, published=published)).records
    return [Telling(r, origin, "United States", day) for r in found]


def counts(*told: list[Telling]) -> list[Claim]:
    return [c for c in claims([t for each in told for t in each]) if c.of == "attacks"]


@pytest.mark.parametrize(
    ("sentence", "low", "first", "last"),
    [
        ("أفاد البنتاغون بأنه منذ دخول الفصائل العراقية الحرب في 2 آذار/مارس الحالي، تعرّضت القوات الأميركية في العراق وسوريا لنحو 61 هجوماً.", 61, 2, 31),
        ("أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت لنحو 27 هجوماً من 2 آذار/مارس.", 27, 2, 31),
        ("أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت لنحو 27 هجوماً منذ 2 آذار/مارس الجاري، حتى السادس والعشرين منه.", 27, 2, 26),
        ("أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت لـ27 هجوماً يوم 2 آذار/مارس.", 27, 2, 2),
    ],
)  # fmt: skip
def test_where_a_count_begins_and_ends(sentence: str, low: int, first: int, last: int) -> None:
    (found,) = (c for c in counts(stated(sentence)) if c.low == low)
    assert (found.scope.first, found.scope.last) == (date(2031, 3, first), date(2031, 3, last))


def test_the_end_of_the_year_is_that_of_the_year_it_began_in() -> None:
    text = (
        "أقرّت واشنطن بأنّ قواعدها في العراق وسوريا تعرّضت لأكثر من 80 هجوماً منذ 12 تشرين الأول/أكتوبر وحتى نهاية العام."
    )
    (found,) = (c for c in counts(stated(text, "2031-01-11")) if c.low == 80)
    assert (found.scope.first, found.scope.last) == (date(2030, 10, 12), date(2030, 12, 31))
    assert found.scope.targets == {"us"}


def test_last_week_is_one_of_two_spans() -> None:
    text = "أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت لـ27 هجوماً الأسبوع الماضي."
    (found,) = (c for c in counts(stated(text)) if c.low == 27)
    assert (found.scope.first, found.scope.last) == (date(2031, 3, 23), date(2031, 3, 29))
    assert found.other == (date(2031, 3, 24), date(2031, 3, 31))


def test_last_week_told_again_days_later_is_the_same_week() -> None:
    text = "أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت لـ27 هجوماً الأسبوع الماضي."
    (found,) = (c for c in counts(stated(text, "2031-03-28"), stated(text, "2031-03-31", doc="عاجل.\n")) if c.low == 27)
    assert len({t.record.doc for t in found.tellings}) == 2
    assert found.scope.first == date(2031, 3, 16)


def test_at_least_holds_for_the_whole_list() -> None:
    text = (
        "قال البنتاغون إن القوات الأميركية تعرّضت للقصف 13 مرة على الأقل في العراق و5 مرات في سوريا بين 2 و20 آذار/مارس."
    )
    found = {
        next(iter(c.scope.countries)): (c.low, c.high) for c in counts(stated(text)) if len(c.scope.countries) == 1
    }
    assert found == {"IQ": (13, None), "SY": (5, None)}


def test_one_figure_of_several_places_is_one_count() -> None:
    text = (
        "أعلنت المقاومة الإسلامية في العراق، اليوم الاثنين، شنّ 7 هجمات على قواعد أميركية في سوريا والعراق "
        "وعلى ميناء في فلسطين المحتلة."
    )
    (found,) = (c for c in counts(stated(text, origin="party:iri")) if c.low == 7)
    assert {"IQ", "SY"} < found.scope.countries


@pytest.mark.parametrize("second", ["و6 هجمات في سوريا", "و6 في سوريا"])
def test_the_parts_of_a_total_have_its_days(second: str) -> None:
    text = (
        "أعلن البنتاغون أنّ القوات الأميركية تعرّضت لما لا يقل عن 20 هجوماً في العراق وسوريا بين 2 و20 آذار/مارس الجاري.\n"
        f'وأوضح أنّ "14 هجوماً وقع على القوات الأميركية في العراق، {second}".'
    )
    found = {c.low: c for c in counts(stated(text))}
    assert found[14].scope.countries == {"IQ"}
    assert found[14].scope.first == found[20].scope.first == date(2031, 3, 2)
    assert found[14].scope.last == found[20].scope.last == date(2031, 3, 20)
    assert 6 not in found or found[6].scope.countries == {"SY"}
    assert len([c for c in counts(stated(text)) if c.low == 14]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "دعا الرئيس الأميركي جو بايدن إلى وقف \"العمليات العسكرية\" في قطاع غزة لمدة تزيد على 4 أيام، فيما أعلن البيت الأبيض هدنة لساعات.",
        "قال بايدن: \"فقدنا أربعة أرواح في هجوم على إحدى قواعدنا الليلة الماضية\".",
    ],
)  # fmt: skip
def test_days_and_lives_are_no_attacks(text: str) -> None:
    assert [c for c in counts(stated(text)) if c.low == 4] == []


def test_who_came_under_attack_with_another_did_not_attack_him() -> None:
    text = "كشف البنتاغون عن تعرّض القوات الأميركية، وقوات التحالف الدولي لنحو 23 هجوماً منذ 2 آذار/مارس."
    (found,) = (c for c in counts(stated(text)) if c.low == 23)
    assert found.scope.actors == frozenset()
    assert found.scope.targets == {"us.forces"}


def test_a_rise_of_something_else_is_no_rise_of_attacks() -> None:
    text = "قال البيت الأبيض إن خطاب الكراهية ارتفع بنسبة 45% خلال الأسبوعين الأخيرين في الولايات المتحدة."
    assert [c for c in claims(stated(text)) if c.of == "percent"] == []


def test_an_actor_that_one_telling_of_several_has_from_elsewhere_is_not_the_count_s() -> None:
    text = "أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت لـ27 هجوماً منذ 2 آذار/مارس."
    told = [stated(text, doc=lead) for lead in ("", "عاجل.\n", "خبر.\n")]
    one = [replace(t, record=replace(t.record, actor=an_actor())) for t in told[0]]
    (found,) = (c for c in counts(one, told[1], told[2]) if c.low == 27)
    assert len(found.tellings) == 3
    assert found.scope.actors == frozenset()


def an_actor() -> Party:
    other = stated("استهدفت المقاومة الإسلامية في العراق قاعدة التنف جنوب شرقي سوريا بطائرة مسيّرة.")
    return next(t.record.actor for t in other if t.record.actor is not None and t.record.actor.entity == "iri")


@pytest.mark.parametrize(("figure", "about"), [("لنحو 27 هجوماً", True), ("لـ27 هجوماً", False)])
def test_a_rounded_figure_is_told_as_one(figure: str, about: bool) -> None:
    text = f"أعلن البنتاغون أن القوات الأميركية في العراق وسوريا تعرضت {figure} منذ 2 آذار/مارس."
    (found,) = (c for c in counts(stated(text)) if c.low == 27)
    assert found.about is about
