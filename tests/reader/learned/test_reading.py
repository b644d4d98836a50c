"""From a network's answers to marks, links and records. The answers are written by hand; no model is needed."""

from __future__ import annotations

from tawatur import pipeline
from tawatur.model import Record
from tawatur.reader.learned.reading import read
from tawatur.records.build import Meanings, build
from tawatur.text.documents import from_text
from tests.reader.learned.made import Scripted, Told, WordPieces, as_it_is

TEXT = (
    "The Jisr Brigade struck Raqqa and Idlib with rockets on Monday, the agency Dana said.\n"
    "A spokesman of the ministry condemned the strikes."
)


def records(told: dict[str, Told], lengths: dict[str, int] | None = None, text: str = TEXT) -> list[Record]:
    scene = pipeline.see(from_text(text, published="2031-03-06"))
    reading = read(scene, Scripted(scene, told, lengths), WordPieces(), as_it_is())
    found, _ = build(
        scene.document, reading, Meanings(scene, pipeline.gazetteer(), pipeline.catalogue()), "test", dict[str, float]()
    )
    return found


def test_what_the_network_points_at_is_the_record() -> None:
    told = {
        "struck": Told(
            "event", "strike.rocket", {"actor": ["jisr"], "place": ["raqqa"], "origin": ["dana"], "cue": ["said"]}
        )
    }
    (r,) = records(told, {"jisr": 2}, TEXT.replace(" and Idlib", ""))
    assert (r.kind, r.type, r.anchor.text) == ("event", "strike.rocket", "struck")
    assert r.actor is not None
    assert r.actor.span.text == "Jisr Brigade"
    assert r.place is not None
    assert r.place.span.text == "Raqqa"
    assert [s.span.text for s in r.source] == ["Dana"]
    assert r.standing == "attributed"
    assert r.time is None


def test_each_place_of_a_list_is_an_event_and_the_actor_is_shared() -> None:
    told = {"struck": Told("event", "strike.rocket", {"actor": ["jisr"], "place": ["raqqa", "idlib"]})}
    found = records(told, {"jisr": 2})
    assert [r.place.span.text if r.place else None for r in found] == ["Raqqa", "Idlib"]
    assert {r.actor.span.text if r.actor else None for r in found} == {"Jisr Brigade"}


def test_a_place_of_the_list_that_the_network_does_not_see_is_no_item() -> None:
    told = {"struck": Told("event", "strike.rocket", {"place": ["idlib"]})}
    assert [r.place.span.text if r.place else None for r in records(told)] == ["Idlib"]


def test_the_area_around_a_place_is_no_place_of_its_own() -> None:
    text = "The brigade struck Raqqa in Syria on Monday."
    told = {"struck": Told("event", "strike.rocket", {"place": ["raqqa", "syria"]})}
    assert [r.place.span.text if r.place else None for r in records(told, text=text)] == ["Raqqa"]


def test_what_the_rules_see_denied_is_denied() -> None:
    told = {"قصفت": Told("event", "strike.unspecified", {})}
    (r,) = records(told, text="نفت الوزارة أن الطائرات قصفت مدينة الرقة يوم الأحد.")
    assert r.status == "denied"
    (r,) = records(told, text="أكدت الوزارة أن الطائرات قصفت مدينة الرقة يوم الأحد.")
    assert r.status == "happened"


def test_who_only_says_so_is_left_out_as_actor_and_who_claims_it_is_not() -> None:
    told = {"attacked": Told("event", "strike.drone", {"actor": ["pentagon"], "origin": ["pentagon"]})}
    (r,) = records(told, text="The Pentagon said that a base in Syria was attacked with drones on Monday.")
    assert r.actor is None
    assert [s.span.text for s in r.source] == ["Pentagon"]
    (r,) = records(told, text="The Pentagon said that its jets attacked a base in Syria on Monday.")
    assert r.actor is not None


def test_the_chain_runs_from_the_publisher_to_the_origin() -> None:
    told = {"struck": Told("event", "strike.rocket", {"outer": ["dana"], "origin": ["spokesman"]})}
    (r,) = records(told)
    assert [s.span.text for s in r.source] == ["Dana", "spokesman"]


def test_a_time_is_a_mention_with_its_days() -> None:
    told = {"struck": Told("event", "strike.rocket", {"time": ["monday"]})}
    (r,) = records(told)
    assert r.time is not None
    assert str(r.time.first) == "2031-03-03"


def test_a_type_of_another_kind_is_never_taken() -> None:
    told = {"condemned": Told("statement", "strike.rocket", {"actor": ["spokesman"]})}
    (r,) = records(told)
    assert r.kind == "statement"
    assert not r.type.startswith("strike")


def test_where_none_is_likelier_than_every_word_nothing_is_taken() -> None:
    (r,) = records({"struck": Told("event", "strike.rocket", {})})
    assert (r.actor, r.target, r.place, r.time, r.source) == (None, None, None, None, ())


def test_a_document_that_tells_of_no_conflict_is_not_shown_to_the_network() -> None:
    text = "افتتح وزير الثقافة معرض الكتاب في المدينة.\nوقال الوزير إن المعرض يضم ألف كتاب."
    assert records({"معرض": Told("event", "strike.rocket", {})}, text=text) == []
