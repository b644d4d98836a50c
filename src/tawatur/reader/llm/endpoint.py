"""One conversation with an OpenAI-compatible server: asked politely, bounded in time, size and tries.

Nothing is followed (a redirect would carry the report and the key to another server), and neither proxies nor
passwords of the environment are used. The key stands in one header, and in no message, file or log.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
import stamina

from tawatur.errors import StoppedError, TawaturError
from tawatur.reader.llm.answer import short
from tawatur.reader.llm.prompt import Message, schema
from tawatur.reader.llm.spending import Spending, estimate
from tawatur.reader.protocol import LlmOptions
from tawatur.sources.fetched import retry_after

TRIES = 4
PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before the second try, and at most before any; a server that asks for a longer wait is not asked again."""
MOST_BYTES = 4 << 20
_SECOND_TRY = (408, 429)
_HINTS = {
    401: "the server wants another key: TAWATUR_LLM_KEY",
    402: "the account has no credit",
    403: "this key may not use it: TAWATUR_LLM_KEY",
    404: "look at --llm-endpoint (it ends in /v1 as a rule) and --llm-model",
    405: "look at --llm-endpoint (it ends in /v1 as a rule)",
}

# the retry library reports each retry as a warning on a logger of its own; what came of them is told once, at the end
logging.getLogger("stamina").addHandler(logging.NullHandler())


class NoAnswerError(TawaturError):
    """A question that got no answer, after all tries; another one may."""


class _Again(Exception):
    """A try that failed and is worth another one, after so many seconds where the server says it."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True, slots=True)
class Said:
    """What a server answered: the model's words, whether it was stopped before its end or declined, and what was wrong
    with the server's own message ("" where nothing was)."""

    content: str = ""
    cut: bool = False
    refused: bool = False
    wrong: str = ""


class Endpoint:
    """A server that is asked; safe to use from several threads. ``pause`` are the seconds before a second try."""

    def __init__(self, options: LlmOptions, key: str, spending: Spending, pause: float = PAUSE) -> None:
        self._options = options
        self._url = completions(options.endpoint)
        self._where = str(self._url.copy_with(query=None, fragment=None))
        if not key.isascii() or not key.isprintable():
            raise TawaturError("the key in TAWATUR_LLM_KEY has characters that no key has", "copy it again")
        self._key = key
        self._spending = spending
        self._pause = pause
        headers = {"authorization": f"Bearer {key}"} if key else {}
        self._client = httpx2.Client(headers=headers, timeout=options.seconds, trust_env=False)

    def question(self, messages: list[Message]) -> dict[str, Any]:
        """The body of a request; the same conversation gives the same."""
        return {
            "model": self._options.model,
            "messages": messages,
            "max_tokens": self._options.max_tokens,
            "temperature": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "records", "strict": True, "schema": schema()},
            },
        }

    def ask(self, messages: list[Message]) -> dict[str, Any]:
        """The server's message to a conversation, a JSON object. Raises :class:`NoAnswerError` where there is none,
        :class:`StoppedError` where there will be none to any."""
        body = self.question(messages)
        most = estimate(messages) + self._options.max_tokens
        attempts = stamina.retry_context(
            on=_another_try,
            attempts=TRIES,
            timeout=None,
            wait_initial=self._pause,
            wait_max=LONGEST_PAUSE,
            wait_jitter=self._pause,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return self._try(body, most)
        except _Again as error:
            raise NoAnswerError(f"{self._where}: {error}", "the server may be busy: try again later") from None
        raise AssertionError("the tries ended without an answer")

    def _try(self, body: dict[str, Any], most: int) -> dict[str, Any]:
        self._spending.hold(most)
        spent = 0
        try:
            status, headers, content = self._post(body)
            if status == 200:
                answer = _object(content)
                spent = _usage(answer, most)
                return answer
        except httpx2.TimeoutException:
            spent = most  # it may have worked for nothing, and may be paid for it
            raise _Again(f"no answer in {self._options.seconds:g} seconds") from None
        except (httpx2.ConnectError, httpx2.UnsupportedProtocol) as error:
            raise StoppedError(
                f"{self._where} cannot be reached: {self._safe(str(error))}",
                "is the server running? see --llm-endpoint",
            ) from None
        except httpx2.HTTPError as error:
            raise _Again(self._safe(f"{type(error).__name__}: {error}")) from None
        finally:
            self._spending.spend(most, spent)
        raise self._fault(status, headers, content)

    def _post(self, body: dict[str, Any]) -> tuple[int, httpx2.Headers, bytes]:
        """One request: status, headers, and the body, of which what goes beyond the most is left."""
        end = time.monotonic() + self._options.seconds
        with self._client.stream("POST", self._url, json=body) as reply:
            out = bytearray()
            for chunk in reply.iter_bytes():
                out += chunk
                if len(out) > MOST_BYTES:
                    break
                if time.monotonic() > end:
                    raise httpx2.ReadTimeout("the answer came too slowly")
            return reply.status_code, reply.headers, bytes(out)

    def _fault(self, status: int, headers: httpx2.Headers, content: bytes) -> Exception:
        """What a status other than 200 comes to."""
        if status in _SECOND_TRY or status >= 500:
            after = retry_after(headers.get("retry-after", ""), datetime.now(UTC))
            if after is None or after <= LONGEST_PAUSE:
                return _Again(f"the server answers {status}", after)
            return NoAnswerError(f"{self._where}: the server answers {status}, and to wait {after:,.0f} seconds")
        if 300 <= status < 400:
            return StoppedError(
                f"{self._where}: the server sends us on ({status})", "name the address that it sends to"
            )
        if status in _HINTS:
            return StoppedError(f"{self._where}: the server answers {status}", _HINTS[status])
        said = self._safe(_complaint(content))
        return NoAnswerError(
            f"{self._where}: the server answers {status}" + (f": {said}" if said else ""),
            "it must know response_format json_schema and have room for the report",
        )

    def _safe(self, message: str) -> str:
        """A message of somebody else's without the key, in one short line."""
        return short(message.replace(self._key, "***") if self._key else message)


def completions(endpoint: str) -> httpx2.URL:
    """The address that a conversation is sent to. :class:`TawaturError` for one that is none, or holds a password."""
    try:
        url = httpx2.URL(endpoint.strip())
    except httpx2.InvalidURL:
        raise TawaturError("the endpoint is no address of the web", "write it as http://127.0.0.1:8080/v1") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise TawaturError("the endpoint is no address of the web", "write it as http://127.0.0.1:8080/v1")
    if url.userinfo:
        raise TawaturError("the endpoint holds a name or password", "give the key in TAWATUR_LLM_KEY")
    path = url.path.rstrip("/")
    return url.copy_with(path=path if path.endswith("/chat/completions") else f"{path}/chat/completions")


def said(answer: dict[str, Any]) -> Said:
    """The model's words in a server's message."""
    choices = answer.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        return Said(wrong=str(answer.get("wrong") or "the server's message has no answer in it"))
    content = message.get("content")
    return Said(
        content if isinstance(content, str) else "",
        first.get("finish_reason") == "length",
        bool(message.get("refusal")) or first.get("finish_reason") == "content_filter",
    )


def _object(content: bytes) -> dict[str, Any]:
    """The server's message; of one that cannot be read only what is wrong with it."""
    if len(content) > MOST_BYTES:
        return {"wrong": f"the server's message is larger than {MOST_BYTES >> 20} MB"}
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {"wrong": "the server's message is no JSON"}
    return found if isinstance(found, dict) else {"wrong": "the server's message is no JSON object"}


def _usage(answer: dict[str, Any], most: int) -> int:
    """The tokens that an answer cost, as the server says; else as many as it may have cost."""
    usage = answer.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else most


def _complaint(content: bytes) -> str:
    """What a server says is wrong, where it says it as such servers do."""
    try:
        error = json.loads(content[:65536]).get("error")
    except (ValueError, AttributeError, RecursionError):
        return ""
    found = error.get("message") if isinstance(error, dict) else error
    return found if isinstance(found, str) else ""


def _another_try(error: Exception) -> bool | float:
    """What the retry library asks of an error: whether to try again, or after how many seconds."""
    if not isinstance(error, _Again):
        return False
    return True if error.after is None else error.after
