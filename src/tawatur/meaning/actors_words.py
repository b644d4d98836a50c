"""What one Arabic word may be for the finder of parties: its readings with clitics off, each looked up once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tawatur.meaning.actors_tables import Head, tables

FUNCTION = frozenset(
    "في من علي الي عن مع ان انه انها بان هذا هذه ذلك تلك التي الذي الذين ما لا لم لن قد كما بعد قبل خلال حتي بين امس اليوم"
    " حول ضد بحسب وفق حيث منذ عند عبر او ثم اثر جراء كان كانت ليس غير كل بعض نحو قرب دون فيما بينما لكن اذا عقب تجاه".split()
)  # fmt: skip
# before a state's name these make it a place or the object of a preposition
PLACED = frozenset(
    "في الي من علي داخل ضمن عبر نحو شمال شمالي جنوب جنوبي شرق شرقي غرب غربي وسط اراضي الاراضي انحاء عموم مناطق قرب حدود"
    " اجواء سماء مع لدي in into from across inside".split()
)  # fmt: skip
# nouns that look like adjectives of relation, and adjectives of time: they never qualify a party
_NOT_ADJECTIVES = frozenset(
    "الاراضي المباني الاهالي المستشفي القضيه العمليه الحريه الماضي الماضيه التالي الحالي الحاليه الجاري الجاريه المقتضي"
    " الذي التي المساعي النواحي الضواحي الضحايا الليالي القري الاخري الاليه البلديه الهويه الدوريه الاغلبيه الاهميه النيه"
    " المعاني الشظايا الخلايا الهدايا القضايا البقيه المدعي المنفي الجاني العالي الباقي الملاهي الاقصي".split()
)  # fmt: skip


class Reading(NamedTuple):
    """One reading: folded letters cut off at the front, whether the article (or a pronoun) makes it definite, and the rest."""

    cut: int
    definite: bool
    base: str


@lru_cache(maxsize=1 << 16)
def readings(norm: str) -> tuple[Reading, ...]:
    """All readings of a folded word; the letters of "لل" are never cut since no form is printed without them."""
    out = []
    first = norm[:1]
    cuts = [0]
    if first in "وف" and len(norm) > 3:
        cuts.append(1)
        if norm[1:2] in "بكل" and len(norm) > 4:
            cuts.append(2)
    elif first in "بكل" and len(norm) > 3:
        cuts.append(1)
    for c in cuts:
        rest = norm[c:]
        if rest.startswith(("ال", "لل")) and len(rest) > 4:
            out.append(Reading(c, True, rest[2:]))
            if rest.startswith("ال"):
                continue
        out.append(Reading(c, False, rest))
    return tuple(out)


class Word(NamedTuple):
    """What a word may begin: a catalogue name, a head noun, a demonym, a person's name."""

    name: int = -1
    name_key: str = ""
    head: int = -1
    noun: Head | None = None
    definite: bool = False
    phrase: str = ""
    demonym: int = -1
    party: str = ""
    adjective_definite: bool = False
    given: int = -1
    topic: int = -1


@lru_cache(maxsize=1 << 16)
def word(norm: str) -> Word | None:
    """The word's lookups, the reading that cuts least first; None where no table knows it."""
    t = tables()
    out = Word()
    for cut, definite, base in readings(norm):
        full = norm[cut:]
        if full.startswith("لل"):
            full = "ال" + full[2:]
        if out.name < 0 and full in t.names:
            out = out._replace(name=cut, name_key=full)
        if out.head < 0 and (base in t.heads or base in t.phrases):
            noun = t.heads.get(base)
            bound = base in t.bound and not definite  # "قواتها" is definite by its pronoun
            out = out._replace(
                head=cut, noun=noun, definite=definite or bound, phrase=base if base in t.phrases else ""
            )
        if out.demonym < 0 and base in t.demonyms:
            out = out._replace(demonym=cut, party=t.demonyms[base], adjective_definite=definite)
        if out.topic < 0 and definite and base in t.topics:
            out = out._replace(topic=cut)
        if out.given < 0 and (full in t.given or base in t.given) and full not in t.common:
            out = out._replace(given=cut)
    return None if out == Word() else out


@lru_cache(maxsize=1 << 16)
def adjective(norm: str) -> tuple[bool, str] | None:
    """Whether a word can qualify a party: (definite, the party of a demonym or ""), None where it cannot."""
    t = tables()
    definite = norm.startswith("ال") and len(norm) > 4
    base = norm[2:] if definite else norm
    if base in t.demonyms:
        return definite, t.demonyms[base]
    if base in t.adjectives:
        return definite, ""
    if norm in _NOT_ADJECTIVES or base in t.heads:
        return None
    if definite and len(base) > 4 and base.endswith(("يه", "يين", "يون")):
        return definite, ""
    return (definite, "") if definite and len(base) > 4 and base.endswith("ي") else None
