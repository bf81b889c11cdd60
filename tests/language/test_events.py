"""Events by their names: comparisons, what follows from them, and how events are printed."""

from __future__ import annotations

import pytest
from sympy import Integer, latex

from symderiv.language.events import (
    Complement,
    Conditional,
    Event,
    Intersection,
    Probability,
    comparison,
    is_comparison,
    value_taken,
    weaker,
)
from symderiv.language.indices import Variable
from symderiv.language.probability import distribution

OUTCOME = Variable(r"\omega", r"\Omega")
SPACE = distribution(r"\Pr", OUTCOME)
LESS, AT_MOST = (comparison("X", "x", strictly=strictly) for strictly in (True, False))


def event(name):
    return Event(name, (), (OUTCOME,))


A, B, C = map(event, "ABC")


def probability(one):
    return Probability.build(SPACE, (OUTCOME,), (), (one,))


@pytest.mark.parametrize(
    ("name", "compares", "follows"),
    [
        (LESS, True, AT_MOST),
        (AT_MOST, True, None),
        ("A", False, None),
        (r"\{A\}", False, None),
        ("X < x", False, None),
        (r"X \leq x", False, None),
    ],
)
def test_of_comparisons_less_is_also_at_most(name, compares, follows):
    assert is_comparison(name) == compares
    assert weaker(name) == follows


def test_a_value_is_taken_where_a_variable_is_at_most_and_not_less():
    taken = Intersection(event(AT_MOST), Complement(event(LESS)))
    assert value_taken(taken) == ("X", "x")
    assert latex(taken) == r"\{X = x\}"
    other = comparison("Y", "x", strictly=True)
    for none in (
        Intersection(event(AT_MOST), Complement(event(other))),
        Intersection(event(LESS), Complement(event(LESS))),
        Intersection(event(AT_MOST), event(LESS)),
        A,
    ):
        assert value_taken(none) is None
    assert latex(Intersection(A, Complement(B))) == r"A \cap B^c"


@pytest.mark.parametrize(
    ("both", "given", "text"),
    [
        (Intersection(A, B), B, r"P\left(A \mid B\right)"),
        (Intersection(A, B, C), Intersection(B, C), r"P\left(A \mid B,C\right)"),
        (Intersection(A, B, C), C, r"P\left(A,B \mid C\right)"),
    ],
)
def test_a_conditional_probability_is_printed_with_what_it_is_given(both, given, text):
    assert latex(Conditional(probability(both), probability(given))) == text


def test_an_edit_may_put_a_number_in_the_place_of_a_probability():
    """What it is by definition is printed then."""
    assert latex(Conditional(probability(Intersection(A, B)), Integer(2))) == r"\frac{P\left(A \cap B\right)}{2}"
