"""Made-up records of one year at real places of the gazetteer, as many as are wanted: for measuring how work grows.

Events are drawn first (place, day, type, party, dead, words), then who tells of them: most by one or two records, some by
twenty; 30 % take over a sentence whole, 8 % tell only the area, 4 % no place, 38 % no day and 2 % neither a day nor one of
publication. :func:`tolds` gives whole records with texts, a chunk at a time; :func:`rows` gives rows of facets, where
making a million texts would only take time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tawatur.events.facets import DAY, INFERRED, INFERRED_DAYS, NONE, ROW, SETTLEMENT, Facets, number, types
from tawatur.events.told import Facts, Told
from tawatur.events.wordsets import common_forms
from tawatur.meaning.actors_tables import tables
from tawatur.meaning.places_table import table as place_table
from tawatur.model import Label, Number, Party, Place, Record, Span, When

TELLINGS = 3.0
"""Records of an event, on average (geometric)."""
COPIES = 0.3
"""Share of the records of an event that take over the sentence of its first."""
WORDS, RARE_WORDS = 24, 6
"""Words of an event's sentence, and names besides, which nobody else has."""
START = date(2023, 1, 1)
TYPES = ("strike.air", "strike.rocket", "strike.drone", "raid", "clash", "bomb")
PARTIES = 60
LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Drawn:
    """Columns by record; ``event`` is the event that it tells of, whose columns are ``words`` and ``names``."""

    event: Ints
    place: Ints
    day: Ints
    published: Ints
    basis: Ints
    wide: Flags
    without: Flags
    type: Ints
    vague: Flags
    party: Ints
    killed: Ints
    copy: Flags
    words: Ints
    names: Ints
    doc: Ints
    own: Ints
    """A number of each record, by which it draws what is its own."""

    def __len__(self) -> int:
        return len(self.event)


@cache
def gazetteer() -> list[dict[str, str]]:
    """The places that have coordinates, in an order drawn once."""
    found = [r for r in place_table("places.csv.xz") if r["lat"] and r["lon"]]
    return [found[i] for i in np.random.default_rng(7).permutation(len(found))]


def drawn(count: int, places: int, skew: float = 0.0) -> Drawn:
    """``count`` records; a place is struck by its rank to the power of ``-skew``."""
    draw = np.random.default_rng(20231208)
    events = int(count / TELLINGS)
    share = draw.geometric(1 / TELLINGS, events).astype(float)
    more = draw.choice(events, count - events, p=share / share.sum())
    of = draw.permutation(np.concatenate([np.arange(events), more]))
    weight = np.arange(1, places + 1) ** -skew
    day = draw.integers(0, 365, events)[of]
    how = draw.random(count)
    party = draw.integers(0, PARTIES, events)[of]
    killed = draw.integers(1, 9, events)[of]
    return Drawn(
        event=of,
        place=draw.choice(places, events, p=weight / weight.sum())[of],
        day=day,
        published=day + draw.choice(4, count, p=(0.6, 0.3, 0.07, 0.03)),
        basis=draw.choice((DAY, INFERRED, NONE), count, p=(0.6, 0.38, 0.02)),
        wide=how < 0.08,
        without=how > 0.96,
        type=draw.integers(0, len(TYPES), events)[of],
        vague=draw.random(count) < 0.2,
        party=np.where(draw.random(count) < 0.25, -1, party),
        killed=np.where(draw.random(count) < 0.5, killed, -1),
        copy=draw.random(count) < COPIES,
        words=draw.integers(0, 4000, (events, WORDS)),
        names=draw.integers(0, len(LETTERS) ** 6, (events, RARE_WORDS)),
        # two records a document, of different events
        doc=draw.permutation(count) // 2,
        own=np.arange(count),
    )


def key(n: int) -> str:
    """The id of record ``n``: in no order of events."""
    return f"{n:020x}"


def tolds(made: Drawn, chunk: int = 10_000) -> Iterator[list[Told]]:
    """The records whole, with the sentence that tells of them, so many at a time."""
    table = gazetteer()
    forms = common_forms()[400:4400]
    parties = sorted(tables().entities)[:PARTIES]
    for start in range(0, len(made), chunk):
        yield [_told(made, n, table, forms, parties) for n in range(start, min(len(made), start + chunk))]


def _told(made: Drawn, n: int, table: list[dict[str, str]], forms: list[str], parties: list[str]) -> Told:
    text = _sentence(made, n, forms)
    span = Span(0, len(text), text)
    published = None if made.basis[n] == NONE else START + timedelta(int(made.published[n]))
    day = START + timedelta(int(made.day[n]))
    party, killed = int(made.party[n]), int(made.killed[n])
    record = Record(
        f"d{made.doc[n]}", "event", "strike.unspecified" if made.vague[n] else TYPES[made.type[n]], "happened",
        Span(0, 3, text[:3]), span, id=key(n), place=_place(made, n, table),
        time=When(Span(0, 3, text[:3]), day, day, 1) if made.basis[n] == DAY else None,
        actor=Party(Span(0, 3, text[:3]), parties[party]) if party >= 0 else None,
        numbers=(Number(Span(0, 3, text[:3]), "killed", killed, killed),) if killed >= 0 else (),
    )  # fmt: skip
    lineage = f"e{made.event[n]}" if made.copy[n] else ""
    return Told(Facts(record.doc, published, f"outlet {n % 50}", text=text, lineage=lineage), record)


def _sentence(made: Drawn, n: int, forms: list[str]) -> str:
    """Half of the words are the event's and half its own; those of copies all are the event's."""
    event = int(made.event[n])
    words = [forms[w] for w in made.words[event]]
    names = [_name(int(x)) for x in made.names[event]]
    if made.copy[n]:
        return " ".join([*words, *names])
    own = np.random.default_rng(n).integers(0, len(forms), WORDS // 2)
    kept = own[: RARE_WORDS - 2] % RARE_WORDS
    return " ".join([*words[: WORDS // 2], *(forms[w] for w in own), *(names[k] for k in sorted(set(kept.tolist())))])


def _name(value: int) -> str:
    out = ""
    for _ in range(6):
        value, letter = divmod(value, len(LETTERS))
        out += LETTERS[letter]
    return out


def _place(made: Drawn, n: int, table: list[dict[str, str]]) -> Place | None:
    if made.without[n]:
        return None
    row = table[int(made.place[n])]
    country, admin = row["country"], row["admin1"]
    if made.wide[n]:
        name = f"ريف {country} {admin}"
        return Place(
            Span(0, len(name), name), f"area:{country}/{admin}", Label(ar=name), country=country, admin1=admin,
            precision=3, feature="region",
        )  # fmt: skip
    name = row["name_ar"] or row["name_en"]
    return Place(
        Span(0, len(name), name), row["id"], Label(row["name_en"], row["name_ar"]), lat=float(row["lat"]),
        lon=float(row["lon"]), country=country, admin1=admin, precision=1, feature="settlement",
    )  # fmt: skip


def rows(made: Drawn) -> Facets:
    """Rows like those of :func:`tolds`, made as columns; words are drawn as bits."""
    table = gazetteer()
    draw = np.random.default_rng(5)
    out = np.zeros(len(made), ROW)
    out["doc"], out["anchor"], out["evidence"] = made.doc + 1, made.own % 1000, made.own % 1000
    start = START.toordinal()
    out["basis"] = made.basis
    told, known = made.basis == DAY, made.basis != NONE
    out["first"] = np.where(told, start + made.day, start + made.published - INFERRED_DAYS) * known
    out["last"] = np.where(told, start + made.day, start + made.published) * known
    out["weekday"] = -1
    _places(made, out, table)
    kinds = np.array([types()[t] for t in TYPES])
    out["type"] = np.where(made.vague, types()["strike.unspecified"], kinds[made.type])
    parties = np.array([number(p) for p in sorted(tables().entities)[:PARTIES]] + [0], np.uint64)
    out["actor"] = parties[made.party]
    out["killed"] = np.where(made.killed < 0, np.nan, made.killed)[:, None]
    out["injured"] = out["munitions"] = np.nan
    out["language"] = 1
    events = len(made.words)
    for column in range(8):
        bits = draw.integers(0, 1 << 63, (3, events), np.uint64)
        noise = draw.integers(0, 1 << 63, (4, len(made)), np.uint64)
        theirs = (bits[0] & bits[1] & bits[2])[made.event]
        own = theirs & noise[0] | noise[1] & noise[2] & noise[3] & ~noise[0]
        out["words"][:, column] = np.where(made.copy, theirs, own)
    out["sentence"] = np.where(made.copy, made.event + 1, events + 1 + made.own)
    out["lineage"] = np.where(made.copy, made.event + 1, 0)
    names = (made.names + 1).astype(np.uint32)
    for column in range(4):
        out["rare"][:, column] = names[made.event, draw.integers(0, RARE_WORDS, len(made))]
    out["rare"][:, :4].sort(axis=1)
    return Facets(tuple(map(key, range(len(made)))), out)


def _places(made: Drawn, out: NDArray[np.void], table: list[dict[str, str]]) -> None:
    columns: dict[str, NDArray[np.generic]] = {
        "place": np.array([number(r["id"]) for r in table], np.uint64),
        "name": np.array([number("name:" + (r["name_ar"] or r["name_en"])) for r in table], np.uint64),
        "lat": np.array([float(r["lat"]) for r in table], np.float32),
        "lon": np.array([float(r["lon"]) for r in table], np.float32),
        "country": np.array([number(r["country"]) for r in table], np.uint64),
        "admin": np.array([number(f"{r['country']}/{r['admin1']}" if r["admin1"] else "") for r in table], np.uint64),
    }
    for name, column in columns.items():
        out[name] = column[made.place]
    out["precision"], out["kind"], out["own"] = 1, SETTLEMENT, 1
    wide, without = made.wide, made.without
    for name in ("place", "name"):
        out[name][wide] = np.where(out["admin"] != 0, out["admin"], out["country"])[wide]
    out["precision"][wide], out["kind"][wide] = 3, 0
    for name in ("place", "name", "admin", "country", "precision", "kind", "own"):
        out[name][without] = 0
    for name in ("lat", "lon"):
        out[name][wide | without] = np.nan
