"""An address is held to its limits, whatever it does and whenever; what is kept of those who went away is given up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from limits import parse_many

from hundredfold.service import windows
from hundredfold.service.windows import Windows


class Clock:
    def __init__(self):
        self.now_s = 1_000_000.0

    def __call__(self):
        return self.now_s


@given(some.lists(some.tuples(some.sampled_from("ab"), some.floats(0, 2)), max_size=200))
def test_in_no_window_are_there_more_than_twice_as_many_and_in_no_fixed_one_more(asked):
    clock = Clock()
    held = Windows(parse_many("5/second;20/minute"), clock)
    let_in = {"a": [], "b": []}
    for address, pause_s in asked:
        clock.now_s += pause_s
        if not held.wait_s(address):
            let_in[address].append(clock.now_s)
    for times in let_in.values():
        for most, length_s in ((5, 1), (20, 60)):
            fixed = [time_s // length_s for time_s in times]
            assert all(fixed.count(number) <= most for number in fixed)
            assert all(sum(start <= each < start + length_s for each in times) <= 2 * most for start in times)


def test_who_waits_as_told_is_let_in_and_another_is_not_held():
    clock = Clock()
    held = Windows(parse_many("2/second"), clock)
    assert [held.wait_s("a"), held.wait_s("a")] == [0, 0]
    wait_s = held.wait_s("a")
    assert 0 < wait_s <= 1
    assert held.wait_s("b") == 0
    clock.now_s += 2 * wait_s
    assert held.wait_s("a") == 0


def test_a_request_that_one_limit_refuses_counts_for_no_other():
    clock = Clock()
    held = Windows(parse_many("10/second;2/minute"), clock)
    assert [held.wait_s("a") > 0 for _ in range(12)] == [False] * 2 + [True] * 10
    assert held.seen[0, "a"].now == 2


def test_who_went_away_is_forgotten(monkeypatch):
    monkeypatch.setattr(windows, "MANY", 100)
    clock = Clock()
    held = Windows(parse_many("5/second"), clock)
    for number in range(1000):
        clock.now_s += 0.1
        held.wait_s(f"10.0.0.{number}")
    assert len(held.seen) <= 100
