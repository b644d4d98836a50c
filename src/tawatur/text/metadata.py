"""What a page says about itself: headline, time of publication with its hour and UTC offset, outlet, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import lxml.html

from tawatur.model import Issue
from tawatur.text.moments import day_of, offset_of

_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "title")
_SITE_METAS = ("og:site_name", "application-name", "dc.publisher", "twitter:site")
_TIME_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "publishdate", "pubdate", "publish-date",
    "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date",
    "article.published", "cxenseparse:recs:publishtime", "og:published_time", "published_time", "timestamp",
)  # fmt: skip
_SEPARATORS = re.compile(r"\s+[|·•»—–-]\s+")
_SPACES = re.compile(r"\s+")
_MAX_JSON = 400_000
_MAX_NODES = 5000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states; "" where it is silent. ``published`` is the text as given, with hour and offset."""

    title: str = ""
    published: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    issues: tuple[Issue, ...] = ()


def metadata_of(tree: lxml.html.HtmlElement, address: str = "") -> Metadata:
    """The metadata of a page found at ``address``."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    outlet = _outlet(metas, linked)
    url = _first(tree.xpath("//link[@rel='canonical']/@href")) or metas.get("og:url", "") or address
    if not url.startswith(("http://", "https://")):
        url = address or url
    times = _times(tree, metas, linked)
    published, issues = _best_time(times)
    language = (tree.get("lang") or _first(tree.xpath("//html/@lang")) or metas.get("og:locale", ""))[:2].lower()
    return Metadata(_title(tree, metas, linked, outlet), published, outlet or _host(url), url, language, issues)


def _first(values: Any) -> str:
    return _SPACES.sub(" ", str(values[0])).strip() if values else ""


def _metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = _SPACES.sub(" ", meta.get("content") or "").strip()
        if name and content:
            out.setdefault(name.lower(), content[:2000])
    return out


def _linked_data(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that tell of an article or another work."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        raw = script.text or ""
        if not raw.strip() or len(raw) > _MAX_JSON:
            continue
        try:
            waiting: list[Any] = [json.loads(raw, strict=False)]
        except (ValueError, RecursionError):
            continue
        visited = 0
        while waiting and visited < _MAX_NODES:
            node = waiting.pop(0)
            visited += 1
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                if "datePublished" in node or "headline" in node:
                    yield node
                waiting.extend(node.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return _SPACES.sub(" ", value).strip() if isinstance(value, str) else ""


def _outlet(metas: dict[str, str], linked: list[dict[str, Any]]) -> str:
    for name in _SITE_METAS[:1]:
        if metas.get(name):
            return metas[name]
    for node in linked:
        if found := _text(node.get("publisher")):
            return found
    return next((metas[name].lstrip("@") for name in _SITE_METAS if metas.get(name)), "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _title(tree: lxml.html.HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]], outlet: str) -> str:
    heads = [words for h in tree.iter("h1") if (words := _SPACES.sub(" ", "".join(h.itertext())).strip())]
    named = next((metas[name] for name in _TITLE_METAS if metas.get(name)), "")
    headline = next((found for node in linked if (found := _text(node.get("headline")))), "")
    page = _first(tree.xpath("//title/text()"))
    if len(heads) == 1 and (not (named or page) or heads[0][:25] in (named or page)):
        return heads[0]
    return _without_site(named, outlet) or headline or (heads[0] if heads else "") or _without_site(page, outlet)


def _without_site(title: str, outlet: str) -> str:
    """A page's title without the name of the site at its end."""
    pieces = _SEPARATORS.split(title)
    if len(pieces) < 2:
        return title
    last = pieces[-1].strip()
    if last == outlet or (len(last) <= 30 and len(last) < 0.4 * len(title) and "|" in title[-len(last) - 4 :]):
        return title[: title.rindex(last)].rstrip(" |·•»—–-")
    return title


def _times(tree: lxml.html.HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]]) -> list[str]:
    """The times of publication that the page gives, the most trusted first."""
    out = [metas[name] for name in _TIME_METAS[:2] if metas.get(name)]
    out += [_text(node.get("datePublished")) for node in linked]
    out += [metas[name] for name in _TIME_METAS[2:] if metas.get(name)]
    out += [
        str(v)
        for v in tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")[:3]
    ]
    out += [str(v) for v in tree.xpath("//time[@pubdate]/@datetime")[:1]]
    if not out:
        out += [
            str(v)
            for v in tree.xpath(
                "//article//time/@datetime | //header//time/@datetime | //h1/following::time/@datetime"
            )[:1]
        ]
    return [value.strip() for value in out if value.strip() and day_of(value)]


def _best_time(times: list[str]) -> tuple[str, tuple[Issue, ...]]:
    """The first time given; one at the outlet's own offset, where another gives the same moment only in UTC."""
    if not times:
        return "", ()
    best = times[0]
    if not offset_of(best):
        own = [t for t in times[1:] if offset_of(t)]
        best = own[0] if own else next((t for t in times if len(t) > 10), best)
    days = sorted({str(day_of(t)) for t in times})
    if len(days) > 1:
        return best, (Issue("published", f"the page gives several days of publication ({', '.join(days[:4])})"),)
    return best, ()
