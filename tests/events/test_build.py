"""What an event as a whole says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from tawatur.events.build import event_id, event_of, events
from tawatur.events.facets import window
from tawatur.model import Span, When
from tests.events.made import DAY, Sketch

DAYS = timedelta(1)


def test_days_are_those_that_most_tell() -> None:
    tolds = [Sketch(k, k, day=d).told() for k, d in (("a", 0), ("b", 1), ("c", 1), ("d", None))]
    event = event_of(tolds)
    assert (event.first, event.last, event.window_basis) == (DAY + DAYS, DAY + DAYS, "told")


def test_without_a_day_told_the_windows_narrow_each_other() -> None:
    tolds = [Sketch(k, k, day=None, published=p).told() for k, p in (("a", 1), ("b", 3))]
    event = event_of(tolds)
    assert (event.first, event.last, event.window_basis) == (DAY, DAY + DAYS, "inferred")


def test_without_any_day_there_is_none() -> None:
    event = event_of([Sketch("a", day=None, published=None).told()])
    assert (event.first, event.last, event.window_basis) == (None, None, "none")


def test_place_is_the_finest_and_type_the_most_telling() -> None:
    kinds = (
        ("a", 3, "strike.unspecified"),
        ("b", 0, "harm"),
        ("c", None, "strike.unspecified"),
        ("d", 5, "strike.air"),
    )
    event = event_of([Sketch(k, k, place=p, type=t).told() for k, p, t in kinds])
    assert event.place is not None
    assert event.place.place_id == "t:shaddadi"
    assert event.type == "strike.air"


def test_an_event_keeps_its_id_when_it_grows() -> None:
    tolds = [Sketch(k, k).told() for k in ("b", "c")]
    (small,) = events(tolds)
    (grown,) = events([*tolds, Sketch("d", "d").told()])
    assert grown.members == ("b", "c", "d")
    assert grown.id == small.id == event_id(["c", "b"])


def test_only_happenings_are_events() -> None:
    told = Sketch("a").told()
    other = replace(told, record=replace(told.record, id="b", kind="statement", type="threat"))
    planned = replace(told, record=replace(told.record, id="c", status="planned"))
    assert [e.members for e in events([told, other, planned])] == [("a",)]


def test_an_english_and_an_arabic_account_of_one_attack_meet() -> None:
    arabic = Sketch("a", "one", 0, place=4, type="strike.drone", actor="iri", target="us")
    english = Sketch("b", "two", 3, place=4, type="strike.drone", actor="iri", target="us")
    elsewhere = replace(english, key="c", doc="three", place=0)
    assert sorted(e.members for e in events(s.told() for s in (arabic, english, elsewhere))) == [("a", "b"), ("c",)]


def test_a_denial_belongs_to_what_it_denies() -> None:
    tolds = [Sketch("a", "one", 0, place=4).told(), Sketch("b", "two", 3, place=4, denied=True).told()]
    assert [e.members for e in events(tolds)] == [("a", "b")]


def test_order_does_not_change_what_an_event_says() -> None:
    tolds = [Sketch(f"k{n}", f"d{n}", n % 2, place=n % 2, day=n % 2).told() for n in range(6)]
    wanted = events(tolds)
    random.Random(5).shuffle(tolds)
    assert events(tolds) == wanted


def test_an_open_end_is_closed_by_publication() -> None:
    told = Sketch("a").told()
    since = replace(told.record, time=When(Span(0, 3, "منذ"), DAY, None, 2))
    assert window(since, DAY + 2 * DAYS)[:2] == (DAY, DAY + 2 * DAYS)
    assert window(since, None)[:2] == (DAY, DAY)
    assert window(since, date(2023, 12, 1))[:2] == (DAY, DAY)
