"""The learned reader: what the network answers about each window, as marks and links like every reader's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tawatur.model import Reading
from tawatur.reader import rules
from tawatur.reader.figures import settled
from tawatur.reader.learned.answers import Array, Network
from tawatur.reader.learned.features import word_features
from tawatur.reader.learned.hints import NUMBERS, ROLES, Hints
from tawatur.reader.learned.labels import KINDS, OF_KIND, OUTCOMES, STATUSES, TYPES
from tawatur.reader.learned.numbers import distance_steps, sentence_steps
from tawatur.reader.learned.picking import Pick, Picker, chances
from tawatur.reader.learned.settling import Settling
from tawatur.reader.learned.telling import Telling
from tawatur.reader.learned.windows import Tokenizer, Window, windows
from tawatur.reader.lists import narrowest, whole_list
from tawatur.reader.marks import Marks
from tawatur.reader.rules import Seen
from tawatur.reader.scene import Scene, Words

LEAST = 0.2
"""Anchors less likely than this leave no mark; which become records is decided after tellings are merged."""
BOTH = 0.4
"""A word anchors records of two kinds (a count and its items) only where the second, too, is at least so likely."""
LINKED = 1.0
"""How much less "no link" counts for the links of a chain before its last, in logits: on documents left out a
quarter more of the long chains come out whole, and no fewer of the others."""
DENIED = "status.denied"
"""The feature of a word whose happening the rules see denied. Denials are rare in what the network learned, and a denial
lost is a happening made up."""
SHARE = 0.05
"""How likely a place of a list must be at least to be one of a happening's: what is told in the next clause is no item."""
OWN = frozenset(("it", "its", "they", "their", "we", "our", "us", "he", "his", "she", "her", "i", "my"))
"""Words by which who speaks tells of his own deeds."""
SIGNS = ("trigger.", "draft.", "cue.")
"""How the names of features begin that tell of a deed or of speech."""
SLIGHT = -4.6
"""Words that the network scores lower than this (one in a hundred) are not looked at."""


def read(scene: Scene, network: Network, tokenizer: Tokenizer, settling: Settling) -> Reading:
    """The marks and links of one scene. A document that by its signs tells of no conflict is not shown to the network: the
    rules keep what is sure in it."""
    seen = rules.look(scene)
    sure = rules.told(seen)
    if rules.quiet(scene, sure):
        return rules.reading(seen, sure)
    out = Marks(scene.text)
    for telling in tellings(seen, network, tokenizer, settling):
        _mark(out, telling)
    return Reading(tuple(out.marks), tuple(out.links), tuple(scene.issues))


def tellings(seen: Seen, network: Network, tokenizer: Tokenizer, settling: Settling) -> Iterator[Telling]:
    """What is told in a scene, window by window."""
    scene = seen.scene
    names = word_features(seen)
    hints = Hints(seen)
    for window in windows(scene, tokenizer):
        beside = [names[k] for k in window.words]
        if not worth_asking(window, names):
            continue
        words = network.words(window, beside)
        likely = _likely(words.found, window, beside, settling)
        if not likely:
            continue
        at, kinds = (np.array(column) for column in zip(*[(n, kind) for n, kind, _ in likely], strict=True))
        sentences = [scene.sentence_at(k) for k in window.words]
        distance, sentence = distance_steps(at.tolist(), window.words), sentence_steps(at.tolist(), sentences)
        hint = _hint(hints, window, at.tolist())
        about = network.about(words.vectors, at, kinds, distance, sentence, hint)
        roles = settling.role(about.roles, hint)
        roles[:, ROLES.index("outer"), -1] -= LINKED
        about = replace(about, roles=roles)
        picker = Picker(scene, window, about)
        for n, (word, kind, chance) in enumerate(likely):
            type_ = _best(settling.type(about.type[n], beside[word]), TYPES, OF_KIND[KINDS[kind]])
            outcome = _best(settling.outcome(about.outcome[n], beside[word]), OUTCOMES, OUTCOMES)
            telling = _telling(picker, n, word, KINDS[kind], type_, outcome, chance)
            if telling.kind != "statement":
                if _only_says_so(scene, telling, hint[n]):
                    telling.actors = []
                if DENIED in beside[word]:
                    telling.status = "denied"
            yield telling


def _only_says_so(scene: Scene, telling: Telling, hint: Array) -> bool:
    """Whether the actor of an English clause is but who says so: the same words, without "it", "its" or the like before
    the deed, where the rules, which know passives, see the happening and no actor. An accusation by mistake is worse
    than an actor left out. ``hint`` [roles, words]."""
    if not (telling.chain and telling.actors) or scene.tokens[telling.anchor.i].script != "latin":
        return False
    said, actor = telling.chain[-1].words, telling.actors[0].words
    own = any(t.norm in OWN for t in scene.tokens[said.j : telling.anchor.i])
    chosen: Array = np.asarray((hint & 1).any(axis=1))
    return said.i == actor.i and not own and bool(chosen.any()) and not chosen[ROLES.index("actor")]


def worth_asking(window: Window, names: Sequence[Sequence[str]]) -> bool:
    """Whether a word that the window answers for tells of a deed or hands over speech, by the tables: a window without
    such a word is passed by. ``names``: the features of the scene's words."""
    core = (names[k] for k, own in zip(window.words, window.core, strict=True) if own)
    return any(n.startswith(SIGNS) for word in core for n in word)


def _likely(
    found: Array, window: Window, names: Sequence[Sequence[str]], settling: Settling
) -> list[tuple[int, int, float]]:
    """The words that may anchor a record: their place in the window, the kind, and how probable it is."""
    out = []
    for n in np.nonzero((found >= SLIGHT).any(axis=1))[0].tolist():
        if not window.core[n]:
            continue
        chances = [settling.anchors[kind].chance(float(found[n, k]), names[n]) for k, kind in enumerate(KINDS)]
        for k in sorted(range(len(KINDS)), key=lambda k: -chances[k]):
            if chances[k] >= (LEAST if chances[k] == max(chances) else BOTH):
                out.append((n, k, chances[k]))
    return out


def _hint(hints: Hints, window: Window, anchors: Sequence[int]) -> Array:
    """[anchors, roles, words]: 1 where the rules choose the word, 2 where for the telling beside it, 3 both."""
    where = {k: n for n, k in enumerate(window.words)}
    out = np.zeros((len(anchors), len(ROLES), len(window.words)), dtype=np.int64)
    for n, word in enumerate(anchors):
        for bit, picks in zip((1, 2), hints.at(window.words[word]), strict=True):
            for role, k in picks:
                if k in where:
                    out[n, ROLES.index(role), where[k]] |= bit
    return out


def _best(scores: Array, names: Sequence[str], allowed: Sequence[str]) -> str:
    return max(allowed, key=lambda name: float(scores[names.index(name)]))


def _telling(picker: Picker, n: int, word: int, kind: str, type_: str, outcome: str, chance: float) -> Telling:
    scene, about = picker.scene, picker.about
    status = _best(about.status[n], STATUSES, STATUSES)
    out = Telling(picker.anchor(word), kind, type_, status, outcome, chance)

    def spans(role: str) -> list[Pick]:
        return picker.spans(role, chances(about, n, role))

    out.actors, out.targets, out.cue = spans("actor"), spans("target"), spans("cue")
    if kind != "statement":
        row = chances(about, n, "place")
        out.places = _items(picker, row) or picker.spans("place", row)
    out.times = picker.mentions(chances(about, n, "time"), scene.times)
    out.weapons = picker.mentions(chances(about, n, "weapon"), scene.weapons)
    for of in sorted(NUMBERS):
        found = picker.mentions(chances(about, n, of), scene.numbers)
        out.numbers += [(settled(scene, p.mention, of), p) for p in found]
    origin, outer = spans("origin"), spans("outer")
    if origin:
        first = origin[:1]
        out.chain = [*(p for p in outer if _leads_to(scene, p.words, first[0].words)), *first]
    return out


def _leads_to(scene: Scene, outer: Words, origin: Words) -> bool:
    """Whether words may be a link before the last one of a chain: beside it, in its sentence or the next one."""
    apart = outer.j <= origin.i or origin.j <= outer.i
    return apart and abs(scene.sentence_at(outer.i) - scene.sentence_at(origin.i)) <= 1


def _items(picker: Picker, chances: Array) -> list[Pick]:
    """The places that a happening is told of: all of the list in which the likeliest stands, since in a list each item
    has but its share of the likelihood; else those that are as likely and not but the area around another."""
    picks = picker.mentions(chances, picker.scene.places)
    if not picks:
        return []
    found = {p.mention for p in picks}
    listed = whole_list(picker.scene, picks[0].mention)
    items = [n for n in listed if n in found or picker.share(chances, picker.scene.places[n]) >= SHARE]
    if len(items) == 1:
        items = narrowest(picker.scene, sorted(found))
    return [picker.place(n) for n in items]


def _mark(out: Marks, t: Telling) -> None:
    """A record for each place, else for each target, else for each speaker of a joint statement (see the codebook:
    items of a list share the anchor)."""
    if t.kind == "event" and len(t.places) > 1:
        for place in t.places:
            _record(out, t, place, _nearest(t.targets, place), _numbers_of(t, place, t.places))
    elif t.kind == "event" and len(t.targets) > 1:
        for target in t.targets:
            _record(out, t, t.places[0] if t.places else None, target, _numbers_of(t, target, t.targets))
    else:
        _record(out, t, t.places[0] if t.places else None, t.targets[0] if t.targets else None, t.numbers)


def _nearest(picks: Sequence[Pick], to: Pick) -> Pick | None:
    """The pick that holds, else stands nearest before, else nearest to another."""
    return min(picks, key=lambda p: _gap(p, to), default=None)


def _gap(a: Pick, b: Pick) -> float:
    if a.words.i < b.words.j and b.words.i < a.words.j:
        return 0
    return b.words.i - a.words.j + 0.5 if a.words.j <= b.words.i else 2.0 * (a.words.i - b.words.j) + 1


def _numbers_of(t: Telling, item: Pick, items: Sequence[Pick]) -> list[tuple[str, Pick]]:
    """The figures told of one item of a list: those that stand nearest to it."""
    return [(of, q) for of, q in t.numbers if _nearest(items, q) is item]


def _record(
    out: Marks, t: Telling, place: Pick | None, target: Pick | None, numbers: Sequence[tuple[str, Pick]]
) -> None:
    a = out.anchor(t.anchor.start, t.anchor.end, f"{t.kind}/{t.type}/{t.status}/{t.outcome}", t.chance)
    for p in t.actors[:1]:
        out.link(a, "actor", p.words.start, p.words.end)
    if target is not None:
        out.link(a, "target", target.words.start, target.words.end)
    if place is not None:
        out.link(a, "place", place.words.start, place.words.end)
    for p in t.times[:1]:
        out.link(a, "time", p.words.start, p.words.end)
    for p in t.weapons:
        out.link(a, "weapon", p.words.start, p.words.end)
    for of, p in numbers:
        out.link(a, "number", p.words.start, p.words.end, of)
    for order, p in enumerate(t.chain):
        out.link(a, "source", p.words.start, p.words.end, order=order)
    for p in t.cue[:1]:
        out.link(a, "cue", p.words.start, p.words.end)
