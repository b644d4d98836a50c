"""WARC, the format of web archives: the pages that servers answered with, and when."""

from __future__ import annotations

import re
import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterator
from datetime import UTC
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tawatur.model import NO_REPORT, Capture, CaptureKind, Unread
from tawatur.sources.bodies import read_body
from tawatur.sources.faults import Fault
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.streams import DamagedError, Source

MAX_PAGE = 64 << 20
"""Bytes of one page, packed and unpacked."""
_STEP = 1 << 18
_MAX_HEADERS = 1 << 16
_REMEMBERED = 64 << 20
_KINDS: dict[str, CaptureKind] = {"text/html": "page", "application/xhtml+xml": "page", "text/plain": "text"}
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_ENDS = (b"\r\n\r\n", b"\n\n")


def looks_like_warc(head: bytes) -> bool:
    """Whether it begins as a WARC does."""
    return head.startswith(b"WARC/")


def warc_of(source: Source, options: SourceOptions) -> Iterator[Found]:
    """The pages and texts of a WARC: answers with status 200, their bodies unpacked, address and time as recorded. A
    visit that found a page unchanged is resolved where that page stands before it. Everything else is counted and
    told; so is an end that comes too early."""
    yield from _Warc(source, options).read()


class _Tail:
    """The source as the library reads it, in full pieces; what went wrong is kept, since it would hide it."""

    def __init__(self, source: Source) -> None:
        self._source, self.last = source, b""
        self.fault: DamagedError | None = None

    def read(self, size: int = -1, /) -> bytes:
        pieces, left = [], size if size >= 0 else _STEP
        try:
            while left > 0 and (piece := self._source.read(left)):
                pieces.append(piece)
                left -= len(piece)
        except DamagedError as error:
            self.fault = error
        out = b"".join(pieces)
        self.last = (self.last + out[-4:])[-4:]
        return out

    def tell(self) -> int:
        return self._source.position


class _Warc:
    def __init__(self, source: Source, options: SourceOptions) -> None:
        self._source, self._options = source, options
        self._left: Counter[str] = Counter()
        self._pages: OrderedDict[str, tuple[bytes, bytes]] = OrderedDict()
        self._held = 0

    def read(self) -> Iterator[Found]:
        stream = _Tail(self._source)
        whole = True
        try:
            for record in ArchiveIterator(cast("BinaryIO", stream), parse_http=False, stream_detect=False):
                where = f"{self._source.name}@{record.stream_pos}"
                address = (record.headers.get("WARC-Target-URI") or "a record").strip("<>")
                wanted = record.content_length
                whole = "Content-Length" in record.headers
                if record.record_type in (WarcRecordType.response, WarcRecordType.revisit) and whole:
                    if wanted > MAX_PAGE:
                        yield Unread(where, f"{address}: larger than {MAX_PAGE >> 20} MB", "no report is so large")
                        whole = self._passed(record) == wanted
                        continue
                    body = _read(record, wanted)
                    whole = len(body) == wanted
                    if whole:
                        yield from self._answer(record, body, address, where)
                    else:
                        yield Unread(where, f"{address}: {self._cut()}", "get the file again", content=body)
                        stream.last = _ENDS[0]  # told
                        whole = True
                else:
                    self._left[f"{record.headers.get('WARC-Type') or 'unknown'} records"[:60]] += 1
                    whole = whole and self._passed(record) == wanted
        except (OSError, ValueError, RuntimeError, UnicodeError, MemoryError) as error:
            why = f"the WARC cannot be read on: {str(error)[:120]}" if stream.read(1) else self._cut()
            yield Unread(f"{self._source.name}@{self._source.position}", why, "get the file again")
            stream.last, whole = _ENDS[0], True
        if stream.fault is not None:
            yield Unread(f"{self._source.name}@{self._source.position}", str(stream.fault), stream.fault.hint)
        elif not whole or not stream.last.endswith(_ENDS):
            yield Unread(f"{self._source.name}@{self._source.position}", self._cut(), "get the file again")
        elif self._source.read(1):
            yield Unread(
                f"{self._source.name}@{self._source.position}", "what follows is no WARC", "get the file again"
            )
        if self._left:
            found = ", ".join(f"{count} {what}" for what, count in sorted(self._left.items()))
            yield Unread(self._source.name, f"{self._source.file}: {found}", "", NO_REPORT)

    def _cut(self) -> str:
        return f"the file is cut off at byte {self._source.position:,}"

    def _passed(self, record: WarcRecord) -> int:
        size = 0
        while piece := record.reader.read(_STEP):
            size += len(piece)
        return size

    def _answer(self, record: WarcRecord, raw: bytes, address: str, where: str) -> Iterator[Found]:
        head, body = _split(raw)
        if record.record_type is WarcRecordType.revisit:
            known = self._known(record)
            if known is None:
                yield Unread(where, f"{address}: unchanged since a visit that is not in this file", "add its file too")
                return
            head, body = known
        status = _STATUS.match(head)
        if status is None:
            self._left["answers that are no HTTP"] += 1
            return
        if status.group(1) != b"200":
            self._left[f"answers with status {status.group(1).decode()}"] += 1
            return
        headers = _headers(head)
        media_type = headers.get("content-type", "").split(";")[0].strip().lower()
        kind = _KINDS.get(media_type)
        if kind is None:
            self._left[f"answers of type {media_type[:60] or '(none)'}"] += 1
            return
        self._remember(record, head, body)
        try:
            if "chunked" in headers.get("transfer-encoding", "").lower():
                body = _unchunked(body)
            body = read_body([body], headers.get("content-encoding", ""), MAX_PAGE)
        except Fault as fault:
            yield Unread(where, f"{address}: {fault.note}", "", content=raw)
            return
        if not body.strip():
            self._left["empty pages"] += 1
            return
        charset = _CHARSET.search(headers.get("content-type", ""))
        yield Capture(
            body,
            address=address if address.startswith(("http://", "https://")) else "",
            media_type=media_type,
            charset=charset.group(1) if charset else "",
            fetched=record.record_date.astimezone(UTC) if record.record_date else None,
            kind=kind,
            title=self._options.title,
            published=self._options.published,
            outlet=self._options.outlet,
            found_at=where,
        )

    def _remember(self, record: WarcRecord, head: bytes, body: bytes) -> None:
        """Keep a page for visits that find it unchanged, the latest ones within a bound."""
        packed = zlib.compress(body, 1)
        for key in _keys(record):
            self._pages[key] = (head, packed)
            self._held += len(packed)
        while self._held > _REMEMBERED and self._pages:
            self._held -= len(self._pages.popitem(last=False)[1][1])

    def _known(self, record: WarcRecord) -> tuple[bytes, bytes] | None:
        names = (record.headers.get("WARC-Refers-To"), record.headers.get("WARC-Payload-Digest"))
        found = next((self._pages[name] for name in names if name and name in self._pages), None)
        return (found[0], zlib.decompress(found[1])) if found else None


def _keys(record: WarcRecord) -> list[str]:
    names = (record.headers.get("WARC-Record-ID"), record.headers.get("WARC-Payload-Digest"))
    return [name for name in names if name]


def _read(record: WarcRecord, size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := record.reader.read(min(size, _STEP))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """Headers and body of an answer."""
    ends = [(at, len(end)) for end in _ENDS if (at := raw.find(end, 0, _MAX_HEADERS)) >= 0]
    at, length = min(ends, default=(len(raw), 0))
    return raw[:at], raw[at + length :]


def _headers(head: bytes) -> dict[str, str]:
    out: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            out.setdefault(name.strip().lower(), value.strip())
    return out


def _unchunked(raw: bytes) -> bytes:
    """The body of an answer that was sent in chunks; as it is where an archiver has put it together already."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = raw.find(b"\n", at, at + 1000)
        size = _hex(raw[at:end].split(b";")[0].strip()) if end >= 0 else None
        if size is None:
            if at == 0:
                return raw
            raise Fault("the answer was cut off")
        if size == 0:
            return b"".join(pieces)
        if end + 1 + size > len(raw):
            raise Fault("the answer was cut off")
        pieces.append(raw[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if raw[at : at + 2] == b"\r\n" else 1


def _hex(digits: bytes) -> int | None:
    return int(digits, 16) if re.fullmatch(rb"[0-9a-fA-F]{1,8}", digits) else None
