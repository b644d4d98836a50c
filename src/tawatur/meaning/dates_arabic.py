"""Arabic expressions of time, read at a token where one may begin."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from tawatur.meaning import calendar as cal
from tawatur.meaning import timespans as spans
from tawatur.meaning.calendar import Days
from tawatur.meaning.numerals import atom
from tawatur.meaning.timescan import DASHES, NOWHERE, Hit, Month, Scan
from tawatur.meaning.timewords import blocked

_MAX_BEGIN = 12  # words between "since the start of" and the day told for it


class ArabicTimes(Scan):
    """One method a kind of expression; each gives a :class:`Hit` or None."""

    def at(self, i: int) -> Hit | None:
        """The expression that begins at token ``i``."""
        kind = self.kind(i)
        name = self._METHODS.get(kind)
        if name is None:
            return None
        hit: Hit | None = getattr(self, name)(i)
        return hit

    # days -------------------------------------------------------------------------------------------------------

    def core(self, i: int) -> Hit | None:
        """A day or a stretch as it can follow "since", "dawn of" and the like."""
        kind = self.kind(i)
        if kind in ("today", "yom", "yomdual"):
            return self.today(i)
        if kind == "rel":
            return self.relative(i)
        if kind == "weekday":
            return self.weekday(i)
        if kind in ("month", "month2", "hijri", "hijri2"):
            return self.month_alone(i, sure=True)
        if kind in ("start", "end", "mid"):
            return self.position(i)
        if kind in ("unit", "units", "unitdual"):
            return self.unit(i)
        if kind in ("part", "night"):
            return self.part(i)
        if kind == "this":
            return self.this(i)
        return self.day_month(i)

    def day_month(self, i: int, weekday: int | None = None) -> Hit | None:
        """ "7 تشرين الأول/أكتوبر 2023", "الـ17 من كانون الأول الجاري", "22 من الشهر نفسه"."""
        got = self.day_number(i)
        if got is None:
            return self.digits_date(i) if 0 <= i < self.n and self.tokens[i].script == "number" else None
        day, k = got
        if self.norm(k) in ("-", "/", ".", ",") and self.month(k + 1) is not None:
            k += 1
        if self.norm(k) == "من" or (self.norm(k) == "في" and self.norm(k + 1) == "شهر"):
            k += 1
        if self.norm(k) in ("شهر", "الشهر") and self.norm(k + 1) == "/":
            k += 1
        if self.kind(k) == "this" and self.norm(k + 1) == "الشهر":
            return self._day_of_month(i, k + 2, day, 0)
        w = self.word(k)
        if self.norm(k) == "في" and self.kind(k + 1) == "unit":
            w, k = self.word(k + 1), k + 1
        if w is not None and w.kind == "unit" and w.value == "month":
            if self.month(k + 1) is None:
                return self._day_of_month(i, k + 1, day, None)
            k += 1
        month = self.month(k)
        if month is None or not self.near(k):
            return None
        year, mod, j = self.year_or_mod(month.j)
        days, basis = self.resolve(month, day, year, mod, weekday)
        return Hit(i, j, days, basis=basis, calendar=month.calendar, weekday=weekday)

    def _day_of_month(self, i: int, k: int, day: int, mod: int | None) -> Hit | None:
        """The day of "this month", "last month", "the same month"; ``k`` is the token after the word "month"."""
        base = self.published
        if mod is None:
            w = self.word(k)
            if w is None:
                return None
            if w.kind == "same":
                base, mod = self.last_day, 0
            elif w.kind == "mod":
                mod = max(-1, min(1, int(w.value)))
            else:
                return None
            k += 1
        first = cal.add_months(base.replace(day=1), mod) if base is not None else None
        exact = cal.make(first.year, first.month, day) if first is not None else None
        return Hit(i, k, Days(exact, exact), basis="relative")

    def year_or_mod(self, k: int) -> tuple[int | None, int | None, int]:
        """The year or the "last", "current", "next" after a month at ``k``: a year, a modifier, the token after."""
        w = self.word(k)
        if w is not None and w.kind == "mod" and self.near(k):
            year = self.year(k + 1)
            return (year[0], None, year[1]) if year is not None else (None, int(w.value), k + 1)
        m = k + 1 if self.norm(k) in ("من", ",", "لعام", "للعام", "عام", "العام", "سنه", ".", "لسنه", "-") else k
        if self.norm(k) in ("من", ",") and self.norm(m) in ("عام", "العام", "سنه", "السنه"):
            m += 1
        if self.near(k):
            year = self.year(m)
            if year is not None:
                return year[0], None, year[1]
            if self.norm(m - 1) in ("العام", "السنه", "سنه", "عام"):
                w = self.word(m)
                if w is not None and w.kind == "mod" and self.published is not None:
                    return self.published.year + max(-1, min(1, int(w.value))), None, m + 1
                hijri = self.whole(m)
                if hijri is not None and 1343 <= hijri <= 1500:
                    return hijri, None, m + 1
            hijri = self.whole(m)
            if hijri is not None and 1343 <= hijri <= 1500 and self.norm(m + 1) in ("ه", "هجري", "هجريه", "للهجره"):
                return hijri, None, m + 2
        return None, None, k

    def today(self, i: int) -> Hit | None:
        """ "اليوم", "يوم أمس", "اليوم السبت", "يوم الأربعاء 5 آذار"; "the 80th day"; none where "the day" is meant."""
        norm = self.norm(i)
        w = self.word(i)
        if w is None:
            return None
        definite = w.definite
        if not definite:  # "يوم" alone is a day of something
            j = i + 1
            if self.norm(j) == "/":
                j += 1
            inner = (
                self.relative(j) if self.kind(j) == "rel" else self.weekday(j) if self.kind(j) == "weekday" else None
            )
            if w.kind == "yomdual" and inner is not None and self.norm(inner.j).startswith("و"):
                return self.joined_days(i, inner)
            if inner is None and self.near(j):
                inner = self.day_month(j)
            if inner is None and self.style == "calendar" and self.whole(j) is not None:
                return self.bare_day(i, j)
            return inner.grown(i, inner.j) if inner is not None and self.near(j) else None
        follow = self.kind(i + 1) if self.near(i + 1) else ""
        before = self.norm(i - 1)
        if follow == "weekday":
            inner = self.weekday(i + 1, near_today=True)
            return inner.grown(i, inner.j) if inner is not None else None
        if follow == "same":
            return Hit(i, i + 2, Days(self.last_day, self.last_day), basis="relative")
        if follow == "mod" and self.published is not None:
            mod = int(self.word(i + 1).value)  # type: ignore[union-attr]
            days = spans.back(self.published, "day", 1) if mod < 0 else spans.named(self.published, "day", 1)
            if mod == 2 and self.style == "codebook":
                return Hit(i, i + 2, NOWHERE, "vague", "relative", None)
            if self.style == "calendar" and mod < 0:
                days = spans.named(self.published, "day", -1)
            return Hit(i, i + 2, days or NOWHERE, "span" if mod < 0 else "day", "relative")
        counted = self.counted_day(i)
        if counted is not None:
            return counted
        if self.norm(i + 1) in blocked("after") or (
            before in ("كل", "ذلك", "ذاك", "طوال", "طيله", "مدار", "نفس", "في") and self.norm(i + 1) in blocked("after")
        ):
            return None
        if before in ("كل", "ذلك", "ذاك", "نفس", "هو", "مدار", "حتي"):
            return None
        number = atom(self.norm(i + 1)) if self.near(i + 1) else None
        if number is not None and (number.definite or number.kind == "unit"):
            return None
        if norm.endswith("ليوم") and not norm.endswith("اليوم") and not self.dated(i):
            return None
        j = i + 1
        inner = self.day_month(j) if self.near(j) else None
        if inner is not None and inner.days.first is not None and inner.days.first == self.published:
            j = inner.j
        days = Days(self.published, self.published)
        self.last_day = self.published or self.last_day
        return Hit(i, j, days, basis="relative")

    def dated(self, i: int) -> bool:
        """Whether "لليوم" at ``i`` tells a day ("لليوم الاثنين" is read before), not "for the day"."""
        return self.kind(i - 1) in ("part", "night", "units")

    def counted_day(self, i: int) -> Hit | None:
        """ "لليوم الـ32 على التوالي", "اليوم الثمانين للعدوان", "يومه الرابع": so many days, counted back."""
        got = self.day_count(i + 1)
        if got is None:
            return None
        count, j = got
        norm = self.norm(i)
        if self.kind(i) == "yomdual":
            return None
        running = self.kind(i) == "count" or norm.endswith("لليوم")
        if count < (2 if running else 4):
            return None
        if self.norm(j) == "علي" and self.norm(j + 1) == "التوالي":
            j += 2
        elif self.norm(j) in ("توالياً", "تواليا"):
            j += 1
        if self.published is None:
            return Hit(i, j, NOWHERE, "count", "count", None)
        first = cal.shift(self.published, 1 - count) if running else self.published
        return Hit(i, j, Days(first, self.published), "count", "count", spans.precision_of(Days(first, self.published)))

    def day_count(self, k: int) -> tuple[int, int] | None:
        """The number of a counted day at ``k``: digits with or without the article, an ordinal, a definite number."""
        if self.norm(k) == "ال":
            k += 1
        elif 0 <= k < self.n and self.tokens[k].script == "arabic":
            number = atom(self.norm(k))
            if number is None or not number.definite or not self.near(k):
                return None
        got = self.number_at(k)
        if got is None or self.month(got[1]) is not None or self.month(got[1] + 1) is not None:
            return None
        if self.norm(got[1]) == "," and self.whole(got[1] + 1) is not None:
            return None
        return (int(got[0]), got[1]) if got[0] == int(got[0]) and got[0] <= 3000 else None

    def relative(self, i: int) -> Hit | None:
        """ "أمس", "أمس الجمعة", "أمس، الأحد", "أول أمس", "غداً"."""
        w = self.word(i)
        if w is None or (self.norm(i) == "غد" and self.kind(i - 1) != "after"):
            return None
        offset = int(w.value)
        start = i
        if offset == -1 and (self.kind(i - 1) == "first" or self.norm(i - 1) in ("قبل",)):
            start, offset = i - 1, -2
        elif offset == 1 and self.kind(i - 1) == "after":
            start, offset = i - 1, 2
        j = i + 1
        if self.norm(j) == "الاول" and offset == -1:
            j, offset = j + 1, -2
        moved = cal.shift(self.published, offset) if self.published is not None else None
        out = Hit(start, j, Days(moved, moved), basis="relative")
        k = j + 1 if self.norm(j) in (",", "(") else j
        if self.kind(k) == "weekday" and self.near(k):
            day = self.weekday(k, near_today=True, offset=offset)
            if day is not None:
                end = day.j + (self.norm(j) == "(" and self.norm(day.j) == ")")
                out = replace(day, i=start, j=end)
        self.last_day = out.days.first or self.last_day
        return out

    def weekday(self, i: int, *, near_today: bool = False, offset: int = 0) -> Hit | None:
        """ "الجمعة", "الجمعة الماضي", "السبت 9 كانون الأول 2023". ``near_today``: told beside "today" or "yesterday"
        (``offset`` days away): where the two part, the weekday beats the time stamp (codebook, rule 29)."""
        w = self.word(i)
        if w is None or w.kind != "weekday" or self.norm(i - 1) in blocked("before"):
            return None
        day = int(w.value)
        j = i + 1
        if self.kind(j) == "adverb" or (self.norm(j) == "مساء" and self.near(j)):
            j += 1
        k = j + 1 if self.norm(j) in (",", "في", "الموافق", "(", "/") else j
        if self.norm(k) == "الموافق":
            k += 1
        if self.near(k):
            full = self.day_month(k, weekday=day)
            if full is not None:
                self.last_day = full.days.first or self.last_day
                return replace(full, i=i, weekday=day)
            if self.style == "calendar":
                general = self.general_weekday(i, j, day)
                if general is not None:
                    return general
        if self.published is None:
            return Hit(i, j, NOWHERE, basis="weekday", weekday=day)
        mod = self.word(j)
        if near_today:
            found = cal.weekday_before(cal.shift(self.published, offset) or self.published, day)
            after = cal.shift(self.published, offset + 1)
            if offset == 0 and after is not None and after.weekday() == day:
                found = after
            if offset > 0:
                found = cal.weekday_after(self.published, day)
        elif mod is not None and mod.kind == "mod" and self.near(j):
            value = int(mod.value)
            j += 1
            found = (
                cal.weekday_after(self.published, day)
                if value > 0
                else cal.weekday_before(self.published, day, strict=value < 0)
            )
        else:
            found = cal.weekday_before(self.published, day)
        self.last_day = found
        return Hit(i, j, Days(found, found), basis="weekday", weekday=day)

    def joined_days(self, i: int, first: Hit) -> Hit | None:
        """ "يومي الاثنين والثلاثاء [الماضيين]"."""
        second = self.weekday(first.j) if self.kind(first.j) == "weekday" else self.core(first.j)
        if second is None or first.days.first is None or second.days.last is None:
            return first.grown(i, first.j)
        j = second.j
        w = self.word(j)
        if w is not None and w.kind == "mod":
            j += 1
        a, b = first.days.first, second.days.last
        if b < a and first.weekday is not None:
            a = cal.weekday_before(b, first.weekday)
        return Hit(i, j, Days(a, b), "span", "weekday", spans.precision_of(Days(a, b)))

    # parts of a day ----------------------------------------------------------------------------------------------

    def part(self, i: int) -> Hit | None:
        """ "فجر اليوم الاثنين", "مساء أمس", "ليل الخميس - الجمعة", "الليلة الماضية", "منتصف ليل الثلاثاء"."""
        w = self.word(i)
        if w is None:
            return None
        start = i
        if self.norm(i - 1) in ("بعد", "منتصف", "قبيل"):
            start = i - 1
            if self.norm(i - 1) == "منتصف" and self.norm(i - 2) == "بعد":
                start = i - 2
        night = w.kind == "night"
        follow = self.word(i + 1) if self.near(i + 1) else None
        if night and w.definite and follow is not None and follow.kind == "mod" and int(follow.value) < 0:
            return self._overnight(start, i + 2)
        if w.definite and not (follow is not None and follow.kind in ("today", "rel", "weekday")):
            return self.small_hours(i, start)
        j = i + 1
        if self.norm(j) in ("من", ",") and self.kind(j + 1) in ("today", "yom", "rel", "weekday", "part"):
            j += 1
        if not self.near(j):
            return None
        if self.kind(j) == "part" and self.norm(j).startswith("و"):
            j += 1  # "فجر وصباح اليوم"
        inner = self.core(j) if self.kind(j) not in ("unit", "units", "unitdual", "start", "end", "mid") else None
        if inner is None or inner.kind == "count" or (self.kind(j) in ("month", "month2") and inner is not None):
            return None
        if (
            self.norm(i) in ("ليله", "الليله")
            and self.kind(j) == "rel"
            and inner.days.first is not None
            and inner.days.first < (self.published or inner.days.first)
        ):
            return self._overnight(start, inner.j)
        if night and inner.weekday is not None:
            both = self._night_of_two(start, inner)
            if both is not None:
                return both
        return replace(inner, i=start)

    def small_hours(self, i: int, start: int) -> Hit | None:
        """ "بعد منتصف الليل", "ساعات الفجر [الأولى]" with no day told: the publication day; "late hours of the night"
        reach over from the day before."""
        hours = self.word(i - 1)
        j = i + 1 + (self.norm(i + 1) == "الاولي")
        if start == i - 2 or (
            hours is not None and hours.value == "hour" and hours.kind == "units" and self.norm(i) != "الليل"
        ):
            if any(self.tokens[k].script == "number" for k in range(max(0, i - 5), i)):
                return None
            begin = start if start < i else i - 1
            return Hit(begin, j, Days(self.published, self.published), basis="relative")
        if self.norm(i) == "الليل" and self.norm(i - 1) == "من" and self.norm(i - 2) in ("متاخره", "متاخر"):
            return self._overnight(i - 2, i + 1)
        return None

    def _overnight(self, i: int, j: int) -> Hit:
        days = spans.back(self.published, "day", 1) if self.published is not None else NOWHERE
        if self.norm(j) == "(" and self.kind(j + 1) == "weekday" and self.norm(j + 2) == ")":
            j += 3
        return Hit(i, j, days, "span", "relative")

    def _night_of_two(self, i: int, inner: Hit) -> Hit | None:
        """ "ليل الخميس - الجمعة": from the one weekday to the next."""
        k = inner.j + 1 if self.norm(inner.j) in DASHES | {"/", ","} else inner.j
        if self.kind(k) in ("part",):
            k += 1
        w = self.word(k)
        if (
            w is None
            or w.kind != "weekday"
            or inner.weekday is None
            or int(w.value) != (inner.weekday + 1) % 7
            or not self.near(k)
        ):
            return None
        if self.published is None:
            return Hit(i, k + 1, NOWHERE, "span", "weekday", None)
        last = cal.weekday_before(self.published, int(w.value))
        return Hit(i, k + 1, Days(last - cal.DAY, last), "span", "weekday")

    def adverb(self, i: int) -> Hit | None:
        """ "فجراً" and "ليلاً" alone: today; from yesterday to today. After a clock time they tell no day."""
        w = self.word(i)
        if w is None or w.clitics or self.norm(i) == "صباحا":
            return None
        if any(self.kind(k) == "unit" or self.tokens[k].script == "number" for k in range(max(0, i - 4), i)):
            return None
        if self.published is None:
            return Hit(i, i + 1, NOWHERE, "day", "relative", None)
        first = cal.shift(self.published, int(w.value))
        return Hit(i, i + 1, Days(first, self.published), basis="relative")

    def tonight(self, i: int) -> Hit | None:
        follow = self.word(i + 1)
        if follow is not None and follow.kind == "mod" and int(follow.value) < 0 and self.near(i + 1):
            start = i - 1 if self.norm(i - 1) == "منتصف" else i
            return self._overnight(start, i + 2)
        if self.norm(i - 1) in ("تلك",) or self.norm(i + 1) in ("نفسها", "ذاتها"):
            return None
        return Hit(i, i + 1, Days(self.published, self.published), basis="relative")

    # months, years -----------------------------------------------------------------------------------------------

    def month_alone(self, i: int, *, sure: bool = False) -> Hit | None:
        """ "شباط/فبراير الماضي", "كانون الأول 2023": all days of the month; "أكتوبر 7" in general style."""
        if self.kind(i) == "hijri2" and self.month(i) is None:
            return self.season(i)
        month = self.month(i)
        if month is None or (not self.near(max(i, 1)) and i > 0 and not (sure or month.sure)):
            return None
        year, mod, j = self.year_or_mod(month.j)
        told = year is not None or mod is not None
        if self.style == "calendar" and not told:
            general = self.general_month(i, month)
            if general is not None:
                return general
        if (
            month.calendar == "hijri"
            and not told
            and not (month.sure and self.norm(i - 1) in ("شهر", "في", "منذ", "خلال"))
        ):
            return None
        context = (
            sure or told or self.norm(i - 1) in ("في", "شهر", "منذ", "خلال", "من", "بحلول", "الي", "حتي", "شهري", "وفي")
        )
        if not context and (self.style == "codebook" or not month.sure):
            return None
        if not (month.sure or told or self.norm(i - 1) in ("شهر", "منذ")):
            return None
        days, basis = self.resolve_month(month, year, mod)
        start = i - 1 if self.kind(i - 1) == "unit" and self.norm(i - 1).endswith("شهر") else i
        return Hit(start, j, days, "span", basis, 3, month.calendar)

    def unit(self, i: int) -> Hit | None:
        """ "الأسبوع الماضي", "الأسابيع الثلاثة الأخيرة", "الساعات الـ24 الماضية", "عام 2018", "شهر شباط 2024"."""
        w = self.word(i)
        if w is None:
            return None
        unit = w.value
        j = i + 1
        if unit == "year":
            got = self.year(j, least=1000) if w.kind == "unit" and self.near(j) else None
            if got is None and w.kind == "unit" and self.style == "calendar":
                value = self.whole(j)
                got = (value, j + 1) if value is not None and value > 100 else None
            if got is not None:
                hijri = 1343 <= got[0] <= 1500 and self.norm(got[1]) in ("ه", "هجري", "هجريه", "للهجره")
                if hijri:
                    a, b = cal.hijri_days(got[0], 1, None), cal.hijri_days(got[0], 12, None)
                    return Hit(
                        i,
                        got[1] + 1,
                        Days(a.first if a else None, b.last if b else None),
                        "span",
                        "absolute",
                        3,
                        "hijri",
                    )
                return Hit(i, got[1], cal.year_days(got[0]), "span", "absolute", 3)
            if self.norm(i - 1) in blocked("year"):
                return None
        if unit == "month" and w.kind == "unit":
            k = j + 1 if self.norm(j) == "/" else j
            if self.month(k) is not None:
                inner = self.month_alone(k, sure=True)
                return inner.grown(i, inner.j) if inner is not None else None
        if w.kind == "unitdual":
            return self._mod_span(i, j, unit, 2) if w.definite else None
        if not w.definite:
            return None
        if w.kind == "unit":
            mod = self.word(j)
            if mod is not None and mod.kind == "mod" and self.near(j):
                return self.named_unit(i, j + 1, unit, int(mod.value))
            if mod is not None and mod.kind == "same" and unit == "month" and self.last_day is not None:
                return Hit(i, j + 1, cal.month_days(self.last_day.year, self.last_day.month), "span", "relative", 3)
            return None
        if unit == "while":
            return Hit(i, j + 1, NOWHERE, "vague", "relative", None) if self.kind(j) == "mod" else None
        number = self.number_at(j)
        if number is not None:
            return self._mod_span(i, number[1], unit, number[0])
        k = j
        if self.norm(k) in ("القليله", "القليل", "العديده"):
            k += 1
        mod = self.word(k)
        if mod is None or mod.kind != "mod" or not self.near(k):
            return None
        if unit in ("hour", "minute") and int(mod.value) < 0 and self.published is not None:
            days = spans.back(self.published, unit, 24 if unit == "hour" else 0)
            return Hit(i, k + 1, days, "span", "relative")
        if self.style == "calendar" and k > j and self.published is not None:
            return self._few(i, k + 1, unit, int(mod.value))
        return Hit(i, k + 1, NOWHERE, "vague", "relative", None)

    def _few(self, i: int, j: int, unit: str, mod: int) -> Hit | None:
        if self.published is None:
            return None
        days = spans.back(self.published, unit, 3) if mod < 0 else spans.ahead(self.published, unit, 3)
        return Hit(i, j, days, "span", "relative", spans.precision_of(days))

    def _mod_span(self, i: int, j: int, unit: str, count: float) -> Hit | None:
        """So many units that end in "last" or "next"; None where neither follows."""
        w = self.word(j)
        if w is None or w.kind != "mod" or not self.near(j) or unit == "while":
            return None
        if self.published is None:
            return Hit(i, j + 1, NOWHERE, "span", "relative", None)
        days = (
            spans.back(self.published, unit, count) if int(w.value) <= 0 else spans.ahead(self.published, unit, count)
        )
        if self.style == "calendar" and unit == "decade":
            first, last = spans.named(self.published, "decade", -int(count)), spans.named(self.published, "decade", -1)
            if int(w.value) > 0:
                first, last = (
                    spans.named(self.published, "decade", 1),
                    spans.named(self.published, "decade", int(count)),
                )
            days = Days(first.first if first else None, last.last if last else None)
        return Hit(i, j + 1, days, "span", "relative", spans.precision_of(days))

    def named_unit(self, i: int, j: int, unit: str, mod: int) -> Hit | None:
        """The last, this or the next week, month or year; "الأسبوع الأخير" is the seven days before."""
        if unit == "while":
            return Hit(i, j, NOWHERE, "vague", "relative", None)
        if self.published is None:
            return Hit(i, j, NOWHERE, "span", "relative", None)
        if unit in ("hour", "minute") or mod == -3:
            days: Days | None = spans.back(self.published, unit, 1) if mod < 1 else spans.ahead(self.published, unit, 1)
        else:
            days = spans.named(self.published, unit, max(-1, min(1, mod)), monday=self.style == "calendar")
        if days is None:
            return None
        return Hit(i, j, days, "span", "relative", spans.precision_of(days))

    def position(self, i: int) -> Hit | None:
        """ "مطلع الشهر الحالي", "أواخر حزيران/يونيو الماضي", "منتصف آب", "بداية العام", "نهاية الأسبوع الماضي"."""
        w = self.word(i)
        if w is None:
            return None
        start, k = i, i + 1
        if w.kind == "weekend":
            if self.norm(k) != "نهايه":
                return None
            k += 1
        if not self.near(k) or w.definite:
            return None
        if self.kind(k) in ("part", "night", "tonight"):
            return None
        where = "end" if w.kind == "weekend" else w.kind
        if where == "mid" and self.kind(k) == "night":
            return None
        this = self.kind(k) == "this"
        inner_word = self.word(k + 1 if this else k)
        if inner_word is not None and inner_word.kind == "unit" and inner_word.value == "week" and where == "end":
            return self.weekend(start, k + 1 if this else k)
        inner: Hit | None = None
        year = self.year(k)
        if this:
            inner = self.this(k)
        elif year is not None:
            inner = Hit(k, year[1], cal.year_days(year[0]), "span", "absolute", 3)
        elif self.month(k) is not None:
            inner = self.month_alone(k, sure=True)
        elif inner_word is not None and inner_word.kind == "unit":
            inner = self.unit(k)
            if (
                inner is None
                and inner_word.definite
                and self.published is not None
                and inner_word.value in ("month", "year", "week")
            ):
                inner = Hit(
                    k, k + 1, spans.named(self.published, inner_word.value, 0) or NOWHERE, "span", "relative", 3
                )
        if inner is None or inner.kind == "vague":
            return None
        days = inner.days
        if (
            days.first is not None
            and days.last == self.published
            and inner.basis == "relative"
            and self.published is not None
        ):
            # "this month" ends today; its start and end are of the whole
            days = (
                cal.year_days(days.first.year)
                if (self.published - days.first).days > 31 or (inner_word is not None and inner_word.value == "year")
                else days
            )
            if inner_word is None or inner_word.value != "year":
                days = cal.month_days(days.first.year, days.first.month) if days.first and days.first.day == 1 else days
        if days.first is not None and days.last is not None:
            days = self.part_of(days, where, (days.last - days.first).days + 1)
        return Hit(start, inner.j, days, "span", inner.basis, spans.precision_of(days), inner.calendar)

    def part_of(self, days: Days, where: str, length: int) -> Days:
        return cal.part_of(days, where, length=length)

    def weekend(self, i: int, k: int) -> Hit | None:
        """ "نهاية الأسبوع [الماضي]": Saturday and Sunday, the last that began by the publication day."""
        j = k + 1
        w = self.word(j)
        mod = int(w.value) if w is not None and w.kind == "mod" else None
        if mod is not None:
            j += 1
        if self.published is None:
            return Hit(i, j, NOWHERE, "span", "relative", None)
        saturday = cal.weekday_before(self.published, 5)
        if mod is not None and mod > 0:
            saturday = cal.weekday_after(self.published, 5)
        return Hit(i, j, Days(saturday, saturday + cal.DAY), "span", "relative")

    def season(self, i: int) -> Hit | None:
        """ "خريف العام 2020", "صيف 2016": three whole months."""
        w = self.word(i)
        start = {"ربيع": 3}.get(self.norm(i).lstrip("وبفل"), 0) or (
            int(w.value) if w is not None and w.kind == "season" else 0
        )
        k = i + 1 + (self.norm(i + 1) in ("العام", "عام", "سنه"))
        year = self.year(k)
        if year is None or not start:
            return None
        return Hit(i, year[1], spans.season(start, year[0]), "span", "absolute", 3)

    # since, ago, within ------------------------------------------------------------------------------------------

    def since(self, i: int) -> Hit | None:
        """ "منذ 17 تشرين الأول", "منذ يومين", "منذ 22 يوماً", "منذ بدء العدوان في 7 أكتوبر", "منذ أيام"."""
        k = i + 1
        if not self.near(k):
            return None
        kind = self.kind(k)
        if kind == "that" and self.norm(k + 1) == "الحين" and self.last_day is not None:
            return Hit(i, k + 2, Days(self.last_day, self.published), "since", "relative", 3)
        if kind == "little":
            return Hit(i, k + 1, Days(self.published, self.published), basis="relative")
        counted = self.counted(k)
        if counted is not None:
            count, unit, j, dual = counted
            if self.published is None:
                return Hit(i, j, NOWHERE, "since", "relative", None)
            if dual:
                days = spans.ago(self.published, unit, count)
                return Hit(i, j, days, basis="relative", precision=spans.precision_of(days))
            days = spans.back(self.published, unit, count)
            return Hit(i, j, days, "since", "relative", spans.precision_of(days))
        if kind in ("units", "unit") and not (self.word(k) or self).definite:  # type: ignore[union-attr]
            if self.norm(k).endswith("ساعات"):
                part = self.kind(k + 1) in ("part", "night")
                return Hit(i, k + (2 if part else 1), Days(self.published, self.published), basis="relative")
            if self.month(k + 1) is None and kind == "units":
                return Hit(i, k + 1, NOWHERE, "vague", "relative", None)
        year = self.year(k)
        if year is not None:
            return self._from(i, Hit(k, year[1], cal.year_days(year[0]), "span", "absolute", 3))
        inner = self.core(k)
        if inner is not None and inner.kind != "vague":
            return self._from(i, inner)
        if kind in ("begin", "start") or self.norm(k) == "ان":
            return self._since_event(i, k)
        return None

    def _from(self, i: int, inner: Hit) -> Hit:
        """From the first day of ``inner`` to the publication day, or to the day told after "until"."""
        j, last = inner.j, self.published
        k = j + 1 if self.norm(j) == "," else j
        if self.kind(k) == "until":
            upto = self.core(k + 1)
            if upto is not None and upto.kind != "vague":
                j, last = upto.j, upto.days.last
            elif self.kind(k + 1) == "now":
                j = k + 2
        days = Days(inner.days.first, last if inner.days.first is not None else None)
        return Hit(i, j, days, "since", inner.basis, spans.precision_of(days), inner.calendar, inner.weekday)

    def _since_event(self, i: int, k: int) -> Hit:
        """Since an event; its day where it is told within the sentence, else without days."""
        for m in range(k + 1, min(k + _MAX_BEGIN, self.n)):
            norm = self.norm(m)
            if norm in (".", "!", "?", ";", ":") or not self.near(m):
                break
            if self.norm(m - 1).endswith("في") or norm.startswith("بال") or self.norm(m - 1) == "بتاريخ":
                inner = self.day_month(m)
                if inner is not None:
                    return self._from(i, inner)
        return Hit(i, min(k + 2, self.n) if self.near(k + 1) else k + 1, NOWHERE, "vague", "event", None)

    def counted(self, k: int) -> tuple[float, str, int, bool] | None:
        """A count of units at ``k``: the count, the unit, the token after, whether a dual or a single unit said it."""
        while self.norm(k) in (
            "نحو",
            "حوالي",
            "قرابه",
            "زهاء",
            "اقل",
            "اكثر",
            "من",
            "ما",
            "يقارب",
            "يزيد",
            "علي",
            "عن",
            "كل",
        ):
            k += 1
        w = self.word(k)
        if w is not None and w.kind == "unitdual":
            return 2, w.value, k + 1, True
        if w is not None and (w.kind == "unit" or self.norm(k) == "يوم") and (not w.definite or w.value == "month"):
            unit = w.value or "day"
            if (unit in ("decade", "year") and self.year(k + 1) is not None) or self.month(k + 1) is not None:
                return None
            follow = atom(self.norm(k + 1))
            j = k + 2 if follow is not None and follow.kind == "unit" and follow.value == 1 else k + 1
            return (1, unit, j, True) if self.kind(j) not in ("weekday", "rel") else None
        number = self.number_at(k)
        if number is None:
            return None
        w = self.word(number[1])
        if w is not None and (w.kind in ("unit", "units") or w.kind == "yom") and not w.clitics and w.value != "while":
            return number[0], w.value or "day", number[1] + 1, False
        return None

    def ago(self, i: int) -> Hit | None:
        """ "قبل يومين", "قبل نحو أسبوعين", "قبل قليل", "قبل ساعات", "قبل أيام"; "before" anything else is no time."""
        k = i + 1
        if not self.near(k):
            return None
        kind = self.kind(k)
        if kind == "little":
            return Hit(i, k + 1, Days(self.published, self.published), basis="relative")
        if kind == "rel":
            return self.relative(k)
        if kind == "yom" and self.kind(k + 1) == "rel":
            moved = cal.shift(self.published, -2) if self.published is not None else None
            return Hit(i, k + 2, Days(moved, moved), basis="relative")
        counted = self.counted(k)
        if counted is not None:
            count, unit, j, _ = counted
            if (
                self.norm(j) in ("من", "علي", "مضت")
                and self.norm(j + 1) not in ("الان", "اليوم")
                and self.norm(j) != "مضت"
            ):
                return None  # "two days before the truce" counts from another day
            if self.published is None:
                return Hit(i, j, NOWHERE, "day", "relative", None)
            days = spans.ago(self.published, unit, count)
            return Hit(i, j, days, "day", "relative", spans.precision_of(days))
        w = self.word(k)
        few = self.norm(k) in ("بضعه", "بضع", "عده")
        if few:
            w = self.word(k + 1)
        if w is not None and w.kind == "units" and not w.definite:
            j = k + 1 + few
            if self.norm(j) == "قليله":
                j += 1
            if w.value == "hour" and self.published is not None and self.norm(j) not in ("من", "علي"):
                return Hit(i, j, spans.back(self.published, "hour", 24), "span", "relative")
            if few and self.style == "calendar" and self.published is not None:
                moved = cal.add_months(self.published, -3) if w.value == "month" else cal.shift(self.published, -3)
                return Hit(i, j, Days(moved, moved), basis="relative")
            return Hit(i, j, NOWHERE, "vague", "relative", None)
        return None

    def after(self, i: int) -> Hit | None:
        """ "بعد غد"; "بعد ظهر اليوم"; in general style "بعد أسبوعين" from the publication day."""
        k = i + 1
        if self.norm(k) == "منتصف":
            k += 1
        if self.kind(k) in ("part", "night") and self.near(k):
            return self.part(k)
        if self.kind(k) == "rel" and self.near(k):
            return self.relative(k)
        if self.style == "calendar":
            return self.general_after(i)
        return None

    def within(self, i: int) -> Hit | None:
        """ "خلال 24 ساعة", "خلال الساعات الـ24 الماضية", "خلال يوم أمس": the span without the preposition where the
        words name it whole."""
        k = i + 1
        if not self.near(k):
            return None
        if self.style == "calendar":
            general = self.general_within(i)
            if general is not None:
                return general
        inner = self.core(k)
        if inner is not None:
            return inner
        counted = self.counted(k)
        if counted is None or self.published is None:
            return None
        count, unit, j, dual = counted
        if self.kind(j) == "mod":
            return self._mod_span(i, j, unit, count)
        if (unit == "hour" and count < 12) or unit in ("minute", "year", "decade"):
            return None
        if dual and count == 1 and (unit != "day" or self.norm(j - 1) == "واحد"):
            return None
        days = spans.back(self.published, unit, count)
        return Hit(i, j, days, "span", "relative", spans.precision_of(days))

    def last_units(self, i: int) -> Hit | None:
        """ "آخر 24 ساعة", "آخر 3 سنوات"."""
        counted = self.counted(i + 1) if self.near(i + 1) else None
        if counted is None or self.published is None or (counted[0] == 1 and self.style == "codebook"):
            return None
        count, unit, j, dual = counted
        days = spans.back(self.published, unit, count)
        if dual and count == 1 and unit == "day":
            moved = cal.shift(self.published, -1)
            days = Days(moved, moved)
        return Hit(i, j, days, "span", "relative", spans.precision_of(days))

    def this(self, i: int) -> Hit | None:
        """ "هذا الأسبوع", "هذا العام", "هذه الليلة"."""
        w = self.word(i + 1)
        if w is None or not w.definite or not self.near(i + 1):
            return None
        if w.kind == "today":
            return Hit(i, i + 2, Days(self.published, self.published), basis="relative")
        if w.kind == "tonight" or w.kind == "part":
            return Hit(i, i + 2, Days(self.published, self.published), basis="relative")
        if (
            w.kind == "unit"
            and w.value in ("week", "month", "year")
            and self.norm(i) in ("هذا", "هذه", "وهذا", "لهذا", "بهذا", "وهذه")
        ):
            return self.named_unit(i, i + 2, w.value, 0)
        if w.kind == "weekday" and self.style == "calendar":
            return self.general_this_weekday(i, int(w.value))
        return None

    def number(self, i: int) -> Hit | None:
        """A date or a span that begins with a number: "7 تشرين الأول", "الـ24 ساعة الماضية", "19-20 نوفمبر"."""
        begin = i - 1 if self.norm(i - 1) == "ال" else i
        pair = self.day_range(i, i)
        if pair is not None:
            return pair.grown(begin, pair.j)
        hit = self.day_month(i)
        if hit is not None:
            hit = hit.grown(begin, hit.j)
            self.last_day = hit.days.first or self.last_day
            return hit
        counted = self.counted(i)
        if counted is not None and self.kind(counted[2]) == "mod":
            return self._mod_span(i, counted[2], counted[1], counted[0])
        return None

    def day_range(self, i: int, k: int) -> Hit | None:
        """ "19-20 نوفمبر", "الـ13 والـ14 من نيسان", "4 إلى 22 أكتوبر" with the first number at ``k``."""
        one = self.day_number(k)
        if one is None:
            return None
        j = one[1]
        if self.norm(j) == "من" and self.norm(j + 1) in ("الي", "حتي"):
            j += 1
        link = self.norm(j)
        if link in DASHES | {"الي", "حتي", "و", "وال", "وحتي", "والي"}:
            j += 1
        elif not (link.startswith("و") and self.day_number(j) is not None):
            return None
        if self.norm(j) == "ال" or self.kind(j) == "number" or self.whole(j) is not None:
            second = self.day_month(j)
            if second is None:
                return None
            last = second.days.last
            first = cal.make(last.year, last.month, one[0]) if last is not None else None
            if last is not None and (first is None or first >= last):
                return None
            days = Days(first, last)
            return Hit(i, second.j, days, "span", second.basis, spans.precision_of(days), second.calendar)
        return None

    def between(self, i: int) -> Hit | None:
        """ "بين 4 و22 أكتوبر", "من الجمعة حتى الثلاثاء", "من 2 أكتوبر إلى 22 أكتوبر"."""
        k = i + 1
        if not self.near(k) or (
            self.kind(k) in ("", "vague", "this") and self.norm(k) != "ال" and self.tokens[k].script != "number"
        ):
            return None
        span = self.day_range(i, k)
        if span is not None:
            return span
        if self.kind(i) == "between" and self.kind(k) == "yomdual":
            pair = self.today(k)
            return pair.grown(i, pair.j) if pair is not None else None
        first = self.core(k)
        if first is None or first.kind in ("vague", "count", "since"):
            return None
        j = first.j
        if self.kind(j) == "until" or self.norm(j) in ("و",) or self.norm(j) in DASHES:
            j += 1
        elif self.kind(i) == "from" or not self.norm(j).startswith("و"):
            return first if self.kind(i) == "from" else None
        second = self._of_same_month(j, first) or self.core(j)
        if second is None or second.kind == "vague":
            return first if self.kind(i) == "from" else None
        a, b = first.days.first, second.days.last
        if a is not None and b is not None and b < a:
            if first.weekday is not None:
                a = cal.weekday_before(b, first.weekday)
            else:
                return first
        days = Days(a, b)
        start = i if self.kind(i) == "between" or self.kind(first.j) == "until" else first.i
        return Hit(start, second.j, days, "span", second.basis, spans.precision_of(days), second.calendar)

    def _of_same_month(self, j: int, first: Hit) -> Hit | None:
        """ "(من 17 تشرين الأول حتى) 27 منه": a day of the month that was just named."""
        one = self.day_number(j)
        day = first.days.first
        if one is None or day is None or self.norm(one[1]) not in ("منه", "منها"):
            return None
        last = cal.make(day.year, day.month, one[0])
        return (
            None if last is None else Hit(j, one[1] + 1, Days(last, last), basis=first.basis, calendar=first.calendar)
        )

    def until(self, i: int) -> Hit | None:
        """ "حتى 26 تشرين الأول": an end without a beginning. "حتى الآن" is no time."""
        if self.norm(i) not in ("حتي", "وحتي", "لغايه", "ولغايه") or not self.near(i + 1) or self.kind(i + 1) == "now":
            return None
        inner = self.core(i + 1)
        if inner is None or inner.kind == "vague":
            return None
        return replace(inner, i=i, days=Days(None, inner.days.last), kind="span")

    def vague(self, i: int) -> Hit | None:
        return Hit(i, i + 1, NOWHERE, "vague", "relative", None)

    def first_of(self, i: int) -> Hit | None:
        """ "أول كانون الثاني": the first day of the month."""
        return self.day_month(i) if self.near(i + 1) and self.month(i + 1) is not None else None

    def now(self, i: int) -> Hit | None:
        if self.norm(i - 1) in ("حتي", "وحتي", "الي", "لحد", "قبل") or self.norm(i) == "now":
            return None
        return Hit(i, i + 1, Days(self.published, self.published), basis="relative")

    def count(self, i: int) -> Hit | None:
        return self.counted_day(i)

    # general language, beyond the codebook, lies in dates_general; here nothing is added ---------------------------

    def general_weekday(self, i: int, j: int, day: int) -> Hit | None:
        return None

    def general_month(self, i: int, month: Month) -> Hit | None:
        return None

    def general_after(self, i: int) -> Hit | None:
        return None

    def general_within(self, i: int) -> Hit | None:
        return None

    def general_this_weekday(self, i: int, day: int) -> Hit | None:
        return None

    def bare_day(self, i: int, j: int) -> Hit | None:
        return None

    _METHODS: ClassVar[dict[str, str]] = {
        "today": "today", "yom": "today", "yomdual": "today", "count": "count", "rel": "relative", "weekday": "weekday", "part": "part",
        "night": "part", "adverb": "adverb", "tonight": "tonight", "month": "month_alone", "month2": "month_alone",
        "hijri": "month_alone", "hijri2": "month_alone", "unit": "unit", "units": "unit", "unitdual": "unit", "start": "position",
        "mid": "position", "end": "position", "weekend": "position", "season": "season", "since": "since", "ago": "ago",
        "after": "after", "within": "within", "last": "last_units", "this": "this", "number": "number", "between": "between",
        "from": "between", "until": "until", "first": "first_of", "vague": "vague", "now": "now",
    }  # fmt: skip
