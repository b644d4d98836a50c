"""The nouns of tawatur, all frozen: what is passed from one room to the next.

Offsets are Unicode code points into ``Document.text``; ranges are half open. A :class:`Span` that
belongs to a document is *proven*: ``document.text[span.start:span.end] == span.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

PartKind = Literal["title", "heading", "body", "post", "caption", "furniture"]
PublishedBasis = Literal["input", "option", "metadata", "listed", "post", "dateline", "weekday", "unknown"]
NumberOf = Literal["attacks", "munitions", "killed", "injured", "percent", "sites", "other"]
RecordKind = Literal["event", "aggregate", "statement", "statistic"]
Status = Literal["happened", "denied", "threatened", "planned", "possible"]
Standing = Literal["own_voice", "claimed", "attributed"]
Outcome = Literal["hit", "intercepted", "missed", "no_damage"]
EntityKind = Literal[
    "state_force", "armed_group", "government", "official", "outlet", "agency", "ngo",
    "civilian", "account", "unnamed", "other",
]  # fmt: skip
WeaponCategory = Literal[
    "rocket", "ballistic_missile", "cruise_missile", "anti_tank", "drone", "aircraft_bomb",
    "artillery", "mortar", "small_arms", "ied", "suicide_belt", "mine", "other",
]  # fmt: skip
CaptureKind = Literal["", "page", "text", "row", "message", "unread"]
AttachmentKind = Literal["picture", "video", "file", "post", "link", "archive"]
Precision = Literal[1, 2, 3]
NO_REPORT = "no-report"
UNCHANGED = "unchanged"
MarkRole = Literal[
    "anchor", "actor", "target", "place", "time", "weapon", "number", "source", "cue",
    "content", "reason", "extent", "role", "affiliation",
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of a document: ``[start, end)`` in code points, and the words themselves."""

    start: int
    end: int
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages; either may be empty where no source gives it."""

    en: str = ""
    ar: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something unexpected that was met and not hidden: a code, one plain line, where it stands."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """What belongs to a report and stands beside its text: a picture, an embedded post, a link, an outside archive of
    its page. ``content`` are the bytes where they are at hand, ``digest`` their SHA-256 (known also where only that
    was kept)."""

    kind: AttachmentKind
    address: str
    author: str = ""
    date: date | None = None
    media_type: str = ""
    digest: str = ""
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they were found, and what is known of where and when.

    ``kind`` says how the bytes are to be read ("" where their content tells): a page, a text, a row of a collection
    (one JSON object), a message of a channel (one JSON object); "unread" are bytes that their source could not read, and
    ``title`` says why. ``collection`` and ``item`` name the report where its
    source does: the file or channel, and the id in it. ``title``, ``published`` and ``outlet`` are given from outside
    and stand before what a page says; ``listed`` is the time that the list which led here (a feed, a sitemap) gives,
    and is used where the report is silent. ``found_at`` says where it stood (``reports.jsonl:17``) and is no part of
    what the capture is.
    """

    content: bytes = field(repr=False)
    address: str = ""
    media_type: str = ""
    charset: str = ""
    fetched: datetime | None = None
    kind: CaptureKind = ""
    collection: str = ""
    item: str = ""
    title: str = ""
    published: str = ""
    outlet: str = ""
    listed: str = ""
    found_at: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read while the rest goes on: where it stood, why, and what helps; ``content`` are
    its bytes where they could be had, so that nothing is lost. The code :data:`NO_REPORT` tells of what is whole but no
    report (a pinned message, a picture in a WARC): told, so that nothing is dropped in silence, and no failure;
    :data:`UNCHANGED` of a page that its server calls unchanged since it was kept."""

    found_at: str
    message: str
    hint: str = ""
    code: str = "unread"
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """One attempt to fetch ``address``: what the server answered (``status`` 0: nothing), where it ended after
    redirects, and what a later conditional request needs. ``digest`` is the SHA-256 of the bytes, "" where none came;
    ``note`` says in plain words what went wrong."""

    address: str
    at: datetime
    status: int = 0
    final_address: str = ""
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Forward:
    """A hop by which a report reached its publisher: the channel or person that it was forwarded from."""

    name: str
    address: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document's text. ``author`` to ``links`` are given for embedded posts; ``reason`` says why
    a stretch is furniture of the page (other headlines, comments, buttons), which no reader reads."""

    kind: PartKind
    start: int
    end: int
    author: str = ""
    date: date | None = None
    address: str = ""
    links: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """The day that "yesterday" is counted from, at the outlet's own UTC offset, and its basis.

    ``text`` keeps the value as the input gave it; ``span`` are the words that it was inferred from.
    """

    value: date | None = None
    basis: PublishedBasis = "unknown"
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its canonical text (title first), the parts of it, and what is known about it. ``forwards`` are the
    hops by which it came, nearest the publisher first; ``attachments`` what its text points to or shows."""

    id: str
    text: str
    title: str = ""
    published: Published = Published()
    url: str = ""
    outlet: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    issues: tuple[Issue, ...] = ()
    forwards: tuple[Forward, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The proven span ``[start, end)``; ``ValueError`` outside the text or when empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} outside a text of {len(self.text)}")
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a reader points at, and the part that they play; ``label`` is a class from a
    closed list: for an anchor ``kind/type/status/outcome``, for a number what it counts. ``score`` is how sure
    the reader is that the anchor is worth a record (0 to 1)."""

    id: int
    role: MarkRole
    span: Span
    label: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """``mark`` plays its role for the record of ``anchor``; ``order`` is the place in the chain (0: nearest the
    publisher). Words that anchor several records are several anchor marks."""

    anchor: int
    mark: int
    order: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader saw in one document."""

    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, target or source as the words give it, and who that is in the catalogue."""

    span: Span
    entity: str | None = None
    label: Label = Label()
    kind: EntityKind = "other"
    role: Span | None = None
    affiliation: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the gazetteer that a name may mean, with a score 0 to 1."""

    place_id: str
    label: Label
    lat: float | None
    lon: float | None
    country: str
    feature: str
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """A named place resolved: degrees WGS84, ISO 3166 country, precision 1 (the place), 2 (area), 3 (region)."""

    span: Span
    place_id: str | None = None
    label: Label = Label()
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    admin1: str = ""
    precision: Precision | None = None
    feature: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A time as the words give it, and the days meant, both ends included; None where an end is not told."""

    span: Span | None
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    calendar: str = "gregorian"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Weapon:
    span: Span
    category: WeaponCategory = "other"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a record: inclusive bounds; ``high`` None is open above, ``low`` None open below."""

    span: Span
    of: NumberOf
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that one document tells; see docs/record.md. Fields are empty where the document is silent."""

    doc: str
    kind: RecordKind
    type: str
    status: Status
    anchor: Span
    evidence: Span
    id: str = ""
    actor: Party | None = None
    target: Party | None = None
    place: Place | None = None
    time: When | None = None
    weapons: tuple[Weapon, ...] = ()
    numbers: tuple[Number, ...] = ()
    outcome: Outcome | None = None
    source: tuple[Party, ...] = ()
    cue: Span | None = None
    standing: Standing = "own_voice"
    content: Span | None = None
    mode: Literal["quoted", "reported"] | None = None
    reason: Span | None = None
    extent: Literal["all", "most", "some"] | None = None
    confidence: float = 0.5
    reader: str = ""
    gloss: Label = Label()


@dataclass(frozen=True, slots=True)
class Generation:
    """Which reader made a record: its name, its version, and a digest of the code and tables it reads with."""

    name: str
    version: str
    digest: str

    @property
    def id(self) -> str:
        """``rules/0.1.0+1a2b3c4d``."""
        return f"{self.name}/{self.version}+{self.digest[:8]}"


@dataclass(frozen=True, slots=True)
class Read:
    """What one reader made of one capture: a document with its records and all issues, or a failure."""

    capture: str
    document: Document | None = None
    records: tuple[Record, ...] = ()
    issues: tuple[Issue, ...] = ()
    failure: Issue | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, for good: who, when, about what and why; ``undoes`` is the id of an earlier decision that
    this one takes back. ``value`` is JSON."""

    kind: str
    subject: str
    value: str
    who: str
    why: str
    at: datetime
    id: str = ""
    undoes: str = ""
