"""The scorer: small cases worked out by hand, and the same figures as the shared scorer where that is at hand."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from benchmarks.common import DataMissing, module, shared
from tawatur.evaluate import align, evaluate, item, party, same, sequence


def record(**given: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": "event",
        "type": "strike.rocket",
        "status": "happened",
        "anchor": "استهدفت",
        "actor": "الكتائب",
        "target": None,
        "place": "المطار",
        "time": "أمس",
        "date": ["2023-12-08", "2023-12-08"],
        "weapons": [],
        "numbers": [],
        "outcome": None,
        "source": ["وكالة", "مصدر أمني"],
        "cue": "قال",
    }
    return {**row, **given}


def headline(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], name: str) -> dict[str, Any]:
    figures: dict[str, Any] = evaluate([{"doc": 1, "records": gold}], {"1": predicted}, rounds=0)["records"]["all"][
        name
    ]
    del figures["±"]  # over one document an interval says nothing
    return figures


def test_words_are_compared_without_article_clitics_diacritics_and_letter_forms() -> None:
    assert sequence("بالصَّواريخ") == sequence("صواريخ")
    assert sequence("إحدى") == sequence("احدي")
    assert sequence("the U.S. Army") == ("u", "s", "army")
    assert sequence("١٢ صاروخًا")[0] == "12"


def test_the_same_needs_three_fifths_of_the_words() -> None:
    assert same("قاعدة عين الأسد", "عين الأسد")  # 2 of 2 and 3: 4/5
    assert not same("قاعدة عين الأسد غربي العراق", "عين")  # 1 of 5 and 1: 2/6
    assert same("", "")
    assert not same("", "عين")


def test_a_party_may_be_given_with_its_role() -> None:
    assert party("spokesman of the ministry John Kirby", "Kirby")
    assert not party("spokesman of the ministry John Kirby", "ministry")  # one word only counts at the end


def test_what_is_right_counts_fully() -> None:
    gold = [record(), record(kind="statement", type="threat", anchor="هدّد", place=None)]
    for name in ("found", "exact", "sourced"):
        assert headline(gold, gold, name) == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 2, "predicted": 2}


def test_one_of_two_found() -> None:
    gold = [record(), record(anchor="قصفت", place="الميناء", type="strike.air")]
    assert headline(gold, [record()], "found") == {"p": 1.0, "r": 0.5, "f1": 0.667, "gold": 2, "predicted": 1}


def test_a_prediction_of_another_kind_finds_nothing() -> None:
    assert headline([record()], [record(kind="aggregate")], "found")["f1"] == 0.0


@pytest.mark.parametrize(
    ("change", "exact", "sourced"),
    [
        ({"source": ["مصدر أمني", "وكالة"]}, 1.0, 0.0),  # the chain is right in its order only
        ({"status": "possible"}, 0.0, 1.0),
        ({"actor": "الجيش"}, 1.0, 0.0),
        ({"date": ["2023-12-07", "2023-12-07"]}, 0.0, 0.0),
        ({"date": None}, 0.0, 0.0),
        ({"place": "الميناء"}, 0.0, 0.0),
        ({"weapons": ["صاروخ"]}, 1.0, 1.0),  # no part of either
    ],
)
def test_what_exact_and_sourced_ask_for(change: dict[str, Any], exact: float, sourced: float) -> None:
    predicted = [record(**change)]
    assert headline([record()], predicted, "found")["f1"] == 1.0
    assert headline([record()], predicted, "exact")["f1"] == exact
    assert headline([record()], predicted, "sourced")["f1"] == sourced


def test_a_statement_is_not_asked_for_its_place() -> None:
    gold = [record(kind="statement", type="denial", place=None)]
    assert headline(gold, [record(kind="statement", type="denial", place="المطار")], "exact")["f1"] == 1.0


def test_the_best_pair_goes_first() -> None:
    gold = [item(record(place="الميناء"), "1"), item(record(place="المطار"), "1")]
    predicted = [item(record(place="المطار"), "1"), item(record(place="الميناء", date=None), "1")]
    assert sorted(align(gold, predicted)) == [(0, 1), (1, 0)]


def test_fields_count_where_given() -> None:
    figures = evaluate(
        [{"doc": "a", "records": [record(outcome="hit", weapons=["صاروخ", "مسيرة"])]}],
        {"a": [record(outcome=None, weapons=["صاروخ"], source=["وكالة", "مصدر آخر"])]},
        rounds=0,
    )["fields"]
    assert figures["outcome"] == {"share": 0.0, "of": 1}
    assert figures["weapons"] == {"share": 0.667, "of": 1}
    assert figures["chain"]["share"] == figures["hops2"]["share"] == figures["origin"]["share"] == 0.0
    assert figures["source"] == {"share": 0.5, "of": 1}
    assert "target" not in figures
    assert "numbers" not in figures


def test_a_missed_chain_of_two_counts_against_hops2() -> None:
    assert evaluate([{"doc": "a", "records": [record()]}], {}, rounds=0)["fields"]["hops2"] == {"share": 0.0, "of": 1}


def test_records_on_a_document_without_any_are_counted() -> None:
    figures = evaluate([{"doc": "a", "records": []}, {"doc": "b", "records": []}], {"b": [record(), record()]})
    assert figures["quiet"] == {"documents": 2, "records": 2}
    assert figures["records"]["all"]["found"]["p"] == 0.0


@pytest.mark.parametrize(
    ("source", "actor", "expected"),
    [
        ([], "الكتائب", "own_voice"),
        (["وكالة", "الكتائب"], "الكتائب", "claimed"),
        (["وكالة", "مصدر أمني"], "الكتائب", "attributed"),
        (["الكتائب"], None, "attributed"),
    ],
)
def test_standing(source: list[str], actor: str | None, expected: str) -> None:
    assert item(record(source=source, actor=actor), "1").standing == expected


def test_what_is_out_of_shape_counts_as_empty_and_is_named() -> None:
    one = item(
        record(date=["8 December", None], numbers=[{"of": "killed", "low": True, "high": 2}], weapons="صاروخ"), "1"
    )
    assert (one.date, one.numbers, one.weapons) == (None, (), ())
    assert one.faults == ("date", "weapons", "numbers")


@pytest.mark.parametrize("name", ["dev", "chains-dev", "natural-dev", "english-dev"])
def test_the_shared_scorer_gives_the_same_figures(name: str) -> None:
    """On the gold itself, spoilt at random: records dropped, added, fields exchanged between records."""
    try:
        scorer, path = module(shared("gold", "score.py")), shared("gold", f"{name}.json")
    except DataMissing as missing:
        pytest.skip(f"{missing}: {missing.hint}")
    gold = json.loads(path.read_text(encoding="utf-8"))
    rng = random.Random(name)
    pool = [row for entry in gold for row in entry["records"]]
    fields = ("anchor", "type", "status", "actor", "place", "date", "source", "numbers", "outcome", "weapons")
    predicted = {}
    for entry in gold:
        rows = [dict(row) for row in entry["records"] if rng.random() > 0.2] + rng.sample(pool, rng.randint(0, 2))
        rows = [
            {**row, **{f: rng.choice(pool)[f] for f in fields if rng.random() < 0.2}, "doc": entry["doc"]}
            for row in rows
        ]
        rng.shuffle(rows)
        predicted[str(entry["doc"])] = [scorer.tidy(row)[0] for row in rows]
    expected = scorer.score(gold, predicted)
    assert 0.3 < expected["records"]["all"]["found"]["f1"] < 0.99  # the spoiling is neither nothing nor everything
    assert evaluate(gold, predicted) == expected
