"""Accounts, grades and conflicts of an event, on tellings made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tawatur.events.scope import kilometres
from tawatur.events.told import Facts, Told
from tawatur.model import Label, Place, Record, Span
from tawatur.origins.accounts import Account, accounts_of
from tawatur.origins.conflicts import conflicts_of
from tawatur.origins.explain import graph_of, line_of, text_of
from tawatur.origins.grades import Decided, grade
from tawatur.origins.lineage import Lineage
from tests.origins.conftest import Tell, party

IRI = party("Islamic Resistance in Iraq", "iri")
US = party("US forces", "us.forces")
PENTAGON = party("Pentagon", "us.mod")
RESIDENTS = party("residents", kind="civilian")


def table(*tolds: Told, lineages: dict[str, Sequence[Lineage]] | None = None, **more: object) -> tuple[Account, ...]:
    facts: dict[str, Facts] = {t.facts.doc: t.facts for t in tolds}
    return accounts_of(tolds, lineages or {}, facts, **more)  # type: ignore[arg-type]


@pytest.fixture
def claim(tell: Tell) -> Told:
    return tell("claim", outlet="الميادين", source=[IRI], actor=IRI, target=US)


def test_positions(tell: Tell, claim: Told) -> None:
    rows = table(
        claim,
        tell("target", outlet="AP", source=[PENTAGON]),
        tell("seen", outlet="Reuters", source=[RESIDENTS]),
        tell("bare", outlet="RT"),
        tell("no", outlet="INA", source=[party("Iraqi cell", "iq-smc")], status="denied"),
    )
    assert {a.doc: a.position for a in rows} == {
        "claim": "claims",
        "target": "confirms",
        "seen": "reports",
        "bare": "unattributed",
        "no": "denies",
    }


def test_claimed_and_confirmed_by_the_other_side(tell: Tell, claim: Told) -> None:
    assert grade(table(claim)).grade == "single_origin"
    assert grade(table(claim, tell("target", outlet="AP", source=[PENTAGON]))).grade == "confirmed"


def test_an_accusation_is_no_confirmation(tell: Tell) -> None:
    accused = tell("d", outlet="AP", source=[party("Hezbollah", "hezbollah")], actor=party("Israel", "il"))
    (row,) = table(accused)
    assert row.position == "reports"
    assert grade((row,)).grade == "single_origin"


def test_losses_told_by_the_party_that_bears_them(tell: Tell) -> None:
    (row,) = table(tell("d", outlet="AP", source=[PENTAGON], target=US, killed=(3, 3)))
    assert row.against_interest
    assert grade((row,)).grade == "confirmed"
    (none,) = table(tell("d", outlet="AP", source=[PENTAGON], target=US, killed=(0, 0)))
    assert not none.against_interest


def test_ten_outlets_with_one_statement_are_one_origin(tell: Tell) -> None:
    names = ["Reuters", "AP", "AFP", "Al Jazeera", "RT", "BBC News", "CNN", "TASS", "Xinhua", "الميادين"]
    rows = table(*(tell(f"d{i}", outlet=o, source=[IRI], actor=IRI) for i, o in enumerate(names)))
    found = grade(rows)
    assert len(rows) == 10
    assert found.grade == "single_origin"
    assert len(found.origins) == 1


def test_two_origins_are_fair_and_a_denial_makes_it_contested(tell: Tell) -> None:
    two = [tell("a", outlet="Reuters", source=[RESIDENTS]), tell("b", outlet="SOHR", source=[party("SOHR", "sohr")])]
    assert grade(table(*two)).grade == "fair"
    no = tell("c", outlet="TASS", source=[party("Moscow", "ru.mod")], status="denied", actor=party("Russia", "ru"))
    assert grade(table(*two, no)).grade == "contested"
    assert grade(table(no)).grade == "denied"
    assert grade(table(tell("d", outlet="RT"))).grade == "unattributed"


def test_a_denial_by_nobody_does_not_count(tell: Tell) -> None:
    rows = table(tell("a", outlet="Reuters", source=[RESIDENTS]), tell("b", outlet="RT", status="denied"))
    assert grade(rows).grade == "single_origin"


def copy_of(copy: Told, original: Told) -> dict[str, Sequence[Lineage]]:
    from tawatur.origins.compare import Run

    run = Run(copy.record.evidence, original.record.evidence, 20, 20)
    return {copy.facts.doc: (Lineage(copy.facts.doc, original.facts.doc, "verbatim", 0.99, (), (run,)),)}


def test_a_copy_is_a_row_but_no_origin(tell: Tell) -> None:
    wire = tell("wire", outlet="Reuters", source=[RESIDENTS])
    copy = tell("copy", outlet="Gate Post", source=[RESIDENTS])
    assert grade(table(wire, copy)).grade == "fair"
    rows = table(wire, copy, lineages=copy_of(copy, wire))
    assert [(a.doc, a.copy_of) for a in rows] == [("copy", "wire"), ("wire", "")]
    found = grade(rows)
    assert (found.grade, len(found.origins)) == ("single_origin", 1)
    assert any("copies that add no origin: 1" in r.en for r in found.reasons)


def test_a_report_that_retells_another_with_credit_adds_no_sources(tell: Tell) -> None:
    wire = tell("wire", outlet="Reuters", source=[RESIDENTS])
    retold = tell("retold", outlet="Gate Post", source=[party("سكان", kind="civilian")])
    assert grade(table(wire, retold)).grade == "fair"
    from tawatur.origins.compare import Run

    run = Run(retold.record.evidence, wire.record.evidence, 0, 0)
    rows = table(wire, retold, lineages={"retold": (Lineage("retold", "wire", "translated-quote", 0.8, (), (run,)),)})
    assert grade(rows).grade == "single_origin"
    assert {a.doc: a.copy_of for a in rows} == {"wire": "", "retold": "wire"}


def test_a_person_decides_and_the_proposal_stays_visible(claim: Told) -> None:
    found = grade(table(claim), Decided("fair", "Noor", "seen on video"))
    assert (found.grade, found.proposed) == ("fair", "single_origin")
    assert found.reasons[0].en == "Noor decided fair: seen on video"


def test_a_later_figure_of_the_same_origin_replaces_the_earlier(tell: Tell) -> None:
    moh = party("وزارة الصحة", "gaza-moh")
    rows = table(
        tell("first", outlet="RT", source=[moh], killed=(4, 4), day=5),
        tell("later", outlet="AP", source=[moh], killed=(9, 9), day=6),
        tell("other", outlet="Reuters", source=[RESIDENTS], killed=(7, 7), day=6),
    )
    assert {a.doc: a.replaced_by for a in rows} == {"first": "r-later", "later": "", "other": ""}
    (figures,) = conflicts_of(rows)
    assert figures.of == "killed"
    assert [v.label.en for v in figures.values] == ["7", "9"]


def test_a_claim_taken_back_no_longer_counts_but_stays(tell: Tell) -> None:
    rows = table(
        tell("claim", outlet="RT", source=[IRI], actor=IRI, day=5),
        tell("back", outlet="RT", source=[IRI], actor=IRI, status="denied", day=7),
    )
    assert [(a.doc, a.replaced_by) for a in rows] == [("claim", "r-back"), ("back", "")]
    assert grade(rows).grade == "denied"


def test_on_one_day_nothing_is_taken_back(tell: Tell) -> None:
    rows = table(
        tell("claim", outlet="RT", source=[IRI], actor=IRI),
        tell("no", outlet="RT", source=[IRI], actor=IRI, status="denied"),
    )
    assert grade(rows).grade == "contested"


def test_figures_lowest_highest_conservative(tell: Tell) -> None:
    rows = table(
        tell("bare", outlet="RT", killed=(2, 2)),
        tell("a", outlet="Reuters", source=[RESIDENTS], killed=(5, 5)),
        tell("b", outlet="SOHR", source=[party("SOHR", "sohr")], killed=(12, None)),
    )
    (found,) = conflicts_of(rows)
    assert found.lowest is not None
    assert found.highest is not None
    assert found.conservative is not None
    assert [x.label.en for x in (found.lowest, found.highest, found.conservative)] == ["2", "at least 12", "5"]
    assert [o.key for o in found.conservative.origins] == ["outlet_unnamed:reuters"]


def place(id_: str, lat: float, lon: float, country: str = "SY", precision: int = 1) -> Place:
    return Place(Span(0, 1, "R"), id_, Label(id_, id_), lat, lon, country, precision=precision)  # type: ignore[arg-type]


def test_conflicts_of_place_day_party_outcome(tell: Tell) -> None:
    israel, us = party("Israel", "il"), party("US", "us")
    one = {"place": place("a", 35.0, 40.0), "on": date(2024, 3, 4), "actor": israel, "outcome": "hit"}
    same = {**one, "place": place("b", 35.02, 40.02), "actor": party("army", "idf")}
    other = {"place": place("c", 33.5, 36.3), "on": date(2024, 3, 5), "actor": us, "outcome": "intercepted"}
    assert conflicts_of(table(tell("a", **one), tell("b", **same))) == ()
    found = conflicts_of(table(tell("a", **one), tell("b", **same), tell("c", **other)))
    assert [c.field for c in found] == ["place", "day", "party", "outcome"]
    area = {**one, "place": place("d", 33.5, 36.3, precision=3)}
    assert conflicts_of(table(tell("a", **one), tell("d", **area))) == ()


def test_great_circle() -> None:
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.19, abs=0.1)
    assert kilometres(90, 0, -90, 0) == pytest.approx(20015, abs=1)


def denial(name: str, text: str, source: Record | None = None, day: int = 6) -> Told:
    span = Span(0, len(text), text)
    kh = party("Kataib Hezbollah", "kataib-hezbollah")
    record = Record(name, "statement", "denial", "happened", span, span, f"r-{name}", actor=kh, source=(kh,))
    return Told(Facts(name, date(2024, 3, day), "RT", text=text), record)


def test_a_denial_statement_is_tied_by_party_time_and_place(tell: Tell) -> None:
    base = Place(Span(0, 8, "al-Tanf"), "p")
    claim = tell("claim", outlet="AP", source=[PENTAGON], actor=party("KH", "kataib-hezbollah"), place=base)
    near = denial("near", "We had no part in what happened at al-Tanf.")
    far = denial("far", "We had no part in what happened at Erbil.")
    late = denial("late", "We had no part in what happened at al-Tanf.", day=20)
    rows = table(claim, statements=[near, far, late])
    assert [(a.doc, a.position) for a in rows] == [("claim", "reports"), ("near", "denies")]
    assert grade(rows).grade == "contested"


def test_the_graph_leads_from_origins_to_reports_to_copies(tell: Tell) -> None:
    wire = tell("wire", outlet="AP", source=[party("Reuters", "reuters"), IRI], actor=IRI)
    copy = tell("copy", outlet="Gate Post", source=[IRI], actor=IRI)
    rows = table(wire, copy, lineages=copy_of(copy, wire))
    lines = text_of(graph_of(rows), "en")
    assert lines == [
        "Islamic Resistance in Iraq",
        "  Reuters [claims it]",
        "    Associated Press [claims it]",
        "      Gate Post [word for word]",
    ]
    assert "copy of wire, word for word" in line_of(next(a for a in rows if a.copy_of)).en
    assert text_of(graph_of(rows), "ar")[0] == "المقاومة الإسلامية في العراق"


def test_accounts_do_not_hang_on_the_order_of_records(tell: Tell, claim: Told) -> None:
    tolds = [
        claim,
        tell("t", outlet="AP", source=[PENTAGON]),
        tell("s", outlet="Reuters", source=[RESIDENTS], day=None),
    ]
    assert table(*tolds) == table(*reversed(tolds))
    assert table(*tolds)[-1].doc == "s"
    assert replace(table(*tolds)[0], replaced_by="x").counts is False
