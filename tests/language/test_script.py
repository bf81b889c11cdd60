"""Scripts: chains, places, citations and exchanges."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from symderiv import (
    at_least,
    define,
    derivation,
    distribution,
    eq,
    equal,
    ge,
    greater,
    gt,
    implies,
    le,
    ln,
    lt,
    scalars,
    start,
    swapped,
    tensor,
    variables,
)
from symderiv.language.encode import encode, latex_of_proposition
from symderiv.model.derivation import Citation
from symderiv.model.diagnostic import SymderivError
from symderiv.model.statement import Relation

a, b, c = scalars("a b c")
x, y = variables("x y")
P = distribution("P", x, y)


def here() -> int:
    frame = inspect.currentframe()
    return frame.f_back.f_lineno if frame and frame.f_back else 0


def test_a_chain_relates_neighbours() -> None:
    found = derivation("t", steps=[start(a), eq(b), le(c), lt(2), ge(a), gt(1)])
    relations = [s.statement.proposition.relation for s in found.steps]
    assert relations == [Relation.EQUAL, Relation.AT_MOST, Relation.LESS, Relation.AT_LEAST, Relation.GREATER]
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert before.statement.proposition.right == after.statement.proposition.left


def test_each_step_has_the_place_of_its_own_call() -> None:
    line = here()
    found = derivation(
        "t",
        steps=[
            start(a),
            eq(b), eq(
                c,
            ),
        ],
    )  # fmt: skip
    first, second = (s.statement.span for s in found.steps)
    assert first is not None
    assert second is not None
    assert Path(first.path) == Path(__file__)
    assert (first.line, first.column, first.end_line, first.end_column) == (line + 5, 13, line + 5, 18)
    assert (second.line, second.column, second.end_line) == (line + 5, 20, line + 7)
    assert found.span.line == line + 1


def test_a_chain_begins_with_one_start() -> None:
    for steps in ([eq(a), eq(b)], [start(a)], [start(a), eq(b), start(c)]):
        with pytest.raises(SymderivError) as caught:
            derivation("t", steps=steps)
        assert caught.value.diagnostic.code == "script-misuse"
        assert Path(caught.value.diagnostic.span.path) == Path(__file__)


def test_a_derivation_says_something() -> None:
    with pytest.raises(SymderivError):
        derivation("t")


def test_what_is_no_expression_is_refused_at_its_step() -> None:
    with pytest.raises(SymderivError) as caught:
        eq(0.5)
    assert caught.value.diagnostic.span.line == here() - 1


def test_citations_carry_the_claim() -> None:
    lemma = derivation("lemma", claim=at_least(a, 0))
    found = derivation("t", steps=[start(a), ge(0, by=[lemma, "order.trivial"], label="S1")])
    cited, rule = found.steps[0].by
    assert isinstance(cited, Citation)
    assert cited.statement == lemma.claim
    assert rule == "order.trivial"
    assert found.steps[0].label == "S1"


def test_context_travels_with_every_step() -> None:
    positive = greater(a, 0)
    name = define(c, a + b)
    found = derivation("t", assume=[positive], define=[name], claim=equal(a, a), steps=[start(a), eq(a)])
    assert found.steps[0].statement.context == found.context
    assert found.claim is not None
    assert found.claim.context == found.context


def test_premises_come_before_the_conclusion() -> None:
    found = implies(greater(a, 0), implies(greater(b, 0), greater(a + b, 0)))
    assert latex_of_proposition(found) == r"a > 0 \wedge b > 0 \Rightarrow a + b > 0"


def test_exchange_turns_marginals_and_keeps_the_joint() -> None:
    found = derivation("t", assume=[greater(P(x), 0)], claim=equal(ln(P(x, y)), ln(P(y | x)) + ln(P(x))))
    other = swapped(found, x, y)
    assert other.claim is not None
    assert latex_of_proposition(other.claim.proposition) == r"\ln P(x,y) = \ln P(x \mid y) + \ln P(y)"
    assert latex_of_proposition(other.context.assumptions[0]) == "P(y) > 0"
    assert other.title == "t, with x and y exchanged"


def test_exchanging_twice_changes_nothing() -> None:
    found = derivation("t", claim=equal(P(y | x), 1), steps=[start(P(y | x)), eq(P(x, y) / P(x)), eq(1)])
    twice = swapped(swapped(found, x, y), x, y)
    assert [s.statement.proposition for s in twice.steps] == [s.statement.proposition for s in found.steps]


def test_exchange_is_of_bound_variables_too() -> None:
    from symderiv import Sum

    found = derivation("t", claim=equal(Sum[x](P(x, y)), P(y)))
    other = swapped(found, x, y)
    assert other.claim is not None
    assert encode(other.claim).conclusion != encode(found.claim).conclusion
    assert latex_of_proposition(other.claim.proposition) == r"\sum_{y} P(x,y) = P(x)"


def test_exchange_refuses_a_tensor_over_one_alphabet() -> None:
    u = tensor("u", x)
    found = derivation("t", claim=equal(u[x], 1))
    with pytest.raises(Exception, match="indexed by X"):
        swapped(found, x, y)
