"""The text that a model answers to what it tells: records of words and classes, each checked for its form, none for
whether it is true. What has not the form that was asked for is an issue; a cut-off answer keeps its whole records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tawatur.model import Issue
from tawatur.reader.classes import COUNTED, FAMILY, KINDS, OUTCOMES, STATUSES, types_of

BROKEN, CUT, UNKNOWN = "answer-broken", "answer-cut", "not-in-codebook"
MOST_RECORDS = 200
"""Records of one answer that are looked at: a model that repeats itself gives more."""
ROLES = ("actor", "target", "place", "time", "cue")
"""Fields that hold one value each."""


@dataclass(slots=True)
class Told:
    """One record as a model told it: classes from closed lists, everything else the words that it gives as those of the
    report. ``values`` holds the roles that have one value; "" stands nowhere."""

    kind: str
    type: str
    status: str
    outcome: str
    sentence: str
    anchor: str
    values: dict[str, str] = field(default_factory=dict)
    weapons: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    source: list[str] = field(default_factory=list)


def told(content: str) -> tuple[list[Told], list[Issue]]:
    """The records of an answer and what is wrong with it; never raises."""
    found, issues = _objects(content)
    out: list[Told] = []
    for number, each in enumerate(found[:MOST_RECORDS], 1):
        wrong: list[tuple[str, str]] = []
        record = _record(each, partial(_note, wrong))
        issues += [Issue(code, f"record {number} of the answer: {said}") for code, said in wrong]
        if record is not None:
            out.append(record)
    if len(found) > MOST_RECORDS:
        issues.append(
            Issue(BROKEN, f"the answer has {len(found)} records: only the first {MOST_RECORDS} are looked at")
        )
    return out, issues


def _note(wrong: list[tuple[str, str]], code: str, said: str) -> None:
    wrong.append((code, said))


def _objects(content: str) -> tuple[list[Any], list[Issue]]:
    """What stands in the list ``records`` of the answer, whatever it is."""
    start = content.find("{")
    if start < 0:
        return [], [Issue(BROKEN, "the answer is no JSON object" if content.strip() else "the answer is empty")]
    decoder = json.JSONDecoder()
    try:
        answer, _ = decoder.raw_decode(content, start)
    except (json.JSONDecodeError, RecursionError):
        return _before_the_cut(content[start:], decoder)
    records = answer.get("records")
    if not isinstance(records, list):
        return [], [Issue(BROKEN, "the answer has no list of records")]
    return records, []


def _before_the_cut(content: str, decoder: json.JSONDecoder) -> tuple[list[Any], list[Issue]]:
    """The whole records of an answer that breaks off."""
    name = content.find('"records"')
    at = content.find("[", name) + 1 if name >= 0 else 0
    if not at:
        return [], [Issue(BROKEN, "the answer is no JSON")]
    out: list[Any] = []
    while True:
        while at < len(content) and content[at] in " \t\r\n,":
            at += 1
        try:
            one, at = decoder.raw_decode(content, at)
        except (json.JSONDecodeError, RecursionError):
            return out, [Issue(CUT, f"the answer breaks off: {len(out)} whole records of it are kept")]
        out.append(one)


def _record(given: Any, tell: Callable[[str, str], None]) -> Told | None:
    """A record of the answer; None where it lacks what makes a record. ``tell`` is given what is wrong."""
    if not isinstance(given, Mapping):
        tell(BROKEN, "it is no object")
        return None
    kind, type_, status = (given.get(name) for name in ("kind", "type", "status"))
    if kind not in KINDS or type_ not in types_of(FAMILY[str(kind)]) or status not in STATUSES:
        tell(UNKNOWN, f"left out, for {short(kind)}, {short(type_)}, {short(status)} is no kind, type and status")
        return None
    anchor = given.get("anchor")
    if not isinstance(anchor, str) or not anchor.strip():
        tell(BROKEN, "left out, for it has no anchor")
        return None
    sentence = _words(given, "sentence", tell)
    # a speech act took place; its type says that it threatens or denies (codebook rule 8)
    out = Told(kind, type_, "happened" if kind == "statement" else status, "", sentence, anchor)
    outcome = given.get("outcome")
    if outcome in OUTCOMES:
        out.outcome = outcome
    elif outcome not in (None, ""):
        tell(UNKNOWN, f"{short(outcome)} is no outcome")
    for role in ROLES:
        words = _words(given, role, tell)
        if words:
            out.values[role] = words
    out.weapons = list(_each(given, "weapons", tell))
    out.source = list(_each(given, "source", tell))
    out.numbers = list(_numbers(given, tell))
    return out


def _words(given: Mapping[str, Any], name: str, tell: Callable[[str, str], None]) -> str:
    value = given.get(name)
    if isinstance(value, str):
        return value.strip()
    if value is not None:
        tell(BROKEN, f"{name} is no text but {short(value)}")
    return ""


def _list(given: Mapping[str, Any], name: str, tell: Callable[[str, str], None]) -> list[Any]:
    value = given.get(name)
    if isinstance(value, list):
        return value
    if value is not None:
        tell(BROKEN, f"{name} is no list but {short(value)}")
    return []


def _each(given: Mapping[str, Any], name: str, tell: Callable[[str, str], None]) -> Iterator[str]:
    for value in _list(given, name, tell):
        if isinstance(value, str) and value.strip():
            yield value.strip()
        elif value != "":
            tell(BROKEN, f"{name} holds {short(value)}, which is no text")


def _numbers(given: Mapping[str, Any], tell: Callable[[str, str], None]) -> Iterator[tuple[str, str]]:
    for value in _list(given, "numbers", tell):
        of, text = (value.get("of"), value.get("text")) if isinstance(value, Mapping) else (None, None)
        if isinstance(text, str) and text.strip() and of in COUNTED:
            yield of, text.strip()
        else:
            tell(BROKEN, f"numbers holds {short(value)}, which is no words and what they count")


def short(value: object) -> str:
    """A value of an answer as it may stand in a message: in one line, short, and of characters that can be written."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[:400]).split())
    return '"' + (plain if len(plain) <= 60 else plain[:59] + "…") + '"'
