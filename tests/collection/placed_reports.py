"""Stores for the tests of this room: reports made of a few sentences, so that they copy one another and tell of the same
happenings, read by a reader that knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tawatur.model import Capture, Document, Forward, Generation, Part, Party, Place, Published, Read, Record, When
from tawatur.store.packing import pack
from tawatur.store.repository import Store

FIRST, SECOND = Generation("made-up", "1", "ab" * 32), Generation("made-up", "2", "cd" * 32)
DAY = date(2024, 5, 1)
SENTENCES = (
    "Three workers of one family were killed when aircraft struck a smithy in the market of the old town on Friday.",
    "Shells fell on the outskirts of the eastern town before dawn and burned two fields of wheat, farmers told us.",
    "An official of the hospital said that nine wounded people had arrived from the bridge by the evening.",
    "قصفت الطائرات بلدة الشدادي فجر الجمعة وقتل ثلاثة عمال من عائلة واحدة كانوا في ورشة الحدادة قرب السوق القديم.",
    "سقطت قذائف على أطراف المدينة الشرقية قبل الفجر واحترق حقلان من القمح كما قال لنا مزارعون من أهل القرية.",
    "The army denied that Three Lanes market had been hit by its aircraft, Al Jazeera reported on Saturday morning.",
    "Subscribe to our channel for the news of the hour and share this page with all of your friends today please.",
)
PLACES = (("made:old", 36.06, 40.73), ("made:east", 36.09, 40.75))
OUTLETS = ("Al Jazeera", "Morning Gazette", "Evening Herald", "")


@dataclass(frozen=True)
class Report:
    """A report: which it is, in which version, of which sentences, on which day, by whom; what it passes on."""

    number: int
    version: int
    sentences: tuple[int, ...]
    day: int | None
    outlet: int
    forwards: int | None = None

    @property
    def id(self) -> str:
        """Every third version is another document."""
        return f"r{self.number}" if self.version % 3 else f"r{self.number}x"

    @property
    def address(self) -> str:
        return f"https://news.example/{self.number}"

    @property
    def text(self) -> str:
        return "\n".join(SENTENCES[s] for s in self.sentences)

    def capture(self) -> Capture:
        return Capture(
            f"{self.version} {self.text}".encode(),
            address=self.address,
            media_type="text/plain",
            fetched=datetime(2024, 6, 1, tzinfo=UTC) + timedelta(minutes=self.version),
        )

    def read(self, key: str, generation: Generation) -> Read:
        day = DAY + timedelta(self.day) if self.day is not None else None
        document = Document(
            id=self.id,
            text=self.text,
            published=Published(day, "metadata", day.isoformat()) if day else Published(),
            url=self.address,
            outlet=OUTLETS[self.outlet],
            language="en",
            parts=(Part("body", 0, len(self.text)),),
            forwards=() if self.forwards is None else (Forward("", f"https://news.example/{self.forwards}"),),
        )
        return Read(key, document, tuple(self._records(document, generation)), ())

    def _records(self, document: Document, generation: Generation) -> list[Record]:
        out, start = [], 0
        for k, s in enumerate(self.sentences):
            end = start + len(SENTENCES[s])
            name, lat, lon = PLACES[s % 2]
            denies = s == 5
            out.append(
                Record(
                    document.id,
                    "statement" if denies else "event",
                    "denial" if denies else ("strike.air", "strike.shelling")[s % 2],
                    "happened",
                    document.span(start, start + 8),
                    document.span(start, end),
                    id=f"{document.id}.{k}.{s}.{generation.version}.{self.day}",
                    actor=Party(document.span(start, start + 3), "army") if s % 3 == 0 or denies else None,
                    place=Place(document.span(start, start + 4), name, lat=lat, lon=lon, country="SY", precision=1)
                    if s != 6
                    else None,
                    time=When(None, DAY, DAY) if s in (0, 3) else None,
                )
            )
            start = end + 1
        return out


def add(store: Store, reports: Sequence[Report], generation: Generation = FIRST) -> None:
    """Captures and reads these."""
    added = store.add_captures([r.capture() for r in reports], "me")
    reads = [r.read(a.id, generation) for r, a in zip(reports, added, strict=True)]
    store.add_readings([pack(read) for read in reads], generation)
