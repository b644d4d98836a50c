"""A report in the index: who published it, its signature, its words without the page's furniture, its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tawatur.origins.bylines import publisher_of_report
from tawatur.origins.families import Publisher
from tawatur.origins.lineage import NEAR_DAYS, Paper
from tawatur.origins.shingles import Signature, Words, sign, words_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A report with what the index knows of it."""

    paper: Paper
    publisher: Publisher
    signature: Signature

    @property
    def doc(self) -> str:
        return self.paper.facts.doc

    @property
    def day(self) -> date | None:
        return self.paper.facts.published

    @property
    def text(self) -> str:
        return self.paper.facts.text


def entry_of(paper: Paper, signature: bytes) -> Entry:
    """The entry of a report; ``signature`` are kept bytes, or empty: then it is made."""
    made = Signature.from_bytes(signature) if signature else sign(words(paper).norms)
    return Entry(paper, publisher_of_report(paper.facts), made)


def words(paper: Paper) -> Words:
    """The words of a report without the furniture of its page."""
    found = words_of(paper.facts.text)
    if not paper.furniture:
        return found
    cover = sorted(paper.furniture)
    keep: list[int] = []
    k = 0
    for i, start in enumerate(found.starts):
        while k < len(cover) and cover[k][1] <= start:
            k += 1
        if k == len(cover) or start < cover[k][0]:
            keep.append(i)
    return Words(
        tuple(found.norms[i] for i in keep), tuple(found.starts[i] for i in keep), tuple(found.ends[i] for i in keep)
    )


def addresses(url: str) -> tuple[str, ...]:
    """An address without its scheme, ``www.``, fragment or closing stroke; none where it names no page."""
    bare = (url.partition("//")[2] or url).partition("#")[0].removeprefix("www.").rstrip("/")
    return (bare.replace("t.me/s/", "t.me/").replace("twitter.com/", "x.com/"),) if "/" in bare else ()


def days_between(a: Entry, b: Entry) -> int | None:
    """Days by which ``a`` came after ``b``; None where either day is unknown."""
    return (a.day - b.day).days if a.day is not None and b.day is not None else None


def is_near(a: Entry, b: Entry) -> bool:
    """Whether two reports are near in time, as far as their days are known."""
    days = days_between(a, b)
    return days is None or abs(days) <= NEAR_DAYS
