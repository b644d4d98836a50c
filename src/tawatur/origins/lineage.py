"""Which report is a copy of which: the nouns, and the judgement of one pair.

A lineage leads from a copy to its original. Its kind says what was done: ``verbatim``, ``edited`` (words, headline or
order changed), ``excerpt`` (a part of the original and little else), ``merged`` (a passage of it among other text),
``credit`` (told in other words, but the original is named as the source and the facts are the same),
``translated-quote`` (the same across languages), ``forward`` (passed on as it is).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from tawatur.model import Forward, Span
from tawatur.origins.compare import Overlap, Run

Kind = Literal["verbatim", "edited", "excerpt", "merged", "credit", "translated-quote", "forward"]
NEAR_DAYS = 2
"""Days between a report and the one that it credits, at most."""
THRESHOLD = 0.5
"""Score from which a pair is a lineage."""


class Reported(Protocol):
    """What is known of a report (``tawatur.events.told.Facts``)."""

    @property
    def doc(self) -> str: ...
    @property
    def published(self) -> date | None: ...
    @property
    def outlet(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def forwards(self) -> tuple[Forward, ...]: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Post:
    """A post that stands inside a report: where, whose, its own address."""

    start: int
    end: int
    author: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as lineage sees it. ``anchors`` are marks of what it tells that no language changes (parties, places,
    figures of its records); ``posts`` are the posts that it embeds."""

    facts: Reported
    anchors: frozenset[str] = frozenset()
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """``copy`` comes from ``original`` (ids of reports). ``runs`` are the passages that they share; ``reasons`` say in
    plain lines why; ``ordered`` is False where neither days nor credits tell who wrote first."""

    copy: str
    original: str
    kind: Kind
    score: float
    reasons: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    ordered: bool = True

    def covers(self, span: Span) -> float:
        """The part (0 to 1) of ``span``, words of the copy, that it has from the original. A credit without shared
        passages says nothing of single words: 0. A forward without passages is passed on whole: 1."""
        if self.kind == "forward" and not self.runs:
            return 1.0
        inside = sum(max(min(r.copy.end, span.end) - max(r.copy.start, span.start), 0) for r in self.runs)
        return inside / max(span.end - span.start, 1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a pair being copy and original, besides their words."""

    credit: str = ""  # "reprint" or "via" where the copy credits the original's family
    forward: bool = False
    same_family: bool = False
    days: int | None = None
    shared: frozenset[str] = frozenset()
    fewest: int = 0  # anchors of the side that has fewer
    same_language: bool = True

    @property
    def near(self) -> bool:
        return self.days is None or abs(self.days) <= NEAR_DAYS

    @property
    def agreement(self) -> float:
        """How far the anchors agree: the shared part of the smaller side's, 0 without enough of them."""
        return len(self.shared) / max(self.fewest, 1) if len(self.shared) >= 3 else 0.0


WEIGHTS = {
    "bias": -6.0,
    "own_share": 8.0,
    "longest": 1.3,
    "own": 0.6,
    "quoted": 0.3,
    "reprint": 3.0,
    "via": 1.2,
    "far": -0.8,
}
"""Weights of the named features, log-odds; set on the tuning half of ``benchmarks/lineage.py``."""


def features(overlap: Overlap, evidence: Evidence) -> dict[str, float]:
    """The named features of a pair. Words outside quotations count whole: reporters who heard the same statement
    share its words, those who copied share the words between."""
    quoted = sum(r.words - r.own for r in overlap.runs)
    return {
        "bias": 1.0,
        "own_share": overlap.own_share,
        "longest": math.log2(1 + overlap.longest_own / 8),
        "own": math.log2(1 + overlap.own / 16),
        "quoted": math.log2(1 + quoted / 16),
        "reprint": float(evidence.credit == "reprint" and evidence.near),
        "via": float(evidence.credit == "via" and evidence.near),
        "far": float(not evidence.near),
    }


def score_of(values: dict[str, float]) -> float:
    """The probability that the weights give to a pair."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[k] * v for k, v in values.items())))


def judge(copy: str, original: str, overlap: Overlap, evidence: Evidence, ordered: bool) -> Lineage | None:
    """The lineage of a pair, or None."""
    if evidence.forward:
        return Lineage(copy, original, "forward", 1.0, ("passed on from there",))
    score = score_of(features(overlap, evidence))
    if score >= THRESHOLD:
        return Lineage(
            copy, original, _kind(overlap), round(score, 3), _reasons(overlap, evidence), overlap.runs, ordered
        )
    if evidence.credit and evidence.near and not evidence.same_family:
        score = _by_facts(evidence)
        if score >= THRESHOLD:
            kind: Kind = "credit" if evidence.same_language else "translated-quote"
            return Lineage(copy, original, kind, round(score, 3), _reasons(overlap, evidence), overlap.runs, True)
    return None


def _by_facts(evidence: Evidence) -> float:
    """How sure a credit is where the words differ: the facts must be the same."""
    return min(0.95, evidence.agreement + (0.25 if evidence.credit == "reprint" else 0.0)) if evidence.shared else 0.0


def _kind(overlap: Overlap) -> Kind:
    mine, theirs = overlap.copy_share, overlap.original_share
    if mine >= 0.9 and theirs >= 0.9 and len(overlap.runs) <= 2:
        return "verbatim"
    if mine >= 0.5:
        return "edited" if theirs >= 0.5 else "excerpt"
    return "merged"


def _reasons(overlap: Overlap, evidence: Evidence) -> tuple[str, ...]:
    out: list[str] = []
    if overlap.runs:
        longest = max(overlap.runs, key=lambda r: r.words)
        out.append(
            f"{sum(r.words for r in overlap.runs)} words shared in {len(overlap.runs)} passages "
            f"({overlap.copy_share:.0%} of this report, {overlap.original_share:.0%} of the other)"
        )
        out.append(f"the longest passage has {longest.words} words")
    if evidence.credit == "reprint":
        out.append("credited as a whole to that outlet")
    elif evidence.credit:
        out.append("credits that outlet")
    if evidence.shared and not overlap.runs:
        out.append(f"{len(evidence.shared)} facts are the same")
    return tuple(out)
