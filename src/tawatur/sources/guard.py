"""The way out to the network: names are resolved here, every address found is checked, and the connection goes to
exactly an address that was checked (a name that resolves otherwise the second time changes nothing). Everything read
and written is held to the time that the fetch has left."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from tawatur.sources.faults import Fault

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to IP addresses, best first; raises :class:`OSError` where there are none."""
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_MOST_TRIED = 4

# IANA's registries of special-purpose addresses, and multicast. Written out, since what the standard library calls
# global differs between its versions.
_RANGES: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "unspecified"), ("10.0.0.0/8", "private"), ("100.64.0.0/10", "shared by a provider"),
    ("127.0.0.0/8", "this machine"), ("169.254.0.0/16", "link-local (cloud metadata)"), ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "documentation"), ("192.88.99.0/24", "reserved"),
    ("192.168.0.0/16", "private"), ("198.18.0.0/15", "benchmarking"), ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"), ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"), ("::1/128", "this machine"), ("64:ff9b:1::/48", "translation inside a network"),
    ("100::/64", "discarded"), ("2001::/23", "reserved"), ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"), ("5f00::/16", "segment routing"), ("fc00::/7", "private"),
    ("fe80::/10", "link-local"), ("fec0::/10", "site-local"), ("ff00::/8", "multicast"),
)  # fmt: skip
_NETWORKS = tuple((ipaddress.ip_network(network), name) for network, name in _RANGES)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def why_not_public(address: str) -> str:
    """ "" for an IP address of the public internet, else what it is ("private", "this machine", …). IPv4 addresses
    inside IPv6 ones (mapped, compatible, 6to4, NAT64) are looked at themselves; Teredo is refused as a whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "no IP address"
    for network, name in _NETWORKS:
        if found.version == network.version and found in network:
            return name
    inner = _embedded(found)
    if inner is not None:
        return why_not_public(str(inner))
    return "" if found.is_global else "reserved"


def _embedded(found: _IP) -> ipaddress.IPv4Address | None:
    if isinstance(found, ipaddress.IPv4Address):
        return None
    if found in _NAT64 or found in _COMPATIBLE:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of ``host`` as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(host: str, port: int, resolve: Resolve, allow_private: bool) -> list[str]:
    """The addresses of ``host``, all of them public unless ``allow_private``. Raises :class:`Fault`."""
    try:
        addresses = list(resolve(host, port))
    except socket.gaierror as error:
        unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        raise Fault(
            f"there is no host {host}" if unknown else f"{host} could not be looked up", retry=not unknown
        ) from None
    except (OSError, UnicodeError):
        raise Fault(f"{host} could not be looked up", retry=True) from None
    if not addresses:
        raise Fault(f"there is no host {host}")
    for address in addresses:
        why = "" if allow_private else why_not_public(address)
        if why:
            raise Fault(f"{host} is at {address}, which is not on the public internet ({why})", "refused")
    return addresses


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only; ``left`` gives the seconds that the running fetch still has."""

    def __init__(self, resolve: Resolve, allow_private: bool, left: Callable[[], float]) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._left = left
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = checked(host, port, self._resolve, self._allow_private)[:_MOST_TRIED]
        for number, address in enumerate(addresses, 1):
            try:
                stream = self._plain.connect_tcp(
                    address, port, _within(timeout, self._left), local_address, socket_options
                )
                return _TimedStream(stream, self._left)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore2.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("sockets of this machine are no web servers")


def _within(timeout: float | None, left: Callable[[], float]) -> float:
    """The shorter of ``timeout`` and the time left; raises where there is none."""
    seconds = left()
    if seconds <= 0:
        raise httpcore2.ReadTimeout("the time of the fetch is over")
    return seconds if timeout is None else min(timeout, seconds)


class _TimedStream(httpcore2.NetworkStream):
    """A stream whose every read and write ends with the time of the fetch: a server that sends a byte now and then
    gets no further."""

    def __init__(self, stream: httpcore2.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _within(timeout, self._left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _within(timeout, self._left))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _within(timeout, self._left))
        return _TimedStream(stream, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
