"""Who wrote a report, by what it is signed with."""

from __future__ import annotations

import pytest

from tawatur.events.told import Facts
from tawatur.origins.bylines import publisher_of_report, writer_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقوط قذائف\nبغداد، 8 ديسمبر (وكالة الرافد) - سقطت سبع قذائف.", "name:رافد"),
        ("Rockets fall\nBAGHDAD, December 9 (Tigris Wire) - Rockets fell.", "name:tigris wire"),
        ("Attacks\nBy the Levant Ledger staff, December 10\nThe group claimed it.", "name:levant ledger"),
        ("قصف\nشبكة صدى الفرات - الجمعة 8/12\nسقطت قذائف.", "name:صدي فرات"),
        ("Rockets fell near the base (again) - and nobody was hurt.", ""),
        ("قصف على القاعدة - الجمعة\nسقطت قذائف.", ""),
    ],
)
def test_a_report_without_an_outlet_is_known_by_its_signature(text: str, expected: str) -> None:
    assert publisher_of_report(Facts("d", text=text)).id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rockets fall\nBAGHDAD (AFP) - Rockets fell, residents said.", "afp"),
        ("سقوط صواريخ\nقال سكان إن صواريخ سقطت.\nالمصدر: رويترز", "reuters"),
        ("Rockets fall\nBAGHDAD (AFP) - Rockets fell.\nSource: Reuters", ""),
        ("Rockets fall\nRockets fell, residents said.", "jazeera"),
    ],
)
def test_the_writer_is_whom_the_report_credits_as_a_whole(text: str, expected: str) -> None:
    facts = Facts("d", outlet="Al Jazeera", text=text)
    assert publisher_of_report(facts).id == "jazeera"
    assert writer_of(facts).id == expected
