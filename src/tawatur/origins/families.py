"""Who publishes: outlets by name or address, and which of them belong together.

``data/publishers.csv`` lists outlets with their addresses, the ``family`` that shares a newsroom or an owner, the
party of the catalogue that owns it and whether it speaks for that party (``voice``: ``party`` for the media arm of a
group, ``outlet`` for everything else, state agencies among them). Each row names where the fact can be checked. An
outlet that is not listed is a family of its own, by its name or else its address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal
from urllib.parse import urlsplit

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_tables import entity
from tawatur.model import Label
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

Voice = Literal["outlet", "party", "account"]
_VIEWS = frozenset(("s", "pages", "groups", "channel", "c", "user", "watch", "p", "people", "photo", "story.php", ""))


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet: its id (of the table, or ``name:…``, ``host:…``, ``account:…``), the family that it belongs to, its
    owner among the parties ("" where none is listed), and whose voice it is. ``id`` is "" where nothing is known."""

    id: str
    label: Label
    family: str
    owner: str = ""
    voice: Voice = "outlet"
    agency: bool = False
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether the table lists it."""
        return bool(self.source)


NOBODY = Publisher("", Label(), "")


def name_key(name: str) -> str:
    """The words of a name that tell outlets apart, as one key: folded, without marks, article or "agency"."""
    words = [t.norm for t in tokenize(name) if t.script != "mark"]
    words = [w.removeprefix("ال") if len(w) > 4 else w for w in words]
    while len(words) > 1 and words[0] in _leading():
        words = words[1:]
    return " ".join(words)


@cache
def _leading() -> frozenset[str]:
    return frozenset(("the", *(fold(r["word"]) for r in rows("outlet_nouns.csv") if r["lang"] == "ar")))


@cache
def outlet_nouns() -> frozenset[str]:
    """Folded words that mark a name as that of an outlet."""
    return frozenset(fold(r["word"]) for r in rows("outlet_nouns.csv"))


@cache
def _table() -> tuple[dict[str, Publisher], dict[str, Publisher], dict[str, Publisher]]:
    """Publishers by id, by name and by host."""
    ids: dict[str, Publisher] = {}
    names: dict[str, Publisher] = {}
    hosts: dict[str, Publisher] = {}
    listed = {r["id"]: r for r in rows("outlets.csv")}
    for r in rows("publishers.csv"):
        base = listed.get(r["id"], {})
        known = entity(r["id"])
        label = Label(r["en"], r["ar"]) if r["en"] else (known.label if known else Label())
        agency = base.get("kind") == "agency"
        voice: Voice = "party" if r["voice"] == "party" else "outlet"
        one = ids[r["id"]] = Publisher(r["id"], label, r["family"], r["owner"], voice, agency, r["source"])
        for host in filter(None, r["domains"].split("|")):
            hosts[host] = one
    for r in listed.values():
        if r["id"] not in ids and r["kind"] != "other":  # a platform publishes nothing itself
            ids[r["id"]] = Publisher(
                r["id"], Label(r["en"], r["ar"]), r["id"], agency=r["kind"] == "agency", source=r["source"]
            )
    for id_, one in ids.items():
        base = listed.get(id_, {})
        aliases = [one.label.en, one.label.ar]
        aliases += base.get("aliases_ar", "").split("|") + base.get("aliases_en", "").split("|")
        for name in filter(None, aliases):
            names.setdefault(name_key(name), one)
    return ids, names, hosts


@cache
def _platforms() -> dict[str, str]:
    return {r["host"]: r["platform"] for r in rows("platforms.csv")}


def names_of_publishers() -> dict[str, Publisher]:
    """The listed outlets by ``name_key``."""
    return _table()[1]


@lru_cache(maxsize=4096)
def names_of(one: Publisher) -> frozenset[str]:
    """The names (by ``name_key``) under which an outlet of that family may be credited."""
    listed = {key for key, other in _table()[1].items() if other.family == one.family}
    return frozenset(listed | {name_key(x) for x in (one.label.en, one.label.ar) if x})


def publisher(id_: str) -> Publisher | None:
    """The outlet of that id, where a table lists it."""
    return _table()[0].get(id_)


def host_of(address: str) -> str:
    """The host of an address without ``www.``; "" where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".") if "." in host else ""


def by_address(address: str) -> Publisher | None:
    """Who publishes at ``address``: a listed outlet, or an account of a platform."""
    host = host_of(address)
    platform = _platforms().get(host)
    if platform:
        parts = [p for p in urlsplit(address if "//" in address else f"//{address}").path.split("/") if p not in _VIEWS]
        name = parts[0].lstrip("@") if parts else ""
        if not name or re.fullmatch(r"[\d.]+|permalink.*|status.*|watch.*|share.*|posts.*|i|reel|videos?", name):
            return None
        known = _table()[1].get(name_key(name))
        return known or Publisher(
            f"account:{platform}:{name.casefold()}", Label(en=name), f"account:{name.casefold()}", "", "account"
        )
    hosts = _table()[2]
    while host:
        if host in hosts:
            return hosts[host]
        host = host.partition(".")[2]
    return None


def by_name(name: str) -> Publisher | None:
    """The listed outlet of that name, in either language and with or without "agency"."""
    key = "" if name.startswith("@") else name_key(name)
    names = _table()[1]
    head, _, last = key.rpartition(" ")
    return names.get(key) or (names.get(head) if last.isascii() and last in outlet_nouns() else None)


@lru_cache(maxsize=4096)
def publisher_of(name: str, address: str = "") -> Publisher:
    """Who published a report that gives ``name`` as its outlet and stands at ``address``: listed by name, listed by
    address, the name itself, an account, the host; ``NOBODY`` where neither is given."""
    found = (by_name(name) if name else None) or (by_address(address) if address else None)
    if found is not None and (found.voice != "account" or not name):
        return found
    key = name_key(name)
    if key:
        label = Label(ar=name) if re.search(r"[\u0600-\u06ff]", name) else Label(en=name)
        account = (found is not None or name.startswith("@")) and not outlet_nouns() & set(key.split())
        return Publisher(f"name:{key}", label, f"name:{key}", "", "account" if account else "outlet")
    host = host_of(address)
    return Publisher(f"host:{host}", Label(en=host), f"host:{host}") if host else NOBODY
