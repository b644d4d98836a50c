"""From what a person types to a party of the catalogue."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz, process

from tawatur.errors import InputError
from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_tables import entity
from tawatur.text.normal import fold

_TABLES = ("actors.csv", "outlets.csv")
_CLOSE = 75
"""rapidfuzz's ratio (of 100) from which a name is offered as what may be meant."""


@cache
def _names() -> dict[str, str]:
    out: dict[str, str] = {}
    for table in _TABLES:
        for row in rows(table):
            names = [row["id"], row["en"], row["ar"], *row["aliases_en"].split("|"), *row["aliases_ar"].split("|")]
            for name in names:
                if name:
                    out.setdefault(fold(name), row["id"])
    for row in rows("countries.csv"):
        for name in (row["iso2"], row["name_en"], row["name_ar"]):
            out.setdefault(fold(name), row["iso2"].lower())
    return out


def party_of(given: str) -> str:
    """The id of the party called ``given`` (an id, a name or an alias in either language). :class:`InputError` with
    what may be meant where there is none."""
    key = given.strip()
    found = _names().get(fold(key)) or (key.lower() if entity(key.lower()) is not None else None)
    if found is not None:
        return found
    close = process.extract(fold(key), _names().keys(), scorer=fuzz.ratio, limit=8, score_cutoff=_CLOSE)
    meant = list(dict.fromkeys(_names()[name] for name, _, _ in close))[:3]
    hint = (
        f"did you mean {' or '.join(meant)}?" if meant else "give its id or name in the catalogue, e.g. iri, us, hamas"
    )
    raise InputError(f"no party is called {given!r}", hint)
