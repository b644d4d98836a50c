"""The furniture of pages: what stands around a report (other headlines, comments, buttons, log-in walls).

The markers are rows of ``data/furniture.csv``. Scopes: ``line`` a line that is furniture by itself; ``links`` a line
that heads a list of other headlines; ``rest`` a line after which only comments come; ``inline``, ``head`` and ``tail``
stretches inside a line, from the top, and to the end; ``caption`` the words under a picture; ``element`` the class or
id of an HTML element, its words joined by hyphens. The first aim is to
leave the report whole: a run of headlines without a marker is furniture only where it shares few words with the report.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tawatur.text.normal import fold

_EDGES = " \t\r\u00a0:.|•·-–—<>«»[]()…،,!؟?"
_DIGITS = re.compile(r"\d+")
_LONGEST_LINE = 420
_LONGEST_LITERAL = 70
_FINAL = re.compile(r"[.!؟?…]['\"”»’)\]]*\s*$")
_BULLET = re.compile(r"^\s*(?:[-–—•*▪◾🔹🔸📌✅]|\(?\d{1,3}\s?[-–.)/]|[a-z]\))")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w{3,}")
_CLITICS = re.compile(r"^(?:و|ف)?(?:ال|لل|بال|كال|وال)?")
_OTHERS = "other headlines"
_POST_BUTTONS = "buttons of a saved post"
_BODY_LENGTH = 80
_SHARED = 0.34


@dataclass(frozen=True, slots=True)
class Markers:
    """The rows of the table, compiled."""

    literal: dict[str, tuple[str, str]] = field(default_factory=dict)
    lines: tuple[tuple[re.Pattern[str], str], ...] = ()
    inline: tuple[tuple[str, re.Pattern[str], str], ...] = ()
    head: tuple[tuple[str, re.Pattern[str], str], ...] = ()
    tail: tuple[tuple[str, re.Pattern[str], str], ...] = ()
    caption: re.Pattern[str] = re.compile(r"(?!)")
    element: tuple[tuple[re.Pattern[str], str], ...] = ()


def key(line: str) -> str:
    """A line as the table's literals are looked up: folded, figures as 0, no marks at the edges."""
    return _SPACES.sub(" ", _DIGITS.sub("0", fold(line))).strip(_EDGES)


@cache
def markers() -> Markers:
    """The table, read once in a process."""
    out = Markers()
    by_scope: dict[str, list[tuple[str, str, str]]] = {}
    with files("tawatur.data").joinpath("furniture.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["match"] == "text":
                old = out.literal.get(key(row["pattern"]))
                if old is None or old[0] == "line":
                    out.literal[key(row["pattern"])] = (row["scope"], row["reason"])
            else:
                by_scope.setdefault(row["scope"], []).append((row["trigger"], row["pattern"], row["reason"]))
    lines: dict[str, list[str]] = {}
    for _, pattern, reason in by_scope["line"]:
        lines.setdefault(reason, []).append(pattern)
    stretches = {
        scope: tuple((t, re.compile(p), r) for t, p, r in by_scope[scope]) for scope in ("inline", "head", "tail")
    }
    return Markers(
        literal=out.literal,
        lines=tuple((re.compile("(?i)(?:" + "|".join(ps) + r")\s*\Z"), reason) for reason, ps in lines.items()),
        inline=stretches["inline"],
        head=stretches["head"],
        tail=stretches["tail"],
        caption=re.compile("(?:" + "|".join(p for _, p, _ in by_scope["caption"]) + r")\s*\Z"),
        element=tuple((re.compile(p), reason) for _, p, reason in by_scope["element"]),
    )


def is_body(line: str) -> bool:
    """Whether a line reads like a paragraph of a report: long, with a full stop, or very long."""
    return len(line) >= 220 or (len(line) >= _BODY_LENGTH and _FINAL.search(line) is not None)


def is_sentence(line: str) -> bool:
    """Whether a short line is a sentence: five words or more and one full stop. Headlines have none."""
    end = line.rstrip("\"”»')] ")
    return end.endswith(".") and not end.endswith("..") and len(line.split()) >= 5


def is_caption(line: str) -> bool:
    """Whether a line reads like the words under a picture."""
    return len(line) <= 300 and markers().caption.match(line.strip()) is not None


def one_line(line: str) -> tuple[str, str]:
    """Scope and reason of a line that is furniture by its own words; ("", "") for any other."""
    table = markers()
    if len(line) <= _LONGEST_LITERAL:
        found = table.literal.get(key(line))
        if found:
            return found
    if len(line) <= _LONGEST_LINE:
        stripped = line.strip()
        for pattern, reason in table.lines:
            if pattern.match(stripped):
                return "line", reason
    return "", ""


def judge(lines: Sequence[str], *, page: bool, keep: frozenset[int] = frozenset()) -> list[str]:
    """For each line the reason why it is furniture, "" for the report. ``page``: the text was saved from a page
    (blank lines between paragraphs), so that runs of headlines without a marker may be told by their place;
    the lines of ``keep`` (title, posts) are never furniture."""
    scopes = [("", "") if i in keep else one_line(line) for i, line in enumerate(lines)]
    out = [reason if scope == "line" else "" for scope, reason in scopes]
    body = [i for i, line in enumerate(lines) if not out[i] and is_body(line)]
    for i, (scope, reason) in enumerate(scopes):
        if scope == "links":
            out[i] = reason
            _take_links(lines, out, i, body, keep)
    for i, (scope, reason) in enumerate(scopes):
        if scope == "rest":
            out[i] = reason
            before = sum(len(lines[b]) for b in body if b < i and not out[b])
            after = sum(len(lines[b]) for b in body if b > i and not out[b])
            if before and after <= 2 * before:
                out[i:] = [old or ("" if n in keep else reason) for n, old in enumerate(out[i:], i)]
                break
    if page and body and out.count(_POST_BUTTONS) < 3:
        _take_teasers(lines, out, body[0], keep)
        _take_runs(lines, out, body, keep)
    return out


def _take_links(lines: Sequence[str], out: list[str], head: int, body: Sequence[int], keep: frozenset[int]) -> None:
    """The headlines under a marker, up to the next paragraph of the report; the last line before one may be its
    heading (or the report's own title), and stays where it shares words with what follows."""
    i = head + 1
    while i < len(lines) and i not in keep and not _resumes(lines[i]):
        i += 1
    resumed = i < len(lines) and i in body
    words = _words(lines[b] for b in body if b >= i) if resumed else set()
    for n in range(head + 1, i):
        if out[n]:
            continue
        if resumed and n >= i - 3 and (_share(lines[n], words) >= _SHARED or (n == i - 1 and n > head + 1)):
            continue
        out[n] = _OTHERS


def _resumes(line: str) -> bool:
    return is_body(line) or is_sentence(line) or _BULLET.match(line) is not None


def _take_teasers(lines: Sequence[str], out: list[str], first: int, keep: frozenset[int]) -> None:
    """Other reports' headlines with their leads, which saved pages hold twice: three or more lines below the first
    paragraph that each come again within three lines."""
    twice = [
        n
        for n in range(first + 1, len(lines) - 1)
        if n not in keep and len(lines[n]) >= 30 and lines[n] in lines[n + 1 : n + 4]
    ]
    begin = 0
    for k in range(1, len(twice) + 1):
        if k < len(twice) and twice[k] - twice[k - 1] <= 4:
            continue
        if k - begin >= 3:
            for n in range(twice[begin], min(twice[k - 1] + 4, len(lines))):
                if lines[n] in lines[max(0, n - 3) : n] or n <= twice[k - 1]:
                    out[n] = out[n] or ("" if n in keep else _OTHERS)
        begin = k


def _take_runs(lines: Sequence[str], out: list[str], body: Sequence[int], keep: frozenset[int]) -> None:
    """Runs of short lines without a marker: menus and headlines above, other headlines and tags below the report."""
    told = [b for b in body if not out[b]]
    if not told:
        return
    words = _words(lines[b] for b in told)
    begin = 0
    for stop in [*told, len(lines)]:
        run = [n for n in range(begin, stop) if not out[n] and n not in keep]
        after_list = begin > 0 and lines[begin - 1].rstrip().endswith((":", "："))
        if not after_list:
            _judge_run(lines, out, run, words, top=begin == 0, end=stop == len(lines))
        begin = stop + 1


def _judge_run(lines: Sequence[str], out: list[str], run: list[int], words: set[str], *, top: bool, end: bool) -> None:
    intro = next((k for k, n in enumerate(run) if lines[n].rstrip().endswith((":", "："))), len(run))
    run = run[:intro]  # what a line with a colon announces is a list of the report
    run = [n for n in run if not _BULLET.match(lines[n]) and not is_sentence(lines[n]) and "#" not in lines[n]]
    if len(run) < (3 if end and not top else 4):
        return
    for n in run:
        short = len(lines[n].split()) <= 3
        if short and (end or top):
            if end or not _FINAL.search(lines[n]):
                out[n] = "tags" if end else "navigation of the site"
        elif len(lines[n]) < 200 and _share(lines[n], words) < _SHARED:
            out[n] = _OTHERS


def _words(lines: Iterable[str]) -> set[str]:
    out: set[str] = set()
    for line in lines:
        out.update(_CLITICS.sub("", w) for w in _WORD.findall(fold(line)))
    return out


def _share(line: str, words: set[str]) -> float:
    """The share of a line's words that the report has too."""
    own = [_CLITICS.sub("", w) for w in _WORD.findall(fold(line))]
    return sum(w in words for w in own) / len(own) if own else 0.0
