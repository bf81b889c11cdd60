"""The cost of a deep network grows about linearly with its depth: a gradient that is proved stays a name."""

from __future__ import annotations

import time

from benchmarks.gradients import contraction, network
from tests.loops.programs import answer


def spent(text):
    """The least of three times, in seconds of this process."""
    times = []
    for _ in range(3):
        started = time.process_time()
        assert answer(text).is_proved
        times.append(time.process_time() - started)
    return min(times)


def test_twice_the_layers_cost_at_most_four_times_as_much():
    spent(network(2))
    assert spent(network(20)) <= 4 * spent(network(10))


def test_more_indices_are_no_harder_than_their_number():
    spent(contraction(2))
    assert spent(contraction(6)) <= 20 * spent(contraction(3))
