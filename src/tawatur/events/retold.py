"""What is told more than once, in lists or in parts: one figure of several places, the parts of a total, a count that is
repeated days later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tawatur.events.claim import Claim, Of, Telling
from tawatur.events.scope import joined

Found = tuple[Claim, Telling, object]
"""A claim, the record that tells it, and the numeral that it was read from."""
REPEATED_WITHIN = timedelta(7)
"""A count without days of its own, or of "last week", that was published so shortly before is told once more."""
_FEW = 3


def of_lists(found: Sequence[Found]) -> list[tuple[Claim, Telling]]:
    """One figure told of a list of places ("five attacks on bases in Syria and Iraq and a port in Palestine") counts what
    befell all of them together."""
    lists: dict[object, list[Found]] = {}
    for each in found:
        lists.setdefault((each[1].record.doc, each[0].of, each[2]), []).append(each)
    out = []
    for same in lists.values():
        places = {(c.scope.countries, c.scope.spot.place_id if c.scope.spot else None) for c, _, _ in same}
        anchors = {t.record.anchor.start for _, t, _ in same}
        if len(places) > 1 and len(anchors) == 1 and all(c.scope.countries or c.scope.spot for c, _, _ in same):
            scope = joined([c.scope for c, _, _ in same])
            same = [(replace(c, scope=scope), t, n) for c, t, n in same]
        out += [(c, t) for c, t, _ in same]
    return out


NEXT_SENTENCE = 700
"""Characters from a total to its parts at most."""


def broken_down(found: Sequence[tuple[Claim, Telling]]) -> list[tuple[Claim, Telling]]:
    """Parts of a total ("20 attacks in Iraq and Syria from … to …. 14 were in Iraq") have the days of the total that
    the same party told right before."""
    totals: dict[tuple[str, Of, str], list[tuple[int, Claim]]] = {}
    for claim, telling in found:
        if claim.scope.first is not None and claim.origin:
            at = telling.record.evidence.start
            totals.setdefault((telling.record.doc, claim.of, claim.origin), []).append((at, claim))
    out = []
    for claim, telling in found:
        if claim.scope.first is None and claim.scope.countries and claim.low is not None:
            at = telling.record.evidence.start
            wholes = [
                (start, c) for start, c in totals.get((telling.record.doc, claim.of, claim.origin), ())
                if 0 < at - start <= NEXT_SENTENCE and (c.low or 0) > claim.low and claim.scope.countries < c.scope.countries
            ]  # fmt: skip
            if wholes and telling.record.time is None:
                _, whole = max(wholes, key=lambda w: w[0])
                claim = replace(
                    claim, other=whole.other, scope=replace(claim.scope, first=whole.scope.first, last=whole.scope.last)
                )  # fmt: skip
        out.append((claim, telling))
    return out


def repeated(stated: Sequence[Claim]) -> list[Claim]:
    """Claims with those put together that only repeat: the same figure by the same origin, published within days, whose
    own days are not told or told as "last week" from whenever it is repeated, or whose place is not told."""
    ordered = sorted(stated, key=lambda c: (_placeless(c), c.published or date.max, c.scope.first is None, c.records))
    out: list[Claim] = []
    for claim in ordered:
        at = next((n for n, c in enumerate(out) if _repeats(claim, c)), None)
        if at is None:
            out.append(claim)
        else:
            out[at] = replace(out[at], tellings=(*out[at].tellings, *claim.tellings))
    return out


def _placeless(claim: Claim) -> bool:
    return not claim.scope.countries and claim.scope.spot is None


def _repeats(claim: Claim, earlier: Claim) -> bool:
    if not claim.origin or claim.of in ("percent", "first") or (claim.low or 0) < _FEW or earlier.scope.first is None:
        return False
    mine, its = claim.scope, earlier.scope
    if (claim.of, claim.low, claim.high, claim.origin) != (earlier.of, earlier.low, earlier.high, earlier.origin):
        return False
    here = mine.countries == its.countries and (mine.spot and mine.spot.place_id) == (its.spot and its.spot.place_id)
    vague = mine.first is None or claim.other is not None
    if not (here and vague) and not (_placeless(claim) and (mine.first, mine.last) == (its.first, its.last)):
        return False
    days = [t.published for t in earlier.tellings if t.published]
    if not days or claim.published is None:
        return False
    return min(days) <= claim.published and min(abs(claim.published - d) for d in days) <= REPEATED_WITHIN
