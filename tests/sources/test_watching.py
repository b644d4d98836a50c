from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from tawatur.errors import InputError, TawaturError
from tawatur.sources.feed_list import FeedEntry
from tawatur.sources.schedule import LONGEST_WAIT, Schedule
from tawatur.sources.watching import Told, TryLaterError, Watched, watch

HOUR = 3600.0
A, B, C = (FeedEntry(f"https://{host}.example/rss", 900.0) for host in "abc")
A2 = FeedEntry("https://a.example/second", 900.0)


def middle() -> float:
    """Jitter that changes nothing."""
    return 0.5


# the schedule alone


def test_all_is_due_at_the_start_in_the_order_of_the_list_but_one_of_a_host() -> None:
    plan = Schedule([A, A2, B, C], 0.0, middle)
    assert [plan.take(0.0) for _ in range(4)] == [A, B, C, None]
    plan.succeeded(A, 1.0)
    assert plan.take(1.0) == A2


def test_a_visit_that_goes_well_comes_again_after_its_own_time() -> None:
    slow = replace(B, every=7200.0)
    plan = Schedule([A, slow], 0.0, middle)
    for entry in (A, slow):
        assert plan.take(0.0) == entry
        assert plan.succeeded(entry, 10.0) == entry.every
    assert plan.wait(10.0) == 900.0
    assert plan.take(909.0) is None
    assert plan.take(910.0) == A
    assert plan.take(7209.0) is None
    assert plan.take(7210.0) == slow


def test_failures_put_a_feed_off_for_twice_as_long_each_time_up_to_six_hours() -> None:
    plan = Schedule([A], 0.0, middle)
    now, waits = 0.0, []
    for _ in range(9):
        assert plan.take(now) == A
        waits.append(plan.failed(A, now))
        now += waits[-1]
    assert waits == [900.0, 1800.0, 3600.0, 7200.0, 14400.0, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]


def test_a_thousand_failures_are_still_a_number() -> None:
    plan = Schedule([A], 0.0, middle)
    assert {plan.failed(A, 0.0) for _ in range(1500)} >= {LONGEST_WAIT}


def test_a_feed_that_is_read_seldom_is_tried_again_sooner_when_it_fails() -> None:
    daily = replace(A, every=24 * HOUR)
    plan = Schedule([daily], 0.0, middle)
    assert [plan.failed(daily, 0.0), plan.failed(daily, 0.0)] == [900.0, 1800.0]


def test_success_makes_an_end_to_putting_off() -> None:
    plan = Schedule([A], 0.0, middle)
    for _ in range(5):
        plan.failed(A, 0.0)
    assert plan.succeeded(A, 0.0) == 900.0
    assert plan.failed(A, 0.0) == 900.0


def test_what_a_server_asks_for_holds_for_its_host_but_not_for_ever() -> None:
    plan = Schedule([A, A2, B], 0.0, middle)
    assert plan.take(0.0) == A
    assert plan.failed(A, 0.0, after=3 * HOUR) == 3 * HOUR
    assert plan.take(0.0) == B
    assert plan.take(3 * HOUR - 1) is None
    assert plan.take(3 * HOUR) == A2
    assert plan.failed(A, 0.0, after=1e9) == 24 * HOUR


def test_jitter_spreads_by_a_tenth_and_never_beyond_the_longest() -> None:
    for number, wait in ((0.0, 810.0), (1.0, 990.0)):
        plan = Schedule([A], 0.0, lambda number=number: number)  # type: ignore[misc]
        assert plan.succeeded(A, 0.0) == pytest.approx(wait)
        assert plan.failed(A, 0.0) == pytest.approx(wait)
    for _ in range(20):
        assert plan.failed(A, 0.0) <= LONGEST_WAIT


def test_the_longest_due_goes_first() -> None:
    often = replace(B, every=60.0)
    plan = Schedule([often, A], 0.0, middle)
    plan.take(0.0)
    plan.take(0.0)
    plan.succeeded(A, 0.0)
    plan.succeeded(often, 855.0)
    assert plan.take(2000.0) == A


def test_a_new_list_keeps_what_stays_visits_what_is_new_and_drops_the_rest() -> None:
    plan = Schedule([A, B], 0.0, middle)
    for entry in (A, B):
        plan.take(0.0)
        plan.succeeded(entry, 0.0)
    faster = replace(A, every=60.0)
    plan.replace([faster, C], 10.0)
    assert plan.take(10.0) == C
    assert plan.take(59.0) is None
    assert plan.take(60.0) == faster
    assert plan.take(9000.0) is None


def test_a_feed_dropped_during_its_visit_frees_its_host() -> None:
    plan = Schedule([A, A2], 0.0, middle)
    assert plan.take(0.0) == A
    plan.replace([A2], 0.0)
    assert plan.take(0.0) is None
    plan.succeeded(A, 1.0)
    assert plan.take(1.0) == A2


# watching, with a clock moved by hand and visits that end at once


@dataclass
class Hand:
    """Runs ``watch`` until ``until`` seconds: sleeping moves the clock, a visit takes ``each`` seconds."""

    until: float
    each: float = 1.0
    now: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    told: list[Told] = field(default_factory=list)
    visits: list[tuple[float, FeedEntry]] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self._look()

    def _look(self) -> None:
        if self.now >= self.until:
            self.stop.set()

    def watch(
        self, entries: Sequence[FeedEntry], visit: Callable[[FeedEntry], int] = lambda entry: 0, *, once: bool = False,
        changed: Callable[[], Sequence[FeedEntry] | None] = lambda: None,
    ) -> Watched:  # fmt: skip
        def visited(entry: FeedEntry) -> int:
            self.visits.append((self.now, entry))
            self.now += self.each
            self._look()
            return visit(entry)

        return watch(
            entries, visited, self.stop, self.told.append, once=once, changed=changed, clock=lambda: self.now,
            sleep=self.sleep, jitter=middle, run=lambda job: job(),
        )  # fmt: skip

    def times(self, entry: FeedEntry) -> list[float]:
        return [at for at, visited in self.visits if visited.address == entry.address]


def test_once_visits_each_feed_a_single_time_and_adds_up() -> None:
    def visit(entry: FeedEntry) -> int:
        if entry == B:
            raise TryLaterError("busy", 1e5)
        return 3

    hand = Hand(until=1e9)
    assert hand.watch([A, B, A2, replace(B, address=B.address + "2")], visit, once=True) == Watched(4, 1, 9)
    assert Counter(entry.address for _, entry in hand.visits).most_common(1)[0][1] == 1
    assert hand.now < 60  # what a server asks for is nothing to wait for here


def test_every_feed_keeps_its_own_time_beside_a_busy_one() -> None:
    often, seldom = replace(A, every=60.0), replace(B, every=3600.0)
    hand = Hand(until=6 * HOUR)
    hand.watch([often, seldom], lambda entry: 1)
    assert 345 <= len(hand.times(often)) <= 361
    assert 5 <= len(hand.times(seldom)) <= 7
    assert max(b - a for a, b in zip(hand.times(seldom), hand.times(seldom)[1:], strict=False)) < 3700


def test_many_feeds_of_one_host_all_get_their_turn() -> None:
    many = [FeedEntry(f"https://a.example/{n}", 60.0) for n in range(100)]  # more than there is time for
    hand = Hand(until=HOUR)
    hand.watch(many)
    counts = [len(hand.times(entry)) for entry in many]
    assert min(counts) >= max(counts) - 1 > 0


@pytest.mark.parametrize(
    "error",
    [ValueError("odd"), TawaturError("bad"), MemoryError(), SystemExit(3), KeyboardInterrupt(), RecursionError("x")],
)
def test_whatever_one_feed_raises_is_told_and_harms_no_other(error: BaseException) -> None:
    def visit(entry: FeedEntry) -> int:
        if entry == A:
            raise error
        return 1

    hand, fine = Hand(until=2 * HOUR), Hand(until=2 * HOUR)
    hand.watch([A, B], visit)
    fine.watch([B], visit)
    assert len(hand.times(B)) == len(fine.times(B)) == 8
    assert len(hand.times(A)) == 4  # at 0, 15, 45 and 105 minutes
    failures = [told for told in hand.told if told.what == "failed"]
    assert {told.feed for told in failures} == {A.address}
    assert all(told.message and "\n" not in told.message for told in failures)
    assert [told.wait for told in failures] == [900.0, 1800.0, 3600.0, 7200.0]


def test_a_feed_recovers() -> None:
    tries = iter([True, True, True])

    def visit(entry: FeedEntry) -> int:
        if next(tries, False):
            raise TawaturError("the server answers 503", "wait")
        return 2

    hand = Hand(until=4 * HOUR, each=0.0)
    ended = hand.watch([A], visit)
    assert [(t.what, t.wait) for t in hand.told[:5]] == [
        ("failed", 900.0), ("failed", 1800.0), ("failed", 3600.0), ("visited", 900.0), ("visited", 900.0)
    ]  # fmt: skip
    assert (hand.told[0].message, hand.told[0].hint, hand.told[3].new) == ("the server answers 503", "wait", 2)
    assert (ended.failures, ended.new) == (3, 2 * (ended.visits - 3))


def test_what_a_server_asks_for_is_kept_to() -> None:
    def visit(entry: FeedEntry) -> int:
        raise TryLaterError("the server answers 429", 2 * HOUR)

    hand = Hand(until=2 * HOUR - 10, each=0.0)
    hand.watch([A, A2], visit)
    assert len(hand.visits) == 1


def test_a_new_list_is_taken_and_a_bad_one_told_while_the_old_one_stays() -> None:
    def bad() -> Sequence[FeedEntry]:
        raise InputError("F: feed 1: it has no address", "give one")

    lists: Iterator[Callable[[], Sequence[FeedEntry]]] = iter([lambda: [A, B], bad, lambda: [B]])
    hand = Hand(until=HOUR, each=0.0)
    at = iter([300.0, 1000.0, 2000.0, 1e9])
    next_at = [next(at)]

    def changed() -> Sequence[FeedEntry] | None:
        if hand.now < next_at[0]:
            return None
        next_at[0] = next(at)
        return next(lists)()

    hand.watch([A], changed=changed)
    assert [(t.what, t.message, t.hint) for t in hand.told if t.what in ("list", "bad")] == [
        ("list", "2 feeds", ""), ("bad", "F: feed 1: it has no address", "give one"), ("list", "1 feeds", "")
    ]  # fmt: skip
    assert hand.times(A) == [0.0, 900.0, 1800.0]
    assert hand.times(B)[0] < 310.0
    assert hand.times(B)[-1] > 2000.0


# with real threads and a real clock


def test_hosts_are_visited_side_by_side_and_each_by_one_at_a_time() -> None:
    together, most = Counter[str](), Counter[str]()
    lock = threading.Lock()

    def visit(entry: FeedEntry) -> int:
        host = entry.address.split("/")[2]
        with lock:
            for key in (host, "all"):
                together[key] += 1
                most[key] = max(most[key], together[key])
        time.sleep(0.05)
        with lock:
            together.subtract([host, "all"])
        return 1

    entries = [FeedEntry(f"https://{host}.example/{n}") for n in range(3) for host in "abc"]
    assert watch(entries, visit, threading.Event(), lambda told: None, once=True, threads=2) == Watched(9, 0, 9)
    assert most == {"a.example": 1, "b.example": 1, "c.example": 1, "all": 2}


def test_a_visit_that_hangs_keeps_no_other_waiting() -> None:
    hang, stop = threading.Event(), threading.Event()
    seen: list[str] = []

    def visit(entry: FeedEntry) -> int:
        if entry == A:
            hang.wait(10)
        return 1

    def tell(told: Told) -> None:
        seen.append(told.feed)
        if len(seen) == 2:
            stop.set()

    ended = watch([A, B, C], visit, stop, tell, patience=0.05)
    hang.set()
    assert (sorted(seen), ended.left) == ([B.address, C.address], (A.address,))


def test_it_stops_within_a_second_and_lets_visits_end_that_look_at_stop() -> None:
    stop, begun = threading.Event(), threading.Event()
    done: list[str] = []

    def visit(entry: FeedEntry) -> int:
        begun.set()
        while not stop.wait(0.01):
            pass
        time.sleep(0.05)  # the transaction under way
        done.append(entry.address)
        return 1

    def signal() -> None:
        begun.wait(5)
        stop.set()

    threading.Thread(target=signal, daemon=True).start()
    at = time.monotonic()
    assert watch([A], visit, stop, lambda told: None) == Watched(1, 0, 1)
    assert (time.monotonic() - at < 6, done) == (True, [A.address])


def test_it_never_leaves_in_the_middle_of_a_transaction() -> None:
    books, stop, hang = threading.Lock(), threading.Event(), threading.Event()
    kept: list[str] = []

    def visit(entry: FeedEntry) -> int:
        with books:
            kept.append("begun")
            stop.set()
            time.sleep(0.3)
            kept.append("ended")
        hang.wait(10)  # a slow server
        with books:
            kept.append("after leaving")
        return 1

    ended = watch([A], visit, stop, lambda told: None, books=books, patience=0.05)
    hang.set()
    time.sleep(0.05)
    assert (kept, ended.left, books.locked()) == (["begun", "ended"], (A.address,), True)


def test_stopped_before_it_begins_it_visits_nothing() -> None:
    stop = threading.Event()
    stop.set()
    assert watch([A], lambda entry: 1 // 0, stop, lambda told: None) == Watched()
