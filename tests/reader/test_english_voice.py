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
