"""What is denied shows as denied, and not as a deed of whoever denies it. Reports of our own."""

from __future__ import annotations

import pytest

from tawatur.model import Record
from tawatur.pipeline import extract
from tawatur.text.documents import from_row


def events(text: str) -> list[Record]:
    found = extract(from_row({"text": text, "published": "2023-12-09"})).records
    return [r for r in found if r.kind in ("event", "aggregate")]


@pytest.mark.parametrize(
    "text",
    [
        "نفت وزارة الدفاع العراقية، اليوم السبت، تعرّض قاعدة حرير في أربيل لهجوم صاروخي أمس الجمعة.",
        "نفى الجيش اللبناني قصف بلدة العديسة بالمدفعية أمس.",
    ],
)
def test_a_denied_attack_is_denied(text: str) -> None:
    told = events(text)
    assert told
    for r in told:
        assert r.status == "denied"
        assert r.source
        assert r.standing != "claimed"


def test_an_attack_that_is_told_is_not_denied() -> None:
    told = events("أعلنت كتائب القسام استهداف دبابة إسرائيلية بقذيفة في جباليا أمس.")
    assert [r.status for r in told] == ["happened"]


def test_what_a_party_says_beside_a_denial_stays_told() -> None:
    text = (
        "US Central Command said three drones hit Ain al-Asad air base in western Iraq on Saturday, March 22.\n"
        "No one was killed, the command said. Repairs to the runway began on Sunday, officials at the base said."
    )
    assert {r.status for r in events(text) if r.place and r.place.span.text == "Ain al-Asad"} == {"happened"}
