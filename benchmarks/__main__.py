"""Speed, as ratios within one run: against SymPy and tensorgrad, by length of chain, number of variables, depth.

python -m benchmarks
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from benchmarks import chains, concrete, gradients, reading, startup, tensors, variables

ROUNDS = 5


def seconds(task: Callable[[], object]) -> float:
    """The median time of a task, after one run that does not count."""
    task()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        task()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def rows() -> Iterator[tuple[str, str]]:
    """What was measured, and the ratio."""
    for name, ours, theirs in concrete.pairs():
        mine, peer = seconds(ours), seconds(theirs)
        yield f"one step, for every alphabet, over sympy.simplify at {name}", f"{mine / peer:.3f}"
    base = None
    for length, task in chains.tasks():
        spent = seconds(task) / length
        base = base or spent
        yield f"time of a step in a chain of {length}, over that in the shortest", f"{spent / base:.2f}"
    base = None
    for count, task in variables.tasks():
        spent = seconds(task)
        base = base or spent
        yield f"marginalising {count} variables, over 2", f"{spent / base:.2f}"
    for name, ours, theirs in gradients.pairs():
        yield (
            f"a gradient of batch norm, for every batch, over sympy at {name}",
            f"{seconds(ours) / seconds(theirs):.3f}",
        )
    for name, ours, theirs in tensors.pairs():
        yield f"the gradient of {name}, over tensorgrad", f"{seconds(ours) / seconds(theirs):.3f}"
    for word, tasks in (("layers, over 5", gradients.depths()), ("indices, over 2", gradients.indices())):
        base = None
        for count, task in tasks:
            spent = seconds(task)
            base = base or spent
            yield f"gradients with {count} {word}", f"{spent / base:.2f}"
    readers = reading.pair()
    if readers is not None:
        mine, peer = map(seconds, readers)
        yield "latex2sympy2's time to read a formula, over ours", f"{peer / mine:.1f}"
    yield from startup.rows()


def main() -> None:
    """Prints one line for each measurement."""
    for name, ratio in rows():
        print(f"{ratio:>10}  {name}")


if __name__ == "__main__":
    main()
