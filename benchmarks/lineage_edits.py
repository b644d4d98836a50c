"""What newsrooms do to each other's reports, done to the reports of ``lineage_reports.txt``: the pairs to measure on.

Every habit is one function from a report to the paragraphs of its copy. Chance is seeded: the pairs are the same on
every machine. Outlets are invented; each prints a line of its own under every report, and some reports of an outlet
share a background paragraph, so that standing phrases are there to mislead.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

REPORTS = Path(__file__).with_name("lineage_reports.txt")


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the event that it tells of, which account it is, and the report ids that its text comes from."""

    id: str
    event: int
    key: str
    language: str
    outlet: str
    day: date
    title: str
    paragraphs: tuple[str, ...]
    roots: frozenset[str]
    habit: str = ""

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.paragraphs))


COPIERS = {
    "ar": ("موقع الجسر", "بوابة النخيل", "صوت الضفة", "الراصد نيوز", "شبكة الميناء", "جريدة الأفق", "قناة السهل"),
    "en": ("Harbour News", "The Plain Dealer Desk", "Delta Monitor", "Cedar Times", "Gate Post", "Basin Herald"),
}
FOOTERS = {
    "ar": (
        "لمتابعة آخر الأخبار لحظة بلحظة اشترك في قناتنا على تليغرام أو حمّل تطبيق الهاتف من المتجر مجاناً - {}",
        "جميع الحقوق محفوظة، ويُسمح بإعادة النشر شرط ذكر المصدر ووضع رابط مباشر للمادة الأصلية على موقع {}",
        "شارك الخبر مع أصدقائك واكتب لنا رأيك في خانة التعليقات أدناه، فريق التحرير في {} يقرأ كل ما يصله",
    ),
    "en": (
        "Sign up for the morning newsletter and never miss a story from the region - the editors of {}",
        "All rights reserved; this article may be shared with a link to the original page on the site of {}",
        "Do you have a tip for our reporters? Write to the desk in confidence at the address of {} given below",
    ),
}
FORMULAS = {
    "ar": (
        "ولم تعلن أي جهة مسؤوليتها عن الهجوم حتى ساعة إعداد هذا الخبر.",
        "ولم يتسنّ التأكد من صحة هذه المعلومات من مصدر مستقل.",
        "وتشهد المنطقة توتراً متصاعداً منذ اندلاع الحرب على قطاع غزة في السابع من أكتوبر الماضي.",
    ),
    "en": (
        "There was no immediate claim of responsibility for the attack.",
        "The report could not be independently verified and the military did not immediately comment.",
        "Tension across the region has been high since the war in Gaza began on October 7 last year.",
    ),
}
BACKGROUNDS = {
    "ar": (
        "يُذكر أن هذه المنطقة شهدت في الأشهر الأخيرة حوادث أمنية متفرقة نُسب معظمها إلى جماعات مجهولة لم تكشف عن نفسها.",
        "ويرى باحثون في شؤون الجماعات المسلحة أن وتيرة الهجمات ترتبط بمسار المفاوضات أكثر من ارتباطها بالوضع الميداني.",
        "وكانت منظمات إنسانية قد حذّرت من تردي أوضاع المدنيين ونقص الأدوية مع اقتراب الصيف وتراجع التمويل الدولي.",
        "وتتقاسم السيطرة هناك قوى محلية ودولية عدة، ما يجعل تحديد المسؤولية عن كل حادثة أمراً بالغ الصعوبة.",
        "وفي سياق متصل، أعلنت غرفة التجارة تراجع حركة الشاحنات عبر المعابر البرية بنسبة كبيرة خلال الربع الأول.",
    ),
    "en": (
        "Analysts say the pace of such incidents follows the course of negotiations more closely than events on the ground.",
        "Aid groups have warned that medicine is running short and that funding for the summer has not been secured.",
        "Several local and foreign forces share control of the area, which makes it hard to say who is behind an incident.",
        "Truck traffic through the land crossings fell sharply in the first quarter, the chamber of commerce said separately.",
        "Residents interviewed in recent weeks said they had grown used to sleeping away from windows.",
    ),
}
SYNONYMS = {
    "ar": {
        "وقال": "وذكر", "وقالت": "وذكرت", "وأفاد": "وصرّح", "وأوضح": "وبيّن", "أعلنت": "كشفت", "أعلن": "كشف",
        "وأعلن": "وكشف", "استهداف": "قصف", "إلى": "نحو", "قرب": "بالقرب من", "مساء": "عشية", "صباح": "صبيحة",
        "مقتل": "سقوط", "قتل": "سقط", "وأصيب": "وجُرح", "إصابة": "جرح", "محيط": "جوار", "بحسب": "وفق",
        "نحو": "زهاء", "خمسة": "5", "ثلاثة": "3", "أربعة": "4", "ستة": "6", "تسعة": "9", "بعد": "عقب",
        "فيما": "بينما", "بينما": "في حين", "وأضاف": "وتابع", "وأكد": "وشدّد", "ليل": "ليلة", "بلدة": "قرية",
        "المنطقة": "الناحية", "عدد": "جملة", "لم": "لم", "حتى": "لغاية", "منذ": "من", "داخل": "ضمن",
        "وردّت": "وأجابت", "وجاء": "وورد", "ونُقل": "وأُسعف", "هجوم": "اعتداء", "الهجوم": "الاعتداء",
    },
    "en": {
        "said": "stated", "killed": "left dead", "killing": "which killed", "wounded": "injured", "after": "following",
        "near": "close to", "struck": "hit", "attack": "assault", "fighters": "militants", "several": "a number of",
        "about": "some", "early": "in the early hours", "houses": "homes", "nine": "9", "five": "5", "four": "4",
        "three": "3", "six": "6", "two": "2", "which": "that", "declining": "refusing", "roughly": "around",
        "town": "village", "began": "started", "hurt": "harmed", "shot": "gunned", "fired": "launched",
        "bombed": "raided", "vehicle": "car", "morning": "a.m.", "official": "functionary", "until": "till",
    },
}  # fmt: skip
Habit = Callable[[Report, random.Random], tuple[str, tuple[str, ...]]]


def reports(path: Path = REPORTS) -> list[Report]:
    """The base reports, as written."""
    out: list[Report] = []
    event, day = 0, date.min
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            number, stamp = line[3:].split()
            event, day = int(number), date.fromisoformat(stamp)
        elif line.startswith("@ "):
            key, language, outlet = line[2:].split(" ", 2)
            name = f"{event:02}{key}"
            source = {"t": "a", "u": "e"}.get(key, "")
            roots = frozenset((f"{event:02}{source}", name) if source else (name,))
            out.append(Report(name, event, key, language, outlet, day, "", (), roots, "translated" if source else ""))
        elif line and not line.startswith("#"):
            last = out[-1]
            out[-1] = replace(last, paragraphs=(*last.paragraphs, line)) if last.title else replace(last, title=line)
    return out


def _uncredited(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Without the dateline that credits an agency."""
    return (re.sub(r"^[^-–]{3,40}[-–] ", "", paragraphs[0]), *paragraphs[1:])


def verbatim(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    return report.title, report.paragraphs


def headline(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """A headline of its own, made from words further down."""
    words = report.paragraphs[-1].split()
    return " ".join(words[: min(len(words), 9)]), _uncredited(report.paragraphs)


def shortened(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """Paragraphs dropped, from the end and one within."""
    keep = max(2, round(len(report.paragraphs) * 0.55))
    chosen = sorted(chance.sample(range(len(report.paragraphs)), keep))
    return report.title, tuple(report.paragraphs[i] for i in chosen)


def brief(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """One paragraph of it, as a short news item."""
    longest = max(report.paragraphs, key=len)
    return report.title, (longest,)


def reordered(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    paragraphs = list(_uncredited(report.paragraphs))
    chance.shuffle(paragraphs)
    return report.title, tuple(paragraphs)


def recredited(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """The wire's credit is replaced by one of its own or by "agencies"."""
    tail = "المصدر: متابعات ووكالات" if report.language == "ar" else "(With input from agencies)"
    return report.title, (*_uncredited(report.paragraphs), tail)


def credited(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """Shortened, with the source named at the end."""
    title, paragraphs = shortened(report, chance)
    tail = f"المصدر: {report.outlet}" if report.language == "ar" else f"Source: {report.outlet}"
    return title, (*paragraphs, tail)


def own_paragraph(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """A paragraph of its own in front and one behind."""
    first, last = chance.sample(BACKGROUNDS[report.language], 2)
    return report.title, (first, *report.paragraphs, last)


def reworded(report: Report, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """Words changed here and there, the way that an editor makes a text look his own; quotations stay."""
    table = SYNONYMS[report.language]

    def change(paragraph: str) -> str:
        out, inside = [], False
        for word in paragraph.split(" "):
            if not inside and '"' not in word and chance.random() < 0.8:
                bare = word.rstrip(".,،")
                word = table.get(bare, bare) + word[len(bare) :]
                if chance.random() < 0.06 and len(word) > 3:
                    continue
            inside ^= word.count('"') % 2 == 1
            out.append(word)
        return " ".join(out)

    return report.title, tuple(change(p) for p in _uncredited(report.paragraphs))


HABITS: dict[str, Habit] = {
    "verbatim": verbatim,
    "headline changed": headline,
    "paragraphs dropped": shortened,
    "one paragraph kept": brief,
    "reordered": reordered,
    "credit changed": recredited,
    "credited at the end": credited,
    "own paragraphs added": own_paragraph,
    "words changed": reworded,
}


def collection(seed: int = 8) -> list[Report]:
    """Base reports, translations, and copies by every habit; merged stories; accounts with formulas in common."""
    chance = random.Random(seed)
    bases = [_printed(r) for r in reports()]
    out = list(bases)
    for report in bases:
        if report.key in "tu":
            continue
        names = list(HABITS)
        for name in chance.sample(names, 5 if report.key == "a" else 3):
            title, paragraphs = HABITS[name](replace(report, paragraphs=report.paragraphs[:-1]), chance)
            outlet = chance.choice(COPIERS[report.language])
            copy = replace(
                report,
                id=f"{report.id}-{name}",
                key="copy",
                outlet=outlet,
                day=report.day + timedelta(days=chance.choice((0, 0, 1))),
                title=title,
                paragraphs=paragraphs,
                habit=name,
            )
            out.append(_printed(copy))
    return [*out, *_merged(bases, chance), *_crediting(bases, chance)]


def _crediting(bases: list[Report], chance: random.Random) -> list[Report]:
    """Reports that credit an outlet for something else: it has a report of the same days, but on another event."""
    out: list[Report] = []
    for language, other in (("en", "ar"), ("ar", "en")):
        mine = [r for r in bases if r.language == language and r.key in "be"]
        for odd in (0, 1):
            theirs = [r for r in bases if r.language == other and r.key in "ae" and r.event % 2 == odd]
            for one in (r for r in mine if r.event % 2 == odd):
                named = chance.choice([r for r in theirs if r.event != one.event])
                line = (
                    f"Checkpoints were also set up on the roads around, according to {named.outlet}."
                    if language == "en"
                    else f"ونُصبت حواجز على الطرق المحيطة، نقلاً عن {named.outlet}."
                )
                name = f"{one.id}-credits-{named.id}"
                out.append(
                    replace(
                        one,
                        id=name,
                        key="credits",
                        day=named.day,
                        outlet=chance.choice(COPIERS[language]),
                        paragraphs=(*one.paragraphs[:-1], line),
                        roots=one.roots | {name},
                        habit="republished later with a credit for something else",
                    )
                )
    return out


def _merged(bases: list[Report], chance: random.Random) -> list[Report]:
    """Stories that put two reports of neighbouring events together, half of each."""
    out: list[Report] = []
    for language in ("ar", "en"):
        ones = [r for r in bases if r.language == language and r.key in ("a", "e")]
        for one, two in pairwise(ones):
            parts = [*_uncredited(one.paragraphs[:-1])[:3], *_uncredited(two.paragraphs[:-1])[:3]]
            background = chance.choice(BACKGROUNDS[language])
            merged = Report(
                f"{one.id}+{two.id}",
                two.event,
                "copy",
                language,
                chance.choice(COPIERS[language]),
                two.day,
                two.title.split("،")[0] if language == "ar" else two.title.split(",")[0],
                (*parts, background),
                one.roots | two.roots,
                "merged",
            )
            if one.event % 2 == 0 and two.event == one.event + 1:
                continue  # the halves of the measurement share no event
            out.append(_printed(merged))
    return out


def _printed(report: Report) -> Report:
    """The report as its outlet prints it: a formula that everybody uses, and the outlet's line under every report."""
    number = sum(map(ord, report.outlet))
    formulas, footers = FORMULAS[report.language], FOOTERS[report.language]
    body = report.paragraphs
    if report.key not in ("t", "u"):
        body = (*body, formulas[report.event % len(formulas)]) if report.key != "copy" else body
    return replace(report, paragraphs=(*body, footers[number % len(footers)].format(report.outlet)))
