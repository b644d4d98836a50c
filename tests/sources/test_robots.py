from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from tests.sources import server as wires
from tests.sources.server import Answer, Server
from tests.sources.visits import HandClock, Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        for path in ("/a", "/open/a", "/closed/a"):
            running.page(path, "x")
        yield running


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /closed/",
        "\ufeffUser-agent: *\nDisallow: /closed/",
        "User-agent: *\nDisallow: /\n\nUser-agent: Tawatur\nDisallow: /closed",
        "User-agent: tawatur\nDisallow: /\nAllow: /open/",
        "User-agent: *\nDisallow: /closed/\n\nUser-agent: otherbot\nDisallow: /",
    ],
)
def test_we_go_where_we_may(server: Server, text: str) -> None:
    server.robots(text)
    visits = Visits()
    client = fetcher(visits)
    assert client.fetch(server.address("/open/a")).outcome == "page"
    refused = client.fetch(server.address("/closed/a"))
    assert (refused.outcome, refused.visit.status) == ("refused", 0)
    assert "robots.txt" in refused.visit.note
    assert server.asked("/closed/a") == []
    assert len(server.asked("/robots.txt")) == 1
    assert fetcher(visits, settings={"obey_robots": False}).fetch(server.address("/closed/a")).outcome == "page"


def test_a_redirect_leads_to_no_closed_page(server: Server) -> None:
    server.robots("User-agent: *\nDisallow: /closed/")
    server.redirect("/r", "/closed/a")
    got = fetcher(Visits()).fetch(server.address("/r"))
    assert (got.outcome, got.visit.final_address) == ("refused", server.address("/closed/a"))
    assert server.asked("/closed/a") == []


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, "page"),
        (410, "page"),
        (403, "page"),
        (401, "page"),
        (429, "unreachable"),
        (500, "unreachable"),
        (503, "unreachable"),
    ],
)
def test_a_robots_txt_that_is_not_there(server: Server, status: int, outcome: str) -> None:
    server.robots("User-agent: *\nDisallow: /", status)
    got = fetcher(Visits()).fetch(server.address("/a"))
    assert got.outcome == outcome
    assert len(server.asked("/a")) == (outcome == "page")
    assert ("robots.txt" in got.visit.note) == (outcome != "page")


def test_one_that_breaks_off_closes_the_site_for_now_only(server: Server) -> None:
    server.raw("/robots.txt", wires.hang_up)
    hand = HandClock()
    client = fetcher(Visits(), clock=hand.clock)
    assert client.fetch(server.address("/a")).outcome == "unreachable"
    server.robots("")
    assert client.fetch(server.address("/a")).outcome == "unreachable"
    hand.elapsed += 301
    assert client.fetch(server.address("/a")).outcome == "page"


def test_it_is_read_anew_after_a_day(server: Server) -> None:
    server.robots("")
    hand = HandClock()
    client = fetcher(Visits(), clock=hand.clock)
    assert client.fetch(server.address("/a")).outcome == "page"
    server.robots("User-agent: *\nDisallow: /")
    hand.elapsed += 23 * 3600
    assert client.fetch(server.address("/a"), conditional=False).outcome == "page"
    hand.elapsed += 2 * 3600
    assert client.fetch(server.address("/a"), conditional=False).outcome == "refused"


def test_redirects_of_it_are_followed_and_a_circle_is_none(server: Server) -> None:
    server.redirect("/robots.txt", "/rules")
    server.page("/rules", "User-agent: *\nDisallow: /a", media_type="text/plain")
    assert fetcher(Visits()).fetch(server.address("/a")).outcome == "refused"
    server.redirect("/robots.txt", "/robots.txt")
    assert fetcher(Visits()).fetch(server.address("/a")).outcome == "page"


def test_only_the_first_500_kib_count(server: Server) -> None:
    filler = "# " + "x" * 97 + "\n"
    server.robots("User-agent: *\nDisallow: /closed/\n" + filler * 6000 + "Disallow: /a\n")
    client = fetcher(Visits())
    assert client.fetch(server.address("/closed/a")).outcome == "refused"
    assert client.fetch(server.address("/a")).outcome == "page"


@pytest.mark.parametrize(("asked", "kept"), [("4", 4.0), ("0.2", 1.0), ("86400", 30.0), ("soon", 1.0)])
def test_crawl_delay_within_bounds(server: Server, asked: str, kept: float) -> None:
    server.robots(f"User-agent: *\nCrawl-delay: {asked}\n")
    hand = HandClock()
    client = fetcher(Visits(), clock=hand.clock, settings={"pause": 1.0})
    for _ in range(3):
        client.fetch(server.address("/a"), conditional=False)
    # robots.txt itself is followed by our own pause
    assert hand.slept == [1.0, kept, kept]


def test_each_port_is_a_site_of_its_own(server: Server) -> None:
    server.robots("User-agent: *\nDisallow: /")
    with Server() as other:
        other.page("/a", "x")
        client = fetcher(Visits())
        assert [client.fetch(one.address("/a")).outcome for one in (server, other)] == ["refused", "page"]


def test_a_page_of_html_in_its_place_allows_all(server: Server) -> None:
    server.handle(
        "/robots.txt", lambda asked: Answer(b"<!doctype html><p>Disallow: /</p>", headers={"Content-Type": "text/html"})
    )
    assert fetcher(Visits()).fetch(server.address("/a")).outcome == "page"
