"""Events by country and area, the most telling first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tawatur.export.gist import killed
from tawatur.export.names import Lang, area, country, word
from tawatur.meaning.places_regions import countries_of
from tawatur.origins.grades import Grade
from tawatur.origins.view import EventView

_RANK: dict[Grade, int] = {
    "confirmed": 0, "fair": 1, "contested": 1, "single_origin": 2, "denied": 3, "unattributed": 4,
}  # fmt: skip
_LAST = ("~sea", "~nowhere")


@dataclass(frozen=True, slots=True)
class Area:
    """The events of one area, the most telling first; ``name`` is "" where the country alone is told."""

    name: str
    views: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class Country:
    name: str
    areas: tuple[Area, ...]

    @property
    def events(self) -> int:
        return sum(len(a.views) for a in self.areas)


def telling(view: EventView) -> tuple[int, int, float, date, str]:
    """The order of telling: grade, independent origins, the dead; then day and id."""
    grade = view.grade
    return _RANK[grade.grade], -len(grade.origins), -killed(view), view.event.first or date.max, view.event.id


def by_country(views: Iterable[EventView], lang: Lang) -> list[Country]:
    """The countries with most events first; at sea and without a place last. Areas alike."""
    found: dict[str, dict[str, list[EventView]]] = defaultdict(lambda: defaultdict(list))
    for view in sorted(views, key=telling):
        place = view.event.place
        codes = countries_of(place) if place is not None else frozenset()
        if len(codes) == 1 and place is not None:
            found[next(iter(codes))][place.admin1].append(view)
        elif codes:
            found["~across"][""].append(view)
        else:
            found["~sea" if place is not None and place.place_id else "~nowhere"][""].append(view)
    order = sorted(found, key=lambda c: (c in _LAST, -sum(map(len, found[c].values())), c))
    return [Country(_country(code, lang), _areas(code, found[code], lang)) for code in order]


def _country(code: str, lang: Lang) -> str:
    named = {"~across": "across", "~sea": "at_sea", "~nowhere": "nowhere"}.get(code)
    return word(named, lang) if named else country(code, lang)


def _areas(code: str, found: dict[str, list[EventView]], lang: Lang) -> tuple[Area, ...]:
    order = sorted(found, key=lambda a: (a == "", -len(found[a]), a))
    return tuple(
        Area(area(code, a, lang) if a else "" if len(found) == 1 else word("elsewhere", lang), tuple(found[a]))
        for a in order
    )
