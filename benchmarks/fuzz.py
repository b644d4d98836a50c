"""Damaged and hostile inputs: each must end in a document (and its records) or in a plain error, in bounded time and memory.

Starts from a few short inputs of our own (a report, a post, a page, a collection) and breaks them: cut off, pieces in
another encoding, floods of bidi and zero-width marks, bytes turned over, nested HTML, very long words.
Usage: python -m benchmarks.fuzz [how many, 100000] [--minutes 25] [--processes N]
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from itertools import islice, takewhile

from tawatur.errors import TawaturError
from tawatur.model import Capture, Document
from tawatur.sources.detect import captures
from tawatur.sources.options import SourceOptions
from tawatur.text.documents import document_of
from tawatur.text.sentences import sentences
from tawatur.text.tokens import tokenize

ARABIC = (
    "جماعة مسلحة تعلن قصف قاعدة في الريف الشرقي\n"
    'قالت الجماعة، في بيان، يوم الجمعة 8 كانون الأول 2023، إنها استهدفت القاعدة بـ"ثلاثة صواريخ" رداً على غارة سابقة.\n'
    "وأفاد مصدر أمني لوكالة محلية بأنّ الأضرار اقتصرت على السور، وأُصيب جنديان بنسبة 15٪.\n"
    "سقوط صواريخ قرب القاعدة #عاجل pic.twitter.com/abcdEF12\n— سالم (@salem_x) December 8, 2023\n"
)
ENGLISH = (
    "Rockets fall near a base in the east\n"
    'A spokesman, Col. J. Doe, told reporters on Friday that "three rockets" fell at 5 p.m. near the base; 2 were hurt.\n'
    "The U.S. Army said it was looking into the claim. No group has said it did it.\n"
)
SAVED = (
    "سالم - سقوط صواريخ...\nFacebook‎سالم‎'s Post\n\nسالم December 8, 2023 · Shared with Public"
    "سقوط صواريخ قرب القاعدة في الريف الشرقي مساء اليوم.All reactions:1203 comments4 sharesLikeCommentMost relevantأحمدتم1w"
)
PAGE = (
    '<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>عنوان</title>'
    '<meta property="article:published_time" content="2023-12-08T23:40:00+02:00">'
    '<script type="application/ld+json">{"@graph":[{"headline":"عنوان","datePublished":"2023-12-08"}]}</script></head>'
    "<body><nav>الرئيسية</nav><article><h1>عنوان التقرير الأول</h1><p>" + ARABIC.replace("\n", "</p><p>") + "</p>"
    '<blockquote class="twitter-tweet"><p>سقوط صواريخ</p>&mdash; سالم (@salem_x) <a href="https://twitter.com/salem_x/'
    'status/1">December 8, 2023</a></blockquote></article><div class="related"><a href="/1">خبر آخر</a></div></body></html>'
)
ROWS = (
    '{"id": "a", "title": "عنوان", "text": "سقطت ثلاثة صواريخ قرب القاعدة أمس.", "published": "2023-12-09"}\n'
    '{"text": "Two rockets fell.", "published": "2023-12-09T10:00:00+03:00", "outlet": "x"}\n'
)
# Words that a reader looks for: repeated without end they cost it most.
FLOODS = (
    "قصف الجيش بغداد بصاروخ وقتل 3 وقال", "قصف", "بغداد", "حماس وحزب الله", "ثلاثة", "17", "8 كانون الأول 2023", "يوم الجمعة",
    '"', "«", "و", "مقتل 3", "قالت حماس إن", 'قال: "نعم"', "killed 3 people in Gaza,", "army said that", "strike", "علي حسين",
)  # fmt: skip
SEEDS = (ARABIC, ENGLISH, SAVED, PAGE, ROWS)
_ENCODINGS = ("utf-8", "windows-1256", "iso8859-6", "utf-16-le", "utf-16", "utf-8-sig", "utf-16-be")
_MARKS = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0640\u064b\u0651\ufeff\u00ad"
)
_ODD = "\x00\r\n\t\"'“”«»<>&{}[]()@—-.…؟؛،٪١٩۰\ufffd\U0001f1ee\U0001f525\ud7ff\ufb50\ufdfa\u0670"
# How long one input may take: a damaged report, one of the giants.
MOST_SECONDS, MOST_SECONDS_GIANT = 10.0, 120.0


def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "ignore")


def _cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[rng.randrange(len(raw) + 1) :][: rng.randrange(len(raw) + 1)]


def _mixed(raw: bytes, rng: random.Random) -> bytes:
    text = rng.choice(SEEDS)
    return b"".join(_encoded(line, rng.choice(_ENCODINGS)) for line in text.splitlines(keepends=True)) + raw[:50]


def _flood(raw: bytes, rng: random.Random) -> bytes:
    text = list(rng.choice(SEEDS))
    for _ in range(rng.randrange(1, 30)):
        at = rng.randrange(len(text) + 1)
        text[at:at] = rng.choice((_MARKS, _ODD))[rng.randrange(10)] * rng.randrange(1, 60)
    return "".join(text).encode("utf-8", "surrogatepass")


def _turned(raw: bytes, rng: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(rng.randrange(1, 40)):
        if out:
            out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _shuffled(raw: bytes, rng: random.Random) -> bytes:
    pieces = [raw[i : i + 17] for i in range(0, len(raw), 17)]
    rng.shuffle(pieces)
    return b"".join(pieces)


def _nested(raw: bytes, rng: random.Random) -> bytes:
    tag = rng.choice(("div", "p", "blockquote", "table", "ul", "b", "section", "figure"))
    depth = rng.randrange(1, 2500)
    close = f"</{tag}>" * rng.choice((0, depth))
    return (f"<html><body>{f'<{tag} class=share>' * depth}{ARABIC}{close}").encode()


def _spliced(raw: bytes, rng: random.Random) -> bytes:
    other = rng.choice(SEEDS).encode()
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + other[: rng.randrange(len(other))] + raw[at:]


def _word(raw: bytes, rng: random.Random) -> bytes:
    return (rng.choice('اaم1ـ"(@.—<{\u200f') * rng.randrange(1, 20000)).encode()


def _crowd(raw: bytes, rng: random.Random) -> bytes:
    words = [rng.choice(FLOODS) for _ in range(rng.randrange(1, 4))]
    return (rng.choice((" ", "، ", ". ", "\n")).join(words * rng.randrange(1, 120))).encode()


MUTATIONS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut off": _cut,
    "mixed encodings": _mixed,
    "bidi and zero-width floods": _flood,
    "bytes turned": _turned,
    "pieces shuffled": _shuffled,
    "nested HTML": _nested,
    "spliced": _spliced,
    "one long word": _word,
    "floods of words": _crowd,
}


def mutants(n: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """``n`` damaged inputs with the name of the damage, always the same ones for a seed."""
    rng = random.Random(seed)
    names = list(MUTATIONS)
    for i in range(n):
        name = names[i % len(names)]
        raw = _encoded(rng.choice(SEEDS), rng.choice(_ENCODINGS))
        yield name, MUTATIONS[name](raw, rng)


def giants() -> Iterator[tuple[str, bytes]]:
    """The few inputs whose size is what is hostile."""
    yield "50 MB of one word", b"\xd8\xa7" * 25_000_000
    yield "50 MB of one byte beyond ASCII", b"\xe7" * 50_000_000
    yield "2 MB of words", ("قصف " * 500_000).encode()
    yield "2 MB of whole sentences", ("قصف الجيش بغداد بصاروخ يوم الجمعة وقتل 3 وقال مصدر إن " * 20_000).encode()
    yield "2 million signatures", ("—(@" * 600_000).encode()
    yield "100,000 nested elements", b"<html><body>" + b"<div class=related>" * 100_000 + ARABIC.encode()
    yield "50 MB of HTML", PAGE.encode() + b"<p>a</p>" * 6_250_000
    yield "50 MB of one JSON line", b'{"id":"a","text":"' + b"a" * 50_000_000 + b'"}\n'


def documents_in(content: bytes) -> list[Document]:
    """The documents that ``content`` holds, read as the command line would; rows that cannot be read are left out."""
    found = captures("-", SourceOptions(), io.BytesIO(content))
    return [document_of(item) for item in found if isinstance(item, Capture)]


def check(document: Document) -> None:
    """What must hold of every document: parts in order over all that is no white space, tokens in sentences."""
    edge = 0
    for part in document.parts:
        assert edge <= part.start < part.end <= len(document.text), "parts overlap or are empty"
        assert not document.text[edge : part.start].strip(), "words outside of every part"
        edge = part.end
    assert not document.text[edge:].strip(), "words after the last part"
    tokens = tokenize(document.text)
    in_sentences = [k for s in sentences(document.text, tokens, document.parts) for k in range(s.i, s.j)]
    assert in_sentences == list(range(len(tokens))), "a token in no sentence or in two"


def extractor() -> Callable[[Document], object] | None:
    """The whole pipeline, where it can be had."""
    if find_spec("tawatur.pipeline") is None:
        return None
    extract: Callable[[Document], object] = import_module("tawatur.pipeline").extract
    return extract


def run(content: bytes, extract: Callable[[Document], object] | None = None) -> str:
    """ "document" or "error": how ``content`` ended. Anything else that is raised is a fault of the program."""
    try:
        documents = documents_in(content)
        for document in documents:
            check(document)
            if extract is not None:
                extract(document)
    except TawaturError:
        return "error"
    return "document" if documents else "error"


@dataclass(slots=True)
class Ends:
    """How inputs ended, by the damage done to them: counts, the slowest of each (seconds), the peak of memory (MB)."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    memory: int = 0

    def run(self, inputs: Iterable[tuple[str, bytes]], extract: Callable[[Document], object] | None) -> None:
        for name, content in inputs:
            start = time.perf_counter()
            self.counts[name, run(content, extract)] += 1
            self.slowest[name] = max(self.slowest.get(name, 0.0), time.perf_counter() - start)
        self.memory = max(self.memory, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

    def add(self, other: Ends) -> None:
        self.counts.update(other.counts)
        for name, worst in other.slowest.items():
            self.slowest[name] = max(self.slowest.get(name, 0.0), worst)
        self.memory = max(self.memory, other.memory)


def share(n: int, part: int, of: int, minutes: float) -> Ends:
    """Every ``of``-th of ``n`` mutants, from ``part`` on, until the time is over. The first input, uncounted, loads the
    tables."""
    extract, end = extractor(), time.monotonic() + 60 * minutes
    run(ARABIC.encode(), extract)
    ends = Ends()
    mine = islice(mutants(n), part, None, of)
    ends.run(takewhile(lambda _: time.monotonic() < end, mine), extract)
    return ends


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("inputs", type=int, nargs="?", default=100_000, help="how many damaged inputs")
    parser.add_argument("--minutes", type=float, default=25.0, help="stop there, whatever is left")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args(argv)
    begin, ends = time.perf_counter(), Ends()
    with ProcessPoolExecutor(args.processes) as pool:
        parts = [pool.submit(share, args.inputs, k, args.processes, args.minutes) for k in range(args.processes)]
        for part in parts:
            ends.add(part.result())
    small = max(ends.slowest.values(), default=0.0)
    done = ends.counts.total()
    ends.run(giants(), extractor())
    seconds = time.perf_counter() - begin
    print("| input | document | plain error | slowest |\n| --- | ---: | ---: | ---: |")
    for name, worst in ends.slowest.items():
        print(f"| {name} | {ends.counts[name, 'document']:,} | {ends.counts[name, 'error']:,} | {worst:.2f} s |")
    whole = "read and extracted" if extractor() else "read"
    print(f"\n{ends.counts.total():,} inputs {whole} in {seconds:.0f} s, at most {ends.memory:,} MB of memory.")
    if done < args.inputs:
        print(f"stopped after {args.minutes:g} minutes: {args.inputs - done:,} inputs were not run")
    return int(small > MOST_SECONDS or max(ends.slowest.values()) > MOST_SECONDS_GIANT or done < args.inputs)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
