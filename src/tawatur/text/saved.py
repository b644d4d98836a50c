"""Posts saved as whole pages from social networks: where the post itself stands, who wrote it when.

A saved page runs together without spaces: the account's name, the date, the words, the counters, the comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tawatur.text.furniture import markers
from tawatur.text.posts import day_in

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MON = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TOP = 1500
_FACEBOOK = re.compile(r"^(?:Facebook)?[\u200e\u200f]*(?P<page>[^\n]{1,120}?)[\u200e\u200f]*'s Post\s*$", re.M)
_SHARED = re.compile(
    rf"(?P<author>[^\n]{{0,160}}?)(?: Verified account)?\s?(?:AI content · )?"
    rf"(?P<date>{_MONTH} \d{{1,2}}(?:, \d{{4}})?(?: at \d{{1,2}}:\d\d\s[AP]M)?|\d{{1,2}}[mhdwy]|Yesterday at \d{{1,2}}:\d\d\s[AP]M)"
    r" ?· ?Shared with (?:Public(?: group)?|Your friends|Friends|Members of [^\n]{1,80}?)"
)
_X_TOP = re.compile(r"\A\s*(?:Conversation|Post\s+Post\s+|Post\s+|Thread\s+)(?=[^\n@]{1,60}@\w)")
_X_AUTHOR = re.compile(
    rf"(?P<name>[^\n@]{{1,60}}?)[\u200f ]*@(?P<handle>[A-Za-z0-9_]{{1,15}})(?P<date>(?:·\s?)?(?:{_MON} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}}[smhd](?![A-Za-z0-9])))?"
)
_X_STAMP = re.compile(rf"(?:\d{{1,2}}:\d\d)?\d{{1,2}}:\d\d [AP]M · (?P<date>{_MON} \d{{1,2}}, \d{{4}})")
_X_COUNTERS = re.compile(
    r"(?:·?Twitter (?:for \w+|Web App)|·?From \w+|[\d.,]+[KM]? ?(?:Views?|Retweets?|Quote Tweets?|Likes?|Bookmarks?|Reposts?|Quotes?)|[\d.,]+[KM]?)*"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a saved page: the post (``reason`` empty) or furniture with its reason."""

    start: int
    end: int
    reason: str = ""
    author: str = ""
    date: date | None = None


def saved_post(text: str) -> list[Stretch]:
    """The stretches of ``text`` that its network's layout tells, in order; none where it is no saved post. What lies
    between two stretches is left to the rules for lines."""
    if "'s Post" in text[:_TOP]:
        out = _facebook(text)
        if out:
            return out
    if "@" in text[:_TOP]:
        out = _x(text)
        if out:
            return out
    return _around(text)


def _tail(text: str, start: int) -> tuple[int, str]:
    """Where the comments and counters under a post begin, and the reason; the end of the text where none are."""
    best = (len(text), "")
    for trigger, pattern, reason in markers().tail:
        if text.find(trigger, start) >= 0:
            found = pattern.search(text, start)
            if found and found.start() < best[0]:
                best = (found.start(), reason)
    return best


def _around(text: str) -> list[Stretch]:
    """Furniture at the top and from a mark to the end, in a text of no known layout."""
    out: list[Stretch] = []
    start = 0
    for trigger, pattern, reason in markers().head:
        if trigger in text[:_TOP]:
            found = pattern.match(text)
            if found and found.end():
                start = found.end()
                out.append(Stretch(0, start, reason))
                break
    end, reason = _tail(text, start)
    if end < len(text):
        out.append(Stretch(end, len(text), reason))
    return out


def _facebook(text: str) -> list[Stretch]:
    header = _FACEBOOK.search(text, 0, _TOP)
    if header is None:
        return []
    start = header.end()
    author, day = header["page"].strip("\u200e\u200f "), None
    byline = _SHARED.search(text, start, start + 500)
    if byline and not text[start : byline.start()].strip():
        start = byline.end()
        day = day_in(byline["date"])
    end, reason = _tail(text, start)
    out = [Stretch(0, start, "header of a saved post")]
    if byline and text[start:end].strip():
        out.append(Stretch(start, end, "", author, day))
    if end < len(text):
        out.append(Stretch(end, len(text), reason))
    return out


def _x(text: str) -> list[Stretch]:
    top = _X_TOP.match(text)
    stamp = _X_STAMP.search(text)
    if top is None or stamp is None:
        return []
    authors = [a for a in _X_AUTHOR.finditer(text, top.end(), min(len(text), 60000)) if _opens(a, text, top.end())]
    before = [a for a in authors if a.end() <= stamp.start()]
    if not before:
        return []
    main = before[-1]
    day = day_in(stamp["date"])
    counters = _X_COUNTERS.match(text, stamp.end())
    after = counters.end() if counters else stamp.end()
    out: list[Stretch] = []
    edge = 0
    for n, author in enumerate(before):
        stop = before[n + 1].start() if n + 1 < len(before) else stamp.start()
        own = author["handle"] == main["handle"]
        out.append(Stretch(edge, author.end(), "header of a saved post"))
        name = f"{author['name'].strip()} (@{author['handle']})"
        out.append(
            Stretch(author.end(), stop, "" if own else "other posts of the conversation", name, day if own else None)
        )
        edge = stop
    out.append(Stretch(stamp.start(), after, "counters"))
    if after < len(text):
        out.append(Stretch(after, len(text), "reactions and comments"))
    return [s for s in out if text[s.start : s.end].strip()]


def _opens(author: re.Match[str], text: str, first: int) -> bool:
    """An account's name opens a post at the top, or at the start of a line where a date follows it."""
    return author.start() == first or (
        author["date"] is not None
        and (author.start() == 0 or text[author.start() - 1] in "\n0123456789" or not author["name"][:1].isspace())
    )
