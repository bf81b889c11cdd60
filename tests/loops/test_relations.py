"""What is stated of relations between indices is true at concrete sizes."""

from __future__ import annotations

import pytest

from symderiv.gradients.examination import _Examination
from symderiv.gradients.models import telling_sizes
from symderiv.kernel.models import Evaluator, Model
from symderiv.loops.maxima import with_plain_maxima
from symderiv.loops.relations import Arithmetic
from symderiv.readers.loops import program_of
from tests.loops.forms import texts
from tests.loops.programs import FOLDER

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.loops"))[::4]}
TEXTS |= dict(list(texts().items())[::3])
TEXTS["bounds of what is shifted"] = """size S = T + 1
index t in S
index u in T
input x[S], z[T]
output y[S]
output w[T]
for t: y[t] = [t >= 1] * x[t-1] + [t >= 2] * x[t-2] + [t <= T-1] * x[t+1] + [t <= T-2] * [t >= 1] * x[t+2]
for u: w[u] = x[u] + x[u+1] + [u >= 1] * x[u-1] + [u <= T-3] * z[u+2] + [u <= 0] * z[T-1-u] + [u >= T-1] * x[T-u]
backward x, z
for t: x.grad[t] += [t == T] * [t >= 3] * y.grad[t-1]
for u: z.grad[u] += [u == T-1] * w.grad[u]
"""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_law_holds(text):
    program, _ = program_of(text)
    systems = _Examination(with_plain_maxima(program), 0).systems
    for system in systems:
        for tensor, claimed in system.claims.played_by.items():
            system.conclusion(tensor, claimed)
            system.definition(claimed)
        shapes = {**system.claimed.shapes, **system.derivation.shapes}
        laws = list(Arithmetic(system.integers, shapes.values()).facts())
        assert laws or not shapes
        for sizes in telling_sizes(program):
            tables = {name: shape.table(sizes) for name, shape in shapes.items()}
            wide = {name: table for name, table in tables.items() if () not in table}
            plain = {name: table[()] for name, table in tables.items() if () in table}
            evaluator = Evaluator(Model(sizes=sizes, tensors=wide, symbols=plain), ())
            for law in laws:
                assert evaluator.holds(law) is True, (law, sizes)
