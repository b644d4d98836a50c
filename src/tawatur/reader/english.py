"""What English grammar settles by itself, whatever the weights say: who is no actor, and which of two places is meant."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.meaning.actors import PartyMention
from tawatur.reader.candidates import Around
from tawatur.reader.clauses import word_class
from tawatur.reader.scene import Scene
from tawatur.reader.speech import Speech

_BESIDE = 5
"""Words between a place and the wider one that holds it ("the Conoco gas field in eastern Syria")."""
_OBJECT = frozenset(("against", "in", "near", "onto"))


_CLAIM = frozenset(("claim", "acknowledge", "admit", "announce", "commit"))
"""Verbs by which a party takes an attack upon itself."""


def not_the_actor(around: Around, party: int, speeches: Sequence[Speech]) -> bool:
    """Whether the chosen actor cannot be the actor of an English clause: it stands before a passive verb, before a
    weapon that is the subject ("officials said two drones hit"), or it only speaks of an attack that is told as a noun
    ("officials confirm the attack on"), and does not claim it."""
    if not around.shape.endswith("_en"):
        return False
    head, p = around.cluster.head, around.scene.parties[party]
    if p.j > head.i:
        return False
    if around.voice in ("passive", "armed"):
        return True
    after = around.scene.tokens[head.j].norm if head.j < around.high else ""
    noun = around.shape == "noun_en" or word_class(after) in _OBJECT
    return noun and any(_speaks_of(s, p, head.i) and s.lemma not in _CLAIM for s in speeches)


def _speaks_of(speech: Speech, party: PartyMention, head: int) -> bool:
    """Whether ``party`` is the speaker of ``speech`` and its verb stands between the party and the head."""
    speaker = speech.speaker
    return speaker is not None and speaker.i < party.j and party.i < speaker.j and party.j <= speech.cue.i < head


def narrower(scene: Scene, place: int, low: int) -> int:
    """The place right before ``place`` that lies in it, where "in" joins the two; else ``place`` itself."""
    wide = scene.places[place]
    if scene.tokens[wide.i].script != "latin":
        return place
    for k in range(place - 1, -1, -1):
        near = scene.places[k]
        if near.i < low or wide.i - near.j > _BESIDE:
            break
        between = range(near.j, wide.i)
        joined = bool(between) and word_class(scene.tokens[wide.i - 1].norm) == "in"
        plain = all(
            scene.tokens[n].script == "latin" and word_class(scene.tokens[n].norm) in ("", "in") for n in between
        )
        if near.j <= wide.i and joined and plain and near.weight >= 0.5:
            return k
    return place
