"""A report and its records made by hand, with spans that nest and overlap, for the tests of every export."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tawatur.model import (
    Document,
    Issue,
    Label,
    Number,
    Part,
    Party,
    Place,
    Published,
    Record,
    Span,
    Weapon,
    When,
)
from tawatur.records.gloss import gloss

TITLE = "قصف على حقل العمر ونفي في بغداد"
BODY = (
    "أعلنت كتائب النهر، أمس الجمعة، أنها استهدفت قاعدة حقل العمر بثلاثة صواريخ.\n"
    "وقال مسؤول عسكري لوكالة الرافد إن طائرة مسيّرة سقطت قرب مطار أربيل، ولم تُصب أحداً."
)
POST = "دوي انفجارات في ريف دير الزور"
ENGLISH = "A spokesman said attacks rose by 45% since October."
TEXT = "\n".join((TITLE, BODY, POST, ENGLISH))


def at(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words), words)


def _part(kind: Any, text: str, **more: Any) -> Part:
    start = TEXT.index(text)
    return Part(kind, start, start + len(text), **more)


@pytest.fixture
def extraction() -> Any:
    """The same shape as :class:`tawatur.pipeline.Extraction`."""
    group = Party(at("كتائب النهر"), "nahr", Label("Nahr Brigades", "كتائب النهر"), "armed_group")
    official = Party(at("مسؤول عسكري"), None, Label(), "unnamed")
    agency = Party(at("وكالة الرافد"), "rafid", Label("Rafid Agency", "وكالة الرافد"), "agency")
    day = When(at("أمس الجمعة"), date(2023, 12, 8), date(2023, 12, 8), 1)
    field = Place(
        at("العمر", TEXT.index("قاعدة")),
        "p1",
        Label("Al-Omar field", "حقل العمر"),
        35.1,
        40.5,
        "SY",
        "SY-DY",
        1,
        "oil_field",
    )
    records = [
        Record(
            "doc-1", "event", "strike.rocket", "happened", at("استهدفت"), at(BODY.split("\n")[0]), "r1", group,
            Party(at("قاعدة حقل العمر")), field, day, (Weapon(at("صواريخ"), "rocket"),),
            (Number(at("ثلاثة"), "munitions", 3, 3),), None, (group,), at("أعلنت"), "claimed",
            at("استهدفت قاعدة حقل العمر بثلاثة صواريخ"), "reported", confidence=0.71234567, reader="rules/1",
        ),
        Record(
            "doc-1", "event", "strike.drone", "happened", at("سقطت"), at(BODY.split("\n")[1]), "r2",
            place=Place(at("مطار أربيل")), outcome="no_damage", source=(agency, official), cue=at("قال"),
            standing="attributed", weapons=(Weapon(at("طائرة مسيّرة"), "drone"),), reader="rules/1",
        ),
        Record(
            "doc-1", "statistic", "rate_change", "happened", at("rose"), at(ENGLISH), "r3",
            numbers=(Number(at("45%"), "percent", 45.0, 45.0),), standing="own_voice",
            time=When(at("since October"), date(2023, 10, 1), None, 3), reader="rules/1",
        ),
    ]  # fmt: skip
    document = Document(
        "doc-1", TEXT, TITLE, Published(date(2023, 12, 9), "dateline", "", at("الجمعة")), "https://news.example/1",
        "قناة الضفتين", "ar",
        (
            _part("title", TITLE), *(_part("body", line) for line in BODY.split("\n")),
            _part("post", POST, author="@omar", date=date(2023, 12, 8), address="https://social.example/1"),
            _part("body", ENGLISH),
        ),
        (Issue("day", "two days are told", at("أمس الجمعة")),),
    )  # fmt: skip
    from dataclasses import replace

    filled = tuple(replace(r, gloss=gloss(r)) for r in records)
    return SimpleNamespace(document=document, records=filled, issues=document.issues)
