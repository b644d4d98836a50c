from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC

import pytest
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from tawatur.errors import InputError
from tawatur.sources.fetching import FetchSettings
from tests.sources import server as wires
from tests.sources.server import Answer, Asked, Server
from tests.sources.visits import BEGIN, HandClock, Visits, fetcher

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def visits() -> Visits:
    return Visits()


def test_a_page_and_what_is_known_of_it(server: Server, visits: Visits) -> None:
    body = "<p>خبر</p>".encode("windows-1256")
    server.page(
        "/a",
        body,
        media_type='Text/HTML; charset="Windows-1256"',
        etag="v1",
        last_modified="Sun, 01 Nov 2026 10:00:00 GMT",
    )
    got = fetcher(visits, clock=HandClock().clock).fetch(server.address("/a") + "#top")
    assert got.outcome == "page"
    assert got.capture is not None
    assert (got.capture.content, got.capture.media_type, got.capture.charset) == (body, "text/html", "windows-1256")
    assert got.capture.address == server.address("/a")
    assert got.capture.fetched == BEGIN
    assert got.capture.fetched.tzinfo is UTC
    visit = visits.to("/a")[0]
    assert (visit.status, visit.final_address, visit.etag, visit.note) == (200, "", '"v1"', "")
    assert visit.digest == hashlib.sha256(body).hexdigest()


def test_we_say_who_we_are(server: Server, visits: Visits) -> None:
    server.page("/a", "x")
    fetcher(visits, settings={"contact": "mailto:desk@example.org"}).fetch(server.address("/a", "news.example"))
    headers = server.asked("/a")[0].headers
    assert headers["user-agent"].startswith("tawatur/")
    assert headers["user-agent"].endswith("(+mailto:desk@example.org)")
    assert headers["host"] == f"news.example:{server.port}"
    assert "cookie" not in headers


@pytest.mark.parametrize("wrong", [{"contact": "x\r\nHost: y"}, {"contact": "مكتب"}, {"max_bytes": 0}, {"pause": -1.0}])
def test_settings_that_make_no_sense(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        FetchSettings(**wrong)  # type: ignore[arg-type]


def test_the_environment_is_left_alone(server: Server, visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.page("/a", "x")
    assert fetcher(visits).fetch(server.address("/a")).outcome == "page"


# Again, and only what is new


def test_a_second_fetch_asks_for_what_is_newer(server: Server, visits: Visits) -> None:
    server.page("/a", "one", etag="v1", last_modified="Sun, 01 Nov 2026 10:00:00 GMT")
    client = fetcher(visits)
    first = client.fetch(server.address("/a"))
    assert [client.fetch(server.address("/a")).unchanged for _ in range(2)] == [True, True]
    assert [asked.headers.get("if-none-match") for asked in server.asked("/a")] == [None, '"v1"', '"v1"']
    assert visits.rows[-1].status == 304
    assert visits.rows[-1].digest == first.visit.digest
    server.page("/a", "two", etag="v2")
    assert client.fetch(server.address("/a")).outcome == "page"
    client.fetch(server.address("/a"), conditional=False)
    assert "if-none-match" not in server.asked("/a")[-1].headers


def test_bytes_that_are_not_held_are_asked_for_anew(server: Server, visits: Visits) -> None:
    server.page("/a", "one", etag="v1")
    client = fetcher(visits, holds=lambda digest: False)
    assert [client.fetch(server.address("/a")).outcome for _ in range(2)] == ["page", "page"]


def test_conditions_go_to_the_address_where_the_page_was_found(server: Server, visits: Visits) -> None:
    server.page("/b", "one", etag="v1")
    server.redirect("/a", "/b")
    client = fetcher(visits)
    assert [client.fetch(server.address("/a")).outcome for _ in range(2)] == ["page", "unchanged"]
    assert all("if-none-match" not in asked.headers for asked in server.asked("/a"))


def test_not_modified_without_a_condition_is_no_page(server: Server, visits: Visits) -> None:
    server.handle("/a", lambda asked: Answer(status=304))
    assert fetcher(visits).fetch(server.address("/a")).outcome == "unreachable"


# Redirects


@pytest.mark.parametrize(
    ("steps", "known_by"),
    [
        ([301], "/1"),
        ([308, 301], "/2"),
        ([302], "/0"),
        ([307], "/0"),
        ([303], "/0"),
        ([301, 302], "/1"),
        ([302, 301], "/0"),
    ],
)
def test_permanent_redirects_rename_a_page(server: Server, visits: Visits, steps: list[int], known_by: str) -> None:
    for number, status in enumerate(steps):
        server.redirect(f"/{number}", f"/{number + 1}", status)
    server.page(f"/{len(steps)}", "x")
    got = fetcher(visits).fetch(server.address("/0"))
    assert got.capture is not None
    assert got.capture.address == server.address(known_by)
    assert (got.visit.address, got.visit.final_address) == (server.address("/0"), server.address(f"/{len(steps)}"))


def test_a_redirect_in_raw_arabic_is_followed(server: Server, visits: Visits) -> None:
    server.raw("/a", lambda: ["HTTP/1.1 302 Found\r\nLocation: /خبر عاجل\r\nContent-Length: 0\r\n\r\n".encode()])
    server.page("/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84", "x")
    assert fetcher(visits).fetch(server.address("/a")).outcome == "page"


@pytest.mark.parametrize(
    ("to", "outcome", "note"),
    [
        ("/a", "unreachable", "circle"),
        ("/long0", "unreachable", "more than 3 times"),
        ("file:///etc/passwd", "refused", "no web address"),
        ("http://2130706433/", "refused", "disguise"),
        ("http://x:y@127.0.0.1/", "refused", "user name"),
        ("http://[", "refused", "is no host"),
        ("http://x:port/", "refused", "cannot be read"),
    ],
)
def test_redirects_that_lead_nowhere(server: Server, visits: Visits, to: str, outcome: str, note: str) -> None:
    server.redirect("/a", to)
    for number in range(6):
        server.redirect(f"/long{number}", f"/long{number + 1}")
    got = fetcher(visits, settings={"max_redirects": 3}).fetch(server.address("/a"))
    assert (got.outcome, got.capture) == (outcome, None)
    assert note in got.visit.note
    assert visits.rows[-1] == got.visit


# Answers that are no page


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, "gone"), (410, "gone"), (401, "refused"), (403, "refused"), (451, "refused"), (400, "unreachable"), (500, "unreachable"), (202, "unreachable"), (204, "unfit")],
)  # fmt: skip
def test_statuses_that_are_not_tried_again(server: Server, visits: Visits, status: int, outcome: str) -> None:
    server.page("/a", "x", status=status)
    got = fetcher(visits).fetch(server.address("/a"))
    assert (got.outcome, got.visit.status, got.capture) == (outcome, status, None)
    assert got.visit.note
    assert len(visits.to("/a")) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_statuses_that_are_tried_again(server: Server, visits: Visits, status: int) -> None:
    server.handle("/a", lambda asked: Answer(b"x", 200 if len(server.asked("/a")) == 3 else status))
    assert fetcher(visits, settings={"retries": 3}).fetch(server.address("/a")).outcome == "page"
    assert [visit.status for visit in visits.to("/a")] == [status, status, 200]


def test_retries_end(server: Server, visits: Visits) -> None:
    server.page("/a", "x", status=503)
    assert fetcher(visits, settings={"retries": 2}).fetch(server.address("/a")).outcome == "unreachable"
    assert len(visits.to("/a")) == 3


@pytest.mark.parametrize("value", ["7", "Sun, 01 Nov 2026 12:00:07 GMT"])
def test_the_server_says_when_to_come_back(
    server: Server, visits: Visits, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("/a", "x", status=503, headers={"Retry-After": value})
    waits: list[float] = []

    def keep(details: RetryDetails) -> None:
        waits.append(details.wait_for)

    set_on_retry_hooks([keep])
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    try:
        with stamina.set_testing(False):
            fetcher(visits, clock=HandClock().clock, settings={"retries": 1}).fetch(server.address("/a"))
    finally:
        set_on_retry_hooks(None)
    assert waits == [7.0]


def test_who_asks_for_an_hour_is_left_alone(server: Server, visits: Visits) -> None:
    server.page("/a", "x", status=429, headers={"Retry-After": "1800"})
    client = fetcher(visits, clock=HandClock().clock)
    client.fetch(server.address("/a"))
    got = client.fetch(server.address("/b"))
    assert len(visits.to("/a")) == 1
    assert (got.outcome, got.visit.status) == ("unreachable", 0)
    assert "1800 s" in got.visit.note
    assert server.asked("/b") == []


@pytest.mark.parametrize(
    ("media_type", "outcome"), [("application/pdf", "unfit"), ("text/plain", "page"), ("", "page")]
)
def test_only_wanted_types_are_read(server: Server, visits: Visits, media_type: str, outcome: str) -> None:
    server.page("/a", "x", media_type=media_type)
    got = fetcher(visits).fetch(server.address("/a"), accept=("text/",))
    assert (got.outcome, got.visit.status) == (outcome, 200)


def test_an_empty_page_is_said_to_be_empty(server: Server, visits: Visits) -> None:
    server.page("/a", "")
    got = fetcher(visits).fetch(server.address("/a"))
    assert (got.outcome, got.visit.note) == ("unfit", "the answer is empty")


# Faults on the wire

BROKEN = [wires.cut_off, wires.hang_up, wires.broken_chunks, wires.bad_length, wires.huge_head, wires.no_http]


@pytest.mark.parametrize("wire", BROKEN, ids=lambda wire: wire.__name__)
def test_broken_answers_are_tried_again_and_told(
    server: Server, visits: Visits, wire: Callable[[], Iterable[bytes]]
) -> None:
    server.raw("/a", wire)
    got = fetcher(visits).fetch(server.address("/a"))
    assert (got.outcome, got.visit.status, got.capture) == ("unreachable", 0, None)
    assert got.visit.note
    assert len(visits.to("/a")) == 2


@pytest.mark.parametrize("wire", [wires.drip_head, wires.drip_body], ids=lambda wire: wire.__name__)
def test_a_slow_server_gets_no_more_than_its_time(
    server: Server, visits: Visits, wire: Callable[[], Iterable[bytes]]
) -> None:
    server.raw("/a", wire)
    began = time.monotonic()
    got = fetcher(visits, settings={"max_seconds": 0.4, "retries": 3}).fetch(server.address("/a"))
    assert 0.3 < time.monotonic() - began < 10  # far from the server's end, also on a busy machine
    assert got.outcome == "unreachable"
    assert len(visits.to("/a")) == 1


@pytest.mark.parametrize("known", [True, False], ids=["announced", "endless"])
def test_a_body_that_is_too_large(server: Server, visits: Visits, known: bool) -> None:
    if known:
        server.page("/a", "x", headers={"Content-Length": "5000000"})
    else:
        server.raw("/a", wires.endless)
    got = fetcher(visits, settings={"max_bytes": 1 << 20}).fetch(server.address("/a"))
    assert (got.outcome, got.visit.status) == ("unfit", 200)
    assert "larger than 1 MB" in got.visit.note


def test_nobody_listens(visits: Visits) -> None:
    with Server() as server:
        address = server.address("/a")
    got = fetcher(visits, settings={"obey_robots": False}).fetch(address)
    assert (got.outcome, got.visit.status, len(visits.rows)) == ("unreachable", 0, 2)


def test_an_address_that_is_none_is_a_visit_too(visits: Visits) -> None:
    client = fetcher(visits)
    for address in ("ftp://example.org/a", "http://a/\x00\udcff", "http://x\r\ny/"):
        assert client.fetch(address).outcome == "refused"
    assert [row.address for row in visits.rows] == [
        "ftp://example.org/a",
        "http://a/\ufffd\ufffd",
        "http://x\ufffd\ufffdy/",
    ]
    assert all(row.note.isprintable() for row in visits.rows)


def test_a_type_that_is_no_name_is_left_out(server: Server, visits: Visits) -> None:
    server.raw(
        "/a", lambda: [b"HTTP/1.1 200 OK\r\nContent-Type: text/\xd9\xa0; charset=\xff\r\nContent-Length: 1\r\n\r\nx"]
    )
    got = fetcher(visits).fetch(server.address("/a"))
    assert got.capture is not None
    assert (got.capture.media_type, got.capture.charset) == ("", "")


# Turns


def test_a_host_is_asked_once_a_pause(server: Server, visits: Visits) -> None:
    hand = HandClock()
    server.page("/a", "x")
    client = fetcher(visits, clock=hand.clock, settings={"pause": 1.5})
    for host in ("one.example", "one.example", "two.example"):
        client.fetch(server.address("/a", host), conditional=False)
    # robots.txt of one, pause, a, pause, a; robots.txt of two, pause, a
    assert hand.slept == [1.5, 1.5, 1.5]


def test_a_host_is_asked_by_one_thread_at_a_time(server: Server, visits: Visits) -> None:
    at_once = {"one.example": 0, "two.example": 0}
    most = dict(at_once)
    lock = threading.Lock()

    def slow(asked: Asked) -> Answer:
        host = asked.headers["host"].partition(":")[0]
        with lock:
            at_once[host] += 1
            most[host] = max(most[host], at_once[host])
            most["all"] = max(most.get("all", 0), sum(at_once.values()))
        time.sleep(0.05)
        with lock:
            at_once[host] -= 1
        return Answer(b"x")

    server.handle("/a", slow)
    client = fetcher(visits)
    hosts = ["one.example", "two.example"] * 4
    threads = [
        threading.Thread(target=client.fetch, args=(server.address("/a", host),), kwargs={"conditional": False})
        for host in hosts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == {"one.example": 1, "two.example": 1, "all": 2}
    assert len(visits.to("/robots.txt")) == 2
