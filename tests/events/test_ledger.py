"""What a party said over time, from reports of our own through the reader."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tawatur.events.coverage import Coverage
from tawatur.events.ledger import Entry, ledger
from tawatur.events.stated import Telling
from tawatur.pipeline import extract
from tawatur.text.documents import from_text
from tests.events.test_checks import item

MARCH = Coverage.of([date(2031, 3, 1) + timedelta(n) for n in range(40)])
THREAT = (
    "هددت المقاومة الإسلامية في العراق، اليوم الجمعة، بقصف قاعدة التنف جنوب شرقي سوريا إذا استمرت الغارات.\n"
    "وكانت قاعدة حرير شمالي العراق استُهدفت، أمس الخميس، بطائرة مسيّرة، بحسب مصدر أمني."
)
DENIAL = (
    "نفت خلية الإعلام الأمني العراقية، اليوم السبت، تعرّض قاعدة حرير شمالي العراق لهجوم بطائرة مسيّرة أمس الجمعة.\n"
    "وقالت الخلية إن القاعدة لم تتعرض لأي هجوم."
)
CLAIM = (
    "أعلنت المقاومة الإسلامية في العراق، في بيان، استهداف قاعدة حرير شمالي العراق، فجر اليوم الأحد، بطائرة مسيّرة.\n"
    "وأضاف البيان أن المقاتلين عادوا إلى مواقعهم."
)


def tellings(*reports: tuple[str, str]) -> list[Telling]:
    out = []
    for text, published in reports:
        for record in extract(from_text(text, published=published)).records:
            out.append(Telling(record, "", "", date.fromisoformat(published)))
    return out


def of(party: str, told: list[Telling], said: str, event_of: dict[str, str] | None = None) -> list[Entry]:
    items = [item("later", date(2031, 3, 9)), item("before", date(2031, 3, 6)), item("far", date(2031, 6, 9))]
    return [e for e in ledger(party, told, event_of or {}, items, MARCH) if e.said == said]


def test_a_threat_and_what_the_record_holds_after_it() -> None:
    (entry,) = of("iri", tellings((THREAT, "2031-03-07")), "threatened")
    assert entry.day == date(2031, 3, 7)
    assert entry.after is not None
    assert (entry.after.first, entry.after.last) == (date(2031, 3, 8), date(2031, 4, 6))
    assert entry.after.events == ("later",)


def test_the_same_threat_in_two_reports_is_one_entry() -> None:
    (entry,) = of("iri", tellings((THREAT, "2031-03-07"), ("عاجل.\n" + THREAT, "2031-03-07")), "threatened")
    assert len({t.record.doc for t in entry.tellings}) == 2


def test_a_denial_is_that_of_its_party_alone() -> None:
    told = tellings((DENIAL, "2031-03-22"))
    assert of("iq-smc", told, "denied")
    assert of("iri", told, "denied") == []


def test_claims_of_one_event_are_one_entry() -> None:
    told = tellings((CLAIM, "2031-03-09"), ("بيان:\n" + CLAIM, "2031-03-09"))
    events = {t.record.id: "e1" for t in told if t.record.kind == "event"}
    (entry,) = of("iri", told, "claimed", events)
    assert entry.events == ("e1",)
    assert len(entry.tellings) == len(events)


@pytest.mark.parametrize("party", ["us", "hamas"])
def test_others_say_nothing(party: str) -> None:
    assert ledger(party, tellings((THREAT, "2031-03-07")), {}, [], MARCH) == []
