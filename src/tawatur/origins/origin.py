"""The origin of a record: the end of its chain, resolved to whoever stands behind it (docs/decisions/0009).

Whose word it is, in the order of ``KINDS``: a party (its arms, ministries, spokesmen and media arms are one), an outlet
that was there (``outlet_field``), an outlet's own unnamed sources (``outlet_unnamed``), unnamed sources of nobody known
(``unnamed``), an outlet's bare voice (``unattributed``), and what cannot be told (``unknown``). Only the first three
count. Of a copy, "the outlet" is the one that wrote the words first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tawatur.events.told import Told
from tawatur.meaning.actors import Catalogue
from tawatur.meaning.actors_tables import entity
from tawatur.model import Label, Party
from tawatur.origins.bylines import writer_of
from tawatur.origins.families import Publisher, by_name, outlet_nouns, publisher, publisher_of
from tawatur.origins.parties import label_of, root_key, roots
from tawatur.origins.source_words import class_words, classes, is_name, readings, state_named
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

OriginKind = Literal["party", "outlet_field", "outlet_unnamed", "unnamed", "unattributed", "unknown"]
KINDS: tuple[OriginKind, ...] = ("party", "outlet_field", "outlet_unnamed", "unnamed", "unattributed", "unknown")
COUNTED = frozenset(("party", "outlet_field", "outlet_unnamed"))
_AROUND = 2  # words beside the name of an outlet in which "correspondent" makes it an account from the spot


@dataclass(frozen=True, slots=True)
class Origin:
    """Who stands behind a record. Two records with one ``key`` have one origin; ``parties`` are the parties (ids) that
    it is or belongs to: origins that share one are not independent. ``counts`` says whether it is a witness at all,
    ``reason`` why it was classed so."""

    key: str
    label: Label
    kind: OriginKind
    counts: bool
    reason: Label
    parties: frozenset[str] = frozenset()


def origin_of(told: Told, writer: Publisher | None = None) -> Origin:
    """The origin of a record; ``writer`` is the outlet that wrote its words first, where the report copies them
    (``descent.descend``), else whoever the report names as its writer, else its publisher."""
    mine = writer_of(told.facts) if writer is None else writer
    chain = told.record.source
    if not chain:
        return _field(mine) if _own_correspondent(told, mine) else _bare(mine)
    last = chain[-1]
    before = next((p for p in map(_outlet, reversed(chain[:-1])) if p is not None), mine)
    outlet = _outlet(last)
    if outlet is not None:
        return _field(outlet) if _on_the_spot(told, last) else _bare(outlet)
    if last.entity is not None and not _loose(last.entity):
        return _party(roots(last.entity), _reason_party(last))
    return _byclass_words(told, last, before)


def _byclass_words(told: Told, last: Party, outlet: Publisher) -> Origin:
    """The origin by the words of a source that no table knows."""
    found = classes(last.span.text)
    if last.kind == "account" or "account" in found:
        return _unknown(last, "accounts are listed, not counted", "الحسابات تُذكر ولا تُعدّ")
    if _suffix(last.entity) == "media" or ("media" in found and "field" not in found):
        return _unknown(last, "media reports are no origin", "تقارير وسائل الإعلام ليست مصدراً أصلياً")
    if "field" in found:
        return _field(outlet)
    state = state_named(last.span.text)
    if "official" in found and state:
        return _party(roots(state), Label("an official speaks for the body he belongs to", "المسؤول ينطق باسم جهته"))
    if "official" in found and len([t for t in tokenize(last.span.text) if t.script != "mark"]) == 1:
        return _unknown(last, "refers to somebody who could not be found", "يشير إلى من لم يُعثر عليه")
    if outlet.owner and found & {"source", "official"} and "armed" in found:
        return _party(
            roots(outlet.owner),
            Label("an official source of a party's own outlet", "مصدر رسمي لوسيلة إعلام تابعة للجهة"),
        )
    if found & {"source", "witness", "official"} or last.kind in ("unnamed", "civilian") or last.entity:
        return _unnamed(outlet)
    if last.kind in ("official", "ngo", "government", "state_force", "armed_group") and is_name(last.span.text):
        key = f"named:{fold(' '.join(t.norm for t in tokenize(last.span.text) if t.script != 'mark'))}"
        label = last.label if last.label.en or last.label.ar else Label(last.span.text, last.span.text)
        return Origin(key, label, "party", True, Label("named in the report", "مسمّى في الخبر"))
    return _unknown(last, "nobody that could be named", "لا يُعرف من هو")


def _party(found: frozenset[str], reason: Label) -> Origin:
    return Origin(f"party:{root_key(found)}", label_of(found), "party", True, reason, found)


def _reason_party(last: Party) -> Label:
    own = roots(last.entity or "")
    if last.kind == "unnamed":
        return Label("a source inside that body", "مصدر داخل هذه الجهة")
    if last.entity in own:
        return Label("says so itself", "تقوله الجهة نفسها")
    return Label("speaks for that party", "ينطق باسم هذه الجهة")


def _bare(outlet: Publisher) -> Origin:
    """An outlet's own voice: its party's where it is a media arm or the party itself publishes."""
    issuer = _issuer(outlet)
    if issuer:
        return _party(roots(issuer), Label("published by the party itself", "نشرته الجهة نفسها"))
    if not outlet.id:
        return Origin("unknown", Label(), "unknown", False, Label("publisher not known", "الناشر غير معروف"))
    reason = Label("told by the outlet without a source", "ترويه الوسيلة من دون مصدر")
    return Origin(f"voice:{outlet.family}", outlet.label, "unattributed", False, reason)


def _field(outlet: Publisher) -> Origin:
    return _of_outlet(outlet, "outlet_field", Label("its correspondent on the spot", "مراسلها في المكان"))


def _unnamed(outlet: Publisher) -> Origin:
    return _of_outlet(outlet, "outlet_unnamed", Label("its own unnamed sources", "مصادرها غير المسمّاة"))


def _of_outlet(outlet: Publisher, kind: OriginKind, reason: Label) -> Origin:
    """A correspondent or unnamed sources: of a media arm the party's; of nobody known not counted."""
    issuer = _issuer(outlet)
    if issuer:
        return _party(roots(issuer), Label("the party's own media", "إعلام الجهة نفسها"))
    if not outlet.id:
        return Origin(
            "unnamed", Label(), "unnamed", False, Label("of an outlet that is not known", "لوسيلة غير معروفة")
        )
    if outlet.voice == "account":
        reason = Label("sources of an account", "مصادر حساب")
        return Origin(f"account:{outlet.family}", outlet.label, "unknown", False, reason)
    parties = roots(outlet.owner) if outlet.owner else frozenset()
    return Origin(f"{kind}:{outlet.family}", outlet.label, kind, True, reason, parties)


def _unknown(last: Party, en: str, ar: str) -> Origin:
    words = " ".join(t.norm for t in tokenize(last.span.text) if t.script != "mark")
    label = last.label if last.label.en or last.label.ar else Label(last.span.text, last.span.text)
    return Origin(f"unknown:{words}", label, "unknown", False, Label(en, ar))


def _outlet(party: Party) -> Publisher | None:
    """The outlet that a source is; None for anybody else."""
    if party.entity:
        known = entity(party.entity)
        if known is None or known.kind not in ("outlet", "agency") or _loose(party.entity):
            return None
        return publisher(party.entity) or (publisher_of(known.label.en or known.label.ar) if known.country else None)
    found = by_name(party.span.text)
    if found is not None:
        return found
    words = [t.norm for t in tokenize(party.span.text) if t.script != "mark"]
    named = [w for w in words if w in outlet_nouns() or w.removeprefix("ال") in outlet_nouns()]
    if named and len(words) > 1 and not classes(party.span.text) & {"media", "source", "witness", "field", "account"}:
        return publisher_of(party.span.text)
    return None


@lru_cache(maxsize=4096)
def _issuer(outlet: Publisher) -> str:
    """The party that speaks through a publisher: of a media arm its owner, of a group's own channel or a ministry's page
    that party; "" for an outlet."""
    if outlet.voice == "party":
        return outlet.owner
    if outlet.known:
        return ""
    for name in filter(None, (outlet.label.en, outlet.label.ar)):
        tokens = tokenize(name)
        for m in Catalogue.load().find(name, tokens):
            if m.entity and m.kind not in ("outlet", "agency", "other", "civilian"):
                whole = m.start <= tokens[0].start and m.end >= tokens[-1].end
                if whole and not _loose(m.entity):
                    return m.entity
    return ""


def _suffix(party: str | None) -> str:
    return (party or "").partition(".")[2]


def _loose(party: str) -> bool:
    """Bodies of a country that nobody speaks for: its media, its people; and platforms."""
    return _suffix(party) in ("media", "civilians", "settlers") or party in ("twitter", "telegram")


def _on_the_spot(told: Told, last: Party) -> bool:
    """Whether an outlet is quoted by its correspondent: the word stands in the source or right beside it."""
    if "field" in classes(last.span.text):
        return True
    text, span = told.facts.text, last.span
    if text[span.start : span.end] != span.text:
        return False
    left = [t for t in tokenize(text[max(span.start - 40, 0) : span.start]) if t.script != "mark"][-_AROUND:]
    right = [t for t in tokenize(text[span.end : span.end + 40]) if t.script != "mark"][:_AROUND]
    singles = class_words()[0]
    return any(singles.get(stem) == "field" for t in (*left, *right) for stem, _ in readings(t))


def _own_correspondent(told: Told, mine: Publisher) -> bool:
    """Whether a telling without a source is that of the outlet's own correspondent ("our correspondent said", the
    outlet's name behind "correspondent"): the publisher is never named in a chain."""
    r = told.record
    words = [t for t in tokenize(r.evidence.text) if t.script != "mark"]
    singles = class_words()[0]
    for i, t in enumerate(words):
        if t.start + r.evidence.start > r.anchor.start:
            return False
        if not any(singles.get(stem) == "field" for stem, _ in readings(t)):
            continue
        ours = t.norm.endswith("نا") or (i and words[i - 1].norm in ("our", "its", "this"))
        named = by_name(" ".join(w.norm for w in words[i + 1 : i + 2])) or by_name(
            " ".join(w.norm for w in words[i + 1 : i + 3])
        )
        noun = i + 1 < len(words) and words[i + 1].norm.removeprefix("ال") in outlet_nouns()
        if ours or noun or (named is not None and named.family == mine.family):
            return True
    return False


def independent(origins: Iterable[Origin]) -> list[list[Origin]]:
    """The origins that count, in groups that are independent of one another, by key. One key is one origin; whoever
    shares a party with another stands in its group. A joint statement of two parties adds nothing beside either."""
    groups: list[list[Origin]] = []
    once = {o.key: o for o in origins if o.counts}
    for origin in sorted(once.values(), key=lambda o: (o.kind != "party", len(o.parties), o.key)):
        mine = next((g for g in groups if g[0].parties & origin.parties), None)
        if mine is None:
            groups.append([origin])
        else:
            mine.append(origin)
    return sorted(groups, key=lambda g: g[0].key)
