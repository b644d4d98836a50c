"""Planned, threatened, possible: what has not happened is not told as if it had."""

from __future__ import annotations

import pytest

from tawatur.pipeline import extract
from tawatur.text.documents import from_text

TAIL = "\nوكانت غارة جوية استهدفت، الخميس، بلدة عيتا الشعب جنوبي لبنان، ما أدى إلى مقتل مدنيين اثنين، بحسب مصدر طبي."


@pytest.mark.parametrize(
    ("sentence", "place", "expected"),
    [
        ("قال مصدر أمني إن التنظيم كان يخطط لتفجير سوق في مدينة الموصل.", "الموصل", "planned"),
        ("تستعد القوات الإسرائيلية لهجوم بري على مدينة رفح.", "رفح", "planned"),
        ("وسط أنباء عن قصف مدفعي على بلدة رامية.", "رامية", "possible"),
        ("أفادت وكالة أنباء محلية بقصف مدفعي على بلدة رامية.", "رامية", "happened"),
        ("قصفت المدفعية الإسرائيلية بلدة رامية.", "رامية", "happened"),
    ],
)
def test_status_by_the_words_before(sentence: str, place: str, expected: str) -> None:
    records = extract(from_text(sentence + TAIL, published="2024-03-08")).records
    found = [r.status for r in records if r.kind != "statement" and r.place and r.place.span.text == place]
    assert found == [expected]


def test_a_threat_is_a_threat_and_no_attack() -> None:
    text = "هددت حركة أنصار الله، اليوم الجمعة، بقصف ميناء إيلات بالصواريخ إذا استمر الحصار." + TAIL
    records = extract(from_text(text, published="2024-03-08")).records
    assert [r.type for r in records if r.kind == "statement"] == ["threat"]
    assert [r for r in records if r.kind == "event" and r.place and "إيلات" in r.place.span.text] == []
