"""One request and its answer, over HTTP/1.1, with nothing followed, kept or taken from the environment."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache

import httpcore2
import httpx2

from tawatur.sources.addresses import Address
from tawatur.sources.bodies import ACCEPTED, read_body
from tawatur.sources.faults import Fault
from tawatur.sources.guard import GuardedBackend, Resolve
from tawatur.sources.turns import Budget

WITH_BODY = (200, 203)
"""Statuses whose body is what was asked for."""
_KEPT_ALIVE = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; ``body`` is unpacked, and empty for statuses other than :data:`WITH_BODY`."""

    status: int
    headers: httpx2.Headers
    body: bytes = b""

    @property
    def media_type(self) -> str:
        return media_type_of(self.headers)[0]

    @property
    def charset(self) -> str:
        return media_type_of(self.headers)[1]


def media_type_of(headers: httpx2.Headers) -> tuple[str, str]:
    """Media type and charset of a Content-Type header, in lower case, "" where they are not given or no names."""
    kind, *parameters = headers.get("content-type", "").split(";")
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'")
    return _name(kind), _name(charset)


def _name(text: str) -> str:
    text = text.strip().lower()
    return text if len(text) <= 100 and text.isascii() and text.isprintable() else ""


@cache
def _usual_trust() -> ssl.SSLContext:
    """The certificates that this machine trusts; loaded once, for it takes a while."""
    return httpx2.create_ssl_context(trust_env=False)


class Wire:
    """The connections of one fetcher. Proxies, certificates and passwords that the environment names are of no
    account; cookies are not kept."""

    def __init__(
        self, agent: str, resolve: Resolve, *, allow_private: bool, connect_seconds: float,
        trust: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self._agent = agent
        self._connect_seconds = connect_seconds
        self._running = threading.local()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=trust or _usual_trust(),
            max_connections=None,
            max_keepalive_connections=_KEPT_ALIVE,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(resolve, allow_private, self._left),
        )

    def close(self) -> None:
        self._pool.close()

    def get(
        self, address: Address, headers: Mapping[str, str], budget: Budget, *, most: int, cut: bool = False,
        accept: tuple[str, ...] = (),
    ) -> Reply:  # fmt: skip
        """The answer to a GET of ``address``. ``accept`` names the media types (their beginnings) whose body is worth
        reading, empty for all; a body has at most ``most`` bytes and is cut there with ``cut``. Raises
        :class:`Fault`."""
        request = httpcore2.Request(
            "GET",
            httpcore2.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target),
            headers=[*self._headers(address), *headers.items()],
            extensions={"timeout": {"connect": self._connect_seconds}},
        )
        self._running.budget = budget
        try:
            with budget.running(), closing(self._pool.handle_request(request)) as response:
                try:
                    return _reply(response, budget, most, cut, accept)
                except Fault as fault:
                    fault.status = response.status
                    raise
        except httpcore2.TimeoutException:
            raise _slow(address, budget) from None
        except httpcore2.ConnectError as error:
            untrusted = "CERTIFICATE" in str(error).upper()
            note = "has a certificate that is not trusted" if untrusted else "could not be connected to"
            raise Fault(f"{address.host} {note}{_because(error)}", retry=not untrusted) from None
        except httpcore2.LocalProtocolError as error:
            raise Fault(f"the request could not be made{_because(error)}") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise Fault(f"the answer broke off or makes no sense{_because(error)}", retry=True) from None
        finally:
            self._running.budget = None

    def _headers(self, address: Address) -> list[tuple[str, str]]:
        return [
            ("Host", address.authority),
            ("User-Agent", self._agent),
            ("Accept", "*/*"),
            ("Accept-Encoding", ACCEPTED),
        ]

    def _left(self) -> float:
        budget: Budget | None = getattr(self._running, "budget", None)
        return budget.left() if budget else 0.0


def _reply(response: httpcore2.Response, budget: Budget, most: int, cut: bool, accept: tuple[str, ...]) -> Reply:
    headers = httpx2.Headers(response.headers)
    if response.status not in WITH_BODY:
        return Reply(response.status, headers)
    media_type = media_type_of(headers)[0]
    if accept and media_type and not media_type.startswith(accept):
        raise Fault(f"it is {media_type[:80]}, which is not read here", "unfit")
    length = headers.get("content-length", "")
    if not cut and length.isdecimal() and len(length) < 20 and int(length) > most:
        raise Fault(f"the answer is larger than {most / 2**20:.3g} MB", "unfit")
    assert not isinstance(response.stream, bytes)
    body = read_body(response.iter_stream(), headers.get("content-encoding", ""), most, cut=cut, check=budget.check)
    return Reply(response.status, headers, body)


def _slow(address: Address, budget: Budget) -> Fault:
    if budget.left() <= 0:
        return Fault(f"{address.host} took longer than the time of the fetch")
    return Fault(f"{address.host} did not answer in time", retry=True)


def _because(error: Exception) -> str:
    words = " ".join(str(error).split())[:160]
    return f" ({words})" if words else ""
