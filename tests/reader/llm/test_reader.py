"""The reader that asks a model, against a server that answers well and badly."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tawatur.errors import StoppedError, TawaturError
from tawatur.model import Capture, Part
from tawatur.pipeline import Extraction, extract, generation, read, reader, see
from tawatur.reader import choosing
from tawatur.reader.llm.endpoint import TRIES, NoAnswerError
from tawatur.reader.llm.pieces import MOST, pieces
from tawatur.reader.llm.prompt import prompt
from tawatur.reader.llm.reader import PATIENCE, LlmReader
from tawatur.reader.protocol import LlmOptions, ReaderChoice
from tawatur.text.documents import from_text
from tests.reader.llm.stub import Reply, Stub, record, records, reply

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-0123456789"
TEXT = (
    "Rockets near Mosul\n"
    "Three rockets hit an army base near Mosul on Sunday, police told Tigris Wire.\n"
    "A drone hit a depot in Erbil, wounding two guards.\n"
    "The army spokesman warned that it would strike back."
)
ROCKETS = record(
    sentence="Three rockets hit an army base near Mosul on Sunday, police told Tigris Wire.", anchor="hit",
    type="strike.rocket", target="an army base", place="Mosul", time="on Sunday", weapons=["rockets"],
    numbers=[{"of": "munitions", "text": "Three"}], source=["Tigris Wire", "police"], cue="told",
)  # fmt: skip
DRONE = record(
    sentence="A drone hit a depot in Erbil, wounding two guards.", anchor="hit", type="strike.drone", place="Erbil",
    target="a depot", weapons=["drone"], numbers=[{"of": "injured", "text": "two"}], outcome="hit",
)  # fmt: skip
THREAT = record(
    sentence="The army spokesman warned that it would strike back.", anchor="warned", kind="statement", type="threat",
    actor="The army spokesman", source=["The army spokesman"], cue="warned",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    choosing.reader_of.cache_clear()
    yield
    choosing.reader_of.cache_clear()


def reading(stub: Stub, *, key: str = "", cache: Path | None = None, **more: Any) -> LlmReader:
    """A reader that asks the stub and does not dawdle."""
    return LlmReader(stub.options(**more), key=key, cache=cache, pause=0.01)


def extracted(reads: LlmReader, text: str = TEXT) -> Extraction:
    return extract(from_text(text, published="2024-03-11"), reads)


def codes(found: Extraction) -> list[str]:
    return [issue.code for issue in found.issues]


def anchors(found: Extraction) -> list[tuple[int, str]]:
    return [(r.anchor.start, r.anchor.text) for r in found.records]


def test_a_good_answer_becomes_records_resolved_and_proven() -> None:
    with Stub(records(THREAT, DRONE, ROCKETS)) as stub:
        reads = reading(stub)
        found = extracted(reads)
    assert found.issues == ()
    rockets, drone, threat = found.records
    assert (rockets.anchor.start, drone.anchor.start) == (TEXT.index("hit"), TEXT.index("hit", TEXT.index("drone")))
    assert rockets.place is not None
    assert (rockets.place.span.text, rockets.place.country) == ("Mosul", "IQ")
    # the one named in the sentence, not the one in the headline
    assert rockets.place.span.start == TEXT.index("Mosul", 20)
    assert rockets.time is not None
    assert str(rockets.time.first) == "2024-03-10"
    assert [(n.of, n.low, n.high) for n in rockets.numbers] == [("munitions", 3, 3)]
    assert [p.span.text for p in rockets.source] == ["Tigris Wire", "police"]
    assert (rockets.standing, threat.standing) == ("attributed", "claimed")
    assert [w.category for w in drone.weapons] == ["drone"]
    assert (drone.outcome, threat.type, threat.status) == ("hit", "threat", "happened")
    assert {r.reader for r in found.records} == {generation(reads).id}
    assert generation(reads).id.startswith("llm/")
    for r in found.records:
        assert TEXT[r.anchor.start : r.anchor.end] == r.anchor.text


def test_what_is_asked_is_the_report_under_the_rules_in_a_form_that_is_held_to() -> None:
    with Stub(records()) as stub:
        extracted(reading(stub, key=KEY, max_tokens=321))
        (asked,) = stub.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert (asked.body["model"], asked.body["max_tokens"], asked.body["temperature"]) == ("stub-1", 321, 0)
    assert asked.body["response_format"]["type"] == "json_schema"
    assert asked.body["messages"][0] == {"role": "system", "content": prompt().rules}
    last = asked.body["messages"][-1]
    assert last["role"] == "user"
    assert last["content"].endswith(TEXT)
    assert "2024-03-11, Monday" in last["content"]


def test_invented_words_are_dropped_and_told_and_the_rest_stays() -> None:
    invented = {**ROCKETS, "actor": "the Islamic State", "place": "Kirkuk", "source": ["Reuters", "police"]}
    invented["numbers"] = [{"of": "killed", "text": "seven"}, {"of": "munitions", "text": "Three"}]
    made_up = record(sentence="Tanks entered Mosul.", anchor="entered", type="deployment", place="Mosul")
    with Stub(records(invented, made_up)) as stub:
        found = extracted(reading(stub))
    (kept,) = found.records
    assert (kept.actor, kept.place) == (None, None)
    assert [p.span.text for p in kept.source] == ["police"]
    assert [(n.of, n.low) for n in kept.numbers] == [("munitions", 3)]
    assert codes(found) == ["not-in-text"] * 5
    told = " ".join(issue.message for issue in found.issues)
    assert all(f'"{words}"' in told for words in ("the Islamic State", "Kirkuk", "Reuters", "seven", "entered"))


@pytest.mark.parametrize(
    ("sentence", "anchor"),
    [
        ("Somebody hit something.", "hit"),  # its sentence is invented, and the word stands in two
        ("", "hit"),
        ("Three rockets hit an army base near Mosul on Sunday, police told Tigris Wire.", "struck"),
    ],
)
def test_an_anchor_that_is_not_sure_to_stand_somewhere_makes_no_record(sentence: str, anchor: str) -> None:
    with Stub(records({**ROCKETS, "sentence": sentence, "anchor": anchor})) as stub:
        found = extracted(reading(stub))
    assert found.records == ()
    assert set(codes(found)) == {"not-in-text"}


def test_a_number_that_is_no_figure_is_told() -> None:
    with Stub(records({**DRONE, "numbers": [{"of": "injured", "text": "guards"}]})) as stub:
        found = extracted(reading(stub))
    assert (found.records[0].numbers, codes(found)) == ((), ["no-figure"])


def test_words_written_in_other_forms_are_found_by_the_normal_form() -> None:
    text = "أعلنت كتائبُ القسّام أنها استهدفت دبابةً إسرائيلية في خان يونس أمس."
    given = record(
        sentence="اعلنت كتائب القسام أنها استهدفت دبابة إسرائيلية في خان يونس امس.", anchor="استهدفت",
        type="strike.unspecified", actor="كتائب القسام", source=["كتائب القسام"], place="خان يونس", time="أمس",
    )  # fmt: skip
    with Stub(records(given)) as stub:
        found = extracted(reading(stub), text)
    (one,) = found.records
    assert found.issues == ()
    assert one.actor is not None
    assert one.actor.span.text == "كتائبُ القسّام"
    assert one.standing == "claimed"
    assert one.time is not None
    assert str(one.time.first) == "2024-03-10"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (reply(""), "answer-broken"),
        (reply(None), "answer-broken"),
        (reply("The report tells of three rockets."), "answer-broken"),
        (reply(None, refusal="I cannot help with that."), "answer-refused"),
        (reply("", finish="content_filter"), "answer-refused"),
        (Reply(b"<html>busy</html>"), "answer-broken"),
        (Reply(b"\xff\xfe\x00"), "answer-broken"),
        (Reply(b"[]"), "answer-broken"),
        (Reply(b'{"choices": []}'), "answer-broken"),
        (Reply(b'{"choices": [{"message": "hit"}]}'), "answer-broken"),
        (Reply(b" " * (5 << 20)), "answer-broken"),
    ],
    ids=[
        "empty",
        "null",
        "prose",
        "refused",
        "filtered",
        "html",
        "no text",
        "a list",
        "no choice",
        "no message",
        "huge",
    ],
)
def test_an_answer_that_is_none_is_one_issue(answer: Reply, code: str) -> None:
    with Stub(answer) as stub:
        found = extracted(reading(stub))
        assert len(stub.asked) == 1
    assert (found.records, codes(found)) == ((), [code])
    assert found.issues[0].span is not None


@pytest.mark.parametrize("finish", ["stop", "length"])
def test_of_a_cut_off_answer_the_whole_records_are_kept(finish: str) -> None:
    whole = json.dumps({"records": [ROCKETS, DRONE, THREAT]})
    with Stub(reply(whole[:-40], finish=finish)) as stub:
        found = extracted(reading(stub))
    assert [text for _, text in anchors(found)] == ["hit", "hit"]
    assert codes(found) == ["answer-cut"]


def test_an_answer_stopped_after_a_whole_object_is_told_as_cut() -> None:
    with Stub(reply(json.dumps({"records": [DRONE]}), finish="length")) as stub:
        assert codes(extracted(reading(stub))) == ["answer-cut"]


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    busy = Reply(status=429, headers={"retry-after": "1"})
    with Stub(busy, records(DRONE)) as stub:
        found = extracted(reading(stub))
        first, second = stub.asked
    assert len(found.records) == 1
    assert second.at - first.at >= 1.0
    assert first.body == second.body


def test_a_server_that_asks_for_a_long_wait_is_not_asked_again() -> None:
    with (
        Stub(Reply(status=429, headers={"retry-after": "86400"})) as stub,
        pytest.raises(NoAnswerError, match="86,400"),
    ):
        extracted(reading(stub))
    assert len(stub.asked) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_fails_for_good_is_given_up_and_told(status: int) -> None:
    with Stub(Reply(status=status)) as stub, pytest.raises(NoAnswerError, match=str(status)) as caught:
        extracted(reading(stub))
    assert len(stub.asked) == TRIES
    assert caught.value.hint


@pytest.mark.parametrize("slow", [Reply(wait=2.0), Reply(b" " * 100, dripping=0.05)], ids=["silent", "dripping"])
def test_a_slow_server_is_not_waited_for(slow: Reply) -> None:
    begin = time.monotonic()
    with Stub(slow, records(DRONE)) as stub:
        found = extracted(reading(stub, seconds=0.3))
        assert len(stub.asked) == 2
    assert len(found.records) == 1
    assert time.monotonic() - begin < 3


def test_after_some_questions_without_an_answer_nothing_more_is_asked() -> None:
    with Stub(Reply(status=400, body=b'{"error": {"message": "too long"}}')) as stub:
        reads = reading(stub)
        for _ in range(PATIENCE):
            with pytest.raises(NoAnswerError, match="too long"):
                extracted(reads)
        with pytest.raises(StoppedError, match="in a row"):
            extracted(reads)
        assert len(stub.asked) == PATIENCE


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_where_no_question_can_be_answered_the_run_ends_at_once(status: int) -> None:
    with Stub(Reply(status=status, headers={"location": "http://127.0.0.1:9/"})) as stub:
        with pytest.raises(StoppedError, match=str(status)) as caught:
            extracted(reading(stub, key=KEY))
        assert len(stub.asked) == 1
    assert caught.value.hint


def test_a_server_that_is_not_there_ends_the_run() -> None:
    with Stub() as stub:
        options = stub.options()
    with pytest.raises(StoppedError, match="cannot be reached"):
        extracted(LlmReader(options, pause=0.01))


def test_a_run_that_must_end_is_no_failure_of_a_capture() -> None:
    with Stub(Reply(status=401)) as stub:
        choice = ReaderChoice("llm", stub.options(cached=False))
        with pytest.raises(StoppedError):
            read("k", Capture(TEXT.encode()), choice)


def test_a_question_is_paid_for_once(tmp_path: Path) -> None:
    with Stub(records(ROCKETS, DRONE)) as stub:
        first = extracted(reading(stub, cache=tmp_path / "kept"))
        again = reading(stub, cache=tmp_path / "kept")
        assert extracted(again).records == first.records
        assert len(stub.asked) == 1
        assert (again.costs.requests, again.costs.tokens, again.costs.kept) == (0, 0, 1)
        extracted(again, TEXT + " Calm returned.")
        extracted(reading(stub, cache=tmp_path / "kept", max_tokens=99))
        extracted(reading(stub))
        assert len(stub.asked) == 4


def test_that_nothing_is_told_is_kept_and_a_broken_answer_is_not(tmp_path: Path) -> None:
    with Stub(reply("no JSON"), records()) as stub:
        reads = reading(stub, cache=tmp_path)
        assert codes(extracted(reads)) == ["answer-broken"]
        assert codes(extracted(reads)) == codes(extracted(reads)) == []
        assert len(stub.asked) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"choices": 7}'])
def test_a_damaged_answer_on_disk_is_asked_for_again_or_told(tmp_path: Path, damage: bytes) -> None:
    with Stub(records(DRONE)) as stub:
        extracted(reading(stub, cache=tmp_path))
        (file,) = (p for p in tmp_path.rglob("*") if p.is_file())
        file.write_bytes(damage)
        found = extracted(reading(stub, cache=tmp_path))
    assert len(found.records) == 1 or codes(found) == ["answer-broken"]


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Stub(records(DRONE)) as stub:
        assert len(extracted(reading(stub, cache=tmp_path / "file")).records) == 1


def test_a_run_spends_no_more_than_its_budget(tmp_path: Path) -> None:
    with Stub(records(DRONE)) as stub:
        reads = reading(stub, max_tokens=1000, budget=8000)
        extracted(reads)
        assert reads.costs.tokens == 100  # as the server says

        def on_and_on() -> None:
            for number in range(100):
                extracted(reads, f"{TEXT} Round {number}.")

        with pytest.raises(StoppedError, match="8,000 tokens") as caught:
            on_and_on()
        assert 1 < len(stub.asked) < 100
        assert reads.costs.tokens <= 8000
    assert "--llm-budget" in caught.value.hint


def test_a_server_that_does_not_count_is_counted_at_its_most() -> None:
    with Stub(reply('{"records": []}', tokens=None), Reply(status=500)) as stub:
        reads = reading(stub, max_tokens=1000)
        extracted(reads)
        spent = reads.costs.tokens
        assert spent > 1000
        with pytest.raises(NoAnswerError):
            extracted(reads, TEXT + " More.")
        assert reads.costs.tokens == spent  # what was never answered is not paid for


def test_a_long_report_goes_in_pieces_of_whole_sentences() -> None:
    filler = "Nothing else was heard from the town that day, and the market stayed open until late. "
    text = "Mosul and Erbil\n" + filler * 90 + "\nA drone hit a depot in Erbil, wounding two guards.\n" + filler * 30
    scene = see(from_text(text, title="Mosul and Erbil", published="2024-03-11"))
    parts = pieces(scene)
    assert len(parts) > 1
    assert all(sum(end - start for start, end in p.ranges) <= MOST for p in parts)
    covered = [(start, end) for p in parts for start, end in p.ranges]
    assert covered == sorted(covered)
    bounds = {s.start for s in scene.sentences}
    assert all(start in bounds for start, _ in covered)
    assert sum(len("".join(scene.text[slice(*r)].split())) for r in covered) == len("".join(scene.text.split()))
    with Stub(records(), records(DRONE)) as stub:
        found = extract(from_text(text, title="Mosul and Erbil", published="2024-03-11"), reading(stub))
        assert len(stub.asked) == len(parts)
        assert "Headline: Mosul and Erbil" in stub.asked[1].body["messages"][-1]["content"]
    (one,) = found.records
    assert one.anchor.start == found.document.text.index("hit")


def test_a_piece_without_an_answer_is_told_and_the_others_are_kept() -> None:
    filler = "Nothing else was heard from the town that day, and the market stayed open until late. "
    text = "A drone hit a depot in Erbil, wounding two guards.\n" + filler * 120
    with Stub(records(DRONE), Reply(status=422)) as stub:
        found = extracted(reading(stub), text)
    assert len(found.records) == 1
    assert set(codes(found)) == {"no-answer"}


def test_what_stands_around_a_report_is_not_sent() -> None:
    around = "Most read: Mosul hit again"
    text = f"{TEXT}\n{around}\nThe army said no more."
    at = text.index(around)
    parts = (
        Part("body", 0, at), Part("furniture", at, at + len(around)), Part("body", at + len(around), len(text)),
    )  # fmt: skip
    document = replace(from_text(text, published="2024-03-11"), parts=parts)
    elsewhere = record(sentence=around, anchor="hit again", type="strike.unspecified", place="Mosul")
    with Stub(records(elsewhere)) as stub:
        found = extract(document, reading(stub))
        sent = stub.asked[0].body["messages"][-1]["content"]
    assert around not in sent
    assert "The army said no more." in sent
    assert (found.records, set(codes(found))) == ((), {"not-in-text"})


@pytest.mark.parametrize("options", [LlmOptions(), LlmOptions(model="m")])
def test_without_an_endpoint_nothing_is_sent(options: LlmOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx2

    def sent(*_: object, **__: object) -> None:
        raise AssertionError("a request was made")

    monkeypatch.setattr(httpx2.Client, "send", sent)
    with pytest.raises(TawaturError, match="endpoint") as caught:
        reader(ReaderChoice("llm", options))
    assert "--llm-endpoint" in caught.value.hint


def test_a_model_must_be_named() -> None:
    with pytest.raises(TawaturError, match="model") as caught:
        LlmReader(LlmOptions(endpoint="http://127.0.0.1:9/v1"))
    assert "--llm-model" in caught.value.hint


@pytest.mark.parametrize(
    "endpoint", ["localhost", "ftp://h/v1", "http://", "http://user:word@127.0.0.1/v1", "http://[::"]
)
def test_an_endpoint_that_is_none_is_told_without_repeating_it(endpoint: str) -> None:
    with pytest.raises(TawaturError, match="endpoint") as caught:
        LlmReader(LlmOptions(endpoint=endpoint, model="m"))
    assert "word" not in str(caught.value).replace("password", "")


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
def test_the_key_goes_into_no_message_log_or_file(
    status: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps({"error": {"message": f"bad key {KEY} of {KEY}"}}).encode()
    answer = records(DRONE) if status == 200 else Reply(body, status)
    with Stub(answer) as stub:
        reads = reading(stub, key=KEY, cache=tmp_path)
        said = ""
        try:
            said = str(extracted(reads))
        except TawaturError as error:
            chain: BaseException | None = error
            while chain is not None:
                said += f"{chain!r} {getattr(chain, 'hint', '')}"
                chain = chain.__cause__
        assert stub.asked[0].headers["authorization"].endswith(KEY)
    assert KEY not in said + caplog.text + repr(reads.digest) + repr(vars(reads))
    assert all(KEY.encode() not in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_a_generation_is_of_the_endpoint_and_the_model() -> None:
    def state(**more: Any) -> str:
        return generation(LlmReader(LlmOptions(**{"endpoint": "http://a/v1", "model": "m", **more}))).id

    assert state() == state(budget=5, seconds=3.0, cached=False)
    assert len({state(), state(model="n"), state(endpoint="http://b/v1"), state(max_tokens=9)}) == 4


def test_the_examples_of_the_prompt_are_read_without_a_complaint() -> None:
    assert len(prompt().examples) > 1
    for asked, answered in prompt().examples:
        head, _, text = asked.partition("\n\n")
        day = head.split("Published: ")[1][:10]
        with Stub(reply(answered)) as stub:
            found = extract(from_text(text, published=day), reading(stub))
        assert found.issues == ()
        assert len(found.records) == len(json.loads(answered)["records"])
