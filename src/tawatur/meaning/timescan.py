"""What the two readers of times share: the tokens with their words of time, and the pieces that both languages have
(the day of a month, months of three calendars, years, dates in digits)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from tawatur.meaning import calendar as cal
from tawatur.meaning.calendar import Days
from tawatur.meaning.numerals import atom, parse
from tawatur.meaning.timewords import TimeWord, time_word
from tawatur.text.tokens import Token, cut

TimeKind = Literal["day", "span", "since", "vague", "count"]
Style = Literal["codebook", "calendar"]
DASHES = frozenset(["-", "–", "—"])
NOWHERE = Days(None, None)


@dataclass(frozen=True, slots=True)
class Hit:
    """A time found at tokens ``[i, j)``: the days, how they are meant and on what basis."""

    i: int
    j: int
    days: Days
    kind: TimeKind = "day"
    basis: str = "absolute"
    precision: Literal[1, 2, 3] | None = 1
    calendar: str = "gregorian"
    weekday: int | None = None

    def grown(self, i: int, j: int) -> Hit:
        """The same over more tokens."""
        return replace(self, i=min(i, self.i), j=max(j, self.j))


class Month(NamedTuple):
    """A month by name: its number, the token after it, its calendar, and whether its name stands alone as a month."""

    number: int
    j: int
    calendar: str
    sure: bool


_SECOND = {("كانون", 1): 12, ("كانون", 2): 1, ("تشرين", 1): 10, ("تشرين", 2): 11,
           ("ربيع", 1): 3, ("ربيع", 2): 4, ("جمادي", 1): 5, ("جمادي", 2): 6}  # fmt: skip
# words that are months only beside a day, a year or "month": the verb "exercised", "may", "march", "father"
_UNSURE = frozenset(
    ["مارس", "ماي", "جوان", "اب", "may", "march", "mar", "صفر", "محرم", "المحرم", "رجب", "شعبان", "شوال", "sep", "اوت"]
)


class Scan:
    """The tokens of one text, and the day that relative times are counted from."""

    def __init__(self, text: str, tokens: Sequence[Token], published: date | None, style: Style) -> None:
        self.text, self.tokens, self.published, self.style = text, tokens, published, style
        self.n = len(tokens)
        self.last_day: date | None = None

    def norm(self, k: int) -> str:
        return self.tokens[k].norm if 0 <= k < self.n else ""

    def word(self, k: int) -> TimeWord | None:
        return time_word(self.tokens[k].norm) if 0 <= k < self.n else None

    def kind(self, k: int) -> str:
        w = self.word(k)
        return w.kind if w is not None else ""

    def start(self, k: int) -> int:
        """The offset where token ``k`` begins without its prepositions (the article stays)."""
        w = self.word(k)
        clitics = w.clitics if w is not None else ""
        if not clitics or clitics.endswith("لل"):
            return cut(self.text, self.tokens[k], len(clitics) - 2) if len(clitics) > 2 else self.tokens[k].start
        return cut(self.text, self.tokens[k], len(clitics) - 2 if clitics.endswith("ال") else len(clitics))

    def near(self, k: int) -> bool:
        """Whether token ``k`` stands on the same line as the one before it."""
        return 0 < k < self.n and "\n" not in self.text[self.tokens[k - 1].end : self.tokens[k].start]

    def whole(self, k: int) -> int | None:
        """The value of a token of plain digits."""
        if not 0 <= k < self.n or self.tokens[k].script != "number":
            return None
        norm = self.tokens[k].norm
        return int(norm) if norm.isdigit() and len(norm) <= 4 else None

    def month(self, k: int) -> Month | None:
        """A month's name at ``k``, in one system or doubled ("تشرين الأول/أكتوبر", "كانون الأول (ديسمبر)")."""
        one = self._one_month(k)
        if one is None:
            return None
        j = one.j
        if self.norm(j) in ("/", "(", "-") and one.calendar == "gregorian":
            other = self._one_month(j + 1)
            if other is not None and other.number == one.number:
                j = other.j + (self.norm(j) == "(" and self.norm(other.j) == ")")
                return one._replace(j=j, sure=True)
        return one

    def _one_month(self, k: int) -> Month | None:
        w = self.word(k)
        if w is None:
            return None
        norm = self.tokens[k].norm[len(w.clitics) :]
        if w.kind == "month":
            if norm == "ان":
                return None
            sure = norm not in _UNSURE or (norm == "اب" and "آ" in self.text[self.tokens[k].start : self.tokens[k].end])
            if norm.isascii() and self.text[self.tokens[k].start].islower():
                return None
            j = k + 1
            if norm.isascii() and len(norm) <= 4 and self.norm(j) == "." and self.tokens[j].start == self.tokens[k].end:
                j += 1
            return Month(int(w.value), j, "gregorian", sure)
        if w.kind == "month2" and k + 1 < self.n:
            nth = atom(self.tokens[k + 1].norm)
            which = (
                int(nth.value)
                if nth is not None and nth.kind == "ordinal"
                else 2
                if self.norm(k + 1) in ("الثان", "الثانى")
                else 0
            )
            number = _SECOND.get((norm, which))
            return Month(number, k + 2, "gregorian", True) if number else None
        if w.kind == "hijri":
            return Month(int(w.value), k + 1, "hijri", norm not in _UNSURE)
        if w.kind == "hijri2" and k + 1 < self.n:
            second = self.norm(k + 1)
            nth = atom(second)
            if norm in ("ذو", "ذي"):
                number = {"القعده": 11, "الحجه": 12}.get(second)
            elif second in ("الاخر", "الاخره"):
                number = _SECOND.get((norm, 2))
            else:
                number = _SECOND.get((norm, int(nth.value))) if nth is not None and nth.kind == "ordinal" else None
            return Month(number, k + 2, "hijri", True) if number else None
        return None

    def day_number(self, k: int) -> tuple[int, int] | None:
        """A day of a month at ``k`` and the token after it: digits, "the 7th", an ordinal or number word."""
        t = self.tokens[k] if 0 <= k < self.n else None
        if t is None:
            return None
        if t.norm in ("ال", "the") and k + 1 < self.n:
            return self.day_number(k + 1)
        if t.script == "number":
            value = self.whole(k)
            if value is None or not 1 <= value <= 31 or len(t.norm) > 2:
                return None
            j = k + 1
            if self.norm(j) in ("st", "nd", "rd", "th") and self.tokens[j].start == t.end:
                j += 1
            return value, j
        if t.script == "mark" or atom(t.norm) is None:
            return None
        if self.norm(k) in ("اول", "واول", "باول"):
            return 1, k + 1
        got = parse(self.text, self.tokens, k)
        if got is None or got.kind == "fraction" or got.low != int(got.low) or not 1 <= got.low <= 31:
            return None
        if got.kind == "one" and t.script == "arabic":
            return None
        return int(got.low), got.j

    def year(self, k: int, *, least: int = 1900) -> tuple[int, int] | None:
        """A year in digits at ``k`` and the token after it; words of years too where the style is general."""
        value = self.whole(k)
        if self.style == "calendar":
            least = 1000
        if value is not None and len(self.tokens[k].norm) == 4 and least <= value <= 2100:
            j = k + 1
            if self.norm(j) in ("م", "ميلادي", "ميلاديه"):
                j += 1
            return value, j
        if (
            self.style == "calendar"
            and 0 <= k < self.n
            and self.tokens[k].script == "arabic"
            and atom(self.norm(k)) is not None
        ):
            got = parse(self.text, self.tokens, k)
            if (
                got is not None
                and got.low == int(got.low)
                and (1000 if self.norm(k - 1) not in ("عام", "العام") else 100) <= got.low <= 2100
            ):
                return int(got.low), got.j
            if got is not None and got.low == 19:
                rest = parse(self.text, self.tokens, got.j) if got.j < self.n else None
                if rest is not None and rest.low < 100 and rest.low >= 20:
                    return 1900 + int(rest.low), rest.j
        return None

    def number_at(self, k: int) -> tuple[float, int] | None:
        """A count at ``k`` ("three", "الـ24"), article and "about" before it skipped, and the token after it."""
        while self.norm(k) in (
            "ال",
            "the",
            "نحو",
            "حوالي",
            "قرابه",
            "زهاء",
            "about",
            "around",
            "nearly",
            "some",
            "roughly",
            "ما",
            "يقارب",
        ):
            k += 1
        if not 0 <= k < self.n or self.tokens[k].script == "mark":
            return None
        if self.norm(k) in ("a", "an") and self.kind(k + 1) == "unit":
            return 1, k + 1
        got = parse(self.text, self.tokens, k)
        if got is None or got.kind in ("fraction", "one") or got.high is None or got.low != got.high:
            return None
        return got.low, got.j

    def resolve(
        self, month: Month, day: int, year: int | None, mod: int | None, weekday: int | None
    ) -> tuple[Days, str]:
        """The day meant by a day and a month, with or without a year, and its basis."""
        if month.calendar == "hijri":
            year = (
                year
                if year is not None
                else cal.hijri_year(month.number, day, self.published)
                if self.published
                else None
            )
            found = cal.hijri_days(year, month.number, day) if year is not None else None
            return found or NOWHERE, "absolute"
        if year is not None:
            exact = cal.make(year, month.number, day)
            return Days(exact, exact), "absolute"
        if self.published is None:
            return NOWHERE, "no year"
        inferred = cal.infer_year(month.number, day, self.published, mod, weekday)
        return Days(inferred, inferred), "inferred year"

    def resolve_month(self, month: Month, year: int | None, mod: int | None) -> tuple[Days, str]:
        """All days of a named month, and the basis."""
        if month.calendar == "hijri":
            year = (
                year
                if year is not None
                else cal.hijri_year(month.number, None, self.published)
                if self.published
                else None
            )
            return (cal.hijri_days(year, month.number, None) if year is not None else None) or NOWHERE, "absolute"
        if year is not None:
            return cal.month_days(year, month.number), "absolute"
        if self.published is None:
            return NOWHERE, "no year"
        return cal.infer_month(month.number, self.published, mod) or NOWHERE, "inferred year"

    def digits_date(self, k: int) -> Hit | None:
        """A date in digits at ``k``: ISO, day/month/year, day.month.year; a two-digit year is of this century. Of two
        readings (8/12/2023) the one nearer the publication and not after it, else day first."""
        norm = self.norm(k)
        if norm.count(".") == 2:
            parts = norm.split(".")
            return self._three(k, k + 1, parts) if all(p.isdigit() for p in parts) else None
        sep = self.norm(k + 1)
        if sep not in ("/", "-") or not self._glued(k, k + 1):
            return None
        if (
            self.norm(k + 3) == sep
            and self._glued(k + 2, k + 4)
            and self.tokens[min(k + 4, self.n - 1)].script == "number"
        ):
            return self._three(k, k + 5, [self.norm(k), self.norm(k + 2), self.norm(k + 4)])
        return None

    def _glued(self, a: int, b: int) -> bool:
        """Whether tokens ``a`` to ``b`` stand without space between them."""
        return b < self.n and all(self.tokens[m].end == self.tokens[m + 1].start for m in range(a, b))

    def _three(self, k: int, j: int, parts: list[str]) -> Hit | None:
        if not all(p.isdigit() and len(p) in (1, 2, 4) for p in parts):
            return None
        a, b, c = (int(p) for p in parts)
        if len(parts[0]) == 4:
            tries = [cal.make(a, b, c)]
        elif len(parts[2]) in (2, 4):
            year = c if len(parts[2]) == 4 else 2000 + c
            tries = [cal.make(year, b, a), cal.make(year, a, b)]
            if a > 31 or (
                self.style == "calendar"
                and len(parts[2]) == 2
                and c > 12
                and b <= 12
                and a >= 13
                and cal.make(2000 + a, b, c)
            ):
                tries.insert(0 if a > 31 or a < c else 1, cal.make(2000 + a, b, c))
        else:
            return None
        found = [d for d in tries if d is not None]
        if not found:
            return None
        best = found[0]
        if len(found) > 1 and self.published is not None and self.style == "codebook":
            known = [d for d in found if d <= self.published]
            best = max(known) if known and max(known) != best and best > self.published else best
        return Hit(k, j, Days(best, best))
