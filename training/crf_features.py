"""What the linear-chain CRFs see in each word, and the labels that gold gives it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tawatur.reader.clauses import word_class
from tawatur.reader.events import usable_triggers
from tawatur.reader.scene import Ranged, Scene
from tawatur.reader.speech_cues import find_cues
from tawatur.text.sentences import Sentence
from tawatur.text.tokens import stems
from training.documents import Gold

ROLES = ("actor", "target", "place", "time", "weapon", "number", "source", "cue")
LAYERS = ("anchor", *ROLES)
"""One CRF each."""
BARE = ("actor", "target", "source", "cue")
"""The layers whose values may begin inside a word, behind its clitics. Those of the other roles begin where their
mention in the scene begins."""
OUTSIDE, INSIDE = "O", "I"
# Words on either side that a word sees.
REACH = 2
# Steps in which a word sees how far the nearest trigger or cue of its sentence is (words).
STEPS = (1, 2, 4, 8, 16)
_MANY = {"weapon": "weapons", "number": "numbers", "source": "source"}


def read_sentences(scene: Scene) -> list[Sentence]:
    """The sentences of the report itself: none of page furniture."""
    parts = scene.document.parts
    return [s for s in scene.sentences if s.part < 0 or parts[s.part].kind != "furniture"]


def word_features(scene: Scene) -> list[list[str]]:
    """For each token of the scene the names of what is seen in it and around it."""
    own = [_shape(scene, k) for k in range(len(scene.tokens))]
    known = _known(scene)
    out: list[list[str]] = [["bias", *own[k], *known[k]] for k in range(len(scene.tokens))]
    for n, s in enumerate(scene.sentences):
        place = f"part={scene.document.parts[s.part].kind if s.part >= 0 else ''}"
        for k in range(s.i, s.j):
            names = out[k]
            names += [place, f"sentence={min(n, 3)}", f"word={min(k - s.i, 2)}"]
            for d in range(-REACH, REACH + 1):
                near = k + d
                if not d:
                    continue
                if not s.i <= near < s.j:
                    names.append(f"{d}:none")
                    continue
                names += [f"{d}:{f}" for f in (*own[near][:2], *known[near])]
            names += [f"{d}|{own[a][0]}|{own[b][0]}" for d, (a, b) in enumerate(pairwise(range(k - 1, k + 2)))
                      if s.i <= a and b < s.j]  # fmt: skip
    _nearest(out, scene)
    return out


def _shape(scene: Scene, k: int) -> list[str]:
    """The folded word, its stem, its clitics and affixes, its script."""
    norm, script = scene.tokens[k].norm, scene.tokens[k].script
    if script == "number":
        digits = "#" * len(norm) if norm.isdigit() else "#."
        return [f"w={digits}", f"stem={digits}", "script=number"]
    rest, letters = stems(norm)[-1] if script == "arabic" else (norm, 0)
    out = [f"w={norm}", f"stem={rest}", f"script={script}"]
    if script == "mark":
        return out
    out += [f"pre{n}={norm[:n]}" for n in (1, 2, 3) if len(norm) > n]
    out += [f"suf{n}={norm[-n:]}" for n in (1, 2, 3) if len(norm) > n]
    out.append(f"clitics={norm[:letters]}")
    if script == "latin" and scene.text[scene.tokens[k].start].isupper():
        out.append("capital")
    return out


def _known(scene: Scene) -> list[list[str]]:
    """What tables and finders say of each word: its class, triggers, cues, mentions, quotation."""
    out: list[list[str]] = [[] for _ in scene.tokens]
    for k, token in enumerate(scene.tokens):
        if cls := word_class(token.norm):
            out[k].append(f"class={cls}")
    for t in usable_triggers(scene):
        for k in range(t.i, t.j):
            out[k] += [f"trigger={t.sense.type}", f"row={t.sense.id}.{t.sense.shape}"]
    for c in find_cues(scene.tokens):
        out[c.i].append(f"cue={c.form.lemma.role}.{c.form.shape}")

    def mentions(kind: str, items: Iterable[Ranged], names: Iterable[str]) -> None:
        for m, name in zip(items, names, strict=True):
            for k in range(m.i, min(m.j, len(out))):
                out[k] += [f"{kind}={'B' if k == m.i else INSIDE}", f"{kind}.{name}"]

    mentions("party", scene.parties, [f"{p.kind}.{p.head}" for p in scene.parties])
    mentions("place", scene.places, [f"{p.weight >= 0.5}.{p.frame}" for p in scene.places])
    mentions("time", scene.times, [t.kind for t in scene.times])
    mentions("number", scene.numbers, [q.kind for q in scene.numbers])
    mentions("weapon", scene.weapons, [w.category for w in scene.weapons])
    for i, j in scene.quotes:
        for k in range(i, j):
            out[k].append("quoted")
    return [list(dict.fromkeys(names)) for names in out]


def _nearest(out: list[list[str]], scene: Scene) -> None:
    """The nearest trigger and cue on either side in the sentence, and in which step of words it stands."""
    found = {
        "trigger": {t.i: t.sense.type for t in usable_triggers(scene)},
        "cue": {c.i: c.form.lemma.role for c in find_cues(scene.tokens)},
    }
    for s in scene.sentences:
        for name, at in found.items():
            for side, order in (("left", range(s.i, s.j)), ("right", range(s.j - 1, s.i - 1, -1))):
                last = -1
                for k in order:
                    if last >= 0:
                        step = sum(abs(k - last) >= x for x in STEPS)
                        out[k] += [f"{side}.{name}={at[last]}", f"{side}.{name}@{step}"]
                    if k in at:
                        last = k


def gold_spans(record: Gold, layer: str) -> list[tuple[int, int, str]]:
    """Where the values of a layer stand: offset of the first character, of the one after the last, and their class."""
    at = record.get("at") or {}
    if layer == "anchor":
        values, starts = [record["anchor"]], [at.get("anchor")]
    elif layer in _MANY:
        values, starts = record[_MANY[layer]], at.get(_MANY[layer]) or []
    else:
        values, starts = [record[layer]], [at.get(layer)]
    out = []
    for value, start in zip(values, starts, strict=False):
        words = value["text"] if isinstance(value, dict) else value
        if not words or not isinstance(start, int):
            continue
        name = f"{record['kind']}/{record['type']}" if layer == "anchor" else value["of"] if layer == "number" else ""
        out.append((start, start + len(words), name))
    return out


def layer_labels(scene: Scene, records: Sequence[Gold], layer: str) -> list[str]:
    """The label of each token: ``O``, ``I``, or ``B/N/class`` where a value begins, whose first N characters of the
    word are clitics that the value leaves off. Of several values that share a word the most frequent stands, of these
    the longest."""
    count = Counter(span for r in records for span in gold_spans(r, layer))
    out = [OUTSIDE] * len(scene.tokens)
    taken: set[int] = set()
    for (start, end, name), _ in sorted(count.items(), key=lambda x: (-x[1], x[0][0] - x[0][1], x[0])):
        words = [k for k, t in enumerate(scene.tokens) if t.start < end and start < t.end]
        if not words or taken.intersection(words):
            continue
        taken.update(words)
        off = max(0, start - scene.tokens[words[0]].start) if layer in BARE else 0
        out[words[0]] = f"B/{off}/{name}"
        for k in words[1:]:
            out[k] = INSIDE
    return out


def spans_in(labels: Sequence[str], first: int) -> list[tuple[int, int, int, str]]:
    """The values of a labelled sentence whose first token is ``first``: token range, characters left off, class."""
    out: list[tuple[int, int, int, str]] = []
    for k, label in enumerate(labels, first):
        if label.startswith("B/"):
            _, off, name = label.split("/", 2)
            out.append((k, k + 1, int(off), name))
        elif label == INSIDE and out and out[-1][1] == k:
            out[-1] = (out[-1][0], k + 1, *out[-1][2:])
    return out


def overlapping(mentions: Mapping[int, Sequence[Ranged]], i: int, j: int) -> Ranged | None:
    """The mention that shares most tokens with ``[i, j)``, the first of equals; None where none shares any.
    ``mentions`` gives for each token those that cover it."""
    near = {id(m): m for k in range(i, j) for m in mentions.get(k, ())}.values()
    return max(near, key=lambda m: (min(j, m.j) - max(i, m.i), -abs(m.j - m.i - (j - i)), -m.i), default=None)


def covered(mentions: Iterable[Ranged]) -> dict[int, list[Ranged]]:
    """For each token the mentions that cover it."""
    out: dict[int, list[Ranged]] = defaultdict(list)
    for m in mentions:
        for k in range(m.i, m.j):
            out[k].append(m)
    return out
