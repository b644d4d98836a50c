"""Web addresses in one form, so that one page has one name in the books; forms that only serve to deceive are refused."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

import httpx2

from tawatur.errors import InputError

MAX_LENGTH = 8000
"""Characters of an address (RFC 9110, section 4.1, asks for 8,000 octets to be supported)."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HINT = "give an address like https://example.org/news/1"
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_FRONT = re.compile(r"/?([a-z]{2}(-[a-z]{2})?/?)?((index|home|default)(\.[a-z]{3,5})?/?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a web address: ``target`` is its path and query, ``port`` is always given."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port, as in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def is_web(name: str) -> bool:
    """Whether ``name`` begins like a web address."""
    return name.lstrip()[:8].lower().startswith(("http://", "https://"))


def parse(text: str, base: str = "") -> Address:
    """``text`` (relative to ``base``, where given) as an address: host in lower case and ASCII (IDNA 2008), without
    fragment, the scheme's own port and a dot at the end of the host, escapes in capitals. Raises :class:`InputError`
    for other schemes, a user name in it, hosts that are numbers in disguise (``0x7f.1``), and ports below 1024 that
    are not the web's."""
    text = text.strip()
    shown = printable(text, 100)
    if len(text) > MAX_LENGTH:
        raise InputError(f"the address {shown} is longer than {MAX_LENGTH:,} characters", _HINT)
    try:
        url = httpx2.URL(base).join(text) if base else httpx2.URL(text)
        scheme, host, user, path = url.scheme.lower(), url.raw_host.decode(), url.userinfo, url.raw_path.decode()
        port = url.port or _DEFAULT_PORTS.get(scheme, 0) if url.port != 0 else 0
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise InputError(f"the address {shown} cannot be read: {printable(str(error), 200)}", _HINT) from None
    if user:
        raise InputError(f"the address of {host} has a user name in it", "give it without the part before the @")
    if scheme not in _DEFAULT_PORTS:
        raise InputError(f"{shown} is no web address (http or https)", _HINT)
    if not (0 < port < 65536) or (port < 1024 and port not in _DEFAULT_PORTS.values()):
        raise InputError(f"{shown}: port {url.port} is none that serves pages", "use 80, 443, or one from 1024 up")
    return Address(scheme, _host(host, shown), port, _ESCAPE.sub(lambda m: m[0].upper(), path))


def printable(text: str, most: int = MAX_LENGTH) -> str:
    """``text`` as it can be shown and kept: at most so many characters, all of them ones that print."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)


def canonical(text: str, base: str = "") -> str:
    """The one form of an address; see :func:`parse`."""
    return str(parse(text, base))


def _host(host: str, shown: str) -> str:
    if ":" in host:
        try:
            found = ipaddress.IPv6Address(host)
        except ValueError:
            raise InputError(f"{shown}: {host} is no host", _HINT) from None
        if found.scope_id:
            raise InputError(f"{shown}: the host names a network interface", _HINT)
        return str(found)
    host = host.lower().removesuffix(".")
    if len(host) > 253 or not _HOST.fullmatch(host) or max(map(len, host.split("."))) > 63:
        raise InputError(f"{shown}: {host[:60]!r} is no host", _HINT)
    if _NUMERIC.fullmatch(host.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise InputError(f"{shown}: the host is a number in disguise", "write it as four numbers") from None
    return host


def is_front_page(address: str) -> bool:
    """Whether a canonical address is the front page of its site, or of one of its languages."""
    target = parse(address).target
    return _FRONT.fullmatch(target.partition("?")[0]) is not None and "?" not in target


def sent_to_front_page(asked: str, final: str) -> bool:
    """Whether a page below the front page was answered by a redirect to a front page: the page itself is gone."""
    return asked != final and not is_front_page(asked) and is_front_page(final)
