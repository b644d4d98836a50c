"""The words around a place: features before and after a name, compass words, prepositions, words that are names and
words at once. Tables of ``data/``, read once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tawatur.meaning.places_table import table
from tawatur.text.normal import fold
from tawatur.text.tokens import stems

LOCATIVE = frozenset(
    "في من الي عن قرب نحو باتجاه عند حول بين داخل خارج عبر قبالة قباله تجاه صوب ضمن حتي وسط شمال شمالي جنوب جنوبي شرق شرقي "
    "غرب غربي محيط اطراف ريف in at near around from to into towards toward inside outside across through between".split()
)
"""Words after which a name is likely a place."""
HOLDING = frozenset(
    "ب في قرب بالقرب ضمن عند داخل وسط شمال شمالي جنوب جنوبي شرق شرقي غرب غربي in near at inside outside".split()
)
"""Those after which stands what the place named right before lies in, or by."""
TERRITORY = frozenset(
    "حدود الحدود اراضي الاراضي مدن المدن محافظات المحافظات مقاطعات المقاطعات ولايات مناطق المناطق جامعات الجامعات اجواء الاجواء "
    "مياه المياه سواحل السواحل عاصمه العاصمه جانب الجانب شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي border borders territory cities "
    "territories universities airspace coast waters".split()
)
"""Words for parts of a country that its adjective tells."""
STREETS = frozenset(
    "دوار شارع حي الحي ميدان ساحه مفرق مفترق تقاطع مستشفي المستشفي مدرسه سفاره السفاره فندق جامع مسجد street square".split()
)
"""Words for what is called after a country and lies elsewhere."""
JOINS = frozenset(["و", "،", ",", "-", "–", "/", "and", "او", "or", "&"])


class Frame(NamedTuple):
    """A feature word: the frame it opens, whether the name keeps it, the groups of rows that fit, and the countries
    that it is used of, where it is not used everywhere."""

    frame: str
    keep: bool
    groups: frozenset[str]
    countries: frozenset[str]


class Common(NamedTuple):
    """A name that is also something else: how surely it is a place when nothing frames it, and what else it is."""

    weight: float
    kind: str


@lru_cache(maxsize=1)
def frames() -> dict[tuple[str, str], Frame]:
    """Feature words by side and folded word (in English up to two words)."""
    return {
        (r["side"], r["word"]): Frame(
            r["frame"], r["keep"] == "1", frozenset(r["groups"].split()), frozenset(r["countries"].split())
        )
        for r in table("place_frames.csv")
    }


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """The name of a country in Arabic by each folded adjective of it, with and without the article or a plural s."""
    out: dict[str, str] = {}
    for row in table("countries.csv"):
        for word in f"{row['adjectives_ar']}|{row['adjectives_en']}".split("|"):
            norm = fold(word.strip())
            if norm:
                more = "ال" + norm if norm[0] > "\u0600" else norm + "s"
                out |= {norm: row["name_ar"], more: row["name_ar"]}
    return out


@lru_cache(maxsize=1)
def compass() -> tuple[frozenset[str], frozenset[str]]:
    """Compass words that stand before a name, and those after it."""
    rows = table("place_compass.csv")
    return frozenset(r["word"] for r in rows if r["before"] == "1"), frozenset(
        r["word"] for r in rows if r["after"] == "1"
    )


@lru_cache(maxsize=1)
def commons() -> dict[str, Common]:
    """Names that need care, by their folded words."""
    return {r["name"]: Common(float(r["weight"]), r["kind"]) for r in table("place_stopwords.csv")}


@lru_cache(maxsize=1 << 15)
def frame_of(norm: str) -> tuple[Frame, int] | None:
    """The feature word that a folded word is, and how many letters of clitics stand before it."""
    for rest, letters in stems(norm):
        found = frames().get(("before", rest))
        if found and not norm[:letters].endswith("ال") and not norm[:letters].endswith("لل"):
            return found, letters
    return None


@lru_cache(maxsize=1 << 15)
def compass_of(norm: str) -> int | None:
    """How many letters of clitics stand before a compass word; None where the word is none."""
    for rest, letters in stems(norm):
        if rest in compass()[0] and not norm[:letters].endswith("ال"):
            return letters
    return None


@lru_cache(maxsize=1 << 15)
def locative(norm: str) -> bool:
    """Whether a word leads to a place: a preposition, alone or after و/ف."""
    return norm in LOCATIVE or (norm[:1] in ("و", "ف") and norm[1:] in LOCATIVE)


@lru_cache(maxsize=1)
def focus() -> dict[str, float]:
    """How much likelier than elsewhere a place of a country is in reports of conflict, before a text is read (log scale)."""
    return {r["country"]: float(r["prior"]) for r in table("place_focus.csv")}
