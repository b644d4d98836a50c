"""Arabic times as general language has them, beyond the codebook: weeks from Monday, bare days of the month, spans that
lie ahead, decades. Used by the benchmark on general-language cases and by ``style="calendar"``."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from tawatur.meaning import calendar as cal
from tawatur.meaning import timespans as spans
from tawatur.meaning.calendar import Days
from tawatur.meaning.dates_arabic import ArabicTimes
from tawatur.meaning.numerals import atom
from tawatur.meaning.timescan import DASHES, Hit, Month


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
        short = self._short(i) if self.day_range(i, i) is None else None
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
        if (
            self.month(one[1]) is None
            and self.norm(one[1]) not in DASHES | {"/", "."}
            and self.norm(i - 1) in ("في", "عام")
        ):
            length = 10 if one[0] % 10 == 0 else 1
            return Hit(i, one[1], Days(date(one[0], 1, 1), date(one[0] + length - 1, 12, 31)), "span", "absolute", 3)
        return None

    def _numeric_month(self, i: int) -> Hit | None:
        """ "3/2015", "2015.3"."""
        norm, year, month = self.norm(i), None, None
        j = i + 1
        if norm.count(".") == 1 and norm.replace(".", "").isdigit():
            a, b = norm.split(".")
            year, month = (int(a), int(b)) if len(a) == 4 else (None, None)
        elif (
            self.norm(j) in ("/", "-")
            and self._glued(i, i + 2)
            and self.whole(i) is not None
            and self.whole(i + 2) is not None
        ):
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

    def ago(self, i: int) -> Hit | None:
        """ "قبل شهر", "قبل عامين": the same day then."""
        counted = self.counted(i + 1) if self.near(i + 1) else None
        if counted is not None and counted[1] in ("month", "year") and self.published is not None:
            moved = cal.add_months(self.published, -int(counted[0]) * (12 if counted[1] == "year" else 1))
            return Hit(i, counted[2], Days(moved, moved), basis="relative")
        return super().ago(i)

    def unit(self, i: int) -> Hit | None:
        hit = self._from_now(i) or self._week_of(i) or super().unit(i)
        w = self.word(i)
        if hit is None and w is not None and w.kind == "unit" and w.definite and self.published is not None:
            if self.norm(i + 1) == "بعد" and self.kind(i + 2) == "mod":
                days = spans.named(self.published, w.value, 2, monday=True)
                return Hit(i, i + 3, days, "span", "relative") if days is not None else None
            if w.value == "week":
                return Hit(i, i + 1, cal.week_days(self.published, monday=True), "span", "relative", 2)
        return hit

    def named_unit(self, i: int, j: int, unit: str, mod: int) -> Hit | None:
        """A week may be followed by its day or days ("الأسبوع المقبل يوم الجمعة", "... بين الأربعاء والجمعة")."""
        hit = super().named_unit(i, j, unit, mod)
        if hit is None or unit != "week" or hit.days.first is None or mod == -3:
            return hit
        if self.kind(j) in ("between", "from"):
            one, two = self.word(j + 1), self.word(j + 2)
            end = j + 3
            if two is None or two.kind == "until" or self.norm(j + 2) == "و":
                two, end = self.word(j + 3), j + 4
            if one is not None and two is not None and one.kind == two.kind == "weekday":
                days = Days(cal.shift(hit.days.first, int(one.value)), cal.shift(hit.days.first, int(two.value)))
                return Hit(i, end, days, "span", "relative")
            return hit
        k = j + (self.kind(j) == "yom")
        day = self.word(k)
        if day is not None and day.kind == "weekday" and self.near(k):
            moved = cal.shift(hit.days.first, int(day.value))
            return Hit(i, k + 1, Days(moved, moved), basis="relative")
        return hit

    def this(self, i: int) -> Hit | None:
        w = self.word(i + 1)
        if w is not None and w.kind == "yom" and self.kind(i + 2) == "weekday":
            inner = self.general_this_weekday(i, int(self.word(i + 2).value))  # type: ignore[union-attr]
            return inner.grown(i, i + 3) if inner is not None else None
        month = self.month(i + 1)
        if month is not None and self.published is not None:
            return Hit(i, month.j, cal.month_days(self.published.year, month.number), "span", "relative", 3)
        hit = super().this(i)
        later = self.norm(i - 1) in ("لاحق", "لاحقا") or self.norm(i - 2) in ("لاحق", "لاحقا")
        if (
            later
            and hit is not None
            and hit.days.first is not None
            and hit.days.last is not None
            and self.published is not None
        ):
            length = (hit.days.last - hit.days.first).days + 1
            days = (
                self.part_of(hit.days, "end", length)
                if length > 7
                else Days(cal.shift(self.published, 1), hit.days.last)
            )
            return Hit(hit.i, hit.j, days, "span", "relative")
        return hit

    def part_of(self, days: Days, where: str, length: int) -> Days:
        """Halves of months and years; the first three, the middle or the last four days of a week."""
        first, last = days
        if first is None or last is None:
            return days
        if length > 31:
            half = date(first.year, 7, 1)
            return Days(first, half - cal.DAY) if where == "start" else Days(half, last)
        if length > 7:
            return Days(first, first.replace(day=15)) if where == "start" else Days(first.replace(day=16), last)
        return {"start": Days(first, first + 2 * cal.DAY), "mid": Days(first + cal.DAY, first + 4 * cal.DAY)}.get(
            where, Days(first + 3 * cal.DAY, last)
        )

    def weekend(self, i: int, k: int) -> Hit | None:
        """ "عطلة نهاية الأسبوع", "نهاية هذا الأسبوع": Saturday and Sunday of the week; "نهاية الأسبوع" what is left of it."""
        w = self.word(k + 1)
        mod = int(w.value) if w is not None and w.kind == "mod" else None
        j = k + 1 + (mod is not None)
        ahead = max(-1, min(1, mod or 0))
        if self.norm(k + 1) == "بعد" and self.kind(k + 2) == "mod":
            ahead, j = 2, k + 3
        week = cal.week_days(self.published, ahead, monday=True) if self.published is not None else Days(None, None)
        if week.last is None or week.first is None:
            return None
        holiday = self.kind(i) == "weekend" or self.kind(k - 1) == "this"
        if holiday:
            return Hit(i, j, Days(week.last - cal.DAY, week.last), "span", "relative")
        return Hit(
            i, j, Days(self.published, week.last) if not ahead else self.part_of(week, "end", 7), "span", "relative"
        )

    def rest(self, i: int) -> Hit | None:
        """ "بقية الأسبوع", "باقي الشهر": from the reference day to its end."""
        k = i + 1 + (self.kind(i + 1) == "this")
        w = self.word(k)
        if w is None or self.published is None or w.kind not in ("unit", "weekly"):
            return None
        unit = w.value or "week"
        whole = spans.named(self.published, unit, 0, monday=True)
        return Hit(i, k + 1, Days(self.published, whole.last), "span", "relative") if whole is not None else None

    def weekly(self, i: int) -> Hit | None:
        """ "أسبوعي": my week."""
        if self.published is None:
            return None
        week = cal.week_days(self.published, monday=True)
        if self.kind(i - 1) == "end" and week.last is not None:
            return Hit(i - 1, i + 1, Days(week.last - cal.DAY, week.last), "span", "relative")
        return Hit(i, i + 1, week, "span", "relative", 2)

    def decade(self, i: int) -> Hit | None:
        """ "السبعينيات": ten years of the last century."""
        w = self.word(i)
        first = int(w.value) if w is not None else 0
        return Hit(i, i + 1, Days(date(first, 1, 1), date(first + 9, 12, 31)), "span", "absolute", 3)

    def quarter(self, i: int) -> Hit | None:
        """ "الربع الثالث من عام 2016"."""
        nth = atom(self.norm(i + 1))
        if nth is None or nth.kind != "ordinal" or not 1 <= nth.value <= 4:
            return None
        k = i + 2 + (self.norm(i + 2) in ("من", "في"))
        year = self.year(k)
        inner = (
            Hit(k, year[1], cal.year_days(year[0]))
            if year is not None
            else self.this(k)
            if self.kind(k) == "this"
            else self.core(k)
        )
        if inner is None or inner.days.first is None:
            return None
        month = 3 * int(nth.value) - 2
        days = Days(date(inner.days.first.year, month, 1), cal.month_days(inner.days.first.year, month + 2).last)
        return Hit(i, inner.j, days, "span", inner.basis, 3)

    def first_of(self, i: int) -> Hit | None:
        """ "أول يوم جمعة من يوليو"; "أول يناير"."""
        k = i + 1 + (self.kind(i + 1) == "yom")
        day, _ = self.word(k), None
        if self.norm(i + 1) != "يوم":
            return super().first_of(i)
        names = {"اثنين": 0, "ثلاثاء": 1, "اربعاء": 2, "خميس": 3, "جمعه": 4, "سبت": 5, "احد": 6}
        number = int(day.value) if day is not None and day.kind == "weekday" else names.get(self.norm(k))
        m = k + 1 + (self.norm(k + 1) in ("من", "في"))
        inner = self.this(m) if self.kind(m) == "this" else self.month_alone(m, sure=True)
        if number is None or inner is None or inner.days.first is None:
            return None
        found = cal.weekday_after(inner.days.first - cal.DAY, number)
        return Hit(i, inner.j, Days(found, found), basis=inner.basis)

    def between(self, i: int) -> Hit | None:
        one = self.year(i + 1)
        if one is not None and (self._range_mark(one[1]) or self.norm(one[1]) == "و"):
            two = self.year(one[1] + 1)
            if two is not None:
                return Hit(i, two[1], Days(date(one[0], 1, 1), date(two[0], 1, 1)), "span", "absolute", 3)
        return super().between(i)

    def _week_of(self, i: int) -> Hit | None:
        """ "الأسبوع الأول من أكتوبر", "الأسبوع الأخير من عام 2015", "أسبوع 16 سبتمبر"."""
        w = self.word(i)
        if w is None or w.value != "week" or w.kind != "unit" or self.published is None:
            return None
        if not w.definite:
            told = self.day_month(i + 1)
            if told is None or told.days.first is None:
                return None
            return Hit(i, told.j, cal.week_days(told.days.first, monday=True), "span", told.basis, 2)
        nth = atom(self.norm(i + 1))
        last = self.norm(i + 1) == "الاخير"
        if not last and (nth is None or nth.kind != "ordinal"):
            return None
        k = i + 2 + (self.norm(i + 2) in ("من", "في"))
        inner = self.this(k) if self.kind(k) == "this" else self.core(k)
        if inner is None or inner.days.first is None or inner.days.last is None:
            return None
        first = inner.days.first
        whole = (
            cal.year_days(first.year)
            if inner.precision == 3
            and first.day == 1
            and first.month == 1
            and (
                self.norm(inner.j - 1).endswith("عام")
                or self.whole(inner.j - 1) is not None
                or self.norm(inner.j - 2).endswith(("عام", "العام"))
            )
            else cal.month_days(first.year, first.month)
        )
        if whole.first is None or whole.last is None:
            return None
        # of a year the week with its first Thursday is the first (ISO), of a month the first that begins in it
        anchor = 3 if (whole.last - whole.first).days > 31 else 0
        day = cal.weekday_before(whole.first + 6 * cal.DAY, anchor) + 7 * (int(nth.value if nth else 1) - 1) * cal.DAY
        if last:
            day = cal.weekday_before(whole.last, 0)
        return Hit(i, inner.j, cal.week_days(day, monday=True), "span", inner.basis, 2)

    def general_weekday(self, i: int, j: int, day: int) -> Hit | None:
        """ "الخميس 21", "الأحد الثاني", "الجمعة من الأسبوع المقبل"."""
        if self.published is None:
            return None
        mod = self.word(j)
        if mod is not None and mod.kind == "mod" and int(mod.value) > 0:
            monday = cal.week_days(self.published, 1, monday=True).first
            moved = cal.shift(monday, day) if monday is not None else None
            return Hit(i, j + 1, Days(moved, moved), basis="relative", weekday=day)
        if self.norm(j) == "من" and self.kind(j + 1) == "unit":
            week = super().unit(j + 1)
            if week is not None and week.days.first is not None:
                moved = cal.shift(week.days.first, day)
                return Hit(i, week.j, Days(moved, moved), basis="relative", weekday=day)
        nth = atom(self.norm(j))
        if (
            nth is not None
            and nth.kind == "ordinal"
            and nth.definite
            and nth.value <= 5
            and atom(self.norm(j + 1)) is None
        ):
            first = self.published.replace(day=1)
            found = cal.weekday_after(first - cal.DAY, day) + (int(nth.value) - 1) * 7 * cal.DAY
            return Hit(
                i,
                j + 1,
                Days(found, found) if found.month == first.month else Days(None, None),
                basis="relative",
                weekday=day,
            )
        k = j + (self.norm(j) == "في")
        number = self.day_number(k)
        if number is None:
            return None
        candidates = [
            d
            for m in (0, -1, 1)
            if (b := cal.add_months(self.published.replace(day=1), m))
            and (d := cal.make(b.year, b.month, number[0]))
            and d.weekday() == day
        ]
        return (
            Hit(i, number[1], Days(candidates[0], candidates[0]), basis="relative", weekday=day) if candidates else None
        )

    def general_this_weekday(self, i: int, day: int) -> Hit | None:
        if self.published is None:
            return None
        monday = cal.week_days(self.published, monday=True).first
        moved = cal.shift(monday, day) if monday is not None else None
        return Hit(i, i + 2, Days(moved, moved), basis="relative", weekday=day)

    def general_month(self, i: int, month: Month) -> Hit | None:
        """ "يناير-1", "سبتمبر الحادي والعشرين من 1978": the day after the month."""
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
        summed = self._from_now(i + 1)
        if summed is not None and summed.j > i + 4:
            return summed.grown(i, summed.j)
        counted = self.counted(i + 1)
        if counted is None or self.published is None:
            return None
        count, unit, j, _ = counted
        if self.norm(j) == "من" and self.norm(j + 1) in ("الان", "اليوم"):
            moved = spans.ago(self.published, unit, count, sign=1)
            return Hit(i, j + 2, moved, basis="relative")
        return Hit(i, j, spans.ahead(self.published, unit, count), "span", "relative")

    def bare_day(self, i: int, j: int) -> Hit | None:
        """A day of the month alone is of the reference month."""
        number = self.day_number(j)
        if number is None or self.published is None or self.kind(number[1]) in ("unit", "units"):
            return None
        exact = cal.make(self.published.year, self.published.month, number[0])
        return Hit(i, number[1], Days(exact, exact), basis="relative")

    _METHODS: ClassVar[dict[str, str]] = {
        **ArabicTimes._METHODS, "rest": "rest", "weekly": "weekly", "decade": "decade", "quarter": "quarter",
    }  # fmt: skip
