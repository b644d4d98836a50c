"""Reports and records made by hand, as the reader would give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tawatur.events.told import Facts, Told
from tawatur.meaning.actors_tables import entity
from tawatur.model import Number, Party, Place, Record, Span, When

Tell = Callable[..., Told]


def party(words: str, id_: str | None = None, kind: str = "other", start: int = 0) -> Party:
    """A party as the reader resolves it; kind and label are the catalogue's where it is known."""
    known = entity(id_) if id_ else None
    found = Party(Span(start, start + len(words), words), id_, kind=kind)  # type: ignore[arg-type]
    return replace(found, label=known.label, kind=known.kind if kind == "other" else found.kind) if known else found


@pytest.fixture
def tell() -> Tell:
    """Makes a telling: ``tell("a", outlet="Reuters", source=[...], ...)``."""

    def make(
        doc: str,
        *,
        outlet: str = "",
        url: str = "",
        day: int | None = 5,
        text: str = "Rockets hit the base.",
        evidence: tuple[int, int] | None = None,
        name: str = "",
        killed: tuple[float | None, float | None] | None = None,
        place: Place | None = None,
        on: date | None = None,
        **fields: Any,
    ) -> Told:
        facts = Facts(doc, date(2024, 3, day) if day else None, outlet, url, text=text)
        start, end = evidence or (0, len(text))
        span = Span(start, end, text[start:end])
        number = (Number(span, "killed", *killed),) if killed else ()
        made = Record(doc, "event", "strike.rocket", "happened", span, span, name or f"r-{doc}")
        fields["source"] = tuple(fields.get("source", ()))
        return Told(
            facts, replace(made, numbers=number, place=place, time=When(None, on, on) if on else None, **fields)
        )

    return make
