"""The English sentence of a record."""

from __future__ import annotations

import re

from tawatur.model import Party, Place, Record, When
from tawatur.records.gloss_counts import english as counted
from tawatur.records.gloss_counts import english_figure as figure
from tawatur.records.gloss_days import english_days
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

_HEAD = re.compile(r"\s+(?:of|in|for|on|at|to|from)\s|[,(–—]")
_OUTCOME = {
    "hit": "the target was hit",
    "intercepted": "intercepted",
    "missed": "the target was missed",
    "no_damage": "no damage or injuries",
}
_EXTENT = {"all": "all of it got through", "most": "most of it got through", "some": "some of it got through"}


def sentence(record: Record) -> str:
    """One plain sentence: the chain first, then what is said, then the means, the figures and the words quoted."""
    chain, clause = _spoken(record)
    tail = _tail(record)
    text = f"{chain}{clause}{tail}".strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def party_name(party: Party) -> str:
    """A party: its neutral name with the article that it takes, or the words of the report in quotation marks."""
    name = label(party, "en")
    out = _with_article(name, party) if name else quote(party.span, "en")
    if party.affiliation and not party.span.start <= party.affiliation.start < party.span.end:
        out += f" ({quote(party.affiliation, 'en')})"
    return out


def _head(name: str) -> dict[str, str] | None:
    words = re.findall(r"[\w-]+", _HEAD.split(name, maxsplit=1)[0].lower())
    return keyed("gloss_articles", "word").get(words[-1]) if words else None


def _with_article(name: str, party: Party) -> str:
    name = isolate(name, "en")
    if re.match(r"(?:the|an?)\s", name, re.I):
        return name
    head = _head(name)
    if name[:1].islower():
        if is_plural(party):
            return name
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    named = head and head["article"] and (head["number"] == "s" or _is_name(name, head["word"]))
    return f"the {name}" if named else name


def _is_name(name: str, word: str) -> bool:
    """Whether the word is a part of a proper name: "Popular Mobilization Forces", not "US forces"."""
    return word not in name


def is_plural(party: Party) -> bool:
    """Whether a party takes "they"."""
    name = label(party, "en")
    if name:
        head = _head(name)
        if head:
            return head["number"] == "p"
        return name[:1].islower() and _HEAD.split(name, maxsplit=1)[0].endswith("s")
    words = clean(party.span.text)
    if re.search(r"[A-Za-z]", words):
        head = _head(words)
        return bool(head and head["number"] == "p")
    first = words.split(" ")[0] if words else ""
    return gender_of(party) == "p" or first.removeprefix("ال") in {"مصادر", "قوات", "وسائل", "كتائب", "فصائل", "جهات"}


def _spoken(record: Record) -> tuple[str, str]:
    """What opens the sentence, and the clause that it hands over to."""
    chain = list(record.source)
    if record.kind == "statement":
        speaker = record.actor or (chain[-1] if chain else None)
        if chain and same_party(chain[-1], speaker):
            chain.pop()
        own = not record.source
        return _opening(chain, own=own), _happening(record, party_name(speaker) if speaker else "", speaker)
    if record.kind == "statistic":
        return _opening(chain, own=not chain), _statistic(record)
    if chain and same_party(chain[-1], record.actor) and chain[-1].kind not in PERSONS:
        many = is_plural(chain[-1])
        who = party_name(chain[-1])
        says = "say" if many else "says"
        pronoun = "they" if many else "it"
        lead = f"{who} {says} " if len(chain) == 1 else f"{_quotes(chain)}, which {says} "
        return lead, _happening(record, pronoun, chain[-1])
    actor = party_name(record.actor) if record.actor else ""
    return _opening(chain, own=not chain), _happening(record, actor, record.actor)


def _quotes(chain: list[Party]) -> str:
    """The chain of two links and more: "A quotes B, citing C"."""
    verb = "quote" if is_plural(chain[0]) else "quotes"
    rest = ", citing ".join(party_name(p) for p in chain[1:])
    return f"{party_name(chain[0])} {verb} {rest}"


def _opening(chain: list[Party], *, own: bool) -> str:
    if len(chain) > 1:
        return f"{_quotes(chain)}: "
    if chain:
        return f"{party_name(chain[0])} {'say' if is_plural(chain[0]) else 'says'} that "
    return "The report itself says that " if own else ""


def _happening(record: Record, actor: str, party: Party | None) -> str:
    row = keyed("gloss_types", "type")[record.type]
    verb = keyed("gloss_verbs", "verb")[row["verb"]]
    noun = keyed("gloss_nouns", "key")[record.type]
    attacks = next((n for n in record.numbers if n.of == "attacks"), None)
    many = record.kind == "aggregate"
    thing = noun["en_many"] if many else noun["en_one"]
    bare = noun["en_many"] if many else noun["en_bare"]
    if attacks:
        thing = bare = counted(record.type, bounds(attacks))
        many = not (attacks.low == attacks.high == 1)
    any_ = bare if attacks else f"any {bare}"
    plural = actor == "they" or bool(party and is_plural(party))
    be = "are" if plural else "is"
    if actor:
        out = {
            "happened": f"{actor} {verb['en_past']} {thing}",
            "denied": f"{actor} did not {verb['en_base']} {any_}",
            "possible": f"{actor} may have {verb['en_past']} {thing}",
            "planned": f"{actor} {be} planning to {verb['en_base']} {thing}",
            "threatened": f"{actor} {be} threatening to {verb['en_base']} {thing}",
        }[record.status]
    else:
        out = {
            "happened": f"there {'were' if many else 'was'} {thing}",
            "denied": f"there {'were' if many else 'was'} {'not ' if attacks else 'no '}{bare}",
            "possible": f"there may have been {thing}",
            "planned": f"there is a plan for {thing}",
            "threatened": f"there is a threat of {thing}",
        }[record.status]
    if row["quote_anchor"]:
        out += f" ({quote(record.anchor, 'en')})"
    return out + _object(record, row["en_to"]) + _when(record.time) + _sites(record) + _means(record, row["implies"])


def _object(record: Record, preposition: str) -> str:
    out = f" {preposition} {party_name(record.target)}" if record.target else ""
    return out + (f" {where(record.place)}" if record.place else "")


def where(place: Place) -> str:
    """A place with the preposition that it takes."""
    name = clean(place.label.en)
    row = keyed("gloss_features", "feature").get(place.feature)
    preposition = row["en"] if row else "in"
    if not name or not place.place_id:
        return f"{preposition} {quote(place.span, 'en')}"
    head = _head(name)
    article = "the " if head and head["article"] and not name.lower().startswith("the ") else ""
    return f"{preposition} {article}{isolate(name, 'en')}"


def _sites(record: Record) -> str:
    return "".join(f", at {counted('site', bounds(n))}" for n in record.numbers if n.of == "sites")


def _means(record: Record, implied: str) -> str:
    if record.kind == "statement":
        return ""
    categories = list(dict.fromkeys(w.category for w in record.weapons if w.category != "other"))
    words = [quote(w.span, "en") for w in record.weapons if w.category == "other"]
    names = [keyed("gloss_nouns", "key")[f"weapon.{c}"]["en_many"] for c in categories]
    figures = [n for n in record.numbers if n.of == "munitions"]
    if figures:
        one = len(categories) == 1 and not words
        key = f"weapon.{categories[0]}" if one else "munition"
        listed = ", ".join([*names, *words])
        said = " and ".join(dict.fromkeys(counted(key, bounds(n)) for n in figures))
        return f", with {said}" + (f" — {listed}" if listed and not one else "")
    if [implied] == categories and not words:
        return ""
    listed_names = [*names, *words]
    return f", with {_and(listed_names)}" if listed_names else ""


def _and(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _when(time: When | None) -> str:
    if time is None:
        return ""
    first, last = time.first, time.last
    if first is None and last is None:
        return f", at a time given as {quote(time.span, 'en')}" if time.span else ""
    return f" {english_days(first, last)}"


def _statistic(record: Record) -> str:
    about = _object(record, "concerning")
    by = f" by {party_name(record.actor)}" if record.actor else ""
    when = _when(record.time)
    value = {n.of: n for n in reversed(record.numbers)}
    doubt = {"happened": "is", "denied": "is not", "possible": "may be"}.get(record.status, "is to be")
    if record.type == "total_attacks" and "attacks" in value:
        on = _object(record, "on")
        return f"the total of attacks{by}{on} {doubt} {figure(bounds(value['attacks']))}{when and f' ({when.strip()})'}{_means(record, '')}"
    if record.type == "total_casualties" and ("killed" in value or "injured" in value):
        among = _object(record, "among")
        return f"the total of casualties{f' caused{by}' if by else ''}{among}{when and f' ({when.strip()})'} {doubt} {_toll(record)}"
    if record.type == "rate_change":
        amount = f" by {figure(bounds(value['percent']))}%" if "percent" in value else ""
        moved = {"happened": "changed", "denied": "did not change", "possible": "may have changed"}.get(
            record.status, "is to change"
        )
        return f"the rate{by}{about} {moved} ({quote(record.anchor, 'en')}){amount}{when}"
    return f"a figure ({quote(record.anchor, 'en')}) {doubt} given{by}{about}{when}{_means(record, '')}"


def _toll(record: Record) -> str:
    parts = [f"{counted('person', bounds(n))} {n.of}" for n in record.numbers if n.of in ("killed", "injured")]
    return _and(parts)


def _tail(record: Record) -> str:
    out = ""
    told = _toll(record) if any(n.of in ("killed", "injured") for n in record.numbers) else ""
    if told and record.type != "total_casualties":
        out += f", with {told}"
    if record.outcome and (record.type, record.outcome) != ("interception", "intercepted"):
        out += f"; {_OUTCOME[record.outcome]}"
    if record.extent:
        out += f"; {_EXTENT[record.extent]}"
    others = [n for n in record.numbers if is_other(record, n)]
    if others:
        out += "; figures told: " + ", ".join(quote(n.span, "en") for n in others)
    if record.reason:
        out += f"; stated motive: {quote(record.reason, 'en')}"
    if record.standing == "claimed" and record.kind in ("event", "aggregate"):
        mine = record.actor and record.source and same_party(record.source[-1], record.actor)
        own = "their" if record.actor and is_plural(record.actor) else "its"
        out += f" ({own} own claim)" if mine else " (a claim by the actor's own side)"
    if record.content:
        out += f": {quote(record.content, 'en')}"
    return out
