from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from tawatur.sources.gone import check_gone
from tests.sources.server import Server
from tests.sources.visits import Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.page("/news/1", "as it was")
        running.page("/", "front")
        yield running


def test_still_there_by_the_words_of_the_server(server: Server) -> None:
    server.page("/news/1", "as it was", etag="v1")
    client = fetcher(Visits())
    client.fetch(server.address("/news/1"))
    finding = check_gone(server.address("/news/1"), client)
    assert (finding.state, finding.capture) == ("unchanged", None)


def test_still_there_by_its_bytes(server: Server) -> None:
    client = fetcher(Visits())
    known = client.fetch(server.address("/news/1")).visit.digest
    assert check_gone(server.address("/news/1"), client, known=known).state == "unchanged"


def test_changed(server: Server) -> None:
    client = fetcher(Visits())
    known = client.fetch(server.address("/news/1")).visit.digest
    server.page("/news/1", "as it is now")
    finding = check_gone(server.address("/news/1"), client, known=known)
    assert finding.state == "changed"
    assert finding.capture is not None
    assert finding.capture.content == b"as it is now"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (404, "withdrawn"),
        (410, "withdrawn"),
        (403, "refused"),
        (451, "refused"),
        (500, "unreachable"),
        (503, "unreachable"),
        (204, "changed"),
    ],
)
def test_no_longer_to_be_had(server: Server, status: int, state: str) -> None:
    server.page("/news/1", "no", status=status)
    finding = check_gone(server.address("/news/1"), fetcher(Visits()))
    assert (finding.state, finding.capture) == (state, None)
    assert finding.note


def test_a_report_that_leads_to_the_front_page_is_withdrawn(server: Server) -> None:
    server.redirect("/news/1", "/", 302)
    finding = check_gone(server.address("/news/1"), fetcher(Visits()))
    assert (finding.state, finding.visit.final_address) == ("withdrawn", server.address("/"))


def test_a_report_that_moved_is_not_withdrawn(server: Server) -> None:
    server.redirect("/news/1", "/archive/1", 301)
    server.page("/archive/1", "as it was")
    assert check_gone(server.address("/news/1"), fetcher(Visits())).state == "changed"


def test_robots_txt_is_no_withdrawal(server: Server) -> None:
    server.robots("User-agent: *\nDisallow: /")
    assert check_gone(server.address("/news/1"), fetcher(Visits())).state == "refused"
