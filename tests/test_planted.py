"""The planted month (tests/planted/README.md): every known answer, from the reports to events, checks and ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import tawatur
from tawatur.collection.happenings import Happenings
from tawatur.events.figures import Judged

MONTH = Path(__file__).parent / "planted" / "month.jsonl"


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Happenings]:
    with tawatur.open(tmp_path_factory.mktemp("planted") / "month.sqlite") as collection:
        summary = collection.add([str(MONTH)], workers=1)
        assert (summary.seen, summary.added) == (64, 64)
        yield Happenings(collection.store)


def days(*of_march: int) -> list[date]:
    return [date(2031, 3, d) for d in of_march]


def test_twenty_seven_attacks_and_one_that_is_only_denied(month: Happenings) -> None:
    claimed = [v for v in month.views.values() if v.grade.grade != "denied"]
    assert [v.event.first for v in claimed] == days(
        2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 22, 23, 24, 25, 26, 27, 28, 29, 30, 30
    )
    assert all(v.at("claims") for v in claimed)


def test_two_origins_where_the_other_side_tells_it_too(month: Happenings) -> None:
    confirmed = [v.event.first for v in month.views.values() if v.grade.grade == "confirmed"]
    assert confirmed == days(2, 5, 8, 12, 16, 18, 20, 22, 25, 28, 30)


def test_a_second_outlet_with_the_same_statement_adds_no_origin(month: Happenings) -> None:
    again = month.view(next(e for r, e in month.event_of.items() if month.tolds[r].facts.doc == "ledger-02"))
    assert {a.doc for a in again.accounts} == {"rafid-02", "ledger-02"}
    assert len(again.grade.origins) == 1


def test_the_denials(month: Happenings) -> None:
    grades = {v.event.first: v.grade.grade for v in month.views.values() if v.grade.grade in ("contested", "denied")}
    assert grades == {date(2031, 3, 21): "contested", date(2031, 3, 15): "denied"}


def test_what_is_no_conflict_tells_nothing(month: Happenings) -> None:
    noise = {t.facts.doc for t in month.tolds.values() if t.record.kind != "statement" and "-n" in t.facts.doc}
    assert noise == set()


def judged(month: Happenings, of: str, low: float | None, last: int) -> Judged:
    (found,) = (
        j
        for j in month.judged()
        if (j.claim.of, j.claim.low) == (of, low) and j.claim.scope.last == date(2031, 3, last)
    )
    return found


@pytest.mark.parametrize(
    ("stated", "until", "held", "verdict", "difference"),
    [(11, 16, 11, "agrees", 0), (20, 24, 20, "agrees", 0), (27, 31, 27, "agrees", 0), (30, 31, 27, "differs", -3)],
)
def test_the_four_totals(
    month: Happenings, stated: int, until: int, held: int, verdict: str, difference: float
) -> None:
    found = judged(month, "attacks", stated, until)
    assert (found.value, found.verdict, found.difference) == (held, verdict, difference)


def test_the_rise_is_true_by_one_way_of_counting(month: Happenings) -> None:
    found = judged(month, "percent", 45, 31)
    assert found.span is not None
    assert found.base is not None
    assert (len(found.base.events), len(found.span.events)) == (11, 16)
    assert (len(found.base.corroborated), len(found.span.corroborated)) == (5, 6)
    assert (found.verdict, found.counting) == ("agrees", "all")
    assert found.value_corroborated == 20


def test_it_was_not_the_first_time(month: Happenings) -> None:
    found = judged(month, "first", None, 20)
    assert found.span is not None
    assert (found.verdict, found.reason) == ("differs", "earlier")
    assert [month.views[e].event.first for e in found.span.events] == days(9)


def test_the_claimed_count_is_short_of_items_by_three(month: Happenings) -> None:
    (found,) = (i for i in month.itemised() if i.claim.low == 30)
    assert (len(found.own), found.held, found.missing) == (27, 27, 3)


def test_two_parties_count_the_same_days_differently(month: Happenings) -> None:
    (found,) = month.beside()
    assert {c.origin: c.low for c in found.claims} == {"party:iri": 30, "party:us": 27}
    assert found.apart == 3


def test_one_party_over_time(month: Happenings) -> None:
    (found,) = month.series()
    assert [(c.low, c.scope.last) for c in found.claims] == [(11, date(2031, 3, 16)), (30, date(2031, 3, 31))]
    assert found.falls == ()
    assert found.rates[0] == pytest.approx(19 / 15)


def test_the_ledger_of_the_group(month: Happenings) -> None:
    entries = month.ledger("iri")
    assert Counter(e.said for e in entries) == {"claimed": 27, "counted": 2, "threatened": 1, "pledged": 2}
    (threat,) = (e for e in entries if e.said == "threatened")
    assert threat.day == date(2031, 3, 7)
    assert threat.after is not None
    assert len(threat.after.events) == 23


def test_the_ledger_of_a_denier(month: Happenings) -> None:
    assert [(e.said, e.day) for e in month.ledger("iq-smc")] == [("denied", date(2031, 3, 21))]
