"""Figures against the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tawatur.events.coverage import Coverage
from tawatur.events.figures import judge
from tawatur.events.scope import Item
from tests.events.test_checks import ASAD, OMAR, PORT, claim, item

MARCH = [date(2031, 3, 1) + timedelta(n) for n in range(31)]
FULL = Coverage.of(MARCH)
TWO = frozenset({"iri", "us"})


def on(day: int, name: str = "", **more: Any) -> Item:
    return item(f"{day}{name}", date(2031, 3, day), **more)


def march(first: int, last: int) -> dict[str, Any]:
    return {"first": date(2031, 3, first), "last": date(2031, 3, last)}


class TestCoverage:
    def test_a_report_of_the_next_day_covers_the_night(self) -> None:
        coverage = Coverage.of([date(2031, 3, 5), None])
        assert [d for d in range(1, 9) if coverage.on(date(2031, 3, d))] == [4, 5]
        assert coverage.share(date(2031, 3, 1), date(2031, 3, 8)) == 0.25


class TestTotals:
    ITEMS = (on(2), on(3, origins=TWO), on(4), on(9, where=PORT))

    @pytest.mark.parametrize(
        ("low", "high", "verdict", "counting", "difference"),
        [
            (3, 3, "agrees", "all", 0),
            (2, None, "agrees", "all", 0),
            (1, 1, "differs", "", 2),
            (5, 5, "differs", "", -2),
            (1, 3, "agrees", "both", 0),
        ],
    )
    def test_verdicts(self, low: float, high: float | None, verdict: str, counting: str, difference: float) -> None:
        found = judge(claim("attacks", low, high, **march(1, 10)), self.ITEMS, FULL)
        assert found is not None
        assert (found.verdict, found.counting, found.difference) == (verdict, counting, difference)
        assert (found.value, found.value_corroborated) == (3, 1)

    def test_too_few_days_covered_is_undecided_unless_more_is_held_than_stated(self) -> None:
        thin = Coverage.of([date(2031, 3, 2), date(2031, 3, 3)])
        short = judge(claim("attacks", 5, 5, **march(1, 10)), self.ITEMS, thin)
        over = judge(claim("attacks", 1, 1, **march(1, 10)), self.ITEMS, thin)
        assert short is not None
        assert over is not None
        assert (short.verdict, short.reason) == ("undecided", "coverage")
        assert (over.verdict, over.reason) == ("differs", "beyond")

    def test_what_may_belong_can_leave_it_open(self) -> None:
        found = judge(claim("attacks", 4, 4, **march(1, 10)), [*self.ITEMS, on(5, inferred=True)], FULL)
        assert found is not None
        assert (found.verdict, found.reason) == ("undecided", "maybe")

    def test_no_days_no_verdict(self) -> None:
        found = judge(claim("attacks", 4, 4, first=None, last=None), self.ITEMS, FULL)
        assert found is not None
        assert (found.verdict, found.reason) == ("undecided", "no-span")


class TestChange:
    """Four in the ten days before, six in the ten days asked for: up 50 %; of two origins one and one."""

    BEFORE = (on(2), on(4), on(6, origins=TWO), on(8))
    AFTER = (on(11), on(12), on(13), on(14, origins=TWO), on(15), on(16))

    @pytest.mark.parametrize(
        ("stated", "verdict", "counting"),
        [
            (50, "agrees", "all"),
            (48, "agrees", "all"),
            (0, "agrees", "corroborated"),
            (80, "differs", ""),
            (-50, "differs", ""),
        ],
    )
    def test_verdicts(self, stated: float, verdict: str, counting: str) -> None:
        asked = claim("percent", stated, stated, **march(11, 20))
        found = judge(asked, [*self.BEFORE, *self.AFTER], FULL)
        assert found is not None
        assert (found.value, found.value_corroborated) == (50, 0)
        assert (found.verdict, found.counting) == (verdict, counting)
        assert found.base is not None
        assert (found.base.first, found.base.last) == (date(2031, 3, 1), date(2031, 3, 10))

    def test_nothing_before_gives_no_percentage(self) -> None:
        found = judge(claim("percent", 50, 50, **march(11, 20)), self.AFTER, FULL)
        assert found is not None
        assert (found.verdict, found.reason, found.value) == ("undecided", "no-base", None)

    def test_an_uncovered_span_before(self) -> None:
        thin = Coverage.of(MARCH[10:])
        found = judge(claim("percent", 50, 50, **march(11, 20)), [*self.BEFORE, *self.AFTER], thin)
        assert found is not None
        assert (found.verdict, found.reason) == ("undecided", "coverage")


class TestFirstTime:
    def test_an_earlier_one_is_held(self) -> None:
        asked = replace(claim("first", None, None, **march(20, 20)))
        asked = replace(asked, scope=replace(asked.scope, spot=OMAR))
        found = judge(asked, [on(5, where=OMAR), on(6, where=ASAD)], FULL)
        assert found is not None
        assert found.span is not None
        assert (found.verdict, found.reason, found.span.events) == ("differs", "earlier", ("5",))

    def test_none_is_held_and_the_days_are_covered(self) -> None:
        asked = claim("first", None, None, **march(20, 20))
        asked = replace(asked, scope=replace(asked.scope, spot=OMAR))
        found = judge(asked, [on(6, where=ASAD)], FULL)
        assert found is not None
        assert (found.verdict, found.reason) == ("agrees", "none-earlier")

    def test_an_empty_collection_decides_nothing(self) -> None:
        found = judge(claim("first", None, None, **march(20, 20)), [], Coverage())
        assert found is not None
        assert (found.verdict, found.reason) == ("undecided", "coverage")


class TestScopes:
    def test_attacks_on_nobody_named_are_not_judged(self) -> None:
        asked = claim("attacks", 4, 4, **march(1, 10), actors=frozenset(), targets=frozenset())
        found = judge(asked, [on(2)], FULL)
        assert found is not None
        assert (found.verdict, found.reason) == ("undecided", "no-party")

    def test_more_that_nobody_vouches_for_decides_nothing(self) -> None:
        bare = [on(d, origins=frozenset()) for d in (2, 3, 4)]
        found = judge(claim("attacks", 1, 1, **march(1, 10)), bare, FULL)
        assert found is not None
        assert (found.verdict, found.reason, found.value) == ("undecided", "unvouched", 3)

    def test_a_count_of_no_place_is_not_one_of_the_whole_world(self) -> None:
        found = judge(claim("attacks", 1, 1, **march(1, 10), countries=frozenset()), [on(2), on(3)], FULL)
        assert found is not None
        assert (found.verdict, found.reason) == ("undecided", "no-place")

    @pytest.mark.parametrize(
        ("other", "verdict", "reason"),
        [((9, 15), "undecided", "two-spans"), ((2, 5), "agrees", "within")],
    )
    def test_words_for_two_spans_decide_only_where_both_agree(
        self, other: tuple[int, int], verdict: str, reason: str
    ) -> None:
        either = date(2031, 3, other[0]), date(2031, 3, other[1])
        asked = replace(claim("attacks", 2, 2, **march(1, 7)), other=either)
        found = judge(asked, [on(3), on(4)], FULL)
        assert found is not None
        assert (found.verdict, found.reason) == (verdict, reason)

    @pytest.mark.parametrize(("about", "verdict"), [(True, "agrees"), (False, "differs")])
    def test_about_eleven_are_ten_as_well(self, about: bool, verdict: str) -> None:
        asked = replace(claim("attacks", 11, 11, **march(1, 12)), about=about)
        found = judge(asked, [on(d) for d in range(1, 11)], FULL)
        assert found is not None
        assert found.verdict == verdict

    def test_what_nobody_vouches_for_makes_no_agreement(self) -> None:
        bare = [on(d, origins=frozenset()) for d in (2, 3)]
        for own, verdict in ((4,), "undecided"), ((4, 5, 6), "agrees"):
            found = judge(claim("attacks", 3, None, **march(1, 10)), [*bare, *map(on, own)], FULL)
            assert found is not None
            assert found.verdict == verdict
