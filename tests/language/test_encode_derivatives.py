"""Derivatives are encoded with all that changes in them, or as quantities of which nothing is known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv import equal, scalars, tensor, variables
from symderiv.kernel import terms as k
from symderiv.language.encode import Encoder, encode
from symderiv.language.encode_derivatives import derivative
from symderiv.language.function_derivatives import is_unknown_derivative
from symderiv.language.quantities import AtValue, Differentiated, Opaque
from symderiv.language.written import Absolute, Plus, Times
from symderiv.model.statement import Context, Statement

a, b, x, loss = scalars("a b x L")
(i,) = variables("i")
w, losses = tensor("w", i), tensor("L", i)
A, B, X = (k.Symbol(name) for name in "abx")


def conclusion(expression):
    return encode(Statement(equal(expression, 0), Context())).conclusion.left


def of(body, by=x):
    return Differentiated(body, by, "d")


def at(body, value, *, apart=False, by=x):
    return AtValue(of(body, by), by, value, apart=apart)


def test_what_changes_and_has_no_definition_has_a_derivative_of_its_own_name():
    assert conclusion(of(loss)) == k.Symbol(r"\frac{d}{dx} L")
    assert conclusion(of(losses[i])) == k.Entry(r"\frac{d}{dx} L", (k.Index("i", "I"),))
    assert conclusion(of(Opaque("p_x({0})", a))) == k.Apply(r"\frac{d}{dx} p_x({0})", (A,))


def test_a_function_changes_by_each_argument_that_does_and_by_itself():
    both = conclusion(of(Opaque("p_x({0},{1})", x, Times(a, x))))
    assert isinstance(both, k.Add)
    assert len(both.terms) == 3
    one = conclusion(of(Opaque("f({0},{1})", x, a)))
    assert one == k.Multiply((k.Apply(r"\partial_{(1)} f({0},{1})", (X, A)), k.ONE))


def test_a_function_is_differentiated_by_its_definition_at_its_arguments():
    square = k.Power(A, Fraction(2))
    encoder = Encoder()
    encoder.unfold = lambda term: square if isinstance(term, k.Apply) and term.function == "g" else None
    doubled = k.Multiply((k.number(Fraction(2)), k.Power(A, Fraction(1)), k.ONE))
    assert derivative(encoder, k.Apply("g", (A,)), A, "d") == doubled


@pytest.mark.parametrize(
    "expression",
    [
        of(Absolute(x)),
        of(Opaque("f_w({0})", a), w[i]),
        at(w[i] ** 2, b, by=w[i]),
        at(Plus(x**2, loss), a),
        at(of(x**3), Times(a, x), apart=True),
    ],
    ids=["an absolute value", "a function of a vector", "at a value of an entry", "with more that changes", "twice"],
)
def test_what_is_not_known_is_a_quantity_of_its_own(expression):
    found = conclusion(expression)
    assert is_unknown_derivative(found.tensor if isinstance(found, k.Entry) else found.name)


def test_a_derivative_at_a_value_is_taken_there():
    assert conclusion(at(x**2, a)) == k.substitute(conclusion(of(x**2)), {X: A})
    assert conclusion(at(Times(b, x), Times(a, x), apart=True)) == conclusion(of(Times(b, Times(a, x))))
