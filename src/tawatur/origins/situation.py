"""What a report is written from: nothing in it is worked out anew, so that its figures are those of ``tawatur check``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tawatur.events.checks import Beside, Itemised, Series
from tawatur.events.coverage import Coverage
from tawatur.events.figures import Judged
from tawatur.events.ledger import Entry
from tawatur.events.told import Facts
from tawatur.model import Record
from tawatur.origins.view import EventView


@dataclass(frozen=True, slots=True)
class Situation:
    """What a collection holds for the days ``first`` to ``last`` (both included). ``itemised`` to ``judged`` are the
    checks of counts and figures stated in these days, ``statements`` the threats, pledges and denials of parties,
    ``documents`` and ``records`` whatever the others point at, by id (``Facts.text`` filled). ``name`` is what the
    collection is called, ``generated`` a line that says by what and when the report was made."""

    name: str
    first: date
    last: date
    events: tuple[EventView, ...] = ()
    itemised: tuple[Itemised, ...] = ()
    beside: tuple[Beside, ...] = ()
    series: tuple[Series, ...] = ()
    judged: tuple[Judged, ...] = ()
    statements: tuple[Entry, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    documents: Mapping[str, Facts] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    generated: str = ""
