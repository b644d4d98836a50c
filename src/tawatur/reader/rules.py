"""The rules reader: no model and no network. It points at words, and links them to the record that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tawatur.meaning.actors import PartyMention
from tawatur.model import Issue, Reading
from tawatur.reader.calibration import Calibration, load
from tawatur.reader.events import FLOOR, Draft, listed_places, read_events
from tawatur.reader.gate import gate_features, tells
from tawatur.reader.marks import Marks
from tawatur.reader.scene import Scene, Words
from tawatur.reader.speech import Speech, read_speech
from tawatur.reader.speech_types import holds, statements

NAME = "rules"
SURE = 0.45
# A speech act whose speaker is no party that the catalogue or its grammar knows must be as sure as this.
UNKNOWN = 0.4
UNKNOWN_CHAINED = 0.15
# In a document that seems to tell of no conflict only anchors this sure are kept. A short report shows few signs
# either way, so more must speak against it.
SHORT, QUIET_SHORT = 150, 0.5
QUIET, LOUD = 0.8, 0.97


def with_speakers(scene: Scene, speeches: list[Speech]) -> Scene:
    """The scene with every speaker among its parties, also those that the catalogue did not find."""
    known = {(p.start, p.end) for p in scene.parties}
    more = []
    for s in speeches:
        w = s.speaker
        if w is not None and (w.start, w.end) not in known:
            known.add((w.start, w.end))
            more.append(PartyMention(w.i, w.j, w.start, w.end, None, "other", "speaker", None, None, None))
    if not more:
        return scene
    return replace_parties(scene, sorted([*scene.parties, *more], key=lambda p: (p.i, -p.j)))


def replace_parties(scene: Scene, parties: list[PartyMention]) -> Scene:
    return Scene(
        scene.document, scene.tokens, scene.sentences, scene.numbers, scene.times, scene.places, parties, scene.weapons
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules see: the scene with every speaker among its parties, all drafts, all speech acts, and those that
    would be statements beside the drafts."""

    scene: Scene
    drafts: list[Draft]
    speeches: list[Speech]
    said: list[Speech]


def look(scene: Scene) -> Seen:
    """A scene as the rules see it, before they leave out what they are not sure of."""
    speeches = read_speech(scene)
    scene = with_speakers(scene, speeches)
    drafts, said = seen(scene, speeches)
    return Seen(scene, drafts, speeches, said)


def told(found: Seen) -> float:
    """How sure it is by its signs that a document tells of conflict (0 to 1)."""
    return tells(gate_features(found.scene, found.drafts, found.said))


def read(scene: Scene) -> Reading:
    """The marks and links of one document."""
    found = look(scene)
    return reading(found, told(found))


def reading(found: Seen, sure: float) -> Reading:
    """The marks and links of what was seen in a document that tells of conflict as surely as ``sure``."""
    scene, drafts, said = found.scene, found.drafts, found.said
    issues = tuple(scene.issues)
    if quiet(scene, sure):
        issue = Issue("quiet", f"tells of no conflict by its signs ({sure:.2f}): only what is sure is kept")
        issues = (issue, *issues)
        drafts, said = [d for d in drafts if d.keep >= LOUD], []
    out = Marks(scene.text)
    for draft in drafts:
        if draft.keep >= FLOOR:
            _draft(out, scene, draft, found.speeches)
    for s in said:
        _statement(out, scene, s)
    return Reading(tuple(out.marks), tuple(out.links), issues)


def quiet(scene: Scene, sure: float) -> bool:
    """Whether a document seems to tell of no conflict; ``sure`` is how sure its signs are that it does (0 to 1)."""
    return sure < (QUIET if len(scene.tokens) >= SHORT else QUIET_SHORT)


def seen(scene: Scene, speeches: list[Speech]) -> tuple[list[Draft], list[Speech]]:
    """All drafts, and the speeches that would be statements beside them."""
    drafts = read_events(scene, speeches)
    told = sorted({d.cluster.head.i for d in drafts if d.keep >= SURE and d.status != "threatened"})
    threatened = [d.cluster.head.i for d in drafts if d.status == "threatened"]
    known = {(p.start, p.end) for p in scene.parties if p.head != "speaker"}
    known |= {p.person for p in scene.parties if p.person is not None}
    said = [
        s
        for s in statements(scene, speeches, told, threatened)
        if s.score >= (UNKNOWN if len(s.chain) < 2 else UNKNOWN_CHAINED)
        or s.speaker is None
        or (s.speaker.start, s.speaker.end) in known
    ]
    threats = [s for s in speeches if s.type == "threat"] if any(s.type == "threat" for s in said) else []
    kept = [d for d in drafts if d.status not in ("threatened", "possible") or not _inside(d, threats)]
    return kept, said


def _inside(draft: Draft, threats: Sequence[Speech]) -> bool:
    """Whether a happening is what a threat threatens with, or its condition: then the threat alone is the record."""
    return any(holds(s, draft.cluster.head.i) for s in threats)


def _draft(out: Marks, scene: Scene, draft: Draft, speeches: list[Speech]) -> None:
    places = listed_places(scene, draft)
    speech = speeches[draft.source] if draft.source >= 0 else None
    several = len(places) > 1
    shared = [(n, of) for n, of in draft.numbers if of in ("attacks", "killed", "injured", "munitions")]
    if several and draft.kind == "event" and shared:
        # Figures told of several places together sit on an aggregate; each place gets an event without them.
        _record(out, scene, draft, speech, -1, "aggregate", draft.numbers)
        for p in places:
            _record(out, scene, draft, speech, p, "event", [])
        return
    for p in places or [-1]:
        _record(out, scene, draft, speech, p, draft.kind, draft.numbers)


def _target_of(scene: Scene, draft: Draft, place: int) -> Words | None:
    """The target of one item: of a list of sites each item is its own target, a force is the target of all."""
    target = draft.target
    if target is None or place < 0:
        return target
    named = [n for n, p in enumerate(scene.places) if target.i <= p.i and p.j <= target.j]
    if not named or named == [place]:
        return target
    p = scene.places[place]
    return Words(p.i, p.j, p.start, p.end)


def _record(
    out: Marks,
    scene: Scene,
    draft: Draft,
    speech: Speech | None,
    place: int,
    kind: str,
    numbers: Sequence[tuple[int, str]],
) -> None:
    head = draft.cluster.head
    a = out.anchor(head.start, head.end, f"{kind}/{draft.type}/{draft.status}/{draft.outcome}", draft.keep)
    if draft.actor >= 0:
        p = scene.parties[draft.actor]
        out.link(a, "actor", *(p.person or (p.start, p.end)))
    target = _target_of(scene, draft, place)
    if target is not None:
        out.link(a, "target", target.start, target.end)
    if place >= 0:
        pl = scene.places[place]
        out.link(a, "place", pl.start, pl.end)
    if draft.time >= 0:
        t = scene.times[draft.time]
        out.link(a, "time", t.start, t.end)
    for n in draft.weapons:
        weapon = scene.weapons[n]
        out.link(a, "weapon", weapon.start, weapon.end)
    for n, of in numbers:
        q = scene.numbers[n]
        out.link(a, "number", q.start, q.end, of)
    if speech is not None and speech.chain:
        for order, w in enumerate(speech.chain):
            out.link(a, "source", w.start, w.end, order=order)
        out.link(a, "cue", speech.cue.start, speech.cue.end)


def _statement(out: Marks, scene: Scene, s: Speech) -> None:
    a = out.anchor(s.cue.start, s.cue.end, f"statement/{s.type}/happened/", max(s.score, SURE))
    chain: tuple[Words, ...] = s.chain or ((s.speaker,) if s.speaker is not None else ())
    if s.speaker is not None:
        out.link(a, "actor", s.speaker.start, s.speaker.end)
    if s.target is not None:
        out.link(a, "target", s.target.start, s.target.end)
    if s.time is not None:
        t = scene.times[s.time]
        out.link(a, "time", t.start, t.end)
    for order, w in enumerate(chain):
        out.link(a, "source", w.start, w.end, order=order)
    out.link(a, "cue", s.cue.start, s.cue.end)
    if s.content_span is not None:
        out.link(a, "content", *s.content_span, label=s.mode)


@cache
def curves() -> Calibration:
    """The curves of ``data/calibration.json``."""
    return load(files("tawatur") / "data" / "calibration.json")


class RulesReader:
    """The rules as a :class:`tawatur.reader.protocol.Reader`: code and tables are all that they read with."""

    name = NAME
    digest = ""
    floors: Mapping[str, float] | None = None

    def confidence(self, kind: str, score: float) -> float:
        """How often a record of this kind with such a score was one that a coder wrote, too: measured by
        ``training/confidence.py`` on documents that the weights were not fitted on."""
        return curves().probability(kind, score)

    def read(self, scene: Scene) -> Reading:
        """See :func:`read`."""
        return read(scene)


RULES_READER = RulesReader()
