"""The English sentence of an event: who claims, confirms, denies or reports it, what is said to have happened, where
accounts differ, and its grade. Past tense throughout, so that one form fits every subject."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tawatur.events.told import Event
from tawatur.export.gist import Bound, Gist, Told, Voices, gist_of
from tawatur.export.names import joined, party, pick, span_days, voice, word
from tawatur.model import Label, Party, Place
from tawatur.origins.conflicts import Conflict
from tawatur.origins.grades import NAMES
from tawatur.origins.view import EventView
from tawatur.records.gloss_counts import english as counted
from tawatur.records.gloss_counts import english_figure
from tawatur.records.gloss_days import english_day
from tawatur.records.gloss_en import party_name, where
from tawatur.records.gloss_tables import PERSONS, Bounds, isolate, keyed

_FEW = 3
_DEEDS = frozenset(("strike", "bomb", "clash", "shooting", "naval", "interception", "raid", "abduction"))
"""Families of types that somebody does; of the others a party claims that there was one."""
_UNDERGONE = {"harm": ("killing or injury", "people"), "damage": ("destruction", "property")}
"""Types that are something done to somebody: what it is called, and who or what it is done to where nobody is named."""


def event(view: EventView) -> str:
    """One sentence on an event, closed by a full stop."""
    gist = gist_of(view)
    return _sentence([_opening(gist), *map(figure, gist.figures), *map(conflict, gist.differ), graded(view)])


def short(view: EventView) -> str:
    """The same without where the accounts differ."""
    gist = gist_of(view)
    return _sentence([_opening(gist), *map(figure, gist.figures), graded(view)])


def _sentence(parts: list[str]) -> str:
    text = "; ".join(p for p in parts if p)
    return f"{text[:1].upper()}{text[1:]}."


def days(one: Event) -> str:
    """The days of an event in words; of one without a told day, those up to the report."""
    last = one.last or one.first
    if last is None:
        return "on a day that is not told"
    if one.window_basis == "inferred":
        return f"in the days up to {english_day(last)}"
    return span_days(one.first, one.last, "en")


def voices(found: Voices) -> str:
    return named(found.origins)


def named(origins: Iterable[object]) -> str:
    """Origins as a list; of many, the first few and how many more."""
    names = list(dict.fromkeys(voice(o, "en") for o in origins))  # type: ignore[arg-type]
    if len(names) > _FEW:
        names = [*names[: _FEW - 1], f"{len(names) - _FEW + 1} others"]
    return joined(names, "en")


def _opening(gist: Gist) -> str:
    view = gist.view
    verb = keyed("gloss_verbs", "verb")[keyed("gloss_types", "type")[view.event.type]["verb"]]
    rest: list[tuple[str, Voices]] = [("confirmed it", gist.confirms), ("denied it", gist.denies)]
    if gist.claims.origins:
        deed = f"to have {verb['en_past']} " if view.event.type.partition(".")[0] in _DEEDS else ""
        out = f"{voices(gist.claims)} claimed {deed}{_what(gist, by=False)}"
        rest.insert(1, ("reported it as well", gist.reports))
    elif gist.reports.origins:
        out = f"{voices(gist.reports)} reported {_what(gist)}"
    elif gist.confirms.origins:
        out = f"{voices(gist.confirms)} confirmed {_what(gist)}"
        rest = rest[1:]
    elif gist.bare.origins:
        out = f"{voices(gist.bare)} told of {_what(gist)}"
    elif gist.denies.origins:
        return f"{voices(gist.denies)} denied {_what(gist, none=True)}, which nobody else in this collection tells of"
    else:
        return f"an earlier account, since taken back, told of {_what(gist)}"
    return "; ".join([out, *(f"{voices(v)} {said}" for said, v in rest if v.origins)])


def _what(gist: Gist, *, by: bool = True, none: bool = False) -> str:
    view = gist.view
    row, noun = keyed("gloss_types", "type")[view.event.type], keyed("gloss_nouns", "key")[view.event.type]
    undergone = None if none else _UNDERGONE.get(view.event.type)
    if undergone:
        whom = undergone[1]
        if gist.target is not None and _named(gist.target):
            name = party_name(gist.target)
            whom = name if gist.target.kind in PERSONS else f"{whom} on the side of {name}"
        out = f"the {_harm(gist) or undergone[0]} of {whom}"
    else:
        out = f"any {noun['en_bare']}" if none else noun["en_one"]
    if by and gist.actor is not None and _named(gist.actor):
        out += f" {'involving' if row['verb'] == 'fight' else 'by'} {party_name(gist.actor)}"
    if gist.target is not None and not undergone and _named(gist.target):
        out += f" {row['en_to']} {party_name(gist.target)}"
    if view.event.place is not None:
        out += f" {_where(view.event.place)}"
    return f"{out} {days(view.event)}"


def _harm(gist: Gist) -> str:
    """What was done to people, where the figures tell only one of the two."""
    done = [f.of for f in gist.figures if f.highest.high != 0]
    return {"killed": "killing", "injured": "injury"}[done[0]] if len(done) == 1 else ""


def _where(place: Place) -> str:
    if place.place_id or place.span.text.isascii():
        return where(place)
    return word("place_in_arabic", "en")


def _named(one: Party) -> bool:
    """Whether the catalogue names a party: only these are named in a sentence, so that it calls no private person by
    name and repeats no loaded words; the note has the words of the report."""
    return bool(one.label.en and (one.entity or one.label.ar))


def figure(told: Told) -> str:
    """ "killed: 3 according to A, 5 according to B"."""
    low, high = told.lowest, told.highest
    who = named(low.origins)
    if low != high and who == named(high.origins):
        ends = [f"from {_size(low)} to {_size(high)} according to {who}"]
    else:
        ends = [f"{_size(b)} according to {named(b.origins)}" for b in (low, high)]
    return f"{word(told.of, 'en')}: {', '.join(dict.fromkeys(ends))}"


def _size(bound: Bound) -> str:
    size = Bounds(bound.low, bound.high)
    if bound.low == bound.high == 0:
        return "none"
    round_ = size.round_word
    return f"{round_['en']} ({english_figure(size)})" if round_ else english_figure(size)


def conflict(found: Conflict) -> str:
    """ "the accounts differ on the place: X (A), Y (B)"."""
    values = ", ".join(_by(value(found, v.label), named(v.origins)) for v in found.values)
    return f"the accounts differ on the {word(f'field_{found.field}', 'en')}: {values}"


def _by(said: str, who: str) -> str:
    return f"{said} ({'by its own account' if said == who else who})"


def value(found: Conflict, label: Label) -> str:
    if found.field == "day":
        return english_day(date.fromisoformat(label.en))
    if found.field == "party":
        return party(label, "en")
    return isolate(pick(label, "en"), "en") or "a place without a name"


def graded(view: EventView) -> str:
    """ "grade: fair (2 independent origins)"."""
    graded = view.grade
    out = f"grade: {NAMES[graded.grade].en}"
    notes = []
    if len(graded.origins) > 1:
        notes.append(counted("origin", Bounds(len(graded.origins), len(graded.origins))))
    if graded.decided is not None:
        notes.append(f"decided by {isolate(graded.decided.who, 'en')}")
    return f"{out} ({', '.join(notes)})" if notes else out
