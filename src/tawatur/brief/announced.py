"""What parties threatened, pledged and denied, party by party."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.brief.draft import Annex, Group, Section, Sentence
from tawatur.brief.situation import Situation
from tawatur.brief.stated import TELLINGS, leading_records
from tawatur.events.ledger import Entry
from tawatur.export import entry_ar, entry_en
from tawatur.export.names import Lang, entity_name, joined, word
from tawatur.export.stated import speaker_of, worth_telling
from tawatur.origins.parties import root_key, roots

LEAD = 4
"""Announcements of one party that are told in the body."""
_ORDER = ("threatened", "denied", "pledged")


def announced(situation: Situation, lang: Lang, annex: Annex) -> Section:
    """Threats, pledges, and those denials that no event of the report tells already: those with words in the language
    of the report one by one, the others of a party together. Parties with one announcement stand together."""
    told = {(r.doc, r.evidence.start) for v in situation.events for r in v.records.values()}
    found: dict[str, list[Entry]] = {}
    for entry in sorted(situation.statements, key=lambda e: _ORDER.index(e.said)):
        if entry.said != "denied" or not any((t.record.doc, t.record.evidence.start) in told for t in entry.tellings):
            found.setdefault(_party(entry), []).append(entry)
    single = [e for some in found.values() if len(some) == 1 for e in some]
    many = {p: some for p, some in found.items() if len(some) > 1 and p}
    single += [e for e in found.get("", ()) if e not in single]
    groups = [
        _group(situation, joined((entity_name(i, lang) for i in p.split("+")), lang), some, lang, annex)
        for p, some in sorted(many.items(), key=lambda x: (-len(x[1]), x[0]))
    ]
    if single and not groups:
        return Section(word("announced", lang), _sentences(situation, single, lang))
    if single:
        groups.append(_group(situation, word("other_parties", lang), single, lang, annex))
    return Section(word("announced", lang), (), tuple(groups))


def _party(entry: Entry) -> str:
    speaker = speaker_of(entry)
    return root_key(roots(speaker.entity)) if speaker is not None and speaker.entity else ""


def _group(situation: Situation, name: str, entries: Sequence[Entry], lang: Lang, annex: Annex) -> Group:
    said = _sentences(situation, entries, lang)
    name = f"{name[:1].upper()}{name[1:]}"
    if rest := said[LEAD:]:
        heading = f"{word('announced', lang)} — {name}"
        said = (*said[:LEAD], annex.pointer(heading, rest, word("more_said", lang, n=len(rest))))
    return Group(word("count", lang, name=name, n=len(entries)), 3, said)


def _sentences(situation: Situation, entries: Sequence[Entry], lang: Lang) -> tuple[Sentence, ...]:
    say = entry_en if lang == "en" else entry_ar
    leading = leading_records(situation)
    out: list[Sentence] = []
    silent: list[Entry] = []
    for entry in entries:
        if not say.has_words(entry):
            silent.append(entry)
            continue
        after = worth_telling(entry.after)
        held = tuple(leading[e] for e in after.events if e in leading) if after else ()
        out.append(Sentence(say.entry(entry), _tellings(entry), held))
    if silent:
        records = tuple(dict.fromkeys(r for e in silent for r in _tellings(e)[:1]))
        out.append(Sentence(say.entries(silent), records))
    return tuple(out)


def _tellings(entry: Entry) -> tuple[str, ...]:
    return tuple(t.record.id for t in entry.tellings[:TELLINGS])
