"""English expressions of time, read at a token where one may begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tawatur.meaning import calendar as cal
from tawatur.meaning import timespans as spans
from tawatur.meaning.calendar import Days
from tawatur.meaning.timescan import DASHES, NOWHERE, Hit, Scan

_STEP = ("of", ",", "the", "on", "in", "(", "during")


class EnglishTimes(Scan):
    """One method a kind of expression; each gives a :class:`Hit` or None."""

    def at(self, i: int) -> Hit | None:
        """The expression that begins at token ``i``."""
        method = _METHODS.get(self.kind(i))
        return method(self, i) if method is not None else None

    def core(self, i: int) -> Hit | None:
        """A day or a stretch as it can follow "since", "until", "early"."""
        if self.norm(i) in ("the", "on", "in"):
            i += 1
        if not 0 <= i < self.n:
            return None
        if self.tokens[i].script == "number":
            return self.number(i)
        if self.kind(i) in ("month", "hijri"):
            return self.month_first(i, sure=True)
        if self.kind(i) in ("weekday", "today", "rel", "emod", "start", "mid", "end", "epart", "number", "tonight"):
            return self.at(i) or self.day_first(i)
        return None

    # days -------------------------------------------------------------------------------------------------------

    def number(self, i: int) -> Hit | None:
        """ "8 December 2023", "7th of October", "11-13 Dec", "24h", "two days ago", "8/12/2023"."""
        pair = self._pair(i)
        if pair is not None:
            return pair
        hit = self.day_first(i) or self.digits_date(i)
        if hit is not None:
            self.last_day = hit.days.first or self.last_day
            return hit
        counted = self.counted(i)
        if counted is None:
            return None
        count, unit, j = counted
        if self.norm(j) in ("ago", "earlier") and self.published is not None and self.norm(j) == "ago":
            days = spans.ago(self.published, unit, count)
            return Hit(i, j + 1, days, basis="relative", precision=spans.precision_of(days))
        if (
            unit == "hour"
            and count in (24, 48, 72)
            and self.tokens[i].script == "number"
            and self.norm(j - 1) in ("h", "hr", "hrs")
        ):
            return self._back(i, j, unit, count)
        return None

    def day_first(self, i: int) -> Hit | None:
        """A day before its month: "8 December", "the 7th of October 2023"."""
        got = self.day_number(i)
        if got is None:
            return None
        day, k = got
        if self.norm(k) == "of":
            k += 1
        month = self.month(k)
        if month is None or not self.near(k):
            return None
        year, mod, j = self._year(month.j)
        days, basis = self.resolve(month, day, year, mod, None)
        return Hit(i, j, days, basis=basis, calendar=month.calendar)

    def _year(self, k: int) -> tuple[int | None, int | None, int]:
        if self.near(k):
            for m in (k, k + 1) if self.norm(k) in (",", "of", "in") else (k,):
                got = self.year(m)
                if got is not None:
                    return got[0], None, got[1]
            w, year = self.word(k), self.word(k + 1)
            if (
                w is not None
                and w.kind == "emod"
                and year is not None
                and year.value == "year"
                and self.published is not None
            ):
                return self.published.year + max(-1, int(w.value)), None, k + 2
        return None, None, k

    def month_first(
        self, i: int, *, sure: bool = False, weekday: int | None = None, mod: int | None = None
    ) -> Hit | None:
        """ "December 8, 2023", "Oct. 7", "May 15-24", "December 2023", "in December"."""
        month = self.month(i)
        if month is None:
            return None
        k = month.j
        got = self.day_number(k) if 0 <= k < self.n and self.tokens[k].script == "number" and self.near(k) else None
        if got is not None and self.norm(got[1]) not in ("%", ":"):
            last = None
            j = got[1]
            if (self.norm(j) in DASHES or self.norm(j) in ("to", "and")) and self.tokens[
                min(j + 1, self.n - 1)
            ].script == "number":
                second = self.day_number(j + 1)
                if second is not None and second[0] > got[0]:
                    last, j = second
            year, told, j = self._year(j)
            days, basis = self.resolve(month, got[0], year, mod if mod is not None else told, weekday)
            if last is not None:
                end, _ = self.resolve(month, last, year, told, None)
                return Hit(i, j, Days(days.first, end.last), "span", basis, 1)
            return Hit(i, j, days, basis=basis, calendar=month.calendar, weekday=weekday)
        year, told, j = self._year(k)
        if mod is not None:
            told = mod
        context = (
            sure
            or year is not None
            or told is not None
            or self.norm(i - 1) in ("in", "since", "during", "until", "by", "of", "last", "from", "through")
        )
        if not context or not (
            month.sure
            or year is not None
            or self.norm(i - 1) in ("in", "since", "until", "last", "late", "early", "mid")
        ):
            return None
        days, basis = self.resolve_month(month, year, told)
        return Hit(i, j, days, "span", basis, 3, month.calendar)

    def _pair(self, i: int) -> Hit | None:
        """ "11-13 Dec", "the 17th and 18th of October"."""
        one = self.day_number(i)
        if one is None or not (self.norm(one[1]) in DASHES or self.norm(one[1]) in ("to", "and")):
            return None
        second = self.day_first(one[1] + 1)
        if second is None or second.days.last is None:
            return None
        last = second.days.last
        first = cal.make(last.year, last.month, one[0])
        if first is None or first >= last:
            return None
        return Hit(i, second.j, Days(first, last), "span", second.basis)

    def weekday(self, i: int) -> Hit | None:
        """ "Friday", "Friday, December 8", "Thursday (9/11/23)", "Friday morning"."""
        return self._weekday(i, i, None)

    def _weekday(self, start: int, i: int, mod: int | None) -> Hit | None:
        w = self.word(i)
        if w is None or w.kind != "weekday" or self.text[self.tokens[i].start].islower():
            return None
        day = int(w.value)
        j = i + 1
        if self.kind(j) == "epart":
            j += 1
        k = j
        while self.norm(k) in _STEP and k < j + 2:
            k += 1
        if self.near(j) and self.near(k):
            full = (
                self.month_first(k, weekday=day)
                if self.kind(k) == "month"
                else self.day_first(k)
                or (self.digits_date(k) if k < self.n and self.tokens[k].script == "number" else None)
            )
            if full is not None and full.kind == "day":
                self.last_day = full.days.first or self.last_day
                return replace(full, i=start, weekday=day)
        if self.published is None:
            return Hit(start, j, NOWHERE, basis="weekday", weekday=day)
        if mod is not None and mod > 0:
            found = cal.weekday_after(self.published, day)
        else:
            found = cal.weekday_before(self.published, day, strict=mod == -1)
        self.last_day = found
        return Hit(start, j, Days(found, found), basis="weekday", weekday=day)

    def today(self, i: int) -> Hit | None:
        """ "today", "today (Monday)"; "until today" is read before."""
        return self._beside(Hit(i, i + 1, Days(self.published, self.published), basis="relative"))

    def relative(self, i: int) -> Hit | None:
        w = self.word(i)
        if w is None:
            return None
        start, offset = i, int(w.value)
        if self.norm(i - 1) in ("before", "after") and self.norm(i - 2) == "day":
            start, offset = (i - 3 if self.norm(i - 3) == "the" else i - 2), 2 * offset
        j = i + 1 + (self.kind(i + 1) == "epart")
        moved = cal.shift(self.published, offset) if self.published is not None else None
        self.last_day = moved or self.last_day
        return self._beside(Hit(start, j, Days(moved, moved), basis="relative"))

    def _beside(self, hit: Hit) -> Hit:
        """The weekday told in brackets or after a comma beside "today" belongs to it, and beats the time stamp."""
        k = hit.j
        bracket = self.norm(k) == "("
        if bracket or self.norm(k) == ",":
            k += 1
        w = self.word(k)
        if w is None or w.kind != "weekday" or not self.near(hit.j):
            return hit
        j = k + 1 + (bracket and self.norm(k + 1) == ")")
        if hit.days.first is None or hit.kind == "span":
            return replace(hit, j=j, weekday=int(w.value) if hit.kind != "span" else None)
        full = self._weekday(hit.i, k, None)
        if full is not None and full.basis in ("absolute", "inferred year"):
            return full
        day = int(w.value)
        after = cal.shift(hit.days.first, 1)
        found = after if after is not None and after.weekday() == day else cal.weekday_before(hit.days.first, day)
        return replace(hit, j=j, days=Days(found, found), basis="weekday", weekday=day)

    def tonight(self, i: int) -> Hit | None:
        return self.today(i)

    def overnight(self, i: int) -> Hit | None:
        """Overnight: from the day before to the publication day."""
        j = i + 1
        if self.norm(j) == "(" and self.kind(j + 1) == "weekday" and self.norm(j + 2) == ")":
            j += 3
        return self._back(i, j, "day", 1)

    # spans --------------------------------------------------------------------------------------------------------

    def _back(self, i: int, j: int, unit: str, count: float) -> Hit:
        if self.published is None:
            return Hit(i, j, NOWHERE, "span", "relative", None)
        days = spans.back(self.published, unit, count)
        return Hit(i, j, days, "span", "relative", spans.precision_of(days))

    def counted(self, k: int) -> tuple[float, str, int] | None:
        """ "three weeks", "a week", "24 hours": count, unit, the token after."""
        got = self.number_at(k)
        if got is None:
            return None
        w = self.word(got[1])
        if w is None or w.kind not in ("unit", "units") or w.value == "while" or not self.near(got[1]):
            return None
        return got[0], w.value, got[1] + 1

    def modified(self, i: int) -> Hit | None:
        """ "last week", "the past 24 hours", "this morning", "last night", "next Friday", "recent days", "last July"."""
        w = self.word(i)
        if w is None:
            return None
        mod, k = int(w.value), i + 1
        if not self.near(k):
            return None
        start = i
        follow = self.word(k)
        few = self.norm(k) in ("few", "several", "couple")
        if few:
            k += 1 + (self.norm(k + 1) == "of")
            follow = self.word(k)
        if not few and self.tokens[k].script == "number":
            return self._counted_mod(start, k, mod)
        if follow is None or few:
            if follow is not None and follow.kind == "units":
                return (
                    self._back(start, k + 1, "hour", 24)
                    if follow.value == "hour"
                    else Hit(start, k + 1, NOWHERE, "vague", "relative", None)
                )
            return None
        if follow.kind == "units":
            return (
                self._back(start, k + 1, "hour", 24)
                if follow.value == "hour"
                else Hit(start, k + 1, NOWHERE, "vague", "relative", None)
            )
        if follow.kind == "number":
            return self._counted_mod(start, k, mod)
        if mod == -4:
            return None
        if follow.kind == "weekday":
            return self._weekday(start, k, -1 if mod == -1 else mod)
        if follow.kind == "month":
            named = self.month_first(k, sure=True, mod=max(-1, mod))
            return replace(named, i=start) if named is not None else None
        if follow.kind == "epart":
            if mod == -1 and follow.value == "-1":
                return self._beside(self._back(start, k + 1, "day", 1))
            if mod not in (0, -1):
                return None
            moved = cal.shift(self.published, mod) if self.published is not None else None
            return self._beside(Hit(start, k + 1, Days(moved, moved), basis="relative"))
        if follow.kind == "unit":
            return self._unit(start, k, follow.value, mod)
        if follow.kind == "eweekend" and self.published is not None:
            saturday = cal.weekday_after(self.published, 5) if mod > 0 else cal.weekday_before(self.published, 5)
            return Hit(start, k + 1, Days(saturday, saturday + cal.DAY), "span", "relative")
        return None

    def _unit(self, i: int, k: int, unit: str, mod: int) -> Hit | None:
        """ "over the last week" are the seven days before, "last week" alone is the week before (rule 29)."""
        if unit in ("hour", "minute", "day"):
            if mod == 0 or self.published is None:
                return None
            return self._back(i, k + 1, unit, 1) if mod < 0 else None
        rolling = mod == -3 or (mod == -1 and self.norm(i - 1) == "the")
        if rolling:
            return self._back(i, k + 1, unit, 1)
        if self.published is None:
            return Hit(i, k + 1, NOWHERE, "span", "relative", None)
        days = spans.named(self.published, unit, mod, monday=self.style == "calendar") or NOWHERE
        return Hit(i, k + 1, days, "span", "relative", spans.precision_of(days))

    def _counted_mod(self, i: int, k: int, mod: int) -> Hit | None:
        counted = self.counted(k)
        if counted is None:
            return None
        count, unit, j = counted
        if mod <= 0:
            return self._back(i, j, unit, count)
        if self.published is None:
            return Hit(i, j, NOWHERE, "span", "relative", None)
        days = spans.ahead(self.published, unit, count)
        return Hit(i, j, days, "span", "relative", spans.precision_of(days))

    def within(self, i: int) -> Hit | None:
        """ "throughout the day", "within 24 hours", "during the afternoon"; "over the past week" is read at "past"."""
        k = i + 1 + (self.norm(i + 1) == "the")
        if not self.near(i + 1):
            return None
        follow = self.word(k)
        if self.norm(i) == "within" or (follow is not None and follow.kind in ("month", "emod")):
            inner = self.core(k) if follow is not None else None
            if inner is not None:
                return inner
        if follow is None:
            counted = self.counted(k) if self.norm(i) == "within" else None
            if counted is not None and counted[1] == "hour" and counted[0] in (24, 48, 72):
                return self._back(k, counted[2], counted[1], counted[0])
            return None
        if k == i + 2 and (
            (follow.kind == "unit" and follow.value == "day" and self.norm(i) in ("throughout", "during"))
            or (follow.kind == "epart" and follow.value == "0" and self.norm(i) in ("throughout", "during"))
        ):
            return Hit(i, k + 1, Days(self.published, self.published), basis="relative")
        if k == i + 2 and follow.kind == "epart":
            return self.overnight(k)
        if self.norm(i) == "within":
            counted = self.counted(k)
            if counted is not None and counted[1] == "hour" and counted[0] in (24, 48, 72):
                return self._back(k, counted[2], counted[1], counted[0])
        return None

    def since(self, i: int) -> Hit | None:
        """ "since October 17", "since Friday", "since the war began on October 7", "since the beginning of the war"."""
        if not self.near(i + 1):
            return None
        k = i + 1 + (self.norm(i + 1) == "the")
        year = self.year(k)
        inner = Hit(k, year[1], cal.year_days(year[0]), "span", "absolute", 3) if year is not None else self.core(k)
        if inner is None:
            for m in range(k + 1, min(k + 12, self.n)):
                if self.norm(m) in (".", "!", "?", ";") or not self.near(m):
                    break
                if self.norm(m) == "on" or self.norm(m) == "in":
                    inner = self.core(m + 1)
                    if inner is not None:
                        break
        if inner is None:
            begun = self.kind(k) in ("start", "end") or self.norm(k) in ("outbreak", "war", "onset")
            return Hit(i, k + 1, NOWHERE, "vague", "event", None) if begun else None
        if inner.kind in ("vague", "count"):
            return None
        j, last = inner.j, self.published
        if self.kind(j) == "until" and self.kind(j + 1) != "today":
            upto = self.core(j + 1)
            if upto is not None:
                j, last = upto.j, upto.days.last
        days = Days(inner.days.first, last if inner.days.first is not None else None)
        return Hit(i, j, days, "since", inner.basis, spans.precision_of(days))

    def until(self, i: int) -> Hit | None:
        if self.norm(i) not in ("until", "till") or not self.near(i + 1) or self.kind(i + 1) == "today":
            return None
        inner = self.core(i + 1)
        if inner is None or inner.kind == "vague":
            return None
        return replace(inner, i=i, days=Days(None, inner.days.last), kind="span")

    def between(self, i: int) -> Hit | None:
        """ "from October 17 to December 8", "between 11-13 Dec", "between Monday and Thursday"."""
        k = i + 1
        if not self.near(k):
            return None
        first = self.core(k)
        if first is None or first.kind in ("vague", "count"):
            return None
        if first.kind == "span" and first.precision == 1 and self.tokens[k].script == "number":
            return first.grown(i, first.j)
        if not (self.kind(first.j) == "until" or self.norm(first.j) == "and"):
            return first if self.kind(i) == "from" else None
        second = self.core(first.j + 1)
        if second is None or second.kind == "vague":
            return first
        a, b = first.days.first, second.days.last
        if a is not None and b is not None and b < a:
            if first.weekday is None:
                return first
            a = cal.weekday_before(b, first.weekday)
        days = Days(a, b)
        return Hit(i, second.j, days, "span", second.basis, spans.precision_of(days))

    def position(self, i: int) -> Hit | None:
        """ "early December", "mid-January", "late last month", "the beginning of the year"."""
        w = self.word(i)
        if w is None or not self.near(i + 1):
            return None
        k = i + 1 + (self.norm(i + 1) in ("-", "of", "in"))
        if self.norm(k) in ("the", "on"):
            k += 1
        follow = self.word(k)
        if follow is None:
            return None
        if follow.kind in ("weekday", "today", "rel", "epart") or (
            follow.kind == "emod" and self.kind(k + 1) == "epart"
        ):
            inner = self.at(k) if self.kind(k) != "epart" else None
            return inner.grown(i, inner.j) if inner is not None and self.norm(i) in ("early", "late") else None
        inner = None
        if follow.kind == "month":
            inner = self.month_first(k, sure=True)
            if inner is not None and inner.kind == "day":
                return None
        elif follow.kind == "emod":
            inner = self.modified(k)
        elif follow.kind == "unit" and follow.value in ("month", "year") and self.published is not None:
            inner = Hit(
                k, k + 1, spans.named(self.published, follow.value, 0, monday=True) or NOWHERE, "span", "relative", 3
            )
        else:
            year = self.year(k)
            inner = Hit(k, year[1], cal.year_days(year[0]), "span", "absolute", 3) if year is not None else None
        if inner is None or inner.kind != "span" or inner.days.first is None or inner.days.last is None:
            return None
        days = cal.part_of(inner.days, w.kind, length=(inner.days.last - inner.days.first).days + 1)
        return Hit(i, inner.j, days, "span", inner.basis, spans.precision_of(days))

    def earlier(self, i: int) -> Hit | None:
        """ "earlier today", "earlier this morning", "earlier on Friday"."""
        if not self.near(i + 1):
            return None
        k = i + 1 + (self.norm(i + 1) == "on")
        if self.kind(k) not in ("today", "emod", "weekday"):
            return None
        inner = self.at(k)
        return inner.grown(i, inner.j) if inner is not None and inner.kind != "vague" else None

    def while_ago(self, i: int) -> Hit | None:
        """ "a short while ago": the publication day."""
        if self.norm(i + 1) != "ago":
            return None
        start = i - 1 if self.norm(i - 1) in ("short", "little") else i
        if self.norm(start - 1) == "a":
            start -= 1
        return Hit(start, i + 2, Days(self.published, self.published), basis="relative")

    def vague(self, i: int) -> Hit | None:
        return Hit(i, i + 1, NOWHERE, "vague", "relative", None)

    def now(self, i: int) -> Hit | None:
        if self.norm(i) != "currently":
            return None
        return Hit(i, i + 1, Days(self.published, self.published), basis="relative")

    def unit(self, i: int) -> Hit | None:
        """ "a week ago" (the count of one is in the article before)."""
        w = self.word(i)
        if (
            w is None
            or self.norm(i + 1) != "ago"
            or self.norm(i - 1) not in ("a", "an")
            or self.published is None
            or w.value == "while"
        ):
            return None
        days = spans.ago(self.published, w.value, 1)
        return Hit(i - 1, i + 2, days, basis="relative", precision=spans.precision_of(days))

    def season(self, i: int) -> Hit | None:
        """ "summer 2016", "the winter of 2019"."""
        w = self.word(i)
        k = i + 1 + (self.norm(i + 1) == "of")
        year = self.year(k)
        if w is None or year is None:
            return None
        return Hit(i, year[1], spans.season(int(w.value), year[0]), "span", "absolute", 3)


_METHODS: dict[str, Callable[[EnglishTimes, int], Hit | None]] = {
    "weekday": EnglishTimes.weekday, "month": EnglishTimes.month_first, "today": EnglishTimes.today,
    "rel": EnglishTimes.relative, "tonight": EnglishTimes.tonight, "overnight": EnglishTimes.overnight,
    "emod": EnglishTimes.modified, "within": EnglishTimes.within, "since": EnglishTimes.since,
    "until": EnglishTimes.until, "between": EnglishTimes.between, "from": EnglishTimes.between,
    "start": EnglishTimes.position, "mid": EnglishTimes.position, "end": EnglishTimes.position,
    "earlier": EnglishTimes.earlier, "ewhile": EnglishTimes.while_ago, "vague": EnglishTimes.vague,
    "now": EnglishTimes.now, "unit": EnglishTimes.unit, "season": EnglishTimes.season, "number": EnglishTimes.number,
}  # fmt: skip
