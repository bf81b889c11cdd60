"""The equations that are made from a program hold for the numbers that it computes."""

from __future__ import annotations

import pytest

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.measured import holds_in
from symderiv.gradients.system import Claims, System
from symderiv.kernel import terms as k
from symderiv.loops.maxima import with_plain_maxima
from symderiv.readers.loops import program_of
from tests.loops.forms import texts

FORMS = dict(list(texts().items())[::5])

GUARDED = """input x[T]
output y[T]
for t: y[t] = -x[t]
backward x
for t: x.grad[t] -= [t >= 1] * y.grad[t] + [t >= 2]^2 * x[t] + 2 * ([t >= 3] * x[t])
"""


def equations(text):
    """The equations of a program with the runs in which they have to hold."""
    program, _ = program_of(text)
    program = with_plain_maxima(program)
    runs = [run for run, _ in zip(comparisons(program, 0), range(4), strict=False)]
    system = System(program, Claims({}))
    computed = {*system.forward_tensors, *system.backward_tensors}
    totals = (f"{name}.total" for name in system.differentiated() if f"{name}.grad" in system.derived_tensors)
    found = (system.definition(name) for name in sorted({*computed, *totals}))
    return runs, system, [equation for equation in found if equation is not None]


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_all_equations_of_a_program_hold(text):
    runs, system, found = equations(text)
    assert found
    for equation in found:
        assert any(holds_in(run, system, equation) for run in runs), equation


def test_guards_are_kept_in_products_of_products():
    runs, system, found = equations(GUARDED)
    assert all(holds_in(run, system, equation) for run in runs for equation in found)


def test_an_equation_without_its_guard_does_not_hold():
    (run, *_), system, _ = equations(GUARDED)
    (cell,) = system.claimed.cell("x")
    x, y = (k.Entry(name, (cell,)) for name in ("x", "y.grad"))
    wrong = k.forall(
        [cell], k.Relation("=", k.Entry("x.grad", (cell,)), k.negate(k.Add((y, k.Multiply((k.number(3), x))))))
    )
    assert not holds_in(run, system, wrong)


def test_nothing_is_said_of_what_has_no_value():
    (run, *_), system, _ = equations(GUARDED)
    assert holds_in(run, system, k.positive(k.ZERO))
    assert holds_in(run, system, k.Relation("=", k.Apply("f", (k.ONE,)), k.ONE))
