"""Whose words go on where a cue names nobody, or names somebody again: the speech acts before it."""

from __future__ import annotations

from tawatur.reader.scene import Words
from tawatur.reader.speech import Speech
from tawatur.reader.speech_cues import classes
from tawatur.reader.speech_grounds import Frame, Grounds
from tawatur.reader.speech_names import Naming


class Hosts:
    """The last speech acts of a document, ``last`` oldest first."""

    def __init__(self, g: Grounds, names: Naming) -> None:
        self.g, self.names = g, names
        self.last: list[Speech] = []

    def previous(self, person: str, before: int) -> Words | None:
        speech = self.elder(person, before)
        return speech.speaker if speech else None

    def elder(self, person: str, before: int, since: int = 0) -> Speech | None:
        """The last speech before a token whose verb agrees with ``person``; failing that, the last one at all."""
        fallback: list[Speech] = []
        for s in reversed(self.last[-6:]):
            if s.cue.i >= before or s.cue.i < since or s.role == "show":
                continue
            agrees = person == "?" or s.person in (person, "?") or s.role == "per"
            if agrees and not s.nested:
                return s
            fallback.append(s)
        agreed = [s for s in fallback if person == "?" or s.person in (person, "?")]
        return next(iter(agreed or fallback), None)

    def host(self, f: Frame, start: int) -> Speech | None:
        """Whose words go on where the cue names nobody."""
        cue = f.cue
        if cue.form.shape in ("participle", "noun"):
            host = self.elder(cue.form.person, cue.i, start)
            if host is not None:
                return host
        return self.elder(cue.form.person, cue.i)

    def known(self, speaker: Words) -> Speech | None:
        """The earlier speech, told over several hands, of somebody who is named again ("the official added")."""
        norms = self.g.norms
        norm, name = norms[speaker.i], norms[speaker.j - 1]
        again = norm in classes()["again"] and self.g.definite(speaker.i)
        stem = norm.removeprefix("ال")[:5]
        for ago, s in enumerate(reversed(self.last[-6:])):
            if s.speaker is None or len(s.chain) < 2:
                continue
            if again and norms[s.speaker.i].removeprefix("ال")[:5] == stem:
                return s
            if (
                ago < 2
                and not again
                and not s.nested
                and norms[s.speaker.j - 1] == name
                and len(name) > 3
                and speaker.j - speaker.i <= 3
            ):
                return s
        return None

    def speaks(self, start: int, before: int) -> bool:
        """Whether somebody spoke since the token ``start``."""
        return bool(self.last) and start <= self.last[-1].cue.i < before

    def outlet(self, cue: int, start: int) -> Words | None:
        """The outlet that told the sentence before in the same paragraph: who is quoted next is quoted by it."""
        scene, names = self.g.scene, self.names
        if not self.last or fresh_turn(self.g, start):
            return None
        s = self.last[-1]
        here, there = scene.sentence_at(cue), scene.sentence_at(s.cue.i)
        if not s.chain or scene.sentences[here].paragraph != scene.sentences[there].paragraph or s.cue.i >= cue:
            return None
        return s.chain[0] if names.outlet(s.chain[0]) and s.role != "show" else None


def fresh_turn(g: Grounds, start: int) -> bool:
    """Whether a sentence opens with a turn to somebody else ("من جهته", "بدوره")."""
    turns = classes()["fresh"]
    return any(g.norms[k].removeprefix("و") in turns for k in range(start, min(start + 3, len(g.norms))))
