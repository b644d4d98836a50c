"""Whose word a happening is: the speech acts around a cluster as candidates, with the features they are chosen by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.reader.candidates import Around
from tawatur.reader.roles import NONE, Choice
from tawatur.reader.scene import Scene
from tawatur.reader.speech import Speech, vouching

_ALSO = frozenset({"كما", "ايضا", "وايضا", "كذلك", "وكذلك", "اضافه", "also"})


@dataclass(slots=True)
class Voucher:
    """What the chosen speech tells of an anchor: its index, the speaker among the parties, the day told for it."""

    key: int = -1
    speaker: int = -1
    mode: str = ""
    claim: bool = False
    time: int = -1
    links: int = 0


class Sources:
    """The speech acts of a document, ready to be asked about any cluster."""

    def __init__(self, scene: Scene, speeches: Sequence[Speech]) -> None:
        self.scene = scene
        self.speeches = speeches
        self._ask = vouching(list(speeches), scene)
        self._index = {id(s): n for n, s in enumerate(speeches)}
        self._sentence = [scene.sentence_at(s.cue.i) for s in speeches]
        at = {(p.start, p.end): n for n, p in enumerate(scene.parties)}
        self._speaker = [at.get((s.speaker.start, s.speaker.end), -1) if s.speaker else -1 for s in speeches]

    def voucher(self, key: int) -> Voucher:
        if key < 0:
            return Voucher()
        s = self.speeches[key]
        return Voucher(key, self._speaker[key], s.mode, s.claim, -1 if s.time is None else s.time, len(s.chain))

    def choice(self, around: Around) -> Choice:
        """The speeches of the sentence and of the two before it, and whichever has the anchor in its scope."""
        scene, out = self.scene, Choice()
        cluster, head = around.cluster, around.cluster.head
        here = cluster.sentence
        paragraph = scene.sentences[here].paragraph
        asked = self._ask(head.i)
        inner = self._index[id(asked)] if asked is not None else -1
        also = any(scene.tokens[k].norm in _ALSO for k in range(around.low, min(around.low + 3, head.i + 1)))
        row, shape = around.row, around.shape
        any_here = False
        rank = 0
        for n in range(len(self.speeches) - 1, -1, -1):
            s = self.speeches[n]
            back = here - self._sentence[n]
            if not (0 <= back <= 2 or n == inner):
                continue
            any_here = any_here or back == 0
            side = "after" if s.cue.i >= head.j else "before"
            where = (
                "same"
                if back == 0
                else "paragraph"
                if scene.sentences[self._sentence[n]].paragraph == paragraph
                else "other"
            )
            kind = scene.parties[self._speaker[n]].kind if self._speaker[n] >= 0 else "none"
            inside = s.scope[0] <= head.i < s.scope[1]
            said = s.content is not None and s.content[0] <= head.i < s.content[1]
            feats = [
                f"{where}.{side}", f"{where}.{s.shape}.{side}", f"kind.{kind}", f"{where}.{kind}", f"chain{min(len(s.chain), 2)}",
                f"{'in' if inside else 'out'}.{where}", f"{'said' if said else 'unsaid'}.{where}.{s.mode}", f"lemma.{s.lemma}",
                f"{s.shape}.{s.role}", f"{'said' if said else 'unsaid'}.{s.shape}", f"strong.{s.strong}", f"type.{s.type}.{where}",
            ]  # fmt: skip
            if n == inner:
                feats += ["inner", f"inner.{where}", f"inner.{s.shape}", f"inner.{kind}"]
            if where != "same":
                feats.append(f"{where}.rank{min(rank, 2)}")
                if also:
                    feats.append(f"{where}.also")
                if head.definite:
                    feats.append(f"{where}.definite")
                feats.append(f"{where}.paragraph{min(paragraph, 3)}")
                rank += 1
            if s.claim:
                feats += ["claim", f"claim.{where}.{'said' if said else 'unsaid'}", f"claim.{row}"]
            if s.speaker is None:
                feats.append("nospeaker")
            if around.first == "first" and head.verb and not inside and back == 0:
                feats.append("own.clause")
            out.add(n, feats)
        none = ["none", f"none.{row}", f"none.{shape}", f"none.paragraph{min(paragraph, 3)}", f"none.{around.first}"]
        if not any_here:
            none.append("none.nospeech")
        if also:
            none.append("none.also")
        if inner < 0:
            none.append("none.noscope")
        out.add(NONE, none)
        return out
