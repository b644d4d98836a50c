"""Which words the rules reader would link to an anchor, so that the network can weigh its choice."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.reader.events import Draft, listed_places
from tawatur.reader.rules import Seen
from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech import Speech

ROLES = (
    "actor", "target", "place", "time", "weapon", "killed", "injured", "attacks", "munitions", "percent", "other",
    "origin", "outer", "cue",
)  # fmt: skip
"""The roles that a word can play for an anchor. A source is ``origin`` (the last of its chain) or ``outer`` (each
before it); a number plays the role of what it counts, counted places are ``other``."""
NUMBERS = frozenset(("killed", "injured", "attacks", "munitions", "percent", "other"))
Pick = tuple[str, int]
"""A role and the first token of the words that play it."""


class Hints:
    """The choices of the rules reader by the token of an anchor. ``exact``: what it chose for a telling that holds the
    token; ``near``: for the nearest telling in the same sentence."""

    def __init__(self, seen: Seen) -> None:
        self.scene = seen.scene
        self._tellings: list[tuple[range, int, list[Pick]]] = []
        self._exact: dict[int, list[Pick]] = {}
        for d in seen.drafts:
            picks = list(_of_draft(seen, d))
            for t in (d.cluster.head, *d.cluster.others):
                self._exact.setdefault(t.i, picks)
            self._tellings.append((range(d.cluster.head.i, d.cluster.head.j), d.cluster.sentence, picks))
        for s in seen.said:
            picks = list(_of_speech(s))
            for k in range(s.cue.i, s.cue.j):
                self._exact[k] = picks
            self._tellings.append((range(s.cue.i, s.cue.j), seen.scene.sentence_at(s.cue.i), picks))

    def at(self, token: int) -> tuple[list[Pick], list[Pick]]:
        """The picks for the telling that holds the token, and those for the nearest one in its sentence."""
        sentence = self.scene.sentence_at(token)
        near = [(abs(r.start - token), n) for n, (r, s, _) in enumerate(self._tellings) if s == sentence]
        return self._exact.get(token, []), self._tellings[min(near)[1]][2] if near else []


def _of_draft(seen: Seen, d: Draft) -> Iterator[Pick]:
    scene = seen.scene
    if d.actor >= 0:
        yield "actor", _first(scene, d.actor)
    if d.target is not None:
        yield "target", d.target.i
    for n in listed_places(scene, d):
        yield "place", scene.places[n].i
    if d.time >= 0:
        yield "time", scene.times[d.time].i
    for n in d.weapons:
        yield "weapon", scene.weapons[n].i
    for n, of in d.numbers:
        yield of if of in NUMBERS else "other", scene.numbers[n].i
    speech = seen.speeches[d.source] if d.source >= 0 else None
    if speech is not None and speech.chain:
        yield from _chain(speech.chain)
        yield "cue", speech.cue.i


def _first(scene: Scene, party: int) -> int:
    p = scene.parties[party]
    if p.person is None:
        return p.i
    return next((k for k in range(p.i, p.j) if scene.tokens[k].end > p.person[0]), p.i)


def _of_speech(s: Speech) -> Iterator[Pick]:
    if s.speaker is not None:
        yield "actor", s.speaker.i
    if s.target is not None:
        yield "target", s.target.i
    yield from _chain(s.chain or ((s.speaker,) if s.speaker is not None else ()))
    yield "cue", s.cue.i


def _chain(chain: tuple[Words, ...]) -> Iterator[Pick]:
    for w in chain[:-1]:
        yield "outer", w.i
    for w in chain[-1:]:
        yield "origin", w.i
