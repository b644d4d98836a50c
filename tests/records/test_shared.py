"""What a count tells for its items, and what "also" carries over. Names and figures of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tawatur.model import Party, Place, Record, Span, Weapon, When
from tawatur.records.shared import share


def span(at: int, text: str) -> Span:
    return Span(at, at + len(text), text)


DAY = date(2023, 12, 8)
GROUP = Party(span(5, "الجماعة"), "group")
COUNT = Record(
    doc="d",
    kind="aggregate",
    type="strike.rocket",
    status="happened",
    anchor=span(20, "استهدفت"),
    evidence=span(0, "أمس استهدفت الجماعة ثلاث قواعد بالصواريخ"),
    actor=GROUP,
    place=Place(span(50, "العراق"), "iq", country="IQ", precision=3),
    time=When(span(0, "أمس"), DAY, DAY, 1),
    weapons=(Weapon(span(40, "الصواريخ"), "rocket"),),
)
ITEM = Record(
    doc="d",
    kind="event",
    type="strike.unspecified",
    status="happened",
    anchor=span(200, "الاستهداف"),
    evidence=span(190, "طال الاستهداف قاعدة حرير"),
    place=Place(span(220, "حرير"), "harir", country="IQ", precision=1),
)


def test_an_item_takes_actor_day_and_weapon_of_its_count() -> None:
    _, item = share([COUNT, ITEM])
    assert item.type == "strike.rocket"
    assert item.weapons == COUNT.weapons
    assert item.actor == GROUP
    assert item.time is not None
    assert (item.time.first, item.time.basis) == (DAY, "carried")


def test_an_item_elsewhere_or_of_another_party_stays_bare() -> None:
    elsewhere = replace(ITEM, place=Place(span(220, "تدمر"), "palmyra", country="SY", precision=1))
    other = replace(ITEM, actor=Party(span(210, "الجيش"), "army"))
    for item in (elsewhere, other):
        assert share([COUNT, item])[1] == item


def test_what_an_item_tells_itself_is_kept() -> None:
    own = When(span(230, "الأحد"), date(2023, 12, 3), date(2023, 12, 3), 1)
    assert share([COUNT, replace(ITEM, time=own)])[1].time == own


def test_also_is_of_the_day_before_it() -> None:
    first = replace(COUNT, kind="event", weapons=(), type="strike.drone")
    also = replace(ITEM, type="strike.drone", actor=GROUP, evidence=span(190, "كما قصفت قاعدة حرير"))
    plain = replace(also, evidence=span(190, "قصفت قاعدة حرير"))
    assert share([first, also])[1].time == replace(first.time, basis="carried")  # type: ignore[type-var]
    assert share([first, plain])[1].time is None


def speech(at: int, speaker: str, time: When | None = None) -> Record:
    return Record(
        doc="d", kind="statement", type="assessment", status="happened", anchor=span(at, "قال"),
        evidence=span(at, "قال شيئا"), actor=Party(span(at + 4, speaker)), time=time,
    )  # fmt: skip


def test_the_day_of_a_speech_is_that_of_all_its_speech_acts() -> None:
    day = When(span(300, "الأحد"), date(2023, 12, 3), date(2023, 12, 3), 1)
    said = [speech(290, "الوزير سامر حداد", day), speech(400, "حداد"), speech(500, "الناطق"), speech(600, "الوزير")]
    assert [r.time for r in share(said)] == [
        day,
        replace(day, basis="carried"),
        None,
        replace(day, basis="carried"),
    ]


def test_a_speech_act_before_the_day_is_told_stays_without() -> None:
    day = When(span(300, "الأحد"), date(2023, 12, 3), date(2023, 12, 3), 1)
    assert share([speech(100, "حداد"), speech(290, "حداد", day)])[0].time is None
