"""Several tellings of one happening inside a document (headline, lead, quoted post, body) are one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tawatur.lexicon.weights import score, weights
from tawatur.meaning.actors import Catalogue
from tawatur.model import Issue, Number, Place, Record, Weapon
from tawatur.records.pairs import WEAPONLESS, days, family, features, impossible, places, types
from tawatur.text.normal import fold

# A record that is less sure than this after its tellings were merged is left out, with an issue. Which speech acts
# are records the reader has decided.
FLOOR = {"event": 0.65, "aggregate": 0.65, "statistic": 0.4, "statement": 0.0}
# On a saved page the headlines of other reports stand around the report: beyond its surest two happenings, one must be
# as sure as this.
CROWDED, FEW = 0.97, 2
# What is handed down over several hands is what the program is there to keep: it is kept sooner.
FLOOR_CHAINED = 0.5
# Tellings are joined from this score on: a happening told twice harms a reader's count more than two told as one.
JOINS = -0.4
# A telling is held against this many records at most, so that the work for a crowded document stays bounded.
_AT_MOST = 80


def merge(
    records: list[Record], catalogue: Catalogue, page: bool = False, floors: Mapping[str, float] | None = None
) -> tuple[list[Record], list[Issue]]:
    """The records with repeats joined; those that stay unsure are thrown out with a reason.

    The fullest telling comes first; each later one joins the record that it fits best, if it fits any. ``page`` says
    that the document is a saved page with other things than its report on it. ``floors`` are the reader's own, by
    kind; without them those of the rules reader hold, which are stricter on a page.
    """
    table = weights("merge")
    out: list[Record] = []
    tellings: list[list[Record]] = []
    for r in sorted(records, key=lambda r: (-_fullness(r), r.anchor.start, r.place.span.start if r.place else -1)):
        fit = -1
        if r.kind != "statement":
            best = JOINS
            for n in range(max(0, len(out) - _AT_MOST), len(out)):
                if out[n].kind == "statement" or any(impossible(t, r) for t in tellings[n]):
                    continue
                value = score(table, features(out[n], r, catalogue))
                if value > best:
                    best, fit = value, n
        if fit < 0:
            out.append(r)
            tellings.append([r])
        else:
            tellings[fit].append(r)
            out[fit] = joined(out[fit], r)
    out = _without_headlines(out)
    kept, issues = [], []
    told = sorted((r.confidence for r in out if r.kind in ("event", "aggregate")), reverse=True)
    crowd = min(CROWDED, told[FEW - 1]) if floors is None and page and len(told) > FEW else 0.0
    for r in out:
        if r.confidence >= max(_floor(r, floors), crowd if r.kind in ("event", "aggregate") else 0.0):
            kept.append(r)
        else:
            issues.append(Issue("unsure", f"{r.kind} {r.type} left out at confidence {r.confidence:.2f}", r.anchor))
    return kept, issues


def _without_headlines(records: list[Record]) -> list[Record]:
    """The records without those that only the headline tells, where the report below tells of the same place and deed:
    a headline says in the publisher's voice, and as one, what the report attributes and counts (codebook rule 25)."""
    out = list(records)
    for r in records:
        if r.kind != "event" or r.evidence.start > 0:
            continue
        below = [
            n
            for n, o in enumerate(out)
            if o is not r
            and o.kind in ("event", "aggregate")
            and o.evidence.start > 0
            and places(r.place, o.place) == "same"
            and types(r, o) in ("same", "open")
            and days(r, o) != "two"
        ]
        if below:
            out[below[0]] = joined(out[below[0]], r)
            out.remove(r)
    return out


def _floor(r: Record, floors: Mapping[str, float] | None) -> float:
    if floors is not None:
        return floors.get(r.kind, 0.0)
    return min(FLOOR[r.kind], FLOOR_CHAINED) if len(r.source) > 1 else FLOOR[r.kind]


def _fullness(r: Record) -> float:
    return 2 * (r.place is not None) + (r.time is not None) + (r.actor is not None) + bool(r.numbers) + r.confidence


def joined(first: Record, second: Record) -> Record:
    """``first`` with what only ``second`` tells. The words nearest the anchor stay; attributed once is attributed."""
    open_type = first.type == WEAPONLESS and family(second.type) == "strike"
    return replace(
        first,
        type=second.type if open_type else first.type,
        actor=first.actor or second.actor,
        target=first.target or second.target,
        place=_narrower(first.place, second.place),
        time=first.time if first.time and (first.time.first or not second.time) else second.time or first.time,
        weapons=_weapons(first.weapons, second.weapons),
        numbers=_numbers(first.numbers, second.numbers),
        outcome=first.outcome or second.outcome,
        source=first.source or second.source,
        cue=first.cue if first.source else second.cue or first.cue,
        confidence=round(1 - (1 - first.confidence) * (1 - 0.5 * second.confidence), 3),
    )


def _narrower(a: Place | None, b: Place | None) -> Place | None:
    if a is None or b is None:
        return a or b
    return b if (b.precision or 3) < (a.precision or 3) else a


def _weapons(a: tuple[Weapon, ...], b: tuple[Weapon, ...]) -> tuple[Weapon, ...]:
    known = {fold(w.span.text) for w in a}
    return a + tuple(w for w in b if fold(w.span.text) not in known)


def _numbers(a: tuple[Number, ...], b: tuple[Number, ...]) -> tuple[Number, ...]:
    known = {n.of for n in a}
    return a + tuple(n for n in b if n.of not in known)
