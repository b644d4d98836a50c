"""The Arabic sentence of an event. Verbs come before their subject and agree with its gender; figures stand behind a
colon, so that no noun has to agree with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tawatur.events.told import Event
from tawatur.export.gist import Bound, Gist, Told, Voices, gist_of
from tawatur.export.names import joined, oblique, party, pick, span_days, voice, word
from tawatur.model import Label, Party, Span
from tawatur.origins.conflicts import Conflict
from tawatur.origins.grades import NAMES
from tawatur.origins.origin import Origin
from tawatur.origins.view import EventView
from tawatur.records.gloss_ar import party_name, to, where
from tawatur.records.gloss_counts import arabic as counted
from tawatur.records.gloss_counts import arabic_figure
from tawatur.records.gloss_days import arabic_day
from tawatur.records.gloss_tables import Bounds, gender_of, isolate, keyed

_FEW = 3
_VERBS = {
    "claim": ("تبنّى", "تبنّت"),
    "confirm": ("أكّد", "أكّدت"),
    "report": ("أفاد", "أفادت"),
    "deny": ("نفى", "نفت"),
}


def event(view: EventView) -> str:
    """One sentence on an event, closed by a full stop."""
    gist = gist_of(view)
    return _sentence([_opening(gist), *map(figure, gist.figures), *map(conflict, gist.differ), graded(view)])


def short(view: EventView) -> str:
    """The same without where the accounts differ."""
    gist = gist_of(view)
    return _sentence([_opening(gist), *map(figure, gist.figures), graded(view)])


def _sentence(parts: list[str]) -> str:
    return f"{'؛ '.join(p for p in parts if p)}."


def days(one: Event) -> str:
    """The days of an event in words; of one without a told day, those up to the report."""
    last = one.last or one.first
    if last is None:
        return "في يوم غير مذكور"
    if one.window_basis == "inferred":
        return f"في الأيام السابقة حتى {arabic_day(last)}"
    return span_days(one.first, one.last, "ar")


def verb(key: str, name: str, kind: str = "other") -> str:
    """A verb that stands before the subject ``name``."""
    shown = name.lstrip("\u2068«")
    made = Party(Span(0, 1, shown), "named", Label(shown, shown), kind)  # type: ignore[arg-type]
    return _VERBS[key][gender_of(made) == "f"]


def _said(key: str, found: Voices) -> str:
    """The verb and its subjects: "أكّدت الولايات المتحدة"."""
    return f"{verb(key, voice(found.origins[0], 'ar'), _kind(found.origins[0]))} {named(found.origins)}"


def _kind(one: Origin) -> str:
    return "outlet" if one.kind == "unattributed" else "other"


def named(origins: Iterable[Origin]) -> str:
    """Origins as a list; of many, the first few and how many more."""
    names = list(dict.fromkeys(voice(o, "ar") for o in origins))
    if len(names) > _FEW:
        names = [*names[: _FEW - 1], f"غيرهما (العدد: {len(names) - _FEW + 1})"]
    return joined(names, "ar")


def _opening(gist: Gist) -> str:
    rest: list[tuple[str, Voices]] = [("confirm", gist.confirms), ("deny", gist.denies)]
    if gist.claims.origins:
        out = f"{_said('claim', gist.claims)} {_what(gist, 'acc', by=False)}"
        rest.insert(1, ("report", gist.reports))
    elif gist.reports.origins:
        out = f"{_said('report', gist.reports)} بوقوع {_what(gist, 'gen')}"
    elif gist.confirms.origins:
        out = f"{_said('confirm', gist.confirms)} وقوع {_what(gist, 'gen')}"
        rest = rest[1:]
    elif gist.bare.origins:
        out = f"{_said('report', gist.bare)} بوقوع {_what(gist, 'gen')}"
    elif gist.denies.origins:
        return f"{_said('deny', gist.denies)} وقوع أيّ {_what(gist, 'gen')}، ولا يرويه أحد آخر في هذه المجموعة"
    else:
        return f"تحدّثت رواية سابقة جرى التراجع عنها عن {_what(gist, 'gen')}"
    said = [f"و{_said(key, v)} {'بذلك أيضًا' if key == 'report' else 'ذلك'}" for key, v in rest if v.origins]
    return "؛ ".join([out, *said])


def _what(gist: Gist, case: str, *, by: bool = True) -> str:
    view = gist.view
    row, noun = keyed("gloss_types", "type")[view.event.type], keyed("gloss_nouns", "key")[view.event.type]
    out = noun["ar_acc"] if case == "acc" else noun["ar_one"]
    if by and gist.actor is not None and _named(gist.actor):
        out += f" {'أحد طرفيه' if row['verb'] == 'fight' else 'من جانب'} {oblique(party_name(gist.actor))}"
    if gist.target is not None and _named(gist.target):
        name = oblique(party_name(gist.target))
        out += f" {to(name)}" if row["ar_to"] == "ل" else f" {row['ar_to']} {name}"
    if view.event.place is not None:
        out += f" {where(view.event.place)}"
    return f"{out} {days(view.event)}"


def _named(one: Party) -> bool:
    """Whether the catalogue names a party: only these are named in a sentence, so that it calls no private person by
    name and repeats no loaded words; the note has the words of the report."""
    return bool(one.label.ar and (one.entity or one.label.en))


def figure(told: Told) -> str:
    """ "القتلى: 3 بحسب أ، و5 بحسب ب"."""
    low, high = told.lowest, told.highest
    who = named(low.origins)
    if low != high and who == named(high.origins):
        ends = [f"من {_size(low)} إلى {_size(high)} بحسب {oblique(who)}"]
    else:
        ends = list(dict.fromkeys(f"{_size(b)} بحسب {oblique(named(b.origins))}" for b in (low, high)))
    return f"{word(told.of, 'ar')}: {'، و'.join(ends)}"


def _size(bound: Bound) -> str:
    size = Bounds(bound.low, bound.high)
    if bound.low == bound.high == 0:
        return "لا أحد"
    round_ = size.round_word
    return f"{round_['ar']} ({arabic_figure(size)})" if round_ else arabic_figure(size)


def conflict(found: Conflict) -> str:
    """ "تختلف الروايات في المكان: س (أ)، ص (ب)"."""
    values = "، ".join(_by(value(found, v.label), named(v.origins)) for v in found.values)
    return f"تختلف الروايات في {word(f'field_{found.field}', 'ar')}: {values}"


def _by(said: str, who: str) -> str:
    return f"{said} ({'بروايتها هي' if said == who else who})"


def value(found: Conflict, label: Label) -> str:
    if found.field == "day":
        return arabic_day(date.fromisoformat(label.en))
    if found.field == "party":
        return party(label, "ar")
    return isolate(pick(label, "ar"), "ar") or "مكان بلا اسم"


def graded(view: EventView) -> str:
    """ "الدرجة: مقبول (مصدران مستقلان)"."""
    graded = view.grade
    out = f"{word('grade', 'ar')}: {NAMES[graded.grade].ar}"
    notes = []
    if len(graded.origins) > 1:
        notes.append(counted("origin", Bounds(len(graded.origins), len(graded.origins)), "nom")[0])
    if graded.decided is not None:
        notes.append(f"بقرار {isolate(graded.decided.who, 'ar')}")
    return f"{out} ({'، '.join(notes)})" if notes else out
