"""Who issued "the statement"."""

from __future__ import annotations

import pytest

from tawatur.pipeline import extract
from tawatur.records.issuer import is_statement
from tawatur.text.documents import from_text


@pytest.mark.parametrize(
    ("words", "expected"),
    [("البيان", True), ("its statement", True), ("بيانها", True), ("مصدر أمني", False), ("بيان وزارة الدفاع", False)],
)
def test_a_bare_word_for_a_statement(words: str, expected: bool) -> None:
    assert is_statement(words) is expected


def test_the_statement_is_that_of_the_party_that_spoke() -> None:
    text = (
        "أعلنت كتائب القسام، اليوم الثلاثاء، استهداف دبابة إسرائيلية شرق رفح بصاروخ موجّه.\n"
        "وأضاف البيان أن قوة إسرائيلية استُهدفت في خان يونس بعبوة ناسفة."
    )
    records = extract(from_text(text, published="2024-05-14")).records
    second = [r for r in records if r.place and r.place.span.text == "خان يونس"]
    assert [(p.entity, p.affiliation.text if p.affiliation else None) for r in second for p in r.source[-1:]] == [
        ("qassam", "كتائب القسام")
    ]


def test_a_statement_that_nobody_issued_stays_open() -> None:
    text = (
        "استهدفت غارة جوية بلدة عيتا الشعب أمس، ما أدى إلى مقتل مدنيين اثنين، بحسب البيان.\n"
        "وقُصفت أطراف بلدة رامية بالمدفعية، وفق البيان، من دون إصابات."
    )
    records = extract(from_text(text, published="2024-05-14")).records
    ends = [r.source[-1] for r in records if r.source]
    assert ends
    assert all(p.entity is None for p in ends)
