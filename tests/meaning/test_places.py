"""Names of places are found with their bare span and mean the right place, by a table of cases written for this."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.meaning.gazetteer import Row
from tawatur.meaning.places import Gazetteer, PlaceContext, context_of
from tawatur.meaning.places_around import km as distance
from tawatur.model import Place
from tawatur.text.tokens import tokenize

CASES = list(csv.DictReader(Path(__file__).with_name("places_cases.csv").open(encoding="utf-8"), delimiter=";"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize("case", [c for c in CASES if c["span"]], ids=lambda c: f"{c['text']}→{c['span']}")
def test_place(gazetteer: Gazetteer, case: dict[str, str]) -> None:
    text = case["text"]
    mentions = gazetteer.find(text, tokenize(text))
    spans = {text[m.start : m.end]: m for m in mentions}
    assert case["span"] in spans
    place = gazetteer.resolve(spans[case["span"]], context_of(mentions, gazetteer), text)
    assert place.span.text == case["span"]
    if case["country"]:
        assert place.country == case["country"]
    if case["precision"]:
        assert place.precision == int(case["precision"])
    if case["lat"]:
        assert place.lat is not None
        assert place.lon is not None
        away = math.hypot(place.lat - float(case["lat"]), (place.lon - float(case["lon"])) * 0.85) * 111
        assert away < 40


@pytest.mark.parametrize("case", [c for c in CASES if not c["span"]], ids=lambda c: c["text"])
def test_no_place(gazetteer: Gazetteer, case: dict[str, str]) -> None:
    found = gazetteer.find(case["text"], tokenize(case["text"]))
    assert [case["text"][m.start : m.end] for m in found if m.weight >= 0.5] == []


def test_an_actor_is_told_from_a_place(gazetteer: Gazetteer) -> None:
    for text, metonym in (("واشنطن تدين الهجوم", True), ("انفجار في واشنطن", False)):
        assert [m.metonym for m in gazetteer.find(text, tokenize(text))] == [metonym]


def test_the_area_stands_in_for_an_unknown_village(gazetteer: Gazetteer) -> None:
    text = "قصف قرية قلموزة في محافظة إدلب"
    mentions = gazetteer.find(text, tokenize(text))
    place = gazetteer.resolve(mentions[0], context_of(mentions, gazetteer), text)
    assert (place.span.text, place.country, place.precision) == ("قلموزة", "SY", 3)


def test_a_close_call_keeps_its_readings(gazetteer: Gazetteer) -> None:
    text = "قرية السلام"
    (mention,) = gazetteer.find(text, tokenize(text))
    place = gazetteer.resolve(mention, context_of([mention], gazetteer), text)
    assert len(place.candidates) > 1
    assert place.candidates[0].place_id == place.place_id


@given(st.text(alphabet="ابتجحدرسعغفقكلمنهويةى ًـ\u200f\n،.(abcA-'1", max_size=80))
def test_mentions_are_proven_and_apart(text: str) -> None:
    mentions = Gazetteer.load().find(text, tokenize(text))
    ends = [0]
    for m in mentions:
        assert ends[-1] <= m.start < m.end <= len(text)
        assert 0 < m.weight <= 1
        ends.append(m.end)


def _where(text: str, words: str) -> Place:
    gazetteer = Gazetteer.load()
    mentions = gazetteer.find(text, tokenize(text))
    (mention,) = [m for m in mentions if text[m.start : m.end] == words]
    return gazetteer.resolve(mention, gazetteer.context(mentions), text)


def test_a_hamlet_far_from_the_area_told_is_not_taken() -> None:
    place = _where("قصف على قرية الزيدية في ناحية الدرباسية شمالي الحسكة", "الزيدية")
    assert (place.country, place.precision) == ("SY", 2)


def test_the_town_said_beside_decides_between_namesakes() -> None:
    near = _where("سقطت قذائف على قرية الكفير قرب مدينة جسر الشغور", "الكفير")
    assert near.lon is not None
    assert near.lon < 36.4
    far = _where("سقطت قذائف على قرية الكفير بريف مدينة الباب", "الكفير")
    assert far.lon is not None
    assert far.lon > 37.2


def test_a_hash_or_quotes_stand_between_feature_and_name() -> None:
    for text in ("قصف بلدة #مركبا", "قصف بلدة «مركبا»"):
        (mention,) = Gazetteer.load().find(text, tokenize(text))
        assert (text[mention.start : mention.end], mention.frame) == ("مركبا", "town")


def test_a_border_is_as_coarse_as_its_country() -> None:
    place = Gazetteer.load().resolve_text("الحدود الكينية", PlaceContext())
    assert (place.country, place.precision) == ("KE", 3)
    assert Gazetteer.load().resolve_text("الحي الكيني", PlaceContext()).lat is None


def test_ten_times_the_places_cost_ten_times_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    places = Gazetteer.load()
    calls = [0]

    def counted(name: str, count: int) -> int:
        text = "، ".join(f"قرية {n} بريف حلب" for n in [name] * count)
        mentions = places.find(text, tokenize(text))
        calls[0] = 0
        context = places.context(mentions)
        for mention in mentions:
            places.resolve(mention, context, text)
        return calls[0]

    def km(a: Row, b: Row) -> float:
        calls[0] += 1
        return distance(a, b)

    monkeypatch.setattr("tawatur.meaning.places_resolve.km", km)
    small, large = counted("السلام", 100), counted("السلام", 1000)
    assert small > 0
    assert large <= 12 * small


def test_an_english_name_behind_a_small_article_is_a_name(gazetteer: Gazetteer) -> None:
    text = "Two drones struck the US base at al-Shaddadi in northeastern Syria, and the al-Tanf garrison."
    found = gazetteer.find(text, tokenize(text))
    assert {text[m.start : m.end] for m in found} >= {"al-Shaddadi", "northeastern Syria"}
    assert any("al-Tanf" in text[m.start : m.end] for m in found)
