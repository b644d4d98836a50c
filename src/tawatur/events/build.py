"""From records to events: the batch over a whole collection, and what an event as a whole says.

The events are a function of the set of records and of people's verdicts: order does not matter.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tawatur.events.addresses import day_of_address
from tawatur.events.cluster import cluster
from tawatur.events.facets import DAY, INFERRED, Facets, facets, is_event, window
from tawatur.events.levels import Weights, weights
from tawatur.events.linkage import Link
from tawatur.events.score import scored
from tawatur.events.told import Event, Told, Verdict
from tawatur.model import Place, Record

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Component:
    """Records that are joined by pairs that score above the threshold or by verdicts, and the events among them.
    ``refused`` are verdicts "same" that others, "other", stand against."""

    members: tuple[str, ...]
    events: Groups
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The id of its smallest record."""
        return self.members[0]


def components(found: Facets, verdicts: Iterable[Verdict] = (), scale: Weights | None = None) -> list[Component]:
    """The components of records, in the order of their ids; verdicts on records that are not there wait."""
    scale = scale or weights()
    same, other = links_of(found, verdicts)
    made = cluster(found.rows, *scored(found.rows, scale), scale, same, other)
    inside: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = zip(found.ids, made.components.tolist(), made.clusters.tolist(), strict=True)
    for key, component, label in rows:
        inside[component][label].append(key)
    refused: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for a, b in made.refused:
        refused[int(made.components[a])].append((found.ids[a], found.ids[b]))
    return [
        Component(
            tuple(sorted(k for members in groups.values() for k in members)),
            tuple(sorted(map(tuple, groups.values()))),
            tuple(refused[component]),
        )
        for component, groups in sorted(inside.items())
    ]


def links_of(found: Facets, verdicts: Iterable[Verdict]) -> tuple[list[Link], list[Link]]:
    """The rows said to be the same, and said to be others."""
    given = list(verdicts)
    wanted = {r for v in given for r in (v.record_a, v.record_b)}
    at = {key: i for i, key in enumerate(found.ids) if key in wanted}
    links: dict[str, list[Link]] = {"same": [], "other": []}
    for v in given:
        if v.record_a in at and v.record_b in at:
            links[v.says].append((at[v.record_a], at[v.record_b]))
    return links["same"], links["other"]


def event_id(members: Sequence[str]) -> str:
    """The id of an event: a hash of the smallest of its records' ids, so that it survives growth."""
    return hashlib.sha256(f"event:{min(members)}".encode()).hexdigest()[:20]


def events(tolds: Iterable[Told], verdicts: Iterable[Verdict] = (), scale: Weights | None = None) -> list[Event]:
    """All events of a collection, in the order of their days, then ids."""
    of = {t.key: t for t in tolds if is_event(t.record)}
    found = components(facets(of.values()), verdicts, scale)
    made = [event_of([of[k] for k in members]) for c in found for members in c.events]
    return sorted(made, key=lambda e: (e.first or date.max, e.id))


def event_of(tolds: Sequence[Told]) -> Event:
    """What records of one happening say together."""
    tolds = sorted(tolds, key=lambda t: t.key)
    first, last, basis = _days(tolds)
    return Event(
        event_id([t.key for t in tolds]),
        tuple(t.key for t in tolds),
        first,
        last,
        "told" if basis == DAY else "inferred" if basis == INFERRED else "none",
        _place(tolds),
        _type([t.record for t in tolds]),
    )


def _days(tolds: Sequence[Told]) -> tuple[date | None, date | None, int]:
    """The days that most records tell, the narrower first, then the earlier; without any, what all windows from days
    of publication have in common, or the earliest window where they have nothing in common."""
    found = [window(t.record, t.facts.published or day_of_address(t.facts.url)) for t in tolds]
    told = Counter((a, b) for a, b, basis in found if basis == DAY and a is not None and b is not None)
    if told:
        first, last = min(told, key=lambda d: (-told[d], d[1] - d[0], d[0]))
        return first, last, DAY
    guessed = sorted((a, b) for a, b, basis in found if basis == INFERRED and a is not None and b is not None)
    if not guessed:
        return None, None, 0
    first, last = max(a for a, _ in guessed), min(b for _, b in guessed)
    return (first, last, INFERRED) if first <= last else (*guessed[0], INFERRED)


def _place(tolds: Sequence[Told]) -> Place | None:
    """The finest place, of these the one that most records name, then the surer and the smaller by its id."""
    places = [t.record.place for t in tolds if t.record.place is not None]
    named = Counter(p.place_id or p.span.text for p in places)
    return min(
        places,
        key=lambda p: (
            p.place_id is None,
            p.precision or 3,
            -named[p.place_id or p.span.text],
            p.place_id or p.span.text,
        ),
        default=None,
    )


_RESULTS = ("harm", "damage", "interception")
_VAGUE = ("strike.unspecified", "strike.mixed")


def _type(records: Sequence[Record]) -> str:
    """The type that tells most: a deed before its result, one with its means before one without; then the more
    frequent, then by name."""
    count = Counter(r.type for r in records)
    return min(count, key=lambda t: (t in _RESULTS, t in _VAGUE, "." not in t, -count[t], t))
