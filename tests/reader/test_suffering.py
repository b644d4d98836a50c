"""Whom it was done to, where the clause is turned around."""

from __future__ import annotations

import pytest

from tawatur.pipeline import extract
from tawatur.text.documents import from_text


@pytest.mark.parametrize(
    "text",
    [
        "أعلن البنتاغون، اليوم الإثنين، أن القوات الأميركية في العراق وسوريا تعرضت لـ27 هجوماً منذ 2 آذار/مارس.",
        "قال مسؤول عراقي إن الهجمات على القوات الأميركية في العراق وسوريا ارتفعت بنسبة 45% خلال الأسبوعين الأخيرين.",
        "The Pentagon said on Monday that US forces in Iraq and Syria had come under at least 84 attacks since March 2.",
        "قالت خلية الإعلام الأمني إن القوات الأميركية تعرضت، أمس الأحد، لهجوم بطائرة مسيّرة في قاعدة حرير شمالي العراق.",
    ],
)
def test_the_forces_are_the_target_and_not_the_actor(text: str) -> None:
    text += "\nوأصيب جنديان في الهجوم الأخير، بحسب مصدر طبي، فيما تواصلت عمليات التمشيط في المنطقة."
    records = [r for r in extract(from_text(text, published="2031-03-31")).records if r.kind != "statement"]
    first = records[0]
    assert first.target is not None
    assert first.target.entity == "us.forces"
    assert first.actor is None or first.actor.entity != "us.forces"


def test_who_denies_an_attack_did_not_undergo_it() -> None:
    text = "نفت خلية الإعلام الأمني العراقية، اليوم السبت، تعرّض قاعدة حرير شمالي العراق لهجوم بطائرة مسيّرة أمس الجمعة."
    records = [r for r in extract(from_text(text, published="2031-03-22")).records if r.status == "denied"]
    assert records
    assert all(r.target is None or r.target.entity != "iq-smc" for r in records)


@pytest.mark.parametrize("forces", ["القوات الأميركية والتحالف الدولي", "القوات الأميركية، وقوات التحالف الدولي"])
def test_another_who_came_under_attack_as_well_is_no_actor(forces: str) -> None:
    text = f"مسؤول في البنتاغون يكشف عن تعرّض {forces} لنحو 23 هجوماً منذ 2 آذار/مارس."
    records = [r for r in extract(from_text(text, published="2031-03-31")).records if r.kind == "statistic"]
    assert records
    assert all(r.actor is None for r in records)
