"""What stands around a speech: whom an outlet quotes, who else a sentence names as its subject, where words said end."""

from __future__ import annotations

from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech_cues import classes
from tawatur.reader.speech_grounds import Frame, Grounds
from tawatur.reader.speech_names import Naming
from tawatur.reader.speech_per import handed_on, tells, told_to


class Nearby:
    """Looks around in one scene; remembers nothing."""

    def __init__(self, scene: Scene, g: Grounds, names: Naming) -> None:
        self.scene, self.g, self.names = scene, g, names

    def handed_on(self, f: Frame, begins: int | None, stop: int) -> tuple[int | None, Words | None]:
        """Whom an outlet quotes ("كشفت القناة، عن مصادر …، وجود"), where what was said begins then; and the outlet
        that somebody tells ("أبلغ المسؤول وكالة …")."""
        g, names = self.g, self.names
        a, b = f.segments[0]
        for n, (c, d) in enumerate(f.segments[1:], 1):
            if tells(g, f.cue, c) and f.addressee is None:
                f.addressee, f.segments = (c, d), [*f.segments[:n], *f.segments[n + 1 :]]
                return begins, None
        if (k := told_to(g, f.cue, a, b)) is not None:
            f.addressee, f.segments = (k, b), [(a, k), *f.segments[1:]]
            return begins, None
        if (k := handed_on(g, a, b)) is not None:
            f.segments = [(a, k)]
            return begins, names.pick([(k + 1, b)])
        if (
            f.kind == "prep"
            and begins is not None
            and g.norms[begins - 1] == "عن"
            and g.norms[begins] in classes()["origin"]
        ):
            outlet = names.pick(f.segments)
            if outlet is not None and names.outlet(outlet):
                j = names.extent(begins, stop)
                if j < stop and g.norms[j] == ",":
                    j += 1
                return (j if j < stop else begins), names.pick([(begins, j)])
        return begins, None

    def content_end(self, f: Frame, begins: int | None, frames: list[Frame], stop: int) -> int:
        """The end of the sentence, or the next verb of speech that "and" or "while" sets beside this one."""
        if begins is None:
            return stop
        quotes = [(a, b) for a, b in self.scene.quotes if begins - 1 <= a and b - a > 4]
        norms, w = self.g.norms, classes()
        for other in frames:
            k = other.cue.i
            if k <= begins:
                continue
            if any(a <= k < b for a, b in quotes):
                continue
            if other.cue.form.shape == "participle":
                return k
            if other.cue.form.shape in ("past", "present"):
                if other.left and other.segments:
                    first = min(a for a, _ in other.segments)
                    if first > begins and self.g.joined(first):
                        return first
                    continue
                beside = other.cue.letters or norms[k - 1] in w["break"] or norms[k - 1] == ","
                if beside:
                    back = k - 1
                    return k if norms[back] not in w["break"] else back
        end = stop
        for k in range(begins + 3, stop):
            turns = norms[k] in w["turn"] or (
                norms[k] == "في" and norms[min(k + 1, stop - 1)] in ("حين", "وقت", "المقابل")
            )
            if turns and norms[k - 1] == "," and not any(a <= k < b for a, b in quotes):
                end = k
                break
        for a, b in quotes:
            if a - begins <= 2 and b > end:
                end = b
        return end

    def next_paragraph(self, token: int) -> int | None:
        """The end of the paragraph that begins at ``token``, which a line that ends with a colon brings in."""
        scene = self.scene
        if token >= len(scene.tokens):
            return None
        n = scene.sentence_at(token)
        here = scene.sentences[n].paragraph
        while n + 1 < len(scene.sentences) and scene.sentences[n + 1].paragraph == here:
            n += 1
        return scene.sentences[n].j

    def author(self) -> Words | None:
        """The person whom the first sentences of a statement name."""
        limit = self.scene.sentences[min(1, len(self.scene.sentences) - 1)].j
        person = next((p for p in self.scene.parties if p.person is not None and p.j <= limit), None)
        return self.names.pick([(person.i, person.j)]) if person is not None else None

    def subject(self, start: int, before: int) -> Words | None:
        """The party that a sentence opens with, after at most two words ("وردّت القوات في بيان نافيةً …")."""
        w, norms = classes(), self.g.norms
        since = start
        for k in range(start, min(start + 9, before)):
            if norms[k] == ",":
                since = k + 1
            elif (party := self.g.party_at.get(k)) is not None:
                if k - since <= 2 and party.j <= before and party.head != "place":
                    return self.names.pick([(party.i, party.j)])
                return None
            elif norms[k] in w["preposition"] and k > since:
                return None
        return None

    def antecedent(self, verb: int, start: int) -> Words | None:
        """Whom a relative clause speaks of: the party named right before "who" ("الوزير فلان، الذي دعا إلى …")."""
        norms = self.g.norms
        if verb - 2 < start or norms[verb - 1] not in classes()["who"]:
            return None
        end = verb - 1 if norms[verb - 2] != "," else verb - 2
        party = next(
            (p for k in range(end - 1, max(start, end - 8) - 1, -1) if (p := self.g.party_at.get(k)) and p.j == end),
            None,
        )
        return self.names.pick([(party.i, party.j)]) if party is not None else None
