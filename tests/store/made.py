"""Captures, documents and readings for the tests of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tawatur.model import Capture, Document, Generation, Issue, Part, Published, Read, Record
from tawatur.store.packing import Packed, pack
from tawatur.store.repository import Store

OLD = Generation("rules", "0.1.0", "11" * 32)
NEW = Generation("rules", "0.2.0", "22" * 32)
AT = datetime(2026, 11, 24, tzinfo=UTC)


def page(words: str, address: str = "https://a.org/1", day: int = 1) -> Capture:
    """A page with these words, fetched on a day of November 2026."""
    return Capture(
        words.encode(), address=address, kind="page", fetched=datetime(2026, 11, day, tzinfo=UTC), found_at=address
    )


def document(text: str, key: str = "7", **more: str) -> Document:
    return replace(
        Document(key, text, title=text.split()[0], outlet="A", language="en", parts=(Part("body", 0, len(text)),)),
        **more,  # type: ignore[arg-type]
    )


def on(document: Document, day: str) -> Document:
    """The document, published on a day."""
    return replace(document, published=Published(datetime.fromisoformat(day).date(), "option", day))


def record(of: Document, start: int = 0, key: str = "") -> Record:
    """A record that stands on three characters of a document."""
    return Record(
        of.id,
        "event",
        "airstrike",
        "happened",
        of.span(start, start + 3),
        of.span(0, len(of.text)),
        id=key or f"{of.id}-{start:06}",
    )


def read(capture: str, of: Document, *records: Record, issues: tuple[Issue, ...] = ()) -> Packed:
    return pack(Read(capture, of, records, issues), AT)


def failed(capture: str, message: str = "no text in it") -> Packed:
    return pack(Read(capture, failure=Issue("unread", message)), AT)


def add(store: Store, capture: Capture, of: Document, *records: Record, by: Generation = OLD) -> str:
    """Captures and reads; gives the capture's id."""
    (added,) = store.add_captures([capture], "me")
    store.add_readings([read(added.id, of, *records)], by)
    return added.id
