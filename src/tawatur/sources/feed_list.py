"""The list of what to watch, FEEDS.toml: read with every mistake told in a line of its own."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

from tawatur.errors import InputError
from tawatur.sources.addresses import canonical

FeedKind = Literal["feed", "sitemap", "page"]
MAX_FILE = 4 << 20
"""Bytes of a list; ten thousand feeds have about one million."""
SHORTEST, LONGEST = 60.0, 31 * 86400.0
"""Seconds between two visits to a feed, at least and at most."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(?:\d{1,6}[smhd])+")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*feed[ \t]*\]\]", re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What to visit, and how often (``every``, in seconds). ``outlet`` and ``language`` are said of all its reports,
    ``media`` also keeps pictures. For a sitemap, ``max_pages`` are fetched in one visit (0: as many as a sitemap's
    limits say), and nothing that last changed before the day ``since``."""

    address: str
    every: float = 15 * 60.0
    kind: FeedKind = "feed"
    outlet: str = ""
    language: str = ""
    media: bool = False
    max_pages: int = 0
    since: date | None = None


def read_feed_list(path: Path) -> tuple[FeedEntry, ...]:
    """The entries of the list at ``path``, in its order. Raises :class:`InputError`, one line for each mistake."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise InputError(f"there is no file {path}", "give the path of a list of feeds (TOML)") from None
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}", "check the path and its permissions") from None
    if len(raw) > MAX_FILE:
        raise InputError(f"{path} is larger than {MAX_FILE >> 20} MB", "split the list")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8", "save it as UTF-8") from None
    return parse_feed_list(text, str(path))


def parse_feed_list(text: str, name: str = "FEEDS.toml") -> tuple[FeedEntry, ...]:
    """As :func:`read_feed_list`, from the text of a list that messages call ``name``."""
    try:
        value = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            f"{name} is no TOML: {error}", 'values in quotes: address = "https://example.org/rss"'
        ) from None
    mistakes = _unknown(value, ("feed", "defaults"), "")
    rows = value.get("feed", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f'{name}: "feed" is no list of tables', "begin each feed with a line [[feed]]")
    defaults = value.get("defaults", {})
    if not isinstance(defaults, dict):
        raise InputError(f'{name}: "defaults" is no table', "begin the defaults with a line [defaults]")
    given, more = _fields(defaults, "[defaults]: ", _DEFAULTS)
    mistakes += more
    entries: dict[str, FeedEntry] = {}
    for where, row in zip(_places(text, len(rows)), rows, strict=True):
        fields, more = _fields(row, where, _FIELDS)
        if "address" not in row:
            more.append(f"{where}it has no address")
        address = str(fields.get("address", ""))
        if address in entries:
            more.append(f"{where}{address} is in the list already")
        mistakes += more
        if address and not more:
            entries[address] = FeedEntry(**(given | fields))  # type: ignore[arg-type]  # checked field by field
    if not rows:
        mistakes.append("it names no feed")
    if mistakes:
        raise InputError("\n".join(f"{name}: {mistake}" for mistake in mistakes), _HINT)
    return tuple(entries.values())


_HINT = 'a feed is a line [[feed]] and a line address = "https://example.org/rss"'


def duration(text: str) -> float:
    """Seconds of ``15m``, ``1h30m``, ``2d``; ``ValueError`` for anything else."""
    if not _DURATION.fullmatch(text):
        raise ValueError(text)
    return float(sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smhd])", text)))


def _places(text: str, number: int) -> list[str]:
    """How messages call the feeds: by number and, where the lines [[feed]] are as many, by line."""
    lines = [text.count("\n", 0, found.start()) + 1 for found in _HEADER.finditer(text)]
    if len(lines) != number:
        return [f"feed {n}: " for n in range(1, number + 1)]
    return [f"feed {n} (line {line}): " for n, line in enumerate(lines, 1)]


def _unknown(row: Mapping[str, object], known: tuple[str, ...], where: str) -> list[str]:
    out = []
    for key in row:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            out.append(f'{where}"{key}" is unknown' + (f'; did you mean "{near[0]}"?' if near else ""))
    return out


def _fields(
    row: Mapping[str, object], where: str, known: Mapping[str, Callable[[object], object]]
) -> tuple[dict[str, object], list[str]]:
    mistakes = _unknown(row, tuple(known), where)
    fields: dict[str, object] = {}
    for key, value in row.items():
        if key in known:
            try:
                fields[key] = known[key](value)
            except ValueError as error:
                mistakes.append(f"{where}{key} = {_shown(value)}: {error}")
    return fields, mistakes


def _shown(value: object) -> str:
    shown = str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= 100 else shown[:99] + "…"


def _address(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("an address is a text in quotes")
    try:
        return canonical(value)
    except InputError as error:
        raise ValueError(str(error)) from None


def _every(value: object) -> float:
    try:
        seconds = duration(value) if isinstance(value, str) else -1.0
    except ValueError:
        seconds = -1.0
    if seconds < 0:
        raise ValueError('a time is written "15m", "1h30m" or "1d"')
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError("it is from one minute to 31 days")
    return seconds


def _kind(value: object) -> str:
    kinds = get_args(FeedKind)
    if value not in kinds:
        near = difflib.get_close_matches(str(value), kinds, 1)
        raise ValueError(f'did you mean "{near[0]}"?' if near else 'it is "feed", "sitemap" or "page"')
    return str(value)


def _outlet(value: object) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("an outlet is a name in quotes")
    return " ".join(value.split())


def _language(value: object) -> str:
    if not isinstance(value, str) or (value and not _LANGUAGE.fullmatch(value)):
        raise ValueError('a language is a code like "ar" or "en"')
    return value


def _media(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("it is true or false, without quotes")
    return value


def _max_pages(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 100_000:
        raise ValueError("it is a number from 1 to 100000")
    return value


def _since(value: object) -> date:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("a day is written 2026-11-01")
    return value


_DEFAULTS: Mapping[str, Callable[[object], object]] = {
    "every": _every, "kind": _kind, "outlet": _outlet, "language": _language, "media": _media,
    "max_pages": _max_pages, "since": _since,
}  # fmt: skip
_FIELDS = {"address": _address, **_DEFAULTS}


class FeedFile:
    """A list on disk that may change while it is in use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = self._state()
        self.entries = read_feed_list(path)

    def changed(self) -> tuple[FeedEntry, ...] | None:
        """The entries anew where the file is another one than at the last call, else None. Raises
        :class:`InputError`, once for each change, where it is no good; :attr:`entries` stays as it was."""
        state = self._state()
        if state == self._seen:
            return None
        self._seen = state
        self.entries = read_feed_list(self.path)
        return self.entries

    def _state(self) -> tuple[int, int, int]:
        try:
            found = self.path.stat()
        except OSError:
            return (0, 0, 0)
        return (found.st_mtime_ns, found.st_size, found.st_ino)
