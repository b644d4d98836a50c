"""Whether two tellings of one document tell of the same: how their fields compare, as named features.

The weights (``merge`` in ``data/weights.json``) were fitted by ``training/rules.py`` on pairs of tellings that gold
puts into one record, or into two.
"""

from __future__ import annotations

from functools import lru_cache

from tawatur.meaning.actors import Catalogue
from tawatur.model import Party, Place, Record
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize

WEAPONLESS = "strike.unspecified"
_MEANS = frozenset({"strike", "bomb", "shooting", "clash", "raid", "naval"})
_RESULTS = frozenset({"harm", "damage"})


def family(type_: str) -> str:
    return type_.split(".")[0]


@lru_cache(maxsize=1 << 14)
def words(text: str) -> frozenset[str]:
    """The folded words of a name, articles and proclitics off."""
    return frozenset(stems(t.norm)[-1][0] for t in tokenize(text) if t.script != "mark")


def same_name(a: str, b: str) -> bool:
    """Whether one name is the other, or part of it."""
    if fold(a) == fold(b):
        return True
    x, y = words(a), words(b)
    return bool(x and y) and (x <= y or y <= x)


def types(a: Record, b: Record) -> str:
    """How two kinds of deed compare; ``apart`` never is one happening."""
    if a.type == b.type:
        return "same"
    if a.kind == b.kind == "statistic":
        return "figure"
    x, y = family(a.type), family(b.type)
    if x == y == "strike":
        return (
            "open" if WEAPONLESS in (a.type, b.type) else "mixed" if "strike.mixed" in (a.type, b.type) else "weapons"
        )
    if {x, y} & _RESULTS and {x, y} & _MEANS:
        return "result"
    if {x, y} <= _MEANS | _RESULTS:
        return "means"
    return "apart"


def places(a: Place | None, b: Place | None) -> str:
    if a is None or b is None:
        return "none" if a is b else "one"
    if (a.place_id and a.place_id == b.place_id) or same_name(a.span.text, b.span.text):
        return "same"
    if a.country and a.country == b.country and 3 in (a.precision, b.precision):
        return "wide"
    if a.admin1 and a.admin1 == b.admin1 and 2 in (a.precision, b.precision):
        return "area"
    return "two"


def parties(a: Party | None, b: Party | None, catalogue: Catalogue) -> str:
    if a is None or b is None:
        return "none" if a is b else "one"
    if a.entity and b.entity:
        return catalogue.same_party(a.entity, b.entity)
    return "same" if same_name(a.span.text, b.span.text) else "words"


def days(a: Record, b: Record) -> str:
    x, y = a.time, b.time
    if x is None or y is None or x.first is None or y.first is None:
        dated = sum(1 for t in (x, y) if t is not None and t.first is not None)
        return "none" if dated == 0 else "one"
    if (x.first, x.last) == (y.first, y.last):
        return "same"
    lo = max(x.first, y.first)
    hi = min(x.last or lo, y.last or lo)
    return "overlap" if lo <= hi else "two"


def figures(a: Record, b: Record) -> str:
    mine = {(n.of, n.low, n.high) for n in a.numbers if n.low != 1}
    theirs = {(n.of, n.low, n.high) for n in b.numbers if n.low != 1}
    if not mine or not theirs:
        return "none" if not mine and not theirs else "one"
    if mine & theirs:
        return "same"
    return "two" if {m[0] for m in mine} & {t[0] for t in theirs} else "other"


def features(a: Record, b: Record, catalogue: Catalogue) -> list[str]:
    """How two tellings compare. ``a`` stands first in the text."""
    if b.anchor.start < a.anchor.start:
        a, b = b, a
    t, p, d, f = types(a, b), places(a.place, b.place), days(a, b), figures(a, b)
    who = parties(a.actor, b.actor, catalogue)
    whom = (
        "one"
        if a.target is None or b.target is None
        else "same"
        if same_name(a.target.span.text, b.target.span.text)
        else "two"
    )
    kinds = a.kind if a.kind == b.kind else "+".join(sorted((a.kind, b.kind)))
    far = b.anchor.start - a.anchor.start
    gap = "0" if far < 120 else "1" if far < 400 else "2" if far < 1000 else "3" if far < 2500 else "4"
    within = "sentence" if a.evidence == b.evidence else "apart"
    definite = "definite" if fold(b.anchor.text).startswith("ال") else "plain"
    anchor = "same" if words(a.anchor.text) & words(b.anchor.text) else "other"
    narrow = min((x.precision or 3 for x in (a.place, b.place) if x is not None), default=0)
    title = "title" if a.anchor.start < 90 else "lead" if a.anchor.start < 400 else "body"
    said = (
        "none"
        if not a.source and not b.source
        else "one"
        if not a.source or not b.source
        else parties(a.source[-1], b.source[-1], catalogue)
    )
    return [
        "bias", f"type.{t}", f"place.{p}", f"day.{d}", f"figure.{f}", f"who.{who}", f"whom.{whom}", f"kind.{kinds}",
        f"gap{gap}", f"{within}.{gap}", f"anchor.{anchor}", f"{definite}", f"title.{title}", f"said.{said}", f"{t}.{p}", f"{p}.{d}",
        f"{p}.narrow{narrow}", f"{t}.{p}.{d}", f"{kinds}.{p}", f"{kinds}.{t}", f"{title}.{p}", f"{title}.{t}.{p}", f"{who}.{p}",
        f"{kinds}.figure.{f}", f"{within}.{t}.{p}", f"{within}.{anchor}", f"{definite}.{p}", f"{whom}.{p}", f"{family(a.type)}.{p}",
    ]  # fmt: skip


def impossible(a: Record, b: Record) -> bool:
    """Pairs that are never one record: items of one list (they share an anchor), two days, another kind of deed or of
    figure."""
    if a.anchor == b.anchor or types(a, b) == "apart" or days(a, b) == "two":
        return True
    if (a.kind == "statistic") != (b.kind == "statistic") or (a.kind == "statistic" and a.type != b.type):
        return True
    return a.kind == b.kind == "aggregate" and bool(counts(a)) and bool(counts(b)) and not counts(a) & counts(b)


def counts(r: Record) -> frozenset[tuple[float | None, float | None]]:
    """How many attacks or sites a record counts: two counts that differ are two records."""
    return frozenset((n.low, n.high) for n in r.numbers if n.of in ("attacks", "sites") and n.low != 1)
