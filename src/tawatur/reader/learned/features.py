"""What the tables and the rules reader see in each word, as named features that the network takes in beside the word.

The network learns how far to trust each. A name that a model does not know is passed over, so that tables may grow
after a model was trained.
"""

from __future__ import annotations

from tawatur.reader.clauses import preposition, word_class
from tawatur.reader.events import usable_triggers
from tawatur.reader.rules import Seen
from tawatur.reader.scene import Ranged, Scene

MOST = 16
"""Features of a word at most; what comes after is left out."""
_STEPS = (0.15, 0.3, 0.5, 0.65, 0.8, 0.9, 0.97)


def step(value: float) -> int:
    """A probability in coarse steps, 0 to 7."""
    return sum(value >= s for s in _STEPS)


def word_features(seen: Seen) -> list[list[str]]:
    """For each token of the scene the names of its features, the weightiest first."""
    scene = seen.scene
    out: list[list[str]] = [[] for _ in scene.tokens]
    _choices(out, seen)
    for t in usable_triggers(scene):
        for k in range(t.i, t.j):
            out[k] += [f"trigger.{t.sense.type}", f"row.{t.sense.id}", f"shape.{t.sense.shape}.{t.sense.count}"]
            out[k] += [f"flag.{f}" for f in sorted(t.sense.flags)]
    _mentions(out, scene)
    _layout(out, scene)
    for k, token in enumerate(scene.tokens):
        if token.script == "mark":
            continue
        cls = word_class(token.norm)
        if cls:
            out[k].append(f"class.{cls}")
        if token.script == "arabic":
            prefix = preposition(token.norm)
            if prefix:
                out[k].append(f"clitic.{prefix}")
    return [names[:MOST] for names in out]


def _choices(out: list[list[str]], seen: Seen) -> None:
    """What the rules reader would make of a word."""
    for d in seen.drafts:
        head = d.cluster.head.i
        out[head] += [f"draft.{d.kind}", f"keep{step(d.keep)}", f"type.{d.type}"]
        if d.outcome:
            out[head].append(f"outcome.{d.outcome}")
        if d.status != "happened":
            out[head].append(f"status.{d.status}")
        for t in d.cluster.others:
            out[t.i].append(f"draft.other{step(d.keep)}")
    said = {id(s) for s in seen.said}
    cues = {(s.cue.i, s.cue.j): s for s in seen.said}
    for s in [*seen.said, *[s for s in seen.speeches if id(s) not in said]]:
        kept = cues.get((s.cue.i, s.cue.j))
        if kept is not None and kept is not s:
            continue
        for k in range(s.cue.i, min(s.cue.j, s.cue.i + 4)):
            out[k] += [f"cue.{s.role}", f"cue.shape.{s.shape}", f"speech.{s.type}" if kept else "speech.none"]
            if kept:
                out[k].append(f"said{step(s.score)}")
        if s.speaker is not None:
            _range(out, "speaker", s.speaker)


def _range(out: list[list[str]], name: str, m: Ranged) -> None:
    for k in range(m.i, min(m.j, len(out))):
        out[k].append(f"{name}.{'B' if k == m.i else 'I'}")


def _mentions(out: list[list[str]], scene: Scene) -> None:
    for p in scene.places:
        _range(out, f"place{int(p.weight * 3.99)}", p)
        if p.frame:
            out[p.i].append(f"frame.{p.frame}")
    for t in scene.times:
        _range(out, f"time.{t.kind}", t)
    for q in scene.numbers:
        _range(out, f"number.{q.kind}", q)
    for w in scene.weapons:
        _range(out, f"weapon.{w.category}", w)
    for a in scene.parties:
        _range(out, f"party.{a.kind}", a)
        out[a.i].append(f"party.{a.head}")


def _layout(out: list[list[str]], scene: Scene) -> None:
    parts = scene.document.parts
    for s in scene.sentences:
        names = [f"paragraph{min(s.paragraph, 3)}"]
        if 0 <= s.part < len(parts):
            names.append(f"part.{parts[s.part].kind}")
        for k in range(s.i, s.j):
            out[k] += names
        out[s.i].append("first")
    for i, j in scene.quotes:
        for k in range(i, j):
            out[k].append("quoted")
