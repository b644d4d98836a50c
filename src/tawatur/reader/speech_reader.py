"""The speech acts of a document in order of the text: frames filled with speakers, chains and scopes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech import Speech
from tawatur.reader.speech_cues import Cue, classes, find_cues
from tawatur.reader.speech_english import english
from tawatur.reader.speech_frames import Frame, Grounds, Range, left_of, right_of, split_name
from tawatur.reader.speech_names import Naming
from tawatur.text.tokens import cut


class SpeechReader:
    """Reads one scene; ``read`` gives its speech acts, not typed yet."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cues = find_cues(scene.tokens)
        self.g = Grounds(scene, self.cues)
        self.names = Naming(self.g)
        self.out: list[Speech] = []
        self.last: list[Speech] = []

    def read(self) -> list[Speech]:
        scene = self.scene
        starts = [s.i for s in scene.sentences]
        by_sentence: dict[int, list[Cue]] = {}
        for cue in self.cues:
            by_sentence.setdefault(bisect_right(starts, cue.i) - 1, []).append(cue)
        for n in sorted(by_sentence):
            if n >= 0:
                self._sentence(n, by_sentence[n])
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
        per: list[tuple[Cue, Range | None, int]] = []
        for cue in cues:
            if cue.i < done:
                continue
            if cue.form.shape == "per":
                found = self._per(cue, cues, s.i, s.j)
                if found is not None:
                    per.append(found)
                    done = found[2]
                continue
            if frames and frames[-1].cue.i == cue.i:
                continue
            frame = self._frame(cue, s.i, s.j)
            if frame is not None:
                frames.append(frame)
        self._emit(frames, per, s.i, s.j)

    def _frame(self, cue: Cue, start: int, stop: int) -> Frame | None:
        """The frame of a cue, or None where the form is no speech here."""
        g, norms, form = self.g, self.g.norms, cue.form
        if form.lemma.lang == "en":
            return english(g, cue, start, stop)
        frame = right_of(g, cue, stop)
        lemma = form.lemma
        clause = frame.kind in ("that", "colon", "quote") or (frame.kind == "object" and not lemma.needs)
        if frame.kind == "object" and form.shape in ("past", "present") and frame.segments:
            left = left_of(g, cue, start) if self._after_subject(cue, start) else []
            if left:
                frame.segments, frame.left = left, True
                frame.begins = cue.j
        if form.shape == "participle":
            if frame.begins is None:
                if "obj" not in lemma.governs or not frame.segments or cue.i == start or norms[cue.i - 1] != ",":
                    return None
                frame.begins, frame.kind = cue.j, "object"
            elif (
                frame.begins - cue.j > 14
                or (lemma.needs and not clause)
                or ("obj" not in lemma.governs and frame.segments and frame.kind not in ("colon", "quote", "that"))
            ):
                return None
            return frame
        if form.shape == "noun":
            if not form.pronoun and lemma.name in ("حديث", "طلب", "كشف", "وصف", "تعليق"):
                return None
            if frame.begins is None or frame.begins - cue.j > (4 if form.pronoun else 9):
                return None
            if not clause and (form.pronoun or cue.i != start):
                return None
            if frame.kind == "quote" and not form.pronoun:
                return None
            return frame
        if lemma.role == "relay":
            if not frame.segments:
                frame.segments = left_of(g, cue, start)
            return frame if frame.begins is not None or form.pronoun else None
        if form.pronoun and frame.begins is None:
            frame.kind = ""
            return frame if frame.segments and lemma.needs == "" else None
        if lemma.needs == "strict" and not clause:
            return None
        if lemma.needs == "prep" and frame.begins is None:
            return None
        if lemma.needs == "duty" and not any(n in classes()["duty"] for n in norms[cue.j : min(stop, cue.j + 22)]):
            return None
        if "both" in lemma.governs and clause and frame.segments and self._after_subject(cue, start):
            left = left_of(g, cue, start)
            if left:
                frame.segments, frame.left = left, True
        if lemma.role == "text" and (not clause or norms[cue.j] not in ("في", "فيه", "فيها")):
            return None
        if not clause and form.shape == "present" and norms[cue.i][:1] in "نا":
            return None
        if frame.begins is None or (frame.kind == "prep" and "both" in lemma.governs):
            if "obj" in lemma.governs and not form.pronoun:
                if frame.segments:
                    a, b = frame.segments[0]
                    left = left_of(g, cue, start) if self._after_subject(cue, start) else []
                    if not left and self._object(a, form.person):
                        frame.segments, frame.begins, frame.kind = [], frame.begins or a, frame.kind or "object"
                        frame.segments = left_of(g, cue, start)
                        frame.left = bool(frame.segments)
                        return frame
                    if left:
                        frame.segments, frame.left, frame.begins = left, True, cue.j
                        frame.kind = frame.kind or "object"
                        return frame
                    cut = split_name(g, a, b)
                    rest = [(cut, b)] if cut < b else []
                    frame.segments = [(a, cut), *([] if rest else frame.segments[1:])]
                    frame.begins = frame.begins if frame.kind == "prep" else (rest[0][0] if rest else min(b + 1, stop))
                    frame.kind = frame.kind or "object"
                    if rest:
                        frame.target = rest[0]
            elif frame.begins is None:
                if norms[cue.i - 1] not in ("كما", "ما", "لما", "مثلما") or cue.i == start:
                    return None
                frame.kind = ""
        if not frame.segments and frame.kind:
            frame.segments = left_of(g, cue, start)
            frame.left = bool(frame.segments)
        return frame

    def _after_subject(self, cue: Cue, start: int) -> bool:
        """Whether the verb stands where its speaker is named before it: headlines, "كان … قد", "أنّ … قال", "أما … ف"."""
        norms = self.g.norms
        if cue.i == start or (cue.letters and norms[cue.i][:1] != "ف"):
            return False
        if cue.form.shape == "present" or norms[cue.i - 1] in ("قد", "كان", "كانت", "كانوا"):
            return True
        left = left_of(self.g, cue, start)
        if not left:
            return False
        before = left[0][0] - 1
        return before >= start and (
            before in self.g.that or norms[before] in ("كان", "كانت", "وكان", "وكانت", "اما", "لكن")
        )

    def _object(self, i: int, person: str) -> bool:
        """Whether a noun after the verb carries the speaker's own pronoun ("أكدت دعمها"): then it is no speaker."""
        token = self.scene.tokens[i]
        word = self.scene.text[token.start : token.end]
        if i in self.g.party_at or token.norm[:2] == "ال" or len(token.norm) < 5:
            return False
        return word.endswith({"f": "ها", "p": "هم"}.get(person, "ه"))

    def _per(self, cue: Cue, cues: list[Cue], start: int, stop: int) -> tuple[Cue, Range | None, int] | None:
        """ "According to X", "as X announced": the cue to show, the name, and the token after it."""
        g, norms = self.g, self.g.norms
        i = cue.j
        if i >= stop:
            return None
        if norms[i] in ("عن", "الي", "علي", "ل"):
            i += 1
        inner = [c for c in cues if i <= c.i <= i + 3 and c.form.shape in ("past", "present")]
        what = i < stop and (
            norms[i] in ("ما", "لما", "عما") or norms[cue.i].endswith("حسبما") or norms[cue.i] == "وفقما"
        )
        if what and inner and inner[0].i - i <= 2:
            frame = right_of(g, inner[0], stop)
            if inner[0].form.lemma.role == "relay" and frame.kind == "prep" and frame.begins is not None:
                return cue, self._relay_names(frame, stop), frame.begins
            end = frame.segments[-1][1] if frame.segments else inner[0].j
            return inner[0], frame.segments[0] if frame.segments else None, end
        if i >= stop or norms[i] in classes()["self"]:
            return None
        j = self.names.extent(i, stop)
        return cue, (i, j), j

    def _relay_names(self, frame: Frame, stop: int) -> Range | None:
        """For "what X relayed from Y": the range of X and Y together is not one name; Y is kept for the chain."""
        return frame.segments[0] if frame.segments else None

    def _emit(self, frames: list[Frame], per: list[tuple[Cue, Range | None, int]], start: int, stop: int) -> None:
        scene, names = self.scene, self.names
        for f in frames:
            self._say(f, frames, start, stop)
        fresh = [s for s in self.out if start <= s.cue.i < stop]
        for cue, name, _end in per:
            found = names.pick([name]) if name else self._previous("?", cue.i)
            if found is None:
                continue
            link = names.chain(found)
            whole = (start, stop)
            inside = [s for s in fresh if s.role != "per"]
            relayed = cue.form.shape == "per" and "نقلا" in self.g.norms[cue.i]
            for s in inside:
                if not link or any(w.i == link[-1].i for w in s.chain):
                    continue
                first = relayed or (s.chain and names.outlet(s.chain[0]) and not names.outlet(link[0]))
                joined = (*s.chain, *link) if first else (*link, *s.chain)
                speaker = found if first else s.speaker
                self._swap(s, replace(s, chain=joined, speaker=speaker))
            words = scene.words(cue.i, cue.j) if not cue.letters else names.cut(cue.i, cue.j, cue.letters)
            speech = Speech(
                words, found, link, whole, _span(scene, whole), "reported", whole, cue.form.lemma.name, "per",
                "per", "that" if not inside else "",
            )  # fmt: skip
            self.out.append(speech)
            if not inside:
                self.last.append(speech)

    def _swap(self, old: Speech, new: Speech) -> None:
        for lists in (self.out, self.last):
            for k, s in enumerate(lists):
                if s is old:
                    lists[k] = new

    def _say(self, f: Frame, frames: list[Frame], start: int, stop: int) -> None:
        scene, names, cue = self.scene, self.names, f.cue
        form = cue.form
        relay = form.lemma.role == "relay"
        origin: Words | None = None
        begins = f.begins
        if relay and f.kind == "prep" and begins is not None:
            j = names.extent(begins, stop)
            origin = names.pick([(begins, j)])
            begins = j
            f.kind = "that"
        speaker: Words | None = None
        told = True
        if f.segments and form.shape not in ("participle",) and not (form.shape == "noun" and form.pronoun):
            speaker = names.pick(f.segments)
        elder: Speech | None = None
        if speaker is None:
            told = False
            elder = self._host(f, start)
            speaker = elder.speaker if elder else None
        end = self._content_end(f, begins, frames, stop)
        if f.kind == "before":
            end = cue.i
        content = (begins, end) if begins is not None and begins < end else None
        chain: tuple[Words, ...]
        if elder is not None:
            chain = elder.chain
        elif speaker is not None:
            chain = names.chain(speaker)
            same = self._known(speaker)
            if same is not None and len(same.chain) > 1:
                chain = (*same.chain[:-1], *chain)
        else:
            chain = ()
        if f.addressee is not None and speaker is not None:
            to = names.pick([f.addressee])
            if to is not None and not names.own(to) and (not chain or to.i != chain[0].i):
                chain = (to, *(w for w in chain[-1:] if not names.alike(w, to)))
        if origin is not None:
            chain = (*chain, origin)
            speaker = origin
        outer = self._outer(cue.i)
        if outer is not None and elder is not outer and outer.chain and speaker is not None:
            front = tuple(w for w in outer.chain if not any(names.alike(w, x) for x in chain))
            if outer.role != "show":
                chain = (*front, *chain)
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
            "quoted" if quoted or f.kind in ("quote", "colon") else "reported", scope, form.lemma.name,
            form.lemma.role, form.shape, f.kind, target, f.time, person=form.person, told=told,
            nested=outer is not None and outer.speaker is not None and elder is not outer,
        )  # fmt: skip
        self.out.append(speech)
        if speaker is not None:
            self.last.append(speech)

    def _content_end(self, f: Frame, begins: int | None, frames: list[Frame], stop: int) -> int:
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
                beside = other.cue.letters or norms[k - 1] in w["break"] or norms[k - 1] == ","
                if beside and not other.left:
                    back = k - 1
                    return k if norms[back] not in w["break"] else back
        end = stop
        for k in range(begins + 3, stop):
            if norms[k] in w["turn"] and norms[k - 1] == "," and not any(a <= k < b for a, b in quotes):
                end = k
                break
        for a, b in quotes:
            if a - begins <= 2 and b > end:
                end = b
        return end

    def _previous(self, person: str, before: int) -> Words | None:
        speech = self._elder(person, before)
        return speech.speaker if speech else None

    def _elder(self, person: str, before: int, since: int = 0) -> Speech | None:
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

    def _host(self, f: Frame, start: int) -> Speech | None:
        """Whose words go on where the cue names nobody."""
        cue = f.cue
        if cue.form.shape in ("participle", "noun"):
            host = self._elder(cue.form.person, cue.i, start)
            if host is not None:
                return host
        return self._elder(cue.form.person, cue.i)

    def _known(self, speaker: Words) -> Speech | None:
        """The earlier speech, told over several hands, of somebody who is named again ("the official added")."""
        norms = self.g.norms
        norm, name = norms[speaker.i], norms[speaker.j - 1]
        again = norm in classes()["again"]
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

    def _outer(self, token: int) -> Speech | None:
        for s in reversed(self.out[-8:]):
            if s.content is not None and s.content[0] <= token < s.content[1]:
                return s
        return None


def _span(scene: Scene, r: Range) -> Range:
    return scene.tokens[r[0]].start, scene.tokens[r[1] - 1].end
