"""Numbers of general language: what ``style="calendar"`` adds to the codebook's: signs, powers, exponents, fractions by
"على" and "من", mixed fractions. Conflict reports have none of these; the benchmark on general-language cases does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tawatur.meaning.numerals import atom, digits
from tawatur.text.normal import fold
from tawatur.text.tokens import Token

_D = r"[0-9\u0660-\u0669\u06f0-\u06f9]"
_N = rf"(?:{_D}+(?:[.,\u066b\u066c]{_D}+)*|[.\u066b]{_D}+)"
_NOTATION = re.compile(
    rf"(?P<sign>-\s?)?(?P<base>{_N})(?:(?P<op>\^|e)(?P<expsign>[+-]*)(?P<exp>{_N})"
    rf"|\s(?P<num>{_D}+)/(?P<den>{_D}+)|/(?P<under>{_D}+)(?!{_D}|[/-]))?",
    re.IGNORECASE,
)
_NEGATIVE = frozenset(["سالب", "ناقص", "minus"])
_OVER = frozenset(["علي", "من", "في"])
_FIFTHS = {"خمس": 5.0, "سدس": 6.0, "سبع": 7.0, "ثمن": 8.0, "تسع": 9.0, "خمسين": 2.5}


def _value(digit_text: str) -> float | None:
    text = fold(digit_text)
    return float("0" + text) if text.startswith(".") else digits(text, grouping=False)


def notation(text: str, start: int) -> tuple[float, int] | None:
    """The value of a written-out figure with sign, power, exponent or fraction at ``start``, and its end; None for
    plain digits, which are read as everywhere."""
    m = _NOTATION.match(text, start)
    if m is None:
        return None
    base = _value(m["base"])
    if base is None or (m["sign"] and start and not text[start - 1].isspace()):
        return None
    value: float | None = base
    if m["exp"] is not None:
        power = _value(m["exp"])
        if power is None or power > 300:
            return None
        power = -power if m["expsign"].count("-") % 2 else power
        value = base**power if m["op"] == "^" else base * 10**power
    elif m["den"] is not None:
        under = float(fold(m["den"]))
        value = base + float(fold(m["num"])) / under if under else None
    elif m["under"] is not None:
        if start and text[start - 1] in "/-":
            return None
        under = float(fold(m["under"]))
        value = base / under if under else None
    elif not (m["sign"] or m["base"][0] in ".\u066b"):
        return None
    if value is None:
        return None
    return (-value if m["sign"] else value), m.end()


def plain(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Whether digits at ``i`` stand free: not glued to a word that is no number ("180ml"), not in an address."""
    t = tokens[i]
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is not None and nxt.start == t.end and nxt.script in ("arabic", "latin"):
        number = atom(nxt.norm)
        if number is None or number.kind not in ("scale", "scales", "hundred"):
            return False
    return not in_address(text, t)


def in_address(text: str, t: Token) -> bool:
    """Whether a token lies in a web address."""
    begin = max(text.rfind(" ", 0, t.start), text.rfind("\n", 0, t.start)) + 1
    return "://" in text[begin : t.end]


Item = tuple[int, int, float, bool]
"""First token, token after, value, whether the words say a fraction already."""


def combine(tokens: Sequence[Token], found: list[Item]) -> list[Item]:
    """Neighbouring numbers joined to one: minus, "one in twenty", "three fifths", "200 point 3"."""
    out: list[Item] = []
    k = 0
    while k < len(found):
        i, j, value, part = found[k]
        k += 1
        fifth = _FIFTHS.get(tokens[i].norm) if j == i + 1 else None
        if fifth is not None and (
            j >= len(tokens)
            or tokens[j].norm[:2] == "ال"
            or tokens[j].script == "mark"
            or (k < len(found) and found[k][0] == j)
        ):
            value, part = 1 / fifth, True
        while k < len(found):
            merged = _merge(tokens, (i, j, value, part), found[k])
            if merged is None:
                break
            i, j, value, part = merged
            k += 1
        if i > 1 and tokens[i - 1].norm == "من" and tokens[i - 2].norm in ("جزء", "اجزاء") and value:
            i, value, part = i - 2, 1 / value, True
        if i and tokens[i - 1].norm in _NEGATIVE:
            i, value = i - 1, -value
        out.append((i, j, value, part))
    return out


def _merge(tokens: Sequence[Token], left: Item, right: Item) -> Item | None:
    i, j, value, part = left
    a, b, other, _ = right
    between = [t.norm for t in tokens[j:a]]
    head = tokens[a].norm
    fifth = _FIFTHS.get(head.lstrip("و")) if b == a + 1 else None
    if not between and fifth is not None and not head.startswith("و"):
        return i, b, value / fifth, True
    if fifth is not None and (between == ["و"] or (not between and head.startswith("و"))) and not part:
        return i, b, value + 1 / fifth, True
    if not between and right[3] and b == a + 1 and not head.startswith("و"):
        return i, b, value * other, True
    if between == ["فاصله"]:
        whole = len(str(int(other)))
        return i, b, value + (other if other < 1 else other / 10**whole), True
    if not between and part and tokens[a].norm[:2] == "ال":
        return i, b, value * other, True
    if not other:
        return None
    if between and between[-1] in _OVER and len(between) == 1 and (between[0] != "في" or value == 1):
        return i, b, value / other, True
    if len(between) == 2 and between[0] in ("جزء", "اجزاء") and between[1] == "من":
        return i, b, value / other, True
    return None


def token_at(tokens: Sequence[Token], offset: int) -> int:
    """The first token that starts at or after ``offset``."""
    return bisect_left(tokens, offset, key=lambda t: t.start)
