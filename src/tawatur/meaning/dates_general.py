"""Arabic times as general language has them, beyond the codebook: weeks from Monday, bare days of the month, spans that
lie ahead, decades. Used by the benchmark on general-language cases and by ``style="calendar"``."""

from __future__ import annotations

from datetime import date

from tawatur.meaning import calendar as cal
from tawatur.meaning import timespans as spans
from tawatur.meaning.calendar import Days
from tawatur.meaning.dates_arabic import ArabicTimes
from tawatur.meaning.numerals import atom
from tawatur.meaning.timescan import DASHES, Hit, Month

_DECADES = {"العشرينيات": 20, "الثلاثينيات": 30, "الاربعينيات": 40, "الخمسينيات": 50, "الستينيات": 60,
            "السبعينيات": 70, "الثمانينيات": 80, "التسعينيات": 90}  # fmt: skip


class GeneralTimes(ArabicTimes):
    """What general language adds; the reference day is ``published``."""

    def at(self, i: int) -> Hit | None:
        hit = super().at(i)
        if hit is not None and hit.days.last is not None and self._range_mark(hit.j):
            second = self.core(hit.j + 1)
            if second is not None and second.days.last is not None and hit.days.first is not None:
                first = hit.days.first
                if first > second.days.last:
                    return hit
                return Hit(hit.i, second.j, Days(first, second.days.last), "span", hit.basis)
        return hit

    def _range_mark(self, k: int) -> bool:
        return self.norm(k) in DASHES | {"حتي", "الي"}

    def number(self, i: int) -> Hit | None:
        years = self._years(i)
        if years is not None:
            return years
        month = self._numeric_month(i)
        if month is not None:
            return month
        short = self._short(i)
        if short is not None:
            return short
        first = super().number(i)
        if first is not None:
            if first.days.first is not None and self._range_mark(first.j):
                second = self.core(first.j + 1)
                if second is not None and second.days.last is not None and first.days.first < second.days.last:
                    return Hit(first.i, second.j, Days(first.days.first, second.days.last), "span", first.basis)
            return first
        from_now = self._from_now(i)
        if from_now is not None:
            return from_now
        if self.norm(i - 1) in ("في", "الي", "يوم") or self.norm(i).startswith("لل"):
            return self.bare_day(i, i)
        return None

    def _years(self, i: int) -> Hit | None:
        """ "2014-2018", "في 1970"."""
        one = self.year(i)
        if one is None:
            return None
        if self._range_mark(one[1]):
            two = self.year(one[1] + 1)
            if two is not None:
                return Hit(i, two[1], Days(date(one[0], 1, 1), date(two[0], 1, 1)), "span", "absolute", 3)
        if self.month(one[1]) is None and self.norm(one[1]) not in DASHES | {"/", "."} and self.norm(i - 1) in ("في", "عام"):
            length = 10 if one[0] % 10 == 0 and self.tokens[i].script == "number" else 1
            return Hit(i, one[1], Days(date(one[0], 1, 1), date(one[0] + length - 1, 12, 31)), "span", "absolute", 3)
        return None

    def _numeric_month(self, i: int) -> Hit | None:
        """ "3/2015", "2015.3"."""
        norm, year, month = self.norm(i), None, None
        j = i + 1
        if norm.count(".") == 1 and norm.replace(".", "").isdigit():
            a, b = norm.split(".")
            year, month = (int(a), int(b)) if len(a) == 4 else (None, None)
        elif self.norm(j) in ("/", "-") and self._glued(i, i + 2) and self.whole(i) is not None and self.whole(i + 2) is not None:
            if self.norm(i + 3) in ("/", "-"):
                return None
            a, b = norm, self.norm(i + 2)
            j = i + 3
            if len(a) == 4 and len(b) <= 2:
                year, month = int(a), int(b)
            elif len(b) == 4 and len(a) <= 2:
                year, month = int(b), int(a)
        if year is None or month is None or not 1 <= month <= 12:
            return None
        return Hit(i, j, cal.month_days(year, month), "span", "absolute", 3)

    def _short(self, i: int) -> Hit | None:
        """ "4.22", "22-4", "08/12, 2015": a day and a month in digits, the year after a comma or not told."""
        norm, j = self.norm(i), i + 1
        if norm.count(".") == 1 and norm.replace(".", "").isdigit():
            a, b = norm.split(".")
        elif self.norm(j) in ("/", "-") and self._glued(i, i + 2) and self.norm(i + 3) not in ("/", "-"):
            a, b, j = norm, self.norm(i + 2), i + 3
        else:
            return None
        if not (a.isdigit() and b.isdigit() and len(a) <= 2 and len(b) <= 2):
            return None
        x, y = int(a), int(b)
        month, day = (x, y) if x <= 12 and 1 <= y <= 31 else (y, x)
        if not (1 <= month <= 12 and 1 <= day <= 31) or self.month(j) is not None or self.kind(j) == "this":
            return None
        if self.norm(j) == "," and self.whole(j + 1) is not None:
            told = self.whole(j + 1) or 0
            exact = cal.make(told + (2000 if told < 100 else 0), month, day)
            return Hit(i, j + 2, Days(exact, exact))
        days, basis = self.resolve(Month(month, j, "gregorian", True), day, None, None, None)
        return Hit(i, j, days, basis=basis)

    def _from_now(self, i: int) -> Hit | None:
        """ "2 سنة و1 شهر و21 أيام من الآن": back for what was, ahead after "بعد"."""
        k, months, days = i, 0, 0
        while True:
            if self.norm(k) in ("و", ","):
                k += 1
            counted = self.counted(k)
            if counted is None:
                break
            count, unit, k, _ = counted
            if unit in ("year", "month"):
                months += int(count) * (12 if unit == "year" else 1)
            elif unit in ("week", "day"):
                days += int(count) * (7 if unit == "week" else 1)
            else:
                return None
        if k == i or self.norm(k) != "من" or self.norm(k + 1) not in ("الان", "اليوم") or self.published is None:
            return None
        sign = 1 if self.kind(i - 1) == "after" else -1
        moved = cal.add_months(self.published, sign * months)
        moved = cal.shift(moved, sign * days) if moved is not None else None
        return Hit(i, k + 2, Days(moved, moved), basis="relative")

    def since(self, i: int) -> Hit | None:
        return self._from_now(i + 1) or super().since(i)

    def unit(self, i: int) -> Hit | None:
        hit = self._from_now(i) or self._week_of(i) or self._quarter(i) or super().unit(i)
        if hit is not None and hit.basis == "relative" and self.kind(i) == "unit" and hit.j == i + 2:
            day = self.weekday(hit.j + (self.kind(hit.j) == "yom")) if self.kind(hit.j + (self.kind(hit.j) == "yom")) == "weekday" else None
            if day is not None and hit.days.first is not None and day.weekday is not None:
                moved = cal.shift(hit.days.first, day.weekday)
                return Hit(i, day.j, Days(moved, moved), basis="relative")
        if hit is None and self.word(i) is not None and self.norm(i) in ("الاسبوع", "اسبوعي") and self.published is not None:
            return Hit(i, i + 1, cal.week_days(self.published, monday=True), "span", "relative", 2)
        return hit

    def named_unit(self, i: int, j: int, unit: str, mod: int) -> Hit | None:
        """ "الشهر التالي" after the next one is not told apart: it is the next."""
        return super().named_unit(i, j, unit, mod)

    def _week_of(self, i: int) -> Hit | None:
        """ "الأسبوع الأول من أكتوبر", "الأسبوع الأخير من عام 2015", "أسبوع 16 سبتمبر"."""
        w = self.word(i)
        if w is None or w.value != "week" or w.kind != "unit" or self.published is None:
            return None
        if not w.definite:
            day = self.day_month(i + 1)
            if day is None or day.days.first is None:
                return None
            return Hit(i, day.j, cal.week_days(day.days.first, monday=True), "span", day.basis, 2)
        nth = atom(self.norm(i + 1))
        last = self.norm(i + 1) == "الاخير"
        if not last and (nth is None or nth.kind != "ordinal"):
            return None
        k = i + 2 + (self.norm(i + 2) in ("من", "في"))
        inner = self.this(k) if self.kind(k) == "this" else self.core(k)
        if inner is None or inner.days.first is None or inner.days.last is None:
            return None
        first = inner.days.first
        whole = cal.year_days(first.year) if inner.precision == 3 and first.day == 1 and first.month == 1 and (self.norm(inner.j - 1).endswith("عام") or self.whole(inner.j - 1) is not None or self.norm(inner.j - 2).endswith(("عام", "العام"))) else cal.month_days(first.year, first.month)
        if whole.first is None or whole.last is None:
            return None
        # the week with the first Thursday is the first, as ISO counts
        thursday = cal.weekday_before(whole.last, 3) if last else cal.weekday_before(whole.first + 6 * cal.DAY, 3) + 7 * (int(nth.value if nth else 1) - 1) * cal.DAY
        return Hit(i, inner.j, cal.week_days(thursday, monday=True), "span", inner.basis, 2)

    def _quarter(self, i: int) -> Hit | None:
        return None

    def general_weekday(self, i: int, j: int, day: int) -> Hit | None:
        """ "الخميس 21", "الأحد الثاني", "الجمعة من الأسبوع المقبل"."""
        if self.published is None:
            return None
        if self.norm(j) == "من" and self.kind(j + 1) == "unit":
            week = super().unit(j + 1)
            if week is not None and week.days.first is not None:
                moved = cal.shift(week.days.first, day)
                return Hit(i, week.j, Days(moved, moved), basis="relative", weekday=day)
        nth = atom(self.norm(j))
        if nth is not None and nth.kind == "ordinal" and nth.definite and nth.value <= 5 and atom(self.norm(j + 1)) is None:
            first = self.published.replace(day=1)
            found = cal.weekday_after(first - cal.DAY, day) + (int(nth.value) - 1) * 7 * cal.DAY
            return Hit(i, j + 1, Days(found, found) if found.month == first.month else Days(None, None), basis="relative", weekday=day)
        k = j + (self.norm(j) == "في")
        number = self.day_number(k)
        if number is None:
            return None
        candidates = [d for m in (0, -1, 1) if (b := cal.add_months(self.published.replace(day=1), m)) and (d := cal.make(b.year, b.month, number[0])) and d.weekday() == day]
        return Hit(i, number[1], Days(candidates[0], candidates[0]), basis="relative", weekday=day) if candidates else None

    def general_this_weekday(self, i: int, day: int) -> Hit | None:
        if self.published is None:
            return None
        monday = cal.week_days(self.published, monday=True).first
        moved = cal.shift(monday, day) if monday is not None else None
        return Hit(i, i + 2, Days(moved, moved), basis="relative", weekday=day)

    def general_month(self, i: int, month: object) -> Hit | None:
        """ "يناير-1", "سبتمبر الحادي والعشرين من 1978": the day after the month."""
        if not isinstance(month, Month):
            return None
        k = month.j + (self.norm(month.j) in ("-", "/"))
        if self.norm(k) == "بين":
            return None
        number = self.day_number(k)
        if number is None:
            return None
        year, mod, j = self.year_or_mod(number[1])
        days, basis = self.resolve(month, number[0], year, mod, None)
        return Hit(i, j, days, basis=basis)

    def general_after(self, i: int) -> Hit | None:
        counted = self.counted(i + 1)
        if counted is None or self.published is None:
            return None
        count, unit, j, _ = counted
        if self.norm(j) == "من" and self.norm(j + 1) in ("الان", "اليوم"):
            moved = spans.ago(self.published, unit, count, sign=1)
            return Hit(i, j + 2, moved, basis="relative")
        return Hit(i, j, spans.ahead(self.published, unit, count), "span", "relative")

    def bare_day(self, i: int, j: int) -> Hit | None:
        """A day of the month alone: "في 15" is of the reference month or the one before."""
        number = self.day_number(j)
        if number is None or self.published is None or self.kind(number[1]) in ("unit", "units"):
            return None
        exact = cal.make(self.published.year, self.published.month, number[0])
        if exact is not None and exact > self.published:
            moved = cal.add_months(self.published.replace(day=1), -1)
            exact = exact if self.norm(i - 1) == "الي" else cal.make(moved.year, moved.month, number[0]) if moved is not None else exact
        return Hit(i, number[1], Days(exact, exact), basis="relative")
