"""Credits are found by cue and place; a mention is none."""

from __future__ import annotations

import pytest

from tawatur.origins.credits import Names, credits, openings
from tawatur.origins.families import name_key, publisher_of

FILLER = " The road was closed for an hour and traffic backed up to the second bridge before noon on that day."
LONG = " وأُغلق الطريق ساعة كاملة وتوقفت حركة السير حتى الجسر الثاني قبل ظهر ذلك اليوم بحسب ما شاهده الأهالي هناك."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BAGHDAD (AFP) - Rockets fell near the base." + FILLER, [("afp", "reprint")]),
        ("قصفت طائرة موقعاً في المدينة." + LONG + " المصدر: رويترز", [("reuters", "reprint")]),
        ("قصفت طائرة موقعاً، نقلاً عن وكالة فرانس برس." + LONG, [("afp", "via")]),
        (FILLER + " Two men died, Reuters reported on Monday." + FILLER, [("reuters", "via")]),
        (FILLER + " An official told The New York Times that talks had failed." + FILLER, [("nyt", "via")]),
        (LONG + " قال مسؤول لرويترز إن المحادثات فشلت." + LONG, [("reuters", "via")]),
        (FILLER + " The Reuters building was damaged." + FILLER, []),
    ],
)
def test_credits(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.publisher.id, c.kind) for c in credits(text, Names())] == expected


def test_an_outlet_of_the_collection_is_credited_only_while_it_is_there() -> None:
    text = FILLER + " Six rockets fell, the Rafid agency (وكالة الرافد) reported." + FILLER
    names = Names()
    assert credits(text, names) == ()
    first = names.add(name_key("وكالة الرافد"), publisher_of("وكالة الرافد"))
    assert [c.span.text for c in credits(text, names)] == ["الرافد"]
    assert first in openings(text)
    names.remove(name_key("وكالة الرافد"))
    assert credits(text, names) == ()
