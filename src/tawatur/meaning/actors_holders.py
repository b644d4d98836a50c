"""A person's name behind a role in Arabic: "القائد العام، اللواء فلان", or between commas some words on."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.meaning.actors_names import person_run
from tawatur.meaning.actors_phrases import Phrase, head_at, known_name
from tawatur.meaning.actors_tables import Head
from tawatur.meaning.actors_words import word
from tawatur.text.tokens import Token


def person_behind(tokens: Sequence[Token], out: Phrase, head: Head) -> None:
    """A person's name behind a role, with or without a comma and further titles."""
    n, p = len(tokens), out.j
    if out.person is not None and out.person[1] == out.j:
        out.how = "person"
        out.role = (out.i, out.person[0])
        return
    comma = p < n and tokens[p].norm == ","
    if comma:
        p += 1
    first = p
    while p < n and p < first + 4:
        nxt = head_at(tokens, p)
        if nxt is None or nxt[2].cls not in ("rank",) or nxt[1]:
            break
        p = nxt[0]
    if p >= n:
        return
    trust = (not comma or p > first) and (out.definite or p > first)
    w = word(tokens[p].norm)
    named = known_name(tokens, p, w.name_key) if w is not None and w.name == 0 else None
    if named is not None and named[1].startswith("p."):
        end, party = named[0], named[1]
    else:
        end, party = person_run(tokens, p, trust), ""
        if end == p:
            p, end = _apposed(tokens, out.j)
            if end == p:
                return
            comma, first = True, p
    if head.cls == "unnamed" and not party:
        return
    out.role = (out.i, first - comma) if first - comma > out.i else None
    out.person = (p, end)
    out.j, out.how, out.named = end, "person", party
    if party:
        out.entity = party


def _apposed(tokens: Sequence[Token], k: int) -> tuple[int, int]:
    """A name between two commas a few words behind a role: "رئيس المجلس المحلي في المدينة، فلان الفلاني، إن"; empty where none."""
    n = len(tokens)
    for p in range(k, min(k + 7, n)):
        norm = tokens[p].norm
        if norm == ",":
            end = person_run(tokens, p + 1, True, closed=True) if p + 1 < n else p + 1
            closed = end < n and (tokens[end].norm == "," or tokens[end].norm in ("ان", "انه", "بان"))
            return (p + 1, end) if closed and end - p > 2 else (k, k)
        if norm in (".", ":", "ان", "بان", "انه"):
            break
    return k, k
