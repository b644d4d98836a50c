"""What of a record can be compared: its window of days, and rows that are put together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tawatur.events.facets import DAY, INFERRED, NONE, Facets, facets, window
from tests.events.made import DAY as FRIDAY
from tests.events.made import Sketch

SATURDAY = FRIDAY + timedelta(1)


@pytest.mark.parametrize(
    ("sketch", "wanted"),
    [
        (Sketch("a", day=0, published=1), (FRIDAY, FRIDAY, DAY)),
        (Sketch("a", day=0, days=30, published=1), (FRIDAY, FRIDAY + timedelta(30), DAY)),
        (Sketch("a", day=None, published=1), (FRIDAY - timedelta(2), SATURDAY, INFERRED)),
        (Sketch("a", day=None, published=None), (None, None, NONE)),
        # "denied on Saturday", printed on Saturday: it was denied then, and had happened in the days before
        (Sketch("a", day=1, published=1, denied=True), (FRIDAY - timedelta(2), SATURDAY, INFERRED)),
        (Sketch("a", day=0, published=1, denied=True), (FRIDAY, FRIDAY, DAY)),
        (Sketch("a", day=1, published=None, denied=True), (SATURDAY, SATURDAY, DAY)),
    ],
)
def test_the_window_of_a_record(sketch: Sketch, wanted: tuple[date | None, date | None, int]) -> None:
    told = sketch.told()
    assert window(told.record, told.facts.published) == wanted


def test_the_first_day_of_the_calendar_has_no_days_before_it() -> None:
    told = Sketch("a", day=None).told()
    assert window(told.record, date.min) == (date.min, date.min, INFERRED)


def test_rows_put_together_are_sorted_and_each_once() -> None:
    one, two = (facets([Sketch(k, sentence=n).told() for k in keys]) for n, keys in enumerate(("ca", "cb")))
    both = Facets.join([one, two])
    assert both.ids == ("a", "b", "c")
    assert [r.tobytes() for r in both.rows] == [r.tobytes() for r in (one.rows[0], two.rows[0], one.rows[1])]
    assert Facets.join([]).ids == ()


def test_rows_that_were_kept_are_the_rows() -> None:
    found = facets([Sketch("b").told(), Sketch("a", place=None).told()])
    again = Facets.from_bytes(reversed(list(zip(found.ids, found.to_bytes(), strict=True))))
    assert again.ids == found.ids
    assert again.to_bytes() == found.to_bytes()
