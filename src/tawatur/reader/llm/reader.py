"""The reader that asks a model: pieces of a report out, words found in it back."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path

from tawatur.errors import StoppedError, TawaturError
from tawatur.model import Issue, Reading, Span
from tawatur.reader.llm.answer import BROKEN, CUT, told
from tawatur.reader.llm.endpoint import PAUSE, Endpoint, NoAnswerError, Said, said
from tawatur.reader.llm.kept import KeptAnswers
from tawatur.reader.llm.pieces import MOST, Piece, pieces
from tawatur.reader.llm.pointing import Pointer
from tawatur.reader.llm.prompt import prompt, report
from tawatur.reader.llm.spending import Costs, Spending
from tawatur.reader.marks import Marks
from tawatur.reader.protocol import LLM, LlmOptions
from tawatur.reader.scene import Scene

NO_ANSWER, REFUSED = "no-answer", "answer-refused"
PATIENCE = 3
"""Questions in a row without an answer after which nothing more is asked in this run."""


class LlmReader:
    """Reads by asking the model at an endpoint. ``cache`` is the folder of answers, None to keep none; ``key`` is sent
    to the endpoint and goes nowhere else."""

    name = LLM
    floors: Mapping[str, float] | None = {}

    def __init__(self, options: LlmOptions, *, key: str = "", cache: Path | None = None, pause: float = PAUSE) -> None:
        """Raises :class:`TawaturError` where no endpoint or no model is named: nothing is sent anywhere then."""
        if not options.endpoint:
            raise TawaturError(
                "the reader that asks a model needs an endpoint, and sends nothing anywhere without one",
                "name one: --llm-endpoint http://127.0.0.1:8080/v1 (or TAWATUR_LLM_ENDPOINT)",
            )
        if not options.model:
            raise TawaturError("the endpoint's model has no name", "name it: --llm-model (or TAWATUR_LLM_MODEL)")
        self._options = options
        self._spending = Spending(options.budget)
        self._endpoint = Endpoint(options, key, self._spending, pause)
        self._kept = KeptAnswers(cache)
        self._lock = threading.Lock()
        self._unanswered = 0

    @property
    def digest(self) -> str:
        """A hash of who is asked, what, and how much may be answered."""
        asked = [self._options.endpoint, self._options.model, self._options.max_tokens, prompt().digest, MOST]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def confidence(self, kind: str, score: float) -> float:
        """The score: how often another one's model is right is known to its user alone."""
        return score

    @property
    def costs(self) -> Costs:
        """What was asked and spent so far in this process."""
        return self._spending.costs

    def read(self, scene: Scene) -> Reading:
        """The marks and links of a scene. Raises :class:`NoAnswerError` where the server answers for no piece of it,
        and :class:`StoppedError` where there is no use in asking further."""
        out = Marks(scene.text)
        issues = list(scene.issues)
        asked = pieces(scene)
        lost: list[NoAnswerError] = []
        for piece in asked:
            try:
                issues += self._read(scene, piece, out)
            except NoAnswerError as error:
                lost.append(error)
                issues.append(Issue(NO_ANSWER, f"{_extent(piece)} not read: {error}", _opening(scene, piece)))
        if asked and len(lost) == len(asked):
            raise lost[-1]
        return Reading(tuple(out.marks), tuple(out.links), tuple(issues))

    def _read(self, scene: Scene, piece: Piece, out: Marks) -> list[Issue]:
        """Marks what the model tells of a piece, and gives what was wrong with that."""
        answer = self._answer(report(scene.document, piece))
        at = _opening(scene, piece)
        if answer.wrong or answer.refused:
            why = answer.wrong or "the model declined to answer"
            return [Issue(REFUSED if answer.refused else BROKEN, f"{_extent(piece)} not read: {why}", at)]
        records, wrong = told(answer.content)
        issues = [Issue(i.code, i.message, at) for i in wrong]
        if answer.cut and not any(i.code == CUT for i in issues):
            issues.append(Issue(CUT, "the model was stopped at --llm-max-tokens", at))
        pointer = Pointer(scene, piece, out)
        for record in records:
            pointer.point(record)
        return [*issues, *pointer.issues]

    def _answer(self, text: str) -> Said:
        """The model's answer for a report, kept from an earlier time or asked for now."""
        messages = prompt().messages(text)
        question = {"endpoint": self._options.endpoint, **self._endpoint.question(messages)}
        kept = self._kept.get(question)
        if kept is not None:
            self._spending.kept()
            return said(kept)
        self._be_patient()
        try:
            answer = self._endpoint.ask(messages)
        except NoAnswerError:
            with self._lock:
                self._unanswered += 1
            raise
        with self._lock:
            self._unanswered = 0
        found = said(answer)
        if not found.wrong and not found.refused and (found.cut or _is_worth_keeping(found.content)):
            self._kept.put(question, answer)
        return found

    def _be_patient(self) -> None:
        with self._lock:
            in_a_row = self._unanswered
        if in_a_row >= PATIENCE:
            raise StoppedError(
                f"the model did not answer {in_a_row} questions in a row; nothing more is asked",
                "look at the server, or give it longer with --llm-timeout; what was answered is kept",
            )


def _is_worth_keeping(content: str) -> bool:
    """Whether an answer has the form asked for, or some records: another try might mend one that has not. (One that
    was stopped at its length would be stopped there again.)"""
    records, wrong = told(content)
    return bool(records) or not wrong


def _extent(piece: Piece) -> str:
    return f"characters {piece.ranges[0][0]:,} to {piece.ranges[-1][1]:,}"


def _opening(scene: Scene, piece: Piece) -> Span:
    """The first line of a piece, to show where it stands."""
    start, end = piece.ranges[0]
    line = scene.text.find("\n", start, end)
    end = min(end if line < 0 else line, start + 80)
    return Span(start, end, scene.text[start:end])
