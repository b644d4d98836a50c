"""The speech acts of a document in order of the text: frames filled with speakers, chains and scopes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech import Speech
from tawatur.reader.speech_cues import Cue, classes, find_cues
from tawatur.reader.speech_forms import frame_of
from tawatur.reader.speech_frames import spoken_to
from tawatur.reader.speech_grounds import Frame, Grounds, Range
from tawatur.reader.speech_hosts import Hosts, fresh_turn
from tawatur.reader.speech_names import Naming
from tawatur.reader.speech_nearby import Nearby
from tawatur.reader.speech_per import Per, according
from tawatur.text.tokens import cut

# No sentence that people write has more words of speech; the rest of a longer run is left unread.
_MOST = 40


class SpeechReader:
    """Reads one scene; ``read`` gives its speech acts, not typed yet."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cues = find_cues(scene.tokens)
        self.g = Grounds(scene, self.cues)
        self.names = Naming(self.g)
        self.near = Nearby(scene, self.g, self.names)
        self.out: list[Speech] = []
        self.passed: set[int] = set()
        self.hosts = Hosts(self.g, self.names)

    def read(self) -> list[Speech]:
        scene = self.scene
        starts = [s.i for s in scene.sentences]
        by_sentence: dict[int, list[Cue]] = {}
        for cue in self.cues:
            by_sentence.setdefault(bisect_right(starts, cue.i) - 1, []).append(cue)
        for n in sorted(by_sentence):
            if n >= 0:
                self._sentence(n, by_sentence[n][:_MOST])
        self._headlines(by_sentence)
        self.out.sort(key=lambda s: s.cue.i)
        return self.out

    def _headlines(self, by_sentence: dict[int, list[Cue]]) -> None:
        """ "Israeli media: …": a headline that gives its source before a colon vouches for the rest; no statement."""
        scene, w = self.scene, classes()
        for n, s in enumerate(scene.sentences[:6]):
            if s.paragraph > 1:
                break
            colon = next((k for k in range(s.i + 1, min(s.j - 1, s.i + 9)) if self.g.norms[k] == ":"), None)
            if colon is None or any(c.i < colon for c in by_sentence.get(n, ())):
                continue
            named = range(s.i, colon)
            if not any(k in self.g.party_at or self.g.norms[k] in w["outlet_noun"] | w["title"] for k in named):
                continue
            speaker = self.names.pick([(s.i, colon)])
            if speaker is None:
                continue
            content = (colon + 1, s.j)
            self.out.append(
                Speech(
                    scene.words(colon, colon + 1), speaker, self.names.chain(speaker), content, _span(scene, content),
                    "reported", content, ":", "headline", "per", "colon",
                )
            )  # fmt: skip

    def _sentence(self, n: int, cues: list[Cue]) -> None:
        s = self.scene.sentences[n]
        frames: list[Frame] = []
        done = -1
        per: list[Per] = []
        for cue in cues:
            if cue.i < done:
                continue
            if cue.form.shape == "per":
                found = according(self.g, self.names, cue, cues, s.j)
                if found is not None:
                    per.append(found)
                    done = found.end
                continue
            if frames and frames[-1].cue.i == cue.i:
                continue
            frame = frame_of(self.g, cue, s.i, s.j)
            if frame is not None:
                self._goes_on(frame, frames)
                frames.append(frame)
        self._emit(frames, per, s.i, s.j)

    def _goes_on(self, frame: Frame, frames: list[Frame]) -> None:
        """ "X vows … and accuses Y": after a name told before its verb, "and" with another present verb goes on with
        that name, and what follows is the object."""
        cue = frame.cue
        if not frames or cue.form.shape != "present" or self.g.norms[cue.i][:1] != "و" or not cue.letters:
            return
        before = frames[-1]
        if (
            before.left
            and before.cue.form.shape == "present"
            and before.cue.form.person == cue.form.person
            and before.segments
        ):
            if frame.begins is None or (frame.segments and frame.kind in ("object", "prep")):
                frame.begins = frame.segments[0][0] if frame.segments else cue.j
                frame.kind = frame.kind or "object"
            frame.segments, frame.left, frame.follows = list(before.segments), False, True

    def _emit(self, frames: list[Frame], per: list[Per], start: int, stop: int) -> None:
        first = frames[0].cue.i if frames else stop
        before = [p for p in per if p.cue.i < first]
        opened = [
            self._according(p, not frames or frames[0].cue.form.shape == "participle", start, stop) for p in before
        ]
        if frames:
            self.hosts.last += [s for s in opened if s is not None]
        for f in frames:
            self._say(f, frames, start, stop)
        fresh = [s for s in self.out if start <= s.cue.i < stop and s.role != "per"]
        for p, speech in [*zip(before, opened, strict=True), *((p, None) for p in per if p.cue.i >= first)]:
            said = speech or self._according(p, not fresh, start, stop)
            if said is None:
                continue
            self._join(p, said, fresh)
            if not fresh:
                self.hosts.last.append(said)

    def _according(self, p: Per, own: bool, start: int, stop: int) -> Speech | None:
        """The speech act of "according to X", which vouches for its sentence; ``own`` where nobody else speaks in it."""
        scene, names, cue = self.scene, self.names, p.cue
        found = [w for r in p.names if (w := names.pick([r])) is not None]
        if not found:
            elder = None if p.names else self.hosts.previous("?", cue.i)
            if elder is None:
                return None
            found = [elder]
        chain = tuple(w for f in found for w in names.chain(f))
        whole = (start, stop)
        words = scene.words(cue.i, cue.j) if not cue.letters else names.cut(cue.i, cue.j, cue.letters)
        speech = Speech(
            words, found[-1], chain, whole, _span(scene, whole), "reported", whole, cue.form.lemma.name, "per",
            "per", "that" if own else "",
        )  # fmt: skip
        self.out.append(speech)
        return speech

    def _join(self, p: Per, said: Speech, fresh: list[Speech]) -> None:
        """Puts the links of "according to X" before those of the speeches in its sentence; of "citing X" after them."""
        names, link = self.names, said.chain
        relayed = p.cue.form.shape == "per" and "نقلا" in self.g.norms[p.cue.i]
        for k, s in enumerate(fresh):
            if not link or any(w.i == link[-1].i for w in s.chain):
                continue
            if not relayed and not s.told and s.chain and not names.outlet(link[0]) and not names.outlet(s.chain[0]):
                continue
            first = relayed or (s.chain and names.outlet(s.chain[0]) and not names.outlet(link[0]))
            joined = (
                (*s.chain, *link)
                if first
                else (*link, *(w for w in s.chain if not any(names.alike(w, x) for x in link)))
            )
            fresh[k] = replace(s, chain=joined, speaker=said.speaker if first else s.speaker, link="joined")
            self._swap(s, fresh[k])

    def _swap(self, old: Speech, new: Speech) -> None:
        for lists in (self.out, self.hosts.last):
            for k, s in enumerate(lists):
                if s is old:
                    lists[k] = new

    def _say(self, f: Frame, frames: list[Frame], start: int, stop: int) -> None:
        scene, names, cue = self.scene, self.names, f.cue
        if cue.i in self.passed:
            return
        form = cue.form
        relay = form.lemma.role == "relay"
        origin: Words | None = None
        begins = f.begins
        if relay and f.kind == "prep" and begins is not None:
            j = names.extent(begins, stop)
            origin = names.pick([(begins, j)])
            begins = j
            f.kind = "that"
            own = next(
                (o for o in frames if o.cue.form.shape == "noun" and o.cue.form.pronoun and j <= o.cue.i <= j + 1), None
            )
            if own is not None:
                # "نقلت القناة عن فلان قوله": the word that hands his words on is the noun.
                self.passed.add(own.cue.i)
                cue, begins, f.kind = own.cue, own.begins, own.kind
        elif f.segments and form.lemma.lang == "ar":
            begins, origin = self.near.handed_on(f, begins, stop)
        speaker: Words | None = None
        told = True
        if f.segments and form.shape not in ("participle",) and not (form.shape == "noun" and form.pronoun):
            speaker = names.pick(f.segments)
        elder: Speech | None = None
        beside = form.pronoun and self.g.norms[cue.i - 1] == "ما"
        if speaker is None and form.shape in ("past", "present"):
            speaker = self.near.antecedent(cue.i, start)
            beside = beside or speaker is not None
        if speaker is None:
            told = False
            if form.shape == "participle" and not self.hosts.speaks(start, cue.i):
                speaker = self.near.subject(start, cue.i)
        if speaker is None:
            elder = self.hosts.host(f, start)
            speaker = elder.speaker if elder else None
            if (
                elder is None
                and form.lemma.lang == "en"
                and cue.i > start
                and self.g.norms[cue.i - 1] in classes()["en_we"]
            ):
                speaker = self.near.author()
        end = self.near.content_end(f, begins, [o for o in frames if o.cue.i not in self.passed], stop)
        if f.kind == "before":
            end = cue.i
        if begins == stop and f.kind in ("quote", "colon") and (after := self.near.next_paragraph(stop)) is not None:
            end = after
        content = (begins, end) if begins is not None and begins < end else None
        chain: tuple[Words, ...]
        link = ""
        if elder is not None:
            chain = elder.chain
            link = "goes on"
        elif speaker is not None:
            chain = names.chain(speaker)
            same = self.hosts.known(speaker) if not fresh_turn(self.g, start) else None
            if same is not None and len(same.chain) > 1:
                chain = (*same.chain[:-1], *chain)
                link = "again"
        else:
            chain = ()
        if f.addressee is None and told and cue.form.lemma.lang == "ar":
            f.addressee = spoken_to(self.g, start, cue.i)
        if f.addressee is not None and speaker is not None:
            to = names.pick([f.addressee])
            if to is not None and not names.own(to) and (not chain or to.i != chain[0].i):
                chain = (to, *(w for w in chain[-1:] if not names.alike(w, to)))
                link = "told"
        if origin is not None:
            chain = (*chain, *names.chain(origin))
            speaker = origin
            link = "quotes"
        outer = None if beside else self._outer(cue.i)
        if outer is not None and elder is not outer and outer.chain and speaker is not None:
            front = tuple(w for w in outer.chain if not any(names.alike(w, x) for x in chain))
            if outer.role != "show":
                if front:
                    link = "nested"
                chain = (*front, *chain)
        if (
            form.lemma.lang == "ar"
            and len(chain) == 1
            and elder is None
            and not beside
            and speaker is not None
            and not names.outlet(speaker)
        ):
            outlet = self.hosts.outlet(cue.i, start)
            if outlet is not None and not names.alike(outlet, speaker):
                chain, link = (outlet, *chain), "carried"
        scope = content or (start, cue.j)
        if form.lemma.role == "claim":
            scope = (cue.i, scope[1])
        if content is None and not f.kind:
            scope = (start, cue.j)
        words = names.cut(cue.i, cue.j, cue.letters) if cue.letters else scene.words(cue.i, cue.j)
        if cue.ends:
            words = replace(words, end=cut(scene.text, scene.tokens[cue.i], cue.ends))
        quoted = content is not None and any(
            a - content[0] <= 3 and b - a >= 4 for a, b in scene.quotes if content[0] <= a < content[1]
        )
        target = scene.words(*f.target) if f.target else None
        speech = Speech(
            words, speaker, chain, content, _span(scene, content) if content else None,
            "quoted" if quoted or f.kind in ("quote", "colon") else "reported", scope, cue.form.lemma.name,
            cue.form.lemma.role, cue.form.shape, f.kind, target, f.time, person=form.person, told=told,
            nested=outer is not None and outer.speaker is not None and elder is not outer, link=link,
        )  # fmt: skip
        self.out.append(speech)
        if speaker is not None:
            self.hosts.last.append(speech)

    def _outer(self, token: int) -> Speech | None:
        for s in reversed(self.out[-8:]):
            if s.content is not None and s.content[0] <= token < s.content[1]:
                return s
        return None


def _span(scene: Scene, r: Range) -> Range:
    return scene.tokens[r[0]].start, scene.tokens[r[1] - 1].end
