"""The same step for SymPy: entropies written out over alphabets of two elements each, and simplified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import sympy

from benchmarks.ask import prove
from symderiv import distribution, equal, variables


def pairs() -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """For each size of the alphabets: its name, our proof for every size, SymPy's for that one."""
    x, y = variables("x y")
    P = distribution("P", x, y)
    claim = equal(P.I(x, y), P.H(y) - P.H(y | x))
    for size in ((1, 2), (2, 2)):
        yield f"{size[0]} by {size[1]}", lambda: prove(claim), lambda size=size: simplified(*size)


def simplified(rows: int, columns: int) -> bool:
    """I(x, y) = H(y) - H(y | x) for one size, by `sympy.simplify(left - right) == 0`."""
    p = {(i, j): sympy.Symbol(f"p{i}{j}", positive=True) for i, j in product(range(rows), range(columns))}
    px = [sum(p[i, j] for j in range(columns)) for i in range(rows)]
    py = [sum(p[i, j] for i in range(rows)) for j in range(columns)]
    information = sum(v * sympy.log(v / (px[i] * py[j])) for (i, j), v in p.items())
    entropy = -sum(v * sympy.log(v) for v in py)
    conditional = -sum(v * sympy.log(v / px[i]) for (i, j), v in p.items())
    return bool(sympy.simplify(information - (entropy - conditional)) == 0)
