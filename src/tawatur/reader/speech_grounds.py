"""What a scene offers to the frames of speech cues: parties, quotations, openings of clauses, each by token."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tawatur.meaning.actors import PartyMention
from tawatur.reader.scene import Scene
from tawatur.reader.speech_cues import Cue, classes
from tawatur.reader.speech_words import deed

_GLUED_THAT = re.compile("ب?[أإ]ن\u0651")
_GLUED_END = re.compile("[أإ]ن\u0651$")
Range = tuple[int, int]


@dataclass(slots=True)
class Frame:
    """Token ranges around one cue. ``begins`` is where what was said starts, ``kind`` how it is introduced:
    that, prep, colon, quote, object, or empty where nothing follows."""

    cue: Cue
    segments: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    begins: int | None = None
    kind: str = ""
    target: Range | None = None
    time: int | None = None
    left: bool = False
    follows: bool = False
    stop: int = 0


class Grounds:
    """What of a scene the frames look up again and again: parties and quotations by their first token, times."""

    def __init__(self, scene: Scene, cues: list[Cue]) -> None:
        self.scene = scene
        self.norms = [t.norm for t in scene.tokens]
        self.party_at: dict[int, PartyMention] = {}
        for p in scene.parties:
            if p.head in ("demonym", "site"):
                continue
            if p.i not in self.party_at or self.party_at[p.i].j < p.j:
                self.party_at[p.i] = p
        self.quote_at = {i - 1: j for i, j in reversed(scene.quotes)}
        self.place_at = {p.i for p in scene.places}
        self.deeds = {k for k, n in enumerate(self.norms) if deed(n) and not self.per(k)}
        self.time_at = {t.i: n for n, t in enumerate(scene.times)}
        that = classes()["that"]
        self.that = {k for k, n in enumerate(self.norms) if n in that}
        for k, n in enumerate(self.norms):
            # Pages that lose the space around a link glue the words: "أنّهجوماً", "للميادينأنّ".
            if len(n) > 4 and "ان" in n and k not in self.that:
                word = scene.text[scene.tokens[k].start : scene.tokens[k].end]
                if _GLUED_THAT.match(word):
                    self.that.add(k)
                elif _GLUED_END.search(word) and k + 1 < len(self.norms):
                    self.that.add(k + 1)
        self.glued = {c.i: c.ends for c in cues if c.ends}
        titles = classes()["head"] | classes()["title"]
        self.verbs = {
            c.i
            for c in cues
            if c.form.shape in ("participle", "past", "present")
            and not c.form.pronoun
            and not c.ends
            and self.norms[c.i][c.letters :] not in titles
            and not self.per(c.i)
        }
        self.breakers = {
            c.i
            for c in cues
            if c.form.shape in ("participle", "past", "present") and not c.form.lemma.needs and not self.per(c.i)
        }

    def joined(self, k: int) -> bool:
        """Whether the word carries an "and" that is no part of it."""
        norm = self.norms[k]
        if norm[:1] != "و" or len(norm) < 4 or norm in classes()["not_w"] or norm in classes()["head"]:
            return False
        party = self.party_at.get(k)
        return party is None or party.start > self.scene.tokens[k].start

    def per(self, k: int) -> bool:
        """Whether the token says "according to"."""
        norm = self.norms[k]
        return norm in classes()["per"] or (norm[:1] in "وف" and norm[1:] in classes()["per"])

    def definite(self, k: int) -> bool:
        """Whether the word has the article; a name whose first letter is a hamza folds to the same letters."""
        t = self.scene.tokens[k]
        return t.norm[:2] == "ال" and self.scene.text[t.start] in "ا\u0671"
