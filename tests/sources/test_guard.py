from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from tawatur.sources.faults import Fault
from tawatur.sources.guard import checked, why_not_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.1.2", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.254", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255", "192.0.0.170", "198.18.0.1", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "100::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "2002:7f00:1::", "2002:c0a8:101::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "no address", "",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert why_not_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "172.32.0.1", "100.128.0.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public(address: str) -> None:
    assert why_not_public(address) == ""


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(Fault) as caught:
        checked("mixed.example", 80, lambda host, port: ["93.184.216.34", "10.0.0.1"], False)
    assert caught.value.outcome == "refused"
    assert "10.0.0.1" in caught.value.note
    assert checked("mixed.example", 80, lambda host, port: ["10.0.0.1"], True) == ["10.0.0.1"]


@pytest.mark.parametrize(
    ("error", "retry"),
    [(socket.gaierror(socket.EAI_NONAME, ""), False), (socket.gaierror(socket.EAI_AGAIN, ""), True), (OSError(), True)],
)
def test_names_that_do_not_resolve(error: OSError, retry: bool) -> None:
    def fails(host: str, port: int) -> Sequence[str]:
        raise error

    with pytest.raises(Fault) as caught:
        checked("nowhere.example", 80, fails, False)
    assert (caught.value.outcome, caught.value.retry) == ("unreachable", retry)


def test_a_name_without_addresses() -> None:
    with pytest.raises(Fault):
        checked("empty.example", 80, lambda host, port: [], True)
