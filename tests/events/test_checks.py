"""Counts against items, counts side by side, totals over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tawatur.events.checks import itemise, side_by_side, totals_over_time
from tawatur.events.scope import Fit, Item, Scope, fit
from tawatur.events.stated import Claim, Of
from tawatur.model import Place, Span

DAY = date(2031, 3, 9)


def place(id: str, country: str, lat: float, lon: float) -> Place:
    return Place(Span(0, 1, "x"), id, lat=lat, lon=lon, country=country, precision=1)


ASAD = place("asad", "IQ", 33.80, 42.44)
BAGHDADI = place("baghdadi", "IQ", 33.86, 42.52)
OMAR = place("omar", "SY", 35.10, 40.55)
PORT = place("port", "IL", 31.8, 34.6)


def item(event: str, day: date | None = DAY, where: Place | None = ASAD, **more: Any) -> Item:
    made = Item(
        event,
        day,
        day,
        False,
        (where,) if where else (),
        frozenset({"strike.drone"}),
        frozenset({"iri"}),
        frozenset({"us.forces"}),
        frozenset({"iri"}),
    )
    return replace(made, **more)


def claim(of: Of, low: float | None, high: float | None, origin: str = "iri", **scope: Any) -> Claim:
    given: dict[str, Any] = {
        "first": DAY, "last": DAY, "type": "strike.unspecified", "countries": frozenset({"IQ", "SY"}),
        "actors": frozenset({"iri"}), "targets": frozenset({"us"}), **scope,
    }  # fmt: skip
    return Claim(of, low, high, Scope(**given), origin, origin, ())


class TestFit:
    def test_a_member_of_the_umbrella_and_an_arm_of_the_state_count(self) -> None:
        assert fit(item("e", actors=frozenset({"kataib-hezbollah"})), claim("attacks", 1, 1).scope) == Fit.IN

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"first": date(2031, 3, 8), "last": date(2031, 3, 8)}, Fit.OUT),
            ({"first": None, "last": None}, Fit.MAYBE),
            ({"first": date(2031, 3, 8)}, Fit.MAYBE),
            ({"inferred": True}, Fit.MAYBE),
            ({"places": ()}, Fit.MAYBE),
            ({"places": (PORT,)}, Fit.OUT),
            ({"places": (replace(ASAD, precision=3),)}, Fit.MAYBE),
            ({"actors": frozenset()}, Fit.MAYBE),
            ({"actors": frozenset({"isis"})}, Fit.OUT),
            ({"targets": frozenset()}, Fit.IN),
            ({"types": frozenset({"protest"})}, Fit.OUT),
            ({"types": frozenset({"interception"})}, Fit.IN),
        ],
    )
    def test_what_falls_under_a_count(self, change: dict[str, Any], expected: Fit) -> None:
        assert fit(item("e", **change), claim("attacks", 1, 1).scope) == expected

    def test_a_spot_takes_what_is_near_and_leaves_what_is_far(self) -> None:
        scope = Scope(DAY, DAY, spot=ASAD)
        assert [fit(item("e", where=p), scope) for p in (ASAD, BAGHDADI, OMAR)] == [Fit.IN, Fit.IN, Fit.OUT]

    def test_a_count_of_two_spots_takes_what_is_near_either(self) -> None:
        scope = Scope(DAY, DAY, spot=ASAD, more=(OMAR,))
        assert [fit(item("e", where=p), scope) for p in (BAGHDADI, OMAR, PORT)] == [Fit.IN, Fit.IN, Fit.OUT]

    def test_rockets_are_no_drones(self) -> None:
        assert fit(item("e"), Scope(DAY, DAY, "strike.rocket")) == Fit.OUT


class TestItemised:
    def test_eleven_claimed_six_itemised(self) -> None:
        own = [item(f"own{n}") for n in range(4)]
        others = [item("other", origins=frozenset({"us"}))]
        bare = [item("bare", origins=frozenset())]
        vague = [item("vague", day=None)]
        found = itemise(claim("attacks", 11, 11), [*own, *others, *bare, *vague, item("far", where=PORT)])
        assert found is not None
        assert (found.own, found.others, found.unattributed, found.maybe) == (
            ("own0", "own1", "own2", "own3"), ("other",), ("bare",), ("vague",),
        )  # fmt: skip
        assert (found.held, found.missing, found.surplus) == (6, 5, 0)

    def test_more_than_claimed(self) -> None:
        found = itemise(claim("attacks", None, 2), [item(str(n)) for n in range(5)])
        assert found is not None
        assert (found.missing, found.surplus) == (0, 3)

    def test_sites_are_places(self) -> None:
        found = itemise(claim("sites", 4, 4), [item("a"), item("b"), item("c", where=OMAR)])
        assert found is not None
        assert (found.held, found.missing) == (2, 2)

    def test_a_denied_event_is_no_item(self) -> None:
        found = itemise(claim("attacks", 1, 1), [item("a", denied=True)])
        assert found is not None
        assert found.missing == 1

    def test_a_count_without_days_is_held_against_nothing(self) -> None:
        assert itemise(claim("attacks", 20, 99, first=None, last=None), [item("a")]) is None


class TestSideBySide:
    def test_two_parties_differ(self) -> None:
        ours, theirs = claim("attacks", 11, 11), claim("attacks", None, 7, "us", actors=frozenset())
        (found,) = side_by_side([ours, theirs])
        assert (found.claims, found.apart) == ((ours, theirs), 4)

    def test_bounds_that_meet_are_not_apart(self) -> None:
        (found,) = side_by_side([claim("attacks", 11, 11), claim("attacks", 7, None, "us")])
        assert found.apart == 0

    @pytest.mark.parametrize(
        "other",
        [
            claim("attacks", 7, 7, "us", first=date(2031, 3, 1)),
            claim("attacks", 7, 7, "us", countries=frozenset({"YE"})),
            claim("attacks", 7, 7, "iri"),
            claim("attacks", 11, 11, "us"),
            claim("sites", 7, 7, "us"),
            claim("attacks", 7, 7, "us", countries=frozenset({"IQ"})),
            claim("attacks", 7, 7, "us", spot=ASAD),
            claim("attacks", 7, 7, ""),
        ],
    )
    def test_what_cannot_be_compared_is_not(self, other: Claim) -> None:
        assert side_by_side([claim("attacks", 11, 11), other]) == []


class TestTotals:
    SINCE = date(2031, 3, 1)

    def total(self, until: int, low: float, high: float | None = None, origin: str = "us") -> Claim:
        return claim("attacks", low, high or low, origin, first=self.SINCE, last=date(2031, 3, until))

    def test_a_total_that_falls_and_the_rate_between(self) -> None:
        found = totals_over_time(
            [self.total(20, 12), self.total(10, 20), self.total(30, 30), self.total(9, 5, origin="x")]
        )
        assert len(found) == 1
        assert [c.low for c in found[0].claims] == [20, 12, 30]
        assert found[0].falls == ((0, 1),)
        assert found[0].rates == (-0.8, 1.8)

    def test_at_least_is_no_fall(self) -> None:
        open_end = replace(self.total(20, 12), high=None)
        (found,) = totals_over_time([self.total(10, 20), open_end])
        assert found.falls == ()
        assert found.rates == (None,)

    def test_a_base_and_its_country_are_two_things(self) -> None:
        spot = replace(self.total(20, 12), scope=replace(self.total(20, 12).scope, spot=ASAD))
        assert totals_over_time([self.total(10, 20), spot]) == []
