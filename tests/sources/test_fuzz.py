"""Sources damaged at random: each ends in captures, things that are told as unread, or one plain error."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
from collections.abc import Callable
from itertools import islice

import pytest

from benchmarks.fuzz import MUTATIONS
from tawatur.errors import TawaturError
from tawatur.model import Capture
from tawatur.sources.detect import captures
from tawatur.sources.options import SourceKind, SourceOptions
from tawatur.text.documents import document_of

ROWS = "".join(f'{{"id": "{n}", "text": "سقطت ثلاثة صواريخ قرب القاعدة."}}\n' for n in range(9)).encode()
TABLE = 'id;النص;الرابط\n1;"سقطت ""ثلاثة"" صواريخ\nقرب القاعدة";https://a.example/1\n2;ب;\n'.encode()
EXPORT = json.dumps(
    {
        "about": "x",
        "chats": {
            "list": [
                {"name": "قناة", "type": "public_channel", "id": 5, "messages": [
                    {"id": 1, "type": "message", "date_unixtime": "1702078200", "from": "قناة", "photo": "photos/1.jpg",
                     "text": ["عاجل ", {"type": "text_link", "text": "سقوط", "href": "https://a.example/1"}]},
                    {"id": 2, "type": "service", "action": "pin_message", "text": ""},
                    {"id": 3, "type": "message", "text": "قصف", "forwarded_from": "x", "reply_to_message_id": 1,
                     "poll": {"question": "?", "answers": [{"text": "a", "voters": 1}]}},
                ]}
            ]
        },
    },
    ensure_ascii=False, indent=1,
).encode()  # fmt: skip
BODY = "<html><body><p>سقطت ثلاثة صواريخ قرب القاعدة في الريف الشرقي.</p><img src='x.jpg'></body></html>".encode()
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nDate: Sat, 9 Dec 2023 10:00:00 -0000\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + BODY + b"\r\n--b\r\n"
    b"Content-Type: image/png\r\nContent-Location: https://a.example/x.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"iVBORw0KGgo=\r\n--b--\r\n"
)


def _record(kind: bytes, more: bytes, block: bytes) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2023-12-09T01:02:03Z\r\n%s"
    return head % (kind, more) + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)


_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%s\r\n"
WARC = (
    _record(b"response", b"WARC-Payload-Digest: sha1:A\r\n", _ANSWER % b"" + BODY)
    + _record(b"response", b"", _ANSWER % b"Content-Encoding: gzip\r\n" + gzip.compress(BODY))
    + _record(b"response", b"", _ANSWER % b"Transfer-Encoding: chunked\r\n" + b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n")
    + _record(b"revisit", b"WARC-Payload-Digest: sha1:A\r\n", _ANSWER % b"")
)
SEEDS: dict[str, tuple[bytes, SourceKind]] = {
    "rows": (ROWS, "rows"),
    "table": (TABLE, "table"),
    "telegram": (EXPORT, "telegram"),
    "mhtml": (MHTML, "mhtml"),
    "warc": (WARC, "warc"),
    "packed": (gzip.compress(ROWS), ""),
}
DAMAGE = ("cut off", "bytes turned", "pieces shuffled", "spliced")


def _nulls(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(raw))
    return raw[:at] + b"\x00" * rng.randrange(1, 40) + raw[at:]


def _doubled(raw: bytes, rng: random.Random) -> bytes:
    at, end = sorted((rng.randrange(len(raw)), rng.randrange(len(raw))))
    return raw[:end] + raw[at:end] * rng.randrange(1, 4) + raw[end:]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", SEEDS)
def test_damaged_sources_end_well_and_soon(name: str) -> None:
    raw, kind = SEEDS[name]
    rng = random.Random(11)
    ways: list[Callable[[bytes, random.Random], bytes]] = [*(MUTATIONS[n] for n in DAMAGE), _nulls, _doubled]
    begin, read, errors = time.perf_counter(), 0, 0
    for number in range(600):
        content = ways[number % len(ways)](raw, rng)
        # told what it is, a damaged head is met by the reader of its kind; otherwise it is whatever it looks like
        options = SourceOptions(kind if number % 2 else "")
        try:
            for found in islice(captures("-", options, io.BytesIO(content)), 1000):
                if isinstance(found, Capture):
                    read += 1
                    if number % 4 == 1:
                        document_of(found)
        except TawaturError:
            errors += 1
    assert read >= 100, "next to nothing came through"
    assert errors < 600
    assert time.perf_counter() - begin < 20


def test_undamaged_they_are_read_whole() -> None:
    counts = {name: sum(isinstance(x, Capture) for x in captures("-", SourceOptions(kind), io.BytesIO(raw)))
              for name, (raw, kind) in SEEDS.items()}  # fmt: skip
    assert counts == {"rows": 9, "table": 2, "telegram": 2, "mhtml": 1, "warc": 4, "packed": 9}
