"""Gradients beside tensorgrad: the same gradient derived and compared with the same closed form, for all sizes.

tensorgrad compares two simplified tensor networks; ours is read from text, analysed, proved and replayed.  It has no
loops, so that only what is one expression can be put to both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from benchmarks.gradients import check, contraction

LEAST_SQUARES = """input x[B,I], w[I,J], t[B,J]
output loss with grad 1
for b,i,j: r[b,j] += x[b,i] * w[i,j]
for b,j: r[b,j] -= t[b,j]
for b,j: loss += r[b,j]^2
backward w
for b,i,j: w.grad[i,j] += 2 * x[b,i] * r[b,j]
"""
SOFTMAX = """input z[B,J]
output p[B,J]
for b,j: n[b] += exp(z[b,j])
for b,j: p[b,j] = exp(z[b,j]) / n[b]
backward z
for b,j: d[b] += p[b,j] * p.grad[b,j]
for b,j: z.grad[b,j] += p[b,j] * (p.grad[b,j] - d[b])
"""
RINGS = (3, 5)


def pairs() -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """For each gradient: its name, our proof, their comparison; nothing where tensorgrad is not installed."""
    if find_spec("tensorgrad") is None:
        return
    yield "least squares", lambda: check(LEAST_SQUARES), _least_squares
    yield "softmax", lambda: check(SOFTMAX), _softmax
    for count in RINGS:
        yield (
            f"a contraction over {count} indices",
            lambda count=count: check(contraction(count)),
            lambda count=count: _ring(count),
        )


def _agree(derived: Any, claimed: Any) -> None:
    """Raises:
    RuntimeError: they were not found to be the same, so there is nothing to measure.
    """
    if derived.full_simplify() != claimed.full_simplify():
        raise RuntimeError("not proved by tensorgrad")


def _least_squares() -> None:
    from sympy import symbols
    from tensorgrad import Derivative, Product, Variable, functions

    b, i, j = symbols("b i j")
    x, w, t = Variable("x", b, i), Variable("w", i, j), Variable("t", b, j)
    r = x @ w - t
    _agree(Derivative(functions.frobenius2(r), w), 2 * Product([x, r]))


def _softmax() -> None:
    from sympy import symbols
    from tensorgrad import Derivative, Variable, functions

    b, j = symbols("b j")
    z, g = Variable("z", b, j), Variable("g", b, j)
    p = functions.softmax(z, dim="j")
    _agree(Derivative(functions.sum(p * g), z), p * (g - functions.sum(p * g, "j")))


def _ring(count: int) -> None:
    from sympy import symbols
    from tensorgrad import Derivative, Product, Variable

    axes = symbols(f"k0:{count}")
    factors = [Variable(f"A{n}", axes[n], axes[(n + 1) % count]) for n in range(count)]
    _agree(Derivative(Product(factors), factors[0]), Product(factors[1:]))
