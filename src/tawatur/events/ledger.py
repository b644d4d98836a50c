"""What one party claimed, denied, threatened and pledged over time, and what the record holds after its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from tawatur.events.coverage import Coverage
from tawatur.events.figures import Held, held
from tawatur.events.scope import Item, Scope
from tawatur.events.stated import Telling
from tawatur.meaning.actors_relations import same_party
from tawatur.meaning.places_regions import countries_of
from tawatur.model import Place, Record
from tawatur.text.normal import fold
from tawatur.text.tokens import stems, tokenize

Said = Literal["claimed", "counted", "denied", "threatened", "pledged"]
AFTER = 30
"""Days after a threat or a pledge in which the record is looked at."""
_ALIKE = 0.5
"""Share of words in common from which two tellings of a party's words, a day apart at most, are one entry."""
_STATEMENTS: Mapping[str, Said] = {"denial": "denied", "threat": "threatened", "pledge": "pledged"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a party said. ``day`` is the day that it speaks of for a claim or a denial of an event, else the day
    it was said, else of publication; ``events`` are the ids of the events that it claims or denies; ``after`` is what the
    record holds of the party's deeds in the 30 days after a threat or pledge (at the threatened place, where it names one)."""

    said: Said
    day: date | None
    tellings: tuple[Telling, ...]
    events: tuple[str, ...] = ()
    after: Held | None = None

    @property
    def record(self) -> Record:
        """The first telling."""
        return self.tellings[0].record


def ledger(
    party: str, tellings: Iterable[Telling], event_of: Mapping[str, str], items: Sequence[Item], coverage: Coverage
) -> list[Entry]:
    """The entries of ``party`` (an id of the catalogue), by day. ``event_of`` gives the event of a record. Claims of one
    event are one entry, and so are tellings of one day in the same words."""
    entries: list[Entry] = []
    for telling in sorted(tellings, key=lambda t: (t.published or date.max, t.record.id)):
        said = said_by(party, telling.record)
        if said is None:
            continue
        day = _day(telling, said)
        event = event_of.get(telling.record.id)
        at = next((n for n, e in enumerate(entries) if e.said == said and _same(e, event, day, telling)), None)
        if at is None:
            entries.append(Entry(said, day, (telling,), (event,) if event else ()))
            continue
        known = entries[at]
        events = tuple(dict.fromkeys((*known.events, *((event,) if event else ()))))
        entries[at] = replace(known, day=known.day or day, tellings=(*known.tellings, telling), events=events)
    out = [_with_after(e, party, items, coverage) for e in entries]
    return sorted(out, key=lambda e: (e.day or date.max, e.said, e.record.id))


def said_by(party: str, record: Record) -> Said | None:
    """What ``record`` is for the ledger of ``party``: None where the party does not speak in it."""
    speaker = record.source[-1].entity if record.source else None
    if record.kind == "statement" and record.actor is not None:
        speaker = record.actor.entity or speaker
    if not speaker or same_party(speaker, party) != "same":
        return None
    if record.kind == "statement":
        return _STATEMENTS.get(record.type)
    if record.status == "denied":
        return "denied"
    if record.status == "threatened":
        return "threatened"
    if record.status != "happened" or record.standing != "claimed":
        return None
    if record.kind == "event":
        return "claimed"
    return "counted" if record.numbers else None


def _day(telling: Telling, said: Said) -> date | None:
    time = telling.record.time
    if time is not None and time.first is not None:
        return time.last if said == "counted" and time.last is not None else time.first
    return telling.published


def _same(entry: Entry, event: str | None, day: date | None, telling: Telling) -> bool:
    if event is not None and event in entry.events:
        return True
    if entry.events or event is not None:
        return False
    near = day is None or entry.day is None or abs((day - entry.day).days) <= 1
    if not near:
        return False
    mine, theirs = _words(telling.record), _words(entry.record)
    return len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs)) > 0


def _words(record: Record) -> frozenset[str]:
    text = record.content.text if record.content is not None else record.evidence.text
    return frozenset(stems(t.norm)[-1][0] for t in tokenize(fold(text)) if t.script != "mark" and len(t.norm) > 2)


def _with_after(entry: Entry, party: str, items: Sequence[Item], coverage: Coverage) -> Entry:
    if entry.said not in ("threatened", "pledged") or entry.day is None:
        return entry
    place = entry.record.place
    fine = place is not None and (place.precision or 3) < 3 and place.lat is not None
    scope = Scope(
        entry.day + timedelta(1),
        entry.day + timedelta(AFTER),
        actors=frozenset((party,)),
        spot=place if fine else None,
        countries=_countries(place),
    )
    return replace(entry, after=held(items, scope, coverage))


def _countries(place: Place | None) -> frozenset[str]:
    return countries_of(place) if place is not None else frozenset()
