"""What the table and the page of an event both show: its heading, the ways of its accounts, where they differ."""

from __future__ import annotations

from tawatur.export import say_ar, say_en
from tawatur.export.names import Lang, country, joined, origin, pick, type_name, word
from tawatur.export.words import place_words
from tawatur.model import Label
from tawatur.origins.accounts import Account
from tawatur.origins.conflicts import Conflict, Value
from tawatur.origins.explain import COPY_NAMES, outlet_name
from tawatur.origins.view import EventView
from tawatur.records.gloss_tables import isolate


def heading(view: EventView, lang: Lang) -> str:
    """ "drone attack · Harir Air Base, Iraq · on 21 March 2031"."""
    return " · ".join(p for p in (type_name(view.event.type, lang), place(view, lang), when(view, lang)) if p)


def place(view: EventView, lang: Lang) -> str:
    """The place and its country; the words of the report where the place is not known."""
    found = view.event.place
    if found is None:
        return ""
    name = isolate(place_words(found, lang), lang)
    mark = ", " if lang == "en" else "، "
    return f"{name}{mark}{country(found.country, lang)}" if found.country else name


def when(view: EventView, lang: Lang) -> str:
    """The days of an event; inferred ones are called so."""
    said = say_en.days(view.event) if lang == "en" else say_ar.days(view.event)
    return said.removeprefix("on ") if lang == "en" else said.removeprefix("في ")


def chain(account: Account, lang: Lang, *, ascii_only: bool = False) -> str:
    """The way of an account from its origin to its publisher, as arrows in the direction of reading."""
    arrow = " -> " if ascii_only else " → " if lang == "en" else " ← "
    links = [isolate(pick(x, lang), lang) for x in reversed(account.chain)]
    if not links and account.origin.kind == "party":
        links = [origin(account.origin, lang)]
    return arrow.join(dict.fromkeys((*links, publisher(account, lang))))


def publisher(account: Account, lang: Lang) -> str:
    return isolate(pick(outlet_name(account.outlet, account.doc), lang), lang)


def remarks(account: Account, lang: Lang) -> list[str]:
    """What is to be said of an account beside its position: a copy, against its interest, not counted, taken back."""
    out = []
    if account.copy_of:
        way = pick(COPY_NAMES[account.via[0].kind], lang) if account.via else ""
        out.append(f"{word('copy_of', lang)}: {way} ({account.copy_of[:8]})" if way else word("copy_of", lang))
    if account.against_interest:
        out.append(word("against", lang))
    if account.replaced_by:
        out.append(word("replaced", lang))
    if not account.origin.counts:
        out.append(f"{word('not_counted', lang)}: {pick(account.origin.reason, lang)}")
    return out


def conflict_name(found: Conflict, lang: Lang) -> str:
    """The field that accounts differ on."""
    return word(found.of if found.field == "numbers" else f"field_{found.field}", lang)


def conflict_values(found: Conflict, lang: Lang) -> list[str]:
    """Each value with its origins; of figures the ends are named."""
    return [f"{_value(found, v, lang)} ({_origins(v, lang)}){_ends(found, v, lang)}" for v in found.values]


def _value(found: Conflict, one: Value, lang: Lang) -> str:
    label: Label = one.label
    say = say_en if lang == "en" else say_ar
    return isolate(pick(label, lang), lang) if found.field == "numbers" else say.value(found, label)


def _origins(one: Value, lang: Lang) -> str:
    return joined((origin(o, lang) for o in one.origins), lang)


def _ends(found: Conflict, one: Value, lang: Lang) -> str:
    """Which ends of a figure a value is."""
    ends = (("lowest", found.lowest), ("highest", found.highest), ("conservative", found.conservative))
    named = [word(key, lang) for key, end in ends if end is not None and end == one]
    return f" — {', '.join(named) if lang == 'en' else '، '.join(named)}" if named else ""
