"""Arabic sentences on counts and figures. What was counted stands with its noun; what the program counts stands behind
a colon, so that no noun has to agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tawatur.events.checks import Beside, Itemised, Series
from tawatur.events.figures import Held, Judged
from tawatur.events.scope import Scope
from tawatur.events.stated import Claim
from tawatur.events.told import Facts
from tawatur.export.names import claimant, claimants, country, entity_name, joined, oblique, span_days
from tawatur.export.stated import (
    Check,
    bounds_of,
    by_claimant,
    by_itself,
    falls,
    in_vain,
    never_falls,
    noun_of,
    steps,
)
from tawatur.model import Label, Party, Span
from tawatur.records.gloss_ar import where
from tawatur.records.gloss_counts import Case, arabic_figure
from tawatur.records.gloss_counts import arabic as counted
from tawatur.records.gloss_days import arabic_day
from tawatur.records.gloss_tables import Bounds, digits, gender_of

Documents = Mapping[str, Facts]
_FALLS = 3


def check(found: Check, documents: Documents) -> str:
    """One sentence: the claim, the items under it, the verdict."""
    parts = [claim(found.claim, documents)]
    if (sparse := in_vain(found)) is not None:
        parts.append(_vain(sparse, found.itemised))
    elif found.itemised is not None:
        parts.append(itemised(found.itemised))
    if found.judged is not None and sparse is None:
        parts.append(judged(found.judged, itemised=found.itemised is not None))
    return f"{'؛ '.join(p for p in parts if p)}."


def short(found: Check, documents: Documents) -> str:
    """The claim and the verdict on it."""
    parts = [claim(found.claim, documents), verdict(found.judged) if found.judged is not None else ""]
    return f"{'؛ '.join(p for p in parts if p)}."


def total(one: Claim, documents: Documents) -> str:
    """The claim alone."""
    return f"{claim(one, documents)}."


def _verb(name: str, masculine: str, feminine: str) -> str:
    shown = name.lstrip("\u2068«")
    made = Party(Span(0, 1, shown), "named", Label(shown, shown))
    return feminine if gender_of(made) == "f" else masculine


def amount(one: Claim, case: Case = "acc") -> str:
    """What is claimed, with its noun: "11 هجومًا", "ارتفاعًا بنسبة 45 في المئة"."""
    if one.of == "first":
        return "مرة أولى"
    size = Bounds(*bounds_of(one))
    if one.of == "percent":
        change = (
            ("انخفاضًا" if case == "acc" else "انخفاض") if falls(one) else ("ارتفاعًا" if case == "acc" else "ارتفاع")
        )
        return f"{change} {_percent(size)}"
    said = counted(noun_of(one), size, "gen" if one.of in ("killed", "injured") else case)[0]
    return {"killed": f"مقتل {said}", "injured": f"إصابة {said}"}.get(one.of, said)


def _percent(size: Bounds) -> str:
    """The share with its bound behind the noun: "80 في المئة على الأقل"."""
    figure = arabic_figure(size)
    end = next((e for e in (" على الأقل", " على الأكثر") if figure.endswith(e)), "")
    return f"بنسبة {figure.removesuffix(end)} في المئة{end}"


def scope(one: Scope, *, by: bool, over: bool = True, side: str = "من جانب") -> str:
    """By whom, on whom, where and when."""
    out = f" {side} {_names(one.actors)}" if by and one.actors else ""
    if one.targets:
        out += f" على {_names(one.targets)}"
    if one.spot is not None:
        out += f" {joined((where(p) for p in one.spots), 'ar')}"
    elif one.countries:
        out += f" في {joined((country(c, 'ar') for c in sorted(one.countries)), 'ar')}"
    days = span_days(one.first, one.last, "ar") if over else ""
    return f"{out} {days}" if days else out


def _names(parties: Iterable[str]) -> str:
    return joined((oblique(entity_name(p, "ar")) for p in sorted(parties)), "ar")


def claim(one: Claim, documents: Documents) -> str:
    who = claimant(one, "ar", documents)
    if one.of == "first":
        what = _verb(who, "ما قام به", "ما قامت به") if by_itself(one) else "ما جرى"
        about = scope(one.scope, by=not by_itself(one))
        return f"{_verb(who, 'وصف', 'وصفت')} {who} {what}{about} بأنه الأول من نوعه"
    if one.of == "percent":
        return f"{_verb(who, 'ذكر', 'ذكرت')} {who} {amount(one)} في عدد الهجمات{scope(one.scope, by=True)}"
    own = by_itself(one)
    verb = _verb(who, "ذكر", "ذكرت") if one.of in ("killed", "injured") else _verb(who, "أحصى", "أحصت")
    mine = _verb(who, " له", " لها") if own and one.of == "attacks" else ""
    side = "على يد" if one.of in ("killed", "injured") else "من جانب"
    return f"{verb} {who} {amount(one)}{mine}{scope(one.scope, by=not own, side=side)}"


def itemised(one: Itemised) -> str:
    things = "المواقع" if one.claim.of == "sites" else "الأحداث"
    held = f"ما تفصّله هذه المجموعة من ذلك (عدد {things}): {one.held}"
    if one.own or one.others or one.unattributed:
        parts = [f"ما رواه المصدر نفسه: {len(one.own)}"] if one.claim.origin else []
        parts.append(f"ما رواه غيره وحده: {len(one.others)}" if one.claim.origin else f"ما له مصدر: {len(one.others)}")
        if one.unattributed:
            parts.append(f"ما لا مصدر له: {len(one.unattributed)}")
        held += f" ({'، '.join(parts)})"
    if one.missing and one.held:
        held += f"؛ وما لم يفصّله أحد: {digits(one.missing)}"
    if one.surplus:
        held += f"؛ والزيادة على المذكور: {digits(one.surplus)}"
    if one.maybe:
        held += f"؛ وما قد يكون منه (يومه أو مكانه أو طرفه غير مذكور): {len(one.maybe)}"
    return held


def _vain(one: Held, found: Itemised | None) -> str:
    perhaps = f"، وما قد يكون منها: {len(found.maybe)}" if found is not None and found.maybe else ""
    return (
        f"ما في هذه المجموعة من ذلك (عدد الأحداث): {len(one.events)}{perhaps}؛ "
        f"ولا يمكن الحكم على المذكور: الأيام التي فيها أخبار {one.covered} من {one.days}"
    )


def span(one: Held) -> str:
    days = f"الأيام التي فيها أخبار: {one.covered} من {one.days}"
    if not one.events:
        return f"0 ({days})"
    return f"{len(one.events)} (ما له مصدران مستقلان أو أكثر: {len(one.corroborated)}؛ {days})"


def judged(one: Judged, *, itemised: bool = False) -> str:
    parts = []
    if one.claim.of == "percent" and one.span is not None and one.base is not None:
        change = "، ".join(
            f"{how}: {_signed(v)}"
            for v, how in ((one.value, "بعدّ كل الأحداث"), (one.value_corroborated, "بعدّ ما له مصدران أو أكثر"))
            if v is not None
        )
        parts.append(f"عدد الأحداث في هذه المجموعة في تلك المدة: {span(one.span)}")
        parts.append(f"وفي مدة مثلها قبلها: {span(one.base)}{f'؛ التغيّر {change}' if change else ''}")
    elif one.span is not None and one.claim.of == "first":
        parts.append(f"عدد ما سبقه من نوعه في هذه المجموعة حتى {arabic_day(one.span.last)}: {span(one.span)}")
    elif one.span is not None and not itemised:
        parts.append(f"عدد الأحداث في هذه المجموعة: {span(one.span)}")
    elif one.span is not None:
        firm = f"ما له مصدران مستقلان أو أكثر: {len(one.span.corroborated)}؛ " if one.span.events else ""
        parts.append(f"{firm}الأيام التي فيها أخبار: {one.span.covered} من {one.span.days}")
    return "؛ ".join([*parts, verdict(one)])


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"\u2068{sign}{digits(round(abs(value)))}%\u2069"


_UNDECIDED = {
    "coverage": "الأيام التي في المجموعة أخبار عنها قليلة",
    "maybe": "ثمة أحداث كثيرة قد تكون منه وقد لا تكون",
    "unvouched": "يتوقف الحكم على أحداث لا يرويها من يُعتدّ به",
    "no-span": "لم تُذكر أيامه",
    "no-party": "لم يُذكر على من وقعت الهجمات ولا من نفّذها",
    "no-place": "لم يُذكر مكانه",
    "no-base": "لا شيء في المجموعة من الأيام السابقة للمقارنة",
    "two-spans": "كلماته تحتمل مدتين، ويتوقف الحكم على أيهما",
}
_COUNTING = {
    "all": "، بعدّ كل الأحداث",
    "corroborated": "، بعدّ ما له مصدران مستقلان أو أكثر فقط",
    "both": "، أيًّا كانت طريقة العدّ",
    "": "",
}


def verdict(one: Judged) -> str:
    """The verdict in plain words: it speaks of what this collection holds."""
    if one.verdict == "undecided":
        return f"ولا يمكن الحكم على المذكور: {_UNDECIDED.get(one.reason, one.reason)}"
    if one.verdict == "agrees":
        return f"والمذكور يوافق ما في هذه المجموعة{_COUNTING[one.counting]}"
    if one.reason == "earlier":
        return "والمذكور يخالف ما في هذه المجموعة: فيها ما سبقه"
    return f"والمذكور يخالف ما في هذه المجموعة{_difference(one)}"


def _difference(one: Judged) -> str:
    if not one.difference:
        return ""
    size = abs(one.difference)
    if one.claim.of == "percent":
        return f" (الفرق بالنقاط المئوية: {size:.0f})" if size >= 1 else ""
    return f" ({'الزيادة على المذكور' if one.difference > 0 else 'النقص عن المذكور'}: {digits(size)})"


def beside(one: Beside, documents: Documents) -> str:
    """Counts of one thing by different origins, side by side."""
    first = one.claims[0]
    grouped = by_claimant(one.claims, [claimant(c, "ar", documents) for c in one.claims])
    counts = "، و".join(
        f"بحسب {who}: {joined((amount(c, 'nom') for c in found), 'ar')}" for who, found in grouped.items()
    )
    end = f"الفرق بينها على الأقل: {digits(one.apart)}" if one.apart else "ولا يستبعد أحدها الآخر"
    about = f"{span_days(first.scope.first, first.scope.last, 'ar')}{scope(first.scope, by=False, over=False)}"
    return f"ما جرى {about}: {counts}؛ {end}."


def series(one: Series, documents: Documents) -> str:
    """The totals of one origin since one day."""
    first = one.claims[0]
    who = claimants(one.claims, "ar", documents)
    since = arabic_day(first.scope.first) if first.scope.first else "يوم غير مذكور"
    told = "، و".join(f"{amount(c, 'nom')} حتى {arabic_day(c.scope.last)}" for c in steps(one) if c.scope.last)
    parts = [f"{_verb(who, 'أعطى', 'أعطت')} {who} مجاميع منذ {since}: {told}"]
    if first.of == "attacks":
        for i, rate in enumerate(one.rates):
            if rate is not None and (a := one.claims[i].scope.last) and (b := one.claims[i + 1].scope.last):
                parts.append(f"والمعدّل اليومي {span_days(a + timedelta(1), b, 'ar')}: {rate:.1f}")
    falls_ = [f"ومجموع {_until(one, j)} أقلّ من مجموع {_until(one, i)}" for i, j in one.falls[:_FALLS]]
    steady = "والمجموع لا ينقص" if never_falls(one) else "وليس فيها مجموع أقلّ يقينًا مما سبقه"
    return f"{'؛ '.join([*parts, *(falls_ or [steady])])}."


def _until(one: Series, at: int) -> str:
    last = one.claims[at].scope.last
    return arabic_day(last) if last else "يوم غير مذكور"
