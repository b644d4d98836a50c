"""Numbers as written, Arabic and English: what they say at least and at most, and their words.

Bounds are the codebook's: "three" 3–3, dozens 20–99, hundreds 200–999, "about 70" 70–70, "more than 52" 52–null,
"up to 20" null–20. Qualifiers, designators ("F-16", "اللواء 769") and dual nouns are tables in ``data/numerals``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tawatur.meaning import numbers_general as general
from tawatur.meaning.duals import dual_noun
from tawatur.meaning.numerals import Parsed, atom, parse, rows
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut, stems, tokenize

Kind = Literal["cardinal", "ordinal", "percent", "dual", "single"]
Style = Literal["codebook", "calendar"]

_PERCENT_WORDS = frozenset(["بالميه", "بالمايه", "بالمءه", "percent", "pct"])
_HUNDRED = frozenset(["الميه", "المايه"])
_UNITS = frozenset(["h", "hr", "hrs", "k", "km", "kms", "m", "mm", "cm", "kg", "pm", "am", "percent"])
_SUFFIXES = frozenset(["st", "nd", "rd", "th"])
_MONTH_ORDINALS = frozenset(["كانون", "تشرين", "ربيع", "جمادي"])
_CLOSED = "/@#_=&\\"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written. ``[i, j)`` are the tokens of the number itself; ``start`` to ``end`` the offsets of the
    shortest words that give the figure, qualifiers included ("more than 50", "44 شخصاً على الأقل"). ``low`` or
    ``high`` is None where that side is open. ``dual``: the noun at ``i`` says the number itself."""

    i: int
    j: int
    start: int
    end: int
    low: float | None
    high: float | None
    kind: Kind


@cache
def _qualifiers(side: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases of folded words, longest first, by the word next to the number."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("numerals/qualifiers.csv"):
        if row["side"] == side:
            words = tuple(t.norm for t in tokenize(row["phrase"]))
            out.setdefault(words[-1] if side == "before" else words[0], []).append((words, row["effect"]))
    for phrases in out.values():
        phrases.sort(key=lambda p: -len(p[0]))
    return out


@cache
def _changes() -> frozenset[str]:
    """Verbs of change: what goes up "from 30 to 38" is two numbers, no range."""
    return frozenset(fold(row["word"]) for row in rows("numerals/changes.csv"))


@cache
def _designators() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in rows("numerals/not_counts.csv"))


def find_numbers(text: str, tokens: Sequence[Token], style: Style = "codebook") -> list[Quantity]:
    """The numbers of ``tokens`` in order, none over another. Days, years and clock times are among them where they
    are written as plain numbers: whoever knows the times of the text drops those that lie inside.

    ``style`` "calendar" reads as general language does: a dot before three digits is a decimal point, fractions are
    numbers below one, qualifiers change nothing.
    """
    if style == "calendar":
        return _find_general(text, tokens)
    out: list[Quantity] = []
    i, n, floor = 0, len(tokens), 0
    while i < n:
        t = tokens[i]
        if t.script == "mark":
            i += 1
            continue
        if t.script != "number" and atom(t.norm) is None:
            clitics = dual_noun(text, t)
            if clitics is not None:
                start = cut(text, t, clitics)
                out.append(_qualified(text, tokens, Parsed(2, 2, i + 1, "dual", False, 1), i, start, floor, "dual"))
                floor = i + 1
            i += 1
            continue
        if t.script == "number":
            skip = _no_count(text, tokens, i)
            if skip:
                i += skip
                continue
        got = _read(text, tokens, i, True)
        if got is None:
            i += 1
            continue
        q = _assemble(text, tokens, i, got, floor)
        out.append(q)
        i = floor = max(q.j, i + 1)
    return out


def _find_general(text: str, tokens: Sequence[Token]) -> list[Quantity]:
    """The numbers of general language: see :mod:`tawatur.meaning.numbers_general`."""
    items: list[tuple[int, int, float, bool]] = []
    ordinals: list[Quantity] = []
    i, n = 0, len(tokens)
    while i < n:
        t = tokens[i]
        signed = (
            t.norm in ("-", ".") and i + 1 < n and tokens[i + 1].script == "number" and tokens[i + 1].start <= t.end + 1
        )
        if t.script == "number" or signed:
            written = None if general.in_address(text, t) else general.notation(text, t.start)
            if not general.plain(text, tokens, i + signed) and (
                written is None or written[1] <= tokens[i + signed].end
            ):
                i += 1 + signed
                continue
            if written is not None:
                j = max(general.token_at(tokens, written[1]), i + 1)
                items.append((i, j, written[0], False))
                i = j
                continue
        if t.norm == "ثمن" and (i + 1 == n or tokens[i + 1].norm[:2] == "ال"):
            items.append((i, i + 1, 1 / 8, True))
            i += 1
            continue
        got = None if t.script == "mark" else _read(text, tokens, i, False)
        if got is None:
            i += 1
            continue
        if got.kind == "ordinal":
            ordinals.append(Quantity(i, got.j, t.start, tokens[got.j - 1].end, got.low, got.high, "ordinal"))
        else:
            items.append((i, got.j, got.low, got.kind == "fraction"))
        i = got.j
    out = ordinals
    for i, j, value, _ in general.combine(tokens, items):
        end = _percent_end(tokens, j)
        first = i
        if end is None and i and (tokens[i - 1].norm in ("نسبه", "بنسبه") or tokens[i - 1].norm in _PERCENT_WORDS):
            first, end = i - 1, j
        kind: Kind = "cardinal" if end is None else "percent"
        a = atom(tokens[first].norm)
        start = cut(text, tokens[first], _kept(a.clitics)) if a is not None and a.clitics else tokens[first].start
        out.append(Quantity(first, end or j, start, tokens[(end or j) - 1].end, value, value, kind))
    return sorted(out, key=lambda q: q.start)


def _read(text: str, tokens: Sequence[Token], i: int, codebook: bool) -> Parsed | None:
    got = parse(text, tokens, i, grouping=codebook)
    if got is None:
        return None
    if got.kind == "one" and (not codebook or not _one_of(tokens, got.j)):
        return None
    if got.kind == "fraction" and got.low != 0.5 and atom(tokens[i].norm) is not None and codebook:
        return got if got.low > 0.5 or tokens[i].norm.endswith(("ثلث", "ربع")) else None
    if got.kind == "cardinal" and tokens[i].norm in ("الاثنين", "والاثنين", "one") and got.j == i + 1:
        # Monday; "one" as a pronoun unless it counts
        if tokens[i].norm != "one":
            return None
        nxt = tokens[got.j].norm if got.j < len(tokens) else ""
        if nxt in ("another", "could", "can", "should", "must", "may", ""):
            return None
    if got.kind == "ordinal" and i and tokens[i - 1].norm.lstrip("و") in _MONTH_ORDINALS:
        return None
    return got


def _one_of(tokens: Sequence[Token], j: int) -> bool:
    """Whether "أحد" at ``j - 1`` is one of a named set ("one of the soldiers"), not "anybody"."""
    return j < len(tokens) and tokens[j].script == "arabic" and tokens[j].norm[:2] == "ال"


def _no_count(text: str, tokens: Sequence[Token], i: int) -> int:
    """How many tokens to skip where digits at ``i`` are no quantity: part of a type ("F-16", "إس-300"), a clock time,
    a date of digits, a name that ends in a number, an address; 0 where they count."""
    t, n = tokens[i], len(tokens)
    before = text[t.start - 1] if t.start else " "
    if before in _CLOSED:
        return 1
    if (
        before in "-–_"
        and t.start > 1
        and i > 1
        and tokens[i - 2].end == t.start - 1
        and tokens[i - 2].script in ("latin", "arabic")
    ):
        return 1
    if before.isascii() and before.isalpha():
        return 1
    k = i
    while (
        k + 2 < n
        and tokens[k + 1].norm in ("/", ":", "-", ".")
        and tokens[k + 1].start == tokens[k].end
        and tokens[k + 2].script == "number"
    ):
        if tokens[k + 2].start != tokens[k + 1].end:
            break
        k += 2
        if tokens[k - 1].norm in ("/", ":") or k - i >= 4:
            while k + 2 < n and tokens[k + 1].norm in ("/", ":", "-") and tokens[k + 2].script == "number":
                k += 2
            return k - i + 1
    nxt = tokens[i + 1] if i + 1 < n else None
    if (
        nxt is not None
        and nxt.start == t.end
        and nxt.script == "latin"
        and nxt.norm not in _UNITS | _SUFFIXES
        and atom(nxt.norm) is None
    ):
        return 2
    if nxt is not None and nxt.norm == "/" and nxt.start == t.end:
        return 1
    if i:
        prev = tokens[i - 1]
        if prev.norm in ("ال", "-") and i > 1:
            prev = tokens[i - 2]
        if prev.norm == "." and i > 1 and tokens[i - 2].norm == "no":
            return 1
        if prev.script != "number" and any(rest in _designators() for rest, _ in stems(prev.norm)):
            return 1
    return 0


def _assemble(text: str, tokens: Sequence[Token], i: int, got: Parsed, floor: int) -> Quantity:
    t = tokens[i]
    first = atom(t.norm)
    start = t.start
    if first is not None and first.clitics:
        start = cut(text, t, _kept(first.clitics))
    kind: Kind = "ordinal" if got.kind == "ordinal" else "cardinal"
    if (
        kind == "cardinal"
        and got.bare
        and got.j < len(tokens)
        and tokens[got.j].norm in _SUFFIXES
        and tokens[got.j].start == tokens[got.j - 1].end
    ):
        return Quantity(i, got.j + 1, start, tokens[got.j].end, got.low, got.high, "ordinal")
    got, range_start = _range(text, tokens, i, got, floor)
    end = _percent_end(tokens, got.j)
    if end is None and got.kind == "fraction":
        got = got._replace(low=got.low * 100, high=(got.high or 0) * 100)
        end = got.j
    if end is not None:
        kind = "percent"
        got = got._replace(j=end)
    if range_start is not None:
        i0 = range_start
        start = _phrase_start(text, tokens, i0, "بين") if tokens[i0].norm != "من" else tokens[i0].start
    if kind == "ordinal":
        return Quantity(i, got.j, start, tokens[got.j - 1].end, got.low, got.high, kind)
    return _qualified(text, tokens, got, i, start, floor, kind)


def _kept(clitics: str) -> int:
    """How many letters at the front stay outside the words: prepositions and "and", never the article."""
    if clitics.endswith("لل"):
        return len(clitics) - 2
    return len(clitics) - 2 if clitics.endswith("ال") else len(clitics)


def _percent_end(tokens: Sequence[Token], j: int) -> int | None:
    """The token after a per cent sign or word at ``j``."""
    if j >= len(tokens):
        return None
    norm = tokens[j].norm
    if norm == "%" or norm in _PERCENT_WORDS:
        return j + 1
    if j + 1 < len(tokens) and (
        (norm == "في" and tokens[j + 1].norm in _HUNDRED) or (norm == "per" and tokens[j + 1].norm == "cent")
    ):
        return j + 2
    return None


def _phrase_start(text: str, tokens: Sequence[Token], k: int, word: str) -> int:
    """Where ``word`` begins in token ``k``, whatever clitics it bears."""
    for rest, letters in stems(tokens[k].norm):
        if rest == word:
            return cut(text, tokens[k], letters)
    return tokens[k].start


def _range(text: str, tokens: Sequence[Token], i: int, got: Parsed, floor: int) -> tuple[Parsed, int | None]:
    """``got`` widened to a range where a second number follows ("3-5", "من 3 إلى 5", "بين 200 و250"), and the token
    that opens the range by a word."""
    j, n = got.j, len(tokens)
    if got.kind not in ("cardinal", "dual") or j >= n:
        return got, None
    link = tokens[j].norm
    opener = tokens[i - 1].norm if i > floor else ""
    between = opener in ("بين", "وبين", "فبين", "between")
    digits = tokens[i].script == "number"
    second: Parsed | None = None
    if link in ("-", "–", "—") and j + 1 < n and tokens[j + 1].script == "number" and digits:
        second = parse(text, tokens, j + 1)
        if second is not None and got.low >= 1900 and second.low <= 2100:
            return got, None
    elif link in ("الي", "to", "او", "or") and j + 1 < n:
        if opener in ("من", "from") and any(t.norm in _changes() for t in tokens[max(0, i - 9) : i]):
            return got, None
        if not (link in ("to", "or") and opener == "from" and not digits):
            second = parse(text, tokens, j + 1)
    elif between:
        if link in ("و", "and") and j + 1 < n:
            second = parse(text, tokens, j + 1)
        else:
            a = atom(tokens[j].norm)
            if a is not None and a.joined:
                second = parse(text, tokens, j)
    if second is None or second.kind != "cardinal" or second.high is None:
        return got, None
    low = got.low
    if got.bare and second.scale >= 1000 and low * second.scale < second.low:
        low *= second.scale
    if not low < second.low or (link in ("او", "or") and second.low > 2 * low + 1):
        return got, None
    opened = i - 1 if between or (opener in ("من", "from") and link in ("الي", "to")) else None
    return Parsed(low, second.high, second.j, "cardinal", False, second.scale), opened


def _qualified(text: str, tokens: Sequence[Token], got: Parsed, i: int, start: int, floor: int, kind: Kind) -> Quantity:
    """The quantity with the qualifiers that stand at its sides."""
    low: float | None = got.low
    high = got.high
    end = tokens[got.j - 1].end
    k = i - 1
    while k >= floor and (tokens[k].norm in ("ال", "(") or tokens[k].end > start):
        k -= 1
    if k >= floor:
        hit = _before(text, tokens, k, floor)
        if hit is not None:
            start, effect = hit
            low, high = _apply(effect, low, high)
    after = _after(tokens, got.j)
    if after is not None:
        end, effect = after
        low, high = _apply(effect, low, high)
    return Quantity(i, got.j, start, end, low, high, kind)


def _apply(effect: str, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    if effect == "min":
        return low, None
    if effect == "max":
        return None, high
    return low, high


def _before(text: str, tokens: Sequence[Token], k: int, floor: int) -> tuple[int, str] | None:
    """A qualifier whose last word is token ``k``: where it starts, what it does."""
    table = _qualifiers("before")
    for last, letters in stems(tokens[k].norm):
        for words, effect in table.get(last, ()):
            at = k - len(words) + 1
            if at < floor:
                continue
            if len(words) == 1:
                return cut(text, tokens[k], letters), effect
            if letters or any(tokens[at + m].norm != words[m] for m in range(1, len(words))):
                continue
            for head, cutoff in stems(tokens[at].norm):
                if head == words[0]:
                    return cut(text, tokens[at], cutoff), effect
    return None


def _after(tokens: Sequence[Token], j: int) -> tuple[int, str] | None:
    """A qualifier that follows the number, up to three words on ("44 شخصاً على الأقل"): its end and what it does."""
    table = _qualifiers("after")
    for k in range(j, min(j + 4, len(tokens))):
        t = tokens[k]
        if t.script == "mark" and t.norm not in ('"', "(", ")"):
            return None
        for words, effect in table.get(t.norm, ()):
            if [x.norm for x in tokens[k : k + len(words)]] == list(words) and (
                words[-1][-4:] != "اكثر" or tokens[min(k + len(words), len(tokens) - 1)].norm != "من"
            ):
                return tokens[k + len(words) - 1].end, effect
        if t.script == "number" or (k > j and atom(t.norm) is not None):
            return None
    return None
