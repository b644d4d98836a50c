"""A server on 127.0.0.1 that answers as an OpenAI-compatible one does, or as one does on a bad day: it replays a list.

A test that uses it is marked ``@pytest.mark.allow_hosts(["127.0.0.1"])``.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tawatur.reader.protocol import LlmOptions


@dataclass(frozen=True)
class Reply:
    """What goes back: a body as it is, after so many seconds; ``dripping`` sends it a byte at a time."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    dripping: float = 0.0


def reply(content: str | None, *, finish: str = "stop", tokens: int | None = 100, refusal: str | None = None) -> Reply:
    """A well-formed message in which the model says ``content``."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    answer: dict[str, Any] = {"choices": [{"index": 0, "finish_reason": finish, "message": message}]}
    if tokens is not None:
        answer["usage"] = {"prompt_tokens": tokens - 1, "completion_tokens": 1, "total_tokens": tokens}
    return Reply(json.dumps(answer).encode())


def record(**given: Any) -> dict[str, Any]:
    """A record as a model should give it; what is not given is empty."""
    silent: dict[str, Any] = dict.fromkeys(("actor", "target", "place", "time", "outcome", "cue"))
    base = {"kind": "event", "status": "happened", "weapons": [], "numbers": [], "source": []}
    return {**silent, **base, **given}


def records(*given: object) -> Reply:
    """A good answer with these records."""
    return reply(json.dumps({"records": given}, ensure_ascii=False))


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    at: float


class Stub:
    """Serves until its ``with`` ends: the first request gets the first reply, and so on; the last one stays."""

    def __init__(self, *replies: Reply) -> None:
        self.replies: Sequence[Reply] = replies
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        self._http = _Quiet(("127.0.0.1", 0), _handler(self._answer))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def options(self, **more: Any) -> LlmOptions:
        """Options that name this server."""
        return LlmOptions(endpoint=self.endpoint, model="stub-1", **more)

    def _answer(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            return self.replies[min(len(self.asked), len(self.replies)) - 1]

    def __enter__(self) -> Stub:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """One who hangs up is no news."""


def _handler(answer: Callable[[Asked], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found = answer(Asked(self.path, headers, body, time.monotonic()))
            time.sleep(found.wait)
            self.send_response(found.status)
            self.send_header("content-length", str(len(found.body)))
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not found.dripping:
                self.wfile.write(found.body)
                return
            for at in range(len(found.body)):
                self.wfile.write(found.body[at : at + 1])
                time.sleep(found.dripping)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
