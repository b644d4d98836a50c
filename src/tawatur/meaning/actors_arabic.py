"""Arabic noun phrases that name a party: a head noun with its complements and adjectives, a name, a person.

The grammar is small: head, then a complement (another head, a catalogue name, a state, a definite noun), adjectives
that agree in definiteness, "في" and a place or a body, "باسم" and a party, and for roles a person's name at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.meaning.actors_holders import person_behind
from tawatur.meaning.actors_phrases import QUOTES, Phrase, close, head_at, known_name
from tawatur.meaning.actors_tables import tables
from tawatur.meaning.actors_words import FUNCTION, adjective, word
from tawatur.text.tokens import Token

_DASHES = frozenset("-–—/")
_PLACES = frozenset("غزه القطاع قطاع الضفه صنعاء الشمال الجنوب القدس المنطقه البلاد جنين نابلس طولكرم الاقليم".split())
_OWNED = frozenset(
    "التابعه التابع التابعين تابعه تابع الموالي المواليه المدعومه المدعوم تابعون تابعين التابعون".split()
)
_THOUGHT = frozenset("يعتقد يرجح يقال يشتبه يظن ويعتقد ويرجح".split())
_BACKED = frozenset("الموالي المواليه المدعومه المدعوم الموالين المدعومين المواليين".split())
_NAMED = frozenset(
    "كتيبه لواء فرقه عائله بلديه مستشفي جماعه حزب حركه تنظيم مجموعه وكاله صحيفه قناه موقع شركه عصابه مخيم بلده مدينه شبكه"
    " مجله جريده ميناء مطار قاعده فوج سريه خليه ثكنه محطه معبر مستوطنه كيبوتس".split()
)  # fmt: skip


def phrase(tokens: Sequence[Token], k: int, depth: int = 0) -> Phrase | None:
    """The party phrase that begins at token ``k``, the longest of name and head; None where none begins."""
    w = word(tokens[k].norm)
    if w is None:
        return None
    named = known_name(tokens, k, w.name_key) if w.name >= 0 else None
    head = _headed(tokens, k, depth) if w.head >= 0 else None
    if w.topic >= 0 and named is None and (short := _ministry(tokens, k, w.topic)) is not None:
        return short
    if named is not None and (head is None or named[0] >= head.j):
        return _named(tokens, k, named, w.name)
    if (
        head is not None
        and named is not None
        and named[1][:1] != "?"
        and (head.entity in ("", head.backer) or head.entity[0] == "?")
    ):
        head.entity, head.named = named[1], named[1]
    if head is not None and named is not None and head.head is not None and head.head.cls not in ("off", "rank"):
        head.how = "name"
    return head


def _ministry(tokens: Sequence[Token], k: int, cut: int) -> Phrase | None:
    """A ministry named by its field and its state alone: "الخارجية السودانية"; None where no feminine demonym follows."""
    if k + 1 >= len(tokens) or not tokens[k + 1].norm.endswith("ه"):
        return None
    a = adjective(tokens[k + 1].norm)
    if a is None or not a[0] or len(a[1]) != 2:
        return None
    field = tokens[k].norm[cut:].removeprefix("ال").removeprefix("لل")
    office = tables().topics.get(field)
    if office is None or (not office.startswith("mo") and office != "mfa"):
        return None
    party = f"{a[1]}.{office}"
    return Phrase(k, k + 2, cut, "pattern", entity=party, country=a[1], topic=field, definite=True)


def _named(tokens: Sequence[Token], k: int, named: tuple[int, str], cut: int) -> Phrase:
    j, party = named
    how = "person" if party.startswith("p.") else "name"
    out = Phrase(k, j, cut, how, entity=party, named=party, definite=True)
    if how == "person":
        out.person = (k, j)
        return out
    n = len(tokens)
    state = "" if len(party) != 2 else party
    out.country = state
    p = j
    while p < n:  # a demonym may follow a name: "فرانس برس الفرنسية", also after the closing quotation mark
        q = p + 1 if tokens[p].norm in QUOTES and p + 1 < n else p
        a = adjective(tokens[q].norm)
        if a is None or not a[0] or (not a[1] and party[:1] != "?"):
            break
        if party[:1] == "?" and a[1]:  # the adjective says whose: "الاحتلال الروسي"
            out.country = a[1]
            out.named = out.entity = tables().loaded.get((party, a[1])) or (
                f"{a[1]}.forces" if party in tables().occupiers and len(a[1]) == 2 else a[1]
            )
        p = q + 1
    out.j = p
    close(tokens, out)
    return out


def _headed(tokens: Sequence[Token], k: int, depth: int) -> Phrase | None:
    found = head_at(tokens, k)
    if found is None or depth > 4:
        return None
    j, cut, head, definite = found
    out = Phrase(k, j, cut, "pattern", head, definite=definite)
    base = tokens[j - 1].norm.removeprefix("و").removeprefix("ب")
    # still waiting for a complement: a noun without article, unless its ending shows that it takes none
    open_ = not definite and (base == head.word or not base.endswith(("ون", "ين", "ان")))
    plain = True  # nothing taken yet
    n = len(tokens)
    while out.j < n and out.j < k + 16:
        q = out.j
        if tokens[q].norm in QUOTES and q + 1 < n:
            q += 1
        t = tokens[q]
        if t.script != "arabic":
            if t.norm in _DASHES and q + 1 < n and out.country:
                a = adjective(tokens[q + 1].norm)
                if a is not None and a[1]:
                    out.j = q + 2
                    continue
            if open_ and plain and t.script == "latin" and (known := known_name(tokens, q, t.norm)) is not None:
                out.j, out.entity, out.named = known[0], known[1], known[1]  # "تنظيم PKK"
                open_ = plain = False
                continue
            if (
                open_
                and t.script in ("number", "latin")
                and head.cls in ("media", "inst", "group", "force", "site")
                and plain
            ):
                out.j, open_, plain = q + 1, False, False
                continue
            break
        a = adjective(t.norm)
        agrees = a is not None and (a[0] == (out.definite or not plain) or a[0] == out.definite)
        if a is not None and agrees and not (open_ and plain and a[0]):
            out.country = out.country or a[1]
            out.j, open_, plain = q + 1, False, False
            continue
        if t.norm in _THOUGHT and _supposed(tokens, q, out, depth):
            open_ = plain = False
            continue
        if t.norm in FUNCTION or t.norm in _OWNED:
            step = _joined(tokens, q, out, depth)
            if step is None:
                break
            open_ = plain = False
            continue
        if t.norm == "باسم" and head.cls == "off":
            inner = phrase(tokens, q + 1, depth + 1) if q + 1 < n else None
            if inner is None:
                break
            _take(out, inner)
            open_ = plain = False
            continue
        if open_ and _complement(tokens, q, out, depth):
            open_ = plain = False
            out.definite = True
            continue
        if (
            t.norm[:1] == "ل"
            and (head.cls == "off" or not open_)
            and head.cls in ("off", "site", "inst", "media", "force", "group")
        ):
            inner = phrase(tokens, q, depth + 1)
            befallen = inner is not None and inner.head is not None and inner.head.cls in ("civ", "site")
            if head.cls in ("force", "group") and befallen:  # "استهداف مسيرة تركية للمدنيين"
                break
            if inner is not None and (inner.cut == 1 or t.norm.startswith("لل")) and inner.how != "person":
                _take(out, inner)
                open_ = plain = False
                continue
        if t.norm[:1] == "و" and out.country and len(t.norm) > 4:
            a = adjective(t.norm[1:])
            if a is not None and a[1] and a[0] == out.definite:
                out.j, out.also = q + 1, a[1]
                continue
        break
    if head.cls in ("off", "rank", "unnamed") or (head.cls in ("civ",) and open_):
        person_behind(tokens, out, head)
    if head.cls == "rank" and out.person is None:
        return None
    close(tokens, out)
    return out


def _supposed(tokens: Sequence[Token], q: int, out: Phrase, depth: int) -> bool:
    """Takes in whose a thing is thought to be: "طائرة يرجح أنها تركية", "يعتقد أنه تابع للتحالف"."""
    p = q + 2
    if p >= len(tokens) or tokens[q + 1].norm.removeprefix("ب") not in ("انه", "انها", "انهم"):
        return False
    if tokens[p].norm in _OWNED:
        return _joined(tokens, p, out, depth) is True
    a = adjective(tokens[p].norm)
    if a is None or a[0] or not a[1]:
        return False
    out.country, out.j = out.country or a[1], p + 1
    return True


def _take(out: Phrase, inner: Phrase) -> None:
    """``inner`` becomes the complement of ``out``."""
    out.j = inner.j
    out.country = out.country or inner.country
    out.entity = out.entity or inner.entity
    out.topic = out.topic or inner.topic
    out.also = out.also or inner.also
    if not inner.entity and inner.head is not None and inner.country and inner.head.suffix:
        out.entity = f"{inner.country}.{inner.head.suffix}"
    elif not inner.entity and inner.topic and inner.country:
        out.entity = f"{inner.country}.{tables().topics.get(inner.topic, '')}".rstrip(".")
    out.definite = True
    if out.affiliation is None and inner.how in ("name", "pattern"):
        out.affiliation = (inner.i, inner.j)
    if inner.person is not None:
        out.person = inner.person


def _complement(tokens: Sequence[Token], q: int, out: Phrase, depth: int) -> bool:
    t, head = tokens[q], out.head
    assert head is not None
    inner = phrase(tokens, q, depth + 1) if word(t.norm) is not None else None
    if inner is not None and inner.cut == 0 and inner.how in ("name", "pattern", "person"):
        if inner.how == "person" and head.cls in ("unnamed",):
            return False
        _take(out, inner)
        if inner.topic or (inner.head is not None and inner.head.cls in ("inst",)):
            out.topic = out.topic or inner.topic
        return True
    base = t.norm.removeprefix("ال")
    if (
        t.norm.startswith("ال")
        and len(t.norm) > 4
        and head.cls in ("inst", "off", "media", "force", "group", "civ", "site")
    ):
        out.topic = out.topic or base
        out.j = q + 1
        return True
    if base in tables().topics and head.cls in ("inst", "off"):
        out.topic, out.j = base, q + 1
        return True
    if tokens[q - 1].norm in QUOTES and head.cls in ("media", "inst", "group", "force", "site"):
        p = q
        while p < len(tokens) and p < q + 5 and tokens[p].norm not in QUOTES:
            p += 1
        out.j = p
        return True
    if tokens[out.i].norm[out.cut :] not in _NAMED or t.norm in FUNCTION:
        return False
    after = tokens[q + 1].norm if q + 1 < len(tokens) else ""
    if head.cls == "site" and after.startswith("ال") and len(t.norm) < 5:  # "عين الأسد", "بيت لحم"
        out.j = q + 2 if adjective(after) is None or after in tables().given else q + 1
        return True
    if t.norm in tables().common:
        return False
    out.j = q + 1
    return True


def _joined(tokens: Sequence[Token], q: int, out: Phrase, depth: int) -> bool | None:
    """A complement with a preposition: "في غزة", "من جيش الاحتلال", "التابعة ل...", "المدعومة من ..."; None where none."""
    t, head, n = tokens[q], out.head, len(tokens)
    assert head is not None
    if q + 1 >= n:
        return None
    if t.norm in _OWNED:
        p = q + 1
        if tokens[p].norm in ("من", "ل", "الي") and p + 1 < n:
            p += 1
            if tokens[p].norm in QUOTES and p + 1 < n:
                p += 1
        inner = phrase(tokens, p, depth + 1)
        if inner is None:
            return None
        taken = out.entity, out.country
        _take(out, inner)
        if t.norm in _BACKED:  # who backs a group is not the group
            out.backer = inner.entity
            out.entity, out.country = taken
        return True
    if t.norm not in ("في", "من", "لدي") or head.cls not in (
        "inst",
        "media",
        "off",
        "unnamed",
        "group",
        "civ",
        "force",
    ):
        return None
    p = q + 1
    if tokens[p].norm in QUOTES and p + 1 < n:
        p += 1
    norm = tokens[p].norm
    if t.norm == "في" and norm in _PLACES and head.cls in ("inst", "media", "group", "unnamed", "off", "civ"):
        out.j = p + (2 if norm == "قطاع" and p + 1 < n else 1)
        out.country = out.country or "ps" * (norm in ("غزه", "القطاع", "قطاع", "الضفه"))
        return True
    inner = phrase(tokens, p, depth + 1)
    if inner is None or inner.cut or inner.how == "person":
        return None
    state = inner.entity and len(inner.entity) == 2
    if (t.norm == "في" and head.cls == "force") or (t.norm != "في" and state):
        return None
    if t.norm == "من" and (head.cls not in ("force", "group") or inner.head is None or inner.head.cls != "force"):
        return None
    if inner.head is not None and inner.head.cls in ("civ", "site", "unnamed", "off", "rank"):
        return None
    _take(out, inner)
    return True
