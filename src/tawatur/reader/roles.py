"""The candidates for actor, place and time of a cluster, each as named features (see ``candidates``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tawatur.reader.candidates import QUOTES, Around, gap_of, ruling
from tawatur.reader.clauses import preposition, word_class

NONE = -1


@dataclass(slots=True)
class Before:
    """What the tellings before had, and what vouches for this one: indices into the scene's lists, or -1."""

    actor: int = -1
    place: int = -1
    time: int = -1
    same_paragraph: bool = False
    same_sentence: bool = False
    title_place: int = -1
    lead_time: int = -1
    speaker: int = -1
    speech: str = ""
    speech_time: int = -1
    same_row: bool = False
    claim: bool = False
    kind: str = ""
    acted: dict[str, int] = field(default_factory=dict)
    suffered: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Choice:
    """Candidates of one role and their features, in step."""

    candidates: list[int] = field(default_factory=list)
    features: list[list[str]] = field(default_factory=list)

    def add(self, candidate: int, features: list[str]) -> None:
        self.candidates.append(candidate)
        self.features.append(features)


def _in_sentence(around: Around, mentions: Sequence[object]) -> tuple[list[int], list[int]]:
    """Indices of the mentions that begin in the sentence (they are sorted by their first token): as they stand, and
    in the order of the choice: right of the head outwards, left of it outwards, those that overlap it."""
    low, high, head = around.low, around.high, around.cluster.head
    inside: list[int] = []
    right: list[int] = []
    left: list[int] = []
    within: list[int] = []
    # The lists are short (tens); a scan beats a search.
    for k, m in enumerate(mentions):
        i: int = m.i  # type: ignore[attr-defined]
        if i >= high:
            break
        if i >= low:
            inside.append(k)
            j: int = m.j  # type: ignore[attr-defined]
            (right if i >= head.j else left if j <= head.i else within).append(k)
    return inside, [*right, *reversed(left), *within]


def _ends_there(around: Around, k: int) -> bool:
    """Whether no noun phrase follows at token ``k``: a preposition, a mark, a time or the end of the sentence does."""
    scene = around.scene
    while k < around.high and scene.tokens[k].norm in QUOTES:
        k += 1
    if k >= around.high or scene.tokens[k].script == "mark" or k in scene.time_at:
        return True
    norm = scene.tokens[k].norm
    return word_class(norm) in ("in", "near", "compass", "means", "cause", "motive", "from") or preposition(norm) == "ب"


def actor_choice(around: Around, before: Before) -> Choice:
    scene, row, shape = around.scene, around.row, around.shape
    head = around.cluster.head
    out = Choice()
    order = {"R": 0, "L": 0, "I": 0}
    inside, ordered = _in_sentence(around, scene.parties)
    agent_left = agent_right = False
    for k in ordered:
        p = scene.parties[k]
        side, gap, feats = around.where(p.i, p.j)
        order[side] += 1
        prep = ruling(scene, p.i, p.start, around.low)
        kind = p.kind if p.head != "demonym" else "demonym"
        agent = p.head not in ("counted", "country") and (
            kind in ("state_force", "armed_group", "demonym") or (p.head == "generic" and kind != "civilian")
        )
        nth = str(min(order[side], 3))
        feats += [
            f"{side}.{prep}", f"kind.{kind}", f"head.{p.head}", f"{side}.{nth}", f"{side}.{shape}.{nth}", f"{side}.{shape}.{prep}",
            f"{side}.{around.first}.{shape}", f"{side}.{kind}", f"{row}.{side}.{nth}", f"{side}.{prep}.{nth}",
        ]  # fmt: skip
        if side == "R":
            feats.append(f"R.{shape}.{prep}.g{gap_of(gap)}")
            feats.append(f"{row}.R.{prep}")
            if head.verb and gap <= 1 and order["R"] == 1:
                # "Struck the forces at X": with nothing between it and the place, the one noun is struck, not striking.
                lone = "lone" if _ends_there(around, p.j) else "object"
                feats += [f"{lone}.{row}", f"{lone}.{around.first}", f"{lone}.{kind}"]
                if p.entity in before.suffered and lone == "lone":
                    feats.append("lone.suffered")
            if agent and not agent_right:
                feats.append(f"R.agent1.{around.first}")
                agent_right = True
        elif side == "L":
            feats.append(f"L.{around.first}.{prep}.{nth}")
            if agent and not agent_left:
                feats.append(f"L.agent1.{around.first}")
                agent_left = True
        if head.sense.pronoun:
            feats.append(f"pron.{side}.{nth}")
        if k == before.speaker:
            feats += ["speaker", f"speaker.{shape}", f"speaker.{kind}", f"speaker.{before.speech}"]
            if before.claim:
                feats.append("speaker.claim")
            if head.sense.pronoun:
                feats.append("speaker.pron")
        elif before.actor >= 0 and (p.entity and p.entity == scene.parties[before.actor].entity):
            feats.append("as.before")
        if p.entity in before.suffered:
            feats.append("suffered" if p.entity not in before.acted else "both")
        elif p.entity in before.acted:
            feats.append("acted")
        out.add(k, feats)
    if before.speaker >= 0 and before.speaker not in out.candidates:
        p = scene.parties[before.speaker]
        feats = ["far.speaker", f"far.speaker.{p.kind}", f"far.speaker.{shape}"]
        if before.claim:
            feats.append("far.speaker.claim")
        if head.sense.pronoun:
            feats.append("far.speaker.pron")
        out.add(before.speaker, feats)
    if before.actor >= 0 and before.actor not in out.candidates:
        p = scene.parties[before.actor]
        feats = ["carried", f"carried.{shape}", f"carried.{p.kind}", f"carried.{row}", f"carried.{around.first}"]
        if before.same_sentence:
            feats.append("carried.sentence")
        elif before.same_paragraph:
            feats.append("carried.paragraph")
        if before.same_row:
            feats.append("carried.same")
        if head.definite:
            feats.append("carried.definite")
        if head.sense.pronoun:
            feats.append("carried.pron")
        if not agent_left and not agent_right:
            feats.append("carried.only")
        out.add(before.actor, feats)
    none = ["none", f"none.{row}", f"none.{shape}", f"none.{around.first}.{shape}"]
    if not inside:
        none.append("none.empty")
    if not (agent_left or agent_right):
        none.append("none.noagent")
    if head.sense.pronoun:
        none.append("none.pron")
    out.add(NONE, none)
    return out


def place_choice(around: Around, before: Before) -> Choice:
    scene, row, shape = around.scene, around.row, around.shape
    head = around.cluster.head
    out = Choice()
    order = {"R": 0, "L": 0, "I": 0}
    inside, ordered = _in_sentence(around, scene.places)
    for k in ordered:
        p = scene.places[k]
        side, gap, feats = around.where(p.i, p.j)
        order[side] += 1
        nth = str(min(order[side], 3))
        prep = ruling(scene, p.i, p.start, around.low)
        party = next((q for q in scene.parties if q.i <= p.i and p.j <= q.j), None)
        weight = str(int(p.weight * 4))
        feats += [
            f"{side}.{prep}", f"{side}.{nth}", f"frame.{p.frame}", f"{side}.frame.{p.frame}", f"w{weight}",
            f"{side}.{prep}.{nth}", f"{row}.{side}.{nth}", f"{side}.{shape}.{nth}", f"{side}.{prep}.{p.frame}",
        ]  # fmt: skip
        if party is not None:
            feats += ["inparty", f"inparty.{party.kind}.{side}"]
            if party.i == p.i and party.j == p.j:
                feats.append("isparty")
        # A place told right after another one is most often what that one lies in.
        if k and k - 1 in inside and p.i - scene.places[k - 1].j <= 3:
            joined = prep == "and" or (scene.tokens[p.i].norm[:1] == "و" and p.start > scene.tokens[p.i].start)
            feats.append(f"nested.{side}" if not joined else f"listed.{side}")
            feats.append(f"nested.{prep}")
        if k + 1 in inside and scene.places[k + 1].i - p.j <= 3:
            feats.append(f"holds.{side}")
        if gap <= 1 and side == "R":
            feats.append(f"R.next.{prep}.{shape}")
        out.add(k, feats)
    if before.place >= 0 and before.place not in out.candidates:
        feats = ["carried", f"carried.{row}", f"carried.{shape}"]
        if before.same_sentence:
            feats.append("carried.sentence")
        elif before.same_paragraph:
            feats.append("carried.paragraph")
        if before.same_row:
            feats.append("carried.same")
        if head.definite:
            feats.append("carried.definite")
        if head.sense.pronoun:
            feats.append("carried.pron")
        if not inside:
            feats.append("carried.only")
        out.add(before.place, feats)
    if before.title_place >= 0 and before.title_place not in out.candidates:
        feats = ["title", f"title.{row}", f"title.{shape}"]
        if not inside:
            feats.append("title.only")
        if head.definite:
            feats.append("title.definite")
        out.add(before.title_place, feats)
    none = ["none", f"none.{row}", f"none.{shape}"]
    if not inside:
        none.append("none.empty")
    out.add(NONE, none)
    return out


def time_choice(around: Around, before: Before) -> Choice:
    scene, row, shape = around.scene, around.row, around.shape
    out = Choice()
    order = {"R": 0, "L": 0, "I": 0}
    head = around.cluster.head
    inside, ordered = _in_sentence(around, scene.times)
    for k in ordered:
        t = scene.times[k]
        side, _, feats = around.where(t.i, t.j)
        order[side] += 1
        nth = str(min(order[side], 3))
        prep = ruling(scene, t.i, t.start, around.low)
        dated = "dated" if t.first is not None else "undated"
        feats += [
            f"{side}.{prep}", f"{side}.{nth}", f"kind.{t.kind}", f"{side}.{t.kind}", f"{dated}", f"{side}.{shape}.{nth}",
            f"{row}.{t.kind}", f"{side}.{prep}.{nth}", f"{dated}.{t.kind}", f"prec{t.precision}",
        ]  # fmt: skip
        if k == before.speech_time:
            feats += ["speech", f"speech.{len(inside) > 1}", "speech.claim" if before.claim else "speech.other"]
        out.add(k, feats)
    if before.time >= 0 and before.time not in out.candidates:
        t = scene.times[before.time]
        feats = ["carried", f"carried.{shape}", f"carried.{t.kind}", f"carried.{row}", f"carried.{before.kind}"]
        feats.append(f"carried.start.{scene.tokens[around.low].norm}")
        if before.kind == "aggregate" and head.definite:
            feats.append("carried.series")
        if before.same_sentence:
            feats.append("carried.sentence")
        elif before.same_paragraph:
            feats.append("carried.paragraph")
        if before.same_row:
            feats.append("carried.same")
        if head.definite:
            feats.append("carried.definite")
        if not inside:
            feats.append("carried.only")
        out.add(before.time, feats)
    if before.lead_time >= 0 and before.lead_time not in out.candidates:
        feats = ["lead", f"lead.{shape}", f"lead.{row}"]
        if around.cluster.sentence <= 3:
            feats.append("lead.early")
        if not inside:
            feats.append("lead.only")
        out.add(before.lead_time, feats)
    none = ["none", f"none.{row}", f"none.{shape}"]
    if not inside:
        none.append("none.empty")
    out.add(NONE, none)
    return out
