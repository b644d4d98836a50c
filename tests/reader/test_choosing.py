"""Which reader a choice comes down to, with and without the learned reader's model."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tawatur.collection.sharding import engine_for
from tawatur.engines import InProcess, Processes
from tawatur.errors import StoppedError, TawaturError
from tawatur.pipeline import code_digest, extract, generation, reader
from tawatur.reader import choosing
from tawatur.reader.protocol import LEARNED, LLM, NAMES, RULES, LlmOptions, Reader, ReaderChoice
from tawatur.text.documents import from_text
from tests.silent import Silent

TEXT = "قصفت طائرات حربية إسرائيلية مدينة صيدا مساء الأحد، ما أدى إلى مقتل أربعة مدنيين وإصابة آخرين."


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """Makes the program one with the learned reader, with or without its model."""

    def there(model: bool) -> None:
        module = SimpleNamespace(available=lambda: model, load=Silent)
        monkeypatch.setattr(choosing, "find_spec", lambda name: object())
        monkeypatch.setattr(choosing, "import_module", lambda name: module)

    choosing.reader_of.cache_clear()
    yield there
    choosing.reader_of.cache_clear()


@pytest.fixture
def without_learned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(choosing, "find_spec", lambda name: None)
    choosing.reader_of.cache_clear()
    yield
    choosing.reader_of.cache_clear()


def test_the_learned_reader_reads_where_it_is_asked_for_and_its_model_is_there(learned: Callable[[bool], None]) -> None:
    learned(True)
    assert reader(LEARNED).name == LEARNED
    assert extract(from_text(TEXT), reader(LEARNED)).records == ()
    assert not choosing.took_over(ReaderChoice(LEARNED))


def test_without_the_model_the_rules_take_over_and_it_can_be_told(learned: Callable[[bool], None]) -> None:
    learned(False)
    assert reader(LEARNED).name == RULES
    assert choosing.took_over(ReaderChoice(LEARNED))


@pytest.mark.parametrize("there", [True, False])
def test_who_chooses_nothing_is_read_by_the_rules(there: bool, learned: Callable[[bool], None]) -> None:
    learned(there)
    assert reader().name == RULES
    assert not choosing.took_over(ReaderChoice())


@pytest.mark.usefixtures("without_learned")
def test_a_program_without_the_learned_reader_reads_by_rules_and_says_so_only_when_asked() -> None:
    assert reader().name == RULES
    assert not choosing.took_over(ReaderChoice())
    assert choosing.took_over(ReaderChoice(LEARNED))


def test_who_asks_for_another_reader_gets_no_word_of_the_model(learned: Callable[[bool], None]) -> None:
    learned(False)
    assert [name for name in NAMES if choosing.took_over(ReaderChoice(name))] == [LEARNED]
    assert choosing.name_of(ReaderChoice(LLM)) == LLM


def test_an_unknown_reader_is_told_with_those_that_there_are() -> None:
    with pytest.raises(TawaturError) as caught:
        reader("oracle")
    assert "oracle" in str(caught.value)
    assert all(name in caught.value.hint for name in NAMES)


def test_a_generation_is_of_a_reader_its_code_and_what_it_reads_with() -> None:
    class Other(Silent):
        digest = "of another model"

    readers: list[Reader] = [reader(RULES), Silent(), Other()]
    states = [generation(r) for r in readers]
    assert [s.name for s in states] == [RULES, LEARNED, LEARNED]
    assert len({s.digest for s in states}) == 3
    assert generation(Silent()) == states[1]
    made = extract(from_text(TEXT), reader(RULES)).records
    assert made
    assert {r.reader for r in made} == {states[0].id}


def test_the_code_of_one_reader_is_no_part_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    code_digest.cache_clear()
    monkeypatch.setattr("tawatur.pipeline.OWN", {LLM: ("reader/rules.py",)})
    alone, with_it = code_digest(RULES), code_digest(LLM)
    monkeypatch.setattr("tawatur.pipeline.OWN", {})
    code_digest.cache_clear()
    assert alone != with_it == code_digest(RULES)
    code_digest.cache_clear()


def test_processes_share_what_may_be_spent() -> None:
    choice = ReaderChoice(LLM, LlmOptions("http://127.0.0.1:9/v1", "m", budget=9000))
    assert choice.shared_by(1) == choice
    assert choice.shared_by(4) == replace(choice, llm=replace(choice.llm, budget=2250))
    boundless = ReaderChoice(LLM, LlmOptions("http://127.0.0.1:9/v1", "m"))
    assert boundless.shared_by(4) == boundless


def test_one_that_asks_a_model_reads_in_one_process_unless_more_are_wanted() -> None:
    choice = ReaderChoice(LLM, LlmOptions("http://127.0.0.1:9/v1", "m"))
    assert isinstance(engine_for(10_000, None, reader=choice), InProcess)
    assert isinstance(engine_for(10_000, 3, reader=choice), Processes)


def test_what_a_process_says_of_its_end_arrives_with_its_hint() -> None:
    told = pickle.loads(pickle.dumps(StoppedError("no more", "wait")))
    assert (type(told), str(told), told.hint) == (StoppedError, "no more", "wait")
