"""Who did it in an English clause: not who suffered it, not the weapon, not who says so."""

from __future__ import annotations

import pytest

from tawatur.pipeline import extract
from tawatur.text.documents import from_text


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("The Pentagon said Ain al-Asad air base in western Iraq was attacked with a drone on Sunday, March 2.", None, None),
        ("US Central Command said three drones hit Ain al-Asad air base in western Iraq on Saturday.", None, "Ain al-Asad air base"),
        ("The Islamic Resistance in Iraq attacked the al-Tanf base in southern Syria with drones on Sunday.",
         "Islamic Resistance in Iraq", "the al-Tanf base"),
    ],
)  # fmt: skip
def test_actor_and_target(text: str, actor: str | None, target: str | None) -> None:
    text += "\nDamage to the hangars was being assessed, and two soldiers were wounded by falling debris at the site."
    events = [r for r in extract(from_text(text, published="2031-03-23")).records if r.type.startswith("strike")]
    assert events
    first = events[0]
    assert (first.actor.span.text if first.actor else None) == actor
    if target:
        assert first.target is not None
        assert first.target.span.text == target


def test_who_confirms_is_not_who_did_it_and_the_nearer_place_is_meant() -> None:
    text = (
        "US official confirms attack on base in Syria\n"
        "A US defense official said that two drones struck the US base at the Conoco gas field in eastern Syria on Sunday.\n"
        "A hangar was damaged and two soldiers were wounded, he said."
    )
    events = [r for r in extract(from_text(text, published="2031-03-31")).records if r.type == "strike.drone"]
    assert [(r.actor, r.place.span.text if r.place else None) for r in events] == [(None, "Conoco")]


def test_said_that_hands_over_an_attack_and_is_no_speech_act() -> None:
    text = (
        "The Islamic Resistance in Iraq said it attacked the US base at Erbil airport in northern Iraq with a drone on "
        "Thursday, March 6, according to Al-Rafid news agency.\nThere was no immediate comment from the United States."
    )
    records = extract(from_text(text, published="2031-03-07")).records
    assert [r for r in records if r.kind == "statement"] == []
    assert len([r for r in records if r.kind == "event"]) == 1


def test_the_wounded_are_not_the_dead() -> None:
    text = (
        "A drone struck al-Asad air base in Iraq's Anbar province on Friday, two Iraqi army sources told the agency "
        "Tigris Wire, and two contractors may have been wounded.\nOne soldier was killed later, the sources said."
    )
    records = extract(from_text(text, published="2023-12-09")).records
    told = {(n.of, n.span.text) for r in records for n in r.numbers if n.span.text.lower() in ("two", "one")}
    assert ("killed", "two") not in told
