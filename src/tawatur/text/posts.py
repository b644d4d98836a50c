"""Embedded posts as they survive in plain text: the words, then "— Name (@handle) December 9, 2023"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tawatur.text.normal import fold

_MONTHS_OF = (
    "january jan janvier ocak يناير جانفي كانون الثاني",
    "february feb fevrier şubat فبراير فيفري شباط",
    "march mar mars mart مارس آذار",
    "april apr avril nisan أبريل إبريل أفريل نيسان",
    "may mai mayıs مايو ماي أيار",
    "june jun juin haziran يونيو جوان حزيران",
    "july jul juillet temmuz يوليو جويلية تموز",
    "august aug août ağustos أغسطس أوت آب",
    "september sep sept septembre eylül سبتمبر أيلول",
    "october oct octobre ekim أكتوبر تشرين الأول",
    "november nov novembre kasım نوفمبر تشرين الثاني",
    "december dec décembre aralık ديسمبر كانون الأول",
)
_TWO_WORDS = re.compile(r"(كانون|تشرين) (الأول|الثاني)")
MONTHS: dict[str, int] = {}
for _number, _names in enumerate(_MONTHS_OF, 1):
    _pair = _TWO_WORDS.search(_names)
    if _pair:
        MONTHS[fold(_pair.group())] = _number
        _names = _names.replace(_pair.group(), "")
    MONTHS.update(dict.fromkeys(map(fold, _names.split()), _number))
_NAME = "(" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\.?"
_SEP = r"[\s,/]{1,3}"
_DATE = re.compile(
    rf"\b{_NAME}{_SEP}(\d{{1,2}})(?:st|nd|rd|th)?{_SEP}(\d{{4}})"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?{_SEP}{_NAME}(?:/[^\d\s/]{{3,14}}(?: [^\d\s/]{{3,9}})?)?{_SEP}(\d{{4}})"
    r"|\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"|\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
)
_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SIGNED = re.compile(
    rf"[—–―-]{{1,3}}[{_BIDI}\s]*(?P<name>[^\n@—–―]{{0,120}}?)[{_BIDI}\s]*\([{_BIDI}]*@(?P<handle>\w{{1,20}})[{_BIDI}]*\)"
)
LINK = re.compile(
    r"https?://[^\s<>\"'«»“”\u0600-\u06ff]+|\b(?:pic\.(?:twitter|x)\.com|t\.co|t\.me|fb\.watch|youtu\.be|bit\.ly|wa\.me)/[\w/?=&.%-]*[\w/]",
    re.ASCII,
)
_STATUS = re.compile(r"https?://(?:mobile\.|www\.)?(?:twitter|x)\.com/\w+/status/\d+")
_MARKS = re.compile(r"[#@]\w|https?://|pic\.(?:twitter|x)\.com|t\.co/|[\U0001f300-\U0001faff\u2600-\u27bf]")
_MOST_SIGNED = 300
_MOST_LINES = 12
_MOST_CHARS = 1500


@dataclass(frozen=True, slots=True)
class Post:
    """An embedded post: the stretch ``[start, end)`` with its signature, and who wrote it when."""

    start: int
    end: int
    author: str = ""
    date: date | None = None
    address: str = ""
    links: tuple[str, ...] = ()


def day_in(text: str) -> date | None:
    """The first full date (day, month, year; English, French, Turkish or Arabic names, or figures) in ``text``."""
    for found in _DATE.finditer(fold(text)):
        g = found.groups()
        if g[0]:
            day = _day(int(g[2]), MONTHS[g[0]], int(g[1]))
        elif g[4]:
            day = _day(int(g[5]), MONTHS[g[4]], int(g[3]))
        elif g[6]:
            day = _day(int(g[6]), int(g[7]), int(g[8]))
        else:
            day = _day(int(g[11]), int(g[10]), int(g[9])) or _day(int(g[11]), int(g[9]), int(g[10]))
        if day:
            return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def links_in(text: str) -> tuple[str, ...]:
    """The addresses in ``text``, in order, each once (pictures of posts and short links too)."""
    return tuple(dict.fromkeys(found.group().rstrip(".,)") for found in LINK.finditer(text)))


def address_in(links: Sequence[str]) -> str:
    """The address of the post itself among its links."""
    return next((found.group() for link in links if (found := _STATUS.match(link))), "")


def embedded_posts(text: str, lines: Sequence[tuple[int, int]], title_end: int = 0) -> list[Post]:
    """The posts signed "— Name (@handle) date" in ``text``, whose non-blank lines are ``lines``; nothing before
    ``title_end`` belongs to a post."""
    out: list[Post] = []
    if "@" not in text:
        return out
    taken = title_end
    blanks = "\n\n" in text
    seen = 0
    for number, (start, end) in enumerate(lines):
        if seen >= _MOST_SIGNED:
            break
        mark = text.find("@", start, end)
        if mark < 0 or start < title_end:
            continue
        seen += 1
        signed = _signature(text, start, end)
        if signed is None:
            continue
        sign_start, sign_end, author, day = signed
        first = _first_line(text, lines, number, sign_start, taken, blanks)
        stretch = text[first:sign_end]
        links = links_in(stretch)
        out.append(Post(first, sign_end, author, day, address_in(links), links))
        taken = sign_end
    return out


def _signature(text: str, start: int, end: int) -> tuple[int, int, str, date | None] | None:
    """Where the signature in the line ``[start, end)`` begins and ends, its author and its day."""
    mark = text.find("(", start, end)
    while mark >= 0:
        if "@" in text[mark : mark + 4]:
            window = max(start, mark - 130)
            found = _SIGNED.search(text, window, min(end, mark + 40))
            if found:
                tail = text[found.end() : min(end, found.end() + 60)]
                dated = _date_tail(tail)
                if dated or not tail.strip():
                    sign_end = found.end() + (dated or 0)
                    name = found["name"].strip()
                    author = f"{name} (@{found['handle']})" if name else f"@{found['handle']}"
                    return found.start(), sign_end, author, day_in(tail[: dated or 0])
        mark = text.find("(", mark + 1, min(end, start + 20000))
    return None


_TAIL = re.compile(
    r"[\s"
    + _BIDI
    + r"]*(?:[^\W\d_]+\.? \d{1,2}[,،]? \d{4}|\d{1,2} [^\W\d_]+(?:/[^\W\d_]+)?(?: (?:الأول|الثاني))?[,،]? \d{4}"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
)


def _date_tail(tail: str) -> int:
    found = _TAIL.match(tail)
    return found.end() if found else 0


def _first_line(
    text: str, lines: Sequence[tuple[int, int]], number: int, sign_start: int, taken: int, blanks: bool
) -> int:
    """Where the post that is signed in line ``number`` begins."""
    start = lines[number][0]
    if text[start:sign_start].strip():
        if not blanks:
            return _back(text, lines, number, taken)
    elif number == 0 or lines[number - 1][0] < taken:
        return start
    else:
        number -= 1
    if not blanks:
        return _back(text, lines, number, taken)
    first = number
    while (
        first > 0
        and lines[first - 1][0] >= taken
        and number - first < _MOST_LINES
        and "\n" not in text[lines[first - 1][1] + 1 : lines[first][0]]
        and lines[number][1] - lines[first - 1][0] <= _MOST_CHARS
    ):
        first -= 1
    return lines[first][0]


def _back(text: str, lines: Sequence[tuple[int, int]], number: int, taken: int) -> int:
    """Without blank lines only lines that look like a post's (tags, signs, links, very short) are taken along."""
    first = number
    while first > 0 and lines[first - 1][0] >= taken and number - first < _MOST_LINES:
        start, end = lines[first - 1]
        line = text[start:end]
        if lines[number][1] - start > _MOST_CHARS or not (_MARKS.search(line) or len(line) <= 25):
            break
        first -= 1
    return lines[first][0]
