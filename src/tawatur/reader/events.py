"""Happenings and counts of happenings: from triggers to drafts with their roles chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tawatur.lexicon.weights import best, classes, probability, score, weights
from tawatur.meaning.timewords import time_word
from tawatur.model import NumberOf
from tawatur.reader.candidates import Around
from tawatur.reader.clauses import word_class
from tawatur.reader.clusters import Cluster, clusters
from tawatur.reader.english import narrower, not_the_actor
from tawatur.reader.figures import number_candidates, settled
from tawatur.reader.lists import QUOTES, listed
from tawatur.reader.modality import modality
from tawatur.reader.roles import Before, Choice, actor_choice, place_choice, time_choice
from tawatur.reader.scene import Scene, Words
from tawatur.reader.sources import Sources, Voucher
from tawatur.reader.speech import Speech
from tawatur.reader.suffering import underwent_it_too, who_underwent, whom_attacks_are_on
from tawatur.reader.triggers import Trigger, find_triggers
from tawatur.text.normal import fold

# A telling less sure than this leaves no mark; what becomes a record is decided after tellings are merged.
FLOOR = 0.3
# What a draft less sure than this tells is not carried over to the next one.
CARRIES = 0.3
_SKIPPED_PARTS = frozenset({"furniture"})


@dataclass(slots=True)
class Draft:
    """One telling of one happening at one place, before meanings are resolved and tellings are merged."""

    cluster: Cluster
    kind: str = "event"
    type: str = ""
    status: str = "happened"
    outcome: str = ""
    source: int = -1
    actor: int = -1
    place: int = -1
    time: int = -1
    target: Words | None = None
    weapons: list[int] = field(default_factory=list)
    numbers: list[tuple[int, NumberOf]] = field(default_factory=list)
    keep: float = 0.5
    features: list[str] = field(default_factory=list)


# The verbs that deny what they govern; "said that … not" denies too, but what it negates is told by its own words.
_DENYING = frozenset(map(fold, ("نفى", "دحض", "فند", "deny")))
# What is denied stands at most this many words after the beginning of what is said.
_DENIED_WITHIN = 12
# What was launched, or fell, is named at most this many words after its verb; else it was no weapon.
_LAUNCHED_WITHIN = 12
# Adjectives of number behind what was fired ("with several rockets").
_SEVERAL = frozenset(map(fold, ("عدة", "عديدة", "متعددة", "كثيرة", "مختلفة")))
# Rows of verbs and nouns of rising and falling, and how sure such a word with a percentage is at least.
_MOVES = frozenset({"rise", "drop"})
_CHANGE = 0.6
# Words that name a weapon as often as a deed ("مسيرة": a drone, a march).
_WEAPONS_TOO = frozenset({"march", "protest"})


def usable_triggers(scene: Scene) -> list[Trigger]:
    """The triggers of the report itself: none in page furniture, none inside a party's name or a time."""
    parts = scene.document.parts
    furniture = [(p.start, p.end) for p in parts if p.kind in _SKIPPED_PARTS]
    named = {
        k for p in scene.parties if p.head == "name" for k in range(p.i, p.j) if p.j - p.i > 1
    } | {k for t in scene.times for k in range(t.i, t.j)}  # fmt: skip
    armed = {k for w in scene.weapons for k in range(w.i, w.j)}
    out = []
    for t in find_triggers(scene.text, scene.tokens):
        if t.i in armed and t.sense.id in _WEAPONS_TOO:
            continue
        if "launch" in t.sense.flags and not any(k in armed for k in range(t.j, t.j + _LAUNCHED_WITHIN)):
            continue
        if t.i in named or any(a <= t.start < b for a, b in furniture):
            continue
        out.append(t)
    return out


def _of_time(scene: Scene, number: int) -> bool:
    """Whether a figure counts days or hours ("for more than 3 days"), and so no deeds."""
    after = scene.numbers[number].j
    word = time_word(scene.tokens[after].norm) if after < len(scene.tokens) else None
    return word is not None and word.kind in ("unit", "units")


def _bag(scene: Scene, cluster: Cluster, reach: int = 6) -> list[str]:
    """Folded words near the head, as features: those before and those after, and the next word by itself. Names are
    told only as names, so that no place or party is learned to mean a kind of deed."""
    head = cluster.head
    low, high = scene.sentences[cluster.sentence].i, scene.sentences[cluster.sentence].j
    out = []
    nth = 0
    for k in range(head.j, min(high, head.j + reach)):
        if scene.tokens[k].script == "mark":
            continue
        norm = scene.names.get(k) or scene.tokens[k].norm
        if nth == 0:
            out.append("n." + norm)
        out.append("r." + norm)
        nth += 1
    nth = 0
    for k in range(head.i - 1, max(low, head.i - 1 - reach) - 1, -1):
        if scene.tokens[k].script == "mark":
            continue
        norm = scene.names.get(k) or scene.tokens[k].norm
        if nth == 0:
            out.append("p." + norm)
        out.append("l." + norm)
        nth += 1
    return out


def _gather(scene: Scene, draft: Draft) -> None:
    """The weapons that the cluster's own stretch holds."""
    cluster = draft.cluster
    low, high = cluster.left, cluster.right
    for n, w in enumerate(scene.weapons):
        if w.i >= high:
            break
        if w.i >= low and (w.i >= cluster.first or cluster.first - w.i <= 8):
            draft.weapons.append(n)


def _type_features(scene: Scene, draft: Draft) -> list[str]:
    head = draft.cluster.head
    out = [f"row.{head.sense.id}", f"t.{head.sense.type}", f"{head.sense.shape}.{head.sense.count}"]
    for t in draft.cluster.others:
        out.append(f"other.{t.sense.id}")
    for n in draft.weapons:
        w = scene.weapons[n]
        where = "R" if w.i >= head.j else "L"
        out += [
            f"weapon.{w.category}",
            f"weapon.{w.category}.{where}",
            f"strike.{w.strike}",
            f"{head.sense.id}.strike.{w.strike}",
        ]
    kinds = {scene.weapons[n].strike for n in draft.weapons if scene.weapons[n].strike}
    if len(kinds) > 1:
        out.append("mixed")
        out.append("mixed." + "+".join(sorted(kinds)))
    if not draft.weapons:
        out += ["noweapon", f"{head.sense.id}.noweapon"]
    return out


def _kind_features(scene: Scene, draft: Draft) -> list[str]:
    head = draft.cluster.head
    row, shape, count = head.sense.id, head.sense.shape, head.sense.count
    out = [f"row.{row}", f"shape.{shape}", f"count.{count}", f"{shape}.{count}", f"{row}.{count}"]
    if head.definite:
        out += ["definite", f"definite.{count}"]
    ofs = sorted({of for _, of in draft.numbers})
    out += [f"num.{of}" for of in ofs] or ["nonum"]
    for n, of in draft.numbers:
        q = scene.numbers[n]
        if of == "attacks":
            near = "near" if q.j <= head.j and head.i - q.j <= 2 else "far"
            one = "one" if q.high == 1 else "many"
            out.append(f"attacks.{near}.{one}")
        elif q.low is not None and q.low >= 500:
            out.append(f"large.{of}")
    if draft.time >= 0:
        t = scene.times[draft.time]
        out += [f"time.{t.kind}", f"time.prec{t.precision}", f"time.{t.kind}.{row}"]
        if t.first and t.last:
            days = (t.last - t.first).days
            out.append(
                "days0"
                if days == 0
                else "days1"
                if days == 1
                else "days7"
                if days <= 7
                else "days30"
                if days <= 40
                else "days+"
            )
    else:
        out.append("notime")
    if draft.place >= 0:
        p = scene.places[draft.place]
        out += [f"frame.{p.frame}", f"metonym.{p.metonym}"]
    else:
        out.append("noplace")
    if draft.cluster.casualty:
        out.append("casualty")
    return out


def _outcome_features(draft: Draft) -> list[str]:
    out = [f"row.{draft.cluster.head.sense.id}", "bias"]
    out += [f"other.{t.sense.id}" for t in draft.cluster.others]
    out += [f"num.{of}" for of in sorted({of for _, of in draft.numbers})]
    if draft.cluster.casualty:
        out.append("casualty")
    return out


def _layout(scene: Scene, s: int) -> list[str]:
    """Where on the page a sentence stands: what part it is of, how far down, how like a headline, how much furniture
    the page has. Saved pages print headlines of other reports below the report."""
    sentence = scene.sentences[s]
    parts = scene.document.parts
    kind = parts[sentence.part].kind if 0 <= sentence.part < len(parts) else "none"
    furniture = sum(1 for p in parts if p.kind == "furniture")
    page = "clean" if furniture == 0 else "some" if furniture < 4 else "much"
    down = 4 * sentence.paragraph // (scene.sentences[-1].paragraph + 1)
    words = sentence.j - sentence.i
    size = "6" if words < 7 else "14" if words < 15 else "40" if words < 41 else "long"
    ends = "stop" if scene.tokens[sentence.j - 1].script == "mark" else "open"
    return [
        f"part.{kind}",
        f"page.{page}",
        f"page.{page}.down{down}",
        f"size{size}.{ends}",
        f"page.{page}.size{size}.{ends}",
        f"down{down}.{ends}",
    ]


def _keep_features(scene: Scene, draft: Draft, around: Around, voucher: Voucher, many: int) -> list[str]:
    head = draft.cluster.head
    row, shape = head.sense.id, head.sense.shape
    out = [
        "bias", f"row.{row}", f"shape.{shape}", f"{row}.{shape}", f"{row}.{head.sense.count}", f"{shape}.{head.sense.count}",
        f"first.{around.first}", f"{row}.{around.first}", f"prefix.{head.prefix.lstrip('وف')}", f"{row}.{'def' if head.definite else 'indef'}",
    ]  # fmt: skip
    if head.sense.pronoun:
        out += ["pronoun", f"{row}.pronoun"]
    s = draft.cluster.sentence
    paragraph = scene.sentences[s].paragraph
    out.append(
        "at.title" if paragraph == 0 else "at.second" if paragraph == 1 else "at.lead" if paragraph == 2 else "at.body"
    )
    if scene.sentences[s].paragraph == scene.sentences[-1].paragraph:
        out.append("at.last")
    out += _layout(scene, s)
    for name, value in (("place", draft.place), ("actor", draft.actor), ("time", draft.time)):
        out.append(f"has.{name}" if value >= 0 else f"no.{name}")
        out.append(f"{row}.has.{name}" if value >= 0 else f"{row}.no.{name}")
    if draft.place >= 0:
        p = scene.places[draft.place]
        own = around.low <= p.i < around.high
        out.append(f"place.{'own' if own else 'far'}.w{int(p.weight * 4)}")
        out.append(f"place.{'R' if p.i >= head.j else 'L'}.{p.frame}" if own else "place.far")
        if own:
            out.append(f"place.gap.{min(abs(p.i - head.j), 12) // 3}")
    if draft.actor >= 0:
        a = scene.parties[draft.actor]
        own = around.low <= a.i < around.high
        out += [f"actor.{a.kind}", f"actor.{'R' if a.i >= head.j else 'L'}.{own}", f"actor.head.{a.head}"]
    if draft.time >= 0:
        t = scene.times[draft.time]
        out += [f"time.{t.kind}.{around.low <= t.i < around.high}"]
    for n in draft.weapons:
        out.append(f"weapon.{scene.weapons[n].category}")
    out += [f"num.{of}" for of in sorted({of for _, of in draft.numbers})]
    out += [f"other.{t.sense.id}" for t in draft.cluster.others]
    out += [f"says.{voucher.mode or 'own'}", f"chain{min(voucher.links, 2)}"]
    if voucher.claim:
        out += ["says.claim", f"{row}.claim"]
    quoted = any(i <= head.i < j and j - i > 4 for i, j in scene.quotes)
    if quoted:
        out += ["quoted", f"{row}.quoted"]
    low, high = around.low, around.high
    for k in range(max(low, head.i - 4), min(high, head.j + 3)):
        cls = word_class(scene.tokens[k].norm) if scene.tokens[k].script != "mark" else ""
        if cls in (
            "negative",
            "attempt",
            "future",
            "motive",
            "cause",
            "happen",
            "support",
            "undergo",
            "against",
            "relative",
            "result",
        ):
            out.append(f"{'before' if k < head.i else 'after'}.{cls}")
    if scene.tokens[head.i].norm.startswith("س") and head.sense.shape == "imperfect":
        out.append("future")
    out.append(f"crowd{min(many // 4, 6)}")
    several = min(len(listed_places(scene, draft)), 4)
    if several > 1:
        out += ["listed", f"listed{several}", f"listed.{row}"]
    return out


def _targets(scene: Scene, draft: Draft) -> Words | None:
    """The first noun phrase after the head that is not its actor: whom or what it was done to."""
    verbs = [t for t in (draft.cluster.head, *draft.cluster.others) if t.verb and "casualty" not in t.sense.flags]
    head = min(verbs, key=lambda t: t.i) if verbs else draft.cluster.head
    actor = scene.parties[draft.actor] if draft.actor >= 0 else None
    k, end = head.j, draft.cluster.right
    tokens = scene.tokens
    armed = {n for m in draft.weapons for n in range(scene.weapons[m].i, scene.weapons[m].j)}
    while k < end:
        token = tokens[k]
        if k in armed or token.norm in _SEVERAL:
            k += 1
            continue
        if actor is not None and actor.i <= k < actor.j:
            k = actor.j
            continue
        if k in scene.time_at:
            k = scene.times[scene.time_at[k]].j
            continue
        if token.script == "mark":
            if token.norm in ".؛;:":
                return None
            k += 1
            continue
        cls = word_class(token.norm)
        if cls in ("onto", "against", "relative", "support", "happen"):
            k += 1
            continue
        if cls in ("in", "near", "compass", "means", "result", "cause", "motive", "break", "from", "about"):
            return None
        if k < draft.cluster.head.j and any(t.i <= k < t.j for t in draft.cluster.others):
            k += 1
            continue
        if k in scene.weapon_at or (k in scene.number_at and scene.numbers[scene.number_at[k]].kind != "dual"):
            k += 1
            continue
        return _phrase(scene, k, end)
    return None


def _turned(scene: Scene, draft: Draft, speaker: int) -> Words | None:
    """The target where the clause is turned around: then who underwent the attack is not who did it."""
    at = who_underwent(scene, draft.cluster, speaker)
    if at >= 0 and draft.actor >= 0 and (draft.actor == at or underwent_it_too(scene, draft.actor, at)):
        draft.actor = -1
    if at < 0 and draft.kind == "statistic":
        at = whom_attacks_are_on(scene, draft.cluster)
    if at < 0:
        return None
    p = scene.parties[at]
    return Words(p.i, p.j, p.start, p.end)


def _phrase(scene: Scene, first: int, end: int, longest: int = 5) -> Words | None:
    tokens = scene.tokens
    k = first
    while k < end and k - first < longest:
        if k in scene.party_at:
            k = scene.parties[scene.party_at[k]].j
            continue
        token = tokens[k]
        if token.script == "mark" and token.norm not in QUOTES:
            break
        if k > first and (word_class(token.norm) or k in scene.time_at or k in scene.weapon_at):
            break
        k += 1
    while k > first and tokens[k - 1].script == "mark":
        k -= 1
    if k <= first:
        return None
    words = scene.words(first, k)
    p = scene.parties[scene.party_at[first]] if first in scene.party_at else None
    return Words(first, k, p.start if p else words.start, words.end)


def _only_a_place(scene: Scene, draft: Draft) -> bool:
    """Whether the chosen actor is but the country that the chosen place is named by ("in Iraq and Syria")."""
    a, p = scene.parties[draft.actor], scene.places[draft.place]
    return a.head == "country" and p.i <= a.i and a.j <= p.j


def _denied(denials: Sequence[Speech], cluster: Cluster) -> Speech | None:
    """The speech that denies a happening: the first thing told after its verb of denial, in the same breath."""
    at = cluster.head.i
    for s in denials:
        if s.content is not None and s.content[0] <= at < s.content[1] and at - s.content[0] <= _DENIED_WITHIN:
            return s
    return None


def _time_within(scene: Scene, denial: Speech, chosen: int) -> int:
    """The first day told inside of what is denied, where one is: the day of the denial itself is another."""
    assert denial.content is not None
    low, high = denial.content
    return next((n for n, t in enumerate(scene.times) if low <= t.i < high and t.first is not None), chosen)


def _changes(cluster: Cluster, draft: Draft) -> bool:
    """Whether a rise or a fall stands with its percentage: whatever rose, that is a change of rate."""
    return cluster.head.sense.id in _MOVES and any(of == "percent" for _, of in draft.numbers)


def _refers_to_series(scene: Scene, draft: Draft) -> bool:
    """A definite plural without a place of its own sentence ("the strikes were carried out with …") speaks of the
    series that was told before it."""
    head = draft.cluster.head
    if not head.definite or head.sense.count != "many" or draft.place < 0:
        return False
    sentence = scene.sentences[draft.cluster.sentence]
    return not sentence.i <= scene.places[draft.place].i < sentence.j


def _remember(scene: Scene, before: Before, draft: Draft) -> None:
    """What later tellings may carry over from a draft, and who acted and who was acted on."""
    before.actor = draft.actor if draft.actor >= 0 else before.actor
    before.place = draft.place if draft.place >= 0 else before.place
    before.time = draft.time if draft.time >= 0 else before.time
    if draft.actor >= 0 and (entity := scene.parties[draft.actor].entity):
        before.acted[entity] = before.acted.get(entity, 0) + 1
    if draft.target is not None:
        for p in scene.parties:
            if p.entity and draft.target.i <= p.i and p.j <= draft.target.j:
                before.suffered[p.entity] = before.suffered.get(p.entity, 0) + 1


def listed_places(scene: Scene, draft: Draft) -> list[int]:
    """The places of a draft: the chosen one, and those that it is listed with in its own sentence."""
    if draft.place < 0:
        return []
    sentence = scene.sentences[draft.cluster.sentence]
    p = scene.places[draft.place]
    if not sentence.i <= p.i < sentence.j:
        return [draft.place]
    return listed(scene, draft.place, sentence.j)


def read_events(
    scene: Scene,
    speeches: Sequence[Speech],
    watch: Callable[[str, Cluster, Choice], None] | None = None,
) -> list[Draft]:
    """The drafts of a document in order, given its speech acts; ``watch`` is shown every choice with its
    candidates (for fitting the weights)."""
    sources = Sources(scene, speeches)
    denials = [s for s in speeches if s.lemma in _DENYING]
    triggers = usable_triggers(scene)
    groups = clusters(scene, triggers)
    tables = {name: weights(name) for name in ("source", "actor", "place", "time", "keep")}
    out: list[Draft] = []
    before = Before()
    last: Cluster | None = None
    first_dated = next((n for n, t in enumerate(scene.times) if t.first is not None and t.kind == "day"), -1)
    first_place = -1
    if scene.sentences and scene.places:
        title_end = next((s.j for s in reversed(scene.sentences) if s.paragraph <= 1), 0)
        first_place = next((n for n, p in enumerate(scene.places) if p.i < title_end and p.weight >= 0.5), -1)
    for cluster in groups:
        around = Around(scene, cluster, groups)
        choice = sources.choice(around)
        if watch is not None:
            watch("source", cluster, choice)
        at, _ = best(tables["source"], choice.features)
        voucher = sources.voucher(choice.candidates[at])
        s = scene.sentences[cluster.sentence]
        before.same_sentence = last is not None and last.sentence == cluster.sentence
        before.same_paragraph = last is not None and scene.sentences[last.sentence].paragraph == s.paragraph
        before.same_row = last is not None and last.head.sense.type == cluster.head.sense.type
        before.speaker, before.speech, before.claim = voucher.speaker, voucher.mode, voucher.claim
        before.speech_time = voucher.time
        before.title_place, before.lead_time = first_place, first_dated
        draft = Draft(cluster, source=voucher.key)
        picks = []
        for name, make in (("actor", actor_choice), ("place", place_choice), ("time", time_choice)):
            choice = make(around, before)
            if watch is not None:
                watch(name, cluster, choice)
            at, _ = best(tables[name], choice.features)
            picks.append(choice.candidates[at])
        draft.actor, draft.place, draft.time = picks
        if draft.actor >= 0 and draft.place >= 0 and _only_a_place(scene, draft):
            draft.actor = -1
        if draft.actor >= 0 and not_the_actor(around, draft.actor, speeches):
            draft.actor = -1
        if draft.place >= 0:
            draft.place = narrower(scene, draft.place, s.i)
        denial = _denied(denials, cluster)
        if denial is not None:
            draft.status = "denied"
            draft.source = speeches.index(denial)
            draft.time = _time_within(scene, denial, draft.time)
            if draft.actor in (voucher.speaker, sources.voucher(draft.source).speaker):
                draft.actor = -1
        else:
            draft.status = modality(scene, cluster)
        _gather(scene, draft)
        for n, features in number_candidates(around):
            if watch is not None:
                watch("number", cluster, Choice([n], [features]))
            of = classes("number").pick(features) or "-"
            if of != "-" and not (of == "attacks" and _of_time(scene, n)):
                draft.numbers.append((n, settled(scene, n, of)))
        bag = _bag(scene, cluster)
        type_features = _type_features(scene, draft) + bag
        kind_features = _kind_features(scene, draft) + bag
        draft.kind = classes("kind").pick(kind_features) or "event"
        if draft.kind == "event" and any(of == "attacks" and scene.numbers[n].low != 1 for n, of in draft.numbers):
            draft.kind = "aggregate"
        if draft.kind == "event" and _refers_to_series(scene, draft):
            draft.kind, draft.place = "aggregate", -1
        changes = _changes(cluster, draft)
        if changes:
            draft.kind, draft.type = "statistic", "rate_change"
        elif draft.kind == "statistic":
            draft.type = classes("figure").pick(kind_features) or "other"
        else:
            draft.type = classes("type").pick(type_features) or cluster.head.sense.type
        keep_features = [
            *_keep_features(scene, draft, around, voucher, len(groups)),
            f"type.{draft.type}",
            f"kind.{draft.kind}",
            *bag,
        ]
        draft.keep = probability(score(tables["keep"], keep_features))
        if changes:
            draft.keep = max(draft.keep, _CHANGE)
        draft.features = keep_features
        if draft.keep >= FLOOR or watch is not None:
            outcome_features = _outcome_features(draft) + bag
            outcome = classes("outcome").pick(outcome_features)
            draft.outcome = "" if draft.kind == "statistic" or outcome == "-" else outcome
            draft.target = _turned(scene, draft, sources.voucher(draft.source).speaker) or _targets(scene, draft)
        if watch is not None:
            watch("type", cluster, Choice([], [type_features]))
            watch("kind", cluster, Choice([], [kind_features]))
            watch("outcome", cluster, Choice([], [outcome_features]))
            watch("keep", cluster, Choice([], [keep_features]))
        out.append(draft)
        if draft.keep >= CARRIES and draft.status in ("happened", "denied"):
            before.kind = draft.kind
            _remember(scene, before, draft)
            last = cluster
    return out
