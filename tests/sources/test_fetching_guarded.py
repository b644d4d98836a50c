"""The guard at work: where connections really go, hop by hop."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpcore2
import pytest
import stamina

from tawatur.sources.guard import GuardedBackend, resolve
from tests.sources.server import Server
from tests.sources.visits import Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PUBLIC = "93.184.216.34"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that connections went to; those to the public one end at the local server."""
    seen: list[str] = []
    plain = httpcore2.SyncBackend.connect_tcp

    def detour(self: Any, host: str, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:
        seen.append(host)
        return plain(self, "127.0.0.1" if host == PUBLIC else host, *args, **kwargs)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", detour)
    return seen


def names(host: str, port: int) -> Sequence[str]:
    table = {
        "public.example": [PUBLIC],
        "inside.example": ["10.0.0.7"],
        "mixed.example": [PUBLIC, "::1"],
        "metadata.example": ["169.254.169.254"],
        "mapped.example": ["::ffff:127.0.0.1"],
    }
    return table.get(host, [host])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "inside.example", "mixed.example", "metadata.example", "mapped.example", "[::ffff:7f00:1]"],
)
def test_nothing_is_sent_to_a_private_address(server: Server, connected: list[str], host: str) -> None:
    server.page("/a", "secret")
    visits = Visits()
    got = fetcher(visits, settings={"allow_private": False}, resolve=names).fetch(server.address("/a", host))
    assert (got.outcome, got.visit.status, got.capture) == ("refused", 0, None)
    assert "not on the public internet" in got.visit.note
    assert connected == []
    assert visits.rows[-1] == got.visit


def test_names_of_this_machine_are_resolved_and_refused(server: Server, connected: list[str]) -> None:
    for host in ("localhost", "localhost.", "LOCALHOST"):
        client = fetcher(Visits(), settings={"allow_private": False, "obey_robots": False}, resolve=resolve)
        assert client.fetch(server.address("/a", host)).outcome == "refused"
    assert connected == []


def test_a_public_address_is_connected_to_as_it_was_checked(server: Server, connected: list[str]) -> None:
    server.page("/a", "x")
    got = fetcher(Visits(), settings={"allow_private": False}, resolve=names).fetch(
        server.address("/a", "public.example")
    )
    assert got.outcome == "page"
    assert set(connected) == {PUBLIC}


def test_a_name_that_changes_its_mind_gains_nothing(server: Server, connected: list[str]) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    server.page("/a", "x")
    settings = {"allow_private": False, "obey_robots": False}
    client = fetcher(Visits(), settings=settings, resolve=rebinding)
    assert client.fetch(server.address("/a", "rebind.example")).outcome == "page"
    assert (connected, asked) == ([PUBLIC], ["rebind.example"])
    client.close()
    client = fetcher(Visits(), settings=settings, resolve=rebinding)
    assert client.fetch(server.address("/a", "rebind.example")).outcome == "refused"
    assert connected == [PUBLIC]


@pytest.mark.parametrize("host", ["127.0.0.1", "inside.example", "metadata.example"])
def test_each_hop_is_checked(server: Server, connected: list[str], host: str) -> None:
    server.redirect("/a", server.address("/b", host))
    server.page("/b", "secret")
    got = fetcher(Visits(), settings={"allow_private": False}, resolve=names).fetch(
        server.address("/a", "public.example")
    )
    assert (got.outcome, got.visit.final_address) == ("refused", server.address("/b", host))
    assert server.asked("/b") == []
    assert set(connected) == {PUBLIC}


def test_robots_txt_is_no_way_in(server: Server, connected: list[str]) -> None:
    server.redirect("/robots.txt", server.address("/b", "inside.example"))
    server.page("/b", "User-agent: *\nDisallow:")
    got = fetcher(Visits(), settings={"allow_private": False}, resolve=names).fetch(
        server.address("/a", "public.example")
    )
    assert (got.outcome, set(connected)) == ("refused", {PUBLIC})


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_the_next_address_is_tried_where_one_does_not_answer(server: Server) -> None:
    server.page("/a", "x")
    client = fetcher(Visits(), resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    assert client.fetch(server.address("/a", "two.example")).outcome == "page"


def test_sockets_of_the_machine_are_no_way_out() -> None:
    backend = GuardedBackend(resolve, True, lambda: 1.0)
    with pytest.raises(httpcore2.ConnectError):
        backend.connect_unix_socket("/run/docker.sock")


# TLS


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("makes its certificate with openssl")
    made = tmp_path / "made.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=tls.example", "-addext", "subjectAltName=DNS:tls.example", "-keyout", made, "-out", tmp_path / "c.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text() + (tmp_path / "c.pem").read_text())
    return made


def test_https_and_what_it_refuses(certificate: Path, server: Server) -> None:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=certificate)
    server.page("/plain", "x")
    with Server(tls=serving) as secure:
        secure.page("/a", "x")
        secure.redirect("/down", server.address("/plain", "tls.example"))
        visits = Visits()
        client = fetcher(visits, trust=trust)
        assert client.fetch(secure.address("/a", "tls.example")).outcome == "page"
        down = client.fetch(secure.address("/down", "tls.example"))
        assert (down.outcome, down.visit.note) == ("page", "a redirect left https for http")
        for strict, host in ((client, "other.example"), (fetcher(visits), "tls.example")):
            refused = strict.fetch(secure.address("/b", host))
            assert refused.outcome == "unreachable"
            assert "certificate that is not trusted" in refused.visit.note
        assert secure.asked("/b") == []
