"""Checks and ledgers for the terminal and as lines: the answers of the planted month."""

from __future__ import annotations

import json

import pytest

from tawatur.export.checks_text import check_lines, checks_text
from tawatur.export.ledger_text import ledger_line, ledger_text
from tawatur.export.names import Lang, span_days
from tawatur.export.stated import Check, checks
from tests.brief.made import month


def text(lang: Lang = "en", width: int = 100) -> str:
    m = month()
    return checks_text(m.itemised, m.beside, m.series, m.judged, documents=m.documents, lang=lang, width=width)


def flat(shown: str) -> str:
    return " ".join(shown.split())


def check(of: str, low: float | None) -> Check:
    (found,) = [c for c in checks(month().itemised, month().judged) if c.claim.of == of and c.claim.low == low]
    return found


def test_a_claim_is_told_once_with_its_items_and_its_verdict() -> None:
    found = check("attacks", 30)
    assert found.itemised is not None
    assert found.judged is not None
    assert flat(text()).count("counted 30 operations") == 1
    assert len(checks(month().itemised, month().judged)) == len({id(c) for c in month().judged})


def test_verdicts_stand_in_front() -> None:
    shown = flat(text())
    assert "[differs from the record] The Islamic Resistance in Iraq counted 30 operations" in shown
    assert "[agrees with the record] The Islamic Resistance in Iraq counted 11 operations" in shown
    assert "[agrees with the record] The United States Department of Defense stated a rise of 45%" in shown
    assert "[differs from the record] The Islamic Resistance in Iraq called an action of its own at Al-Tanf" in shown


def test_counts_side_by_side_and_over_time() -> None:
    shown = flat(text())
    assert (
        "gave 30 operations and the United States Department of Defense gave 27 attacks; the counts are at least 3 apart."
        in shown
    )
    assert "11 operations up to 16 March 2031 and 30 operations up to 31 March 2031" in shown
    assert "1.3 a day from 17 to 31 March 2031; the total never falls." in shown


def test_the_arabic_checks() -> None:
    shown = flat(text("ar"))
    assert "[يخالف المسجَّل] أحصت المقاومة الإسلامية في العراق 30 عملية لها" in shown
    assert "بين" not in shown.split("أحصت المقاومة الإسلامية في العراق 30")[1].split("؛")[0]
    assert "من 2 إلى 31 آذار/مارس 2031" in shown


def test_lines_hold_the_numbers_of_the_sentences() -> None:
    m = month()
    lines = [json.loads(json.dumps(x)) for x in check_lines(m.itemised, m.beside, m.series, m.judged)]
    (false,) = [x for x in lines if x["check"] == "claim" and x["of"] == "attacks" and x["low"] == 30]
    assert (false["verdict"], false["difference"], false["value"]) == ("differs", -3, 27)
    assert (false["itemised"]["held"], false["itemised"]["missing"]) == (27, 3)
    assert len(false["itemised"]["own"]) == 27
    assert false["scope"]["countries"] == ["IQ", "SY"]
    (rise,) = [x for x in lines if x["check"] == "claim" and x["of"] == "percent"]
    assert (rise["verdict"], rise["counting"]) == ("agrees", "all")
    assert (len(rise["base"]["events"]), len(rise["span"]["events"])) == (11, 16)
    assert {x["check"] for x in lines} == {"claim", "beside", "series"}


def test_nothing_stated_is_said() -> None:
    assert checks_text([], [], [], []) == "No counts or figures were stated.\n"
    assert ledger_text("iri", []).splitlines()[1] == "Nothing of this party is on record."


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_ledger_has_the_words_and_what_came_after(lang: Lang) -> None:
    entries = [e for e in month().statements if e.said in ("threatened", "pledged")]
    shown = ledger_text("iri", entries, lang=lang, width=110)
    assert "2031-03-07" in shown
    assert "هددت المقاومة الإسلامية في العراق" in flat(shown)
    after = entries[0].after
    assert after is not None
    assert str(len(after.events)) in shown
    line = json.loads(json.dumps(ledger_line("iri", entries[0], month().documents)))
    assert line["after"]["events"] == list(after.events)
    assert line["tellings"][0]["words"]["text"] == entries[0].record.evidence.text
    assert line["tellings"][0]["outlet"] == "وكالة الرافد"


def test_a_stretch_of_days_names_month_and_year_once() -> None:
    from datetime import date

    assert span_days(date(2031, 3, 2), date(2031, 3, 16), "en") == "from 2 to 16 March 2031"
    assert span_days(date(2031, 2, 27), date(2031, 3, 2), "en") == "from 27 February to 2 March 2031"
    assert span_days(date(2030, 12, 30), date(2031, 1, 2), "en") == "between 30 December 2030 and 2 January 2031"
    assert span_days(date(2031, 3, 1), date(2031, 3, 31), "en") == "in March 2031"
    assert span_days(date(2031, 12, 2), date(2031, 12, 9), "ar") == "من 2 إلى 9 كانون الأول/ديسمبر 2031"
