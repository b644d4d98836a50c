"""Events a day with the coverage under them: a day without reports is told from a day without events."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tawatur.events.coverage import Coverage
from tawatur.events.told import Event, WindowBasis
from tawatur.export.chart import Chart, chart_of, svg_chart, text_chart
from tawatur.origins.grades import Graded
from tawatur.origins.view import EventView

FIRST = date(2031, 3, 1)


def view(day: int | None, basis: WindowBasis = "told") -> EventView:
    at = FIRST + timedelta(day) if day is not None else None
    return EventView(Event(f"e{day}", (), at, at, basis), (), (), Graded("fair", "fair", (), ()))


def chart(days: int = 5) -> Chart:
    views = [view(0), view(0), view(2), view(1, "inferred"), view(None, "none"), view(40)]
    return chart_of(views, Coverage.of([FIRST, FIRST + timedelta(4)]), FIRST, FIRST + timedelta(days - 1))


def test_events_stand_on_their_days_and_others_are_counted() -> None:
    made = chart()
    assert [b.events for b in made.bars] == [2, 0, 1, 0, 0]
    assert made.left_out == 3
    # a day is covered by a report of that day or of the next
    assert [b.covered for b in made.bars] == [1, 0, 0, 1, 1]


def test_a_day_without_reports_says_so() -> None:
    lines = text_chart(chart()).splitlines()
    assert lines[0] == "2031-03-01  ██ 2"
    assert lines[1] == "2031-03-02  0  no reports"
    assert lines[3] == "2031-03-04  0"


def test_many_days_become_weeks() -> None:
    lines = text_chart(chart(70)).splitlines()
    assert len(lines) == 10
    assert lines[0] == "2031-03-01  ███ 3  reports 3/7"


def test_bars_are_as_high_as_their_counts() -> None:
    svg = svg_chart(chart(), "en")
    heights = [float(h) for h in re.findall(r'class="bar"[^>]* height="([\d.]+)"', svg)]
    assert len(heights) == 2
    assert heights[0] == 2 * heights[1]
    assert svg.count('class="covered"') == 3
    assert svg.count('class="bare"') == 2


def test_no_event_is_no_bar() -> None:
    svg = svg_chart(chart_of([], Coverage(), FIRST, FIRST), "ar")
    assert 'class="bar"' not in svg
    assert svg.count('class="bare"') == 1
