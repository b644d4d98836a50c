"""A real HTTP server on 127.0.0.1 for tests: a table from path to what it answers, faults of every kind among them.

A test that uses it is marked ``@pytest.mark.allow_hosts(["127.0.0.1"])``::

    with Server() as server:
        server.page("/a", "<p>تقرير</p>", etag="v1")   # answers 304 to a request that holds v1
        server.redirect("/old", "/a", 301)
        server.feed("/rss", {"/a": "عنوان"})            # RSS with absolute links
        server.raw("/cut", cut_off)                     # bytes as they go over the wire, then the end
        server.handle("/any", lambda asked: Answer(b"hello"))
        fetch(server.address("/a")); server.asked("/a") # the requests that came for it
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from xml.sax.saxutils import escape

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """A request as it came; header names are lower case, ``at`` is in seconds of :func:`time.monotonic`."""

    path: str
    headers: Mapping[str, str]
    at: float


@dataclass(frozen=True)
class Answer:
    """A well-formed answer; Content-Length is set unless ``headers`` have one."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Asked], Answer | Iterable[bytes]]
"""An iterable of bytes is put on the wire as it is, status line and all, and the connection is closed."""


class Server:
    """Serves until its ``with`` ends. Unknown paths (``/robots.txt`` too, until given) are 404."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.handlers: dict[str, Handler] = {}
        self._asked: list[Asked] = []
        self._lock = threading.Lock()
        self.scheme = "https" if tls else "http"
        self._http = _Quiet(("127.0.0.1", 0), _handler_of(self))
        self._http.daemon_threads = True
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.port: int = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def address(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self, path: str = "") -> list[Asked]:
        """The requests so far, those for ``path`` where it is given (all, without robots.txt, otherwise)."""
        with self._lock:
            return [a for a in self._asked if (a.path == path if path else a.path != "/robots.txt")]

    def handle(self, path: str, handler: Handler) -> None:
        self.handlers[path] = handler

    def raw(self, path: str, wire: Callable[[], Iterable[bytes]]) -> None:
        self.handlers[path] = lambda asked: wire()

    def page(
        self, path: str, body: str | bytes, *, media_type: str = HTML, status: int = 200, etag: str = "",
        last_modified: str = "", headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """``body`` at ``path``; with ``etag`` or ``last_modified``, 304 to a request that names the same."""
        content = body.encode() if isinstance(body, str) else body
        given = {"Content-Type": media_type, **(headers or {})}
        if etag:
            given["ETag"] = f'"{etag}"'
        if last_modified:
            given["Last-Modified"] = last_modified

        def answer(asked: Asked) -> Answer:
            same = etag and asked.headers.get("if-none-match") == f'"{etag}"'
            if same or (last_modified and asked.headers.get("if-modified-since") == last_modified):
                return Answer(status=304, headers={k: v for k, v in given.items() if k != "Content-Type"})
            return Answer(content, status, given)

        self.handlers[path] = answer

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.handlers[path] = lambda asked: Answer(status=status, headers={"Location": to})

    def robots(self, text: str, status: int = 200) -> None:
        self.page("/robots.txt", text, media_type="text/plain", status=status)

    def feed(self, path: str, items: Mapping[str, str], *, etag: str = "") -> None:
        """RSS 2.0 with one item for each address (a path is made absolute) and title."""
        entries = "".join(
            f"<item><title>{escape(title)}</title><link>{escape(self._absolute(link))}</link>"
            f"<guid>{escape(self._absolute(link))}</guid></item>"
            for link, title in items.items()
        )
        rss = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>feed</title>{entries}</channel></rss>'
        self.page(path, rss, media_type="application/rss+xml", etag=etag)

    def _absolute(self, link: str) -> str:
        return self.address(link) if link.startswith("/") else link

    def answer(self, asked: Asked) -> Answer | Iterable[bytes]:
        with self._lock:
            self._asked.append(asked)
        handler = self.handlers.get(asked.path)
        return handler(asked) if handler else Answer(b"nothing here", 404, {"Content-Type": "text/plain"})


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what many of the tests are about: nothing to print."""


def _handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    class Reply(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
            given = server.answer(asked)
            if not isinstance(given, Answer):
                self.close_connection = True
                for piece in given:
                    self.wfile.write(piece)
                    self.wfile.flush()
                return
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            bodiless = given.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
            if not bodiless and "Content-Length" not in given.headers:
                self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            if not bodiless:
                self.wfile.write(given.body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    return Reply


# Faults, for Server.raw
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def cut_off() -> Iterator[bytes]:
    """A body shorter than its Content-Length."""
    yield _HEAD + b"Content-Length: 5000\r\n\r\n<p>only the beginning"


def hang_up() -> Iterator[bytes]:
    """The end, before any answer."""
    yield from ()


def endless() -> Iterator[bytes]:
    """A body in chunks that never ends."""
    yield _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def drip_body() -> Iterator[bytes]:
    """A body that comes a byte every twentieth of a second."""
    yield _HEAD + b"Content-Length: 100000\r\n\r\n"
    for _ in range(100_000):
        time.sleep(0.05)
        yield b"x"


def drip_head() -> Iterator[bytes]:
    """Headers that come a byte every twentieth of a second."""
    yield b"HTTP/1.1 200 OK\r\nX-Slow: "
    for _ in range(100_000):
        time.sleep(0.05)
        yield b"x"


def broken_chunks() -> Iterator[bytes]:
    """A chunk whose size is no number."""
    yield _HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\nbad\r\n0\r\n\r\n"


def bad_length() -> Iterator[bytes]:
    """A Content-Length that is no number."""
    yield _HEAD + b"Content-Length: many\r\n\r\n<p>text</p>"


def huge_head() -> Iterator[bytes]:
    """A megabyte of headers."""
    yield _HEAD
    for number in range(1000):
        yield b"X-Filler-%d: " % number + b"x" * 1000 + b"\r\n"
    yield b"Content-Length: 2\r\n\r\nhi"


def no_http() -> Iterator[bytes]:
    """An answer in another protocol."""
    yield b"SSH-2.0-OpenSSH_9.2\r\n"
