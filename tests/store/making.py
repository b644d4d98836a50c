"""Stores for the tests of this room, made from a few reports whose words are known, without any reader."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tawatur.model import (
    Attachment,
    Capture,
    Document,
    Forward,
    Generation,
    Issue,
    Number,
    Part,
    Party,
    Place,
    Published,
    Read,
    Record,
    When,
)
from tawatur.store.packing import pack
from tawatur.store.repository import Store

READER = Generation("made-up", "1", "ab" * 32)
LATER = Generation("made-up", "2", "cd" * 32)


def capture(number: int, version: int = 1, **given: object) -> Capture:
    """A report at an address of its own; versions of it differ in their words and in when they were fetched."""
    said: dict[str, object] = {
        "content": page(number, version),
        "address": f"https://news.example/{number}",
        "media_type": "text/plain",
        "title": f"given title {number} قصف",
        "outlet": "news.example",
        "fetched": datetime(2026, 3, version, 12, number % 60, tzinfo=UTC),
        "found_at": f"list.jsonl:{number}",
    }
    return Capture(**{**said, **given})  # type: ignore[arg-type]


def page(number: int, version: int = 1) -> bytes:
    """Words that pack badly, so that they can be looked for."""
    return f"Shelling of quarter{number}x{version}word\nThe army said 3 were killed in حيّ{number} of Tal{version}.".encode()


def read(store: Store, capture_id: str, generation: Generation = READER, extra: int = 0) -> Read:
    """What a reader that knows these reports makes of a capture: ``extra`` records beside the first."""
    found = store.capture(capture_id)
    text = found.content.decode()
    title = text.partition("\n")[0]
    document = Document(
        id=found.item or found.address.rpartition("/")[2] or capture_id[:8],
        text=text,
        title=title,
        published=Published(date(2026, 3, 1), "metadata", "2026-03-01"),
        url=found.address,
        outlet=found.outlet,
        language="en",
        parts=(Part("title", 0, len(title)), Part("body", len(title) + 1, len(text))),
        forwards=(Forward("a channel", "https://t.example/1"),),
        attachments=found.attachments,
    )
    army, killed = text.index("The army"), text.index("3 were")
    anchor = document.span(0, 8)
    records = tuple(
        Record(
            doc=document.id,
            kind="event",
            type="strike.shelling",
            status="happened",
            anchor=anchor,
            evidence=document.span(0, len(title)),
            id=f"{document.id}-{generation.version}-{number}",
            actor=Party(document.span(army, army + 8), "army"),
            place=Place(
                document.span(title.index("quarter"), len(title)), "place-1", lat=33.5, lon=36.25, country="SY"
            ),
            time=When(None, date(2026, 3, 1), date(2026, 3, 1)),
            numbers=(Number(document.span(killed, killed + 1), "killed", 3, 3),),
            reader=generation.id,
        )
        for number in range(1 + extra)
    )
    issues = (Issue("odd", f"odd word in {title}", document.span(0, 8)),)
    return Read(capture_id, document, records, issues)


def failed(capture_id: str) -> Read:
    return Read(capture_id, failure=Issue("empty", f"nothing to read in {capture_id}"))


def picture(number: int) -> Attachment:
    return Attachment("picture", f"https://img.example/{number}", f"author{number}", content=b"picture of %d" % number)


def archived(number: int) -> Attachment:
    return Attachment("archive", f"https://archive.example/{number}", date=date(2026, 3, 2), digest="ef" * 32)


def put(store: Store, *captures: Capture, generation: Generation = READER, extra: int = 0) -> list[str]:
    """Captures and reads these, and returns the ids of the captures."""
    added = store.add_captures(captures, "me")
    new = [each.id for each in added if each.state == "new"]
    store.add_readings([pack(read(store, each, generation, extra)) for each in new], generation)
    return [each.id for each in added]


def fill(store: Store) -> list[str]:
    """Of everything that a store can hold something: versions, a second reader, a failure, one that waits, the same
    document from two captures, two reports with one id, attachments, an outside archive, issues, visits, decisions."""
    from tawatur.model import Visit
    from tawatur.store.decisions import decide, undo

    ids = put(
        store,
        capture(1),
        capture(1, 2),
        capture(2, attachments=(picture(2), archived(2))),
        capture(3, charset="utf-8"),
        capture(3, charset=""),
        extra=2,
    )
    ids += put(store, capture(4, item="1"))
    store.add_readings([pack(read(store, ids[0], LATER, 1))], LATER)
    lost, waiting = (each.id for each in store.add_captures([capture(5), capture(6)], "me"))
    store.add_readings([pack(failed(lost))], READER)
    store.note_issue(Issue("unread", "no such page"), "https://news.example/9")
    store.note_visit(Visit("https://news.example/1", datetime(2026, 3, 1, tzinfo=UTC), 200, digest="aa"))
    first = decide(store, "merge", "event-1", '"event-2"', who="Rana", why="one clash")
    undo(store, first.id, who="Omar", why="two clashes")
    return [*ids, lost, waiting]


def filled(path: Path) -> list[str]:
    """The same in a new store at ``path``, closed."""
    with Store.open(path) as store:
        return fill(store)
