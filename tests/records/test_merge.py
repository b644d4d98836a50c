"""Tellings of one document that are one record, and those that never are. Sentences and figures of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tawatur.meaning.actors import Catalogue
from tawatur.model import Number, Party, Place, Record, Span, Weapon, When
from tawatur.pipeline import catalogue
from tawatur.records.merge import joined, merge
from tawatur.records.pairs import same_name


@pytest.fixture(scope="module")
def parties() -> Catalogue:
    return catalogue()


def span(at: int, text: str) -> Span:
    return Span(at, at + len(text), text)


def telling(at: int, **more: object) -> Record:
    """A sure telling of a raid at Mosul whose anchor stands at ``at``."""
    base = Record(
        doc="d",
        kind="event",
        type="strike.air",
        status="happened",
        anchor=span(at, "غارة"),
        evidence=span(at, "غارة على الموصل"),
        place=Place(span(at + 9, "الموصل"), "mosul", country="IQ", precision=1),
        confidence=0.95,
    )
    return replace(base, **more)  # type: ignore[arg-type]


DAY = When(span(90, "8/12/2023"), date(2023, 12, 8), date(2023, 12, 8), 1)
OTHER_DAY = When(span(95, "3/11/2023"), date(2023, 11, 3), date(2023, 11, 3), 1)


def test_headline_and_body_are_one_record(parties: Catalogue) -> None:
    kept, issues = merge([telling(0), telling(300, time=DAY)], parties)
    assert [(r.time and r.time.first) for r in kept] == [date(2023, 12, 8)]
    assert issues == []


@pytest.mark.parametrize(
    "other",
    [
        {"place": Place(span(309, "تدمر"), "palmyra", country="SY", precision=1)},
        {"time": OTHER_DAY},
    ],
    ids=["another place", "another day"],
)
def test_tellings_that_contradict_stay_two(parties: Catalogue, other: dict[str, object]) -> None:
    kept, _ = merge([telling(0, time=DAY), telling(300, **{"time": DAY, **other})], parties)
    assert len(kept) == 2


def test_items_of_one_list_share_an_anchor_and_never_join(parties: Catalogue) -> None:
    one = telling(0)
    two = replace(one, place=Place(span(20, "تلعفر"), "tal-afar", country="IQ", precision=1))
    assert len(merge([one, two], parties)[0]) == 2


def test_statements_never_join(parties: Catalogue) -> None:
    said = telling(0, kind="statement", type="threat", place=None)
    assert len(merge([said, replace(said, anchor=span(300, "هدد"))], parties)[0]) == 2


def test_an_unsure_telling_is_left_out_with_an_issue_at_its_words(parties: Catalogue) -> None:
    kept, issues = merge([telling(0, confidence=0.05)], parties)
    assert kept == []
    assert [(i.code, i.span) for i in issues] == [("unsure", span(0, "غارة"))]


def test_the_order_of_tellings_does_not_matter(parties: Catalogue) -> None:
    tellings = [telling(0), telling(300, time=DAY), telling(600, type="harm", place=None), telling(900, time=OTHER_DAY)]
    assert merge(tellings, parties) == merge(tellings[::-1], parties)


def test_joining_fills_what_the_first_leaves_open_and_changes_nothing_else() -> None:
    first = telling(0, type="strike.unspecified", weapons=(Weapon(span(30, "صاروخ"), "rocket"),))
    second = telling(
        300,
        time=DAY,
        actor=Party(span(320, "الجيش")),
        numbers=(Number(span(330, "3"), "killed", 3, 3),),
        weapons=(Weapon(span(340, "صاروخ"), "rocket"), Weapon(span(350, "قذيفة"), "artillery")),
    )
    both = joined(first, second)
    assert (both.anchor, both.place, both.evidence) == (first.anchor, first.place, first.evidence)
    assert (both.type, both.time, both.actor, both.numbers) == ("strike.air", DAY, second.actor, second.numbers)
    assert [w.span.text for w in both.weapons] == ["صاروخ", "قذيفة"]
    assert first.confidence < both.confidence <= 1.0


def test_a_narrower_place_is_kept() -> None:
    area = telling(0, place=Place(span(9, "نينوى"), "nineveh", country="IQ", precision=2))
    assert joined(area, telling(300)).place == telling(300).place
    assert joined(telling(300), area).place == telling(300).place


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("الموصل", "مدينة الموصل", True), ("الموصِل", "الموصل", True), ("الموصل", "تدمر", False), ("", "تدمر", False)],
)
def test_one_name_inside_another(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same


def test_what_only_the_headline_tells_joins_the_report_below_it(parties: Catalogue) -> None:
    head = telling(0, evidence=span(0, "غارة على الموصل"))
    body = telling(300, kind="aggregate", source=(Party(span(280, "الشرطة"), None),))
    kept, _ = merge([head, body], parties)
    assert [(r.kind, len(r.source)) for r in kept] == [("aggregate", 1)]


def test_on_a_crowded_page_only_the_surest_are_kept(parties: Catalogue) -> None:
    others = [
        telling(
            200 * n, place=Place(span(200 * n + 9, name), name, country="SY", precision=1), confidence=0.9 - n / 100
        )
        for n, name in enumerate(("تدمر", "حلب", "درعا", "إدلب"))
    ]
    assert len(merge(others, parties)[0]) == 4
    assert [r.confidence for r in merge(others, parties, page=True)[0]] == [0.9, 0.89]


def test_two_counts_that_differ_are_two_records(parties: Catalogue) -> None:
    def count(at: int, n: int) -> Record:
        return telling(at, kind="aggregate", time=DAY, numbers=(Number(span(at + 30, str(n)), "attacks", n, n),))

    assert len(merge([count(0, 11), count(300, 4)], parties)[0]) == 2


def test_a_reader_brings_its_own_floors(parties: Catalogue) -> None:
    records = [telling(0, confidence=0.3), telling(300, kind="statement", type="threat", confidence=0.3)]
    own = {"event": 0.2, "statement": 0.4}
    kept, issues = merge(records, parties, floors=own)
    assert [r.kind for r in kept] == ["event"]
    assert [(i.code, i.span) for i in issues] == [("unsure", records[1].anchor)]
    by_rules, _ = merge(records, parties)
    assert [r.kind for r in by_rules] == ["statement"]


def test_a_kind_without_a_floor_of_its_own_is_never_too_unsure(parties: Catalogue) -> None:
    places = [Place(span(309, name), name, country="SY", precision=1) for name in ("تدمر", "حمص", "حلب", "إدلب")]
    unsure = [telling(300 * n, place=place, confidence=0.01) for n, place in enumerate(places)]
    kept, issues = merge(unsure, parties, page=True, floors={})
    assert (len(kept), issues) == (4, [])
