"""Outlets by name and address, and which of them are one family; the table holds together."""

from __future__ import annotations

import pytest

from tawatur.lexicon.tables import rows
from tawatur.meaning.actors_tables import entity
from tawatur.origins.families import host_of, publisher_of


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("الميادين", "", "mayadeen"),
        ("", "https://www.almayadeen.net/news/1", "mayadeen"),
        ("", "https://english.almayadeen.net/news/1", "mayadeen"),
        ("Agence France-Presse", "", "afp"),
        ("وكالة فرانس برس", "", "afp"),
        ("سانا", "", "sana"),
        ("SANA", "https://example.org/", "sana"),
        ("", "https://t.me/s/some_channel/12", "account:telegram:some_channel"),
        ("", "https://x.com/somebody/status/1", "account:x:somebody"),
        ("وكالة الرافد", "", "name:رافد"),
        ("الرافد", "", "name:رافد"),
        ("", "https://local.example/a", "host:local.example"),
        ("", "", ""),
    ],
)
def test_who_publishes(name: str, address: str, expected: str) -> None:
    assert publisher_of(name, address).id == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al Arabiya", "Al Hadath"), ("قناة العالم", "Press TV"), ("Sputnik", "RIA Novosti"), ("France 24", "RFI")],
)
def test_outlets_that_belong_together(one: str, other: str) -> None:
    assert publisher_of(one).family == publisher_of(other).family


def test_an_agency_is_no_family_of_its_readers() -> None:
    assert publisher_of("Reuters").family != publisher_of("AFP").family


def test_every_row_has_a_source_an_owner_that_exists_and_hosts_of_its_own() -> None:
    table = rows("publishers.csv")
    hosts = [h for r in table for h in r["domains"].split("|") if h]
    assert len(hosts) == len(set(hosts))
    assert len({r["id"] for r in table}) == len(table)
    for r in table:
        assert r["source"], r["id"]
        assert not r["owner"] or entity(r["owner"]) is not None, r["id"]
        assert r["voice"] in ("outlet", "party"), r["id"]
        assert r["voice"] == "outlet" or r["owner"], r["id"]
        assert r["en"] or entity(r["id"]) is not None, r["id"]
        assert all(h == host_of(h) for h in r["domains"].split("|") if h), r["id"]
