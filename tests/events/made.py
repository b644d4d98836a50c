"""Small collections made for tests: a few places, days, parties and sentences, so that much of it meets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tawatur.events.told import Facts, Told
from tawatur.model import Number, Party, Place, Record, Span, When

DAY = date(2023, 12, 8)
SENTENCES = (
    "قصفت الطائرات بلدة الشدادي فجر الجمعة وقتل ثلاثة عمال من عائلة الخابوري في ورشة الحدادة",
    "قتل ثلاثة عمال من عائلة الخابوري في قصف استهدف ورشة الحدادة قرب البلدة",
    "سقطت قذائف على أطراف المدينة دون وقوع إصابات بحسب مصدر محلي",
    "Three workers of one family were killed when aircraft struck a smithy in al-Shaddadi on Friday",
    "Shells fell on the outskirts of the town, a local source said",
)
# id, name, latitude, longitude, precision, feature, country, admin1
PLACES = (
    ("t:shaddadi", "الشدادي", 36.06, 40.73, 1, "settlement", "SY", "Hasakah"),
    ("t:base", "الشدادي", 36.09, 40.75, 1, "base", "SY", "Hasakah"),
    ("t:village", "الدشيشة", 36.02, 40.80, 1, "settlement", "SY", "Hasakah"),
    ("t:hasakah", "ريف الحسكة", 36.50, 40.75, 3, "region", "SY", "Hasakah"),
    ("t:asad", "عين الأسد", 33.79, 42.44, 1, "base", "IQ", "Anbar"),
    ("", "تل مجهول", None, None, None, "", "", ""),
)


def span(text: str, start: int = 0) -> Span:
    return Span(start, start + len(text), text)


@dataclass(frozen=True)
class Sketch:
    """What a test says of a record; everything else is the same for all."""

    key: str
    doc: str = "d0"
    sentence: int = 0
    at: int = 0
    place: int | None = 0
    day: int | None = 0
    days: int = 0
    published: int | None = 1
    type: str = "strike.air"
    actor: str = ""
    target: str = ""
    killed: float | None = None
    lineage: str = ""
    denied: bool = False
    words: str = ""
    word: int = 0

    def told(self) -> Told:
        text = self.words or SENTENCES[self.sentence]
        published = None if self.published is None else DAY + timedelta(self.published)
        first = None if self.day is None else DAY + timedelta(self.day)
        when = None if first is None else When(span("يوم"), first, first + timedelta(self.days), 1)
        record = Record(
            self.doc,
            "event",
            self.type,
            "denied" if self.denied else "happened",
            span(text.split()[self.word], 1000 * self.at + 20 * self.word),
            span(text, 1000 * self.at + 10),
            id=self.key,
            actor=_party(self.actor),
            target=_party(self.target),
            place=None if self.place is None else _place(self.place),
            time=when,
            numbers=() if self.killed is None else (Number(span("3"), "killed", self.killed, self.killed),),
        )
        return Told(Facts(self.doc, published, "outlet", lineage=self.lineage), record)


def _party(name: str) -> Party | None:
    return Party(span(name), name if name.islower() else None) if name else None


def _place(index: int) -> Place:
    key, name, lat, lon, precision, feature, country, admin = PLACES[index]
    spoken: Any = precision
    return Place(
        span(name), key or None, lat=lat, lon=lon, country=country, admin1=admin, precision=spoken, feature=feature
    )


@st.composite
def collections(draw: st.DrawFn, most: int = 14) -> list[Told]:
    """Records of a few documents; those of one document have its day and lineage."""
    documents = draw(st.integers(1, 6))
    of_document = [
        (draw(st.sampled_from((None, 0, 1, 2, 9))), draw(st.sampled_from(("", "", "l1", "l2"))))
        for _ in range(documents)
    ]
    out = []
    for i in range(draw(st.integers(0, most))):
        doc = draw(st.integers(0, documents - 1))
        published, lineage = of_document[doc]
        out.append(
            Sketch(
                # ids that do not stand in the order of the documents
                f"{(i * 7919 + doc * 104729) % 65536:04x}{i}",
                f"d{doc}",
                draw(st.integers(0, len(SENTENCES) - 1)),
                draw(st.integers(0, 3)),
                draw(st.sampled_from((None, *range(len(PLACES))))),
                draw(st.sampled_from((None, None, -1, 0, 0, 1, 5))),
                draw(st.sampled_from((0, 0, 1, 30))),
                published,
                draw(st.sampled_from(("strike.air", "strike.unspecified", "raid", "clash", "harm"))),
                draw(st.sampled_from(("", "us", "iri", "kataib-hezbollah", "لجنة"))),
                draw(st.sampled_from(("", "us"))),
                draw(st.sampled_from((None, 3.0, 4.0))),
                lineage,
                draw(st.booleans()),
                word=draw(st.sampled_from((0, 0, 1, 2))),
            ).told()
        )
    return out
