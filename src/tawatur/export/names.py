"""Names in both languages, as sentences need them: parties with their articles, origins, countries, areas, fixed words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Literal

from tawatur.events.stated import Claim
from tawatur.events.told import Facts
from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_tables import entity
from tawatur.model import Label, Party, Span
from tawatur.origins.families import publisher, publisher_of
from tawatur.origins.origin import Origin
from tawatur.origins.parties import label_of, root_key, roots
from tawatur.records import gloss_ar, gloss_en
from tawatur.records.gloss_days import arabic_day, arabic_days, calendar_month, calendar_year, english_day, english_days
from tawatur.records.gloss_tables import clean, isolate, keyed, quote

Lang = Literal["en", "ar"]
_KINDS = {"outlet_field": "outlet", "outlet_unnamed": "outlet", "unattributed": "outlet"}


_FEW_BODIES = 3
_LONGEST_NAME = 5
"""Words that a name in the words of a report may have; more are a stretch of text that was taken for one."""
_BODIES = frozenset(("government", "agency", "state_force", "armed_group", "ngo"))


@cache
def _words() -> dict[str, Label]:
    return {r["key"]: Label(r["en"], r["ar"]) for r in rows("page_words.csv")}


def word(key: str, lang: Lang, **slots: object) -> str:
    """A fixed phrase of ``data/page_words.csv`` with its slots filled. ``KeyError`` for one that is not there."""
    return pick(_words()[key], lang).format(**slots)


def pick(label: Label, lang: Lang) -> str:
    """A label in one language, else in the one that it has."""
    return clean((label.en or label.ar) if lang == "en" else (label.ar or label.en))


def party(label: Label, lang: Lang, kind: str = "other") -> str:
    """A party by its label, with the article that it takes; one without a name in this language by the words of the
    report in quotation marks, an outlet by its own name. Names of the other script are isolated."""
    name = pick(label, lang)
    if not name:
        return word("report_itself", lang)
    if kind != "outlet" and isolate(name, lang) != name:
        return quote(Span(0, len(name), name), lang)
    both = Label(name, name)
    made = Party(Span(0, 1, name), "named", both, kind)  # type: ignore[arg-type]  # only "outlet" matters, for gender
    return gloss_en.party_name(made) if lang == "en" else gloss_ar.party_name(made)


def oblique(name: str) -> str:
    """An Arabic name behind a preposition: "مقاتلون" is "مقاتلين" there. Only nouns that ``gloss_gender.csv`` calls
    persons change, so that no proper name that ends alike does."""
    first, _, rest = name.partition(" ")
    bare = first.removeprefix("ال")
    if bare.endswith("ون") and keyed("gloss_gender", "word").get(bare, {}).get("gender") == "p":
        first = f"{first[:-2]}ين"
    return f"{first} {rest}" if rest else first


def their(label: Label) -> str:
    """The possessive of a party in English: "its" or "their"."""
    return "their" if gloss_en.is_plural(Party(Span(0, 1, label.en), "named", label)) else "its"


def span_days(first: date | None, last: date | None, lang: Lang) -> str:
    """A stretch of days in words, the month and year said once where both ends share them: "from 2 to 16 March 2031"."""
    whole = (english_days if lang == "en" else arabic_days)(first, last)
    if first is None or last is None or first == last or first.year != last.year:
        return whole
    if calendar_month(first, last) or calendar_year(first, last):
        return whole
    one, other = (english_day(first), english_day(last)) if lang == "en" else (arabic_day(first), arabic_day(last))
    begin = str(first.day) if first.month == last.month else one.removesuffix(f" {first.year}")
    return f"from {begin} to {other}" if lang == "en" else f"من {begin} إلى {other}"


def entity_name(id_: str, lang: Lang) -> str:
    """A party of the catalogue; its id where the catalogue has lost it."""
    known = entity(id_)
    return party(known.label if known else Label(id_, id_), lang, known.kind if known else "other")


def origin(one: Origin, lang: Lang) -> str:
    """An origin in words: a party, "the correspondent of X", "unnamed sources of X", an outlet."""
    name = party(one.label, lang, _KINDS.get(one.kind, "other"))
    if not pick(one.label, lang) or one.kind not in ("outlet_field", "outlet_unnamed"):
        return name
    if one.kind == "outlet_field":
        return f"the correspondent of {name}" if lang == "en" else f"مراسل {name}"
    return f"unnamed sources of {name}" if lang == "en" else f"مصادر غير مسمّاة لدى {name}"


def voice(one: Origin, lang: Lang) -> str:
    """An origin as a sentence calls it. One that stands only in the words of a report is not repeated where these tell
    the reader nothing: in the other script, or where nobody could be made out behind them. The note has the words."""
    en, ar = one.label.en, one.label.ar
    words_only = one.kind not in _KINDS and bool(en or ar) and (en == ar or not (en and ar))
    if words_only and (not one.counts or len((ar or en).split()) > _LONGEST_NAME):
        return word("nobody_known", lang)
    if words_only and lang == "en" and isolate(en or ar, lang) != (en or ar):
        return word("name_in_arabic", lang)
    return origin(one, lang)


def claimant(claim: Claim, lang: Lang, documents: Mapping[str, Facts] | None = None) -> str:
    """Whose count or figure it is: its origin, or without one that counts the outlets that print it."""
    if claim.origin:
        return voice(_spoken(claim) or _origin_of(claim.origin, claim.label), lang)
    found = [documents[t.record.doc] for t in claim.tellings if documents and t.record.doc in documents]
    labels = dict.fromkeys(publisher_of(f.outlet, f.url).label for f in found)
    names = [party(x, lang, "outlet") for x in labels if x.en or x.ar]
    return joined(names[:3], lang) if names else word("report_itself", lang)


def claimants(claims: Iterable[Claim], lang: Lang, documents: Mapping[str, Facts] | None = None) -> str:
    """Whose counts many are: the bodies that state them, where they are few, or their party."""
    found = list(claims)
    names = list(dict.fromkeys(claimant(c, lang, documents) for c in found))
    if len(names) == 1 or not found[0].origin:
        return names[0]
    if len(names) <= _FEW_BODIES and all(map(_spoken, found)):
        return joined(names, lang)
    return voice(_origin_of(found[0].origin, found[0].label), lang)


def _spoken(claim: Claim) -> Origin | None:
    """The body that states a claim for its party, by itself or by its spokesman, where all tellings name that one: a
    ministry rather than the movement that it answers to."""
    bodies = {_body(t.record.source[-1].entity) if t.record.source else None for t in claim.tellings}
    body = bodies.pop() if len(bodies) == 1 else None
    known = entity(body) if body else None
    if known is None or body is None or claim.origin != f"party:{root_key(roots(body))}":
        return None
    return Origin(claim.origin, known.label, "party", True, Label())


def _body(id_: str | None) -> str | None:
    known = entity(id_) if id_ else None
    if known is not None and known.affiliation:
        known = entity(known.affiliation)
    return known.id if known is not None and known.kind in _BODIES else None


def _origin_of(key: str, label: str) -> Origin:
    """An origin again from its key (``party:us``, ``outlet_field:afp``); ``label`` names it where the key does not."""
    kind, _, rest = key.partition(":")
    if kind == "party":
        return Origin(key, label_of(rest.split("+")), "party", True, Label())
    known = publisher(rest)
    named = known.label if known else Label(label, label)
    if kind in ("outlet_field", "outlet_unnamed"):
        return Origin(key, named, "outlet_field" if kind == "outlet_field" else "outlet_unnamed", True, Label())
    return Origin(key, Label(label, label), "party", True, Label())


def joined(names: Iterable[str], lang: Lang) -> str:
    """A list in words: "A, B and C"."""
    found = list(dict.fromkeys(names))
    if lang == "ar":
        return " و".join(found)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""


@cache
def _countries() -> dict[str, Label]:
    return {r["iso2"]: Label(r["name_en"], r["name_ar"]) for r in rows("countries.csv")}


def country(code: str, lang: Lang) -> str:
    """The name of a country by its ISO 3166 code; the code where the table has none."""
    return pick(_countries().get(code, Label(code, code)), lang)


@cache
def _areas() -> dict[tuple[str, str], Label]:
    return {
        (r["country"], r["name_en"]): Label(r["name_en"], r["name_ar"]) for r in rows("admin.csv") if r["level"] == "1"
    }


def area(code: str, name: str, lang: Lang) -> str:
    """The name of a first-level division of the country ``code``, given by its English name."""
    return isolate(pick(_areas().get((code, name), Label(name, name)), lang), lang)


@cache
def _types() -> dict[str, Label]:
    return {r["type"]: Label(r["en"], r["ar"]) for r in rows("types.csv")}


def type_name(type_: str, lang: Lang) -> str:
    """The name of a type of the codebook."""
    return pick(_types().get(type_, Label(type_, type_)), lang)
