"""Which report is a copy of which: the nouns, and the judgement of one pair.

A lineage leads from a copy to its original. Its kind says what was done: ``verbatim``, ``edited`` (words, headline or
order changed), ``excerpt`` (a part of the original and little else), ``merged`` (a passage of it among other text),
``credit`` (told in other words, but the original is named as the source and the facts are the same),
``translated-quote`` (the same across languages), ``forward`` (passed on as it is).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.events.told import Facts
from tawatur.model import Document, Span
from tawatur.origins.compare import Overlap, Run

Kind = Literal["verbatim", "edited", "excerpt", "merged", "credit", "translated-quote", "forward"]
NEAR_DAYS = 2
"""Days between a report and the one that it credits, at most."""
HELD = 0.75
"""Part of a credited passage's parties, places and figures that the credited report must hold."""
THRESHOLD = 0.5
"""Score from which a pair is a lineage."""
LEAST_OWN = 8
"""Words outside quotations that a copy shares at least; with fewer any two posts of one happening may agree."""
AGREEMENT = 0.6
"""Agreement of facts from which a report that credits another tells the same."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that stands inside a report: where, whose, its own address."""

    start: int
    end: int
    author: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as lineage sees it; ``posts`` are the posts that it embeds, ``furniture`` the stretches of its text that
    belong to the page and not to the report."""

    facts: Facts
    posts: tuple[Post, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()


def paper_of(facts: Facts, document: Document) -> Paper:
    """The paper of a document: its embedded posts and its furniture by its parts. ``facts.text`` is its text."""
    posts = tuple(Post(p.start, p.end, p.author, p.address) for p in document.parts if p.kind == "post")
    return Paper(facts, posts, tuple((p.start, p.end) for p in document.parts if p.kind == "furniture"))


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
        """The part (0 to 1) of ``span``, words of the copy, that it has from the original. A forward without passages
        is passed on whole: 1."""
        if self.kind == "forward" and not self.runs:
            return 1.0
        inside = sum(max(min(r.copy.end, span.end) - max(r.copy.start, span.start), 0) for r in self.runs)
        return inside / max(span.end - span.start, 1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a pair being copy and original, besides their words: how the copy credits the other's family
    (``reprint``, ``via`` or not), whether it passes the other on, the days between them where known."""

    credit: str = ""
    forward: bool = False
    days: int | None = None
    same_language: bool = True

    @property
    def near(self) -> bool:
        """Whether they are near enough in time for a credit to mean this report."""
        return self.days is None or abs(self.days) <= NEAR_DAYS


CREDITED_WORDS = 12
"""Words of its own that a report must share with the one it credits for the credit to speak for a copy."""
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
    told = evidence.near and overlap.own >= CREDITED_WORDS
    return {
        "bias": 1.0,
        "own_share": overlap.own_share,
        "longest": math.log2(1 + overlap.longest_own / 8),
        "own": math.log2(1 + overlap.own / 16),
        "quoted": math.log2(1 + quoted / 16),
        "reprint": float(evidence.credit == "reprint" and told),
        "via": float(evidence.credit == "via" and told),
        "far": float(not evidence.near),
    }


def score_of(values: dict[str, float]) -> float:
    """The probability that the weights give to a pair."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[k] * v for k, v in values.items())))


def judge(copy: str, original: str, overlap: Overlap, evidence: Evidence, ordered: bool) -> Lineage | None:
    """The lineage of a pair by its words, or None."""
    if evidence.forward:
        return Lineage(copy, original, "forward", 1.0, ("passed on from there",))
    score = score_of(features(overlap, evidence))
    if score < THRESHOLD or overlap.own < LEAST_OWN:
        return None
    return Lineage(copy, original, _kind(overlap), round(score, 3), _reasons(overlap, evidence), overlap.runs, ordered)


def judge_facts(copy: str, original: str, runs: Sequence[Run], evidence: Evidence, agreement: float) -> Lineage | None:
    """The lineage of a pair in which the copy credits the other and tells it in words of its own: ``agreement`` (0 to
    1) is how far the facts are the same, ``runs`` are the paragraphs that tell nothing else."""
    if agreement < AGREEMENT:
        return None
    kind: Kind = "credit" if evidence.same_language else "translated-quote"
    reasons = ("credits that outlet", f"parties, places and figures are the same ({agreement:.0%})")
    return Lineage(copy, original, kind, round(agreement, 3), reasons, tuple(runs))


def judge_passage(copy: str, original: str, run: Run, evidence: Evidence, share: float) -> Lineage | None:
    """The lineage of one passage that is told with credit in words of the copy's own: ``share`` (0 to 1) is how much of
    what the passage tells the original holds. Only the records of that passage come from there."""
    if share < HELD:
        return None
    kind: Kind = "credit" if evidence.same_language else "translated-quote"
    reason = f"a passage credits that outlet, whose report has its parties, places and figures ({share:.0%})"
    return Lineage(copy, original, kind, round(share * HELD, 3), (reason,), (run,))


def _kind(overlap: Overlap) -> Kind:
    mine, theirs = overlap.copy_share, overlap.original_share
    if mine >= 0.95 and theirs >= 0.95 and len(overlap.runs) <= 2:
        return "verbatim"
    if mine >= 0.75:
        return "edited" if theirs >= 0.5 else "excerpt"
    return "excerpt" if mine >= 0.5 > theirs else "merged"


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
    return tuple(out)
