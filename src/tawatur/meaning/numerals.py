"""Number words and digits of one place in a token list: from tokens to a value, nothing of what stands around it.

The words are the rows of ``data/numerals/words.csv``; how they combine (unit and hundred, "and" between tens,
thousands that close a group) is the machine in :func:`parse`, the same for Arabic and English.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tawatur.text.normal import fold
from tawatur.text.tokens import Token, stems

# "لست" is "I am not", before it is "for six"
_NOT_NUMBERS = frozenset(["لست", "كست"])
_CLITICS = frozenset(
    ["", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "وب", "ول", "وبال", "لل", "ولل", "كال", "فب", "فل"]
)


class Atom(NamedTuple):
    """One number word: its kind in the table, its value, and the clitics that were read off its front."""

    kind: str
    value: float
    clitics: str
    latin: bool = False

    @property
    def joined(self) -> bool:
        """Whether the word hangs on the one before by "and"."""
        return self.clitics[:1] == "و"

    @property
    def definite(self) -> bool:
        return self.clitics.endswith(("ال", "لل"))


class Parsed(NamedTuple):
    """A number read off ``tokens[i:j]``. ``kind``: ``cardinal``, ``ordinal`` or ``fraction``; ``bare``: plain digits."""

    low: float
    high: float | None
    j: int
    kind: str
    bare: bool
    scale: float


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of ``data/``."""
    with (files("tawatur") / "data" / name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@cache
def _words() -> dict[str, tuple[str, float]]:
    out = {fold(row["word"]): (row["kind"], float(row["value"])) for row in rows("numerals/words.csv")}
    units = ("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع")
    for unit in units:  # written as one word: ثلاثمئة
        out.update({unit + hundred: ("hundreds", out[unit][1] * 100) for hundred in ("ميه", "مايه")})
    return out


_ATOMS: dict[str, Atom | None] = {}


def atom(norm: str) -> Atom | None:
    """The number word that a folded word is, clitics aside; each word is worked out once."""
    try:
        return _ATOMS[norm]
    except KeyError:
        pass
    found: Atom | None = None
    if norm not in _NOT_NUMBERS:
        words = _words()
        for rest, n in stems(norm):
            entry = words.get(rest)
            if entry is not None and norm[:n] in _CLITICS:
                found = Atom(entry[0], entry[1], norm[:n], norm.isascii())
                break
        if found is None and "-" in norm:
            tens, _, unit = norm.partition("-")
            a, b = words.get(tens), words.get(unit)
            if a and b and a[0] == "tens" and b[1] < 10:
                found = Atom("ordinal" if b[0] == "ordinal" else "teen", a[1] + b[1], "", True)
    if len(_ATOMS) < 200_000:
        _ATOMS[norm] = found
    return found


def digits(norm: str, *, grouping: bool = True) -> float | None:
    """The value of a token of digits with separators; None where the separators make no number (an address, a version).

    ``grouping``: one dot before exactly three digits parts thousands ("55.243"), as Arabic newsrooms write; without
    it a dot is a decimal point. A comma before exactly three digits always parts thousands, before others decimals.
    """
    if norm.isdigit():
        return float(norm)
    seps = [c for c in norm if not c.isdigit()]
    parts = norm.replace(",", ".").split(".")
    if len(seps) == 1:
        whole, rest = parts
        thousands = len(rest) == 3 and len(whole) <= 3 and whole.strip("0") != "" and (grouping or seps[0] == ",")
        return float(whole + rest) if thousands else float(f"{whole}.{rest}")
    inner = parts[1:] if len(set(seps)) == 1 else parts[1:-1]
    if len(set(seps[:-1])) == 1 and len(parts[0]) <= 3 and all(len(p) == 3 for p in inner):
        if len(set(seps)) == 1:
            return float("".join(parts))
        return float("".join(parts[:-1]) + "." + parts[-1])
    return None


def read_digits(text: str, tokens: Sequence[Token], i: int, *, grouping: bool = True) -> tuple[float, int] | None:
    """The value of the digits at ``i`` and the token after them: groups of three set apart by an Arabic comma or by
    one space belong together ("50،017", "40 000")."""
    t = tokens[i]
    n = len(tokens)
    value = digits(t.norm, grouping=grouping)
    if value is None:
        return None
    if len(t.norm) > 3 or not t.norm.isdigit() or t.norm == "0":
        return value, i + 1
    whole, k, end = t.norm, i + 1, t.end
    while k < n:
        if tokens[k].norm == "," and k + 1 < n and tokens[k].start == end and tokens[k + 1].start == tokens[k].end:
            m = k + 1
        elif tokens[k].script == "number" and tokens[k].start == end + 1 and text[end] in " \u00a0\u202f":
            m = k
        else:
            break
        group = tokens[m].norm
        head, point, rest = group.partition("." if "." in group else ",")
        if tokens[m].script != "number" or len(head) != 3 or not (rest.isdigit() or not point):
            break
        if m == k and m + 1 < n and tokens[m + 1].script == "number" and len(tokens[m + 1].norm.split(".")[0]) != 3:
            break
        whole, k, end = whole + head, m + 1, tokens[m].end
        if point:
            whole += "." + rest
            break
    return float(whole), k


def parse(text: str, tokens: Sequence[Token], i: int, *, grouping: bool = True) -> Parsed | None:
    """The longest number that begins at token ``i``, or None. Qualifiers, ranges and per cent are the caller's."""
    t = tokens[i]
    if t.script == "number":
        start = read_digits(text, tokens, i, grouping=grouping)
        if start is None:
            return None
        return _Machine(text, tokens, grouping).run(start[1], start[0], "digits", start[1])
    first = atom(t.norm)
    if first is None:
        return None
    if first.kind == "ordinal":
        return _ordinal(text, tokens, i, first)
    if first.kind == "one":
        follows = atom(tokens[i + 1].norm) if i + 1 < len(tokens) else None
        if follows is None or follows.kind != "ten":
            return Parsed(1, 1, i + 1, "one", False, 1) if not first.definite else None
    return _Machine(text, tokens, grouping).begin(i, first)


def _ordinal(text: str, tokens: Sequence[Token], i: int, first: Atom) -> Parsed:
    value, j = first.value, i + 1
    nxt = atom(tokens[j].norm) if j < len(tokens) and "\n" not in text[tokens[i].end : tokens[j].start] else None
    if nxt is not None and value < 10:
        if nxt.kind == "ten" and not nxt.clitics:
            value, j = value + 10, j + 1
        elif nxt.kind == "tens" and nxt.joined:
            value, j = value + nxt.value, j + 1
    return Parsed(value, value, j, "ordinal", False, 1)


class _Machine:
    """Reads number words one after the other: ``total`` are the closed groups, ``group`` the open one below ``limit``."""

    __slots__ = ("group", "grouping", "last", "limit", "text", "tokens", "total")

    def __init__(self, text: str, tokens: Sequence[Token], grouping: bool) -> None:
        self.text, self.tokens, self.grouping = text, tokens, grouping
        self.total = self.group = 0.0
        self.limit = float("inf")
        self.last = ""

    def begin(self, i: int, first: Atom) -> Parsed | None:
        kind, value = first.kind, first.value
        after = i + 1
        nxt = atom(self.tokens[after].norm) if after < len(self.tokens) else None
        if kind in ("vague", "scales"):
            return self._vague(after, first, nxt)
        if kind in ("half", "fraction", "fractions2", "parts"):
            value = _part(first)
            m = after + 1 if self.tokens[after : after + 1] and self.tokens[after].norm in ("a", "of") else after
            big = atom(self.tokens[m].norm) if m < len(self.tokens) else None
            if big is not None and big.kind in ("scale", "dozen"):
                return Parsed(value * big.value, value * big.value, m + 1, "cardinal", False, big.value)
            return Parsed(value, value, after, "fraction", False, 1)
        if kind == "zero":
            return Parsed(0, 0, after, "cardinal", False, 1)
        if kind in ("dozen", "pair", "pairdozen"):
            return Parsed(value, value, after, "cardinal", False, 1)
        if kind == "dozens":
            return None
        if kind == "unit2" and (nxt is None or nxt.kind != "ten"):
            return None
        if kind in ("scale", "dual"):
            self.total, self.limit = value * (2 if kind == "dual" else 1), value
            return self.run(after, None, "scale", after)
        opened = {"unit2": "unit", "one": "unit", "hundreds": "hundred", "ten": "teen"}.get(kind, kind)
        return self.run(after, value, opened, after)

    def _vague(self, j: int, first: Atom, nxt: Atom | None) -> Parsed:
        """Dozens, hundreds, thousands: two to ten of it, open above from millions on (the codebook's bounds)."""
        low, high = 2 * first.value, 10 * first.value - 1
        scale = 1.0
        while True:
            if nxt is not None and nxt.kind in ("scale", "scales") and (nxt.value > first.value):
                step = j + 1
            elif j + 1 < len(self.tokens) and self.tokens[j].norm in ("of", "من"):
                nxt = atom(self.tokens[j + 1].norm)
                if nxt is None or nxt.kind not in ("scale", "scales") or nxt.value <= first.value:
                    break
                step = j + 2
            else:
                break
            low, high, scale, j = low * nxt.value, (high + 1) * nxt.value - 1, nxt.value, step
            first = Atom(first.kind, first.value * nxt.value, "")
            nxt = atom(self.tokens[j].norm) if j < len(self.tokens) else None
        return Parsed(low, None if first.value >= 1_000_000 else high, j, "cardinal", False, scale)

    def run(self, k: int, value: float | None, last: str, first_end: int) -> Parsed:
        tokens, n = self.tokens, len(self.tokens)
        self.last = last
        if value is not None:
            self.group = value
        while k < n:
            m, joined = k, False
            word = tokens[m]
            if "\n" in self.text[tokens[k - 1].end : word.start]:
                break
            if word.norm in ("و", "and") and m + 1 < n:
                m, joined = m + 1, True
                word = tokens[m]
            if word.script == "number":
                step = self._digits_after(m, joined)
                if step is None:
                    break
                k = step
                continue
            if word.script == "mark":
                break
            a = atom(word.norm)
            if (
                a is None
                or a.clitics not in ("", "و", "ال", "وال")
                or (a.clitics == "ال" and a.kind not in ("scale", "scales"))
            ):
                break
            if a.kind in ("unit", "teen") and self.last != "fraction":
                parts = atom(tokens[m + 1].norm) if m + 1 < n else None
                if (joined or a.joined) and parts is not None and parts.kind == "fraction" and not parts.clitics:
                    self.total += a.value * _part(parts)
                    self.last, k = "fraction", m + 2
                    continue
            if not self._take(a, joined or a.joined):
                break
            k = m + 1
        if k == first_end and last == "unit" and k < n:
            parts = atom(tokens[k].norm)
            if parts is not None and parts.kind == "fraction" and not parts.clitics and parts.value != 10:
                share = self.group * _part(parts)
                return Parsed(share, share, k + 1, "fraction", False, 1)
        low = self.total + self.group
        return Parsed(low, low, k, "cardinal", last == "digits" and k == first_end, self._scale())

    def _scale(self) -> float:
        return self.limit if self.limit != float("inf") else 1.0

    def _digits_after(self, m: int, joined: bool) -> int | None:
        """Digits after a closed group: "21 ألفاً و110"."""
        if not joined or self.last not in ("scale", "hundred"):
            return None
        got = read_digits(self.text, self.tokens, m, grouping=self.grouping)
        most = self.limit if self.last == "scale" else 100
        if got is None or not 0 < got[0] < most or got[0] != int(got[0]):
            return None
        nxt = atom(self.tokens[got[1]].norm) if got[1] < len(self.tokens) else None
        if nxt is not None and nxt.kind in ("scale", "scales") and got[0] * nxt.value >= self.limit:
            return None  # "160 thousand and 200 thousand" are two numbers
        self.group, self.last = self.group + got[0], "digits"
        return got[1]

    def _take(self, a: Atom, joined: bool) -> bool:
        """One more word, if it can go on from here; False where the number ends before it."""
        kind, value, last = a.kind, a.value, self.last
        below = self.group % 100
        if kind in ("scale", "scales", "dual"):
            return self._close(a, joined)
        if kind in ("half", "fraction", "fractions2"):
            return joined and last != "fraction" and self._add_part(_part(a))
        if kind in ("dozen", "dozens", "pairdozen"):
            return self._dozens(a, joined)
        if kind == "hundred" and not joined:
            if last not in ("unit", "teen", "tens", "digits") or not below:
                return False
            self.group = self.group * 100 if last == "digits" else self.group - below + below * 100
            self.last = "hundred"
            return True
        after = {
            "unit": ("hundred", "scale"), "unit2": ("hundred", "scale"), "one": ("hundred", "scale"),
            "teen": ("hundred", "scale"), "tens": ("unit", "hundred", "scale"),
            "hundred": ("scale",), "hundreds": ("scale",), "ten": ("hundred", "scale"),
        }.get(kind, ())  # fmt: skip
        fits = joined and last in after
        if kind == "ten" and not joined:
            fits = last == "unit" and 0 < below < 10
        elif a.latin and not joined:
            fits = last in ("hundred", "scale") or (kind == "unit" and last == "tens")
        if not fits:
            return False
        self.group += value
        self.last = {"ten": "teen", "unit2": "unit", "one": "unit", "hundreds": "hundred"}.get(kind, kind)
        return True

    def _close(self, a: Atom, joined: bool) -> bool:
        """Thousand, million …: closes the open group. The unit said again ("مليون ونصف المليون") adds nothing."""
        if (
            a.value > self.limit
            and not joined
            and not self.group
            and a.kind != "dual"
            and self.total <= 999 * self.limit
        ):
            self.total, self.limit, self.last = self.total * a.value, a.value, "scale"
            return True
        if a.value >= self.limit:
            return self.last == "fraction" and a.value == self.limit and a.definite
        if a.kind == "dual":
            if not (joined and self.last == "scale"):
                return False
            self.total += 2 * a.value
        elif self.group and not joined:
            self.total += self.group * a.value
        elif joined and self.last == "scale" and not self.group and a.kind == "scale":
            self.total += a.value
        else:
            return False
        self.group, self.limit, self.last = 0.0, a.value, "scale"
        return True

    def _dozens(self, a: Atom, joined: bool) -> bool:
        if a.kind == "pairdozen":
            if not (joined and self.last == "hundred"):
                return False
            self.group += a.value
        elif joined or self.last not in ("unit", "digits", "teen"):
            return False
        else:
            self.group *= a.value
        self.last = "teen"
        return True

    def _add_part(self, part: float) -> bool:
        """ "A million and a half" is half of a million, "a hundred and three quarters" three quarters of one."""
        self.total += part * (self.limit if self.last == "scale" else 1)
        self.last = "fraction"
        return True


def _part(a: Atom) -> float:
    """The value of a word for a part: half, a third, two thirds."""
    return {"half": 0.5, "fraction": 1 / a.value, "fractions2": 2 / a.value, "parts": a.value}[a.kind]
