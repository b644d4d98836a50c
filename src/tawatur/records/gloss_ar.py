"""The Arabic sentence of a record. Verbs come before their subject, where Arabic needs only the gender; a party that
speaks of itself is said with ``إنها``, and counted nouns follow the rules of Arabic number (1, 2, 3–10, 11–99, 100)."""

from __future__ import annotations

from tawatur.model import Party, Place, Record, When
from tawatur.records.gloss_counts import Case
from tawatur.records.gloss_counts import arabic as counted
from tawatur.records.gloss_counts import arabic_figure as figure
from tawatur.records.gloss_days import arabic_days
from tawatur.records.gloss_tables import (
    PERSONS,
    bounds,
    clean,
    gender_of,
    is_other,
    isolate,
    keyed,
    label,
    quote,
    same_party,
)

_OUTCOME = {
    "hit": "مع إصابة الهدف",
    "intercepted": "مع حصول اعتراض",
    "missed": "دون إصابة الهدف",
    "no_damage": "دون أضرار أو إصابات",
}
_EXTENT = {"all": "وبلغ الكلّ هدفه", "most": "وبلغ المعظم هدفه", "some": "وبلغ البعض هدفه"}
_SAYING = {"m": "قوله", "f": "قولها", "p": "قولهم"}
_THAT = {"m": "إنه", "f": "إنها", "p": "إنهم"}


def sentence(record: Record) -> str:
    """One plain sentence: the chain first, then what is said, then the means, the figures and the words quoted."""
    chain, clause = _spoken(record)
    text = f"{chain}{clause}{_tail(record)}".strip()
    return text if text.endswith((".", "!", "؟")) else f"{text}."


def party_name(party: Party) -> str:
    """A party: its neutral name, or the words of the report in quotation marks."""
    name = label(party, "ar")
    out = isolate(name, "ar") if name else quote(party.span, "ar")
    if party.affiliation and not party.span.start <= party.affiliation.start < party.span.end:
        out += f" ({quote(party.affiliation, 'ar')})"
    return out


def to(name: str) -> str:
    """``ل`` joined to a name: للقوات، لحماس، لـ«...»."""
    if name.startswith("ال"):
        return f"لل{name[2:]}"
    return f"ل{name}" if "\u0621" <= name[:1] <= "\u064a" else f"لـ{name}"


def _joined(preposition: str, name: str) -> str:
    return to(name) if preposition == "ل" else f"{preposition} {name}"


def _verb(key: str, tense: str, party: Party) -> str:
    """A verb before its subject: singular, in the subject's gender."""
    return keyed("gloss_verbs", "verb")[key][f"ar_{tense}_{'f' if gender_of(party) == 'f' else 'm'}"]


def _spoken(record: Record) -> tuple[str, str]:
    chain = list(record.source)
    if record.kind == "statement":
        speaker = record.actor or (chain[-1] if chain else None)
        if chain and same_party(chain[-1], speaker):
            chain.pop()
        return _opening(chain, own=not record.source), _happening(record, speaker)
    if record.kind == "statistic":
        return _opening(chain, own=not chain), _statistic(record)
    if chain and same_party(chain[-1], record.actor) and chain[-1].kind not in PERSONS:
        gender = gender_of(chain[-1])
        if len(chain) == 1:
            lead = f"{_verb('say', 'past', chain[0])} {party_name(chain[0])} {_THAT[gender]} "
        else:
            lead = f"{_quotes(chain)} {_SAYING[gender]} {_THAT[gender]} "
        return lead, _happening(record, chain[-1], itself=True)
    return _opening(chain, own=not chain), _happening(record, record.actor)


def _quotes(chain: list[Party]) -> str:
    """The chain of two links and more: "تنقل أ عن ب نقلًا عن ج"."""
    rest = " نقلًا عن ".join(party_name(p) for p in chain[1:])
    return f"{_verb('quote', 'past', chain[0])} {party_name(chain[0])} عن {rest}"


def _opening(chain: list[Party], *, own: bool) -> str:
    if len(chain) > 1:
        return f"{_quotes(chain)}: "
    if chain:
        return f"{_verb('say', 'past', chain[0])} {party_name(chain[0])}: "
    return "يقول التقرير نفسه: " if own else ""


def _thing(record: Record, case: Case) -> tuple[str, bool]:
    """What happened, counted where the record counts it, and whether it takes a feminine verb."""
    noun = keyed("gloss_nouns", "key")[record.type]
    attacks = next((n for n in record.numbers if n.of == "attacks"), None)
    if attacks:
        return counted(record.type, bounds(attacks), case)
    if record.kind == "aggregate":
        return noun["ar_many"], True
    return noun["ar_acc" if case == "acc" else "ar_one"], noun["gender"] == "f"


def _happening(record: Record, party: Party | None, *, itself: bool = False) -> str:
    row = keyed("gloss_types", "type")[record.type]
    out = _deed(record, row["verb"], party, itself) if party else _occurrence(record)
    if row["quote_anchor"]:
        out += f" ({quote(record.anchor, 'ar')})"
    if record.target:
        out += f" {_joined(row['ar_to'], party_name(record.target))}"
    if record.place:
        out += f" {where(record.place)}"
    return out + _when(record.time) + _sites(record) + _means(record, row["implies"])


def _deed(record: Record, verb: str, party: Party, itself: bool) -> str:
    gender = gender_of(party)
    agree = gender if itself else "f" if gender == "f" else "m"
    who = "" if itself else f" {party_name(party)}"
    forms = keyed("gloss_verbs", "verb")
    acc, gen = _thing(record, "acc")[0], _thing(record, "gen")[0]
    none = gen if any(n.of == "attacks" for n in record.numbers) else f"أيّ {gen}"
    masdar = forms[verb]["ar_masdar"]
    happened = f"{forms[verb][f'ar_past_{agree}']}{who} {acc}"
    return {
        "happened": happened,
        "denied": f"لم {forms[verb][f'ar_juss_{agree}']}{who} {none}",
        "possible": f"ربما {happened}",
        "planned": f"{forms['plan'][f'ar_past_{agree}']}{who} {masdar} {gen}",
        "threatened": f"{forms['threaten'][f'ar_past_{agree}']}{who} ب{masdar} {gen}",
    }[record.status]


def _occurrence(record: Record) -> str:
    happen = keyed("gloss_verbs", "verb")["come_out" if record.kind == "statement" else "happen"]
    thing, feminine = _thing(record, "nom")
    gen = _thing(record, "gen")[0]
    agree = "f" if feminine else "m"
    none = thing if any(n.of == "attacks" for n in record.numbers) else f"أيّ {gen}"
    return {
        "happened": f"{happen[f'ar_past_{agree}']} {thing}",
        "denied": f"لم {happen[f'ar_juss_{agree}']} {none}",
        "possible": f"ربما {happen[f'ar_past_{agree}']} {thing}",
        "planned": f"ثمة خطة ل{happen['ar_masdar']} {gen}",
        "threatened": f"ثمة تهديد ب{happen['ar_masdar']} {gen}",
    }[record.status]


def where(place: Place) -> str:
    """A place with the preposition that it takes."""
    name = clean(place.label.ar)
    return f"في {isolate(name, 'ar')}" if name and place.place_id else f"في {quote(place.span, 'ar')}"


def _sites(record: Record) -> str:
    return "".join(f" في {counted('site', bounds(n), 'gen')[0]}" for n in record.numbers if n.of == "sites")


def _means(record: Record, implied: str) -> str:
    if record.kind == "statement":
        return ""
    categories = list(dict.fromkeys(w.category for w in record.weapons if w.category != "other"))
    words = [quote(w.span, "ar") for w in record.weapons if w.category == "other"]
    names = [keyed("gloss_nouns", "key")[f"weapon.{c}"]["ar_many"] for c in categories]
    listed = [*names, *words]
    figures = [n for n in record.numbers if n.of == "munitions"]
    if figures:
        one = len(categories) == 1 and not words
        key = f"weapon.{categories[0]}" if one else "munition"
        said = " و".join(dict.fromkeys(counted(key, bounds(n), "gen")[0] for n in figures))
        return f" باستخدام {said}" + (f" — {'، '.join(listed)}" if listed and not one else "")
    if [implied] == categories and not words:
        return ""
    return f" باستخدام {' و'.join(listed)}" if listed else ""


def _when(time: When | None) -> str:
    if time is None:
        return ""
    if time.first is None and time.last is None:
        return f" في وقت ذُكر بأنه {quote(time.span, 'ar')}" if time.span else ""
    return f" {arabic_days(time.first, time.last)}"


def _statistic(record: Record) -> str:
    there = f" {where(record.place)}" if record.place else ""
    about = (f" بشأن {party_name(record.target)}" if record.target else "") + there
    by = f" من جانب {party_name(record.actor)}" if record.actor else ""
    when = _when(record.time)
    value = {n.of: n for n in reversed(record.numbers)}
    doubt = {"happened": "", "denied": "ليس ", "possible": "ربما ", "planned": "سيكون ", "threatened": "سيكون "}[
        record.status
    ]
    if record.type == "total_attacks" and "attacks" in value:
        on = (f" على {party_name(record.target)}" if record.target else "") + there
        number = figure(bounds(value["attacks"]))
        return f"مجموع الهجمات{by}{on} {doubt}{number}{when and f' ({when.strip()})'}{_means(record, '')}"
    if record.type == "total_casualties" and ("killed" in value or "injured" in value):
        among = (f" في صفوف {party_name(record.target)}" if record.target else "") + there
        return f"مجموع الضحايا{by}{among}{when}: {doubt}{_toll(record)}"
    if record.type == "rate_change":
        amount = f" بنسبة {figure(bounds(value['percent']))} في المئة" if "percent" in value else ""
        moved = {
            "happened": "تغيّر", "denied": "لم يتغيّر", "possible": "ربما تغيّر",
        }.get(record.status, "سيتغيّر")  # fmt: skip
        return f"{moved} المعدّل{by}{about} ({quote(record.anchor, 'ar')}){amount}{when}"
    given = {"happened": "يَرد", "denied": "لا يصحّ", "possible": "ربما يصحّ"}.get(record.status, "سيَرد")
    return f"{given} رقم ({quote(record.anchor, 'ar')}){by}{about}{when}{_means(record, '')}"


_HARM = {"killed": "مقتل", "injured": "إصابة"}


def _toll(record: Record) -> str:
    """The dead and the hurt: "مقتل 3 أشخاص وإصابة 8 أشخاص على الأقل"."""
    told = [n for n in record.numbers if n.of in _HARM]
    return " و".join(f"{_HARM[n.of]} {counted('person', bounds(n), 'gen')[0]}" for n in told)


def _tail(record: Record) -> str:
    out = ""
    told = _toll(record)
    if told and record.type != "total_casualties":
        out += f"، مع {told}"
    if record.outcome and (record.type, record.outcome) != ("interception", "intercepted"):
        out += f"، {_OUTCOME[record.outcome]}"
    if record.extent:
        out += f"، {_EXTENT[record.extent]}"
    others = [n for n in record.numbers if is_other(record, n)]
    if others:
        out += "؛ وذُكرت أرقام: " + "، ".join(quote(n.span, "ar") for n in others)
    if record.reason:
        out += f"؛ والدافع المعلن: {quote(record.reason, 'ar')}"
    if record.standing == "claimed" and record.kind in ("event", "aggregate"):
        mine = record.source and same_party(record.source[-1], record.actor)
        out += " (رواية الطرف الفاعل نفسه)" if mine else " (رواية من جانب الطرف الفاعل)"
    if record.content:
        out += f": {quote(record.content, 'ar')}"
    return out
