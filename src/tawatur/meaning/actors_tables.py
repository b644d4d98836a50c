"""The tables of parties, compiled: who is in the catalogue, by which names, and which words head a party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, cast

from tawatur.lexicon.tables import rows
from tawatur.model import EntityKind, Label
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

SPEAKERS = "speakers.csv"
_MOST_OFFICES = 20_000


class Entity(NamedTuple):
    """One party: its kind, the country it belongs to (ISO 3166, lower case), its names, its public source."""

    id: str
    kind: EntityKind
    country: str
    label: Label
    source: str
    affiliation: str = ""
    role: str = ""


class Head(NamedTuple):
    """A noun that may head a party: its class, the kind, the office of a state that it makes, and an English word."""

    word: str
    cls: str
    kind: EntityKind
    suffix: str
    en: str


@dataclass(slots=True)
class Tables:
    """Everything that the parser looks up; keys are folded words."""

    entities: dict[str, Entity] = field(default_factory=dict)
    names: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    phrases: dict[str, list[tuple[tuple[str, ...], Head]]] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    adjectives: set[str] = field(default_factory=set)
    topics: dict[str, str] = field(default_factory=dict)
    offices: dict[str, dict[str, str]] = field(default_factory=dict)
    occupiers: frozenset[str] = frozenset()
    loaded: dict[tuple[str, str], str] = field(default_factory=dict)
    context: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    given: dict[str, bool] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    english: dict[str, Head] = field(default_factory=dict)

    def name(self, text: str, party: str) -> None:
        words = tuple(t.norm for t in tokenize(text) if t.script != "mark")
        if words:
            entry = self.names.setdefault(words[0], [])
            if not any(w == words for w, _ in entry):
                entry.append((words, party))


def _sound(word: str) -> Iterator[str]:
    """The sound plurals and duals of a noun, folded, also before a complement."""
    base = fold(word)
    yield from (base + e for e in ("ون", "ين", "و", "ي", "ان", "ا", "ه", "ات"))


_SUFFIXES = ("ه", "ها", "هم", "نا")


def _forms(word: str, more: str) -> Iterator[str]:
    """The forms of a noun, folded: its own, the sound plurals where asked for ("+s"), those told in the row."""
    yield fold(word)
    for part in more.split("|"):
        if part == "+s":
            yield from _sound(word)
        elif part:
            yield fold(part)


def _bound(form: str) -> Iterator[str]:
    """A form with the pronouns that may hang on it: "قواتها", "وحدته"."""
    if " " not in form:
        base = form[:-1] + "ت" if form.endswith("ه") else form
        yield from (base + s for s in _SUFFIXES)


def _parties(t: Tables) -> None:
    for file in ("actors.csv", "outlets.csv"):
        for r in rows(file):
            t.entities[r["id"]] = Entity(
                r["id"], cast(EntityKind, r["kind"]), r["country"].lower(), Label(r["en"], r["ar"]), r["source"]
            )
            for name in [r["ar"], r["en"], *r["aliases_ar"].split("|"), *r["aliases_en"].split("|")]:
                t.name(name, r["id"])
    for r in rows(SPEAKERS):
        t.entities[r["id"]] = Entity(
            r["id"], "official", "", Label(r["en"], r["ar"]), r["source"], r["affiliation"], r["role"]
        )
        for name in [r["ar"], r["en"], *r["aliases_ar"].split("|"), *r["aliases_en"].split("|")]:
            t.name(name.lstrip("~"), r["id"])


def _states(t: Tables) -> None:
    for r in rows("countries.csv"):
        iso = r["iso2"].lower()
        t.entities[iso] = Entity(iso, "government", iso, Label(r["name_en"], r["name_ar"]), "Unicode CLDR")
        for name in (r["name_ar"], r["name_en"], r["capital_ar"], r["capital_en"], *r["variants"].split("|")):
            if len(name) > 2:
                t.name(name, iso)
        for word in r["adjectives_ar"].split("|"):
            if word:
                t.demonyms.setdefault(fold(word), iso)
                if word.endswith("ي"):
                    for ending in ("ا", "ين", "ان", "تين", "تان"):
                        t.demonyms.setdefault(fold(word) + ending, iso)
        for word in r["adjectives_en"].split("|"):
            if word:
                t.demonyms.setdefault(word.lower(), iso)
    for iso, words in (("us", ("US", "U.S", "USA", "U.S.", "American", "أميركا", "أمريكا")), ("gb", ("UK", "Britain"))):
        for w in words:
            t.name(w, iso)
    t.demonyms |= {"us": "us", "u.s": "us", "american": "us", "british": "gb", "uk": "gb"}
    for r in rows("party_demonyms.csv"):
        base = fold(r["word"])
        for ending in ("", "ه", "ون", "ين", "ا", "ات", "تين", "ان", "تان"):
            t.demonyms[base + ending] = r["party"]


def _words(t: Tables) -> None:
    bound: dict[str, Head] = {}
    never = {fold(r["word"]) for r in rows("party_words.csv") if r["class"] == "never"}
    for r in rows("party_words.csv"):
        if r["class"] == "never":
            continue
        head = Head(fold(r["word"]), r["class"], cast(EntityKind, r["kind"]), r["suffix"], r["en"])
        for form in _forms(r["word"], r["forms"]):
            parts = tuple(form.split())
            if len(parts) > 1:
                key = parts[0].removeprefix("ال")
                t.phrases.setdefault(key, []).append((tuple(p.removeprefix("ال") for p in parts), head))
            elif form not in never:
                t.heads.setdefault(form, head)
                for with_pronoun in _bound(form):
                    bound.setdefault(with_pronoun, head)
    for form, head in bound.items():
        if form not in t.heads and form not in never:
            t.heads[form] = head
            t.bound.add(form)
    for r in rows("party_words_en.csv"):
        t.english[r["word"]] = Head(r["word"], r["class"], cast(EntityKind, r["kind"]), r["suffix"], r["word"])
    t.adjectives = {fold(r["word"]) for r in rows("party_adjectives.csv")}
    for r in rows("party_offices.csv"):
        t.offices[r["suffix"]] = r
        for word in r["words"].split("|"):
            if word:
                t.topics[fold(word).removeprefix("ال")] = r["suffix"]
    for r in rows("party_context.csv"):
        key = "?" + fold(r["word"])
        t.context.setdefault(key, []).append((r["party"], r["entity"]))
        t.name(r["word"], key)
        if r["state"] == "forces":
            t.occupiers |= {key}
        if r["entity"] == "il":
            t.loaded[key, "il"] = "il"
    t.given = {r["name"]: bool(r["weak"]) for r in rows("given_names.csv")}
    t.common = frozenset(r["word"] for r in rows("common_words.csv"))


@cache
def tables() -> Tables:
    """All tables, compiled once in a process."""
    t = Tables()
    _words(t)
    _parties(t)
    _states(t)
    for entry in t.names.values():
        entry.sort(key=lambda x: -len(x[0]))
    return t


def demonym_of(country: str, feminine: bool) -> tuple[str, str]:
    """The Arabic adjective with its article, and the English one, of a country; empty where none is known."""
    r = _adjectives().get(country)
    if r is None:
        return "", ""
    arabic = r[0][1 if feminine and len(r[0]) > 1 else 0] if r[0] else ""
    return ("ال" + arabic if arabic else ""), r[1]


@cache
def _adjectives() -> dict[str, tuple[list[str], str]]:
    return {
        r["iso2"].lower(): ([a for a in r["adjectives_ar"].split("|") if a], r["adjectives_en"].split("|")[0])
        for r in rows("countries.csv")
    }


def office(party: str) -> Entity | None:
    """A state's body by its derived id ("ir.mfa"): the country and the office, both rows with their sources."""
    country, dot, suffix = party.partition(".")
    t = tables()
    row, state = t.offices.get(suffix), t.entities.get(country)
    if not dot or row is None or state is None:
        return None
    _, en = demonym_of(country, False)
    arabic = row["ar"]
    for mark, feminine in (("{m}", False), ("{f}", True), ("{p}", False)):
        arabic = arabic.replace(mark, demonym_of(country, feminine)[0] or state.label.ar)
    label = Label(row["en"].replace("{en}", en or state.label.en), arabic)
    return Entity(party, cast(EntityKind, row["kind"]), country, label, row["source"])


_OFFICES: dict[str, Entity | None] = {}


def entity(party: str) -> Entity | None:
    """The party of that id, from the catalogue or derived; None where there is none."""
    found = tables().entities.get(party)
    if found is not None:
        return found
    if party not in _OFFICES:
        if len(_OFFICES) > _MOST_OFFICES:
            _OFFICES.clear()
        _OFFICES[party] = office(party)
    return _OFFICES[party]
