"""Arabic sentences on what parties threaten, pledge and deny, and on what the record holds afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tawatur.events.figures import Held
from tawatur.events.ledger import Entry, Said
from tawatur.export.names import joined, oblique, span_days
from tawatur.export.stated import speaker_of, worth_telling
from tawatur.export.stated_ar import span
from tawatur.records.gloss_ar import party_name, where
from tawatur.records.gloss_days import arabic_day
from tawatur.records.gloss_tables import gender_of, keyed, quote

_MANY = 6
_MADE: tuple[tuple[Said, str], ...] = (("threatened", "التهديدات"), ("denied", "حالات النفي"), ("pledged", "التعهّدات"))
_SAID = {
    "threatened": ("وجّه", "وجّهت", "تهديدًا"),
    "pledged": ("قدّم", "قدّمت", "تعهّدًا"),
    "denied": ("أصدر", "أصدرت", "نفيًا"),
    "claimed": ("أعلن", "أعلنت", "تبنّيًا"),
    "counted": ("قدّم", "قدّمت", "إحصاءً"),
}


def entry(one: Entry) -> str:
    """What a party said, and what the record holds in the days after a threat or pledge."""
    record = one.record
    speaker = speaker_of(one)
    who = party_name(speaker) if speaker is not None else "التقرير نفسه"
    masculine, feminine, what = _SAID[one.said]
    verb = feminine if speaker is not None and gender_of(speaker) == "f" else masculine
    said = what
    if record.kind != "statement" and one.said in ("threatened", "denied"):
        noun = keyed("gloss_nouns", "key")[record.type]["ar_one"]
        said += f" بوقوع {noun}" if one.said == "threatened" else f" لوقوع {noun}"
    if record.target is not None and (record.target.label.ar or not record.target.span.text.isascii()):
        said += f" بشأن {party_name(record.target)}"
    if record.place is not None:
        said += f" {where(record.place)}"
    day = f"في {arabic_day(one.day)} " if one.day else ""
    content = record.content
    words = f": {quote(content, 'ar')}" if content is not None and not content.text.isascii() else ""
    held = worth_telling(one.after)
    return f"{day}{verb} {who} {said}{words}{f'؛ {after(held)}' if held else ''}."


def has_words(one: Entry) -> bool:
    """Whether an entry says more in this language than that something was said: its words, or what came after."""
    content = one.record.content
    if one.record.kind != "statement" or (one.said == "threatened" and worth_telling(one.after)):
        return True
    return content is not None and not content.text.isascii()


def entries(some: Sequence[Entry]) -> str:
    """Many statements whose words are in another language: who made how many of which kind, and when."""
    days_ = [e.day for e in some if e.day]
    names = list(dict.fromkeys(party_name(s) if (s := speaker_of(e)) else "التقرير نفسه" for e in some))
    if len(names) > _MANY:
        names = [*names[: _MANY - 1], f"غيرهم (العدد: {len(names) - _MANY + 1})"]
    counts = Counter(e.said for e in some)
    made = "، ".join(f"{plural}: {n}" for said, plural in _MADE if (n := counts[said]))
    over = f" {span_days(min(days_), max(days_), 'ar')}" if days_ else ""
    return f"ما أعلنه{over} كلٌّ من {joined(map(oblique, names), 'ar')}: {made}؛ والكلمات في الحواشي بلغتها."


def after(one: Held) -> str:
    """What the record holds after a threat or a pledge."""
    perhaps = f"، وما قد يكون منها: {len(one.maybe)}" if one.maybe else ""
    return f"عدد الأحداث المنسوبة إلى هذا الطرف في هذه المجموعة في الأيام اللاحقة (وعددها {one.days}): {span(one)}{perhaps}"
