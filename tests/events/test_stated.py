"""Counts and figures as parties state them."""

from __future__ import annotations

from datetime import date

import pytest

from tawatur.events.stated import Telling, change_direction, claims, is_first_time
from tawatur.model import Record
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
