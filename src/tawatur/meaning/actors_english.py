"""English phrases that name a party: catalogue names, a state or group with a noun, titles with a capitalised name."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.meaning.actors_phrases import Phrase, known_name
from tawatur.meaning.actors_tables import tables
from tawatur.text.tokens import Token

_QUALIFIERS = frozenset(
    "ground special air naval aerial security military armed senior local media foreign defence defense health prime state"
    " iran-backed senior terror terrorist militant anonymous unnamed".split()
)  # fmt: skip
_TITLES = frozenset(
    "lt brig maj gen col capt adm rear vice general colonel major minister president secretary spokesman spokeswoman"
    " spokesperson commander mr mrs ms dr sheikh ayatollah ambassador chief king prince senator".split()
)  # fmt: skip


def _bare(norm: str) -> str:
    return norm.removesuffix("'s").removesuffix("’s").rstrip("'’.")


def english(text: str, tokens: Sequence[Token], k: int) -> Phrase | None:
    """The party phrase that begins at the Latin word ``k``; None where none begins."""
    t, n = tables(), len(tokens)
    first = _bare(tokens[k].norm)
    if first == "us" and text[tokens[k].start : tokens[k].end] == "us":
        return None
    out: Phrase | None = None
    p = k
    named = known_name(tokens, k, tokens[k].norm) or (known_name(tokens, k, first) if first != tokens[k].norm else None)
    if named is not None and (text[tokens[k].start].isupper() or first in t.english):
        out = Phrase(
            k,
            named[0],
            0,
            "person" if named[1].startswith("p.") else "name",
            entity=named[1],
            named=named[1],
            definite=True,
        )
        if out.how == "person":
            out.person = (k, out.j)
        out.country = named[1] if len(named[1]) == 2 else ""
        p = out.j
    elif first in t.demonyms and text[tokens[k].start].isupper():
        out = Phrase(k, k + 1, 0, "demonym", entity=t.demonyms[first], country=t.demonyms[first])
        p = k + 1
    if out is None or out.how != "person":
        _nouns(tokens, p, k, out := out or Phrase(k, k, 0, "pattern"))
    if out.how != "person":
        _title(text, tokens, out, n)
    return out if out.j > k else None


def _nouns(tokens: Sequence[Token], p: int, k: int, out: Phrase) -> None:
    """Qualifiers and head nouns from ``p`` on: "ground troops", "soldiers"."""
    t, n = tables(), len(tokens)
    q = p
    while q < n and _bare(tokens[q].norm) in _QUALIFIERS and q < p + 3:
        q += 1
    while q < n and (head := t.english.get(_bare(tokens[q].norm))) is not None:
        q += 1
        out.head, out.j = head, q
        out.how = "pattern" if p > k or head.cls != "civ" else "generic"


def _title(text: str, tokens: Sequence[Token], out: Phrase, n: int) -> None:
    """A title and the capitalised name after it: "Pentagon spokesman Brig. Gen. Pat Ryder"."""
    p = max(out.j, out.i)
    titled = out.head is not None and out.head.cls in ("off", "rank")
    while p < n and (_bare(tokens[p].norm) in _TITLES or (tokens[p].norm == "." and titled)):
        titled = True
        p += 1
    if not titled or p >= n:
        return
    start = p
    while p < n and p < start + 4 and tokens[p].script == "latin" and text[tokens[p].start].isupper():
        p += 1
        if p < n and tokens[p].norm == "." and len(tokens[p - 1].norm) == 1:
            p += 1
    if p == start:
        return
    out.person, out.role, out.j, out.how = (start, p), (out.i, start), p, "person"
    known = known_name(tokens, start, tokens[start].norm)
    if known is not None and known[1].startswith("p."):
        out.entity = out.named = known[1]
