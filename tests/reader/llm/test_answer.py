"""Whatever a model answers, it ends in records and issues: what was whole is kept, what was not is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.reader.llm.answer import BROKEN, CUT, MOST_RECORDS, UNKNOWN, told
from tests.reader.llm.stub import record

STRIKE = record(type="strike.rocket", sentence="They fired.", anchor="fired", actor="They")
THREAT = record(kind="statement", type="threat", sentence="He threatened.", anchor="threatened", status="threatened")


def codes(content: str) -> list[str]:
    return [issue.code for issue in told(content)[1]]


def answer(*records: Any) -> str:
    return json.dumps({"records": records})


def test_a_good_answer_is_taken_as_it_is() -> None:
    numbers = [{"of": "killed", "text": "two"}]
    full = {**STRIKE, "outcome": "hit", "weapons": ["rockets"], "numbers": numbers, "source": ["AFP", "police"]}
    (first, second), issues = told(answer(full, THREAT))
    assert issues == []
    assert (first.kind, first.type, first.status, first.outcome) == ("event", "strike.rocket", "happened", "hit")
    assert (first.values, first.weapons, first.numbers) == ({"actor": "They"}, ["rockets"], [("killed", "two")])
    assert first.source == ["AFP", "police"]
    assert (second.type, second.status) == ("threat", "happened")  # the speech took place


@pytest.mark.parametrize("wrapped", ["```json\n{}\n```", "Here you are: {}", "{} I hope this helps."])
def test_words_around_the_object_do_no_harm(wrapped: str) -> None:
    found, issues = told(wrapped.replace("{}", answer(STRIKE)))
    assert ([r.anchor for r in found], issues) == (["fired"], [])


def test_no_records_is_an_answer() -> None:
    assert told('{"records": []}') == ([], [])


@pytest.mark.parametrize("end", range(5, 60, 7))
def test_a_cut_off_answer_keeps_its_whole_records(end: int) -> None:
    whole = answer(STRIKE, THREAT, STRIKE)
    found, issues = told(whole[:-end])
    assert [r.type for r in found] == ["strike.rocket", "threat"]
    assert [i.code for i in issues] == [CUT]


@pytest.mark.parametrize(
    "content",
    ["", "  ", "I cannot help with that.", "[1, 2]", '{"records": 3}', '{"answer": []}', "{", '{"rec', '{"records"', "{" * 5000,
     '{"records":' + "[" * 200_000],
)  # fmt: skip
def test_what_is_no_answer_is_one_issue(content: str) -> None:
    found, issues = told(content)
    assert found == []
    assert [i.code for i in issues] in ([BROKEN], [CUT])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (3, BROKEN),
        (None, BROKEN),
        ({**STRIKE, "kind": "rumour"}, UNKNOWN),
        ({**STRIKE, "kind": ["event"]}, UNKNOWN),
        ({**STRIKE, "type": "threat"}, UNKNOWN),
        ({**STRIKE, "status": None}, UNKNOWN),
        ({**STRIKE, "anchor": 7}, BROKEN),
        ({**STRIKE, "anchor": " "}, BROKEN),
        ({k: v for k, v in STRIKE.items() if k != "anchor"}, BROKEN),
    ],
)
def test_a_record_that_is_none_is_dropped_and_the_others_stay(wrong: Any, code: str) -> None:
    found, issues = told(answer(STRIKE, wrong, THREAT))
    assert [r.type for r in found] == ["strike.rocket", "threat"]
    assert [i.code for i in issues] == [code]
    assert "record 2" in issues[0].message


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("actor", 5, BROKEN),
        ("actor", ["They"], BROKEN),
        ("place", {"name": "x"}, BROKEN),
        ("weapons", "rockets", BROKEN),
        ("weapons", [3], BROKEN),
        ("source", {"a": 1}, BROKEN),
        ("numbers", [{"of": "killed", "text": 4}], BROKEN),
        ("numbers", [{"of": "cats", "text": "four"}], BROKEN),
        ("numbers", ["four"], BROKEN),
        ("outcome", "glorious", UNKNOWN),
        ("sentence", 9, BROKEN),
    ],
)
def test_a_value_of_a_wrong_type_is_dropped_alone(field: str, value: Any, code: str) -> None:
    (found,), issues = told(answer({**STRIKE, field: value}))
    assert found.anchor == "fired"
    assert (found.values.get(field), found.weapons, found.source, found.numbers, found.outcome) == (
        None, [], [], [], "",
    )  # fmt: skip
    assert [i.code for i in issues] == [code]


def test_a_model_that_repeats_itself_is_stopped() -> None:
    found, issues = told(answer(*[STRIKE] * (MOST_RECORDS + 1)))
    assert len(found) == MOST_RECORDS
    assert [i.code for i in issues] == [BROKEN]


def test_what_cannot_be_written_does_not_stand_in_a_message() -> None:
    hostile = "\ud800\x1b[31m\n" + "x" * 5000
    (issue,) = told(json.dumps({"records": [{**STRIKE, "outcome": hostile}]}))[1]
    assert "\n" not in issue.message
    assert "\x1b" not in issue.message
    assert len(issue.message) < 200
    issue.message.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(sorted(STRIKE)), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(JSON | JSON.map(lambda value: {**STRIKE, "numbers": value, "actor": value}), max_size=4),
    st.integers(0, 60),
)
def test_no_answer_makes_it_fail(items: list[Any], cut: int) -> None:
    whole = answer(*items)
    found, issues = told(whole[: len(whole) - cut])
    assert len(found) <= len(items)
    assert all(isinstance(r.anchor, str) for r in found)
    assert all(i.code in (BROKEN, CUT, UNKNOWN) for i in issues)
